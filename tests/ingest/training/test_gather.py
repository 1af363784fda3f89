"""Bringing annotated reports together: sound ones are copied, unsound ones listed with the row that is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.training.__main__ import main
from ingest.training.gather import NoReportsError, gather, problems

TEXT = "清源县石岭村与南坡村结对，合办豆腐坊，去年增收30万元。\n"


def gold(**changes: Any) -> dict[str, Any]:
    rows: dict[str, Any] = {
        "id": "a",
        "title": "石岭村与南坡村结对",
        "cases": [
            {"title": "石岭村与南坡村结对", "types": ["strong_village"], "place": "清源县", "anchors": ["石岭村"]}
        ],
        "entities": [
            {"name": "石岭村", "type": "Village", "aliases": [], "within": "清源县"},
            {"name": "南坡村", "type": "Village", "aliases": [], "within": "清源县"},
            {"name": "清源县", "type": "Division", "aliases": [], "within": ""},
        ],
        "relations": [{"head": "石岭村", "type": "partners_with", "tail": "南坡村", "evidence": "石岭村与南坡村结对"}],
        "figures": [
            {"subject": "石岭村", "indicator": "增收", "value": 300000, "unit": "元", "evidence": "增收30万元"}
        ],
    }
    return rows | changes


def write(folder: Path, name: str, rows: dict[str, Any], text: str = TEXT) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.gold.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_a_sound_report_has_no_problems() -> None:
    assert problems(gold(), TEXT) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"entities": [{"name": "石岭村", "type": "Hamlet"}], "relations": [], "figures": []},
            ["石岭村: no entity type is called Hamlet"],
        ),
        (
            {"relations": [{"head": "石岭村", "type": "partners_with", "tail": "北坡村", "evidence": ""}]},
            ["石岭村 partners_with 北坡村: 北坡村 has no entity row"],
        ),
        (
            {"relations": [{"head": "石岭村", "type": "produces", "tail": "南坡村", "evidence": ""}]},
            ["石岭村 produces 南坡村: does not lead from a Village to a Village"],
        ),
        (
            {"relations": [{"head": "石岭村", "type": "partners_with", "tail": "南坡村", "evidence": "签约"}]},
            ["石岭村 partners_with 南坡村: its evidence does not stand in the text"],
        ),
        (
            {"figures": [{"subject": "石岭村", "indicator": "增收", "value": "三十万", "unit": "元"}]},
            ["石岭村 增收: the value '三十万' is no number"],
        ),
        (
            {"figures": [{"subject": "东村", "indicator": "增收", "value": 1, "unit": "元"}]},
            ["东村 增收: 东村 is neither an entity nor a case"],
        ),
        ({"cases": [{"title": "一", "types": ["club"]}]}, ["一: no case type is called club"]),
        ({"entities": [{"type": "Village"}]}, ["a row lacks 'name' or has the wrong form"]),
    ],
)
def test_each_wrong_row_is_named(changes: dict[str, Any], said: list[str]) -> None:
    assert problems(gold(**changes), TEXT) == said


def test_reports_of_several_folders_come_together(tmp_path: Path) -> None:
    write(tmp_path / "ours", "train-103", gold())
    write(tmp_path / "own", "石岭", gold())
    write(tmp_path / "own", "南坡", gold(figures=[{"subject": "无"}]))
    place = tmp_path / "place"
    place.mkdir()
    found = gather([tmp_path / "ours", tmp_path / "own"], place)
    assert (found.reports, sorted(p.name for p in place.glob("*.txt"))) == (2, ["own-000004.txt", "train-103.txt"])
    assert found.problems == [f"{tmp_path / 'own' / '南坡.gold.json'}: a row lacks 'indicator' or has the wrong form"]


def test_what_is_kept_out_for_measuring_stays_behind(tmp_path: Path) -> None:
    write(tmp_path / "ours", "train-102", gold())
    write(tmp_path / "ours", "train-103", gold())
    place = tmp_path / "place"
    place.mkdir()
    assert gather([tmp_path / "ours"], place, held_out=True).reports == 1
    assert [p.name for p in place.glob("*.txt")] == ["train-103.txt"]


def test_a_text_that_is_missing_is_said(tmp_path: Path) -> None:
    write(tmp_path, "a", gold())
    (tmp_path / "a.txt").unlink()
    with pytest.raises(NoReportsError, match=r"a\.txt is missing beside it"):
        gather([tmp_path], tmp_path / "place")


def test_a_folder_without_annotated_reports_ends_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--out", str(tmp_path / "models")]) == 2
    assert "it holds no NAME.gold.json" in capsys.readouterr().err
