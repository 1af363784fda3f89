import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.records import span_errors
from graph.store import Library
from ingest.pipeline import extract_files, ingest, workers_for
from ingest.workers import FileTimeoutError, _main_unseen, _time_bound, outcomes

STORY = (
    "青石县松口镇白鹭湾村牵头成立白鹭茶叶产业联盟\n"
    "2024年3月，白鹭湾村党支部书记周远航与邻近的石桥村、枫林村签约，三村共同出资组建白鹭茶业有限公司。\n"
    "一年下来，公司带动就业120余人，村集体增收30万元。\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    (place / "good.txt").write_text(STORY, encoding="utf-8")
    (place / "also-good.md").write_text(STORY.replace("白鹭", "青鸟"), encoding="gb18030")
    return place


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "library")


def test_good_reports_go_in_and_every_span_reads_back(folder, library):
    summary = ingest([folder], library, workers=1)
    assert (summary.added, summary.known, summary.failures, summary.exit_code) == (2, 0, [], 0)
    assert [r.stem for r in library.reports()] == ["also-good", "good"]
    names = {m.name for m in library.mentions(library.report("good").id)}
    assert {"白鹭湾村", "石桥村", "枫林村"} <= names
    for outcome, _, _ in extract_files([folder], workers=1):
        for extraction in outcome.extractions:
            assert list(span_errors(extraction)) == []


def test_bad_files_are_listed_and_the_rest_goes_in(folder, library):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (folder / "cut.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    (folder / "table.csv").write_text("标题,日期\n白鹭,2024\n", encoding="utf-8")
    bare = folder.parent / "bare"
    bare.mkdir()
    missing = folder.parent / "missing.txt"
    summary = ingest([folder, bare, missing], library, workers=1)
    assert (summary.added, summary.exit_code) == (2, 1)
    assert sorted(Path(f.source).name for f in summary.failures) == [
        "bare",
        "cut.docx",
        "empty.txt",
        "missing.txt",
        "picture.txt",
        "table.csv",
    ]
    assert all(f.reason for f in summary.failures)


def test_the_same_reports_again_change_nothing(folder, library):
    ingest([folder], library, workers=1)
    version = library.version
    summary = ingest([folder], library, workers=1)
    assert (summary.added, summary.known, library.version) == (0, 2, version)
    (folder / "copy.txt").write_text(STORY, encoding="utf-16")
    assert ingest([folder], library, workers=1).added == 0


def test_a_changed_file_takes_the_place_of_its_earlier_version(folder, library):
    ingest([folder], library, workers=1)
    old = library.report("good").id
    (folder / "good.txt").write_text(STORY + "今年又有两个村申请加入。\n", encoding="utf-8")
    summary = ingest([folder], library, workers=1)
    assert (summary.added, summary.replaced, len(library.reports())) == (1, 1, 2)
    assert library.report("good").id != old
    assert library.mentions(old) == []


def test_workers_give_what_one_process_gives(folder):
    alone = [o.extractions for o in outcomes(sorted(folder.iterdir()), workers=1)]
    together = [o.extractions for o in outcomes(sorted(folder.iterdir()), workers=2)]
    assert together == alone


def test_a_worker_that_dies_costs_no_other_report(folder):
    for number in range(12):
        (folder / f"more-{number:02}.txt").write_text(STORY + f"第{number}篇。\n", encoding="utf-8")
    files = sorted(folder.iterdir())
    found = []
    for outcome in outcomes(files, workers=2):
        if not found:
            victim = multiprocessing.active_children()[0]
            assert victim.pid is not None
            os.kill(victim.pid, signal.SIGKILL)
        found.append(outcome)
    assert sorted(o.path for o in found) == files
    assert [o.failures for o in found] == [()] * len(files)


def test_a_file_that_takes_too_long_is_stopped():
    with pytest.raises(FileTimeoutError), _time_bound(1):
        time.sleep(20)


@pytest.mark.parametrize(("files", "wanted", "expected"), [(1, None, 1), (19, None, 1), (500, 3, 3), (0, None, 1)])
def test_a_second_process_is_started_only_where_it_pays(files, wanted, expected):
    assert workers_for(files, wanted) == expected


PROGRAM = """
import sys
from pathlib import Path
import ingest.workers as workers
import loud_module
if __name__ == "__main__":
    found = [o for o in workers.outcomes([Path(p) for p in sys.argv[1:]], 2)]
    print(len(found), [o.failures for o in found])
"""


def test_workers_do_not_import_the_program_they_are_started_from(folder, tmp_path):
    (tmp_path / "loud_module.py").write_text("print('imported')", encoding="utf-8")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, str(program), *map(str, sorted(folder.iterdir()))]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    assert said.splitlines() == ["imported", "2 [(), ()]"]


def test_the_main_module_is_as_before_once_workers_are_started():
    main = sys.modules["__main__"]
    before = main.__spec__, getattr(main, "__file__", None)
    with _main_unseen():
        assert (main.__spec__, getattr(main, "__file__", None)) == (None, None)
    assert (main.__spec__, getattr(main, "__file__", None)) == before


def test_what_extraction_loads_leaves_the_database_and_the_document_readers_out():
    names = ("lancedb", "pandas", "torch", "docx", "pypdf", "trafilatura")
    code = (
        "import sys, ingest.workers; from ingest.extractor import Extractor; Extractor.load();"
        f"print([n for n in {names} if n in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert said.stdout.strip() == "[]"
