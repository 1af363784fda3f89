"""The grammar of quantities: a number with its unit and bound, wherever it stands in a text.

A quantity is only a candidate: whether it measures anything is for `figures_choice` to say.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.claims.numerals import ARABIC, CHINESE, SCALE, SCALES, fold, parse_number

# Words directly before a number, and what they make of it.
BEFORE = {
    "at_least": [
        "超过",
        "超出",
        "超",
        "逾",
        "突破",
        "不少于",
        "不低于",
        "不下",
        "不下于",
        "至少",
        "多于",
        "高于",
        "大于",
        "最少",
        "起码",
        "冲破",
    ],
    "at_most": [
        "不足",
        "不到",
        "不超过",
        "不超",
        "没超过",
        "没有超过",
        "未超过",
        "不过",
        "未到",
        "至多",
        "低于",
        "少于",
        "不满",
        "不高于",
        "不多于",
        "小于",
        "最高",
        "最多",
        "没到",
        "未满",
        "不及",
    ],
    "about": ["约", "近", "将近", "大约", "接近", "差不多", "大概", "约合", "约为", "约有", "大致"],
}
# Words directly after the unit, or after a bare number.
AFTER = {
    "at_least": ["以上", "之多", "出头", "有余", "还多", "多", "余", "往上"],
    "at_most": ["以下", "以内", "之内", "封顶"],
    "about": ["左右", "上下", "光景"],
}
MORE = {"余": "at_least", "多": "at_least", "来": "about"}
# Bounds that may stand a few words ahead: 不低于投资额的8%, 不少于每亩300元.
AHEAD = {"不低于": "at_least", "不少于": "at_least", "不高于": "at_most", "不超过": "at_most", "不足": "at_most"}
COLLOQUIAL = {
    "块钱": "块",
    "元钱": "元",
    "个人": "人",
    "户人家": "户",
    "户家": "户",
}  # unit → the unit without its noun
DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at text[start:end] (bound words and unit included); `number` is where its numeral begins.

    `value` is expanded, `unit` as written ('' where none stands), `kind` the unit's kind in `units.tsv`. `partner` is
    'from' or 'to' for the two ends of a range, which share one stretch of text.
    """

    start: int
    number: int
    end: int
    value: float
    unit: str
    kind: str
    bound: str = "exact"
    partner: str = ""


@cache
def unit_kinds() -> dict[str, str]:
    """Unit → kind, as `data/units.tsv` declares them."""
    lines = files("ingest.claims").joinpath("data/units.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def kind_numbers() -> dict[str, int]:
    """Kind of unit → its number from 1; '' is no unit."""
    return {kind: number for number, kind in enumerate(sorted({*unit_kinds().values(), ""}), start=1)}


def _words(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def _grammar() -> dict[str, re.Pattern[str]]:
    units = _words(list(unit_kinds()))
    before = _words([w for group in BEFORE.values() for w in group]) + "|[过上](?=[百千万亿])"
    after = _words([w for group in AFTER.values() for w in group])
    number = rf"(?:{ARABIC})|{CHINESE}|半"
    tail = rf"(?P<more>[余多来])? ?(?P<scale>{SCALE})?(?P<more2>[余多])?(?P<unit> ?(?:{units}))?"
    lead = rf"(?:(?P<before>{before})(?:[了达到]|有)?)?"
    share = rf"[{DIGITS}十百]+分之[{DIGITS}十百]+"
    patterns = {
        "quantity": rf"{lead}(?P<num>{number}){tail}(?P<after>{after})?",
        "range": rf"(?P<low>{number})(?P<lscale>{SCALE})?(?P<lunit>{units})?(?:—{{1,2}}|[-~–至到])"
        rf"(?P<high>{number})(?P<hscale>{SCALE})?(?P<unit> ?(?:{units}))",
        "pair": rf"(?P<pair>[{DIGITS}百千万]*?[{DIGITS}]{{2}}[十百千万]*)(?P<unit> ?(?:{units}))?",
        "fraction": rf"{lead}(?P<num>{share})(?P<after>{after})?",
        "half": rf"(?P<before>{before}|大)?(?P<num>一半|半数|过半|近半|大半)"
        rf"(?!辈子|个|天|年|夜|截|路|生)(?P<after>{after})?",
        "doubling": r"翻(?:了)?(?P<about>近|将近)?(?P<times>[一两二三四五]?)个?番(?P<after>还多|多|以上|有余)?",
        "tenths": rf"{lead}(?P<num>[{DIGITS}十\d]+)(?P<unit>块|成|毛|角)(?P<rest>[{DIGITS}半\d])"
        rf"(?![\d.]|多?(?:{units})|[十百千万])",
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


def _bound(before: str | None, marks: tuple[str | None, ...] = (), after: str | None = None) -> str:
    said = next((b for b, words in AFTER.items() if after in words), "")
    said = said or next((MORE[mark] for mark in marks if mark), "")
    said = said or next((b for b, words in BEFORE.items() if before in words), "")
    return said or ("at_least" if before in ("过", "上", "大") else "exact")


def _make(span: tuple[int, int, int], value: float, unit: str, bound: str, partner: str = "") -> Quantity:
    start, number, end = span
    kind = unit_kinds().get(unit, "")
    if unit == "成":
        value, unit = round(value * 10, 6), "%"
    elif unit in ("毛", "毛钱", "角"):
        value, unit = round(value / 10, 6), "元"
    return Quantity(start, number, end, value, COLLOQUIAL.get(unit, unit), kind, bound, partner)


def _ranges(text: str) -> Iterator[Quantity]:
    """2至3家, 6%-8%, 2万—3万元; 45元到60元 behind 从 or 由 is a change, so both ends are exact."""
    for m in _grammar()["range"].finditer(text):
        low, high = parse_number(m["low"]), parse_number(m["high"])
        if low is None or high is None:
            continue
        high *= SCALES[m["hscale"] or ""]
        low *= SCALES[m["lscale"] or ("" if m["lunit"] else m["hscale"]) or ""]
        moved = text[max(0, m.start() - 1) : m.start()] in ("从", "由")
        if low >= high and not moved:
            continue
        unit = m["unit"].strip()
        yield _make(
            (m.start(), m.start("low"), m.end()), low, m["lunit"] or unit, "exact" if moved else "at_least", "from"
        )
        yield _make((m.start(), m.start("high"), m.end()), high, unit, "exact" if moved else "at_most", "to")


def _neighbours(numeral: str) -> tuple[float, float] | None:
    """The ends that 三五万, 六七百, 一千五六百 stand for, None for a plain numeral."""
    for i in range(len(numeral) - 1):
        a, b = DIGITS.find(numeral[i]), DIGITS.find(numeral[i + 1])
        if a >= 0 and (b == a + 1 or numeral[i : i + 2] == "三五"):
            low, high = parse_number(numeral[: i + 1] + numeral[i + 2 :]), parse_number(numeral[:i] + numeral[i + 1 :])
            return (low, high) if low is not None and high is not None else None
    return None


def _pairs(text: str) -> Iterator[Quantity]:
    for m in _grammar()["pair"].finditer(text):
        ends = _neighbours(m["pair"])
        if ends and text[m.start() - 1 : m.start()] != "第":
            unit, span = (m["unit"] or "").strip(), (m.start(), m.start(), m.end())
            yield _make(span, ends[0], unit, "at_least", "from")
            yield _make(span, ends[1], unit, "at_most", "to")


def _fractions(text: str) -> Iterator[Quantity]:
    for m in _grammar()["fraction"].finditer(text):
        value, span = parse_number(m["num"]), (m.start(), m.start("num"), m.end())
        if value:
            yield _make(span, round(value * 100, 1), "%", _bound(m["before"], after=m["after"]))


def _halves(text: str) -> Iterator[Quantity]:
    for m in _grammar()["half"].finditer(text):
        said = {"过半": "at_least", "大半": "at_least", "近半": "about"}.get(m["num"], "")
        bound = said or _bound(m["before"], after=m["after"])
        yield _make((m.start(), m.start("num"), m.end()), 50.0, "%", bound)


def _doublings(text: str) -> Iterator[Quantity]:
    for m in _grammar()["doubling"].finditer(text):
        times = parse_number(m["times"] or "一") or 1.0
        bound = "at_least" if m["after"] else "about" if m["about"] else "exact"
        yield _make((m.start(), m.start(), m.end()), 2.0**times, "倍", bound)


def _tenths(text: str) -> Iterator[Quantity]:
    """八块五 is 8.5 块, 一成五 15 %, 两块半 2.5 块."""
    for m in _grammar()["tenths"].finditer(text):
        whole, rest = parse_number(m["num"]), parse_number(m["rest"])
        if whole is not None and rest is not None:
            value = whole + (rest if rest == 0.5 else rest / 10)
            yield _make((m.start(), m.start("num"), m.end()), value, m["unit"], _bound(m["before"]))


def _ahead(text: str, start: int) -> str:
    """The bound said by a word up to eight characters before, with nothing but plain words between."""
    window = re.split(r"[^\u4e00-\u9fff]", text[max(0, start - 11) : start])[-1]
    return next((bound for word, bound in AHEAD.items() if word in window), "exact")


def _plain(text: str) -> Iterator[Quantity]:
    for m in _grammar()["quantity"].finditer(text):
        value = parse_number(m["num"])
        if value is None or (m["num"] == "半" and text[m.start() - 1 : m.start()] == "大"):
            continue  # 大半辈子, 大半天: ways of speaking
        value = round(value * SCALES[m["scale"] or ""], 6)
        bound = _bound(m["before"], (m["more"], m["more2"]), m["after"])
        if bound == "exact":
            bound = _ahead(text, m.start())
        yield _make((m.start(), m.start("num"), m.end()), value, (m["unit"] or "").strip(), bound)


READINGS: tuple[Callable[[str], Iterator[Quantity]], ...]
READINGS = (_ranges, _pairs, _fractions, _halves, _doublings, _tenths, _plain)  # the more special reading first


def quantities(text: str) -> list[Quantity]:
    """All quantities of `text` in its order; where two readings overlap the more special one stands."""
    folded = fold(text)
    found: list[Quantity] = []
    taken = bytearray(len(text))
    for reading in READINGS:
        fresh = [q for q in reading(folded) if not any(taken[q.start : q.end])]
        for q in fresh:
            taken[q.start : q.end] = b"\1" * (q.end - q.start)
        found += fresh
    return [_as_written(q, text, folded) for q in sorted(found, key=lambda q: (q.start, q.number))]


def _as_written(quantity: Quantity, text: str, folded: str) -> Quantity:
    """The quantity with its unit in the text's own characters (traditional ones were folded)."""
    at = folded.rfind(quantity.unit, quantity.number, quantity.end) if quantity.unit else -1
    unit = text[at : at + len(quantity.unit)] if at >= 0 else quantity.unit
    if unit == quantity.unit or unit in "％":
        return quantity
    q = quantity
    return Quantity(q.start, q.number, q.end, q.value, unit, q.kind, q.bound, q.partner)
