"""Cases as cards: as they are, or as found by a question, with the words that match and the reasons."""

import re
from collections.abc import Iterator, Sequence

from graph.ontology.vocabulary import Language
from graph.records import Case, Passage
from graph.search.entities import EntityHit
from graph.search.hits import Hit
from graph.search.snippets import Piece, densest, snippet
from views import panes
from views.data import PARTNERS, Shelf, named_in
from views.evidence import lines
from views.html import address, esc, jump, link, type_chip
from views.text import say, type_colour

LENGTH = 170  # characters of a snippet
BEFORE = 40  # of them before the first match
REASONS = 3
WRAPPED, GONE = 20, "\0"  # characters of a line that was wrapped; what stands for a break that goes
CHINESE = "[\u3000-\u9fff\uff00-\uffef“”‘’]"


def case_card(shelf: Shelf, case: Case, lang: Language) -> str:
    """A case as it is, with the first of its lines that says something."""
    text = shelf.reports[case.report].text
    said = [text[start:end] for start, end in lines(text, case.start, case.end)]
    first = next((line for line in said if len(line) > 40), said[0] if said else "")
    return _card(shelf, case, lang, esc(first[:LENGTH] + ("…" if len(first) > LENGTH else "")))


def hit_card(shelf: Shelf, hit: Hit, question: str, lang: Language, meant: Sequence[str] = ()) -> str:
    """A case as it was found: the passage that speaks for it, its matching words marked, and why it was found.

    `meant` are names that the question writes with a slip.
    """
    said = [reason.text if lang == "zh" else reason.english for reason in hit.reasons[:REASONS]]
    why = "".join(f"<span>{esc(reason)}</span>" for reason in said)
    label = f"<b>{esc(say('search.why', lang))}</b>" if why else ""
    source = jump(say("search.evidence", lang), _address(shelf, hit.case, lang, place_of(hit.passage)), "")
    said_there = without(hit.case.title, snippet(hit.passage, question, meant))
    shown = f"{marked(said_there)} {source}"
    return _card(shelf, hit.case, lang, shown, f'<p class="ag-why">{label}{why}</p>')


def place_of(passage: Passage) -> str:
    """Where a passage stands in its report, as the address of a page names evidence."""
    return f"s-{passage.start}-{passage.end}"


def entity_cards(hits: Sequence[EntityHit], lang: Language) -> str:
    """The entities that a question means, each with what it is and why it was found."""
    return f'<div class="ag-found">{"".join(_entity_card(hit, lang) for hit in hits)}</div>' if hits else ""


def _entity_card(hit: EntityHit, lang: Language) -> str:
    entity = hit.entity
    name = link(entity.name, address("entity", lang, id=entity.id))
    counts = say("search.entity_counts", lang, r=len(entity.reports), n=len(entity.mentions))
    where = f'<span lang="zh">{esc(entity.within)}</span>' if entity.within else ""
    return (
        f'<section style="--c:{type_colour(entity.type)}"><h3><span lang="zh">{name}</span> '
        f"{type_chip(entity.type, lang)}</h3>"
        f'<p class="ag-meta">{where}<span>{esc(counts)}</span></p>'
        f'<p class="ag-why">{esc(hit.zh if lang == "zh" else hit.en)}</p></section>'
    )


def marked(pieces: Sequence[Piece]) -> str:
    """Pieces of a passage as HTML, matches marked, cut to the LENGTH characters that show most of them."""
    pieces = _flowing(pieces)
    total = sum(len(piece.text) for piece in pieces)
    start = densest(pieces, LENGTH, BEFORE)
    said, at = [], 0
    for piece in pieces:
        left, right = max(start - at, 0), max(min(start + LENGTH - at, len(piece.text)), 0)
        shown = esc(piece.text[left:right])
        said.append(f"<mark>{shown}</mark>" if piece.is_match and shown else shown)
        at += len(piece.text)
    return ("…" if start else "") + "".join(said).strip() + ("…" if start + LENGTH < total else "")


def _flowing(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces as one line. A break between Chinese characters leaves no gap where it only wraps a long line."""
    text = "".join(piece.text for piece in pieces)

    def joined(found: re.Match[str]) -> str:
        begins = text.rfind("\n", 0, found.start()) + 1
        return GONE * len(found[0]) if found.start() - begins >= WRAPPED else found[0]

    whole = re.sub(rf"(?<={CHINESE})[^\S\n]*\n[^\S\n]*(?={CHINESE})", joined, text)
    return [Piece(re.sub(r"\s+", " ", said.replace(GONE, "")), is_match) for said, is_match in _cut(whole, pieces)]


def _cut(whole: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, bool]]:
    """`whole`, a text as long as the pieces together, in parts as long as each."""
    at = 0
    for piece in pieces:
        yield whole[at : at + len(piece.text)], piece.is_match
        at += len(piece.text)


def without(title: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without the heading that they begin with, where it is the title that stands above them already."""
    text = "".join(piece.text for piece in pieces)
    heading = re.match(rf"[^\n]{{0,8}}{re.escape(title)}[^\S\n]*\n", text) if title else None
    left, kept = heading.end() if heading else 0, []
    for piece in pieces:
        kept.append(Piece(piece.text[left:], piece.is_match))
        left = max(0, left - len(piece.text))
    return kept


def _address(shelf: Shelf, case: Case, lang: Language, at: str = "") -> str:
    """The page of a case, or of its report where a report without cases was found whole."""
    if case.id in shelf.cases:
        return address("case", lang, id=case.id, at=at)
    return address("report", lang, id=case.report, at=at)


def _card(shelf: Shelf, case: Case, lang: Language, said: str, why: str = "") -> str:
    report = shelf.reports[case.report]
    title = link(case.title or report.title or say("case.untitled", lang), _address(shelf, case, lang))
    place = f"<span>{esc(case.place)}</span>" if case.place else ""
    partners = [e for e, _ in named_in(shelf, case.report, case.start, case.end) if e.type in PARTNERS]
    return (
        f'<section class="ag-card"><h3 lang="zh">{title}</h3><p class="ag-meta">{panes.alliance_chips(case, lang)}'
        f'{place}{panes.source_line(report, lang)}</p><p class="ag-snippet" lang="zh">{said}</p>'
        f'<div class="ag-who">{panes.entity_list(partners, lang, limit=8)}</div>{why}</section>'
    )
