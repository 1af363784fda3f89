import random

import pytest
from test_derive import report

from graph.identity import derive
from graph.identity.keeping import FEW, Refreshed, _from_json, _to_json, entities_of, refresh
from graph.identity.locals import local_entities
from graph.records import Extraction, Judgement
from graph.store import Library

NAMES = [
    ("柳桥村", "Village"),
    ("温水镇", "Division"),
    ("周明远", "Person"),
    ("周书记", "Person"),
    ("县委", "PartyOrganization"),
]


def extractions(count, seed=3):
    rng = random.Random(seed)
    made = []
    for number in range(count):
        county = rng.choice(["双溪县", "东屏县", "双溪", "安平市", "安平"])
        rows = [(n, kind, "", rng.choice(["", county])) for n, kind in rng.sample(NAMES, 3)]
        read, mentions = report(f"r{number}", f"20{number + 10}", (county, "Division"), *rows)
        made.append(Extraction(read, mentions=tuple(mentions)))
    return made


@pytest.fixture
def library(tmp_path):
    return Library.create(tmp_path / "library")


def afresh(library):
    return derive(library.mentions(), library.reports(), library.judgements()).by_id


def test_reports_one_by_one_give_what_all_at_once_give(library, tmp_path):
    made = extractions(16)
    for extraction in made:
        library.add([extraction])
        assert refresh(library).reports == 1
    other = Library.create(tmp_path / "other")
    other.add(made[::-1])
    assert refresh(other).rebuilt
    assert library.derived.dump() == other.derived.dump()
    assert entities_of(library).by_id == afresh(library)


def test_only_what_changed_is_made_anew(library):
    made = extractions(12)
    library.add(made[:-1])
    assert refresh(library) == Refreshed(11, len(afresh(library)), rebuilt=True)
    assert refresh(library) == Refreshed(0, 0, rebuilt=False)
    library.add(made[-1:])
    done = refresh(library)
    assert (done.reports, done.rebuilt) == (1, False)
    assert 0 < done.entities < len(afresh(library))


def test_an_entity_that_gets_a_namesake_and_loses_it_again_changes_its_id_with_them(library):
    one, two = (
        report(stem, "", (county, "Division"), ("周明远", "Person"))
        for stem, county in (("a", "双溪县"), ("b", "东屏县"))
    )
    library.add([Extraction(one[0], mentions=tuple(one[1]))])
    refresh(library)
    alone = entities_of(library).of_mention[one[1][1].id]
    library.add([Extraction(two[0], mentions=tuple(two[1]))])
    assert refresh(library).reports == 1
    assert entities_of(library).of_mention[one[1][1].id] != alone
    assert entities_of(library).by_id == afresh(library)
    library.delete(two[0].id)
    refresh(library)
    assert entities_of(library).of_mention[one[1][1].id] == alone


def test_what_is_not_up_to_date_is_never_shown(library):
    made = extractions(6)
    library.add(made[:5])
    refresh(library)
    library.add(made[5:])
    assert entities_of(library).by_id == afresh(library)
    refresh(library)
    mentions = library.mentions()
    people = [m for m in mentions if m.type == "Person"][:2]
    library.judge([Judgement("identity", people[0].id, people[1].id, "same", "林", "2025-01-01T00:00:00Z")])
    assert entities_of(library).by_id == afresh(library)
    assert refresh(library).reports == 2
    assert library.identity_is_whole
    assert entities_of(library).by_id == afresh(library)


def test_a_refresh_that_breaks_off_is_begun_again(library, monkeypatch):
    library.add(extractions(4))

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(library.derived, "note", crash)
        with pytest.raises(KeyboardInterrupt):
            refresh(library)
    assert not library.identity_is_whole
    assert entities_of(library).by_id == afresh(library)
    assert refresh(library).rebuilt
    assert entities_of(library).by_id == afresh(library)


def test_many_changes_at_once_make_everything_anew(library, monkeypatch):
    monkeypatch.setattr("graph.identity.keeping.FEW", 3)
    assert FEW > 3
    made = extractions(10)
    library.add(made[:5])
    refresh(library)
    library.add(made[5:])
    assert refresh(library).rebuilt
    assert entities_of(library).by_id == afresh(library)


def test_a_local_entity_is_kept_as_it_is():
    for extraction in extractions(5):
        for local in local_entities(extraction.mentions, {extraction.report.id: "2024"}):
            assert _from_json(_to_json(local)) == local
