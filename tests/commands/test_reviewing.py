"""The terminal review, with its answers from a pipe; judgements as a file."""

import json

import pytest
from made_review import FIRST, SECOND, make_review
from typer.testing import CliRunner

import cli
from commands.review_terminal import Answer, Lines, plain, type_code
from graph.identity import derive
from graph.records import Judgement
from graph.store import Library


@pytest.fixture
def library(tmp_path):
    make_review(tmp_path / "library")
    return tmp_path / "library"


def run(*arguments: object, answers: str = ""):
    return CliRunner().invoke(cli.app, [str(a) for a in arguments], input=answers)


def made(library) -> list[tuple[str, str, str]]:
    return [(j.kind, j.verdict, j.who) for j in Library.open(library).judgements()]


def teams(library) -> list[str]:
    held = Library.open(library)
    found = derive(held.mentions(), held.reports(), held.judgements())
    return sorted(e.name for e in found.by_id.values() if e.type == "Organization")


def test_decisions_from_a_pipe_are_written_one_by_one(library):
    result = run("review", "-l", library, "--who", "韩", answers="w 只买过一次\ns\nu\n")
    assert result.exit_code == 0, result.output
    assert made(library) == [("claim", "wrong", "韩"), ("identity", "same", "韩"), ("claim", "unsure", "韩")]
    wrong = Library.open(library).judgements()[0]
    assert (wrong.why, wrong.score) == ("只买过一次", 0.5)
    assert wrong.subject_at != ""
    assert "Decided: 3; left: 2." in result.output
    assert teams(library) == ["青禾实践团队"]


def test_what_is_asked_shows_both_sides_with_their_sentences_and_reasons(library):
    said = "".join(run("review", "-l", library, "--kind", "identity", answers="q\n").output.split())
    assert "是同一个吗？" in said
    assert "现为两个实体" in said
    assert "青禾下田" in said
    assert "秋收<b>重逢</b>" in said
    assert "2023-07-20" in said
    assert "+0.46" in said
    assert "得分score0.74" in said


def test_a_claim_is_asked_with_its_sentence(library):
    said = run("review", "-l", library, "--kind", "claim", "-n", "1", answers="q\n").output
    assert "合作 partners with" in said
    assert "林月 ↔ 石桥湾村" in said
    assert "同石桥湾村只有过一次买卖" in said.replace("\n", "")


def test_undo_takes_the_last_decision_back_and_asks_again(library):
    result = run("review", "-l", library, "--kind", "identity", answers="s\nz\nd\nq\n")
    assert result.exit_code == 0, result.output
    assert [verdict for _, verdict, _ in made(library)] == ["same", "withdrawn", "different"]
    assert teams(library) == ["青禾实践团", "青禾实践团队"]
    assert "Decided: 1; left: 0." in result.output


def test_undo_without_a_decision_says_so(library):
    assert "Nothing was decided in this sitting" in run("review", "-l", library, answers="z\nq\n").output
    assert made(library) == []


def test_types_and_names_are_corrected_before_the_claim_is_judged(library):
    answers = "t 1 企业\nn 2 石桥湾新村\nt 3 企业\nt 1 Dorf\nr\n"
    result = run("review", "-l", library, "--kind", "claim", "-n", "1", "--who", "梁", answers=answers)
    assert made(library) == [("type", "Enterprise", "梁"), ("name", "石桥湾新村", "梁"), ("claim", "right", "梁")]
    assert "'Dorf' is no type" in result.output
    assert "Say 1 or 2" in result.output


def test_skip_help_and_a_reason_given_beforehand(library):
    result = run("review", "-l", library, "--kind", "claim", answers="k\n?\ne 看过原报\nr\nq\n")
    assert "k 跳过 skip" in result.output
    judgement = Library.open(library).judgements()[0]
    assert (judgement.verdict, judgement.why) == ("right", "看过原报")


def test_numbers_decide_as_the_letters_do(library):
    run("review", "-l", library, "--who", "韩", answers="2\n1\n3\n")
    assert [verdict for _, verdict, _ in made(library)] == ["wrong", "same", "unsure"]


def test_the_queue_for_programs(library):
    found = json.loads(run("review", "-l", library, "--json").stdout)
    assert [(row["kind"], row["type"]) for row in found[:2]] == [
        ("claim", "partners_with"),
        ("identity", "Organization"),
    ]
    pair = found[1]
    assert pair["id"] == f"{pair['subject']}~{pair['object']}"
    quoted = pair["sides"][0]["quotes"][0]
    assert quoted["text"][quoted["marks"][0][0] - quoted["start"] :].startswith("“青禾”")
    assert quoted["text"] in (FIRST[quoted["start"] : quoted["end"]], SECOND[quoted["start"] : quoted["end"]])
    assert {"name", "share", "zh", "en"} <= set(pair["reasons"][0])
    assert found[0]["evidence"]["report"] == "review-02"
    assert len(json.loads(run("review", "-l", library, "--json", "--limit", "1").stdout)) == 1
    about = json.loads(run("review", "-l", library, "--json", "--about", "江东农业大学").stdout)
    assert [row["type"] for row in about] == ["University"]


def test_the_list_of_decisions(library):
    assert "No decision has been made" in run("review", "-l", library, "--list").output
    run("review", "-l", library, "--who", "韩", answers="w\nz\nr\n")
    rows = json.loads(run("review", "-l", library, "--list", "--json").stdout)
    assert [(row["verdict"], row["stands"]) for row in rows] == [("right", True), ("wrong", False)]
    listed = "".join(run("review", "-l", library, "--list").output.split())
    assert "林月" in listed
    assert "合作" in listed


def test_when_all_is_decided_it_says_so(library):
    run("review", "-l", library, answers="u\n" * 10)
    assert "Nothing is left to decide" in run("review", "-l", library).output


def test_judgements_go_from_library_to_library(library, tmp_path):
    run("review", "-l", library, "--who", "韩", answers="w\ns\n")
    file = tmp_path / "decisions.jsonl"
    assert "2 written to" in run("judgements", "export", file, "-l", library).output
    make_review(tmp_path / "other")
    result = run("judgements", "import", file, "-l", tmp_path / "other")
    assert result.exit_code == 0, result.output
    assert "2 new, 0 already known" in result.output
    assert teams(tmp_path / "other") == ["青禾实践团队"]
    assert "0 new, 2 already known" in run("judgements", "import", file, "-l", tmp_path / "other").output
    assert run("judgements", "export", "-", "-l", tmp_path / "other").stdout == file.read_text(encoding="utf-8")


def test_what_cannot_be_placed_or_read_is_said_and_the_rest_goes_in(library, tmp_path):
    run("review", "-l", library, "--who", "韩", answers="w\n")
    file = tmp_path / "decisions.jsonl"
    run("judgements", "export", file, "-l", library)
    from graph.identity.judgements import to_jsonl

    lost = Judgement("claim", "k-00", "", "right", "梁", "2024-06-01T08:00:00+00:00")
    file.write_text(to_jsonl([lost]) + "{half\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    make_review(tmp_path / "other")
    result = run("judgements", "import", file, "-l", tmp_path / "other")
    assert result.exit_code == 1
    said = result.output.replace("\n", " ")
    assert "2 new" in said
    assert "waits for its report: right on k-00 (梁, 2024-06-01)" in said
    assert "Line 2 is no judgement" in said
    assert ("claim", "wrong", "韩") in made(tmp_path / "other")


def test_a_decision_is_withdrawn_by_its_id(library):
    run("review", "-l", library, "--who", "韩", answers="w\ns\n")
    same = Library.open(library).judgements()[1]
    result = run("judgements", "withdraw", same.id, "-l", library, "--who", "梁")
    assert result.exit_code == 0, result.output
    assert teams(library) == ["青禾实践团", "青禾实践团队"]
    assert run("judgements", "withdraw", same.id, "-l", library).exit_code == 1
    assert run("judgements", "withdraw", "j-00", "-l", library).exit_code == 2


def test_every_command_about_judgements_explains_itself_with_an_example():
    for command in ("export", "import", "withdraw"):
        assert "Example" in run("judgements", command, "--help").output


def test_answers_from_a_pipe():
    keys = Lines(iter(["\n", "S\n", " t 1 Village \n"]))  # type: ignore[arg-type]
    assert keys.answer() == Answer("s", "")
    assert keys.answer() == Answer("t", "1 Village")
    assert keys.answer() == Answer("q", "")


def test_types_are_known_by_code_and_label():
    assert [type_code(said) for said in ("Village", "村", "社区", "village", "企业", "Dorf")] == [
        "Village", "Village", "Village", "Village", "Enterprise", "Dorf",
    ]  # fmt: skip


def test_text_of_reports_does_not_steer_the_terminal():
    assert plain("甲\x1b[2J[red]乙\r").plain == "甲 [2J[red]乙 "
