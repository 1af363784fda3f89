"""An invented world in which a model is carried: made villages in real counties, every sentence our own."""

from collections.abc import Sequence

from graph.compare import Holdings
from graph.identity import Entities, Entity
from graph.records import Case, Claim, Extraction, Mention, Report

# Real codes: 宁海县, 普格县, 慈溪市; the villages are made up.
CODES = {
    "甲石村": "330226109001",
    "乙滩村": "513428100001",
    "丙桥村": "330282104002",
    "丁岭村": "330226102003",
    "戊港社区": "330282002004",
    "普格县": "513428",
    "慈溪市": "330282",
    "己河村": "",
}
KINDS = {
    "普格县": "Division",
    "慈溪市": "Division",
    "石匠课堂": "Programme",
    "江南美院": "University",
    "云上文旅公司": "Enterprise",
    "青梅": "Product",
    "笋干": "Product",
    "新果脯": "Product",
    "新果脯公司": "Enterprise",
}

ORIGIN = (
    "甲石村过去是空壳村，山林多、老屋闲置，青梅卖难。江南美院派师生帮扶甲石村，甲石村实施石匠课堂。"
    "甲石村组建新果脯公司，新果脯公司生产新果脯。石匠课堂2023年带到普格县乙滩村，慈溪市打算引进石匠课堂，"
    "丁岭村办了半年就放弃了石匠课堂，己河村尚未引进石匠课堂。"
)
OTHER = (
    "丙桥村曾是负债的空壳村，山林里的老屋闲置多年。丙桥村种植青梅。云上文旅公司与丙桥村合作。如今丙桥村成了网红村。"
    "戊港社区纠纷多。"
)
FIRST = Report(ORIGIN, "made-a", title="石匠课堂", date="2024-05-01")
SECOND = Report(OTHER, "made-b", title="青梅", date="2022-03")


class World:
    """Collects mentions and claims over the two reports."""

    def __init__(self) -> None:
        self.mentions: dict[tuple[str, str, int], Mention] = {}
        self.claims: list[Claim] = []
        for report in (FIRST, SECOND):
            for name in (*CODES, *KINDS):
                start = report.text.find(name)
                while start >= 0:
                    self.mention(report, name, start)
                    start = report.text.find(name, start + 1)

    def mention(self, report: Report, name: str, start: int) -> None:
        kind = KINDS.get(name, "Village")
        made = Mention(report.id, start, start + len(name), kind, name, name, code=CODES.get(name, ""))
        if name != "新果脯" or not report.text.startswith("新果脯公司", start):
            self.mentions[report.id, name, start] = made

    def first(self, report: Report, name: str) -> str:
        return next(m.id for (r, n, _), m in sorted(self.mentions.items()) if r == report.id and n == name)

    def claim(self, report: Report, kind: str, head: str, tail: str, said: str, **more: str) -> None:
        start = report.text.index(said)
        ends = self.first(report, head), self.first(report, tail)
        self.claims.append(Claim(report.id, kind, *ends, start, start + len(said), **more))

    def entities(self) -> Entities:
        names = sorted({m.name for m in self.mentions.values()})
        return Entities([self._entity(name) for name in names])

    def _entity(self, name: str) -> Entity:
        own = [m for m in self.mentions.values() if m.name == name]
        ids = tuple(m.id for m in own)
        reports = tuple(sorted({m.report for m in own}))
        return Entity(f"e-{name}", name, own[0].type, code=CODES.get(name, ""), reports=reports, mentions=ids)


def world() -> World:
    made = World()
    made.claim(FIRST, "supports", "江南美院", "甲石村", "江南美院派师生帮扶甲石村")
    made.claim(FIRST, "implements", "甲石村", "石匠课堂", "甲石村实施石匠课堂")
    made.claim(FIRST, "founded", "甲石村", "新果脯公司", "甲石村组建新果脯公司")
    made.claim(FIRST, "produces", "新果脯公司", "新果脯", "新果脯公司生产新果脯")
    made.claim(FIRST, "located_in", "乙滩村", "普格县", "普格县乙滩村")
    carried = "石匠课堂2023年带到普格县乙滩村"
    made.claim(FIRST, "replicated_to", "石匠课堂", "乙滩村", carried, since="2023")
    made.claim(FIRST, "implements", "乙滩村", "石匠课堂", carried)
    made.claim(FIRST, "replicated_to", "石匠课堂", "慈溪市", "慈溪市打算引进石匠课堂", modality="planned")
    made.claim(FIRST, "replicated_to", "石匠课堂", "丁岭村", "丁岭村办了半年就放弃了石匠课堂", modality="negated")
    made.claim(FIRST, "replicated_to", "石匠课堂", "己河村", "己河村尚未引进石匠课堂", modality="negated")
    made.claim(SECOND, "produces", "丙桥村", "青梅", "丙桥村种植青梅")
    made.claim(SECOND, "partners_with", "云上文旅公司", "丙桥村", "云上文旅公司与丙桥村合作")
    return made


def cases() -> Sequence[Case]:
    return (
        Case(FIRST.id, 0, 0, len(ORIGIN), "石匠课堂", "甲石村"),
        Case(SECOND.id, 0, 0, OTHER.index("戊港"), "青梅村", "丙桥村"),
    )


def holdings() -> Holdings:
    made = world()
    reports = {r.id: r for r in (FIRST, SECOND)}
    return Holdings(reports, cases(), list(made.mentions.values()), made.claims, made.entities())


def extractions() -> Sequence[Extraction]:
    """The two reports as they go into a library."""
    held = holdings()
    return [
        Extraction(
            report,
            tuple(c for c in cases() if c.report == report.id),
            tuple(m for m in held.mentions if m.report == report.id),
            tuple(c for c in held.claims if c.report == report.id),
            (),
        )
        for report in (FIRST, SECOND)
    ]
