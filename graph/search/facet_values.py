"""The values that units can be filtered by, read once a library version: names by type, publishers, divisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.search import divisions
from graph.search.kept import Kept
from graph.search.postings import Lists, Names
from graph.search.unit_columns import folded
from graph.search.units import Units
from graph.store import Library

COUNTY, TOWNSHIP = 6, 9
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Written(NamedTuple):
    """Names by their places in a table of postings, each as it is most often written."""

    places: Ints
    names: list[str]


@dataclass(frozen=True)
class Held:
    """What the units of a library have to be counted: `nodes` are codes of divisions down to townships, ascending, and
    `units_of` the units in each; `names` says how each is called. `uncoded` are divisions that no report gives a code,
    `called` are all that reports name.
    """

    products: Written
    programmes: Written
    publishers: Written
    nodes: list[str]
    units_of: Lists
    names: dict[str, str]
    uncoded: list[str]
    called: list[str]


_held: Kept[Units, Held] = Kept()


def held_by(library: Library, known: Units) -> Held:
    """The values of a library version, kept while its units are."""
    return _held.of(known, lambda: _read(library, known))


def counts(lists: Lists, among: Mask) -> Ints:
    """How many units of each place of `lists` are `among` those wanted."""
    sums = np.concatenate([[0], np.cumsum(among[lists.values])])
    found: Ints = sums[lists.bounds[1:]] - sums[lists.bounds[:-1]]
    return found


def _read(library: Library, known: Units) -> Held:
    mentions = library.columns("mentions", ["type", "name", "code"])
    nodes, units_of = _divisions(known)
    places = mentions.filter(pc.equal(mentions["type"], "Division"))
    bare = places.filter(pc.equal(places["code"], ""))
    named = _commonest(places.filter(pc.not_equal(places["code"], "")))
    return Held(
        _written(_of_type(mentions, "Product"), known.named.names),
        _written(_of_type(mentions, "Programme"), known.named.names),
        _written(library.columns("reports", ["publisher"])["publisher"], known.published.names),
        nodes,
        units_of,
        {node: divisions.name(node) or named.get(node, "") for node in nodes},
        sorted(name for name in pc.unique(bare["name"]).to_pylist() if not divisions.codes_called(name)),
        sorted(pc.unique(places["name"]).to_pylist()),
    )


def _of_type(mentions: pa.Table, kind: str) -> pa.ChunkedArray:
    return mentions.filter(pc.equal(mentions["type"], kind))["name"]


def _written(column: pa.ChunkedArray, names: Names) -> Written:
    """The different folded names of a column that are among `names`, each as it is most often written."""
    counted = pc.value_counts(column.combine_chunks())
    written = counted.field("values")
    order = np.argsort(counted.field("counts").to_numpy(), kind="stable")  # the commonest comes last, and stays
    found: dict[int, str] = {}
    for at, name in zip(order.tolist(), folded(written.take(pa.array(order))).to_pylist(), strict=True):
        if name and (place := names.find(name)) >= 0:
            found[place] = str(written[at])
    return Written(np.array(list(found), dtype=np.int64), list(found.values()))


def _commonest(mentions: pa.Table) -> dict[str, str]:
    """Code without padding → the name that most mentions of it have."""
    counted = mentions.group_by(["code", "name"]).aggregate([([], "count_all")])
    rows = sorted(counted.to_pylist(), key=lambda row: (row["count_all"], row["name"]))
    return {divisions.prefix(row["code"]): row["name"] for row in rows}


def _divisions(known: Units) -> tuple[list[str], Lists]:
    """All divisions down to townships that units name or lie in, and those units."""
    above = [list(_levels(code.decode())) for code in known.regions.codes.tolist()]
    nodes = sorted({node for own in above for node in own})
    place = {node: at for at, node in enumerate(nodes)}
    # The units of the codes that begin with a node lie side by side, as the codes are in order.
    pairs = [(place[node], at) for at, own in enumerate(above) for node in own]
    owners, values = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for node, at in pairs:
        held = known.regions.units[at]
        owners.append(np.full(len(held), node, dtype=np.int64))
        values.append(held.astype(np.int64))
    return nodes, Lists(len(nodes), np.concatenate(owners), np.concatenate(values))


def _levels(code: str) -> Iterable[str]:
    short = divisions.prefix(code)
    return (short[:digits] for digits in divisions.LEVELS if digits <= min(len(short), TOWNSHIP))
