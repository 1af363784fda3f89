"""How alike places read: the vectors of the passages that tell of them, as the library keeps them.

nearness(origin, settings, passages, vectors) -> {place id: standard deviations above the mean}
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from graph.compare.before import Setting
from graph.records import Passage

Values = npt.NDArray[np.float64]
MOST = 12  # passages a place


def nearness(
    origin: Setting,
    settings: Mapping[str, Setting],
    passages: Sequence[Passage],
    vectors: tuple[Sequence[str], npt.NDArray[np.float32]],
) -> dict[str, float]:
    """Cosine between the mean passages of the origin and of each place, the mean of all taken off, standardised.

    `vectors` are passage ids and an array [passages, dimensions], as `Library.vectors` gives them; without any, or with
    fewer than three places, nothing is said.
    """
    ids, rows = vectors
    if not len(ids):
        return {}
    row_of = {passage: at for at, passage in enumerate(ids)}
    centre = rows.mean(axis=0)
    by_report: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.id in row_of:
            by_report[passage.report].append(passage)
    means: dict[str, Values] = {}
    for place, setting in settings.items():
        # A report that tells of both places says nothing of how alike they are.
        shared = {proof.report for proof in origin.where} if place != origin.place.id else set()
        own = [row_of[p] for p in _telling(setting, by_report, shared)]
        if own:
            means[place] = (rows[own] - centre).mean(axis=0).astype(np.float64)
    return _standardised(origin.place.id, means)


def _telling(setting: Setting, by_report: Mapping[str, Sequence[Passage]], shared: set[str]) -> list[str]:
    """Ids of the passages that hold the first sentences that name the place, outside the reports `shared`."""
    found: dict[str, None] = {}
    for proof in [proof for proof in setting.where if proof.report not in shared][:MOST]:
        held = (p.id for p in by_report.get(proof.report, ()) if p.start <= proof.start < p.end)
        if first := next(held, ""):
            found[first] = None
    return list(found)


def _standardised(origin: str, means: Mapping[str, Values]) -> dict[str, float]:
    others = [place for place in means if place != origin]
    if origin not in means or len(others) < 3:
        return {}
    table = np.stack([means[place] for place in others])
    lengths = np.linalg.norm(table, axis=1) * np.linalg.norm(means[origin])
    cosines = (table @ means[origin]) / np.maximum(lengths, 1e-9)
    deviation = float(cosines.std())
    if deviation < 1e-9:
        return {}
    scores = (cosines - cosines.mean()) / deviation
    return dict(zip(others, scores.tolist(), strict=True))
