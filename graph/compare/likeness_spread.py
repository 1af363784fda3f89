"""How common words, trades and ways of working are among some cases, and how alike two cases are by them."""

from collections import Counter
from collections.abc import Collection, Mapping
from math import log, log1p, sqrt

from graph.compare.traits import Traits

COUNTED = ("industries", "mechanisms", "terrain", "problems", "terms")
HELD = 10_000  # weights kept

Weighed = tuple[dict[str, float], float]  # code → weight, and the root of the sum of their squares


class Spread:
    """Weighs what a case counts: log(1 + count) times how rare it is among the cases it is made from."""

    def __init__(self, several: Collection[Traits]) -> None:
        self._cases = len(several)
        self._rarities: dict[str, dict[str, float]] = {}
        for kind in COUNTED:
            bearers = Counter(code for one in several for code in getattr(one, kind))
            self._rarities[kind] = {code: self._rarity(cases) for code, cases in bearers.items()}
        self._weighed: dict[tuple[str, int], tuple[Traits, Weighed]] = {}

    def _rarity(self, bearers: int) -> float:
        """The logarithm of all cases by those that bear something, 0 where nearly all do."""
        return max(0.0, log((1 + self._cases) / (0.5 + bearers)))

    def weighed(self, kind: str, one: Traits) -> Weighed:
        """The weights of a kind of counts; kept, with the case that they are of, lest another object takes its id."""
        key = kind, id(one)
        if key in self._weighed:
            return self._weighed[key][1]
        counts: Mapping[str, int] = getattr(one, kind)
        rarities, unmet = self._rarities[kind], self._rarity(0)
        weights = {code: log1p(count) * rarities.get(code, unmet) for code, count in counts.items()}
        found = weights, sqrt(sum(weight * weight for weight in weights.values()))
        if len(self._weighed) >= HELD:
            self._weighed.clear()
        self._weighed[key] = one, found
        return found


def cosine(one: Weighed, other: Weighed) -> float:
    """The cosine of two weighed counts, 0 where one holds nothing."""
    mine, theirs = one[0], other[0]
    lengths = one[1] * other[1]
    both = mine.keys() & theirs.keys() if lengths else ()
    return sum(mine[code] * theirs[code] for code in sorted(both)) / lengths if both else 0.0


def shared(one: Weighed, other: Weighed) -> list[str]:
    """The codes that both have, those that weigh most first."""
    both = {code: one[0][code] * other[0][code] for code in one[0].keys() & other[0].keys()}
    return sorted((code for code in both if both[code] > 0), key=lambda code: (-both[code], code))
