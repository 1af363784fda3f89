"""Case profiles and cases side by side: exact lines, with what says them."""

from dataclasses import replace

import pytest

from graph.compare import Profile, Source, matrix, profile
from graph.errors import UsageError
from graph.identity import derive
from graph.records import Case, Claim, Extraction, Figure, Mention, Report

FIRST = (
    "清溪县石桥镇柳湾村地少人多，集体经济薄弱。2022年，柳湾村牵头成立三湾联盟，实施“茶旅同行”项目。"
    "南山大学派专家指导柳湾村。联盟去年增收30万元，计划明年增收50万元。"
)


def made(text: str, village: str, *, planned: bool = True) -> Extraction:
    report = Report(text, village, title=f"{village}的联盟", date="2023-04-01")

    def mention(kind: str, form: str, within: str = "") -> Mention:
        start = text.index(form)
        return Mention(report.id, start, start + len(form), kind, form, form, within)

    def claim(kind: str, head: Mention, tail: Mention, said: str, modality: str = "asserted") -> Claim:
        start = text.index(said)
        return Claim(report.id, kind, head.id, tail.id, start, start + len(said), modality=modality)

    town, place = mention("Division", "石桥镇", "清溪县"), mention("Village", village, "石桥镇")
    alliance, model = mention("Alliance", "三湾联盟"), mention("Programme", "茶旅同行")
    school = mention("University", "南山大学")
    case = Case(report.id, 0, 0, len(text), report.title, village, ("industry_cluster",))
    claims = [
        claim("leads", place, alliance, f"{village}牵头成立三湾联盟"),
        claim("implements", place, model, "实施“茶旅同行”项目"),
        claim("supports", school, place, f"南山大学派专家指导{village}"),
    ]
    figures = [Figure(report.id, case.id, alliance.id, "增收", 300000.0, "元", *_span(text, "增收30万元"), year=2022)]
    if planned:
        span = _span(text, "增收50万元")
        figures.append(Figure(report.id, case.id, alliance.id, "增收", 5e5, "元", *span, modality="planned"))
    mentions = (town, place, alliance, model, school)
    return Extraction(report, (case,), mentions, tuple(claims), tuple(figures))


def _span(text: str, said: str) -> tuple[int, int]:
    return text.index(said), text.index(said) + len(said)


def profiled(*extractions: Extraction) -> list[Profile]:
    mentions = [m for e in extractions for m in e.mentions]
    entities = derive(mentions, [e.report for e in extractions])
    return [profile(e.cases[0], Source(e.report, e.mentions, e.claims, e.figures, entities)) for e in extractions]


def test_a_profile_says_what_the_records_say() -> None:
    (found,) = profiled(made(FIRST, "柳湾村"))
    said = {aspect: [line.text for line in lines] for aspect, lines in found.lines.items()}
    assert said == {
        "setting": ["柳湾村 · 石桥镇 · 清溪县"],
        "problem": ["清溪县石桥镇柳湾村地少人多，集体经济薄弱。"],
        "type": ["产业集聚型"],
        "alliance": ["三湾联盟"],
        "lead": ["柳湾村"],
        "programme": ["茶旅同行"],
        "Village": ["柳湾村"],
        "University": ["南山大学"],
        "result": ["三湾联盟 增收 300,000元（2022）"],
        "target": ["三湾联盟 增收 500,000元"],
    }


def test_every_line_leads_to_its_sentence() -> None:
    (found,) = profiled(made(FIRST, "柳湾村"))
    (school,) = found.lines["University"]
    assert [FIRST[start:end] for start, end in school.evidence] == ["南山大学派专家指导柳湾村"]


def test_side_by_side_marks_what_is_shared_and_what_is_lacking() -> None:
    other = made(FIRST.replace("柳湾", "上坝"), "上坝村", planned=False)
    rows = {row.aspect: row for row in matrix(profiled(made(FIRST, "柳湾村"), other))}
    assert rows["University"].shared == {"南山大学"}
    assert rows["type"].shared == {"产业集聚型"}
    assert rows["setting"].shared == frozenset()
    assert rows["target"].lacking == (1,)


def test_figures_are_shared_only_where_they_say_the_same() -> None:
    first = made(FIRST, "柳湾村")
    other = made(FIRST.replace("柳湾", "上坝"), "上坝村")
    more = replace(other, figures=(replace(other.figures[0], value=10.0), *other.figures[1:]))
    rows = {row.aspect: row for row in matrix(profiled(first, more))}
    assert rows["result"].shared == frozenset()
    assert rows["target"].shared == {"三湾联盟 增收 500,000元"}


@pytest.mark.parametrize("count", [1, 6])
def test_too_few_and_too_many_cases_are_refused(count: int) -> None:
    with pytest.raises(UsageError, match=f"{count} cases were named; name 2 to 5"):
        matrix(profiled(made(FIRST, "柳湾村")) * count)
