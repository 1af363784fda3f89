"""Two invented reports that leave questions: two names that may be one team, and a claim as doubtful as can be."""

from pathlib import Path

from graph.records import Claim, Extraction, Mention, Report
from graph.store import Library

FIRST = (
    "岚水县云岭镇石桥湾村牵头成立“稻穗”产业联盟。\n"
    "暑假里，江东农业大学的“青禾”实践团队住进石桥湾村教育秧，队长林月说还要再来。\n"
)
SECOND = (
    "在岚水县云岭镇，江东农业大学“青禾”实践团又回到石桥湾村收稻。\n"
    "另一头，泉口县的林月办起米厂，同石桥湾村只有过一次买卖。\n"
)


def _mentions(report: Report, *named: tuple[str, str, str]) -> dict[str, Mention]:
    """Form → the mention of its first place in the text, for (type, form, within)."""
    found = {}
    for kind, form, within in named:
        start = report.text.index(form)
        more = {"within": within, "code": "330000000001" if form == "石桥湾村" else "", "extractor": "test@1"}
        found[form] = Mention(
            report.id, start, start + len(form), kind, form, form.replace("“", "").replace("”", ""), **more
        )
    return found


def _claim(report: Report, kind: str, head: Mention, tail: Mention, said: str, confidence: float) -> Claim:
    start = report.text.index(said)
    end = start + len(said)
    return Claim(
        report.id, kind, head.id, tail.id, start, end, confidence=confidence, extractor="test@1", reason="model"
    )


def first() -> Extraction:
    """A team that teaches, led by a student."""
    report = Report(FIRST, "review-01", title="青禾下田", publisher="云岭晨报", date="2023-07-20")
    m = _mentions(
        report,
        ("Division", "岚水县", ""),
        ("Division", "云岭镇", "岚水县"),
        ("Village", "石桥湾村", "云岭镇"),
        ("Alliance", "“稻穗”产业联盟", ""),
        ("University", "江东农业大学", ""),
        ("Organization", "“青禾”实践团队", ""),
        ("Person", "林月", ""),
    )
    team, village = m["“青禾”实践团队"], m["石桥湾村"]
    claims = (
        _claim(report, "leads", village, m["“稻穗”产业联盟"], "石桥湾村牵头成立“稻穗”产业联盟", 0.97),
        _claim(report, "supports", team, village, "住进石桥湾村教育秧", 0.9),
        _claim(report, "affiliated_with", m["林月"], team, "队长林月", 0.95),
    )
    return Extraction(report, (), tuple(m.values()), claims)


def second() -> Extraction:
    """The team again, by another name, and a doubtful deal."""
    report = Report(SECOND, "review-02", title="秋收<b>重逢</b>", publisher="泉口农报", date="2023-10-09")
    m = _mentions(
        report,
        ("Division", "岚水县", ""),
        ("Division", "云岭镇", "岚水县"),
        ("University", "江东农业大学", ""),
        ("Organization", "“青禾”实践团", ""),
        ("Village", "石桥湾村", "云岭镇"),
        ("Division", "泉口县", ""),
        ("Person", "林月", "泉口县"),
    )
    claims = (
        _claim(report, "supports", m["“青禾”实践团"], m["石桥湾村"], "回到石桥湾村收稻", 0.85),
        _claim(report, "partners_with", m["林月"], m["石桥湾村"], "同石桥湾村只有过一次买卖", 0.5),
    )
    return Extraction(report, (), tuple(m.values()), claims)


def make_review(path: Path) -> Library:
    """A library of both reports at `path`."""
    library = Library.create(path)
    library.add([first(), second()])
    return library
