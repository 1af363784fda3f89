"""The names by which people call divisions: 浙江省 → 浙江, 恩施土家族苗族自治州 → 恩施州, 恩施."""

import re

from ingest.lexicon.names import words, words_by_kind

# The peoples that autonomous divisions are named after, written with and without 族.
PEOPLES = words("peoples")
_PEOPLE = "|".join(sorted((p + "族" for p in PEOPLES), key=len, reverse=True)) + "|维吾尔|哈萨克|蒙古|柯尔克孜"
AUTONOMOUS = re.compile(rf"^(.+?)((?:{_PEOPLE})+)(自治区|自治州|自治县|自治旗|民族乡|民族镇|乡|镇|苏木)$")
# The single characters that stand for provinces (湘, 黔), by GB/T 2260 and number plates.
PROVINCE_LETTERS = {letter: name for name, letters in words_by_kind("province_letters").items() for letter in letters}
KINDS = re.compile(
    r"(特别行政区|自治区|自治州|自治县|自治旗|民族乡|省|市辖区|新区|矿区|林区|地区|街道办事处|街道|苏木|市|县|区|旗|盟|州|镇|乡)$"
)
# What the last part of an autonomous division's name is cut down to in speech.
BRIEF = {
    "自治州": "州",
    "自治县": "县",
    "自治旗": "旗",
    "民族乡": "乡",
    "民族镇": "镇",
    "乡": "乡",
    "镇": "镇",
    "苏木": "苏木",
}


def short_forms(name: str) -> tuple[str, ...]:
    """Short forms of a division's official `name`, fullest first; none of them shorter than two characters."""
    autonomous = AUTONOMOUS.match(name)
    if autonomous and len(autonomous[1]) > 1:
        base, kind = autonomous[1], BRIEF.get(autonomous[3], "")
        return (base + kind, base) if kind else (base,)
    base = KINDS.sub("", name)
    return (base,) if base != name and len(base) > 1 else ()


def is_brief(form: str, name: str) -> bool:
    """Whether `form` shortens the autonomous division `name` but keeps its last word: 恩施州, 三江县."""
    shorter = short_forms(name)
    return len(shorter) == 2 and form == shorter[0]
