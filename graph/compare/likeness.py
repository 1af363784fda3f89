"""The features by which cases are compared, each from 0 to 1, with the reason it gives; their weights in likeness.toml.

weights_with({"scale": 0.5}) -> {"type": 1.0, ..., "scale": 0.5, ...}
Asked(traits, spread, rarity).parts(other, nearness, weights) -> list[Part]
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log, sqrt

from graph.compare.likeness_scale import LABELS
from graph.compare.likeness_spread import COUNTED, Spread, cosine, shared
from graph.compare.likeness_words import labels
from graph.compare.traits import PARTNERS, Traits
from graph.errors import UsageError
from graph.ontology import ontology
from graph.search.hits import Part

SHOWN = 4  # names, trades, ways of working in a reason
MOST = 5.0  # the largest weight that is taken
# A nearness this much above that of any two cases counts half: cosines of vectors, of words.
HALF_MEANING, HALF_WORDS = 0.15, 0.05
TENFOLD = log(10)  # numbers that differ tenfold are alike by 1/e
LITTLE = 0.05  # a value below this is no reason

Said = tuple[float, Callable[[], tuple[str, str]]]  # value, and what to say of it in Chinese and English


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature as declared in likeness.toml."""

    code: str
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str
    weight: float


@cache
def features() -> dict[str, Feature]:
    """All features by code, in the order in which they are shown."""
    rows = tomllib.loads(files("graph.compare").joinpath("likeness.toml").read_text(encoding="utf-8"))
    return {code: Feature(code, **row) for code, row in rows.items()}


def weights_with(given: Mapping[str, float] | None = None) -> dict[str, float]:
    """The weight of every feature, those of `given` in place of the declared ones.

    UsageError for a feature that there is none of, a weight below 0 or above MOST, and where all weights are 0.
    """
    found = {code: feature.weight for code, feature in features().items()}
    for code, weight in (given or {}).items():
        if code not in found:
            known = ", ".join(f"{f.code} ({f.zh})" for f in features().values())
            raise UsageError(f"No feature is called {code!r}; cases are compared by {known}.")
        if not 0 <= weight <= MOST:
            raise UsageError(f"The weight of {code} is {weight:g}; it must lie between 0 and {MOST:g}.")
        found[code] = weight
    if not any(found.values()):
        raise UsageError("All weights are 0, so nothing is left to compare by. Give at least one feature a weight.")
    return found


class Asked:
    """What is compared with: its traits, weighed by how common things are; `rarity` says it of names."""

    def __init__(self, mine: Traits, spread: Spread, rarity: Callable[[str], float]) -> None:
        self.mine = mine
        self._spread = spread
        self._rarity = rarity
        self._weighed = {kind: spread.weighed(kind, mine) for kind in COUNTED}

    def values(self, other: Traits, nearness: float | None) -> dict[str, float]:
        """Feature → value, from 0 to 1; `nearness` is how much nearer the case is by vectors than any, None without."""
        return {code: value for code, (value, _) in self._features(other, nearness).items()}

    def parts(self, other: Traits, nearness: float | None, weights: Mapping[str, float]) -> list[Part]:
        """All features of another case, with what they say."""
        found = self._features(other, nearness)
        return [Part(code, value, weights[code] * value, *said()) for code, (value, said) in found.items()]

    def _features(self, other: Traits, nearness: float | None) -> dict[str, Said]:
        return {
            "type": self._type(other),
            "industry": self._industry(other),
            "partners": self._partners(other),
            "mechanism": self._mechanism(other),
            "setting": self._setting(other),
            "scale": self._scale(other),
            "names": self._names(other),
            "text": self._text(other, nearness),
        }

    def _cosine(self, kind: str, other: Traits) -> float:
        """How alike by a kind of words."""
        return cosine(self._weighed[kind], self._spread.weighed(kind, other))

    def _shared(self, kind: str, other: Traits) -> tuple[str, str]:
        """The words of a kind that both have, by their labels in Chinese and English."""
        return labels(kind, shared(self._weighed[kind], self._spread.weighed(kind, other))[:SHOWN])

    def _type(self, other: Traits) -> Said:
        both = sorted(self.mine.types & other.types)

        def said() -> tuple[str, str]:
            terms = [ontology().alliance_types[code] for code in both]
            return f"同属{'、'.join(t.zh for t in terms)}", f"both {', '.join(t.en for t in terms)}"

        return len(both) / len(self.mine.types | other.types) if both else 0.0, said

    def _rarities(self, mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, float]:
        """The names that both bear, with their rarity."""
        return {name: self._rarity(name) for name in mine.keys() & theirs.keys()}

    def _industry(self, other: Traits) -> Said:
        by_kind, rarities = self._cosine("industries", other), self._rarities(self.mine.products, other.products)

        def said() -> tuple[str, str]:
            zh, en = self._shared("industries", other)
            products = _rarest(rarities, other.products)
            told = [f"产业相近：{zh}" if zh else "", f"都有{'、'.join(products)}" if products else ""]
            english = [f"like trades: {en}" if en else "", f"both name {', '.join(products)}" if products else ""]
            return "；".join(filter(None, told)), "; ".join(filter(None, english))

        return max(by_kind, _worth(rarities)), said

    def _partners(self, other: Traits) -> Said:
        """Cosine of the numbers of partners of each kind, from 0 at 0.5, below which even unlike mixes seldom fall.

        Roots are taken of the numbers, so that one long list does not drown the rest.
        """
        mine, theirs = self.mine.partners, other.partners
        both = [kind for kind in PARTNERS if kind in mine and kind in theirs]

        def said() -> tuple[str, str]:
            terms = [ontology().entity_types[kind] for kind in both]
            zh, en = "、".join(term.zh for term in terms), ", ".join(term.en for term in terms)
            return f"伙伴相似：{zh}", f"like partners: {en}"

        lengths = sqrt(sum(mine.values()) * sum(theirs.values()))
        alike = sum(sqrt(mine[kind] * theirs[kind]) for kind in both) / lengths if lengths else 0.0
        return max(0.0, 2 * alike - 1), said

    def _mechanism(self, other: Traits) -> Said:
        def said() -> tuple[str, str]:
            zh, en = self._shared("mechanisms", other)
            return f"做法相近：{zh}", f"like ways of working: {en}"

        return self._cosine("mechanisms", other), said

    def _setting(self, other: Traits) -> Said:
        """The mean of four: surroundings, starting problem, size of the place, province."""
        rank = self.mine.rank == other.rank != ""
        province = bool(self.mine.provinces & other.provinces)

        def said() -> tuple[str, str]:
            zh, en = zip(self._shared("terrain", other), self._shared("problems", other), strict=True)
            chinese = [*filter(None, zh), *(["同级地方"] * rank), *(["同省"] * province)]
            english = [*filter(None, en), *(["places of one size"] * rank), *(["one province"] * province)]
            return f"处境相近：{'、'.join(chinese)}", f"like setting: {', '.join(english)}"

        return (self._cosine("terrain", other) + self._cosine("problems", other) + rank + province) / 4, said

    def _scale(self, other: Traits) -> Said:
        """exp(-|log of the ratio| / log 10) over the measures that both state, shrunk where few are."""
        mine, theirs = self.mine.scale, other.scale
        alike = {m: exp(-abs(log(mine[m] / theirs[m])) / TENFOLD) for m in mine if m in theirs}

        def said() -> tuple[str, str]:
            closest = sorted(alike, key=lambda m: (-alike[m], m))[:SHOWN]
            zh = "、".join(f"{LABELS[m][0]}{_amount(mine[m])}与{_amount(theirs[m])}" for m in closest)
            en = ", ".join(f"{LABELS[m][1]} {mine[m]:,.10g} and {theirs[m]:,.10g}" for m in closest)
            return f"规模相近：{zh}", f"like scale: {en}"

        return sum(alike.values()) / (1 + len(alike)), said

    def _names(self, other: Traits) -> Said:
        rarities = self._rarities(self.mine.names, other.names)

        def said() -> tuple[str, str]:
            written = _rarest(rarities, other.names)
            return f"都有{'、'.join(written)}", f"both name {', '.join(written)}"

        return _worth(rarities), said

    def _text(self, other: Traits, nearness: float | None) -> Said:
        """Half by vectors and half by words, each so that it rises steeply at first; by words alone without vectors."""
        by_words = 1 - 0.5 ** (self._cosine("terms", other) / HALF_WORDS)
        if nearness is None:
            return by_words, lambda: ("用词相近", "like words")
        by_meaning = 1 - 0.5 ** (max(0.0, nearness) / HALF_MEANING)
        return (by_words + by_meaning) / 2, lambda: ("讲的事相近", "tells of like things")


def _worth(rarities: Mapping[str, float]) -> float:
    """The worth of shared names, each by its rarity, where a few rare ones are as good as many."""
    return 1 - 0.5 ** sum(rarities[name] for name in sorted(rarities))


def _rarest(rarities: Mapping[str, float], written: Mapping[str, str]) -> list[str]:
    """The rarest names as they are written, longest first among equals."""
    ordered = sorted(rarities, key=lambda name: (-rarities[name], -len(name), name))
    return list(dict.fromkeys(written[name] for name in ordered))[:SHOWN]


def _amount(value: float) -> str:
    """A number in Chinese, in 万 or 亿 where it is large."""
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if value >= size:
            return f"{value / size:,.4g}{word}"
    return f"{value:,.10g}"
