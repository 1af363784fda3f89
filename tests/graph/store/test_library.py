import json
import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made import TEXT, made_extraction

from graph.errors import LibraryError, NotFoundError
from graph.records import Extraction, Judgement, Passage, as_row
from graph.store import Library
from graph.store.anchors import MentionAnchor, from_text


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "library")


def other(number: int = 1) -> Extraction:
    return made_extraction(village_name=f"梅岭{number}")


def everything(library: Library) -> str:
    rows = [library.reports(), library.cases(), library.mentions(), library.claims(), library.figures()]
    return json.dumps([[as_row(r) for r in records] for records in rows], ensure_ascii=False)


def test_what_goes_in_comes_out(library, extraction):
    assert library.add([extraction]) == 1
    again = Library.open(library.uri)
    assert again.report("柳湾") == extraction.report
    assert again.report(extraction.report.id) == extraction.report
    assert again.cases() == list(extraction.cases)
    assert again.mentions() == sorted(extraction.mentions, key=lambda m: m.start)
    assert again.claims() == list(extraction.claims)
    assert again.figures() == list(extraction.figures)


def test_the_same_report_twice_changes_nothing(library, extraction):
    library.add([extraction])
    before, version = everything(library), library.version
    assert library.add([extraction, extraction]) == 0
    assert everything(library) == before
    assert library.version == version


def test_a_deleted_report_leaves_the_library_as_if_it_had_never_come(tmp_path):
    with_both, without = Library.create(tmp_path / "a"), Library.create(tmp_path / "b")
    with_both.add([made_extraction(), other()])
    without.add([made_extraction()])
    gone = with_both.delete("梅岭1")
    assert gone == other().report
    assert everything(with_both) == everything(without)
    assert with_both.passages() == []


def test_rows_without_their_report_are_seen_by_nobody_and_swept(library, extraction, monkeypatch):
    def crash(name, rows, append=library._tables.append):
        if name == "reports":
            raise KeyboardInterrupt
        append(name, rows)

    monkeypatch.setattr(library._tables, "append", crash)
    with pytest.raises(KeyboardInterrupt):
        library.add([extraction])
    reopened = Library.open(library.uri)
    assert (reopened.reports(), reopened.mentions(), reopened.claims()) == ([], [], [])
    assert reopened._tables.count("mentions") == 3
    reopened.add([other()])
    assert reopened._tables.count("mentions") == 3
    assert {m.report for m in reopened.mentions()} == {other().report.id}


def _write_for_ever(uri: str) -> None:
    library = Library.open(uri)
    for number in range(100_000):
        library.add([other(number)])


def test_a_writer_killed_in_the_middle_leaves_whole_reports(library):
    writer = multiprocessing.get_context("spawn").Process(target=_write_for_ever, args=(library.uri,))
    writer.start()
    deadline = time.monotonic() + 60
    while library._tables.count("reports") < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    reopened = Library.open(library.uri)
    reports = reopened.reports()
    assert len(reports) >= 3
    for report in reports:
        assert len(reopened.mentions(report.id)) == 3
        assert len(reopened.claims(report.id)) == 2
    reopened.add([made_extraction()])
    assert reopened._tables.count("mentions") == 3 * (len(reports) + 1)


def test_judgements_are_kept_oldest_first(library):
    late = Judgement("identity", "e-1", "e-2", "same", "林", "2025-02-01T08:00:00+08:00", "同一个村")
    early = Judgement("claim", "k-1", "", "wrong", "林", "2025-01-01T08:00:00+08:00")
    library.judge([late])
    library.judge([early, late])
    assert library.judgements() == [early, late]


def test_judgements_note_where_what_they_judge_stands(library, extraction):
    library.add([extraction])
    mention, claim = extraction.mentions[0], extraction.claims[0]
    when = "2025-01-01T08:00:00+08:00"
    library.judge(
        [Judgement("type", mention.id, "", "Place", "林", when), Judgement("claim", claim.id, "", "wrong", "林", when)]
    )
    said = {j.subject: from_text(j.subject_at) for j in library.judgements()}
    assert said[mention.id] == MentionAnchor.of(mention)
    assert (said[claim.id].type, said[claim.id].head) == (claim.type, MentionAnchor.of(mention))
    library.delete(extraction.report.id)
    library.judge([Judgement("name", mention.id, "", "柳湾", "林", when)])
    assert {j.kind: j.subject_at != "" for j in library.judgements()} == {"type": True, "claim": True, "name": False}


def test_a_judgement_that_is_there_stays_as_it_is(library, extraction):
    library.add([extraction])
    said = Judgement("type", extraction.mentions[0].id, "", "Place", "林", "2025-01-01T08:00:00+08:00")
    library.judge([said])
    kept = library.judgements()
    library.judge([replace(said, why="另一个理由"), said])
    assert library.judgements() == kept


def test_passages_are_found_by_words_and_by_vector(library, extraction):
    library.add([extraction, other()])
    case = extraction.cases[0]
    texts = [(extraction.report, case.id), (other().report, other().cases[0].id)]
    passages = [Passage(report.id, case_id, 0, 24, report.text[:24]) for report, case_id in texts]
    library.put_passages(passages, ["柳湾 茶业", "梅岭 茶业"], np.eye(2, 4, dtype=np.float32))
    library.reindex()
    assert library.match_text(["柳湾"], 5).ids == [passages[0].id]
    assert set(library.match_text(["茶业"], 5).ids) == {p.id for p in passages}
    assert library.match_text(["茶业"], 5, cases=[case.id]).ids == [passages[0].id]
    assert library.match_text(["茶业"], 5, cases=[]).ids == []
    hits = library.match_vector(np.array([0, 1, 0, 0], dtype=np.float32), 1)
    assert hits.ids == [passages[1].id]
    assert hits.scores == pytest.approx([1.0])
    assert library.unindexed_reports() == []
    library.delete("梅岭1")
    assert library.passages() == [passages[0]]


def test_another_encoder_forgets_the_vectors_of_the_first(library, extraction):
    library.add([extraction])
    library.set_encoder("small")
    library.put_passages([Passage(extraction.report.id, "", 0, 5, TEXT[:5])], ["清溪"], np.eye(1, 4, dtype=np.float32))
    library.set_encoder("small")
    assert library.vectors()[1].shape == (1, 4)
    library.set_encoder("large")
    assert library.encoder == "large"
    assert library.unindexed_reports() == [extraction.report.id]


def test_names_that_fit_nothing_or_too_much_are_errors(library, extraction):
    library.add([extraction, made_extraction(TEXT + "\n又讯。")])
    with pytest.raises(NotFoundError, match="No report is called '无此'"):
        library.report("无此")
    with pytest.raises(NotFoundError, match=r"2 reports are called '柳湾'\. Name one by its id: r-"):
        library.report("柳湾")


def test_a_quote_in_a_name_is_only_a_quote(library, extraction):
    named = replace(extraction.report, stem="o'clock' OR '1'='1")
    library.add([Extraction(named)])
    assert library.report("o'clock' OR '1'='1").stem == named.stem
    with pytest.raises(NotFoundError):
        library.report("' OR '1'='1")


def test_folders_that_are_no_library_say_so(tmp_path):
    with pytest.raises(LibraryError, match=r"There is no library at .*alliance ingest"):
        Library.open(tmp_path / "missing")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("x")
    with pytest.raises(LibraryError, match="is no library: it has no manifest"):
        Library.open(tmp_path / "notes")
    with pytest.raises(LibraryError, match="is not empty"):
        Library.create(tmp_path / "notes")
    with pytest.raises(LibraryError, match="is a file"):
        Library.create(tmp_path / "notes" / "a.txt")


def test_a_library_of_another_schema_says_how_to_go_on(library):
    library._set("schema", "7")
    with pytest.raises(LibraryError, match=r"has schema version 7; this program reads 1\. .*alliance ingest PATH"):
        Library.open(library.uri)


def _hold(uri: str, ready: "multiprocessing.synchronize.Event") -> None:
    with Library.open(uri).writing():
        ready.set()
        time.sleep(30)


def test_a_second_writer_is_told_to_wait(library, extraction, monkeypatch):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=_hold, args=(library.uri, ready))
    holder.start()
    assert ready.wait(30)
    monkeypatch.setattr("graph.store.library.LOCK_SECONDS", 0.1)
    with pytest.raises(LibraryError, match="Another program is writing"):
        Library.open(library.uri).add([extraction])
    holder.kill()
    holder.join()


def test_the_version_changes_with_every_write(library, extraction):
    seen = {library.version}
    library.add([extraction])
    seen.add(library.version)
    library.judge([Judgement("claim", "k-1", "", "wrong", "林", "2025-01-01T08:00:00+08:00")])
    seen.add(library.version)
    library.delete("柳湾")
    seen.add(library.version)
    assert len(seen) == 4
