"""The learned tagger: which stretches of a text name something, of which of the ontology's types, and how surely.

A bidirectional LSTM (160 each way) reads each character's embedding, the lexical network's tag there and its hidden
state; a linear CRF over BIES × types gives the marginal probability of each label, and the best path through them
that is well formed gives the spans, of which those at or above FLOOR are said. Everything is numpy;
`ingest.training.train_tagger` makes the weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.lexicon.script import simplified
from ingest.mentions.lexical import LexicalModel
from ingest.models import Arrays, read_arrays, unpack_words
from ingest.models.networks import BiLstm, Floats, Packing, pack, unpack
from ingest.segmenting import Span, paragraphs, sentences

WINDOW = 128  # characters read at once: sentences of one paragraph, as many as fit
BATCH = 4096  # characters computed at once: large enough for fast products, small enough for the cache
FLOOR = 0.4  # less sure spans are not said: the best floor for entity F1 on training reports kept out for tuning
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

    `characters` are rows of the embedding, `shapes` number the lexical tag and the place in its unit, `units` say which
    row of `states` (units, 256) covers the character. `counts` are the lengths of the windows.
    """

    counts: list[int]
    characters: NDArray[np.intp]
    shapes: NDArray[np.intp]
    units: NDArray[np.intp]
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


def features(texts: Sequence[str], characters: dict[str, int], lexical: LexicalModel) -> Features:
    """What the network sees of `texts`, which are in simplified script; unknown characters have row 0."""
    lexed = lexical.lex(texts)
    units = np.repeat(np.arange(len(lexed.lengths)), lexed.lengths)
    first = np.cumsum(lexed.lengths) - lexed.lengths
    place = np.arange(len(units)) - first[units]
    last = place == lexed.lengths[units] - 1
    where = np.where(lexed.lengths[units] == 1, 0, np.where(place == 0, 1, np.where(last, 3, 2)))
    rows = [characters.get(character, 0) for text in texts for character in text]
    return Features(
        [len(text) for text in texts],
        np.asarray(rows, dtype=np.intp),
        lexed.tags[units] * UNIT_PLACES + where,
        units,
        lexed.states,
    )


class Tagger:
    """The network with its vocabulary; `load` gives the one instance of this process."""

    def __init__(self, arrays: Arrays, lexical: LexicalModel) -> None:
        self.labels = unpack_words(arrays["labels"])
        self._lexical = lexical
        self._characters = {c: row for row, c in enumerate(unpack_words(arrays["characters"])) if c}

        def floats(name: str) -> Floats:
            return arrays[name].astype(np.float32)

        width = arrays["recurrent"].shape[1]
        # logistic gates take halved weights (see networks)
        half = np.repeat(np.array([0.5, 0.5, 0.5, 1.0], dtype=np.float32), width)

        def by_direction(name: str) -> Floats:
            return np.stack([part * half for part in np.split(floats(name), 2, axis=1)])

        self._embedding = floats("embedding")
        self._embedding_weight = by_direction("embedding_weight")
        self._state_weight = by_direction("state_weight")
        self._shape_gain = by_direction("shape_gain")
        self._lstm = BiLstm(floats("recurrent") * half)
        self._emission = floats("emission_weight"), floats("emission_bias")
        self._start, self._stop = np.exp(floats("start")), np.exp(floats("stop"))
        self._transitions: Floats = np.exp(floats("transitions"))
        self._follows = self._transitions > 0

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
        places.sort(key=lambda place: place[1].start - place[1].end)
        for batch in _batches(places):
            pieces = [plain[number][span.start : span.end] for number, span in batch]
            for (number, span), tags in zip(batch, self._tag_windows(pieces), strict=True):
                found[number].extend(t._replace(start=t.start + span.start, end=t.end + span.start) for t in tags)
        return [sorted(tags) for tags in found]

    def marginals(self, seen: Features) -> Floats:
        """The probability (characters, labels) of each label at each character."""
        packing = pack(seen.counts)
        shapes = self._shape_gain.shape[1]
        kinds, places = np.unique(seen.characters * shapes + seen.shapes, return_inverse=True)
        embedded = self._embedding[kinds // shapes]
        width = self._emission[0].shape[0] // 2
        projected = np.empty((2, len(places), 4 * width), dtype=np.float32)
        for d, rows in enumerate(packing.rows):
            np.take(seen.states @ self._state_weight[d], seen.units[rows], axis=0, out=projected[d])
            own = embedded @ self._embedding_weight[d] + self._shape_gain[d][kinds % shapes]
            projected[d] += own[places[rows]]
        states = unpack(self._lstm.run(projected, packing.sizes), packing)
        weight, bias = self._emission
        return self._forward_backward(states @ weight + bias, packing)

    def _forward_backward(self, emissions: Floats, packing: Packing) -> Floats:
        """Marginals of the CRF; each step is scaled to sum 1, so no logarithm is needed."""
        packed = emissions[packing.rows[0]]
        packed = np.exp(packed - packed.max(axis=1, keepdims=True))
        sizes = packing.sizes.tolist()
        ends = np.cumsum(packing.sizes).tolist()
        forward = np.empty_like(packed)
        state = np.broadcast_to(self._start, (sizes[0] if sizes else 0, packed.shape[1]))
        for step, (size, end) in enumerate(zip(sizes, ends, strict=True)):
            if step:
                state = state[:size] @ self._transitions
            state = state * packed[end - size : end]
            state /= state.sum(axis=1, keepdims=True)
            forward[end - size : end] = state
        reached = np.empty_like(packed[:0])  # the backward message times the emission, of the step before
        for size, end in zip(reversed(sizes), reversed(ends), strict=True):
            onward = np.tile(self._stop, (size, 1))
            onward[: len(reached)] = reached @ self._transitions.T
            reached = onward * packed[end - size : end]
            reached /= reached.sum(axis=1, keepdims=True)
            forward[end - size : end] *= onward
        forward /= forward.sum(axis=1, keepdims=True)
        out: Floats = np.empty_like(forward)
        out[packing.rows[0]] = forward
        return out

    def _tag_windows(self, pieces: Sequence[str]) -> Iterator[list[Tagged]]:
        seen = features(pieces, self._characters, self._lexical)
        marginals = self.marginals(seen)
        start = 0
        for count in seen.counts:
            yield self._spans(marginals[start : start + count])
            start += count

    def _spans(self, marginals: Floats) -> list[Tagged]:
        """The spans of the well-formed label sequence that collects the most probability."""
        path = self._best_path(marginals)
        scores = marginals[np.arange(len(path)), path].tolist()
        found: list[Tagged] = []
        start = 0
        for at, number in enumerate(path):
            label = self.labels[number]
            if label[0] in "BS":
                start = at
            if label[0] in "ES" and (score := min(scores[start : at + 1])) >= FLOOR:
                found.append(Tagged(start, at + 1, label[2:], score))
        return found

    def _best_path(self, marginals: Floats) -> list[int]:
        sure = marginals.argmax(axis=1)
        path: list[int] = sure.tolist()
        if self._well_formed(sure):
            return path  # nearly always: then nothing can be better
        barred = np.where(self._follows, 0.0, -np.inf)
        score = np.where(self._start > 0, marginals[0], -np.inf)
        back = []
        for row in marginals[1:]:
            paths = score[:, None] + barred
            best = paths.argmax(axis=0)
            back.append(best)
            score = paths[best, np.arange(len(best))] + row
        path = [int(np.where(self._stop > 0, score, -np.inf).argmax())]
        for best in reversed(back):
            path.append(int(best[path[-1]]))
        return path[::-1]

    def _well_formed(self, path: NDArray[np.intp]) -> bool:
        inner = self._follows[path[:-1], path[1:]].all()
        return bool(inner and self._start[path[0]] > 0 and self._stop[path[-1]] > 0)


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
