"""Villages and divisions: one by official code, else by name where the containers agree."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from graph.identity.joining import Clusters, Traits
from graph.identity.locals import Local, LocalKey, Neighbourhood, Seat, Seats, level_of, local_tokens
from graph.identity.names import CITY, COUNTY, PREFECTURE, PROVINCE, TOWNSHIP, normal

GUARDED = {"Village": (PROVINCE, PREFECTURE, COUNTY, TOWNSHIP), "Division": (PROVINCE, PREFECTURE, COUNTY)}
UNIQUE_KINDS = ("省", "州", "市", "县", "旗")  # hardly two in the country share name and kind; districts do


def place_traits(local: Local, seats: Seats) -> Traits:
    """What a village or division cannot be united with."""
    name, seat = local.place_name, seats.of(local)
    small = local.type == "Village" or level_of(name, local.code) == TOWNSHIP
    return Traits(
        codes={local.code} if local.code else set(),
        kinds={name.kind} if name.kind else set(),
        seats={level: set(seat[level]) for level in GUARDED[local.type] if level in seat},
        tokens=local_tokens(seat) if small else set(),
        names={local.report: {normal(local.name)}},
        members={local.key},
    )


def report_tokens(near: Neighbourhood) -> dict[str, set[str]]:
    """Report → stems of the counties and townships it names."""
    found: dict[str, set[str]] = defaultdict(set)
    for report, locals_ in near.by_report.items():
        for local in locals_:
            if local.type == "Division":
                name = local.place_name
                if level_of(name, local.code) in (COUNTY, CITY, TOWNSHIP):
                    found[report].add(name.stem)
    return found


def _by_code(clusters: Clusters, locals_: Sequence[Local]) -> None:
    codes = {x.key: x.code for x in locals_}
    clusters.join(list(codes), lambda key: [codes[key]] if codes[key] else [])


def join_divisions(locals_: Sequence[Local], clusters: Clusters, seats: Seats, near: Neighbourhood) -> None:
    """Unite divisions: by code, by name and kind, townships and districts by their county or city, bare names last."""
    _by_code(clusters, locals_)
    context = report_tokens(near)
    own = {x.key: x for x in locals_}

    def named(key: LocalKey) -> Iterable[Hashable]:
        name = own[key].place_name
        if name.kind in UNIQUE_KINDS:
            yield name.stem, name.kind
        for token in _containers(seats.of(own[key])):
            yield name.stem, name.kind, token

    def in_context(key: LocalKey) -> Iterable[Hashable]:
        name, tokens = own[key].place_name, _containers(seats.of(own[key]))
        if name.kind not in UNIQUE_KINDS:
            yield from ((name.stem, token) for token in tokens or context[own[key].report] - {name.stem})

    def bare(key: LocalKey) -> Iterable[Hashable]:
        name = own[key].place_name
        if level_of(name, own[key].code) != TOWNSHIP:
            yield name.stem

    keys = list(own)
    for evidence in (named, in_context, bare):
        clusters.join(keys, evidence)


def _containers(seat: Seat) -> set[str]:
    return local_tokens(seat) | seat.get(PREFECTURE, set())


def join_villages(locals_: Sequence[Local], clusters: Clusters, seats: Seats, near: Neighbourhood) -> None:
    """Unite villages: by code, by name and container, and one without container by what else its report names."""
    _by_code(clusters, locals_)
    context = report_tokens(near)
    own = {x.key: x for x in locals_}

    def seated(key: LocalKey) -> Iterable[Hashable]:
        stem = own[key].place_name.stem
        yield from ((stem, token) for token in local_tokens(seats.of(own[key])))

    def in_context(key: LocalKey) -> Iterable[Hashable]:
        stem, tokens = own[key].place_name.stem, local_tokens(seats.of(own[key]))
        yield from ((stem, token) for token in tokens or context[own[key].report])

    keys = list(own)
    for evidence in (seated, in_context):
        clusters.join(keys, evidence)
