"""The layers against plain loops."""

from itertools import pairwise, product

import numpy as np
import pytest

from ingest.models.networks import crf_marginals, pack, unpack

COUNTS = [3, 0, 4, 1]


def test_packing_and_unpacking_keeps_every_row_in_its_place():
    packing = pack(COUNTS)
    rows = np.arange(16, dtype=np.float32).reshape(8, 2)
    assert packing.sizes.tolist() == [3, 2, 2, 1]
    assert (
        unpack(np.stack([rows[order] for order in packing.rows]), packing).tolist() == np.hstack([rows, rows]).tolist()
    )


def test_crf_marginals_are_the_sums_over_all_label_sequences():
    chance = np.random.default_rng(5)
    emissions, edges = chance.normal(size=(8, 3)), np.exp(chance.normal(size=(2, 3)))
    transitions = np.exp(chance.normal(size=(3, 3)))
    transitions[0, 1] = 0.0
    expected, at = [], 0
    for count in COUNTS:
        sums = np.zeros((count, 3))
        for path in product(range(3), repeat=count) if count else ():
            weight = edges[0, path[0]] * edges[1, path[-1]]
            weight *= np.exp(sum(emissions[at + k, label] for k, label in enumerate(path)))
            weight *= np.prod([transitions[a, b] for a, b in pairwise(path)])
            sums[range(count), path] += weight
        expected.append(sums / sums.sum(axis=1, keepdims=True) if count else sums)
        at += count
    said = crf_marginals(*(a.astype(np.float32) for a in (emissions, edges, transitions)), pack(COUNTS))
    assert said == pytest.approx(np.concatenate(expected), abs=1e-5)
