"""Derived entities kept in the library: after a report or a judgement came or went, only its blocks are made anew.

What is kept always equals what `derive` makes of the whole library. A local entity is read from its report alone, and
is joined only with those it shares a bucket of evidence, or a judgement, with; the blocks that these links make can be
clustered one by one. What names share across blocks, the id of an entity among its namesakes, is settled at the end.
"""

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from hashlib import blake2b
from itertools import groupby

import numpy as np

from graph.identity.clustering import cluster
from graph.identity.derive import derive, entity_id, entity_of, identity_key, judged_pairs
from graph.identity.entities import Entities, Entity
from graph.identity.evidence import buckets_of
from graph.identity.judgements import Key, corrected, latest
from graph.identity.locals import Local, local_entities, local_tokens
from graph.records import Judgement, Mention, content_id
from graph.store import Block, Library
from graph.store.anchors import from_text, present_ids

MANY, FEW = 0.2, 200  # everything is made anew where more than this share of the reports, and this number, changed
Group = list[Local]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: reports read anew or gone, entities written, and whether everything was made anew."""

    reports: int
    entities: int
    rebuilt: bool


def entities_of(library: Library) -> Entities:
    """The entities of a library: those kept, where they are up to date, else derived anew and not kept."""
    if library.identity_is_whole:
        judged = _Judged(library)
        if library.derived.state() == judged.stamps(library.report_dates()):
            return Entities(_from_row(row) for row in library.derived.entities())
    return derive(library.mentions(), library.reports(), library.judgements())


def refresh(library: Library) -> Refreshed:
    """Bring the kept entities up to date after whatever was added, deleted or judged since."""
    with library.writing():
        judged, dates = _Judged(library), library.report_dates()
        wanted = judged.stamps(dates)
        state = library.derived.state() if library.derived.exists else {}
        changed = {report for report, stamp in wanted.items() if state.get(report) != stamp}
        gone = state.keys() - wanted.keys()
        whole = library.identity_was_whole
        if whole and not changed and not gone and not library.stale():
            return Refreshed(0, 0, rebuilt=False)
        work = _Work(library, judged, dates)
        if not whole or len(changed) > max(FEW, MANY * len(wanted)):
            return work.rebuild(wanted)
        return work.update({report: wanted[report] for report in changed}, gone)


class _Judged:
    """The judgements on mentions of a library, in the ids of today."""

    def __init__(self, library: Library) -> None:
        self.all = [j for j in library.judgements() if j.kind in ("identity", "type", "name")]
        named = {i for j in self.all for i in (j.subject, j.object) if i}
        self._reports = library.reports_of_mentions(named) if named else {}
        lost = [
            at
            for j in self.all
            for i, at in ((j.subject, j.subject_at), (j.object, j.object_at))
            if i and at and i not in self._reports
        ]
        anchored = {from_text(at).report for at in lost}
        self._now = present_ids(self.all, list(library.mentions_of(anchored))) if anchored else {}

    @cached_property
    def standing(self) -> dict[Key, Judgement]:
        """The judgements on pairs that stand."""
        # An id that is still borne is never mapped: `present_ids` was given the mentions of other reports only in part.
        now = {old: new for old, new in self._now.items() if old not in self._reports}
        return latest([j for j in self.all if j.kind == "identity"], now)

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """Mention id → the judgements that say it is the same as another."""
        found: dict[str, list[str]] = defaultdict(list)
        for (_, *pair), judgement in self.standing.items():
            if judgement.verdict == "same":
                for mention in pair:
                    found[mention].append(judgement.id)
        return found

    @cached_property
    def by_report(self) -> dict[str, list[Judgement]]:
        """Report id → the judgements that name something in it."""
        found: dict[str, list[Judgement]] = defaultdict(list)
        for j in self.all:
            ends = ((j.subject, j.subject_at), (j.object, j.object_at))
            reports = {self._reports.get(i, "") or (from_text(at).report if at else "") for i, at in ends if i}
            for report in sorted(reports - {""}):
                found[report].append(j)
        return found

    def stamps(self, reports: Iterable[str]) -> dict[str, str]:
        """Report id → what its local entities depend on besides its mentions, which never change."""
        own = {r: content_id("s", *sorted(j.id for j in judged)) for r, judged in self.by_report.items()}
        return {report: own.get(report, "") for report in reports}


class _Work:
    """One refresh: reads the changed reports, finds their blocks, and writes them anew."""

    def __init__(self, library: Library, judged: _Judged, dates: Mapping[str, str]) -> None:
        self._library, self._judged, self._dates = library, judged, dates

    def rebuild(self, stamps: Mapping[str, str]) -> Refreshed:
        """Make everything anew."""
        parts = self._parts(list(self._locals(stamps)))
        keys = Counter(key for part in parts for key in part.keys)
        with self._library.keeping_identity() as tables:
            tables.clear()
            tables.put(part.block(keys) for part in parts)
            tables.note(stamps, ())
            tables.tidy()
        return Refreshed(len(stamps), sum(len(part.groups) for part in parts), rebuilt=True)

    def update(self, stamps: Mapping[str, str], gone: Collection[str]) -> Refreshed:
        """Make the blocks anew that the reports of `stamps` fall in now, and that they or those `gone` were in."""
        tables = self._library.derived
        fresh = list(self._locals(stamps))
        away = {*stamps, *gone}
        buckets = {bucket for local in fresh for bucket in self._buckets(local)}
        stale = self._library.stale()
        blocks = {*stale.blocks} | tables.blocks_of_reports(away) | tables.blocks_of_buckets(buckets)
        kept = [_from_json(said) for report, said in tables.locals(blocks) if report not in away]
        parts = self._parts(kept + fresh)
        touched = {_hash(_key_text(key)) for part in parts for key in part.keys}
        touched |= tables.namesakes_of(blocks) | {*stale.namesakes}
        others = [row for row in tables.namesakes(touched) if row["block"] not in blocks]
        keys = Counter(key for part in parts for key in part.keys)
        keys.update(tuple(json.loads(str(row["key"]))) for row in others)
        with self._library.keeping_identity() as tables:
            tables.remove(blocks)
            tables.put(part.block(keys) for part in parts)
            tables.rename(dict(_renamed(others, keys)))
            tables.note(stamps, gone)
        return Refreshed(len(away), sum(len(part.groups) for part in parts), rebuilt=False)

    def _locals(self, reports: Collection[str]) -> Iterator[Local]:
        for report, own in groupby(self._library.mentions_of(reports), key=lambda m: m.report):
            mentions: Sequence[Mention] = list(own)
            if report in self._judged.by_report:
                mentions = corrected(mentions, self._judged.all)
            yield from local_entities(mentions, self._dates)

    def _buckets(self, local: Local) -> set[int]:
        """The hashes of the buckets that a local entity is in; one that nothing can join has a bucket of its own."""
        links = self._judged.links
        found = {f"judged|{judgement}" for mention in local.mentions for judgement in links.get(mention, ())}
        return {_hash(bucket) for bucket in (buckets_of(local) | found or {"|".join(("self", *local.key))})}

    def _parts(self, locals_: list[Local]) -> list["_Part"]:
        """`locals_` by block, each clustered."""
        hashes = [array("q", self._buckets(local)) for local in locals_]
        parts = []
        for members in _components(hashes):
            own = sorted((locals_[at] for at in members), key=lambda x: x.key)
            groups = [own] if len(own) == 1 else cluster(own, judged_pairs(own, self._judged.standing))
            parts.append(_Part(groups, sorted({bucket for at in members for bucket in hashes[at]})))
        return parts


@dataclass(frozen=True)
class _Part:
    """A block in the making: its groups of local entities, and its buckets in order."""

    groups: list[Group]
    buckets: list[int]

    @cached_property
    def keys(self) -> list[tuple[str, ...]]:
        """The identity key of each group."""
        return [identity_key(group) for group in self.groups]

    def block(self, keys: Mapping[tuple[str, ...], int]) -> Block:
        """The block as the store keeps it; `keys` counts the entities of each identity key in the whole library."""
        number, rows = self.buckets[0], []
        for group, key in zip(self.groups, self.keys, strict=True):
            first = group[0].key
            entity = entity_of(entity_id(key, first, shared=keys[key] > 1), group)
            said = {"key": _key_text(key), "first": _key_text(first), "namesake": _hash(_key_text(key))}
            rows.append({**asdict(entity), **said, "block": number})
        return Block(number, [(x.report, _to_json(x)) for group in self.groups for x in group], self.buckets, rows)


def _renamed(rows: Iterable[Mapping[str, object]], keys: Mapping[tuple[str, ...], int]) -> Iterator[tuple[str, str]]:
    """Old and new id of entities that got, or lost, a namesake."""
    for row in rows:
        key, first = tuple(json.loads(str(row["key"]))), json.loads(str(row["first"]))
        now = entity_id(key, first, shared=keys[key] > 1)
        if now != row["id"]:
            yield str(row["id"]), now


def _key_text(key: Sequence[str]) -> str:
    return json.dumps(key, ensure_ascii=False)


def _hash(bucket: str) -> int:
    return int.from_bytes(blake2b(bucket.encode(), digest_size=8).digest(), "big", signed=True)


def _components(hashes: Sequence["array[int]"]) -> list[list[int]]:
    """Places in `hashes` that share a number, directly or through others."""
    parent = list(range(len(hashes)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    lengths = np.fromiter(map(len, hashes), dtype=np.int64, count=len(hashes))
    numbers = np.concatenate([np.frombuffer(h, dtype=np.int64) for h in hashes]) if hashes else np.zeros(0, np.int64)
    owners = np.repeat(np.arange(len(hashes)), lengths)
    order = np.argsort(numbers, kind="stable")
    numbers, owners = numbers[order], owners[order]
    equal = np.flatnonzero(numbers[1:] == numbers[:-1])
    for one, other in zip(owners[equal].tolist(), owners[equal + 1].tolist(), strict=True):
        a, b = root(one), root(other)
        if a != b:
            parent[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = defaultdict(list)
    for at in range(len(hashes)):
        found[root(at)].append(at)
    return list(found.values())


def _to_json(local: Local) -> str:
    seat = {level: sorted(stems) for level, stems in local.seat.items()}
    row = [local.report, local.type, local.name, local.within, local.code, local.forms, local.mentions, local.date]
    rest = [seat, sorted(local.near), sorted(local.context), local.province, local.owner]
    return json.dumps([*row, *rest], ensure_ascii=False, separators=(",", ":"))


def _from_json(said: str) -> Local:
    report, kind, name, within, code, forms, mentions, date, seat, near, context, province, owner = json.loads(said)
    levels = {level: frozenset(stems) for level, stems in seat.items()}
    named = tuple((form, count) for form, count in forms)
    own = report, kind, name, within, code, named, tuple(mentions), date
    return Local(*own, levels, local_tokens(levels), frozenset(near), frozenset(context), province, owner)


def _from_row(row: Mapping[str, object]) -> Entity:
    values = {f.name: row[f.name] for f in fields(Entity)}
    make: type[Entity] = Entity
    return make(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})  # type: ignore[arg-type]
