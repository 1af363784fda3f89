"""Parts of the page on replication that all its views show: states, dates, distances, steps with their sentences."""

from collections.abc import Sequence

from graph.compare import Branch, Proof, Step, Tree
from graph.compare.spread_forms import precision
from graph.identity import Entity
from graph.ontology.vocabulary import Language
from views import panes
from views.data import Shelf
from views.evidence import Mark, quote
from views.html import address, chip, esc, link
from views.text import day, number, say

STATES = ("done", "planned", "not yet", "given up")
KINDS = {"done": "ag-done", "planned": "ag-planned", "not yet": "ag-notyet", "given up": "ag-negated"}


def state_chip(state: str, lang: Language) -> str:
    """The label of a state in its colour; nothing for ''."""
    return chip(state_label(state, lang), KINDS[state]) if state else ""


def state_label(state: str, lang: Language) -> str:
    """The name of a state."""
    return say(f"spread.{state.replace(' ', '_')}", lang)


def when(step: Step, lang: Language) -> str:
    """The date of a step, and that it is only the report's where the text gives none."""
    if not step.date:
        return say("spread.undated", lang)
    said = day(step.date, lang)
    return said if step.dated else say("spread.by_report", lang, day=said)


def how_far(levels: int, km: int | None, exact: str, lang: Language) -> str:
    """Levels of administration, and kilometres with how exact they are."""
    said = [say(f"spread.levels{levels}", lang)]
    if km is not None:
        said.append(say("spread.km", lang, km=number(km, "en")))
    if exact:
        said.append(say(f"spread.precision_{exact}", lang))
    return " · ".join(part for part in said if part)


def step_notes(step: Step, lang: Language) -> str:
    """When and how far, as small notes."""
    notes = [when(step, lang), how_far(step.levels, step.km, precision(step), lang)]
    return "".join(f"<span>{esc(note)}</span>" for note in notes if note)


def quotes(shelf: Shelf, step: Step, lang: Language) -> str:
    """The sentences behind a step."""
    return "".join(panes.quoted(shelf, shelf.claims[claim], lang) for claim in step.claims)


def evidence_address(shelf: Shelf, at: str, report: str, start: int, lang: Language) -> str:
    """The page that shows a piece of evidence, a record or a stretch of text: its case, else its report."""
    case = shelf.case_at(report, start)
    page, name = ("case", case.id) if case else ("report", report)
    return address(page, lang, id=name, at=at)


def step_address(shelf: Shelf, step: Step, lang: Language) -> str:
    """Where the first sentence of a step stands."""
    claim = shelf.claims[step.claims[0]]
    return evidence_address(shelf, claim.id, claim.report, claim.start, lang)


def proof_quote(shelf: Shelf, proof: Proof, lang: Language) -> str:
    """The sentence of a proof, and where it stands."""
    report = shelf.reports[proof.report]
    said = quote(report.text, proof.start, proof.end, [Mark(proof.start, proof.end, lit=True)], around=0)
    case = shelf.case_at(proof.report, proof.start)
    title = (case.title if case else report.title) or report.stem
    at = f"s-{proof.start}-{proof.end}"  # the sentence: the record may be no more than a name in it
    there = link(title, evidence_address(shelf, at, proof.report, proof.start, lang))
    return f'<blockquote lang="zh">{said}<cite>{there} {panes.source_line(report, lang)}</cite></blockquote>'


def proof_quotes(shelf: Shelf, proofs: tuple[Proof, ...], lang: Language, most: int = 3) -> str:
    """The sentences of several proofs, each sentence once."""
    single = {(p.report, p.start): p for p in reversed(proofs)}
    return "".join(proof_quote(shelf, proof, lang) for proof in list(reversed(single.values()))[:most])


def tree_card(shelf: Shelf, own: Sequence[Tree], lang: Language) -> str:
    """What went out from one home: the place itself, and the models, bodies and firms that are at home there."""
    home = own[0].home.entity or own[0].origin
    body = "".join(_tree(shelf, tree, home, lang) for tree in sorted(own, key=lambda tree: tree.origin != home))
    return f"<section class='ag-card'><h3 lang='zh'>{panes.entity_link(home, lang)}</h3>{body}</section>"


def _tree(shelf: Shelf, tree: Tree, home: Entity, lang: Language) -> str:
    head = f"<p class='ag-carried'>{panes.entity_link(tree.origin, lang)}</p>" if tree.origin != home else ""
    return head + "".join(_branch(shelf, branch, 0, lang) for branch in tree.branches)


def _branch(shelf: Shelf, branch: Branch, depth: int, lang: Language) -> str:
    step = branch.step
    carried = panes.entity_link(step.origin, lang) if depth and step.origin.type not in ("Village", "Division") else ""
    row = (
        f"<details class='ag-step' style='--depth:{depth}'><summary>{carried}<b>→</b>"
        f"{panes.entity_link(step.target, lang)}{state_chip(step.state, lang)}"
        f"<span class='ag-meta'>{step_notes(step, lang)}</span></summary>{quotes(shelf, step, lang)}</details>"
    )
    return row + "".join(_branch(shelf, further, depth + 1, lang) for further in branch.onward)
