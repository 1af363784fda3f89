"""What places were like before: kind of place, products and trades, resources, problems, each with its proof.

    settings_of(records) -> dict[entity id, Setting]

A village's or division's setting is what sentences that name it say, what its case says of the starting problem, and
what is made there. What an enterprise makes that was only founded in the story is no part of it.
"""

import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from graph.compare.profile import SENTENCE
from graph.compare.spread_home import LIES, PLACES, places_of
from graph.identity import Entities, Entity
from graph.records import Case, Claim, Mention, Report
from graph.text import fold

COUNTY, TOWNSHIP = 6, 9  # digits of a code
PROOFS = 4  # kept of one trait
KIND_ENDINGS = {
    "community": ("社区", "居委会", "小区"),
    "street": ("街道",),
    "township": ("镇", "乡", "苏木"),
    "county": ("县", "区", "旗"),
}
KINDS = {
    "village": ("村", "village"),
    "community": ("社区", "urban community"),
    "street": ("街道", "street"),
    "township": ("乡镇", "township"),
    "county": ("县市区", "county"),
}


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a library holds, as the comparison of places needs it. Claims judged wrong are left out beforehand."""

    reports: Mapping[str, Report]
    cases: Sequence[Case]
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    entities: Entities


@dataclass(frozen=True, slots=True)
class Proof:
    """Where it is said: [start, end) of a report; `record` is the mention or claim that leads there."""

    report: str
    start: int
    end: int
    record: str


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing a place was or had: `feature` kind, product, trade, resource or problem; `key` makes it comparable."""

    feature: str
    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A place and its traits with proofs; `where` are the sentences that name it, `cases` those it is the place of."""

    place: Entity
    kind: str
    traits: Mapping[Trait, tuple[Proof, ...]]
    cases: tuple[Case, ...] = ()
    where: tuple[Proof, ...] = field(default=(), repr=False)


@cache
def _kinds(feature: str) -> tuple[tuple[Trait, "re.Pattern[str]"], ...]:
    """The kinds of a feature, each with the words that tell of it."""
    return tuple(
        (Trait(feature, key, row["zh"], row["en"]), _any(row["words"])) for key, row in _read()[feature].items()
    )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("graph.compare").joinpath("setting_words.toml").read_text(encoding="utf-8"))


@cache
def _not_before() -> "re.Pattern[str]":
    return _any(_read()["now"]["words"])


def _any(words: Iterable[str]) -> "re.Pattern[str]":
    return re.compile("|".join(re.escape(word) for word in words))


def _kinds_said(feature: str, text: str) -> Iterator[Trait]:
    """The kinds of a feature whose words `text` holds."""
    return (trait for trait, words in _kinds(feature) if words.search(text))


def kind_of(place: Entity) -> str:
    """village, community, street, township or county; '' for what is larger, or cannot be told."""
    if place.type == "Village":
        return "community" if place.name.endswith(KIND_ENDINGS["community"]) else "village"
    if place.type != "Division" or 0 < len(place.code) < COUNTY:
        return ""
    if len(place.code) == COUNTY:
        return "county"
    return next((kind for kind, ends in KIND_ENDINGS.items() if place.name.endswith(ends)), "")


def settings_of(records: Holdings) -> dict[str, Setting]:
    """Every village, township and county of the library by its entity's id."""
    gathered = _Gathering(records)
    return {place: gathered.setting(place) for place in gathered.places}


class _Gathering:
    """One pass over the records."""

    def __init__(self, records: Holdings) -> None:
        self.records = records
        by_id = records.entities.by_id
        self.places = {i: kind for i, e in by_id.items() if e.type in PLACES and (kind := kind_of(e))}
        self.cases: dict[str, list[Case]] = defaultdict(list)
        at_home = places_of(records.entities, records.cases)
        for case in records.cases:
            if at_home.get(case.id) in self.places:
                self.cases[at_home[case.id]].append(case)
        self.traits: dict[str, dict[Trait, list[Proof]]] = defaultdict(lambda: defaultdict(list))
        self.where: dict[str, list[Proof]] = defaultdict(list)
        self._sentences()
        self._products()
        for place, own in self.cases.items():
            for case in own:
                self._case(place, case)

    def setting(self, place: str) -> Setting:
        kind = self.places[place]
        traits = {trait: tuple(proofs[:PROOFS]) for trait, proofs in self.traits[place].items()}
        zh, en = KINDS[kind]
        entity = self.records.entities.by_id[place]
        own = {Trait("kind", kind, zh, en): tuple(self.where[place][:1]), **traits}
        return Setting(entity, kind, own, tuple(self.cases[place]), tuple(self.where[place]))

    def _add(self, place: str, traits: Iterable[Trait], proof: Proof) -> None:
        for trait in traits:
            if proof not in self.traits[place][trait]:
                self.traits[place][trait].append(proof)

    def _sentences(self) -> None:
        """What the sentences that name a place say of it."""
        of_mention = self.records.entities.of_mention
        spans = {report.id: sentences(report.text) for report in self.records.reports.values()}
        for mention in sorted(self.records.mentions, key=lambda m: (m.report, m.start)):
            place = of_mention.get(mention.id, "")
            if place not in self.places or mention.report not in spans:
                continue
            start, end = around(spans[mention.report], mention.start)
            proof = Proof(mention.report, start, end, mention.id)
            if not self._known(place, proof):
                self.where[place].append(proof)
                self._add(place, said_of(self.records.reports[mention.report].text[start:end]), proof)

    def _known(self, place: str, proof: Proof) -> bool:
        last = self.where[place][-1] if self.where[place] else None
        return bool(last and (last.report, last.start) == (proof.report, proof.start))

    def _case(self, place: str, case: Case) -> None:
        """What the place's own case tells: the starting problem, resources, and the products it names."""
        text = self.records.reports[case.report].text
        anchor = next((p.record for p in self.where[place] if p.report == case.report), "")
        spans = [span for span in sentences(text) if case.start <= span[0] < case.end]
        for start, end in spans:
            self._add(place, said_of(text[start:end]), Proof(case.report, start, end, anchor))
        for mention in self._named[case.report] if spans else ():
            entity = self.records.entities.of_mention.get(mention.id, "")
            if case.start <= mention.start < case.end and entity and entity not in self._lately:
                proof = Proof(case.report, *around(spans, mention.start), mention.id)
                self._add(place, products(self.records.entities.by_id[entity].name), proof)

    def _products(self) -> None:
        """What is made in a place, by itself or by what lies there, unless it was founded in the story."""
        ends, by_id = self.records.entities.of_mention, self.records.entities.by_id
        stands = [c for c in self.records.claims if c.modality == "asserted"]
        new = {ends.get(c.tail) for c in stands if c.type == "founded"}
        seat = {
            ends.get(c.head): ends.get(c.tail) for c in stands if c.type == LIES and ends.get(c.tail) in self.places
        }
        makers: dict[str, set[str | None]] = defaultdict(set)
        for claim in (c for c in stands if c.type == "produces"):
            head, tail = ends.get(claim.head), ends.get(claim.tail)
            place = head if head in self.places else seat.get(head)
            if tail:
                makers[tail].add(head)
            if place and tail and head not in new:
                proof = Proof(claim.report, claim.start, claim.end, claim.id)
                self._add(place, products(by_id[tail].name), proof)
        self._lately = {made for made, own in makers.items() if own <= new}
        self._named: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.records.mentions:
            if mention.type == "Product":
                self._named[mention.report].append(mention)


def products(name: str) -> Iterator[Trait]:
    """A product, and the trades its name tells of."""
    yield Trait("product", fold(name), name, name)
    yield from _kinds_said("trade", name)


def said_of(sentence: str) -> Iterator[Trait]:
    """Problems and resources that a sentence tells of; one about how things are now tells of no resource."""
    yield from _kinds_said("problem", sentence)
    if not _not_before().search(sentence):
        yield from _kinds_said("resource", sentence)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, without the space around them."""
    found = []
    for match in SENTENCE.finditer(text):
        inner = match.group().strip()
        if inner:
            start = match.start() + match.group().index(inner[0])
            found.append((start, start + len(inner)))
    return found


def around(spans: Sequence[tuple[int, int]], offset: int) -> tuple[int, int]:
    """The span that holds `offset`, else the last before it."""
    at = bisect_right(spans, (offset, 1 << 60))
    return spans[max(0, at - 1)] if spans else (offset, offset)
