"""The lexical network LAC 2.1.2 (Baidu, Apache-2.0) in numpy: words with parts of speech, people, places, bodies.

A text is cut into units by the best path through a dictionary; units the network does not know are read by the
character. Over their embeddings (128) run two bidirectional GRU layers (128 each way), then a linear CRF says the tags.
Tags are LAC's: PER, LOC, ORG, TIME, nw (work), nz (other name), n, v, … each with -B or -I. The hidden states feed
`ingest.mentions.tagger`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.models import Arrays, read_arrays, unpack_words
from ingest.models.networks import BiGru, Floats, Packing, crf_marginals, pack, project, unpack

HIDDEN = 128
LAYERS = 2
LONGEST_WORD = 3  # of LAC's dictionary
LATIN = re.compile(r"[a-zA-Z0-9]")
# LAC's path maximises the sum of log(word length) - TOTAL; TOTAL only has to be large enough to put few words first
FEW_WORDS_FIRST = 18.0


class Word(NamedTuple):
    """A word [start, end) of a text with its LAC tag (`PER`, `n`, …)."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Lexed:
    """What the network says of a batch of texts, a row for each unit: `lengths` in characters, `tags` as numbers,
    `states` (units, 256); `counts` says how many units each text has.
    """

    counts: list[int]
    lengths: NDArray[np.intp]
    tags: NDArray[np.intp]
    states: Floats


class Layer(NamedTuple):
    """A bidirectional layer with its input projection: `weight` (2, width, 3 HIDDEN), `bias` (2, 3 HIDDEN)."""

    weight: Floats
    bias: Floats
    recurrent: BiGru


class LexicalModel:
    """The network with its dictionaries; `load` gives the one instance of this process."""

    def __init__(self, arrays: Arrays) -> None:
        self.tags = unpack_words(arrays["tags"])
        self._dictionary = frozenset(unpack_words(arrays["dictionary"]))
        self._rows = {word: row for row, word in enumerate(unpack_words(arrays["words"])) if word}
        self._embedding, self._scale = arrays["embedding"], arrays["scale"].astype(np.float32)

        def floats(name: str) -> Floats:
            return arrays[name].astype(np.float32)

        # logistic gates and candidates take halved weights (see networks)
        half = np.repeat(np.array([0.5, 0.5, 1.0], dtype=np.float32), HIDDEN)

        def stacked(name: str, layer: int) -> Floats:
            return np.stack([floats(f"{name}_{k}") for k in (2 * layer, 2 * layer + 1)])

        self._layers = [
            Layer(
                stacked("input_weight", layer) * half,
                stacked("bias", layer) * half,
                BiGru(stacked("gates", layer) * np.float32(0.5), stacked("candidate", layer) * np.float32(0.5)),
            )
            for layer in range(LAYERS)
        ]
        self._emission = floats("emission_weight"), floats("emission_bias")
        self._edges = np.exp(np.stack([floats("crf_start"), floats("crf_stop")]))
        self._transitions: Floats = np.exp(floats("crf_transitions"))

    @staticmethod
    @cache
    def load() -> "LexicalModel":
        """The model that ships with this version, read once in a process."""
        return LexicalModel(read_arrays("lexical.npz"))

    @property
    def width(self) -> int:
        """How many numbers a hidden state has."""
        return 2 * HIDDEN

    @property
    def vocabulary(self) -> list[str]:
        """The units the network knows."""
        return list(self._rows)

    def embed(self, units: Sequence[str]) -> Floats:
        """Embeddings (units, 128) of known units."""
        rows = [self._rows[unit] for unit in units]
        return self._embedding[rows].astype(np.float32) * self._scale[rows]

    def lex(self, texts: Sequence[str]) -> Lexed:
        """Units, tags and hidden states of `texts` (simplified script; half-width or full-width as they come)."""
        counts: list[int] = []
        lengths: list[int] = []
        rows: list[int] = []
        for text in texts:
            before = len(rows)
            self._units(text, rows, lengths)
            counts.append(len(rows) - before)
        packing = pack(counts)
        states = self._states(np.asarray(rows, dtype=np.intp), packing)
        weight, bias = self._emission
        tags = crf_marginals(states @ weight + bias, self._edges, self._transitions, packing).argmax(axis=1)
        return Lexed(counts, np.asarray(lengths, dtype=np.intp), tags, states)

    def words(self, text: str) -> list[Word]:
        """The words of one text with their tags; together they cover it."""
        lexed = self.lex([text])
        found: list[Word] = []
        at = 0
        for length, number in zip(lexed.lengths.tolist(), lexed.tags.tolist(), strict=True):
            tag, _, position = self.tags[number].partition("-")
            if found and position == "I":
                found[-1] = Word(found[-1].start, at + length, tag)
            else:
                found.append(Word(at, at + length, tag))
            at += length
        return found

    def _units(self, text: str, rows: list[int], lengths: list[int]) -> None:
        """Append vocabulary rows and lengths of the units of `text`."""
        for word in self.cut(text):
            row = self._rows.get(word)
            if row is not None:
                rows.append(row)
                lengths.append(len(word))
            else:
                rows.extend(self._rows.get(character, 0) for character in word)
                lengths.extend(1 for _ in word)

    def cut(self, text: str) -> list[str]:
        """The best path through the dictionary: fewest words, then longest; runs of letters and digits stay whole."""
        size = len(text)
        dictionary = self._dictionary
        one, two, three = (math.log(width) - FEW_WORDS_FIRST for width in (1, 2, 3))
        padded = text + "\0\0"  # no word holds this character, so none reaches beyond the text
        score = [0.0] * (size + LONGEST_WORD)
        length = [1] * size
        for start in range(size - 1, -1, -1):
            best, chosen = one + score[start + 1], 1
            if padded[start : start + 2] in dictionary and (reached := two + score[start + 2]) >= best:
                best, chosen = reached, 2
            if padded[start : start + 3] in dictionary and (reached := three + score[start + 3]) >= best:
                best, chosen = reached, 3
            score[start], length[start] = best, chosen
        words: list[str] = []
        start, latin = 0, False
        while start < size:
            end = start + length[start]
            word = text[start:end]
            joined = end == start + 1 and LATIN.match(word) is not None
            if joined and latin:
                words[-1] += word
            else:
                words.append(word)
            start, latin = end, joined
        return words

    def _states(self, rows: NDArray[np.intp], packing: Packing) -> Floats:
        """Hidden states (units, 256) of the upper layer."""
        states: Floats = self._embedding[rows].astype(np.float32)
        states *= self._scale[rows]
        for layer in self._layers:
            projected = project(states, layer.weight, layer.bias, packing)
            states = unpack(layer.recurrent.run(projected, packing.sizes), packing)
        return states
