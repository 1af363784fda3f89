"""Recurrent layers in numpy, over many sequences of different lengths at once.

Sequences lie one after the other as the rows of one array ("row order"). For a recurrent layer they are packed step by
step, longest first: step t holds one row of every sequence that is longer than t, so no padding is ever computed. Both
directions run in the same steps, the backward one over reversed sequences.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Packing:
    """Where each row of a batch goes: `sizes[t]` sequences are alive at step t; `rows[d]` are the row numbers in
    packed order for direction d (0 forward, 1 backward); both directions hold the same sequences in the same steps.
    """

    sizes: NDArray[np.intp]
    rows: Indices


def pack(lengths: Sequence[int]) -> Packing:
    """The packing of sequences of `lengths` rows; lengths of 0 take no part."""
    counts = np.asarray(lengths, dtype=np.intp)
    starts = np.cumsum(counts) - counts
    order = np.argsort(-counts, kind="stable")
    counts, starts = counts[order], starts[order]
    longest = int(counts[0]) if len(counts) else 0
    # counts fall, so the sequences alive at step t are the first ones
    sizes = np.searchsorted(-counts, -np.arange(longest), side="left").astype(np.intp)
    alive = [np.arange(size) for size in sizes]
    empty = np.empty(0, dtype=np.intp)
    sequence = np.concatenate(alive) if alive else empty
    step = np.repeat(np.arange(longest), sizes)
    forward = starts[sequence] + step
    backward = starts[sequence] + counts[sequence] - 1 - step
    return Packing(sizes, np.stack([forward, backward]))


def unpack(packed: Floats, packing: Packing) -> Floats:
    """Row order (rows, 2 * width) of the packed outputs (2, rows, width) of both directions."""
    _, rows, width = packed.shape
    out = np.empty((rows, 2 * width), dtype=np.float32)
    out[packing.rows[0], :width] = packed[0]
    out[packing.rows[1], width:] = packed[1]
    return out


def _squash(gates: Floats) -> None:
    """Logistic function in place, of numbers that were halved beforehand: 1/(1+e^-2x) = (1 + tanh x) / 2."""
    np.tanh(gates, out=gates)
    gates *= 0.5
    gates += 0.5


@dataclass(frozen=True, slots=True)
class BiGru:
    """A bidirectional GRU layer, h' = (1 - u) h + u c; `gates` (2, width, 2 width) for u and r, `candidate` for c.

    Made by `halved`, for the columns of u and r hold half their weights (see `_squash`).
    """

    gates: Floats
    candidate: Floats

    def run(self, projected: Floats, sizes: NDArray[np.intp]) -> Floats:
        """Hidden states (2, rows, width) of packed input projections (2, rows, 3 width: u, r, c)."""
        width = self.candidate.shape[1]
        out = np.empty((2, projected.shape[1], width), dtype=np.float32)
        state: Floats = np.zeros((2, int(sizes[0]) if len(sizes) else 0, width), dtype=np.float32)
        end = 0
        for size in sizes:
            start, end = end, end + size
            state = state[:, :size]
            given = projected[:, start:end]
            gates: Floats = state @ self.gates
            gates += given[..., : 2 * width]
            _squash(gates)
            kept: Floats = gates[..., width:] * state
            candidate: Floats = kept @ self.candidate
            candidate += given[..., 2 * width :]
            np.tanh(candidate, out=candidate)
            candidate -= state
            candidate *= gates[..., :width]
            candidate += state
            state = candidate
            out[:, start:end] = state
        return out


@dataclass(frozen=True, slots=True)
class BiLstm:
    """A bidirectional LSTM layer; `recurrent` (2, width, 4 width), columns for i, f, o (halved, see `_squash`), g."""

    recurrent: Floats

    def run(self, projected: Floats, sizes: NDArray[np.intp]) -> Floats:
        """Hidden states (2, rows, width) of packed input projections (2, rows, 4 width: i, f, o, g)."""
        width = self.recurrent.shape[1]
        out = np.empty((2, projected.shape[1], width), dtype=np.float32)
        alive = int(sizes[0]) if len(sizes) else 0
        state = np.zeros((2, alive, width), dtype=np.float32)
        cell = np.zeros_like(state)
        end = 0
        for size in sizes:
            start, end = end, end + size
            gates: Floats = state[:, :size] @ self.recurrent
            gates += projected[:, start:end]
            np.tanh(gates, out=gates)
            sigmoid = gates[..., : 3 * width]
            sigmoid *= 0.5
            sigmoid += 0.5
            cell = cell[:, :size]
            cell *= gates[..., width : 2 * width]
            cell += gates[..., :width] * gates[..., 3 * width :]
            state = np.tanh(cell)
            state *= gates[..., 2 * width : 3 * width]
            out[:, start:end] = state
        return out
