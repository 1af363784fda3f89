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


def project(rows: Floats, weight: Floats, bias: Floats, packing: Packing) -> Floats:
    """Packed input projections (2, rows, columns) of `rows` in row order.

    `weight` is (2, width, columns), `bias` (2, columns). Rows are put in order first, while they are narrow.
    """
    out = np.empty((2, packing.rows.shape[1], weight.shape[2]), dtype=np.float32)
    for d in range(2):
        np.matmul(rows[packing.rows[d]], weight[d], out=out[d])
        out[d] += bias[d]
    return out


@dataclass(frozen=True, slots=True)
class BiGru:
    """A bidirectional GRU layer, h' = (1 - u) h + u c; `gates` (2, width, 2 width) for u and r, `candidate` for c.

    A logistic function is computed as 1/(1+e^-2x) = (1 + tanh x) / 2, for numpy's tanh is the faster one: the columns
    of u and r hold half their weights, and `candidate` half of its own, since it is given 2 r h.
    """

    gates: Floats
    candidate: Floats

    def run(self, projected: Floats, sizes: NDArray[np.intp]) -> Floats:
        """Hidden states (2, rows, width) of packed input projections (2, rows, 3 width: u, r, c)."""
        width = self.candidate.shape[1]
        alive = int(sizes[0]) if len(sizes) else 0
        out = np.empty((2, projected.shape[1], width), dtype=np.float32)
        gate_room = np.empty((2, alive, 2 * width), dtype=np.float32)
        kept_room, candidate_room = np.empty((2, 2, alive, width), dtype=np.float32)
        state: Floats = np.zeros((2, alive, width), dtype=np.float32)
        end = 0
        for size in sizes.tolist():
            start, end = end, end + size
            gates, kept, candidate = gate_room[:, :size], kept_room[:, :size], candidate_room[:, :size]
            state = state[:, :size]
            given = projected[:, start:end]
            np.matmul(state, self.gates, out=gates)
            gates += given[..., : 2 * width]
            np.tanh(gates, out=gates)
            gates += 1.0
            np.multiply(gates[..., width:], state, out=kept)
            np.matmul(kept, self.candidate, out=candidate)
            candidate += given[..., 2 * width :]
            np.tanh(candidate, out=candidate)
            candidate -= state
            candidate *= gates[..., :width]
            candidate *= 0.5
            state = np.add(state, candidate, out=out[:, start:end])
        return out


@dataclass(frozen=True, slots=True)
class BiLstm:
    """A bidirectional LSTM layer; `recurrent` (2, width, 4 width), columns for i, f, o (halved as in BiGru) and g."""

    recurrent: Floats

    def run(self, projected: Floats, sizes: NDArray[np.intp]) -> Floats:
        """Hidden states (2, rows, width) of packed input projections (2, rows, 4 width: i, f, o, g)."""
        width = self.recurrent.shape[1]
        alive = int(sizes[0]) if len(sizes) else 0
        out = np.empty((2, projected.shape[1], width), dtype=np.float32)
        room = np.empty((2, alive, 4 * width), dtype=np.float32)
        added = np.empty((2, alive, width), dtype=np.float32)
        state: Floats = np.zeros((2, alive, width), dtype=np.float32)
        cells = np.zeros_like(state)
        end = 0
        for size in sizes.tolist():
            start, end = end, end + size
            gates, more, cell = room[:, :size], added[:, :size], cells[:, :size]
            np.matmul(state[:, :size], self.recurrent, out=gates)
            gates += projected[:, start:end]
            np.tanh(gates, out=gates)
            sigmoid = gates[..., : 3 * width]
            sigmoid += 1.0  # twice the logistic function
            cell *= gates[..., width : 2 * width]
            np.multiply(gates[..., :width], gates[..., 3 * width :], out=more)
            cell += more
            cell *= 0.5
            state = out[:, start:end]
            np.tanh(cell, out=state)
            state *= gates[..., 2 * width : 3 * width]
            state *= 0.5
        return out


def crf_marginals(emissions: Floats, edges: Floats, transitions: Floats, packing: Packing) -> Floats:
    """The probability (rows, labels) of each label of a linear CRF with scores `emissions` (rows, labels), row order.

    `edges` (2, labels) are the weights, not their logarithms, of what a sequence may begin and end with; `transitions`
    (labels, labels) those of a label after another. Each step is scaled to sum 1, so no logarithm is needed.
    """
    likely = np.exp(emissions - emissions.max(axis=1, keepdims=True))
    packed = likely[packing.rows]
    steps = np.stack([transitions, transitions.T])
    message = np.empty_like(packed)  # what the rows before (0) and behind (1) say of a row
    state = packed[:, :0]
    end = 0
    for size in packing.sizes.tolist():
        start, end = end, end + size
        given = message[:, start:end]
        if start:
            np.matmul(state[:, :size], steps, out=given)
        else:
            given[:] = edges[:, None]
        state = given * packed[:, start:end]
        state /= state.sum(axis=2, keepdims=True)
    out: Floats = likely
    for d in range(2):
        said = np.empty_like(out)
        said[packing.rows[d]] = message[d]
        out *= said
    out /= out.sum(axis=1, keepdims=True)
    return out
