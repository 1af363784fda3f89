"""Numbers that measure a case: which of a report's quantities are figures, of what, when, and whether only planned."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from graph.records import Case, Figure, Mention, Report
from ingest.claims import figures_choice, figures_subject
from ingest.claims.dates import is_planned, year_at
from ingest.claims.figures_cast import Cast, main_things
from ingest.claims.figures_each import members
from ingest.claims.figures_features import CASE, Setting
from ingest.claims.figures_indicator import indicators
from ingest.claims.figures_quantities import Quantity
from ingest.claims.figures_scene import Scene
from ingest.claims.figures_subject import Asked
from ingest.models import model_path
from ingest.models.hashed import HashedModel

OUTSIDE = 0.5  # log-odds asked of a figure that stands outside all cases, where notices and price lists stand


@cache
def _model(name: str) -> HashedModel:
    return HashedModel.load(model_path(f"{name}.npz"))


class Stated(NamedTuple):
    """A quantity that counts as a figure: its case, its indicator, and the question whose it is."""

    quantity: Quantity
    odds: float
    case: Case
    indicator: str
    asked: Asked
    same_range: bool


def case_of(place: int, cases: Sequence[Case]) -> Case | None:
    """The case that holds `place`, else the last that begins before it, else the first; None without cases."""
    before = [case for case in cases if case.start <= place]
    return next((case for case in before if place < case.end), before[-1] if before else next(iter(cases), None))


def stated(
    scene: Scene,
    cast: Cast,
    cases: Sequence[Case],
    figures: Sequence[tuple[Quantity, float]],
    said: Sequence[str],
) -> list[Stated]:
    """The figures (quantity, log-odds) that stand inside a case, in text order, each with its indicator."""
    found: list[Stated] = []
    mains: dict[str, dict[str, int]] = {}
    earlier_end = 0
    for (quantity, odds), words in zip(figures, said, strict=True):
        case = case_of(quantity.number, cases)
        if case is None or (odds < OUTSIDE and not case.start <= quantity.number < case.end):
            continue
        bounds = (case.start, case.end)
        if case.id not in mains:
            mains[case.id], earlier_end = main_things(cast, bounds), 0
        before = found[-1].quantity if found else None
        same_range = before is not None and quantity.partner == "to" and before.start <= quantity.start < before.end
        indicator = found[-1].indicator if same_range else words
        sentence = scene.sentence(quantity.number)
        at = Setting(
            quantity,
            scene.clause(quantity.number),
            sentence,
            scene.line(quantity.number),
            scene.sentence(sentence[0] - 1)[0] if sentence[0] else 0,
            bounds,
            indicator,
            case.title,
        )
        question = figures_subject.asked(at, cast, mains[case.id], earlier_end)
        found.append(Stated(quantity, odds, case, indicator, question, same_range))
        earlier_end = quantity.end
    return found


def find_figures(
    report: Report, mentions: Sequence[Mention], cases: Sequence[Case], extractor: str
) -> tuple[Figure, ...]:
    """The figures of the report's cases, in text order."""
    scene = Scene(report.text, mentions)
    picked = figures_choice.chosen(scene, _model("figure_choice"))
    if not picked:
        return ()
    cast = Cast(scene)
    rows = stated(scene, cast, cases, picked, indicators(scene, [quantity for quantity, _ in picked]))
    found: list[Figure] = []
    year = 0
    for row, subject in zip(rows, _subjects(rows), strict=True):
        if row.asked.first:
            year = 0
        quantity, at = row.quantity, row.quantity.number
        year = year_at(report.text, scene.sentence(at)[0], at, report.date, year)
        for thing in members(quantity, cast) or [subject]:
            about = row.case.id if thing == CASE else cast.mentions[thing].id
            found.append(_figure(report, scene, row, about, year, extractor))
    return tuple(found)


def _subjects(rows: Sequence[Stated]) -> list[int]:
    """The thing that each figure is about, those of one case together."""
    ranks = figures_subject.ranked([row.asked for row in rows], _model("figure_subjects"))
    starts = [i for i, row in enumerate(rows) if i == 0 or row.asked.first]
    found: list[int] = []
    for start, end in pairwise([*starts, len(rows)]):
        found += figures_subject.subjects(ranks[start:end], [row.same_range for row in rows[start:end]])
    return found


def _figure(report: Report, scene: Scene, row: Stated, about: str, year: int, extractor: str) -> Figure:
    quantity = row.quantity
    start, end = _evidence(quantity, scene)
    clause = report.text[scene.clause(quantity.number)[0] : quantity.number]
    return Figure(
        report.id,
        row.case.id,
        about,
        row.indicator,
        quantity.value,
        quantity.unit,
        start,
        end,
        quantity.bound,
        year,
        "planned" if is_planned(clause) else "asserted",
        round(1 / (1 + 2.718281828459045**-row.odds), 3),
        extractor,
    )


def _evidence(quantity: Quantity, scene: Scene) -> tuple[int, int]:
    """The clause of the number, without the comma or full stop that closes it."""
    start, end = scene.clause(quantity.number)
    words = scene.text[start : max(end, quantity.end)]
    left = len(words) - len(words.lstrip(" 　\n“"))
    right = len(words.rstrip("，,；;。！？!?：:、 　\n”"))
    return min(start + left, quantity.start), max(start + right, quantity.end)
