"""The learned tagger: which stretches of a text name something, of which of the ontology's types, and how surely.

A bidirectional LSTM reads each character, the lexical network's tag there and its hidden state; a linear CRF gives
the probability of each label of BIES × types. The well-formed labels that collect the most probability give the
spans, "no name" counting for LEAN of its own: what is named only perhaps is said too, for the weighing reads the whole
report and judges better. Spans below FLOOR are not said. Everything is numpy; `ingest.training.train_tagger` makes the
weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ingest.lexicon.script import simplified
from ingest.mentions.lexical import LexicalModel
from ingest.models import Arrays, read_arrays, unpack_words
from ingest.models.networks import BiLstm, Floats, Indices, crf_marginals, pack, project, unpack
from ingest.segmenting import Span, paragraphs, sentences

WINDOW = 96  # characters read at once: sentences of one paragraph, as many as fit
LEXED = 64  # characters that the lexical network reads at once: it was made for sentences, and few steps are fast
BATCH = 4096  # characters computed at once: large enough for fast products, small enough for the cache
LEAN = 0.35  # share of the probability of "no name" that counts where spans are read
FLOOR = 0.2  # less sure spans are not said; both the best for weighed entity F1 in cross-validation, of a few tried
SURE = 0.99  # rows that are likelier to lie outside all names are not asked for more
OUTSIDE = 0  # the label of what is no part of a name
UNIT_PLACES = 4  # where a character stands in a unit of the lexical network: alone, first, inner, last


class Tagged(NamedTuple):
    """A named stretch [start, end) of a text; `score` is the probability of its least sure character."""

    start: int
    end: int
    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Features:
    """What the network sees of a batch of windows, a row for each character unless said otherwise.

    `characters` are rows of the character table, `shapes` number the lexical tag and the place in its unit, `units` say
    which row of `states` (units, 256) covers the character. `counts` are the lengths of the windows.
    """

    counts: list[int]
    characters: Indices
    shapes: Indices
    units: Indices
    states: Floats


def windows(text: str, limit: int = WINDOW) -> list[Span]:
    """`text` in pieces of at most `limit` characters: whole sentences of one paragraph, longer ones cut in between."""
    found: list[Span] = []
    for paragraph in paragraphs(text):
        start = end = paragraph.start
        for sentence in sentences(text[paragraph.start : paragraph.end]):
            begin, stop = paragraph.start + sentence.start, paragraph.start + sentence.end
            if stop - start > limit and end > start:
                found.append(Span(start, end))
                start = begin
            for cut in _cuts(text, start, stop, limit):
                found.append(Span(start, cut))
                start = cut
            end = stop
        if end > start:
            found.append(Span(start, end))
    return found


def _cuts(text: str, start: int, end: int, limit: int) -> Iterator[int]:
    """Where to cut a sentence [start, end) longer than `limit`: behind the last comma that fits, else at the limit."""
    while end - start > limit:
        comma = max(text.rfind(mark, start + limit // 2, start + limit) for mark in "，、；,;")
        start = comma + 1 if comma >= 0 else start + limit
        yield start


def _lexed_pieces(text: str) -> list[str]:
    """A window in pieces for the lexical network; together they are the window."""
    if len(text) <= LEXED:
        return [text]
    edges = [0, *(span.end for span in windows(text, LEXED)[:-1]), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def character_table(characters: Sequence[str]) -> Indices:
    """Code point → row in `characters`, 0 for what is not among them; the last entry stands for all that follow."""
    table = np.zeros(max(map(ord, filter(None, characters))) + 2, dtype=np.intp)
    for row, character in enumerate(characters):
        if character:
            table[ord(character)] = row
    return table


def features(texts: Sequence[str], table: Indices, lexical: LexicalModel) -> Features:
    """What the network sees of the windows `texts`, which are in simplified script; `table` is a `character_table`."""
    lexed = lexical.lex([piece for text in texts for piece in _lexed_pieces(text)])
    units = np.repeat(np.arange(len(lexed.lengths)), lexed.lengths)
    first = np.cumsum(lexed.lengths) - lexed.lengths
    place = np.arange(len(units)) - first[units]
    lengths = lexed.lengths[units]
    where = np.where(lengths == 1, 0, np.where(place == 0, 1, np.where(place == lengths - 1, 3, 2)))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", errors="surrogatepass"), dtype="<u4")
    return Features(
        [len(text) for text in texts],
        table[np.minimum(codes, len(table) - 1)],
        lexed.tags[units] * UNIT_PLACES + where,
        units,
        lexed.states,
    )


class Tagger:
    """The network with its vocabulary; `load` gives the one instance of this process."""

    def __init__(self, arrays: Arrays, lexical: LexicalModel) -> None:
        self.labels = unpack_words(arrays["labels"])
        self._lexical = lexical
        self._table = character_table(unpack_words(arrays["characters"]))

        def floats(name: str) -> Floats:
            return arrays[name].astype(np.float32)

        width = arrays["recurrent"].shape[1]
        # logistic gates take halved weights (see networks)
        half = np.repeat(np.array([0.5, 0.5, 0.5, 1.0], dtype=np.float32), width)
        self._own, self._shape = floats("character"), floats("shape")
        self._state = floats("state_weight")
        self._input = floats("input_weight") * half, floats("input_bias") * half
        self._lstm = BiLstm(floats("recurrent") * half)
        self._emission = floats("emission_weight"), floats("emission_bias")
        self._transitions: Floats = np.exp(floats("transitions"))
        self._edges: Floats = np.exp(np.stack([floats("start"), floats("stop")]))
        self._follows = self._transitions > 0
        self._allowed = frozenset(zip(*(side.tolist() for side in np.nonzero(self._follows)), strict=True))

    @staticmethod
    @cache
    def load() -> "Tagger":
        """The tagger that ships with this version, read once in a process."""
        return Tagger(read_arrays("tagger.npz"), LexicalModel.load())

    def tag(self, texts: Sequence[str]) -> list[list[Tagged]]:
        """For each text the stretches that name something, in order and without overlap; offsets into that text."""
        found: list[list[Tagged]] = [[] for _ in texts]
        plain = [simplified(text) for text in texts]
        places = [(number, span) for number, text in enumerate(plain) for span in windows(text)]
        for batch in _batches(places):
            seen = features(
                [plain[number][span.start : span.end] for number, span in batch], self._table, self._lexical
            )
            tags = self._spans(self.marginals(seen), seen.counts)
            begin = 0  # the row of the batch where the window begins
            tag = next(tags, None)
            for number, span in batch:
                end = begin + span.end - span.start
                while tag and tag.start < end:
                    shift = span.start - begin
                    found[number].append(tag._replace(start=tag.start + shift, end=tag.end + shift))
                    tag = next(tags, None)
                begin = end
        return found

    def marginals(self, seen: Features) -> Floats:
        """The probability (characters, labels) of each label at each character."""
        packing = pack(seen.counts)
        rows = (seen.states @ self._state)[seen.units]
        rows += self._own[seen.characters]
        rows += self._shape[seen.shapes]
        weight, bias = self._input
        states = unpack(self._lstm.run(project(rows, weight, bias, packing), packing.sizes), packing)
        weight, bias = self._emission
        return crf_marginals(states @ weight + bias, self._edges, self._transitions, packing)

    def _spans(self, marginals: Floats, counts: Sequence[int]) -> Iterator[Tagged]:
        """The spans of the well-formed label sequences that collect the most probability; offsets are rows."""
        leaning = marginals.copy()
        leaning[:, OUTSIDE] *= LEAN
        sure = leaning.argmax(axis=1)
        best, scores = sure.tolist(), marginals[np.arange(len(sure)), sure].tolist()
        for start, end in doubtful(marginals, counts):
            path, score = best[start:end], scores[start:end]
            if not self._well_formed(path):  # seldom; a well-formed one cannot be bettered
                path = self._best_path(leaning[start:end])
                score = marginals[np.arange(start, end), path].tolist()
            yield from self._read(path, score, start)

    def _read(self, path: list[int], scores: list[float], shift: int) -> Iterator[Tagged]:
        """The spans of a well-formed label sequence."""
        start = 0
        for at, number in enumerate(path):
            if number == OUTSIDE:
                continue
            label = self.labels[number]
            if label[0] in "BS":
                start = at
            if label[0] in "ES" and (score := min(scores[start : at + 1])) >= FLOOR:
                yield Tagged(start + shift, at + 1 + shift, label[2:], score)

    def _best_path(self, marginals: Floats) -> list[int]:
        """The well-formed label sequence with the largest sum of probabilities."""
        barred = np.where(self._follows, 0.0, -np.inf)
        score = marginals[0] + barred[OUTSIDE]
        back = []
        for row in marginals[1:]:
            paths = score[:, None] + barred
            best = paths.argmax(axis=0)
            back.append(best)
            score = paths[best, np.arange(len(best))] + row
        path = [int((score + barred[:, OUTSIDE]).argmax())]
        for best in reversed(back):
            path.append(int(best[path[-1]]))
        return path[::-1]

    def _well_formed(self, path: list[int]) -> bool:
        return all((before, after) in self._allowed for before, after in pairwise([OUTSIDE, *path, OUTSIDE]))


def doubtful(marginals: Floats, counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches [start, end) of rows that may be inside a name; none reaches beyond its window."""
    doubt = marginals[:, OUTSIDE] < SURE
    begins = np.zeros(len(doubt) + 1, dtype=np.bool_)  # where a window begins, and the end of all
    begins[np.cumsum([0, *counts])] = True
    before, after = np.concatenate([[False], doubt[:-1]]), np.concatenate([doubt[1:], [False]])
    starts = np.flatnonzero(doubt & (~before | begins[:-1]))
    ends = np.flatnonzero(doubt & (~after | begins[1:])) + 1
    return zip(starts.tolist(), ends.tolist(), strict=True)


def _batches(places: list[tuple[int, Span]]) -> Iterator[list[tuple[int, Span]]]:
    """`places` in their order, in batches of about BATCH characters."""
    batch: list[tuple[int, Span]] = []
    size = 0
    for place in places:
        batch.append(place)
        size += place[1].end - place[1].start
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
