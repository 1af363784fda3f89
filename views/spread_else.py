"""Where else a model could go: places that are like its origin was, what they have and lack, with the sentences."""

from collections.abc import Mapping

from graph.compare import Candidate, Elsewhere, Holdings, Proof, Setting
from graph.compare.elsewhere_needs import Need, Party
from graph.ontology.vocabulary import Language
from views import panes
from views.data import Shelf
from views.html import address, esc, link, rows
from views.spread_parts import how_far, proof_quotes, state_chip
from views.text import say, type_label

SHOWN = 4  # names in a row before the rest is folded away


def holdings(shelf: Shelf) -> Holdings:
    """The records of a shelf as the comparison of places takes them."""
    return Holdings(
        shelf.reports,
        list(shelf.cases.values()),
        list(shelf.mentions.values()),
        list(shelf.claims.values()),
        shelf.entities,
    )


def origin_card(shelf: Shelf, found: Elsewhere, lang: Language) -> str:
    """What the origin was before, what its mechanism rests on, where it went already."""
    reached = list({step.target.id: step.target for step in found.already}.values())
    body = rows(
        [
            (say("spread.else_before", lang), _traits(shelf, found.origin, lang)),
            (say("spread.else_needs", lang), _parts(shelf, found.needs, lang)),
            (say("spread.else_already", lang), panes.entity_list(reached, lang)),
        ]
    )
    head = panes.entity_link(found.origin.place, lang)
    return f"<section class='ag-card ag-origin'><h3 lang='zh'>{head}</h3>{body}</section>"


def _traits(shelf: Shelf, setting: Setting, lang: Language) -> str:
    """The traits of a place, each opening to its sentences."""
    return "".join(
        _opening(trait.zh if lang == "zh" else trait.en, proof_quotes(shelf, proofs, lang))
        for trait, proofs in setting.traits.items()
        if trait.feature != "trade" or trait.zh not in {t.zh for t in setting.traits if t.feature == "product"}
    )


def _opening(label: str, inside: str, kind: str = "") -> str:
    """A label that opens to what is inside."""
    return f"<details class='ag-trait {kind}'><summary>{esc(label)}</summary>{inside}</details>"


def _parts(shelf: Shelf, needs: Mapping[str, tuple[Party, ...]], lang: Language) -> str:
    return "".join(
        f"<div class='ag-need'><em>{esc(type_label(kind, lang))}</em>{_parties(shelf, parties, lang)}</div>"
        for kind, parties in needs.items()
    )


def _parties(shelf: Shelf, parties: tuple[Party, ...], lang: Language) -> str:
    shown = "".join(_opening(p.entity.name, proof_quotes(shelf, p.proofs, lang)) for p in parties[:SHOWN])
    rest = len(parties) - SHOWN
    return shown + (f"<span class='ag-quiet'>{esc(say('frame.more', lang, n=rest))}</span>" if rest > 0 else "")


def candidate_card(shelf: Shelf, found: Elsewhere, candidate: Candidate, lang: Language) -> str:
    """A place it could go to: what it has in common with the origin, what it has of the mechanism, what it lacks."""
    far = how_far(candidate.levels, candidate.km, "", lang)
    score = say("spread.else_score", lang, score=f"{candidate.score:.1f}")
    notes = "".join(f"<span>{esc(note)}</span>" for note in (far, score) if note)
    body = rows(
        [
            (say("spread.else_common", lang), _common(shelf, found, candidate, lang)),
            (say("spread.else_has", lang), _has(shelf, candidate.needs, lang)),
            (say("spread.else_lacks", lang), _lacks(candidate, lang)),
        ]
    )
    head = panes.entity_link(candidate.place, lang)
    return (
        f"<section class='ag-card'><h3 lang='zh'>{head}{state_chip(candidate.state, lang)}</h3>"
        f"<p class='ag-meta'>{notes}{_comparison(shelf, found, candidate, lang)}</p>{body}</section>"
    )


def _comparison(shelf: Shelf, found: Elsewhere, candidate: Candidate, lang: Language) -> str:
    """A link that lays the two cases side by side, where the place has one."""
    own = next((c for c in shelf.cases.values() if c.place in (candidate.place.name, *candidate.place.aliases)), None)
    if not own or not found.case or own.report not in candidate.place.reports:
        return ""
    return link(
        say("spread.else_compare", lang), address("compare", lang, cases=f"{found.case.id},{own.id}"), "ag-button"
    )


def _common(shelf: Shelf, found: Elsewhere, candidate: Candidate, lang: Language) -> str:
    said = []
    for part in candidate.likeness:
        sides = [(found.origin.place.name, part.here), (candidate.place.name, part.there)]
        inside = "".join(_side(shelf, name, proofs, lang) for name, proofs in sides if proofs)
        label = part.text if lang == "zh" else part.english
        said.append(_opening(label, inside, "ag-alike") if inside else f"<span class='ag-trait'>{esc(label)}</span>")
    return "".join(said)


def _side(shelf: Shelf, place: str, proofs: tuple[Proof, ...], lang: Language) -> str:
    """What is said of one of the two places."""
    head = esc(say("spread.else_here", lang, place=place))
    return f"<p class='ag-quiet'>{head}</p>{proof_quotes(shelf, proofs, lang)}"


def _has(shelf: Shelf, needs: tuple[Need, ...], lang: Language) -> str:
    had = {need.kind: need.has for need in needs if need.has}
    return _parts(shelf, had, lang) or f"<span class='ag-quiet'>{esc(say('spread.else_nothing', lang))}</span>"


def _lacks(candidate: Candidate, lang: Language) -> str:
    missing = []
    for need in candidate.needs:
        if need.lacking:
            names = "、".join(party.entity.name for party in need.wanted[:2])
            missing.append((type_label(need.kind, lang), names))
    said = [f"<span class='ag-lack'>{esc(kind)}<small lang='zh'>{esc(names)}</small></span>" for kind, names in missing]
    said += [f"<span class='ag-lack'>{esc(t.zh if lang == 'zh' else t.en)}</span>" for t in candidate.lacks]
    return "".join(said)
