"""Invented reports as a library, for the pages' tests: one of two cases, one whose every field is hostile."""

from pathlib import Path

from graph.records import Case, Claim, Extraction, Figure, Mention, Report
from graph.store import Library

HOSTILE = (
    "<script>window.hit=1</script><img src=x onerror='window.hit=2'>**粗**[点](javascript:window.hit=3)`$x$`:red[红]"
)

PLAIN = """云岭晨报
三村合股，稻田边上建起米厂

石桥湾村地少人多，2023年牵头同柳溪村、坝上村组建“稻穗”产业联盟，三村合股建起云岭米业有限公司。
江东农业大学派来水稻专家林月，长期驻在石桥湾村指导育秧。去年米厂营收2000多万元，带动就业约300人。
柳溪村还打算加入岚水县稻米协会，眼下尚未加入。

隔河两镇，一张网格管到底

云岭镇与对岸的沙浦镇结成“一河两岸”党建联盟，共管渡口。云岭镇党委书记周启明说，纠纷少了四成。
"""


def spans(text: str, form: str, nth: int = 0) -> tuple[int, int]:
    """Where `form` stands in `text` for the (nth + 1)th time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(form, start + 1)
    return start, start + len(form)


def plain() -> Extraction:
    report = Report(
        PLAIN,
        "made-01",
        title="三村合股，稻田边上建起米厂",
        publisher="云岭晨报",
        date="2024-05-08",
        authors=("陈一笔",),
    )
    r = report.id

    def mention(kind: str, form: str, name: str = "", nth: int = 0, **more: str) -> Mention:
        return Mention(r, *spans(PLAIN, form, nth), kind, form, name or form, extractor="test@1", **more)

    stone = mention("Village", "石桥湾村", within="云岭镇", code="330000000001")
    willow, dam = mention("Village", "柳溪村"), mention("Village", "坝上村")
    alliance = mention("Alliance", "“稻穗”产业联盟", "稻穗产业联盟")
    mill = mention("Enterprise", "云岭米业有限公司")
    school, expert = mention("University", "江东农业大学"), mention("Person", "林月")
    stone_again, willow_again = mention("Village", "石桥湾村", nth=1), mention("Village", "柳溪村", nth=1)
    county = mention("Division", "岚水县")
    guild = mention("Organization", "稻米协会", "岚水县稻米协会")
    town = mention("Division", "云岭镇")
    over, bank = mention("Division", "沙浦镇"), mention("Alliance", "“一河两岸”党建联盟", "一河两岸党建联盟")
    head = mention("Person", "周启明")
    second = PLAIN.index("隔河两镇")

    def claim(kind: str, one: Mention, other: Mention, said: str, **more: str) -> Claim:
        return Claim(r, kind, one.id, other.id, *spans(PLAIN, said), extractor="test@1", **more)

    founded = "2023年牵头同柳溪村、坝上村组建“稻穗”产业联盟"
    claims = (
        claim("leads", stone, alliance, founded),
        claim("member_of", willow, alliance, founded),
        claim("member_of", dam, alliance, founded),
        claim("partners_with", willow, dam, founded),
        claim("founded", stone, mill, "三村合股建起云岭米业有限公司"),
        claim("supports", school, stone_again, "派来水稻专家林月，长期驻在石桥湾村指导育秧"),
        claim("affiliated_with", expert, school, "江东农业大学派来水稻专家林月", role="水稻专家"),
        claim("member_of", willow_again, guild, "打算加入岚水县稻米协会", modality="planned"),
        claim("member_of", willow_again, guild, "眼下尚未加入", modality="negated"),
        claim("partners_with", town, over, "云岭镇与对岸的沙浦镇结成“一河两岸”党建联盟"),
        claim("affiliated_with", head, town, "云岭镇党委书记周启明", role="党委书记"),
    )
    cases = (
        Case(
            r, 0, PLAIN.index("三村合股"), second, "三村合股建米厂", "石桥湾村", ("strong_village",), ("石桥湾村牵头",)
        ),
        Case(r, 1, second, len(PLAIN), "隔河两镇，一张网格管到底", "云岭镇", ("neighbour", "governance")),
    )
    money = Figure(
        r, cases[0].id, mill.id, "营收", 20_000_000.0, "元", *spans(PLAIN, "营收2000多万元"), "at_least", 2023
    )
    jobs = Figure(r, cases[0].id, cases[0].id, "带动就业", 300.0, "人", *spans(PLAIN, "带动就业约300人"), "about")
    mentions = (stone, willow, dam, alliance, mill, school, expert, stone_again, willow_again, county, guild)
    return Extraction(report, cases, (*mentions, town, over, bank, head), claims, (money, jobs))


def hostile() -> Extraction:
    text = f"{HOSTILE}\n{HOSTILE}与桃溪村签约。"
    report = Report(text, "made-02", title=HOSTILE, publisher=HOSTILE, date="2024-01-02", edition=HOSTILE)
    at = text.index("\n") + 1
    evil = Mention(report.id, at, at + len(HOSTILE), "Enterprise", HOSTILE, HOSTILE, within=HOSTILE)
    peach = Mention(report.id, *spans(text, "桃溪村"), "Village", "桃溪村", "桃溪村")
    case = Case(report.id, 0, 0, len(text), HOSTILE, HOSTILE, ("enclave",), (HOSTILE,))
    claim = Claim(report.id, "partners_with", evil.id, peach.id, at, len(text) - 1, role=HOSTILE)
    figure = Figure(report.id, case.id, evil.id, HOSTILE, 3.0, HOSTILE, at, len(text) - 1)
    return Extraction(report, (case,), (evil, peach), (claim,), (figure,))


def make(path: Path) -> Library:
    """A library of both reports at `path`."""
    library = Library.create(path)
    library.add([plain(), hostile()])
    return library
