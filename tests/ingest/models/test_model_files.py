"""Model files: a folder of one's own comes before the files that ship."""

from pathlib import Path

import numpy as np
import pytest

from ingest.models import FOLDER_VARIABLE, SHIPPED, ModelError, check_models, model_path, own_models, read_arrays


def test_the_files_that_ship_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert model_path("tagger.npz") == SHIPPED / "tagger.npz"
    assert own_models() == ""


def test_ones_own_file_comes_first_and_the_rest_is_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    np.savez(tmp_path / "tagger.npz", labels=np.arange(3))
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert read_arrays("tagger.npz")["labels"].tolist() == [0, 1, 2]
    assert model_path("relations.npz") == SHIPPED / "relations.npz"
    before = own_models()
    np.savez(tmp_path / "tagger.npz", labels=np.arange(4))
    assert len(before) == 8
    assert own_models() != before


def test_a_missing_folder_and_a_missing_file_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match="nowhere does not exist"):
        model_path("tagger.npz")
    monkeypatch.delenv(FOLDER_VARIABLE)
    with pytest.raises(ModelError, match=r"ingest/models/absent\.npz is missing"):
        model_path("absent.npz")


def test_a_broken_file_is_said_before_any_report_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    check_models()
    (tmp_path / "tagger.npz").write_bytes(b"cut off")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(ModelError, match=r"tagger\.npz cannot be read"):
        check_models()
