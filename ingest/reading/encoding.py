"""Bytes of a plain text, Chinese for the most part, to characters.

Order: byte-order mark, strict UTF-8, then the legacy encoding (GB18030 or Big5) whose reading looks most like Chinese.
charset-normalizer is asked last: on short Chinese texts it often answers with Korean, Japanese or Cyrillic code pages.
"""

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from graph.errors import ReadingError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Frequent characters (general statistics of written Chinese), those of either script that the other does not use.
SIMPLIFIED = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    "行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其"
    "些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建"
    "月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接"
    "知较将组见计别她手角期根论运农指区强放决西被干做必战先回则任取据处南给色光门即保治北造百规热领七海口东导器压志世"
    "金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗"
    "完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装村镇乡县"
)
TRADITIONAL = frozenset(
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定"
    "行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其"
    "些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建"
    "月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接"
    "知較將組見計別她手角期根論運農指區強放決西被幹做必戰先回則任取據處南給色光門即保治北造百規熱領七海口東導器壓志世"
    "金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走積示議聲報鬥"
    "完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝村鎮鄉縣"
)
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》「」『』【】…—　\n\r\t ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was read in; `doubtful` where another encoding read nearly as well."""

    text: str
    encoding: str
    doubtful: bool = False


def plausibility(text: str, frequent: frozenset[str]) -> float:
    """Share of the characters beyond ASCII that are frequent Chinese ones or Chinese punctuation (0 to 1)."""
    beyond = [c for c in text if c > "\x7f"]
    if not beyond:
        return 1.0
    return sum(c in frequent or c in PUNCTUATION for c in beyond) / len(beyond)


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _legacy(data: bytes) -> Decoded | None:
    """GB18030 or Big5, whichever reads more like Chinese; None where neither decodes to anything plausible."""
    candidates = (("gb18030", SIMPLIFIED | TRADITIONAL), ("big5hkscs", TRADITIONAL))
    readings = [(name, text, frequent) for name, frequent in candidates if (text := _attempt(data, name)) is not None]
    scored = sorted(((plausibility(t, f), name, t) for name, t, f in readings), key=lambda row: -row[0])
    if not scored or scored[0][0] < 0.2:
        return None
    doubtful = len(scored) > 1 and scored[0][0] - scored[1][0] < 0.15
    return Decoded(scored[0][2], scored[0][1], doubtful)


def _damaged(data: bytes) -> Decoded | None:
    """A text with a few broken bytes (a cut download): the encoding that loses least, if it loses under 1 in 50."""
    best: Decoded | None = None
    fewest = len(data)
    for name in ("utf-8", "gb18030", "big5hkscs"):
        text = data.decode(name, errors="replace")
        lost = text.count("\ufffd")
        plausible = plausibility(text, SIMPLIFIED | TRADITIONAL) >= 0.3
        if plausible and lost < fewest and lost * 50 <= len(text):
            best, fewest = Decoded(text, name, doubtful=True), lost
    return best


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = _attempt(data, encoding)
            return None if text is None else Decoded(text.removeprefix("\ufeff"), encoding)
    return None


def decode(data: bytes) -> Decoded:
    """The text of `data`. Raises ReadingError where no encoding gives readable text."""
    found = _marked(data)
    if found is None and (text := _attempt(data, "utf-8")) is not None:
        found = Decoded(text, "utf-8")
    found = found or _legacy(data) or _damaged(data)
    if found is None and (guess := from_bytes(data).best()) is not None:
        found = Decoded(str(guess), guess.encoding, doubtful=True)
    if found is None:
        raise ReadingError("its bytes are no text in any known encoding; save it as UTF-8 and try again")
    return found
