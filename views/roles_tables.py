"""Tables of hubs, brokers and communities: every name leads to its page, every tie to its sentences."""

from collections.abc import Iterable, Sequence
from math import floor, log10

from graph.network.alliance import TIES
from graph.network.communities import Community
from graph.network.roles import MEASURES, Roles, Standing
from graph.ontology.vocabulary import Language
from views import panes
from views.data import Shelf
from views.html import address, chip, esc, link, rows, type_chip
from views.text import relation_label, say, type_label

SIDES, OF_SIDE = 5, 4  # sides named in a row, and partners of a side
QUOTED = 6  # sentences behind a row
LEAST = 3  # members of a community that is shown
NUMBER = " class='ag-number'"
DRAWN = 4  # members around which the network of a community is drawn


def words(measure: str, lang: Language) -> str:
    """What a measure means, and what it does not."""
    said = MEASURES[measure]
    return (
        f"<div class='ag-prose'><p>{esc(said.means(lang))}</p>"
        f"<p class='ag-quiet'><b>{esc(say('roles.beware', lang))}</b> {esc(said.means_not(lang))}</p></div>"
    )


def counted(lang: Language) -> str:
    """Which relations make a tie and which do not, with the reasons, folded away."""
    lists = []
    for counts in (True, False):
        own = [(relation_label(t.code, lang), esc(t.why(lang))) for t in TIES.values() if t.counts is counts]
        lists.append(f"<p>{esc(say('roles.counted' if counts else 'roles.not_counted', lang))}</p>{rows(own)}")
    return f"<details><summary>{esc(say('roles.which', lang))}</summary>{''.join(lists)}</details>"


def standings(shelf: Shelf, roles: Roles, ranked: Sequence[Standing], lang: Language) -> str:
    """Actors by a measure: rank, name, value, kinds of partner, and the partners as they fall apart without it."""
    heads = ("rank", "who", "value", "kinds", "sides", "see")
    measure = MEASURES[ranked[0].measure].label(lang) if ranked else ""
    called = [(h, measure if h == "value" else say(f"roles.{h}", lang)) for h in heads]
    head = "".join(f"<th{NUMBER if h in ('rank', 'value') else ''}>{esc(text)}</th>" for h, text in called)
    body = "".join(_standing(shelf, roles, standing, lang) for standing in ranked)
    table = f"<table class='ag-table ag-wide'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<div class='ag-scroll'>{table}</div>"


def value(standing: Standing) -> str:
    """A measure's value: whole numbers as they are, shares to three significant digits, never as a power of ten."""
    said = standing.value
    return f"{said:.0f}" if said == int(said) else f"{said:.{max(0, 2 - floor(log10(abs(said))))}f}"


def _standing(shelf: Shelf, roles: Roles, standing: Standing, lang: Language) -> str:
    entity = standing.entity
    kinds = "".join(f"<span>{esc(type_label(code, lang))} {count}</span>" for code, count in standing.kinds.items())
    vague = chip(say("roles.vague", lang), "ag-planned", say("roles.vague_hint", lang)) if standing.vague else ""
    partners = [other for side in standing.sides for other in side]
    claims = [claim for other in partners for claim in roles.claims_between(entity.id, other)[:1]]
    return (
        f"<tr><td class='ag-number'>{standing.rank}</td>"
        f"<td>{panes.entity_link(entity, lang)}{vague}<br>{type_chip(entity.type, lang)}</td>"
        f"<td class='ag-number'>{value(standing)}</td><td class='ag-quiet'>{kinds}</td>"
        f"<td>{_sides(shelf, standing, lang)}{_quotes(shelf, claims, lang)}</td>"
        f"<td class='ag-name'>{link(say('roles.network', lang), address('network', lang, id=entity.id))}</td></tr>"
    )


def _sides(shelf: Shelf, standing: Standing, lang: Language) -> str:
    """Partners tied to one another in a line, then those tied to none of the others: nothing but this actor joins."""
    tied = [side for side in standing.sides if len(side) > 1]
    alone = [shelf.entities.by_id[side[0]] for side in standing.sides if len(side) == 1]
    lines = [panes.entity_list([shelf.entities.by_id[e] for e in side], lang, OF_SIDE) for side in tied[:SIDES]]
    if rest := max(0, len(tied) - SIDES):
        lines.append(f"<span class='ag-quiet'>{esc(say('roles.more_sides', lang, n=rest))}</span>")
    if alone:
        head = f"<span class='ag-quiet'>{esc(say('roles.alone', lang))}</span>" if tied or len(alone) > 1 else ""
        lines.append(head + panes.entity_list(alone, lang, SIDES))
    return "".join(f"<div>{line}</div>" for line in lines)


def _quotes(shelf: Shelf, claims: Iterable[str], lang: Language) -> str:
    """The sentences of some claims, folded away behind their number."""
    known = [shelf.claims[claim] for claim in dict.fromkeys(claims) if claim in shelf.claims]
    if not known:
        return ""
    said = "".join(panes.quoted(shelf, claim, lang) for claim in known[:QUOTED])
    title = say("roles.sentences", lang, n=min(QUOTED, len(known)), total=len(known))
    return f"<details><summary>{esc(title)}</summary>{said}</details>"


def community(shelf: Shelf, roles: Roles, found: Community, lang: Language) -> str:
    """A community: what it is called, who is in it, where, and who ties it to others."""
    members = {m.id for m in found.members}
    drawn = [m.id for m in found.members[:DRAWN]]
    there = address("network", lang, id=drawn[0], more=",".join(drawn[1:]))
    ties = [e["claims"][0] for _, _, e in roles.graph.subgraph(members).edges(data=True)]
    counts = say("roles.ties", lang, n=len(found.members), inside=found.inside, outside=found.outside)
    places = "、".join(f"{name} {count}" for name, count in found.places[:4])
    facts = rows(
        [
            (say("roles.alliances", lang), panes.entity_list(found.alliances, lang)),
            (say("roles.members", lang), panes.entity_list(found.members, lang)),
            (say("roles.places", lang), esc(places)),
            (say("roles.bridges", lang), panes.entity_list(found.bridges, lang, limit=6)),
        ]
    )
    return (
        f"<section class='ag-card'><h3 lang='zh'>{esc(found.name)}</h3><p class='ag-meta'><span>{esc(counts)}</span>"
        f"{link(say('roles.network', lang), there)}</p>{facts}{_quotes(shelf, ties, lang)}</section>"
    )
