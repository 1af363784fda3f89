"""Everything that is no village or division: bodies, people, products, programmes."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence

from graph.identity.joining import Clusters
from graph.identity.locals import GEOGRAPHIC, Local, LocalKey, Neighbourhood, Seats, local_tokens
from graph.identity.names import (
    CITY,
    COUNTY,
    PREFECTURE,
    PROVINCE,
    TOWNSHIP,
    VILLAGE,
    body_name,
    company,
    core,
    names_place,
    normal,
    university,
)

# In this order: people are told apart by the bodies they belong to.
BODY_TYPES = (
    "Department", "PartyOrganization", "University", "Enterprise", "Organization", "Alliance",
    "Place", "Programme", "Product", "Event", "Person",
)  # fmt: skip
OWNED = ("Department", "PartyOrganization", "Organization", "University")  # bodies of a place, often named by rank only
WINDOW = 150  # characters on either side in which something stands near
# Where to look in a seat for the owner of a body of this rank.
KIND_LEVELS = {
    "省": (PROVINCE,), "市": (CITY, PREFECTURE, COUNTY), "州": (PREFECTURE,),
    "县": (COUNTY, CITY), "区": (COUNTY, CITY), "旗": (COUNTY,),
    "镇": (TOWNSHIP,), "乡": (TOWNSHIP,), "街道": (TOWNSHIP,), "村": (VILLAGE,), "社区": (VILLAGE,),
}  # fmt: skip


def name_key(kind: str, name: str) -> str:
    """The name as compared within the type `kind`."""
    if kind == "University":
        return university(name)
    return company(name) if kind == "Enterprise" else normal(name)


def is_distinctive(kind: str, name: str) -> bool:
    """Whether two reports that use this name for this type of thing mean one thing, whatever else they say."""
    plain = normal(name)
    if kind == "Product":
        return True
    if kind == "Programme":
        return len(plain) >= 3
    if kind in ("Person", "Event"):
        return False
    if kind in ("University", "Department"):
        return names_place(name) or (kind == "University" and plain.endswith("大学"))
    return len(plain) >= 4 and (len(core(name)) >= 2 or names_place(name))


class Surroundings:
    """Which villages, townships, counties and bodies are named near a local entity's mentions, as cluster roots."""

    def __init__(self, near: Neighbourhood, clusters: Clusters, kinds: tuple[str, ...]) -> None:
        self._near, self._clusters, self._kinds = near, clusters, kinds
        self._places: dict[str, list[tuple[int, LocalKey]]] = {}
        self._wide = _wide_divisions(near, clusters)

    def _of_report(self, report: str) -> list[tuple[int, LocalKey]]:
        if report not in self._places:
            inside = [x for x in self._near.by_report[report] if x.type in self._kinds]
            rooted = ((self._clusters.root(x.key), x) for x in inside)
            self._places[report] = sorted((at, root) for root, x in rooted if root not in self._wide for at in x.starts)
        return self._places[report]

    def of(self, local: Local) -> set[LocalKey]:
        """Roots of what stands near, or contains, `local`."""
        places = self._of_report(local.report)
        starts = [at for at, _ in places]
        found: set[LocalKey] = set()
        for at in local.starts:
            found |= {r for _, r in places[bisect_left(starts, at - WINDOW) : bisect_right(starts, at + WINDOW)]}
        chain = (x for x in self._near.containers(local) if x.type in self._kinds)
        found |= {self._clusters.root(x.key) for x in chain} - self._wide
        return found - {self._clusters.root(local.key)}


def _wide_divisions(near: Neighbourhood, clusters: Clusters) -> set[LocalKey]:
    """Roots of provinces and prefectures: to share one says little."""
    wide: set[LocalKey] = set()
    for locals_ in near.by_report.values():
        for local in locals_:
            if local.type != "Division":
                continue
            name, above = local.place_name, near.container(local)
            if name.level in (PROVINCE, PREFECTURE) or len(local.code) in (2, 4):
                wide.add(clusters.root(local.key))
            if above is not None and name.kind in ("县", "区", "市", "旗") and above.type == "Division":
                wide.add(clusters.root(above.key))
    return wide


def _owner(local: Local, seats: Seats) -> Hashable | None:
    """Whose body it is and what: (淳安, 委组织部) for 县委组织部 in 淳安县; None where neither name nor place says."""
    name, seat = body_name(local.name), seats.of(local)
    if name.owner:
        return name.owner, name.kind, name.rest
    for level in KIND_LEVELS.get(name.kind, ()):
        if len(seat.get(level, ())) == 1:
            return min(seat[level]), name.kind, name.rest
    return None


def join_bodies(locals_: Sequence[Local], clusters: Clusters, seats: Seats, near: Neighbourhood) -> None:
    """Unite things of one type: by distinctive name, by owner and rank, by name with a shared place, by alias."""
    own = {x.key: x for x in locals_}
    kinds = GEOGRAPHIC if not locals_ or locals_[0].type != "Person" else (*GEOGRAPHIC, *BODY_TYPES[:7])
    around = Surroundings(near, clusters, kinds)

    def named(key: LocalKey) -> Iterable[Hashable]:
        local = own[key]
        if is_distinctive(local.type, local.name):
            yield "name", name_key(local.type, local.name)
        owner = _owner(local, seats) if local.type in OWNED else None
        if owner is not None:
            yield "owner", owner

    def in_place(key: LocalKey) -> Iterable[Hashable]:
        local = own[key]
        wanted = name_key(local.type, local.name)
        yield from ((wanted, token) for token in local_tokens(seats.of(local)))
        if local.type == "Person" or len(core(local.name)) >= 2:
            yield from ((wanted, place) for place in around.of(local))

    def by_alias(key: LocalKey) -> Iterable[Hashable]:
        local = own[key]
        if local.type in ("Person", "Product"):
            return
        forms = {local.name, *(form for form, _ in local.forms)}
        wanted = {name_key(local.type, form) for form in forms if len(core(form)) >= 2}
        places = around.of(local)
        yield from ((name, place) for name in wanted for place in places)

    keys = list(own)
    for evidence in (named, in_place, by_alias):
        clusters.join(keys, evidence)
