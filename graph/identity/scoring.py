"""How much speaks for two things being one: named features, each a pure function with its reason; weights as data."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.identity.evidence import CORED
from graph.identity.facts import Facts, facts_of
from graph.identity.joining import Traits, conflict
from graph.identity.locals import Local

SHOWN = 4  # things named in a reason
ENDING = 0.7  # a name that ends another is likely the other without its owner
LONG = 3  # characters of a name from which likeness says anything
Found = tuple[float, frozenset[str]]  # how far the feature holds (0 to 1), and what the two have in common
NOTHING: Found = (0.0, frozenset())


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature of a pair: it adds weight × value to the score."""

    name: str
    weight: float
    value: float
    text_zh: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of a pair (0 to 1) with what speaks for it, strongest first; `guards` forbid to join it."""

    score: float
    reasons: tuple[Reason, ...]
    guards: tuple[Reason, ...] = ()

    @property
    def joins(self) -> bool:
        """Whether the machine may join the pair by itself."""
        return self.score >= threshold() and not self.guards


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("graph.identity").joinpath("scoring.toml").read_text(encoding="utf-8"))


def threshold() -> float:
    """The score from which the machine joins a pair."""
    return float(_data()["threshold"])


def _short_of_joining() -> float:
    return threshold() - 0.01


def floor() -> float:
    """The score from which people are asked about a pair."""
    return float(_data()["floor"])


def weights_of(kind: str) -> Mapping[str, float]:
    """Feature → weight, for things of a type."""
    table: Mapping[str, Mapping[str, float]] = _data()["weights"]
    return table.get(kind, table["default"])


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> Found:
    both = ours & theirs
    return (1.0, both) if both else NOTHING


def _alias(one: Facts, other: Facts) -> Found:
    """A form of one that is a name or form of the other; equal names are counted by `name`."""
    both = ((one.names | one.forms) & (other.names | other.forms)) - (one.names & other.names)
    return (1.0, both) if both and not one.names & other.names else NOTHING


def _core(one: Facts, other: Facts) -> Found:
    if one.type not in CORED:
        return NOTHING
    both = frozenset(c for c in one.cores & other.cores if len(c) >= 3)
    counted = _alias(one, other)[0] or one.names & other.names
    return (1.0, both) if both and not counted else NOTHING


def _containment(one: Facts, other: Facts) -> Found:
    """A name of one inside a name of the other: how much of the longer it is; more where it ends the longer."""
    pairs = [sorted((a, b), key=len) for a in one.names for b in other.names if a != b]
    held = [(max(len(a) / len(b), ENDING * b.endswith(a)), a) for a, b in pairs if len(a) >= 2 and a in b]
    return (max(held)[0], frozenset({max(held)[1]})) if held else NOTHING


def _short_form(one: Facts, other: Facts) -> Found:
    """A name of one that keeps the first character and some others, in order, of a name of the other."""
    for a, b in ((a, b) for a in sorted(one.names) for b in sorted(other.names)):
        short, long = sorted((a, b), key=len)
        if 2 <= len(short) <= len(long) / 1.5 and short[0] == long[0] and short not in long and _keeps(long, short):
            return 1.0, frozenset({f"{short} / {long}"})
    return NOTHING


def _keeps(long: str, short: str) -> bool:
    """Whether the characters of `short` stand in `long` in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _surname(one: Facts, other: Facts) -> Found:
    if bool(one.titled) == bool(other.titled):
        return NOTHING
    titled, full = (one, other) if one.titled else (other, one)
    both = titled.titled & {name[:1] for name in full.names}
    return (1.0, both) if both else NOTHING


def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def _likeness(one: Facts, other: Facts) -> Found:
    """Dice's coefficient over the pairs of characters of the two likest names; of bodies, without generic words."""
    if one.names & other.names or one.cores & other.cores:
        return NOTHING
    plain = one.type in ("Product", "Village", "Division")
    ours, theirs = (one.names, other.names) if plain else (one.cores, other.cores)
    found = [
        (2 * len(_pairs(a) & _pairs(b)) / (len(_pairs(a)) + len(_pairs(b))), f"{a} / {b}")
        for a in ours
        for b in theirs
        if min(len(a), len(b)) >= LONG
    ]
    return (max(found)[0], frozenset({max(found)[1]})) if found and max(found)[0] else NOTHING


def _near(one: Facts, other: Facts) -> Found:
    both = one.near & other.near
    return (1.0 if len(both) > 1 else 0.7, both) if both else NOTHING


def _rank(one: Facts, other: Facts) -> Found:
    return (1.0, frozenset()) if one.high and other.high and one.names & other.names else NOTHING


GUESSES = ("containment", "short_form", "likeness")  # of no weight where both sides say whose body they are
FEATURES: Mapping[str, Callable[[Facts, Facts], Found]] = {
    "code": lambda one, other: _shared(frozenset(one.traits.codes), frozenset(other.traits.codes)),
    "name": lambda one, other: _shared(one.names, other.names),
    "distinctive": lambda one, other: _shared(one.distinctive, other.distinctive),
    "rank": _rank,
    "owner": lambda one, other: _shared(one.owners, other.owners),
    "placed": lambda one, other: _shared(one.placed, other.placed),
    "alias": _alias,
    "core": _core,
    "containment": _containment,
    "short_form": _short_form,
    "surname": _surname,
    "likeness": _likeness,
    "place": lambda one, other: _shared(one.tokens, other.tokens),
    "neighbours": _near,
    "context": lambda one, other: _shared(one.context, other.context),
}


def score_pair(one: Local | Facts, other: Local | Facts, similarity: float | None = None) -> Scored:
    """The score of two things with its reasons; `similarity` (0 to 1) is a sentence encoder's, where one is used."""
    one = facts_of([one]) if isinstance(one, Local) else one
    other = facts_of([other]) if isinstance(other, Local) else other
    weights, reasons = weights_of(one.type), []
    owned = bool(one.owners) and bool(
        other.owners
    )  # whose body it is and what is known on both sides: no need to guess
    for name, feature in FEATURES.items():
        heard = weights.get(name) and not (owned and name in GUESSES)
        value, both = feature(one, other) if heard else NOTHING
        if value:
            reasons.append(_reason("reasons", name, weights[name], value, both))
    if similarity is not None and weights.get("encoder"):
        shown = frozenset({f"{similarity:.2f}"})
        reasons.append(_reason("reasons", "encoder", weights["encoder"], max(0.0, similarity), shown))
    ranked = sorted(reasons, key=lambda r: (-r.weight * r.value, r.name))
    total = _total(reasons)
    if (one.bare or other.bare) and not one.held & other.held:  # which one of its kind it is, nothing around can say
        total = min(total, _short_of_joining())
    return Scored(total, tuple(ranked), tuple(_guards(one, other)))


def _total(reasons: Sequence[Reason]) -> float:
    """The weighted sum; where the names are only similar, the surroundings count by how similar, and never suffice."""
    parts = {r.name: r.weight * r.value for r in reasons}
    around = sum(parts.pop(name, 0.0) for name in _data()["surroundings"])
    if not parts.keys() <= set(_data()["weak"]):
        return round(min(1.0, sum(parts.values()) + around), 6)
    alike = max((r.value for r in reasons if r.name in parts), default=0.0)
    return round(min(_short_of_joining(), sum(parts.values()) + alike * around), 6)


def _reason(table: str, name: str, weight: float, value: float, both: frozenset[str]) -> Reason:
    shown = "、".join(sorted({_readable(text) for text in both})[:SHOWN])
    chinese, english = _data()[table][name]
    return Reason(name, weight, round(value, 4), chinese.format(shown), english.format(shown))


def _readable(bucket: str) -> str:
    """A key as a person reads it: V柳桥@双溪 is 双溪柳桥村, DB… the names behind their marks."""
    if bucket[:1] == "V" and len(bucket) > 1:
        stem, _, place = bucket[1:].partition("@")
        return f"{'' if place.isdigit() else place}{stem}"
    if bucket[:1] in "DBO" and len(bucket) > 1 and not bucket.isascii():
        return "".join(bucket[1:].split("|")[1:]) if bucket[0] == "B" else bucket[1:].replace("|", "")
    return bucket.removeprefix("placed|").replace("|", " ").strip()


def _guards(one: Facts, other: Facts) -> Iterator[Reason]:
    """Why the two cannot be one thing."""
    ours, theirs = one.traits, other.traits

    def guard(name: str, both: object = ()) -> Reason:
        words = both if isinstance(both, frozenset) else frozenset()
        return _reason("guards", name, 0.0, 1.0, words)

    if one.type != other.type:
        yield guard("types", frozenset({one.type, other.type}))
    if not conflict(ours, theirs):
        return
    if ours.different & theirs.members or theirs.different & ours.members:
        yield guard("judged")
    elif ours.codes and theirs.codes:
        yield guard("codes", frozenset(ours.codes | theirs.codes))
    elif ours.kinds and theirs.kinds and not ours.kinds & theirs.kinds:
        yield guard("kinds", frozenset(ours.kinds | theirs.kinds))
    elif places := _places_apart(ours, theirs):
        yield guard("places", places)
    else:
        both = ours.names.keys() & theirs.names.keys()
        yield guard("report", frozenset(n for r in both for n in ours.names[r] | theirs.names[r]))


def _places_apart(ours: Traits, theirs: Traits) -> frozenset[str]:
    if ours.tokens and theirs.tokens and not ours.tokens & theirs.tokens:
        return frozenset(ours.tokens | theirs.tokens)
    for level, stems in ours.seats.items():
        others = theirs.seats.get(level, set())
        if stems and others and not stems & others:
            return frozenset(stems | others)
    return frozenset()
