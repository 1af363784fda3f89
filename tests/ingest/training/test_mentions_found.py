import pytest

from graph.records import Mention
from ingest.training import mentions_found
from ingest.training.mentions_found import load_mentions, main

FOUND = {"own-1": ["柳湾村", "青石联盟"], "own-2": ["双桥村"]}


@pytest.fixture
def folder(tmp_path):
    for stem, names in FOUND.items():
        (tmp_path / f"{stem}.txt").write_text("、".join(names) + "\n", encoding="utf-8")
        (tmp_path / f"{stem}.gold.json").write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def finder(monkeypatch):
    """A finder that knows what is in the reports, in place of a trained tagger."""

    def find(report, _tagger, _lexicon, extractor):
        places = [(name, report.text.index(name)) for name in FOUND[report.stem]]
        return [Mention(report.id, at, at + len(n), "Village", n, n, "", "", 0.9, extractor) for n, at in places]

    monkeypatch.setattr(mentions_found, "find_mentions", find)
    monkeypatch.setattr(mentions_found.Tagger, "load", staticmethod(lambda: None))
    monkeypatch.setattr(mentions_found.Lexicon, "load", staticmethod(lambda: None))


@pytest.mark.usefixtures("finder")
def test_what_is_found_is_written_and_read_back(folder, monkeypatch):
    monkeypatch.setenv("ALLIANCE_MODELS", str(folder))
    out = folder / "found.jsonl"
    main([str(folder), str(out), "--found-by", str(folder)])
    read = load_mentions(out)
    assert {stem: [m.form for m in mentions] for stem, mentions in read.items()} == FOUND
    assert read["own-1"][0].confidence == 0.9


@pytest.mark.usefixtures("finder")
def test_lines_of_other_reports_are_kept(folder, monkeypatch):
    monkeypatch.setenv("ALLIANCE_MODELS", str(folder))
    out = folder / "found.jsonl"
    out.write_text('{"report": "own-0", "mentions": []}\n{"report": "own-2", "mentions": []}\n', encoding="utf-8")
    main([str(folder), str(out), "--found-by", str(folder)])
    assert {stem: len(mentions) for stem, mentions in load_mentions(out).items()} == {
        "own-0": 0,
        "own-1": 2,
        "own-2": 1,
    }


def test_each_report_is_read_by_a_tagger_that_has_not_learned_from_it(folder, monkeypatch):
    learned, read = [], []

    def module(name, *arguments, models=None):
        stems = sorted(path.stem for path in mentions_found.Path(arguments[0]).glob("*.txt"))
        (learned if name == "train_tagger" else read).append(stems)

    monkeypatch.setattr(mentions_found, "_module", module)
    main([str(folder), str(folder / "found.jsonl"), "--folds", "2"])
    assert learned == [["own-2"], ["own-1"]]
    assert read == [["own-1"], ["own-2"]]
