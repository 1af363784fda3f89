"""Joins local entities into clusters: evidence comes in buckets, guards forbid, the order of input never matters."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

from graph.identity.locals import LocalKey


@dataclass(slots=True)
class Traits:
    """What can forbid that two clusters be one."""

    codes: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    seats: dict[str, set[str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    names: dict[str, set[str]] = field(default_factory=dict)  # report → names met there
    different: set[LocalKey] = field(default_factory=set)  # judged to be other things
    members: set[LocalKey] = field(default_factory=set)

    @property
    def signature(self) -> Hashable:
        """All but names, reports and judgements: two of one signature conflict with the same places and codes."""
        seats = tuple((level, frozenset(stems)) for level, stems in sorted(self.seats.items()))
        return frozenset(self.codes), frozenset(self.kinds), frozenset(self.tokens), seats

    def absorb(self, other: "Traits") -> None:
        """Take in the traits of another."""
        self.codes |= other.codes
        self.kinds |= other.kinds
        self.tokens |= other.tokens
        self.different |= other.different
        self.members |= other.members
        for level, stems in other.seats.items():
            self.seats.setdefault(level, set()).update(stems)
        for report, names in other.names.items():
            self.names.setdefault(report, set()).update(names)


def _apart(ours: set[str], theirs: set[str]) -> bool:
    return bool(ours) and bool(theirs) and not ours & theirs


def conflict(one: Traits, other: Traits) -> bool:
    """Whether the two cannot be one thing. A shared official code settles it unless people said otherwise."""
    if one.different & other.members or other.different & one.members:
        return True
    if one.codes and other.codes:
        return not one.codes & other.codes
    if _apart(one.kinds, other.kinds) or _apart(one.tokens, other.tokens):
        return True
    if any(_apart(stems, other.seats.get(level, set())) for level, stems in one.seats.items()):
        return True
    few, many = sorted((one.names, other.names), key=len)
    return any(report in many and many[report] != names for report, names in few.items())


class Clusters:
    """A partition of local entities that only grows coarser."""

    def __init__(self, traits: Mapping[LocalKey, Traits]) -> None:
        self._parent: dict[LocalKey, LocalKey] = {key: key for key in traits}
        self.traits: dict[LocalKey, Traits] = dict(traits)

    def root(self, key: LocalKey) -> LocalKey:
        """The smallest member of the cluster of `key`: its name in this run."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def groups(self) -> dict[LocalKey, list[LocalKey]]:
        """Root → its members, all in order."""
        found: dict[LocalKey, list[LocalKey]] = defaultdict(list)
        for key in sorted(self._parent):
            found[self.root(key)].append(key)
        return dict(found)

    def union(self, keys: Iterable[LocalKey]) -> None:
        """Make one cluster of those of `keys`, guards or no guards."""
        roots = sorted({self.root(key) for key in keys})
        for other in roots[1:]:
            self._parent[other] = roots[0]
            self.traits[roots[0]].absorb(self.traits.pop(other))

    def join(self, keys: Iterable[LocalKey], evidence: Callable[[LocalKey], Iterable[str]]) -> None:
        """Unite clusters that share a bucket of `evidence`, where no guard forbids it.

        Clusters linked by buckets form components. In a component with a conflict, those that could belong to either
        side are left alone, rather than drawn by lot; what then holds together without conflict is united.
        """
        buckets: dict[str, set[LocalKey]] = defaultdict(set)
        for key in keys:
            root = self.root(key)
            for bucket in evidence(key):
                buckets[bucket].add(root)
        shared = [members for members in buckets.values() if len(members) > 1]
        inside: dict[LocalKey, list[int]] = defaultdict(list)
        for number, members in enumerate(shared):
            for root in members:
                inside[root].append(number)
        for component in _components(shared):
            if self._agree(component):
                self.union(component)
            else:
                self._settle(component, inside)

    def _settle(self, component: list[LocalKey], inside: Mapping[LocalKey, list[int]]) -> None:
        """Unite what holds together in a component with a conflict. Roots that nothing tells apart go as one class."""
        alone = self._singular(component)
        classes: dict[Hashable, list[LocalKey]] = defaultdict(list)
        for root in component:
            own = () if root not in alone else (root,)
            classes[self.traits[root].signature, tuple(inside[root]), own].append(root)
        groups = list(classes.values())
        first = [self.traits[roots[0]] for roots in groups]
        apart: list[set[int]] = [set() for _ in groups]
        for a, b in combinations(range(len(groups)), 2):
            if conflict(first[a], first[b]):
                apart[a].add(b)
                apart[b].add(a)
        buckets: dict[int, set[int]] = defaultdict(set)
        for number, roots in enumerate(groups):
            for bucket in inside[roots[0]]:
                buckets[bucket].add(number)
        linked: list[set[int]] = [set() for _ in groups]
        for members in buckets.values():
            for number in members:
                linked[number] |= members - apart[number] - {number}
        bridges = {one for one in range(len(groups)) if any(apart[a] & linked[one] for a in linked[one])}
        links = [{one} for one in range(len(groups)) if one not in bridges]
        links += [{a, b} for a in range(len(groups)) if a not in bridges for b in linked[a] - bridges if a < b]
        for rest in _components(links):
            roots = sorted(root for number in rest for root in groups[number])
            if len(roots) > 1 and self._agree(roots):
                self.union(roots)

    def _singular(self, roots: Sequence[LocalKey]) -> set[LocalKey]:
        """Those that another of `roots` shares a report with, or that people told from another: no class holds them."""
        owners: dict[str, list[LocalKey]] = defaultdict(list)
        for root in roots:
            for report in self.traits[root].names:
                owners[report].append(root)
        found = {root for several in owners.values() if len(several) > 1 for root in several}
        judged = {key for root in roots for key in self.traits[root].different}
        return found | {root for root in roots if self.traits[root].different or self.traits[root].members & judged}

    def _agree(self, roots: Sequence[LocalKey]) -> bool:
        """Whether no two of `roots` are in conflict."""
        whole = Traits()
        for root in roots:
            if conflict(whole, self.traits[root]):
                return False
            whole.absorb(self.traits[root])
        if not self._ambiguous(whole):
            return True
        kinds: dict[Hashable, LocalKey] = {}
        for root in roots:
            kinds.setdefault(self.traits[root].signature, root)
        alone = self._singular(roots)
        tried = sorted({*kinds.values(), *alone})
        return not any(conflict(self.traits[a], self.traits[b]) for a, b in combinations(tried, 2))

    @staticmethod
    def _ambiguous(whole: Traits) -> bool:
        several = (whole.codes, whole.kinds, whole.tokens, *whole.seats.values())
        return bool(whole.different) or any(len(values) > 1 for values in several)


T = TypeVar("T", LocalKey, int)


def _components(groups: Iterable[set[T]]) -> list[list[T]]:
    """Connected components of things that share a group, each in order, and themselves in order."""
    parent: dict[T, T] = {}

    def root(key: T) -> T:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for group in groups:
        first = root(min(group))
        for key in group:
            other = root(key)
            if other != first:
                parent[max(first, other)] = min(first, other)
                first = min(first, other)
    found: dict[T, list[T]] = defaultdict(list)
    for key in sorted(parent):
        found[root(key)].append(key)
    return [found[key] for key in sorted(found)]
