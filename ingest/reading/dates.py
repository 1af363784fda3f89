"""Dates as Chinese pages write them, to ISO 8601 cut where the page says no more."""

import re
from datetime import date

DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
NUMERAL_YEAR = r"[〇○零Ｏ一二三四五六七八九]{4}"
DAY = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?[年./-] ?(\d{1,2}) ?[月./-] ?(\d{1,2})(?!\d)")
NUMERAL_DAY = re.compile(rf"({NUMERAL_YEAR})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日")
MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?(?:年 ?(\d{1,2}) ?月|[./-](\d{1,2})(?![\d./-]))")
NUMERAL_MONTH = re.compile(rf"({NUMERAL_YEAR})年([一二三四五六七八九十]{{1,2}})月")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?年(?!\d)|[（(〔]((?:19|20)\d{2})[)）〕] ?(?=第 ?\d+ ?期)")
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d)")


def _numeral(text: str) -> int:
    """一 to 三十一 as a number."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(text.translate(DIGITS))
    return int(tens.translate(DIGITS) or 1) * 10 + int(ones.translate(DIGITS) or 0)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def full_date(text: str) -> str:
    """The first date with a day in `text`, '' where there is none or it is no day of the calendar."""
    if match := DAY.search(text):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := NUMERAL_DAY.search(text):
        return _iso(int(match[1].translate(DIGITS)), _numeral(match[2]), _numeral(match[3]))
    return ""


def _month(text: str) -> str:
    if match := MONTH.search(text):
        month = int(match[2] or match[3])
        return f"{match[1]}-{month:02}" if 1 <= month <= 12 else match[1]
    match = NUMERAL_MONTH.search(text)
    return f"{match[1].translate(DIGITS)}-{_numeral(match[2]):02}" if match else ""


def any_date(text: str) -> str:
    """The first date in `text` as exact as it says: a day, else a month, else a year, else ''."""
    year = YEAR.search(text)
    return full_date(text) or _month(text) or ((year[1] or year[2]) if year else "")


def compact_date(text: str) -> str:
    """The date written as eight digits (20211206) in an address or a file name, '' where there is none."""
    match = COMPACT.search(text)
    return _iso(int(match[1]), int(match[2]), int(match[3])) if match else ""
