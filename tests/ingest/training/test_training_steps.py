"""The order of the trainers, and which models the later ones read."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.claims.cases import BoundaryModel
from ingest.models import FOLDER_VARIABLE
from ingest.training import figures
from ingest.training.__main__ import run

GOLD = Path(__file__).parents[3] / "bench" / "gold" / "train"
REPORTS = ("train-101", "train-104", "train-106", "train-208", "train-307", "train-511", "train-602", "train-712")


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_figures_are_learned_in_the_cases_found_by_the_new_boundaries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports, out, alone = tmp_path / "reports", tmp_path / "out", tmp_path / "alone"
    for folder in (reports, out, alone):
        folder.mkdir()
    for name in REPORTS:
        for end in (".txt", ".gold.json"):
            shutil.copy(GOLD / f"{name}{end}", reports)
    given = [str(reports), "--out", str(out)]
    assert list(run({"figures": given, "casetypes": given}, out / "training.log", 2)) == ["casetypes", "figures"]
    shutil.copy(out / "case_boundaries.json", alone)
    monkeypatch.setenv(FOLDER_VARIABLE, str(alone))
    BoundaryModel.load.cache_clear()
    figures.main([str(reports), "--out", str(alone)])
    BoundaryModel.load.cache_clear()
    with np.load(out / "figure_subjects.npz") as chained, np.load(alone / "figure_subjects.npz") as made:
        assert np.array_equal(chained["weights"], made["weights"])
