"""Mentions and judgements → entities. Places come first, since they tell everything else apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.identity.bodies import BODY_TYPES, join_bodies, name_key
from graph.identity.entities import Entities, Entity
from graph.identity.joining import Clusters, Traits
from graph.identity.locals import GEOGRAPHIC, Local, LocalKey, Neighbourhood, Seats, local_entities, local_tokens
from graph.identity.names import COUNTY, PREFECTURE, PROVINCE, normal
from graph.identity.places import join_divisions, join_villages, place_traits
from graph.records import Judgement, Mention, Report, content_id

# Levels at which another place means another thing, by type; firms, universities and alliances reach across places.
GUARDS = {
    "PartyOrganization": (PROVINCE, PREFECTURE, COUNTY),
    "Department": (PROVINCE, PREFECTURE, COUNTY),
    "Organization": (PROVINCE, PREFECTURE, COUNTY),
    "Place": (PROVINCE, PREFECTURE, COUNTY),
    "Person": (PROVINCE, PREFECTURE, COUNTY),
    "Event": (PROVINCE, PREFECTURE, COUNTY),
    "Alliance": (PROVINCE,),
    "Enterprise": (PROVINCE,),
}
Pair = tuple[LocalKey, LocalKey]


def derive(mentions: Sequence[Mention], reports: Iterable[Report], judgements: Iterable[Judgement] = ()) -> Entities:
    """The entities that `mentions` mean: the same for the same input, in whatever order it comes.

    `judgements` of kind identity (subject and object are mention ids, verdict same or different) go before every rule;
    of several on one pair the latest stands. Dates of `reports` give when an entity was first and last seen.
    """
    locals_ = local_entities(mentions)
    near = Neighbourhood(locals_)
    seats = Seats(locals_, near)
    by_type: dict[str, list[Local]] = defaultdict(list)
    for local in locals_:
        by_type[local.type].append(local)
    clusters = Clusters({local.key: _traits(local, seats) for local in locals_})
    _obey(clusters, _judged(locals_, judgements))
    join_divisions(by_type["Division"], clusters, seats, near)
    join_villages(by_type["Village"], clusters, seats, near)
    for kind in BODY_TYPES:
        join_bodies(by_type[kind], clusters, seats, near)
    dates = {report.id: report.date for report in reports}
    return Entities(_entities(locals_, clusters, seats, dates))


def _traits(local: Local, seats: Seats) -> Traits:
    if local.type in GEOGRAPHIC:
        return place_traits(local, seats)
    seat = seats.of(local)
    guarded = {level: set(seat[level]) for level in GUARDS.get(local.type, ()) if level in seat}
    return Traits(seats=guarded, names={local.report: {name_key(local.type, local.name)}}, members={local.key})


def _judged(locals_: Sequence[Local], judgements: Iterable[Judgement]) -> dict[Pair, bool]:
    """The latest verdict on every judged pair of local entities: whether they are the same."""
    of_mention = {mention: local.key for local in locals_ for mention in local.mentions}
    all_of_them = list(judgements)
    superseded = {j.supersedes for j in all_of_them if j.supersedes}
    verdicts: dict[Pair, bool] = {}
    for judgement in sorted(all_of_them, key=lambda j: (j.when, j.id)):
        one, other = of_mention.get(judgement.subject), of_mention.get(judgement.object)
        if judgement.kind != "identity" or judgement.id in superseded or one is None or other is None or one == other:
            continue
        pair = (min(one, other), max(one, other))
        verdicts.pop(pair, None)
        if judgement.verdict in ("same", "different"):
            verdicts[pair] = judgement.verdict == "same"
    return verdicts


def _obey(clusters: Clusters, verdicts: Mapping[Pair, bool]) -> None:
    for (one, other), same in sorted(verdicts.items()):
        if same:
            clusters.union((one, other))
    for (one, other), same in sorted(verdicts.items()):
        if not same:
            clusters.traits[clusters.root(one)].different.add(other)
            clusters.traits[clusters.root(other)].different.add(one)


def _canonical(members: Sequence[Local]) -> str:
    """The fullest name, then the one in most reports; a place's name with its containers before it comes last."""
    counts = Counter(local.name for local in members)

    def rank(name: str) -> tuple[bool, int, int, str]:
        local = next(x for x in members if x.name == name)
        prefixed = local.type in GEOGRAPHIC and bool(local.place_name.places)
        return prefixed, -len(normal(name)), -counts[name], name

    return min(counts, key=rank)


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default="")


def _identity_key(members: Sequence[Local], seats: Seats) -> tuple[str, ...]:
    """What an entity's id is made of: its code, else its least name with the places it is known to lie in."""
    first, code = members[0], _commonest(x.code for x in members)
    if code:
        return first.type, code
    if first.type not in GEOGRAPHIC:
        return first.type, min(name_key(x.type, x.name) for x in members)
    kind = min((x.place_name.kind for x in members if x.place_name.kind), default="")
    tokens = {token for x in members for token in local_tokens(seats.of(x))}
    return first.type, min(x.place_name.stem for x in members), kind, min(tokens, default="")


def _entities(locals_: Sequence[Local], clusters: Clusters, seats: Seats, dates: Mapping[str, str]) -> list[Entity]:
    own = {local.key: local for local in locals_}
    groups = [[own[key] for key in keys] for keys in clusters.groups().values()]
    keys = [_identity_key(members, seats) for members in groups]
    times = Counter(keys)
    found = []
    for members, key in zip(groups, keys, strict=True):
        # Namesakes that nothing tells apart are told apart by their first report.
        unique = key if times[key] == 1 else (*key, *members[0].key)
        found.append(_entity(content_id("e", *unique), members, dates))
    return found


def _entity(identifier: str, members: Sequence[Local], dates: Mapping[str, str]) -> Entity:
    name = _canonical(members)
    forms = {form for x in members for form in (x.name, *(f for f, _ in x.forms))} - {name}
    reports = sorted({x.report for x in members})
    seen = sorted(date for report in reports if (date := dates.get(report, "")))
    return Entity(
        identifier,
        name,
        members[0].type,
        tuple(sorted(forms)),
        _commonest(x.code for x in members),
        _commonest(x.within for x in members),
        tuple(reports),
        tuple(mention for x in members for mention in x.mentions),
        seen[0] if seen else "",
        seen[-1] if seen else "",
    )
