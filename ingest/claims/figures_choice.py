"""Whether a quantity is a figure: a number that measures something, not a date, an ordinal or a way of speaking."""

import math
import re
from collections.abc import Iterator

from ingest.claims.figures_quantities import Quantity
from ingest.claims.figures_scene import Scene

LEFT, RIGHT = 10, 8  # characters of context looked at
_DATE = re.compile(r"^(?:19|20)\d\d$")
_WRITTEN = re.compile(r"[零一二两三四五六七八九十百千万亿半]")


def plausible(quantity: Quantity, scene: Scene) -> bool:
    """What need not be asked twice: bare small numbers, years, ordinals, numbers inside a name."""
    if not quantity.unit and quantity.value < 10_000 and quantity.bound == "exact":
        return False
    numeral = scene.folded[quantity.number : quantity.end]
    if quantity.unit == "年" and (_DATE.match(numeral[:4]) or "零" in numeral):
        return False
    if scene.text[quantity.start - 1 : quantity.start] in ("第", "—", "/") or quantity.value == 0:
        return False
    owner = scene.owner[quantity.number]
    return owner < 0 or scene.mentions[owner].end <= quantity.number + 1


def _size(value: float) -> str:
    return f"{int(value)}" if value <= 10 and value == int(value) else f"e{int(math.log10(max(value, 0.1)))}"


def features(quantity: Quantity, scene: Scene) -> Iterator[str]:
    """The features of one quantity, as strings."""
    text, q = scene.folded, quantity
    clause_start, clause_end = scene.clause(q.number)
    left = text[max(clause_start, q.start - LEFT) : q.start]
    right = text[q.end : min(max(clause_end, q.end), q.end + RIGHT)]
    unit, size = q.unit or q.kind, _size(q.value)
    written = "z" if _WRITTEN.match(text[q.number]) else "a"
    yield from (
        f"u{unit}",
        f"k{q.kind}",
        f"b{q.bound}",
        f"s{size}",
        f"w{written}",
        f"uw{unit}{written}",
        f"us{unit}{size}",
    )
    yield from (f"kw{q.kind}{written}{size}", f"p{q.partner}", f"ks{q.kind}{size}")
    for n in (1, 2, 3):
        yield f"l{n}{left[-n:]}"
        yield f"r{n}{right[:n]}"
    yield from (f"ul{unit}{left[-1:]}", f"ur{unit}{right[:1]}", f"ull{unit}{left[-2:]}", f"urr{unit}{right[:2]}")
    yield f"lr{left[-1:]}{written}{right[:1]}"
    yield from (f"L{left[i : i + 2]}" for i in range(len(left) - 1))
    yield from (f"R{right[i : i + 2]}" for i in range(len(right) - 1))
    yield from _places(q, scene)


def _places(q: Quantity, scene: Scene) -> Iterator[str]:
    """Features of the line and of the mentions beside the number."""
    text = scene.text
    start, end = scene.line(q.number)
    line = text[start:end].rstrip()
    yield f"heading{len(line) < 30 and line[-1:] not in '。！？”…；，,'}"
    yield f"line{min(9, (end - start) // 25)}"
    yield f"tenth{10 * q.start // max(1, len(text))}"
    before, after = scene.owner[max(0, q.start - 1)], scene.owner[min(q.end, len(text))]
    yield f"mb{scene.mentions[before].type if before >= 0 else '-'}{q.kind}"
    yield f"ma{scene.mentions[after].type if after >= 0 else '-'}{q.kind}"
    first, last = scene.sentence(q.number)
    inside = scene.before(last) - scene.before(first)
    yield f"n{min(inside, 4)}"
    yield f"quote{text[first : q.number].count('“') > text[first : q.number].count('”')}"
    clause_start, clause_end = scene.clause(q.number)
    yield f"cn{min(2, scene.before(clause_end) - scene.before(clause_start))}{q.kind}"
