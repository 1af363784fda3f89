"""A small made report with one record of every kind."""

from graph.records import Case, Claim, Extraction, Figure, Mention, Report

TEXT = "清溪县石桥镇柳湾村牵头成立“三湾”茶业党建联盟。\n柳湾村党支部书记郑望山说，去年联盟带动就业120余人。"


def made_extraction(text: str = TEXT, village_name: str = "柳湾") -> Extraction:
    """A small report with one of everything; every span is where its form stands in the text."""
    stem, text = village_name, text.replace("柳湾", village_name)
    report = Report(text, stem, source=f"/reports/{stem}.txt", source_hash=stem, title="三湾联盟", date="2024-05-06")

    def mention(kind: str, form: str, name: str = "", **more: str) -> Mention:
        start = text.index(form)
        return Mention(report.id, start, start + len(form), kind, form, name or form, extractor="test@1", **more)

    village = mention("Village", f"{village_name}村", within="石桥镇", code="330000000201")
    alliance = mention("Alliance", "“三湾”茶业党建联盟", "三湾茶业党建联盟")
    person = mention("Person", "郑望山")
    end = text.index("\n")
    leads = Claim(report.id, "leads", village.id, alliance.id, 0, end, confidence=0.9, extractor="test@1")
    post = Claim(
        report.id, "affiliated_with", person.id, village.id, end + 1, text.index("说"), "党支部书记", confidence=0.8
    )
    case = Case(report.id, 0, 0, len(text), "三湾联盟", f"{village_name}村", ("industry_cluster",), ("“茶业”",))
    at = text.index("去年")
    figure = Figure(report.id, case.id, alliance.id, "带动就业", 120.0, "人", at, len(text) - 1, "at_least", 2023)
    return Extraction(report, (case,), (village, alliance, person), (leads, post), (figure,))
