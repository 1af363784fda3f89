"""What the encoder learns from: a case, some of the questions that it answers, and two of its passages at a time."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from graph.errors import EncoderError, NotFoundError, UsageError
from graph.records import Passage
from graph.search.encoder import Encoder, Vectors, check_encoder
from graph.store import Library

QUESTIONS = 5  # of a visit
BEST = 3  # passages of a case that its questions may be shown with
# By the number of a report: those that three divides are kept for figures; of the rest, those that leave one when
# divided by nine teach the ranking, which must see an encoder that did not learn its questions; the others the encoder.
UNTOUCHED, PARTS, RANKING = 3, 9, 1


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a questions file: `case` is REPORT#POSITION, the one that answers it."""

    text: str
    case: str
    kind: str
    language: str

    @property
    def part(self) -> str:
        """What its report is for where figures are to be honest: encoder, ranking or untouched."""
        number = self.case.partition("#")[0].rpartition("-")[2]
        if not number.isdecimal() or int(number) % PARTS not in {0, 3, 6, RANKING}:
            return "encoder"
        return "untouched" if int(number) % UNTOUCHED == 0 else "ranking"


@dataclass(frozen=True, slots=True)
class Visit:
    """QUESTIONS questions of one case and two of its passages."""

    questions: tuple[str, ...]
    passages: tuple[str, str]


def read_questions(path: Path) -> list[Question]:
    """The rows of a JSON-lines file: report, case, query, kind, language. UsageError says which line is wrong."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            case = f"{row['report']}#{int(row['case'])}"
            found.append(Question(row["query"], case, row.get("kind", ""), row.get("language", "")))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f'{path}, line {number}: expected {{"report": …, "case": 0, "query": …}} ({error!r}).'
            ) from error
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """A case with its questions, and how near each of its passages is to each question (questions × passages)."""

    questions: tuple[str, ...]
    passages: tuple[str, ...]
    nearness: Vectors


def answers(library: Library, questions: Iterable[Question], encoder: Encoder) -> list[Answer]:
    """The cases that answer `questions`, in the order of the file, as the encoder of the library sees them.

    NotFoundError for a case that the library lacks or that has no passages; EncoderError where another encoder made
    its vectors.
    """
    if not check_encoder(library, encoder):
        raise EncoderError(f"The library {library.uri} has no vectors. `alliance index` makes them.")
    asked: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        asked[question.case].append(question.text)
    ids, vectors = library.vectors()
    place = {passage: at for at, passage in enumerate(ids)}
    told: dict[str, list[Passage]] = defaultdict(list)
    for passage in sorted(library.passages(), key=lambda p: (p.report, p.start)):
        told[passage.case].append(passage)
    made = []
    for name, own in asked.items():
        passages = told[library.case(name).id]
        if not passages:
            raise NotFoundError(f"The case {name} has no passages in {library.uri}. Index the library first.")
        nearness = encoder.encode_queries(own) @ vectors[[place[p.id] for p in passages]].T
        made.append(Answer(tuple(own), tuple(p.text for p in passages), nearness))
    return made


def visits(cases: Sequence[Answer], batch: int, epochs: int, seed: int) -> Iterator[Visit]:
    """All visits of all epochs, in the order of learning; every `batch` of them are of different cases.

    Each case is visited with all its questions every epoch. Half of a batch are random cases, each followed by the
    unvisited one that is most like it: telling those two apart is what there is to learn.
    """
    rng = Random(seed)  # noqa: S311 - nothing secret
    alike = _alike(cases)
    for _ in range(epochs):
        shares = [_shares(case, rng) for case in cases]
        for turn in range(max(map(len, shares), default=0)):
            waiting = [at for at, own in enumerate(shares) if turn < len(own)]
            order = _paired(waiting, alike, rng)
            order = order[: len(order) - len(order) % batch] if len(order) >= batch else order
            yield from (_visit(cases[at], shares[at][turn], rng) for at in order)


def _shares(case: Answer, rng: Random) -> list[list[int]]:
    """A case's questions shuffled into shares of QUESTIONS; a last short one is filled up with others."""
    order = list(range(len(case.questions)))
    rng.shuffle(order)
    shares = [order[first : first + QUESTIONS] for first in range(0, len(order), QUESTIONS)]
    shares[-1] += [rng.choice(order) for _ in range(QUESTIONS - len(shares[-1]))]
    return shares


def _visit(case: Answer, share: Sequence[int], rng: Random) -> Visit:
    """The passage nearest to these questions, and one of the next ones."""
    order = np.argsort(-case.nearness[list(share)].mean(axis=0), kind="stable")[:BEST].tolist()
    second = rng.choice(order[1:]) if len(order) > 1 else order[0]
    return Visit(tuple(case.questions[at] for at in share), (case.passages[order[0]], case.passages[second]))


def _alike(cases: Sequence[Answer]) -> list[list[int]]:
    """For each case the others by how many character pairs their passages share, most alike first."""
    pairs = [{text[at : at + 2] for text in case.passages for at in range(len(text) - 1)} for case in cases]
    names = {pair: at for at, pair in enumerate(sorted(set().union(*pairs)))} if pairs else {}
    table = np.zeros((len(cases), len(names)), dtype=np.float32)
    for at, own in enumerate(pairs):
        table[at, [names[pair] for pair in own]] = 1
    rare = np.log(len(cases) / np.maximum(table.sum(axis=0), 1))
    table *= rare
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    found: list[list[int]] = np.argsort(-(table @ table.T), axis=1, kind="stable").tolist()
    return found


def _paired(waiting: Sequence[int], alike: Sequence[Sequence[int]], rng: Random) -> list[int]:
    """`waiting` in random order, each second one the most similar that was still waiting."""
    left = dict.fromkeys(rng.sample(list(waiting), len(waiting)))
    order: list[int] = []
    while left:
        at = next(iter(left))
        del left[at]
        order.append(at)
        near = next((other for other in alike[at] if other in left), None)
        if near is not None:
            del left[near]
            order.append(near)
    return order
