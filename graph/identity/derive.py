"""Mentions and judgements → entities."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from graph.identity.clustering import Pair, cluster
from graph.identity.entities import Entities, Entity
from graph.identity.judgements import Key, corrected, latest
from graph.identity.locals import GEOGRAPHIC, Local, local_entities
from graph.identity.names import name_key, normal
from graph.records import Judgement, Mention, Report, content_id
from graph.store.anchors import present_ids


def derive(mentions: Sequence[Mention], reports: Iterable[Report], judgements: Iterable[Judgement] = ()) -> Entities:
    """The entities that `mentions` mean: the same for the same input, in whatever order it comes.

    Judgements go before every rule: types and names that people corrected, and pairs of mentions judged to be the
    same or different; of several on one pair the latest stands. Dates of `reports` give when an entity was first and
    last seen.
    """
    judged = list(judgements)
    locals_ = local_entities(corrected(mentions, judged), {report.id: report.date for report in reports})
    pairs = [j for j in judged if j.kind == "identity"]
    standing = latest(pairs, present_ids(pairs, mentions)) if pairs else {}
    return Entities(named(cluster(locals_, judged_pairs(locals_, standing))))


def judged_pairs(locals_: Iterable[Local], standing: Mapping[Key, Judgement]) -> dict[Pair, bool]:
    """Pairs of local entities of which the `standing` judgements say whether they are the same."""
    if not standing:
        return {}
    named_in = {identifier for _, *pair in standing for identifier in pair}
    of_mention = {mention: local.key for local in locals_ for mention in local.mentions if mention in named_in}
    verdicts: dict[Pair, bool] = {}
    for (_, subject, other), judgement in standing.items():  # oldest first, the machine's before people's
        one, two = of_mention.get(subject), of_mention.get(other)
        if one is None or two is None or one == two:
            continue
        pair = (min(one, two), max(one, two))
        verdicts.pop(pair, None)
        if judgement.verdict in ("same", "different"):
            verdicts[pair] = judgement.verdict == "same"
    return verdicts


def _canonical(members: Sequence[Local]) -> str:
    """The fullest name, then the one in most reports; a place's name with its containers before it comes last."""
    counts = Counter(local.name for local in members)
    kinds = {local.name: local for local in reversed(members)}

    def rank(name: str) -> tuple[bool, int, int, str]:
        prefixed = kinds[name].type in GEOGRAPHIC and bool(kinds[name].place_name.places)
        return prefixed, -len(normal(name)), -counts[name], name

    return min(counts, key=rank)


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default="")


def identity_key(members: Sequence[Local]) -> tuple[str, ...]:
    """What an entity's id is made of: its code, else its least name with the places it is known to lie in."""
    first, code = members[0], _commonest(x.code for x in members)
    if code:
        return first.type, code
    if first.type not in GEOGRAPHIC:
        return first.type, min(name_key(x.type, x.name) for x in members)
    kind = min((x.place_name.kind for x in members if x.place_name.kind), default="")
    tokens = {token for x in members for token in x.tokens if not token.isdigit()}
    return first.type, min(x.place_name.stem for x in members), kind, min(tokens, default="")


def named(groups: Sequence[Sequence[Local]]) -> list[Entity]:
    """An entity for each group of local entities (in order). `groups` holds all groups of equal `identity_key`."""
    keys = [identity_key(members) for members in groups]
    times = Counter(keys)
    return [
        entity_of(entity_id(key, members[0].key, shared=times[key] > 1), members)
        for members, key in zip(groups, keys, strict=True)
    ]


def entity_id(key: Sequence[str], first: Sequence[str], *, shared: bool) -> str:
    """The id of the entity of this `identity_key`; those who share it are told apart by their first report."""
    return content_id("e", *key, *(first if shared else ()))


def entity_of(identifier: str, members: Sequence[Local]) -> Entity:
    """The entity that `members` (in order) make up."""
    name = _canonical(members)
    forms = {form for x in members for form in (x.name, *(f for f, _ in x.forms))} - {name}
    seen = sorted(x.date for x in members if x.date)
    return Entity(
        identifier,
        name,
        members[0].type,
        tuple(sorted(forms)),
        _commonest(x.code for x in members),
        _commonest(x.within for x in members),
        tuple(sorted({x.report for x in members})),
        tuple(mention for x in members for mention in x.mentions),
        seen[0] if seen else "",
        seen[-1] if seen else "",
    )
