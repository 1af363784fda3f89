"""Local entities → groups that mean one thing, by evidence and judgements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.identity.bare import is_bare
from graph.identity.evidence import stages_of, surname_buckets
from graph.identity.joining import Clusters, Traits, conflict
from graph.identity.locals import GEOGRAPHIC, Local, LocalKey, level_of, place_name
from graph.identity.names import COUNTY, PREFECTURE, PROVINCE, TOWNSHIP, body_name, name_key, normal, titled_surname

# Levels at which another place means another thing, by type; universities and what is not listed reach across places.
GUARDS = {
    "Village": (PROVINCE, PREFECTURE, COUNTY, TOWNSHIP, "county code", "township code"),
    "Division": (PROVINCE, PREFECTURE, COUNTY, "county code"),
    "PartyOrganization": (PROVINCE, PREFECTURE, COUNTY),
    "Department": (PROVINCE, PREFECTURE, COUNTY),
    "Organization": (PROVINCE, PREFECTURE, COUNTY),
    "Place": (PROVINCE, PREFECTURE, COUNTY),
    "Person": (PROVINCE, PREFECTURE, COUNTY),
    "Event": (PROVINCE, PREFECTURE, COUNTY),
    "Alliance": (PROVINCE,),
    "Enterprise": (PROVINCE,),
}
UPPER = (PROVINCE, PREFECTURE, COUNTY, "county code")
ALL = (*UPPER, TOWNSHIP, "township code", "village")
# The same for bodies whose names leave open which one is meant, by the rank that the name says.
BARE_GUARDS = {
    "省": (PROVINCE,),
    "州": (PROVINCE, PREFECTURE),
    "市": (PROVINCE, PREFECTURE),
    "村": ALL,
    "社区": ALL,
    "": ALL,
}
BARE_GUARDS |= dict.fromkeys(("县", "区", "旗"), UPPER) | dict.fromkeys(("镇", "乡", "街道"), ALL[:-1])
Pair = tuple[LocalKey, LocalKey]


def traits_of(local: Local) -> Traits:
    """What a local entity cannot be united with."""
    levels = set(GUARDS.get(local.type, ()))
    if is_bare(local.type, local.name):
        levels.update(BARE_GUARDS[body_name(local.name).kind])
    seats = {level: set(local.seat[level]) for level in sorted(levels) if level in local.seat}
    if local.type not in GEOGRAPHIC:
        called = local.owner or name_key(local.type, local.name)  # 县委 and 双溪县委 may stand in one report
        return Traits(seats=seats, names={local.report: {called}}, members={local.key})
    name = local.place_name
    short = name != place_name(local.type, local.name)  # 长岭镇 and 双溪长岭镇 may stand in one report
    small = local.type == "Village" or level_of(name, local.code) == TOWNSHIP
    return Traits(
        codes={local.code} if local.code else set(),
        kinds={name.kind} if name.kind else set(),
        seats=seats,
        tokens={t for t in local.tokens if not t.isdigit()} if small else set(),
        names={local.report: {name.stem + name.kind if short else normal(local.name)}},
        members={local.key},
    )


def cluster(locals_: Sequence[Local], verdicts: Mapping[Pair, bool]) -> list[list[Local]]:
    """Groups of local entities that mean one thing, in order.

    `verdicts` says of pairs whether people, or the machine, judged them the same; they go before all evidence. What is
    joined depends only on local entities that share a bucket with one another, so any set closed under that may be
    clustered by itself.
    """
    own = {local.key: local for local in locals_}
    clusters = Clusters({key: traits_of(own[key]) for key in sorted(own)})
    _obey(clusters, {pair: same for pair, same in verdicts.items() if pair[0] in own and pair[1] in own})
    by_type: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(own):
        by_type[key[1]].append(key)
    for kind, keys in sorted(by_type.items()):
        for stage in stages_of(kind):
            clusters.join(keys, lambda key, stage=stage: stage(own[key]))  # type: ignore[misc]
    _join_titled([own[key] for key in by_type["Person"]], clusters)
    return [[own[key] for key in keys] for keys in clusters.groups().values()]


def _obey(clusters: Clusters, verdicts: Mapping[Pair, bool]) -> None:
    for (one, other), same in sorted(verdicts.items()):
        if same:
            clusters.union((one, other))
    for (one, other), same in sorted(verdicts.items()):
        if not same:
            clusters.traits[clusters.root(one)].different.add(other)
            clusters.traits[clusters.root(other)].different.add(one)


def _join_titled(people: Sequence[Local], clusters: Clusters) -> None:
    """Join someone called by surname and title to the one person of that surname near the same village or body."""
    buckets: dict[str, set[LocalKey]] = defaultdict(set)
    titled: set[LocalKey] = set()
    named: set[LocalKey] = set()
    for person in people:
        root = clusters.root(person.key)
        (titled if titled_surname(person.name) else named).add(root)
        for bucket in surname_buckets(person):
            buckets[bucket].add(root)
    beside: dict[LocalKey, set[LocalKey]] = defaultdict(set)
    for members in buckets.values():
        for root in members & (titled - named):
            beside[root] |= members & named
    pairs = [(root, min(others)) for root, others in sorted(beside.items()) if len(others) == 1]
    for titled_one, person_key in pairs:
        one, other = clusters.root(titled_one), clusters.root(person_key)
        if one != other and not conflict(clusters.traits[one], clusters.traits[other]):
            clusters.union((one, other))
