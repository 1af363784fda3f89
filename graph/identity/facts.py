"""What is known of one thing, from one local entity or many: what a pair is scored by."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.identity.bare import is_bare, is_distinctive
from graph.identity.clustering import traits_of
from graph.identity.evidence import distinctive_core, held, placed
from graph.identity.joining import Traits
from graph.identity.locals import GEOGRAPHIC, Local, level_of
from graph.identity.names import TOWNSHIP, core, name_key, normal, titled_surname


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a group of local entities. `names` are as compared, `forms` other forms that are no common words.

    `bare` says whether all names leave open which one of their kind is meant, `held` whose bodies they then are.
    """

    type: str
    names: frozenset[str]
    forms: frozenset[str]
    cores: frozenset[str]
    distinctive: frozenset[str]
    titled: frozenset[str]
    high: bool
    bare: bool
    held: frozenset[str]
    owners: frozenset[str]
    placed: frozenset[str]
    tokens: frozenset[str]
    near: frozenset[str]
    context: frozenset[str]
    traits: Traits


def facts_of(members: Sequence[Local]) -> Facts:
    """What `members`, which mean one thing, say together."""
    kind, traits = members[0].type, Traits()
    for local in members:
        traits.absorb(traits_of(local))
    geographic = kind in GEOGRAPHIC
    names = {x.place_name.stem if geographic else name_key(x.type, x.name) for x in members}
    plain = {form for x in members for form, _ in x.forms if len(core(form)) >= 2 and not is_bare(kind, form)}
    return Facts(
        kind,
        frozenset(names),
        frozenset() if geographic else frozenset(name_key(kind, form) for form in plain) - names,
        frozenset() if geographic else frozenset(c for x in members if (c := distinctive_core(x))),
        frozenset(name_key(x.type, x.name) for x in members if not geographic and is_distinctive(x.type, x.name)),
        frozenset(s for x in members if x.type == "Person" and (s := titled_surname(x.name))),
        kind == "Division" and all(level_of(x.place_name, x.code) != TOWNSHIP for x in members),
        all(is_bare(x.type, x.name) for x in members),
        frozenset(bucket for x in members for bucket in held(x)) if not geographic else frozenset(),
        frozenset(x.owner for x in members if x.owner),
        frozenset(bucket for x in members for bucket in placed(x)) if not geographic else frozenset(),
        frozenset(token for x in members for token in x.tokens),
        frozenset(place for x in members for place in x.near),
        frozenset(stem for x in members for stem in x.context) - {normal(n) for n in names},
        traits,
    )
