"""Titles as written: of the body between, without the people before, with the county's own committee."""

import pytest

from ingest.claims.roles import role_of


@pytest.mark.parametrize(
    ("text", "person", "body", "role"),
    [
        ("柳湾村党支部书记钱松年说", "钱松年", "柳湾村", "党支部书记"),
        ("柳湾县委书记钱松年说", "钱松年", "柳湾县", "县委书记"),
        ("柳湾县县委书记钱松年说", "钱松年", "柳湾县", "县委书记"),
        ("柳湾县县委书记钱松年、组织部部长艾青说", "艾青", "柳湾县", "组织部部长"),
        ("柳湾镇党委副书记、镇长钱松年说", "钱松年", "柳湾镇", "党委副书记、镇长"),
    ],
)
def test_the_title_is_the_persons_own(text: str, person: str, body: str, role: str) -> None:
    spans = [(text.index(form), text.index(form) + len(form)) for form in (person, body)]
    assert role_of(text, *spans) == role
