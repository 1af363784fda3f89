"""Joins local entities into clusters: evidence comes in buckets, guards forbid, the order of input never matters."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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

    def join(self, keys: Sequence[LocalKey], evidence: Callable[[LocalKey], Iterable[Hashable]]) -> None:
        """Unite clusters that share a bucket of `evidence`, where no guard forbids it.

        Clusters linked by buckets form components. In a component with a conflict, those that could belong to either
        side are left alone, rather than drawn by lot; what then holds together without conflict is united.
        """
        buckets: dict[Hashable, set[LocalKey]] = defaultdict(set)
        for key in keys:
            for bucket in evidence(key):
                buckets[bucket].add(self.root(key))
        shared = [members for members in buckets.values() if len(members) > 1]
        for component in _components(shared):
            self._settle(component, shared)

    def _settle(self, component: list[LocalKey], buckets: list[set[LocalKey]]) -> None:
        if not self._conflicts(component):
            self.union(component)
            return
        apart = {one: {b for b in component if conflict(self.traits[one], self.traits[b])} for one in component}
        inside = [members & set(component) for members in buckets if members & set(component)]
        linked = _links(inside, apart)
        bridges = {one for one in component if any(apart[a] & linked[one] for a in linked[one])}
        kept = [{m for m in members if m not in bridges} for members in inside]
        pairs = [{a, b} for members in kept for a in members for b in members if a < b and b not in apart[a]]
        for rest in _components(pairs):
            if not self._conflicts(rest):
                self.union(rest)

    def _conflicts(self, roots: list[LocalKey]) -> bool:
        whole = Traits()
        for root in roots:
            if conflict(whole, self.traits[root]):
                return True
            whole.absorb(self.traits[root])
        return self._ambiguous(whole) and any(
            conflict(self.traits[a], self.traits[b]) for i, a in enumerate(roots) for b in roots[:i]
        )

    @staticmethod
    def _ambiguous(whole: Traits) -> bool:
        several = (whole.codes, whole.kinds, whole.tokens, *whole.seats.values(), *whole.names.values())
        return bool(whole.different) or any(len(values) > 1 for values in several)


def _links(buckets: list[set[LocalKey]], apart: Mapping[LocalKey, set[LocalKey]]) -> dict[LocalKey, set[LocalKey]]:
    linked: dict[LocalKey, set[LocalKey]] = {key: set() for key in apart}
    for members in buckets:
        for key in members:
            linked[key] |= members - apart[key] - {key}
    return linked


def _components(groups: Iterable[set[LocalKey]]) -> list[list[LocalKey]]:
    """Connected components of things that share a group, each in order, and themselves in order."""
    parent: dict[LocalKey, LocalKey] = {}

    def root(key: LocalKey) -> LocalKey:
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
    found: dict[LocalKey, list[LocalKey]] = defaultdict(list)
    for key in sorted(parent):
        found[root(key)].append(key)
    return [found[key] for key in sorted(found)]
