"""Comparable cases: those near in meaning that share a kind of alliance, partners, products or names; with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from graph.errors import NotFoundError
from graph.ontology import ontology
from graph.records import Case
from graph.search.catalogue import Catalogue, Unit, catalogue
from graph.search.encoder import Encoder
from graph.search.hits import Hit, Part, reasons
from graph.search.ranking import check_encoder, search
from graph.store import Library

Values = npt.NDArray[np.float64]

PARTNERS = ("Village", "Division", "PartyOrganization", "Department", "University", "Enterprise", "Organization")
SHOWN = 5  # names in a reason


@dataclass(frozen=True, slots=True)
class Weights:
    """What a standard deviation of nearness is worth, and each shared thing in full."""

    meaning: float = 1.0
    type: float = 1.5
    partners: float = 0.5
    products: float = 0.5
    names: float = 1.5


WEIGHTS = Weights()


def similar(library: Library, like: Case | str, encoder: Encoder | None, top: int = 10) -> list[Hit]:
    """The `top` cases most like a case of the library, itself left out, or most like a description.

    A description is searched for as a question is. NotFoundError for a case that the library does not hold;
    EncoderError where the library's vectors were made by another encoder.
    """
    if isinstance(like, str):
        return search(library, like, encoder, top)
    if encoder is not None and library.encoder:
        check_encoder(library, encoder)
    known = catalogue(library)
    if like.id not in known.of_case:
        raise NotFoundError(f"The library {library.uri} holds no case {like.id}. `alliance search` finds cases.")
    here = known.of_case[like.id]
    nearness = _nearness(library, known, here)
    others = [at for at in range(len(known.units)) if at != here]
    parts = {at: _parts(known, here, at, nearness) for at in others}
    scores = {at: sum(part.points for part in own) for at, own in parts.items()}
    best = sorted(others, key=lambda at: -scores[at])[:top]
    return [_hit(known, at, scores[at], parts[at]) for at in best if known.units[at].passages]


def _nearness(library: Library, known: Catalogue, here: int) -> Values:
    """Cosines between a case's mean passage and every case's, the mean of all taken off, standardised.

    Zeros without vectors.
    """
    ids, vectors = library.vectors()
    sums = np.zeros((len(known.units), vectors.shape[1]))
    if not ids:
        return np.zeros(len(known.units))
    for passage, vector in zip(ids, vectors - vectors.mean(axis=0), strict=True):
        for at in known.of_passage.get(passage, ()):
            sums[at] += vector
    lengths = np.linalg.norm(sums, axis=1)
    cosines: Values = (sums @ sums[here]) / np.maximum(lengths * lengths[here], 1e-9)
    others = np.delete(cosines, here)
    spread = float(others.std()) if len(others) else 0.0
    return (cosines - others.mean()) / spread if spread > 1e-9 else np.zeros(len(known.units))


def _parts(known: Catalogue, here: int, at: int, nearness: Values) -> list[Part]:
    mine, other = known.units[here], known.units[at]
    return [
        Part(
            "meaning", float(nearness[at]), WEIGHTS.meaning * float(nearness[at]), "讲的事相近", "tells of like things"
        ),
        _types(mine, other),
        _partners(mine, other),
        _shared("products", WEIGHTS.products, mine.products, other.products, known),
        _shared("names", WEIGHTS.names, _other_names(mine), _other_names(other), known),
    ]


def _types(mine: Unit, other: Unit) -> Part:
    shared = [code for code in mine.case.types if code in other.case.types]
    value = len(shared) / len({*mine.case.types, *other.case.types}) if shared else 0.0
    terms = [ontology().alliance_types[code] for code in shared]
    said = "、".join(t.zh for t in terms)
    return Part("type", value, WEIGHTS.type * value, f"同属{said}", f"both {', '.join(t.en for t in terms)}")


def _partners(mine: Unit, other: Unit) -> Part:
    """Cosine between the numbers of partners of each kind; roots, so that one long list does not drown the rest."""
    left, right = (np.array([sqrt(u.partners.get(kind, 0)) for kind in PARTNERS]) for u in (mine, other))
    lengths = float(np.linalg.norm(left) * np.linalg.norm(right))
    value = float(left @ right) / lengths if lengths else 0.0
    shared = [ontology().entity_types[k] for k in PARTNERS if k in mine.partners and k in other.partners]
    chinese, english = "、".join(t.zh for t in shared), ", ".join(t.en for t in shared)
    return Part("partners", value, WEIGHTS.partners * value, f"伙伴相似：{chinese}", f"like partners: {english}")


def _other_names(unit: Unit) -> dict[str, str]:
    return {name: form for name, form in unit.names.items() if name not in unit.products}


def _shared(feature: str, weight: float, mine: Mapping[str, str], other: Mapping[str, str], known: Catalogue) -> Part:
    """Names that both bear, each counted by its rarity; a few rare ones are as good as many."""
    rarities = {name: known.rarity(name) for name in mine if name in other}
    value = 1 - 0.5 ** sum(rarities.values())
    rarest = sorted(rarities, key=lambda name: (-rarities[name], name))[:SHOWN]
    written = "、".join(other[name] for name in rarest)
    return Part(feature, value, weight * value, f"都有{written}", f"share {written}")


def _hit(known: Catalogue, at: int, score: float, parts: list[Part]) -> Hit:
    unit = known.units[at]
    own = next((p for p in unit.passages if p.case == unit.case.id), unit.passages[0])
    return Hit(unit.case, unit.report, score, reasons(parts), own)
