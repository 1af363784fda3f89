"""How large a case is: villages, households, people, land and money that its text and figures name.

    measured(folded_text, figures) -> {"villages": 7.0, "land": 1200.0}

Of several numbers of a measure the largest counts. Money is in yuan, land in mu (15 mu are a hectare).
"""

import re
from collections.abc import Iterable

from graph.records import Figure
from graph.search.query import numbers

# Measure → units as reports write them after a number.
UNITS = {
    "villages": ("个行政村", "个村", "个社区", "个薄弱村", "个自然村", "villages"),
    "households": ("户", "households", "families"),
    "people": ("人", "名", "位", "people", "persons", "residents"),
    "land": ("亩", "mu", "公顷", "hectares"),
    "money": ("元", "yuan"),
}
FACTORS = {"公顷": 15.0, "hectares": 15.0}
LABELS = {
    "villages": ("村数", "villages"),
    "households": ("户数", "households"),
    "people": ("人数", "people"),
    "land": ("亩数", "land"),
    "money": ("金额", "money"),
}
DIGITS = r"(?:\d[\d,]*(?:\.\d+)?\s*(?:thousand|million|billion|[十百千万亿]+)?)"
NUMERAL = rf"(?P<number>{DIGITS}|[一二三四五六七八九两十百千]+[〇零一二三四五六七八九十百千万亿]*)"
BETWEEN = r"\s*(?:余|多|来|几)?\s*(?:[万亿])?\s*"
MEASURES = {
    measure: re.compile(NUMERAL + BETWEEN + f"(?P<unit>{'|'.join(map(re.escape, units))})")
    for measure, units in UNITS.items()
}
LEAST = 2.0  # one village, one person, one yuan say nothing of scale


def measured(folded: str, figures: Iterable[Figure] = ()) -> dict[str, float]:
    """Measure → the largest number of it, in the order of UNITS; measures that nothing is said of are left out."""
    found: dict[str, float] = {}
    for measure, pattern in MEASURES.items():
        values = [_value(match) for match in pattern.finditer(folded)]
        if largest := max((value for value in values if value >= LEAST), default=0.0):
            found[measure] = largest
    for figure in figures:
        measure = next((m for m, units in UNITS.items() if figure.unit in units), "")
        if measure and figure.modality == "asserted" and figure.value >= LEAST:
            found[measure] = max(found.get(measure, 0.0), figure.value * FACTORS.get(figure.unit, 1.0))
    return {measure: found[measure] for measure in UNITS if measure in found}


def _value(match: "re.Match[str]") -> float:
    between = match.group()[len(match["number"]) : -len(match["unit"])]
    scale = "万" if "万" in between else "亿" if "亿" in between else ""
    said = numbers(match["number"].strip() + scale)
    return (said[0] if said else 0.0) * FACTORS.get(match["unit"], 1.0)
