"""How often a hidden partner is found again by `graph.compare.suggest`, on the annotated reports.

    python -m bench.partners [--tune] [--seeds 5]

A fifth of the partner-like ties of a library (pairs of villages, bodies, firms … that do something together) is taken
out with every claim that says them. Both ends are then asked who could join, and it is counted how often the hidden
partner stands in the first ten. Beside it: ten drawn at random, the ten with most partners, the Adamic-Adar index
alone, and nearness alone; all choose among the same entities. `--tune` chooses weights on the first half (no report
whose number is divisible by 3 is in it); both halves are reported.

What it says: how well the rest of a story leads to a tie that the story tells of. What it does not: whether a new
partnership would come about or do well. Reports about one place make this easier than finding a partner elsewhere.
"""

import argparse
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.gold_records import library_from_gold
from bench.identity import is_untouched
from graph.compare.partners import PARTNERS, WEIGHTS, candidates
from graph.compare.partners_ground import Ground
from graph.compare.partners_reasons import Asked, reasons
from graph.identity import Entities, derive
from graph.network import Network
from graph.network.alliance import COUNTED, is_vague
from graph.records import Case, Claim, Mention, Report

HIDDEN = 0.2
FIRST = 10
GRID = (0.0, 0.1, 0.2, 0.3, 0.6, 1.0, 1.5, 2.5)
Points = dict[str, dict[str, float]]  # candidate → feature → value, not yet weighed


@dataclass(frozen=True)
class Half:
    """The records of half of the reports."""

    entities: Entities
    reports: list[Report]
    claims: list[Claim]
    cases: list[Case]


@dataclass(frozen=True)
class Question:
    """Who could join one entity: `wanted` was hidden, `pool` is how many could be named, `popular` the baseline."""

    wanted: str
    points: Points
    pool: int
    popular: tuple[str, ...]


def halves() -> tuple[Half, Half]:
    """Half of the annotated reports each; all of the untouched ones are in the second."""
    with tempfile.TemporaryDirectory() as folder:
        library = library_from_gold(Path(folder) / "library", "train")
        reports, mentions = library.reports(), library.mentions()
        claims, cases = library.claims(), library.cases()
    free = sorted((r for r in reports if not is_untouched(r.stem)), key=lambda r: r.stem)
    random.Random(1).shuffle(free)  # noqa: S311 - a draw to be repeated, no secret
    first = {r.id for r in free[: len(reports) // 2]}
    made = [_half(first, reports, mentions, claims, cases, inside=inside) for inside in (True, False)]
    return made[0], made[1]


def _half(
    first: set[str],
    reports: Sequence[Report],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    cases: Sequence[Case],
    *,
    inside: bool,
) -> Half:
    own = [r for r in reports if (r.id in first) is inside]
    ids = {r.id for r in own}
    entities = derive([m for m in mentions if m.report in ids], own)
    return Half(entities, own, [c for c in claims if c.report in ids], [c for c in cases if c.report in ids])


def _ends(half: Half, claim: Claim) -> tuple[str, str]:
    one, other = (half.entities.of_mention.get(end, "") for end in (claim.head, claim.tail))
    return min(one, other), max(one, other)


def questions(half: Half, seed: int) -> list[Question]:
    """Hide a fifth of the ties, and ask both ends of each."""
    whole = Ground.of(Network.build(half.entities, half.claims, half.reports), half.cases)
    could = {e.id for e in half.entities.by_id.values() if e.type in PARTNERS and not is_vague(e)}
    ties = sorted((min(a, b), max(a, b)) for a, b in whole.graph.edges if {a, b} <= could)
    hidden = set(random.Random(seed).sample(ties, round(HIDDEN * len(ties))))  # noqa: S311
    left = [c for c in half.claims if c.type not in COUNTED or _ends(half, c) not in hidden]
    ground = Ground.of(Network.build(half.entities, left, half.reports), half.cases)
    popular = sorted(could, key=lambda n: (-len(ground.partners(n)), n))
    return [
        _question(ground, one, wanted, could, popular) for pair in sorted(hidden) for one, wanted in (pair, pair[::-1])
    ]


def _question(ground: Ground, one: str, wanted: str, could: set[str], popular: Sequence[str]) -> Question:
    asked = Asked(ground, one)
    points = {other: {r.feature: r.points for r in reasons(asked, other)} for other in sorted(candidates(asked))}
    known = ground.standing.get(one, frozenset()) | {one}
    best = tuple([other for other in popular[: FIRST + len(known)] if other not in known][:FIRST])
    return Question(wanted, points, len(could - known), best)


def place(question: Question, weights: Mapping[str, float]) -> int:
    """Place of the hidden partner, from 1; 0 where it is not among those suggested. Equals count half before it."""
    scores = {c: sum(weights[f] * v for f, v in own.items()) for c, own in question.points.items()}
    mine = scores.get(question.wanted, 0.0)
    if mine <= 0:
        return 0
    above = sum(s > mine for s in scores.values())
    equal = sum(s == mine for s in scores.values()) - 1
    return 1 + above + equal // 2


def measured(asked: Sequence[Question], weights: Mapping[str, float]) -> tuple[float, float]:
    """Share of hidden partners in the first ten, and the mean of 1 / place."""
    places = [place(question, weights) for question in asked]
    found = sum(0 < p <= FIRST for p in places) / len(places)
    return found, sum(1 / p for p in places if p) / len(places)


def tuned(asked: Sequence[Question]) -> dict[str, float]:
    """Weights that find most, one feature after another until nothing gets better; `shared` stays 1."""
    best = dict(WEIGHTS)
    score = measured(asked, best)
    while True:
        before = score
        for feature in [f for f in best if f != "shared"]:
            for value in GRID:
                tried = {**best, feature: value}
                if (reached := measured(asked, tried)) > score:
                    best, score = tried, reached
        if score == before:
            return best


def rows(asked: Sequence[Question]) -> dict[str, tuple[float, float | None]]:
    """Method → share in the first ten, mean of 1 / place where there is one."""
    alone = {f: dict.fromkeys(WEIGHTS, 0.0) | {f: 1.0} for f in WEIGHTS}
    without = {f: {**WEIGHTS, f: 0.0} for f in WEIGHTS}
    table: dict[str, tuple[float, float | None]] = {
        "random": (sum(min(1.0, FIRST / q.pool) for q in asked) / len(asked), None),
        "most partners": (sum(q.wanted in q.popular for q in asked) / len(asked), None),
        "Adamic-Adar alone": measured(asked, alone["shared"]),
        "nearness alone": measured(asked, alone["near"]),
        "suggest": measured(asked, WEIGHTS),
    }
    table |= {f"  without {f}": measured(asked, without[f]) for f in WEIGHTS}
    return table | {"named at all": (sum(q.wanted in q.points for q in asked) / len(asked), None)}


def main() -> None:
    """Print a row a method and two columns a half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tune", action="store_true", help="choose weights on the first half and print them")
    parser.add_argument("--seeds", type=int, default=5, help="draws of hidden ties")
    options = parser.parse_args()
    parts = [[q for seed in range(options.seeds) for q in questions(half, seed)] for half in halves()]
    if options.tune:
        best = tuned(parts[0])
        print(f"weights {best}", *(f"{found:.3f} {mean:.3f}" for found, mean in (measured(p, best) for p in parts)))
    tables = [rows(part) for part in parts]
    print(f"{parts[0] and len(parts[0])} and {len(parts[1])} questions; in the first {FIRST}, mean of 1 / place:")
    for method in tables[0]:
        cells = (
            f"{found:8.3f} {'' if mean is None else f'{mean:.3f}':5s}" for found, mean in (t[method] for t in tables)
        )
        print(f"{method:22s}" + "".join(cells))


if __name__ == "__main__":
    main()
