"""Cases as cards: as they are, or as found by a question, with the words that match and the reasons."""

import re

from graph.ontology.vocabulary import Language
from graph.records import Case
from graph.search.hits import Hit
from graph.search.snippets import Piece, snippet
from views import panes
from views.data import PARTNERS, Shelf, named_in
from views.evidence import lines
from views.html import address, esc, link
from views.text import say

LENGTH = 170  # characters of a snippet
BEFORE = 40  # of them before the first match
REASONS = 3
CHINESE = "[\u3000-\u9fff\uff00-\uffef“”‘’]"


def case_card(shelf: Shelf, case: Case, lang: Language) -> str:
    """A case as it is, with the first of its lines that says something."""
    text = shelf.reports[case.report].text
    said = [text[start:end] for start, end in lines(text, case.start, case.end)]
    first = next((line for line in said if len(line) > 40), said[0] if said else "")
    return _card(shelf, case, lang, esc(first[:LENGTH] + ("…" if len(first) > LENGTH else "")))


def hit_card(shelf: Shelf, hit: Hit, question: str, lang: Language) -> str:
    """A case as it was found: the passage that speaks for it, its matching words marked, and why it was found."""
    said = [reason.text if lang == "zh" else reason.english for reason in hit.reasons[:REASONS]]
    why = "".join(f"<span>{esc(reason)}</span>" for reason in said)
    label = f"<b>{esc(say('search.why', lang))}</b>" if why else ""
    return _card(shelf, hit.case, lang, marked(snippet(hit.passage, question)), f'<p class="ag-why">{label}{why}</p>')


def marked(pieces: list[Piece]) -> str:
    """Pieces of a passage as HTML, matches marked, cut to LENGTH characters round the first match."""
    pieces = [Piece(_flowing(piece.text), piece.is_match) for piece in pieces]
    first = next((place for place, piece in enumerate(pieces) if piece.is_match), 0)
    start = max(0, sum(len(piece.text) for piece in pieces[:first]) - BEFORE)
    total = sum(len(piece.text) for piece in pieces)
    start = max(0, min(start, total - LENGTH))
    said, at = [], 0
    for piece in pieces:
        left, right = max(start - at, 0), max(min(start + LENGTH - at, len(piece.text)), 0)
        shown = esc(piece.text[left:right])
        said.append(f"<mark>{shown}</mark>" if piece.is_match and shown else shown)
        at += len(piece.text)
    return ("…" if start else "") + "".join(said).strip() + ("…" if start + LENGTH < total else "")


def _flowing(text: str) -> str:
    """`text` as one line: a single line break between Chinese characters was a wrapped line and leaves no gap."""
    return re.sub(r"\s+", " ", re.sub(rf"(?<={CHINESE})[^\S\n]*\n[^\S\n]*(?={CHINESE})", "", text))


def _card(shelf: Shelf, case: Case, lang: Language, said: str, why: str = "") -> str:
    report = shelf.reports[case.report]
    there = address("case", lang, id=case.id)
    if case.id not in shelf.cases:  # a report without cases is found whole
        there = address("report", lang, id=report.id)
    title = link(case.title or report.title or say("case.untitled", lang), there)
    place = f"<span>{esc(case.place)}</span>" if case.place else ""
    partners = [e for e, _ in named_in(shelf, case.report, case.start, case.end) if e.type in PARTNERS]
    return (
        f'<section class="ag-card"><h3 lang="zh">{title}</h3><p class="ag-meta">{panes.alliance_chips(case, lang)}'
        f'{place}{panes.source_line(report, lang)}</p><p class="ag-snippet" lang="zh">{said}</p>'
        f'<div class="ag-who">{panes.entity_list(partners, lang, limit=8)}</div>{why}</section>'
    )
