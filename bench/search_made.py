"""A made library of any size: reports by a small grammar over the gazetteer, with seeded randomness.

Nothing in it happened. The text has what search meets in real reports: places that exist, people, firms, universities,
products, amounts, and phrases that come again and again. Names follow Zipf's law: a few stand in many reports.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from bench.identity_made import SURNAMES
from graph.ontology import ontology
from graph.records import Case, Extraction, Figure, Mention, Report
from ingest.lexicon.names import words

Vectors = npt.NDArray[np.float32]
T = TypeVar("T")

LENGTH = 165  # characters of a passage, about
NOISE = 0.3  # length of the noise beside a unit vector

GRAMMAR = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PRODUCTS, ALLIANCES, INDICATORS = (GRAMMAR[kind].split() for kind in ("products", "alliances", "indicators"))
TRADES = GRAMMAR["trades"].split()
FILLED = 0.65  # share of sentences that are put together from words alone
WORDS = 30_000
FLAT = 50  # ranks by which Zipf's law is flattened: the commonest word is then in a sixth of all passages

Place = tuple[str, str, str, str, str]  # village, its code, township, county, its code
Slots = dict[str, str]
Counted = tuple[str, float, str]  # indicator, value, as written
KINDS = {"v": "Village", "w": "Village", "t": "Division", "c": "Division", "e": "Enterprise", "u": "University"}
KINDS |= {"p": "Person", "q": "Product", "a": "Alliance"}


@dataclass(frozen=True)
class World:
    """What the grammar draws from; the first of each list are the commonest."""

    places: tuple[Place, ...]
    firms: tuple[str, ...]
    people: tuple[str, ...]
    universities: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def make(cls, rng: random.Random) -> "World":
        """Some 100,000 villages of the gazetteer, and firms and people enough for a million passages."""
        with as_file(files("ingest.lexicon").joinpath("data/divisions.parquet")) as path:
            codes, names = (pq.read_table(path)[column] for column in ("code", "name"))
        named = {str(code): name for code, name in zip(codes.to_pylist(), names.to_pylist(), strict=True)}
        villages = [code for code in named if len(code) == 12 and named[code][-1] in "村区"]
        places = [
            (_short(named[code]), code, named[code[:9]], named[code[:6]], code[:6])
            for code in rng.sample(villages, 100_000)
            if code[:6] in named and code[:9] in named
        ]
        people = {
            rng.choice(SURNAMES) + "".join(rng.choices(GRAMMAR["given"], k=rng.choice((1, 2, 2))))
            for _ in range(60_000)
        }
        firms = {"".join(rng.sample(GRAMMAR["brands"], 2)) + rng.choice(TRADES) + "有限公司" for _ in range(30_000)}
        letters = sorted({letter for village in villages for letter in named[village]})
        said = {"".join(rng.choices(letters[:2500], k=2)) for _ in range(WORDS)}
        schools = tuple(sorted(words("universities")))
        return cls(tuple(places), _mixed(firms, rng), _mixed(people, rng), schools, _mixed(said, rng))

    def slots(self, rng: random.Random) -> Slots:
        """One story's names."""
        village, _, township, county, _ = place = _zipf(rng, self.places)
        other = next((p for p in (_zipf(rng, self.places) for _ in range(3)) if p[0] != village), place)[0]
        return {
            "v": village,
            "w": other,
            "t": township,
            "c": county,
            "code": place[1],
            "county": place[4],
            "e": _zipf(rng, self.firms),
            "u": _zipf(rng, self.universities),
            "p": _zipf(rng, self.people),
            "q": _zipf(rng, PRODUCTS),
            "a": village.removesuffix("村") + rng.choice(ALLIANCES),
        }

    def filler(self, rng: random.Random) -> str:
        """A sentence without sense, whose words come as often as words do in real reports."""
        clauses = ("".join(_zipf(rng, self.words, FLAT) for _ in range(rng.randint(3, 8))) for _ in range(3))
        return "，".join(clauses) + "。"


def _short(village: str) -> str:
    """石桥村村民委员会 and 石桥社区居委会 as people say them."""
    for ending in ("村民委员会", "居民委员会", "委会", "居委会"):
        village = village.removesuffix(ending)
    return village


def _mixed(values: set[str], rng: random.Random) -> tuple[str, ...]:
    found = sorted(values)
    rng.shuffle(found)
    return tuple(found)


def _zipf(rng: random.Random, values: Sequence[T], flat: int = 1) -> T:
    return values[int(flat * ((len(values) + flat) / flat) ** rng.random()) - flat]


def reports(seed: int, passages: int) -> Iterator[Extraction]:
    """Reports of about `passages` passages in all, each of one to three cases; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
    world, made = World.make(rng), 0
    number = 0
    while made < passages:
        extraction = _report(rng, world, number)
        number += 1
        made += len(extraction.report.text) // LENGTH
        yield extraction


def _report(rng: random.Random, world: World, number: int) -> Extraction:
    stories = [world.slots(rng) for _ in range(rng.choice((1, 2, 2, 3)))]
    title = rng.choice(GRAMMAR["titles"]).format(**stories[0])
    parts = [title + "\n" + "".join(said.format(**stories[0]) for said in GRAMMAR["leads"])]
    told = [_story(rng, world, slots) for slots in stories]
    text = "\n\n".join([*parts, *(story for story, _ in told)])
    date = f"{rng.randint(2018, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    name = f"made-{number:06d}"
    report = Report(text, name, source=f"{name}.txt", title=title, date=date)
    cases: list[Case] = []
    mentions: list[Mention] = []
    figures: list[Figure] = []
    start = len(parts[0]) + 2
    for slots, (story, counted) in zip(stories, told, strict=True):
        types = tuple(rng.sample(sorted(ontology().alliance_types), rng.choice((1, 1, 2))))
        case = Case(report.id, len(cases), start, start + len(story), slots["a"], slots["c"], types)
        cases.append(case)
        mentions += _mentions(report.id, slots, story, start)
        figures += _figures(case, counted, story, start)
        start = case.end + 2
    return Extraction(report, tuple(cases), tuple(mentions), (), tuple(figures))


def _story(rng: random.Random, world: World, slots: Slots) -> tuple[str, list[Counted]]:
    """Some 1,300 characters in paragraphs, and the figures they state."""
    counted: list[Counted] = []
    sentences: list[str] = []
    for at in range(rng.randint(16, 44)):
        sentence, indicator = rng.choice(GRAMMAR["sentences"]), rng.choice(INDICATORS)
        n, m = rng.randint(2, 9) * 10 ** rng.randint(1, 3) + rng.randint(0, 99), rng.randint(6, 99)
        if rng.random() < FILLED:
            said = world.filler(rng)
        else:
            said = sentence.format(**slots, n=n, m=m, i=indicator)
            if "{i}" in sentence:
                counted.append((indicator, n * 10_000.0, f"{n}万元"))
        sentences.append(said + ("\n" if at % 4 == 3 else ""))
    return "".join(sentences).rstrip(), counted


def _mentions(report: str, slots: Slots, told: str, start: int) -> Iterator[Mention]:
    """The first two places where each name stands."""
    codes = {"v": slots["code"], "t": slots["code"][:9], "c": slots["county"]}
    for slot, kind in KINDS.items():
        name, at = slots[slot], -1
        for _ in range(2):
            if (at := told.find(name, at + 1)) < 0:
                break
            span = (start + at, start + at + len(name))
            within = slots["c"] if slot in "vwt" else ""
            yield Mention(report, *span, kind, name, name, within, codes.get(slot, ""), 0.9, "made")


def _figures(case: Case, counted: list[Counted], told: str, start: int) -> Iterator[Figure]:
    for indicator, value, written in counted[:3]:
        at = start + told.find(written)
        yield Figure(case.report, case.id, case.id, indicator, value, "元", at, at + len(written), extractor="made")


def questions(seed: int, count: int) -> list[tuple[str, str]]:
    """`count` questions as (kind, text) that reports of this seed answer, all kinds in turn."""
    rng = random.Random(seed)  # noqa: S311
    world = World.make(rng)
    kinds = [(kind, said) for kind, group in GRAMMAR["questions"].items() for said in group]
    asked = []
    for at in range(count):
        kind, said = kinds[at % len(kinds)]
        asked.append((kind, said.format(**world.slots(rng), n=rng.randint(20, 900), m=rng.randint(6, 99))))
    return asked


def vectors(real: Vectors, count: int, seed: int) -> Vectors:
    """`count` unit vectors (count, d): `real` ones first, then mixtures of two of them with some noise.

    A million passages take 16 hours to encode here; what a search costs hangs on how vectors lie, not on what they
    mean. The mixtures lie in the same narrow cone as real vectors of the encoder, in clusters about them.
    """
    rng = np.random.default_rng(seed)
    found = np.empty((count, real.shape[1]), dtype=np.float32)
    found[: len(real)] = real[:count]
    for first in range(len(real), count, 50_000):
        size = min(50_000, count - first)
        left, right = real[rng.integers(len(real), size=size)], real[rng.integers(len(real), size=size)]
        share = rng.uniform(0.5, 1, (size, 1)).astype(np.float32)
        noise = rng.standard_normal((size, real.shape[1]), dtype=np.float32) * (NOISE / np.sqrt(real.shape[1]))
        found[first : first + size] = share * left + (1 - share) * right + noise
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found
