"""Numbers that measure a case: which of a report's quantities are figures, of what, when, and whether only planned."""

from collections.abc import Sequence
from functools import cache

from graph.records import Case, Figure, Mention, Report
from ingest.claims import figures_choice, figures_subject
from ingest.claims.dates import is_planned, year_at
from ingest.claims.figures_indicator import indicator
from ingest.claims.figures_model import LinearModel
from ingest.claims.figures_quantities import Quantity, quantities
from ingest.claims.figures_scene import Scene
from ingest.claims.figures_subject import Candidate, Setting, main_bodies, setting
from ingest.models import model_path

CHOSEN = -0.4  # log-odds from which a quantity counts as a figure: best F1 in cross-validation
MONEY_WORDS = "元钱块款资收入进账亏赔赚卖付贷拨挣花"


@cache
def _model(name: str) -> LinearModel:
    return LinearModel.load(model_path(f"{name}.npz"))


def measured(quantity: Quantity, scene: Scene) -> Quantity:
    """The quantity with the unit that goes unsaid: 进账920万 is in 元, 来的人有三千多 in 人."""
    q = quantity
    if q.unit:
        return q
    start, end = scene.clause(q.number)
    clause = scene.text[start:end]
    if any(word in clause for word in MONEY_WORDS) or (q.value >= 10_000 and "均" in clause):
        return Quantity(q.start, q.number, q.end, q.value, "元", "money", q.bound, q.partner)
    if any(word in clause for word in ("人", "常住", "客")):
        return Quantity(q.start, q.number, q.end, q.value, "人", "people", q.bound, q.partner)
    return q


def chosen(scene: Scene, model: LinearModel, threshold: float = CHOSEN) -> list[tuple[Quantity, float]]:
    """The quantities of a text that are figures, with their log-odds; both ends of a range or neither."""
    found: list[tuple[Quantity, float]] = []
    for quantity in quantities(scene.text):
        if not figures_choice.plausible(quantity, scene):
            continue
        odds = model.score(figures_choice.features(quantity, scene))
        if found and quantity.partner == "to" and found[-1][0].start == quantity.start:
            odds = found[-1][1]
        elif odds < threshold:
            continue
        whole = measured(quantity, scene)
        if whole.unit:
            found.append((whole, odds))
    return found


def case_mention(case: Case) -> Mention:
    """The case itself as something a figure may be about."""
    return Mention(case.report, case.start, case.start + 1, "Case", "", case.title)


def subject(options: Sequence[Candidate], at: Setting, scene: Scene, model: LinearModel) -> Mention:
    """The best of the candidates for what the figure measures."""
    return max(options, key=lambda o: model.score(figures_subject.features(o, at, scene))).mention


def candidates(quantity: Quantity, scene: Scene, case: Case, main: Sequence[Mention]) -> list[Candidate]:
    """The names that the figure may be about, and the case itself."""
    options = figures_subject.candidates(quantity, scene, (case.start, case.end), main)
    return [*options, Candidate(case_mention(case), 0, after=False)]


def find_figures(
    report: Report, mentions: Sequence[Mention], cases: Sequence[Case], extractor: str
) -> tuple[Figure, ...]:
    """The figures of the report's cases, in text order."""
    scene = Scene(report.text, mentions)
    choice, ranking = _model("figure_choice"), _model("figure_subjects")
    found: list[Figure] = []
    previous, floor, inherited, year, last = ("", 0), 0, "", 0, ""
    for quantity, odds in chosen(scene, choice):
        case = next((c for c in cases if c.start <= quantity.number < c.end), None)
        if case is None:
            continue
        if case.id != last:
            previous, last, year = ("", 0), case.id, 0
        same_range = bool(found) and quantity.partner == "to" and found[-1].start <= quantity.start < found[-1].end
        said = inherited if same_range else indicator(quantity, scene, floor, inherited)
        main = main_bodies(scene, (case.start, case.end))
        at = setting(quantity, scene, main, previous, said)
        about = subject(candidates(quantity, scene, case, main), at, scene, ranking)
        start, end = _evidence(quantity, scene)
        year = year_at(report.text, scene.sentence(quantity.number)[0], quantity.number, report.date, year)
        clause = report.text[scene.clause(quantity.number)[0] : quantity.number]
        found.append(
            Figure(
                report.id,
                case.id,
                case.id if about.type == "Case" else about.id,
                said,
                quantity.value,
                quantity.unit,
                start,
                end,
                quantity.bound,
                year,
                "planned" if is_planned(clause) else "asserted",
                round(1 / (1 + 2.718281828459045**-odds), 3),
                extractor,
            )
        )
        previous, floor, inherited = (about.name, quantity.end), quantity.end, said
    return tuple(found)


def _evidence(quantity: Quantity, scene: Scene) -> tuple[int, int]:
    """The clause of the number, without the comma or full stop that closes it."""
    start, end = scene.clause(quantity.number)
    words = scene.text[start : max(end, quantity.end)]
    left = len(words) - len(words.lstrip(" 　\n“"))
    right = len(words.rstrip("，,；;。！？!?：:、 　\n”"))
    return min(start + left, quantity.start), max(start + right, quantity.end)
