"""What speaks for two local entities being one thing: each bucket is a fact that they would share.

Evidence comes in stages, the surest first; what a stage joins counts as one in the next. No bucket holds a name alone
unless that name tells the thing from all others. `evidence.toml` holds what each kind of fact weighs in a score.
"""

from collections.abc import Callable, Iterator, Mapping

from graph.identity.bare import is_bare, is_distinctive
from graph.identity.locals import GEOGRAPHIC, Local, level_of
from graph.identity.names import (
    CITY,
    COUNTY,
    PREFECTURE,
    PROVINCE,
    TOWNSHIP,
    body_name,
    core,
    division_name,
    name_key,
    normal,
    titled_surname,
    village_name,
)

Stage = Callable[[Local], Iterator[str]]
UNIQUE_KINDS = ("省", "州", "市", "县", "旗")  # hardly two in the country share name and kind; districts do
CORED = ("PartyOrganization", "Alliance", "Organization")  # bodies whose kind words change from report to report
NEAREST = ("village", TOWNSHIP, COUNTY, CITY)
LONG_REST = 5  # characters of a name without its place that are enough to know it by, where the place is named too
LONG_CORE = 4  # distinctive characters that make two bodies one beside a place in common, whatever their kind words


def _by_code(local: Local) -> Iterator[str]:
    if local.code:
        yield f"code|{local.code}"


def _containers(local: Local) -> frozenset[str]:
    return local.tokens | local.seat.get(PREFECTURE, frozenset())


def _division_named(local: Local) -> Iterator[str]:
    name = local.place_name
    if name.kind in UNIQUE_KINDS:
        yield f"{name.stem}|{name.kind}"
    yield from (f"{name.stem}|{name.kind}|{token}" for token in _containers(local))


def _division_in_context(local: Local) -> Iterator[str]:
    name = local.place_name
    if name.kind not in UNIQUE_KINDS:
        tokens = _containers(local) or local.context - {name.stem}
        yield from (f"{name.stem}||{token}" for token in tokens)


def _division_beside(local: Local) -> Iterator[str]:
    name = local.place_name
    if name.kind not in UNIQUE_KINDS:
        yield from (f"{name.stem}||{token}" for token in local.context - {name.stem})


def _division_bare(local: Local) -> Iterator[str]:
    name = local.place_name
    if level_of(name, local.code) != TOWNSHIP:
        yield f"{name.stem}||"


def _village_seated(local: Local) -> Iterator[str]:
    stem = local.place_name.stem
    yield from (f"{stem}|{token}" for token in local.tokens)


def _village_in_context(local: Local) -> Iterator[str]:
    stem = local.place_name.stem
    yield from (f"{stem}|{token}" for token in local.tokens or local.context)


def _named(local: Local) -> Iterator[str]:
    if is_distinctive(local.type, local.name):
        yield f"name|{name_key(local.type, local.name)}"
    if local.owner and not is_bare(local.type, local.name):
        yield f"owner|{local.owner}"
    yield from held(local)


def held(local: Local) -> Iterator[str]:
    """A body's name with the division or village whose it is, told from its namesakes as divisions themselves are.

    All that joins bare names. One that says its rank is held by the container of that rank, any other by the nearest.
    """
    if local.owner:
        stem, kind, _ = local.owner.split("|", 2)
        yield from _told_apart(f"owner|{local.owner}", stem, kind, local)
    elif is_bare(local.type, local.name) and not body_name(local.name).kind:
        level = next((level for level in NEAREST if local.seat.get(level)), "")
        kind = division_name(local.within).kind if level in (COUNTY, CITY) else level
        stems = local.seat.get(level, frozenset())
        is_place = stems & {division_name(local.within).stem, village_name(local.within).stem}
        body = "" if is_place else normal(local.within)  # a college is its university's first, then its county's
        for stem in stems:
            bucket = f"in|{name_key(local.type, local.name)}|{body}|{stem}"
            yield from _told_apart(bucket, stem, kind, local)


def _told_apart(bucket: str, stem: str, kind: str, local: Local) -> Iterator[str]:
    """`bucket`, beside what the report says of where the place lies unless stem and kind are enough to know it by."""
    if kind in ("", *UNIQUE_KINDS):
        yield bucket
    else:
        around = _containers(local) - {stem} or local.context - {stem}
        yield from (f"{bucket}|{token}" for token in around)


def placed(local: Local) -> Iterator[str]:
    """The name without the place before it, with that place or one that the report names."""
    if local.type in ("Person", "Product") or is_bare(local.type, local.name):
        return
    name = body_name(local.name)
    if len(name.rest) < LONG_REST or core(name.rest) == "":
        return
    named = {local.province, *local.seat.get(PROVINCE, ())}
    owners = {name.owner} if name.owner else local.context | local.tokens | named
    yield from (f"placed|{name.rest}|{owner}" for owner in owners if owner)


def _in_place(local: Local) -> Iterator[str]:
    if is_bare(local.type, local.name):
        return
    wanted = name_key(local.type, local.name)
    yield from (f"{wanted}|{token}" for token in local.tokens)
    if local.type == "Person" or len(core(local.name)) >= 2:
        yield from (f"{wanted}|{place}" for place in local.near)


def _by_alias(local: Local) -> Iterator[str]:
    if local.type in ("Person", "Product") or is_bare(local.type, local.name):
        return
    for form in {local.name, *(form for form, _ in local.forms)}:
        if len(core(form)) >= 2 and not is_bare(local.type, form):
            wanted = name_key(local.type, form)
            yield from (f"{wanted}|{place}" for place in local.near)


def distinctive_core(local: Local) -> str:
    """What is distinctive in the name of a body and no place that it or its report names, '' where there is nothing."""
    wanted, places = core(local.name), {place[1:].partition("@")[0] for place in local.near} | local.context
    owner = body_name(local.name).owner
    is_place = wanted in places or (owner != "" and wanted.startswith(owner))
    return "" if is_place or len(wanted) < 2 else wanted


def _by_core(local: Local) -> Iterator[str]:
    """What is distinctive in the name, beside a place in common; a short one only with the same kind of body."""
    if local.type not in CORED or is_bare(local.type, local.name):
        return
    wanted = distinctive_core(local)
    if len(wanted) >= LONG_CORE:
        yield from (f"core|{wanted}|{place}" for place in local.near)
    elif len(wanted) == LONG_CORE - 1:
        yield from (f"core|{wanted}|{normal(local.name)[-2:]}|{place}" for place in local.near)


STAGES: Mapping[str, tuple[Stage, ...]] = {
    "Division": (_by_code, _division_named, _division_in_context, _division_beside, _division_bare),
    "Village": (_by_code, _village_seated, _village_in_context),
    "": (_named, placed, _in_place, _by_alias, _by_core),
}


def stages_of(kind: str) -> tuple[Stage, ...]:
    """The stages of evidence for local entities of a type."""
    return STAGES[kind] if kind in GEOGRAPHIC else STAGES[""]


def surname_buckets(local: Local) -> Iterator[str]:
    """Where a person may be the one that another report calls by surname and title: the villages near."""
    if local.type == "Person":
        surname = titled_surname(local.name) or normal(local.name)[:1]
        yield from (f"{surname}|{place}" for place in local.near if place[0] == "V")


def buckets_of(local: Local) -> frozenset[str]:
    """All facts through which a local entity could be joined with another; those without one in common never are."""
    found = {f"{local.type}|{bucket}" for stage in stages_of(local.type) for bucket in stage(local)}
    found.update(f"surname|{bucket}" for bucket in surname_buckets(local))
    return frozenset(found)
