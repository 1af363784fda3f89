"""Numbers as Chinese reports write them: 1,250 · 1.2亿 · ２６ · 三千五百 · 两万 · 半. Only this module uses cn2an."""

import re
from functools import lru_cache

from cn2an import Cn2An

# One character for one, so that offsets into the text stay as they are; traditional digits become simplified ones.
FOLD = str.maketrans(
    "０１２３４５６７８９．％～－億萬兩貳參陸點〇"
    "個隻畝噸塊條棟張臺輛盞項種類雙對組單筆樁場輪歲戶間處錢樓層級節門顆於過餘來約將滿還從頭團輩鐘",
    "0123456789.%~-亿万两二三六点零"
    "个只亩吨块条栋张台辆盏项种类双对组单笔桩场轮岁户间处钱楼层级节门颗于过余来约将满还从头团辈钟",
)
SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
CHINESE_DIGITS = "零一二两三四五六七八九十百千万亿廿卅点"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALE = r"万亿|[十百千]?万|亿|[百千]"
CHINESE = r"[零一二两三四五六七八九十百千万亿廿卅]+(?:点[零一二三四五六七八九]+)?"
NUMBER = rf"(?:(?:{ARABIC}) ?(?:{SCALE})?|{CHINESE}|半)"

_MIXED = re.compile(rf"({ARABIC}) ?({SCALE})?")
_FRACTION = re.compile(r"(.+?)分之(.+)")
_CONVERTER = Cn2An()


def fold(text: str) -> str:
    """`text` with full-width digits, traditional numerals and words of measure replaced: same length and offsets."""
    return text.translate(FOLD)


@lru_cache(maxsize=4096)
def _chinese(text: str) -> float | None:
    if text[0] in "百千万亿":  # 百余户, 千人, 万元: the leading one goes unsaid
        text = "一" + text
    if not set(text) <= set(CHINESE_DIGITS):
        return None
    try:
        return float(_CONVERTER.cn2an(text, "normal"))
    except ValueError:
        return None


@lru_cache(maxsize=1 << 14)
def parse_number(text: str) -> float | None:
    """The value of one numeral, Arabic, Chinese or mixed, 万 and 亿 expanded; None where `text` is not one."""
    text = fold(text).strip()
    if not text:
        return None
    if text == "半":
        return 0.5
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        below, above = parse_number(fraction[1]), parse_number(fraction[2])
        return above / below if above is not None and below else None
    mixed = _MIXED.fullmatch(text)
    if mixed:
        # round() undoes the noise of 2.3 x 10^8; reports give at most a few decimals.
        return round(float(mixed[1].replace(",", "")) * SCALES[mixed[2] or ""], 6)
    return _chinese(text)
