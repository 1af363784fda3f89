"""Names that a question writes with a slip, so that the case that bears them is found all the same."""

from dataclasses import replace

from graph.search.entities import seen_in
from graph.search.kept import Kept
from graph.search.nearby import GENERIC, SHORTEST, NearNames
from graph.search.query import Query
from graph.search.tokens import terms
from graph.search.units import Units
from graph.store import Library

_near: Kept[Units, NearNames] = Kept()


def near_names(known: Units) -> NearNames:
    """The near-name index of all names that units bear, kept while they are."""
    names = known.named.names
    return _near.of(known, lambda: NearNames(name for name in map(names.__getitem__, range(len(names))) if stem(name)))


def stem(name: str) -> bool:
    """Whether a name says enough of its own to be known again inside a sentence, one character off."""
    return len(GENERIC.sub("", name)) >= SHORTEST


def forgive(query: Query, known: Units, library: Library) -> Query:
    """`query` with the names it nearly writes added to its folded text and its terms; `meant` says which.

    What the question does write stays: a name that was right after all is still looked for.
    """
    taken = [(start, end) for start, end, _ in known.named.names.inside(query.folded[:200], 2, 40)]
    meant = near_names(known).near_in(query.folded, seen_in(library), taken)
    if not meant:
        return query
    names = tuple(dict.fromkeys(one.name for one in meant))
    more = [term for name in names for term in terms(name)]
    return replace(
        query,
        folded=" ".join((query.folded, *names)),
        terms=tuple(dict.fromkeys((*query.terms, *more))),
        meant=tuple((one.written, one.name) for one in meant),
    )
