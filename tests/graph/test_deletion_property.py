"""After any ingests, deletions and judgements a library equals one that never held what is gone, in all it derives."""

import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from graph.export import export
from graph.identity import Matcher, derive, standing_claims
from graph.identity.keeping import entities_of, refresh
from graph.network import Network
from graph.records import Case, Claim, Extraction, Figure, Judgement, Mention, Passage, Report, as_row
from graph.store import Library

FORMATS = ("graphml", "gexf", "gephi-csv", "nquads")
COUNTIES, VILLAGES = ("双溪县", "东屏县", "双溪"), ("柳桥村", "柳桥", "温水社区", "柳桥村委会")
PEOPLE, BODIES = ("周明远", "周书记", "郑望山"), ("青禾谷共富联盟", "“青禾谷”共富联盟", "县委组织部")
SIZE = 7


@cache
def made(number: int) -> Extraction:
    """An invented report of this number, with everything a report can hold."""
    rng = random.Random(number)
    county, village = rng.choice(COUNTIES), rng.choice(VILLAGES)
    code = rng.choice(("", "330226101201"))
    body = rng.choice(BODIES)
    kind = "Department" if body.startswith("县委") else "Alliance"
    rows = [
        ("Division", county, "", ""),
        ("Village", village, county, code),
        ("Person", rng.choice(PEOPLE), "", ""),
        (kind, body, county, ""),
        ("Product", rng.choice(("青梅", "红茶")), "", ""),
    ]
    text, starts = f"第{number}篇：", []
    for _, form, *_ in rows:
        starts.append(len(text))
        text += f"{form}，"
    report = Report(
        f"{text}增收{number + 1}万元。", f"r{number}", date=f"2024-{number + 1:02d}-01", source_hash=str(number)
    )
    mentions = tuple(
        Mention(report.id, at, at + len(form), kind, form, form, within, code, extractor="t@1")
        for at, (kind, form, within, code) in zip(starts, rows, strict=True)
    )
    division, place, person, group, product = (m.id for m in mentions)
    end = len(report.text)
    claims = (
        Claim(report.id, "located_in", place, division, 0, end, confidence=0.5, extractor="t@1"),
        Claim(report.id, "affiliated_with", person, place, 0, end, "书记", extractor="t@1"),
        Claim(report.id, "member_of", place, group, 0, end, modality="planned", extractor="t@1"),
        Claim(report.id, "produces", place, product, 0, end, extractor="t@1"),
    )
    case = Case(report.id, 0, 0, end, "联盟", village, ("project",), ("增收",))
    figure = Figure(report.id, case.id, place, "增收", 1e4 * (number + 1), "元", end - 5, end, extractor="t@1")
    return Extraction(report, (case,), mentions, claims, (figure,))


def other_extractor(number: int) -> Extraction:
    """The same report as a later extractor read it: one name and one type changed."""
    old = made(number)
    person, body = old.mentions[2], old.mentions[3]
    new = {person.id: replace(person, name=f"{person.name}同志"), body.id: replace(body, type="Organization")}
    ids = {mention: now.id for mention, now in new.items()}
    claims = tuple(replace(c, head=ids.get(c.head, c.head), tail=ids.get(c.tail, c.tail)) for c in old.claims)
    return replace(old, mentions=tuple(new.get(m.id, m) for m in old.mentions), claims=claims)


def judgement(one: int, other: int, row: int, verdict: str, day: int) -> Judgement:
    """A judgement of the kind that `verdict` belongs to, on mentions or claims of the reports made so."""
    subject, thing = made(one).mentions[row].id, made(other).mentions[row].id
    when = f"2025-01-{day + 1:02d}T08:00:00+08:00"
    if verdict in ("same", "different", "unsure"):
        return Judgement("identity", subject, thing, verdict, "林", when)
    if verdict in ("right", "wrong"):
        return Judgement("claim", made(one).claims[row % 4].id, "", verdict, "林", when)
    return Judgement("type" if verdict == "Place" else "name", subject, "", verdict, "林", when)


STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(0, SIZE)),
    st.tuples(st.just("delete"), st.integers(0, SIZE)),
    st.tuples(st.just("upgrade"), st.integers(0, SIZE)),
    st.tuples(st.just("refresh"), st.just(0)),
    st.builds(
        lambda *parts: ("judge", judgement(*parts)),
        st.integers(0, SIZE),
        st.integers(0, SIZE),
        st.integers(0, 4),
        st.sampled_from(("same", "different", "unsure", "right", "wrong", "Place", "青禾谷")),
        st.integers(0, 20),
    ),
)


def index(library: Library, extraction: Extraction) -> None:
    report = extraction.report
    passage = Passage(report.id, extraction.cases[0].id, 0, len(report.text), report.text)
    library.put_passages([passage], [" ".join(report.text)], None)


def put(library: Library, extraction: Extraction) -> None:
    if library.add([extraction]):
        index(library, extraction)


def take(library: Library, number: int) -> None:
    if made(number).report.id in library.report_dates():
        library.delete(made(number).report.id)


def played(library: Library, steps: list[tuple[str, object]]) -> None:
    """Do what `steps` say, in their order."""
    for what, thing in steps:
        match what, thing:
            case "add", int(number):
                put(library, made(number))
            case "delete", int(number):
                take(library, number)
            case "upgrade", int(number):
                take(library, number)
                put(library, other_extractor(number))
            case "judge", Judgement() as said:
                library.judge([said])
            case _:
                refresh(library)


def records(library: Library) -> list[list[dict[str, object]]]:
    kinds = [library.reports(), library.cases(), library.mentions(), library.claims(), library.figures()]
    return [[as_row(r) for r in rows] for rows in [*kinds, library.judgements(), library.passages()]]


def exported(library: Library, folder: Path) -> dict[str, bytes]:
    library._set("written", "2025-01-01T00:00:00+00:00")
    for form in FORMATS:
        export(library, form, folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def network(library: Library) -> tuple[list[object], list[object]]:
    mentions, judgements = library.mentions(), library.judgements()
    claims = standing_claims(library.claims(), judgements, mentions)
    graph = Network.build(entities_of(library), claims, library.reports()).graph
    return list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))


def queue(library: Library) -> list[object]:
    mentions, judgements = library.mentions(), library.judgements()
    return list(Matcher(mentions, entities_of(library), judgements).candidates(0.1))


def in_two_libraries(steps: list[tuple[str, object]], folder: Path) -> tuple[Library, Library]:
    """One that went through `steps`, and one that only ever held what is left, put in in another order."""
    lived, fresh = Library.create(folder / "lived"), Library.create(folder / "fresh")
    played(lived, steps)
    held = {r.id: r for r in lived.reports()}
    left = [Extraction(r, *(tuple(rows(r.id)) for rows in (lived.cases, lived.mentions, lived.claims, lived.figures)))
            for r in sorted(held.values(), key=lambda r: r.id)]  # fmt: skip
    fresh.judge(lived.judgements())
    for extraction in left:
        put(fresh, extraction)
    return lived, fresh


@seed(7)
@settings(max_examples=8, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=4, max_size=10))
def test_a_library_equals_one_that_never_held_what_is_gone(steps):
    with TemporaryDirectory() as place:
        folder = Path(place)
        lived, fresh = in_two_libraries(steps, folder)
        refresh(lived)
        refresh(fresh)
        assert records(lived) == records(fresh)
        assert lived.derived.dump() == fresh.derived.dump()
        derived = derive(lived.mentions(), lived.reports(), lived.judgements())
        assert lived.identity_is_whole
        assert entities_of(lived).by_id == derived.by_id == entities_of(fresh).by_id
        assert network(lived) == network(fresh)
        assert queue(lived) == queue(fresh)
        for library, name in ((lived, "one"), (fresh, "two")):
            (folder / name).mkdir()
            library.reindex()
        assert exported(lived, folder / "one") == exported(fresh, folder / "two")
        if lived.reports():
            assert sorted(lived.match_text(["增"], 50).ids) == sorted(fresh.match_text(["增"], 50).ids)


def test_nothing_of_a_deleted_report_is_left_in_derived_tables_even_before_they_are_brought_up_to_date(tmp_path):
    library = Library.create(tmp_path / "library")
    for number in range(4):
        put(library, made(number))
    refresh(library)
    gone = made(2)
    library.delete(gone.report.id)
    assert not library.identity_is_whole
    left = str(library.derived.dump())
    assert gone.report.id not in left
    assert not any(mention.id in left for mention in gone.mentions)
    assert entities_of(library).by_id == derive(library.mentions(), library.reports()).by_id
    refresh(library)
    assert entities_of(library).by_id == derive(library.mentions(), library.reports()).by_id


def _two_people(*numbers: int) -> bool:
    """Whether the people of these reports are told apart."""
    read = [made(n) for n in numbers]
    entities = derive([m for e in read for m in e.mentions], [e.report for e in read])
    return len({entities.of_mention[e.mentions[2].id] for e in read}) == 2


def test_judgements_apply_again_after_a_deletion_and_under_another_extractor(tmp_path):
    library = Library.create(tmp_path / "library")
    numbers = (0, next(n for n in range(1, 50) if _two_people(0, n)))
    for number in numbers:
        put(library, made(number))
    refresh(library)
    one, other = (made(n).mentions[2] for n in numbers)
    library.judge([Judgement("identity", one.id, other.id, "same", "林", "2025-01-01T08:00:00+08:00")])
    assert entities_of(library).of_mention[one.id] == entities_of(library).of_mention[other.id]
    for number, read in zip(numbers, (made, other_extractor), strict=True):
        library.delete(made(number).report.id)
        refresh(library)
        put(library, read(number))
        assert refresh(library).reports == 1
    entities = entities_of(library)
    assert library.identity_is_whole
    assert entities.of_mention[one.id] == entities.of_mention[other_extractor(numbers[1]).mentions[2].id]
