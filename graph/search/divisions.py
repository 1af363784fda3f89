"""Official divisions by code: their names, what holds them, and which codes a written name may mean.

name("330226") -> "宁海县";  codes_called("浙江宁海") -> ("330226",);  prefix("330200000000") -> "3302"
"""

from collections import defaultdict
from functools import cache
from importlib.resources import as_file, files

import pyarrow.parquet as pq

from graph.text import fold

LEVELS = (2, 4, 6, 9, 12)  # digits of a code: province, prefecture, county, township, village
RANKS = "省市县区州盟旗镇乡"
BETWEEN = "\ue000"  # stands in no name; folding leaves it alone
# Names of the table that stand for a gap in the order of divisions, not for a place.
GAPS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@cache
def _names() -> dict[str, str]:
    with as_file(files("graph.search").joinpath("divisions.parquet")) as path:
        rows = pq.read_table(path)
    codes = map(str, rows.column("code").to_pylist())
    return dict(zip(codes, rows.column("name").to_pylist(), strict=True))


@cache
def _folded() -> dict[str, str]:
    """Code → folded name. All are folded in one call: 44,000 calls take half a second."""
    names = _names()
    return dict(zip(names, fold(BETWEEN.join(names.values())).split(BETWEEN), strict=True))


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Folded name, with and without its rank → codes, fewest digits first."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, official in _folded().items():
        for form in forms(official) if official not in GAPS else ():
            found[form].append(code)
    return {form: tuple(sorted(codes, key=lambda c: (len(c), c))) for form, codes in found.items()}


def name(code: str) -> str:
    """The official name of a code of two to nine digits; '' where there is none, or where it is no place of its own."""
    found = _names().get(code, "")
    return "" if found in GAPS else found


def is_gap(code: str) -> bool:
    """Whether a code stands for a gap in the order of divisions, such as the districts of a municipality."""
    return _names().get(code, "") in GAPS


def parent(code: str) -> str:
    """The code of the division that holds this one; '' for a province."""
    return next((code[:digits] for digits in reversed(LEVELS) if digits < len(code)), "")


def forms(region: str) -> tuple[str, ...]:
    """A folded name as it is and without the word for its rank: 宁海县, 宁海."""
    short = region.removesuffix("街道") if region.endswith("街道") else region
    if short == region and region[-1:] in RANKS:
        short = region[:-1]
    return (region, short) if 1 < len(short) < len(region) else (region,)


def codes_called(region: str) -> tuple[str, ...]:
    """Codes that a folded name means: an official name with or without its rank, or several from the widest down.

    A name in full means only those called so, one without its rank the widest called so; of namesakes, all are given.
    """
    known = _codes().get(region, ())
    if exact := tuple(code for code in known if _folded()[code] == region):
        return exact
    if known:
        return tuple(code for code in known if len(code) == len(known[0]))
    for cut in range(2, len(region) - 1):
        above = _codes().get(region[:cut], ())
        inside = tuple(c for c in (_inside(region[cut:], above) if above else ()) if c not in above)
        if inside:
            return inside
    return ()


def _inside(region: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """Codes that a name means among those below `above`, the widest of them."""
    held = [code for code in _codes().get(region, ()) or codes_called(region) if code.startswith(above)]
    return tuple(code for code in held if len(code) == len(held[0]))


def prefix(code: str) -> str:
    """A statistical code without the zeros that pad it: 330200 is 3302, 330226104000 is 330226104."""
    for length, shorter in ((12, 9), (9, 6), (6, 4), (4, 2)):
        if len(code) == length and not code[shorter:].strip("0"):
            code = code[:shorter]
    return code
