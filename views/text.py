"""What the pages say, in Chinese and English, and numbers and dates as people write them.

All wording stands in `strings.toml`; names of types and relations come from the ontology.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from graph.ontology import ontology
from graph.ontology.vocabulary import Language
from graph.records import Figure

YI, WAN = 100_000_000, 10_000  # 亿, 万
SPRING = ("January", "February", "March", "April", "May", "June")
MONTHS = (*SPRING, "July", "August", "September", "October", "November", "December")


@cache
def strings() -> dict[str, dict[str, str]]:
    """Key such as `search.title` → language → wording."""
    data = tomllib.loads(files("views").joinpath("strings.toml").read_text(encoding="utf-8"))
    return {f"{room}.{key}": said for room, rows in data.items() for key, said in rows.items()}


def say(key: str, language: Language, **values: object) -> str:
    """The wording of `key` with `values` put in; KeyError for a key that `strings.toml` lacks."""
    said = strings()[key][language]
    return said.format(**values) if values else said


def type_label(code: str, language: Language) -> str:
    """Label of an entity type."""
    found = ontology().entity_types.get(code)
    return found.label(language) if found else code


def type_colour(code: str) -> str:
    """Colour of an entity type, #rrggbb."""
    found = ontology().entity_types.get(code)
    return found.colour if found else "#777777"


def relation_label(code: str, language: Language, *, inward: bool = False) -> str:
    """Label of a relation, read from its head, or `inward`, read from its tail (加入 → 成员)."""
    if inward and f"inward.{code}" in strings():
        return say(f"inward.{code}", language)
    found = ontology().relations.get(code)
    return found.label(language) if found else code


def alliance_label(code: str, language: Language) -> str:
    """Label of an alliance type."""
    found = ontology().alliance_types.get(code)
    return found.label(language) if found else code


def alliance_definition(code: str, language: Language) -> str:
    """What an alliance type means."""
    found = ontology().alliance_types.get(code)
    return found.definition(language) if found else ""


def modality_label(code: str, language: Language) -> str:
    """Label of a modality."""
    found = ontology().modalities.get(code)
    return found.label(language) if found else code


def plain(text: str) -> str:
    """`text` for a place where Streamlit reads Markdown, so that it shows exactly as it stands."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text.replace("\n", " "))


def _digits(value: float) -> str:
    rounded = round(value, 4)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,.4f}".rstrip("0")


def number(value: float, language: Language) -> str:
    """A number as people write it: 2,000万, 1.3亿, 46,959 in Chinese; 20,000,000 or 1.3 billion in English."""
    if language == "en":
        return f"{_digits(value / 1e9)} billion" if abs(value) >= 1e9 and _short(value / 1e9) else _digits(value)
    for size, word in ((YI, "亿"), (WAN, "万")):
        if abs(value) >= size and _short(value / size):
            return _digits(value / size) + word
    return _digits(value)


def _short(value: float) -> bool:
    """Whether two decimals say it all."""
    return abs(value * 100 - round(value * 100)) < 1e-6


def amount(figure: Figure, language: Language) -> str:
    """A figure's value with its bound and unit: 约2,000万元, 300个以上; about 20,000,000 yuan."""
    unit = figure.unit
    if language == "en":
        unit = strings().get(f"unit.{unit}", {}).get("en", unit)
        joined = f"{number(figure.value, language)}{'' if unit in ('', '%') else ' '}{unit}"
    else:
        joined = f"{number(figure.value, language)}{unit}"
    return say(f"bound.{figure.bound}", language, amount=joined)


def day(date: str, language: Language) -> str:
    """An ISO date, whole or cut, as people write it: 2021年12月6日; 6 December 2021."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    if not match:
        return date
    year, month, of_month = match.groups()
    if language == "zh":
        return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(of_month)}日" if of_month else "")
    words = [str(int(of_month)) if of_month else "", MONTHS[int(month) - 1] if month else "", year]
    return " ".join(word for word in words if word)
