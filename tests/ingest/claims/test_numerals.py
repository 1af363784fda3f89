"""Numerals of every kind that reports use."""

import pytest

from ingest.claims.numerals import fold, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千五百", 3500), ("1,250", 1250), ("1.2亿", 120_000_000), ("２６", 26), ("半", 0.5), ("两百万", 2_000_000),
        ("百", 100), ("3 万", 30_000), ("一点二", 1.2), ("一百零五", 105), ("兩千", 2000),
        ("2.3万亿", 2.3e12), ("三分之一", 1 / 3),
    ],
)  # fmt: skip
def test_value(text, value):
    assert parse_number(text) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("text", ["", "村", "点", "几百"])
def test_what_is_no_number(text):
    assert parse_number(text) is None


def test_folding_keeps_every_offset():
    assert fold("畝產３．５噸") == "亩產3.5吨"
