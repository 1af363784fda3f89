"""Whether a quantity is a figure: a number that measures something, not a date, an ordinal or a way of speaking."""

import math
import re
from collections.abc import Sequence

from ingest.claims.figures_cast import KINDS
from ingest.claims.figures_quantities import Quantity, kind_numbers, quantities
from ingest.claims.figures_scene import Scene
from ingest.models.hashed import HashedModel, Ints, Templates, code_of

CHOSEN = -0.3  # log-odds from which a quantity counts as a figure: best F1 in cross-validation with mentions as found
MONEY_WORDS = "元钱块款资收入进账亏赔赚卖付贷拨挣花"
LEFT, RIGHT = 6, 5  # characters of context looked at
_DATE = re.compile(r"^(?:19|20)\d\d$")
_WRITTEN = re.compile(r"[零一二两三四五六七八九十百千万亿半]")
_BOUNDS = {"exact": 0, "at_least": 1, "at_most": 2, "about": 3}
_PARTNERS = {"": 0, "from": 1, "to": 2}
_LEFTS, _RIGHTS = [f"l{n}" for n in range(LEFT - 1)], [f"r{n}" for n in range(RIGHT - 1)]
NAMES = (
    "unit", "kind", "bound", "size", "written", "partner", "heading", "line", "tenth", "before", "after", "named",
    "quote", "within", "place", "others", "same", *_LEFTS, *_RIGHTS, "left1", "left2", "left3",
    "right1", "right2", "right3",
)  # fmt: skip
TEMPLATES = Templates.of(
    NAMES,
    ";".join(
        [
            "unit", "kind", "bound", "size", "written", "partner", "unit written", "unit size", "kind written size",
            "kind size", "heading", "line", "tenth", "before kind", "after kind", "named", "quote", "within kind",
            "place", "place kind", "others", "others kind", "same kind", "same others", "unit bound", "kind heading",
            "l*", "r*", "left1", "left2", "left3", "right1", "right2", "right3",
            "unit left1", "unit right1", "unit left2", "unit right2", "left1 written right1",
            "kind right2", "kind left2", "left1 right1 unit", "kind place before",
        ]
    ),
    seed=900,
)  # fmt: skip


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


def measured(quantity: Quantity, scene: Scene) -> Quantity:
    """The quantity with the unit that goes unsaid: 进账920万 is in 元, 来的人有三千多 in 人."""
    q = quantity
    if q.unit:
        return q
    start, end = scene.clause(q.number)
    clause = scene.text[start:end]
    if any(word in clause for word in MONEY_WORDS) or (q.value >= 10_000 and "均" in clause):
        return Quantity(q.start, q.number, q.end, q.value, "元", "money", q.bound, q.partner)
    if any(word in clause for word in ("人", "常住", "客")):
        return Quantity(q.start, q.number, q.end, q.value, "人", "people", q.bound, q.partner)
    return q


def _size(value: float) -> int:
    return int(value) if value <= 10 and value == int(value) else 20 + int(math.log10(max(value, 0.1)))


def atoms(quantity: Quantity, scene: Scene, around: Sequence[Quantity]) -> list[int]:
    """The numbers a quantity's features are made of, as `NAMES` lists them; `around` are all quantities of the text."""
    text, q = scene.folded, quantity
    clause_start, clause_end = scene.clause(q.number)
    left = text[max(clause_start, q.start - LEFT) : q.start]
    right = text[q.end : min(max(clause_end, q.end), q.end + RIGHT)]
    start, end = scene.line(q.number)
    line = text[start:end].rstrip()
    owner = scene.owner
    before, after = owner[max(0, q.start - 1)], owner[min(q.end, len(text))]
    first, last = scene.sentence(q.number)
    inside = [o for o in around if first <= o.number < last]
    return [
        code_of(q.unit or q.kind), kind_numbers()[q.kind], _BOUNDS[q.bound], _size(q.value),
        int(bool(_WRITTEN.match(text[q.number]))), _PARTNERS[q.partner],
        int(len(line) < 30 and line[-1:] not in "。！？”…；，,"), min(9, (end - start) // 25),
        10 * q.start // max(1, len(text)),
        KINDS[scene.mentions[before].type] if before >= 0 else 0,
        KINDS[scene.mentions[after].type] if after >= 0 else 0,
        min(scene.before(last) - scene.before(first), 4),
        int(text.count("“", first, q.number) > text.count("”", first, q.number)),
        min(2, scene.before(clause_end) - scene.before(clause_start)), min(6, q.start - clause_start),
        min(4, len(inside)), min(3, sum(o.kind == q.kind for o in inside)),
        *_pairs(left, LEFT - 1), *_pairs(right, RIGHT - 1),
        *(code_of(left[-n:]) for n in (1, 2, 3)), *(code_of(right[:n]) for n in (1, 2, 3)),
    ]  # fmt: skip


def _pairs(words: str, size: int) -> list[int]:
    """The pairs of characters of `words`, wherever they stand, filled up with a pair that is none."""
    found = sorted({code_of(words[i : i + 2]) for i in range(len(words) - 1)})[:size]
    return found + [0] * (size - len(found))


def codes(asked: Sequence[Quantity], scene: Scene) -> Ints:
    """[quantities, features] of the plausible quantities of a text."""
    return TEMPLATES.codes([atoms(q, scene, asked) for q in asked])


def chosen(scene: Scene, model: HashedModel, threshold: float = CHOSEN) -> list[tuple[Quantity, float]]:
    """The quantities of a text that are figures, with their log-odds; both ends of a range or neither."""
    asked = [q for q in quantities(scene.text) if plausible(q, scene)]
    if not asked:
        return []
    found: list[tuple[Quantity, float]] = []
    for quantity, score in zip(asked, model.scores(codes(asked, scene)).tolist(), strict=True):
        odds = score
        if found and quantity.partner == "to" and found[-1][0].start == quantity.start:
            odds = found[-1][1]
        elif odds < threshold:
            continue
        whole = measured(quantity, scene)
        if whole.unit:
            found.append((whole, odds))
    return found
