"""Parts that several pages show."""

import re

import pytest

from graph.records import Case
from views.panes import type_reasons

CASE = Case(
    "r",
    0,
    0,
    9,
    "一座桥",
    types=("neighbour", "service"),
    reasons=("文中说到“睦邻”、“一桥之隔”，符合睦邻协作型。", "用词整体上接近服务统筹型的案例。"),
)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", list(CASE.reasons)),
        (
            "en",
            [
                "The text speaks of “睦邻”, “一桥之隔”, as cases of the type Neighbour do.",
                "Its wording as a whole is close to cases of the type Service.",
            ],
        ),
    ],
)
def test_why_a_case_has_its_types_is_said_in_the_readers_language(lang, said):
    assert re.findall("<li>(.+?)</li>", type_reasons(CASE, lang)) == said


def test_a_case_without_types_says_no_reason():
    assert type_reasons(Case("r", 0, 0, 9, "一座桥"), "zh") == ""
