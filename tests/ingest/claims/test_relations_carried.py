import pytest

from graph.records import Mention
from ingest.claims.relations_carried import carried


def named(text: str, **names: str) -> list[Mention]:
    return [
        Mention("r-1", text.index(form), text.index(form) + len(form), kind, form, form) for form, kind in names.items()
    ]


VILLAGES = {"白鹭湾村": "Village", "云川省": "Division", "青石县": "Division", "赤水县": "Division"}


@pytest.mark.parametrize(
    "text",
    [
        "“我们的模式还带到云川省青石县、赤水县等地。”白鹭湾村党支部书记周远航说。",
        "白鹭湾村党支部书记周远航介绍，村里的经验已推广到云川省青石县、赤水县。",
    ],
)
def test_the_speakers_village_carries_its_model_to_the_innermost_places(text):
    found = list(carried(text, named(text, **VILLAGES)))
    assert [(c.head.name, c.tail.name) for c in found] == [("白鹭湾村", "青石县"), ("白鹭湾村", "赤水县")]
    assert text[found[0].start : found[0].end].endswith("到云川省青石县")
    assert text[found[0].start] in "我村"


def test_a_named_model_is_left_to_the_model():
    text = "白鹭湾村的四联共富模式推广到青石县。"
    mentions = named(text, 白鹭湾村="Village", 四联共富模式="Programme", 青石县="Division")
    assert list(carried(text, mentions)) == []


def test_what_is_not_beside_the_verb_is_no_place_of_it():
    text = "白鹭湾村的做法走进课堂，青石县的干部也来听。"
    assert list(carried(text, named(text, 白鹭湾村="Village", 青石县="Division"))) == []
