import pytest

from graph.records import Case, Claim, Extraction, Figure, Mention, Report
from graph.store import Library

TEXT = "石泉村加入青禾谷共富联盟。温水村计划加入青禾谷共富联盟，\n与柳桥村“结对”\\共建。联盟增收300余万元。"


def extraction(stem, text=TEXT, date="2022-05-01"):
    """One report with four things, three claims, a case and a figure."""
    made = Report(text, stem, title="抱团", publisher="山乡报", date=date, authors=("周明远",))
    codes = {"石泉村": "330226101201", "温水村": "330226101202", "柳桥村": "330226101203"}
    at = {}
    for name, kind in (
        ("石泉村", "Village"),
        ("温水村", "Village"),
        ("柳桥村", "Village"),
        ("青禾谷共富联盟", "Alliance"),
    ):
        start = text.index(name)
        at[name] = Mention(made.id, start, start + len(name), kind, name, name, code=codes.get(name, ""))
    case = Case(made.id, 0, 0, len(text), "抱团", "", ("strong_village",))

    def claim(head, relation, tail, said, **more):
        start = text.index(said)
        return Claim(made.id, relation, at[head].id, at[tail].id, start, start + len(said), extractor="r@1", **more)

    claims = (
        claim("石泉村", "member_of", "青禾谷共富联盟", "石泉村加入青禾谷共富联盟", confidence=0.9),
        claim(
            "温水村", "member_of", "青禾谷共富联盟", "温水村计划加入青禾谷共富联盟", modality="planned", since="2023"
        ),
        claim("温水村", "partners_with", "柳桥村", "与柳桥村“结对”\\共建", confidence=0.5),
    )
    start = text.index("增收")
    figure = Figure(
        made.id, case.id, case.id, "增收", 3_000_000.0, "元", start, len(text) - 1, "at_least", 2022, extractor="r@1"
    )
    return Extraction(made, (case,), tuple(at.values()), claims, (figure,))


@pytest.fixture(scope="session")
def one():
    return extraction("甲")


@pytest.fixture(scope="session")
def other_one():
    return extraction("乙", TEXT + "据了解。", "2023-01")


@pytest.fixture(scope="session")
def villages(tmp_path_factory, one, other_one):
    """A library of two reports that say the same."""
    library = Library.create(tmp_path_factory.mktemp("rdf"))
    library.add([one, other_one])
    return library
