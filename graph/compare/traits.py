"""What a case is, in the terms by which cases are compared.

traits_of(records) -> Traits        of one case
merged([...]) -> Traits             of several cases taken together
described(text, bearers) -> Traits  of a description, by its words
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.compare.likeness_scale import measured
from graph.compare.likeness_words import counted, entries
from graph.records import Case, Claim, Figure, Mention, Report
from graph.search.query import Query
from graph.search.tokens import terms
from graph.text import fold

Vectors = NDArray[np.float32]
Counts = Mapping[str, int]

PARTNERS = ("Village", "Division", "PartyOrganization", "Department", "University", "Enterprise", "Organization")
PLACES = frozenset({"Village", "Division", "Place"})
LONGEST_NAME = 40
PRODUCT = 2  # times that a named product counts as a word of its trade
NONE = np.zeros((0, 0), dtype=np.float32)
# How large a place is, by how its name ends; the first that fits.
RANKS = (
    ("community", ("社区", "小区", "居委会")),
    ("township", ("镇", "乡", "街道", "苏木", "民族乡")),
    ("county", ("县", "区", "旗")),
    ("city", ("市", "州", "盟")),
    ("province", ("省", "自治区")),
    ("village", ("村", "屯", "寨", "湾", "嘎查", "庄")),
)
PROVINCE = re.compile(r"^(.{2,3})(?:省|(?:.{1,3}族)*自治区)$")


@dataclass(frozen=True, slots=True)
class Records:
    """One case with what is recorded inside it: `rows` of its n passages in the store, and their `vectors` (n, d) less
    the mean of the library's; (0, 0) without vectors.
    """

    case: Case
    report: Report
    mentions: Sequence[Mention] = ()
    claims: Sequence[Claim] = ()
    figures: Sequence[Figure] = ()
    rows: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    vectors: Vectors = field(default_factory=lambda: NONE)


@dataclass(frozen=True, slots=True)
class Traits:
    """A case, several, or a description. Names are folded → as written; the counts are of words, claims and terms.

    `partners` counts different names by entity type, `scale` maps measures to numbers, `rank` is the size of its
    place, `provinces` are the first two digits of statistical codes or a name; all may be empty.
    """

    types: frozenset[str] = frozenset()
    industries: Counts = field(default_factory=dict)
    products: Mapping[str, str] = field(default_factory=dict)
    partners: Counts = field(default_factory=dict)
    mechanisms: Counts = field(default_factory=dict)
    terrain: Counts = field(default_factory=dict)
    problems: Counts = field(default_factory=dict)
    rank: str = ""
    provinces: frozenset[str] = frozenset()
    scale: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    terms: Counts = field(default_factory=dict)
    vectors: Vectors = field(default_factory=lambda: NONE)


def traits_of(records: Records) -> Traits:
    """The traits of one case."""
    case, own = records.case, records.mentions
    folded = fold(records.report.text[case.start : case.end])
    pairs = Counter(terms(folded))
    products = names_of(m for m in own if m.type == "Product")
    return Traits(
        types=frozenset(case.types),
        industries=_with(
            counted("industries", folded, pairs), counted("industries", fold(" ".join(products.values()))), PRODUCT
        ),
        products=products,
        partners=_partners(own),
        mechanisms=_mechanisms(counted("mechanisms", folded, pairs), records.claims),
        terrain=counted("terrain", folded, pairs),
        problems=counted("problems", folded, pairs),
        rank=_rank(case.place),
        provinces=_provinces(own),
        scale=measured(folded, records.figures),
        names=names_of(m for m in own if m.type != "Product"),
        terms=pairs,
        vectors=records.vectors,
    )


def merged(several: Sequence[Traits]) -> Traits:
    """Several cases as one: what any of them has; of numbers the largest, of places the commonest rank."""
    ranks = Counter(one.rank for one in several if one.rank)
    whole = [one.vectors for one in several if len(one.vectors)]
    scale: dict[str, float] = {}
    for one in several:
        for measure, value in one.scale.items():
            scale[measure] = max(value, scale.get(measure, 0.0))

    def summed(of: Callable[[Traits], Counts]) -> dict[str, int]:
        return dict(sum((Counter(of(one)) for one in several), Counter()))

    return Traits(
        types=frozenset().union(*(one.types for one in several)),
        industries=summed(lambda t: t.industries),
        products={name: form for one in several for name, form in one.products.items()},
        partners=summed(lambda t: t.partners),
        mechanisms=summed(lambda t: t.mechanisms),
        terrain=summed(lambda t: t.terrain),
        problems=summed(lambda t: t.problems),
        rank=ranks.most_common(1)[0][0] if ranks else "",
        provinces=frozenset().union(*(one.provinces for one in several)),
        scale=scale,
        names={name: form for one in several for name, form in one.names.items()},
        terms=summed(lambda t: t.terms),
        vectors=np.concatenate(whole) if whole else NONE,
    )


def described(asked: Query, bearers: Iterable[str], vectors: Vectors) -> Traits:
    """The traits of a description: what its words stand for, and the `bearers`, folded names of cases that it holds."""
    return Traits(
        types=asked.types,
        industries=counted("industries", asked.folded),
        partners=dict.fromkeys(sorted(asked.partners), 1),
        mechanisms=counted("mechanisms", asked.folded),
        terrain=counted("terrain", asked.folded),
        problems=counted("problems", asked.folded),
        scale=measured(asked.folded),
        names={name: name for name in bearers},
        terms=Counter(asked.terms),
        vectors=vectors,
    )


def _with(counts: dict[str, int], more: Counts, times: int) -> dict[str, int]:
    for code, count in more.items():
        counts[code] = counts.get(code, 0) + times * count
    return counts


def _mechanisms(found: dict[str, int], claims: Iterable[Claim]) -> dict[str, int]:
    """Ways of working by words, and besides by the relations that the claims assert."""
    said = Counter(claim.type for claim in claims if claim.modality == "asserted")
    for code, entry in entries()["mechanisms"].items():
        if shown := sum(said[relation] for relation in entry.relations):
            found[code] = found.get(code, 0) + shown
    return found


def names_of(mentions: Iterable[Mention]) -> dict[str, str]:
    """Folded names and forms of at least two characters → as written."""
    pairs = ((fold(form).strip(), form) for m in mentions for form in (m.name, m.form))
    return {folded: form for folded, form in pairs if 1 < len(folded) <= LONGEST_NAME}


def _partners(mentions: Iterable[Mention]) -> dict[str, int]:
    distinct: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        distinct[mention.type].add(mention.name)
    return {kind: len(distinct[kind]) for kind in PARTNERS if kind in distinct}


def _rank(place: str) -> str:
    return next((rank for rank, ends in RANKS if place.endswith(ends)), "") if place else ""


def _provinces(mentions: Iterable[Mention]) -> frozenset[str]:
    """Provinces of the places named, by code, the commonest two; a province's name where no place has a code."""
    places = [m for m in mentions if m.type in PLACES]
    codes = Counter(m.code[:2] for m in places if m.code)
    named = {match[1] for m in places if (match := PROVINCE.match(m.name))}
    return frozenset(code for code, _ in codes.most_common(2)) or frozenset(named)
