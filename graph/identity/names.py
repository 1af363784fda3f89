"""Names as identity compares them: folded, without quotes, split into places and the rest, with what is distinctive."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from graph.text import fold

PROVINCE, PREFECTURE, COUNTY, TOWNSHIP, VILLAGE = "province", "prefecture", "county", "township", "village"
CITY = "city"  # somewhere between prefecture and county: the name alone (X市, or a bare name) does not tell

CODE_LEVELS = {2: PROVINCE, 4: PREFECTURE, 6: COUNTY, 9: TOWNSHIP, 12: VILLAGE}
MARKS = re.compile(r"[\s\u200b\ufeff“”\"'‘’「」『』《》〈〉（）()\[\]【】〔〕·・•,,、。.:;!?\-—_/]+")
VILLAGE_END = re.compile(r"(行政村|自然村|社区居委会|村委会|居委会|社区|村)$")
DIVISION_END = re.compile(
    r"(特别行政区|自治区|自治州|自治县|自治旗|民族乡|街道办事处|新区|地区|街道|省|市|州|盟|县|区|旗|镇|乡)$"
)
ZONE = re.compile(r"(开发区|高新区|经开区|示范区|试验区|园区|片区)$")
PLACE = re.compile(
    r"^(.{1,9}?(?:省|自治区|自治州|自治县|市|县|(?<![园片小景校库山城辖厂])区|盟|旗|镇|乡(?!村)|街道)|.{2,8}?州(?![省市县区]))(.+)$"
)
OWNER = re.compile(  # not 杭州 in 杭州市, nor 城区, 乡村, 农村, 园区 as common words
    r"^(?![主老新旧古]?城区)(.{1,9}?(?:街道|社区|省|市|州(?![市县区])|县|(?<![园片小景校库山辖厂新])区|旗|镇|(?<!城)乡(?!村)|(?<![乡农])村))(.+)$"
)
RELATIVE = re.compile(  # a bare rank; not the first character of a common word, nor of a place's name (镇江, 镇平县)
    r"^(?:本|该|全|我|各)?(省(?!会)|市(?!场|[北南中]区)|州|县(?!域)|区(?![域块间])|旗"
    r"|镇(?!域|江|海(?!洋)|赉|沅|[平远安雄原坪巴康宁](?:县|布依|彝))|乡(?![村土]|[宁城]县)|街道|村|社区)(?=.)"
)
KINDS = {
    "自治区": "省", "特别行政区": "省", "自治州": "州", "自治县": "县", "自治旗": "旗", "民族乡": "乡",
    "街道办事处": "街道", "新区": "区", "地区": "州", "盟": "州",
}  # fmt: skip
KIND_LEVELS = {
    "省": PROVINCE, "州": PREFECTURE, "市": CITY, "县": COUNTY, "区": COUNTY, "旗": COUNTY,
    "镇": TOWNSHIP, "乡": TOWNSHIP, "街道": TOWNSHIP, "村": VILLAGE, "社区": VILLAGE,
}  # fmt: skip
LEGAL = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团公司|总公司|公司|集团)$")


@cache
def words() -> dict[str, Any]:
    """The word lists of `words.toml`."""
    return tomllib.loads(files("graph.identity").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _variants() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in words()["lists"]["variants"]}


@lru_cache(maxsize=200_000)
def normal(name: str) -> str:
    """`name` folded for comparison: NFKC, lower case, simplified, without quotes, brackets, blanks and points."""
    return MARKS.sub("", fold(name)).translate(_variants())


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A village's or division's name taken apart.

    `stem` is it without its kind, `kind` one of 省 市 州 县 区 旗 镇 乡 街道 村 社区, '' for a bare name; `places` the
    containers written before it (`青石县松口镇柳湾村`: 青石县, 松口镇).
    """

    stem: str
    kind: str
    level: str
    places: tuple[str, ...] = ()


def _split(name: str, shortest: int) -> tuple[tuple[str, ...], str]:
    places: list[str] = []
    rest = name
    while (match := PLACE.match(rest)) and len(match[1]) >= 2 and len(match[2]) >= shortest:
        places.append(match[1])
        rest = match[2]
    return tuple(places), rest


def _without_province(name: str, shortest: int) -> tuple[tuple[str, ...], str]:
    for full, short in words()["provinces"].items():
        for form in (full, short):
            if name.startswith(form) and len(name) - len(form) >= shortest:
                return (form,), name[len(form) :]
    return (), name


@cache
def _nationalities() -> re.Pattern[str]:
    names = sorted(words()["lists"]["nationalities"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(names)})+$")


@lru_cache(maxsize=100_000)
def division_name(name: str) -> PlaceName:
    """A division's name taken apart; the level of X市 and of bare names is CITY unless it is a province."""
    plain = normal(name)
    provinces = words()["provinces"]
    if plain in provinces or plain in provinces.values():
        return PlaceName(provinces.get(plain, plain), "省", PROVINCE)
    above, rest = _without_province(plain, 2)
    places, rest = _split(rest, 2)
    end = DIVISION_END.search(rest)
    if end is None or ZONE.search(rest):
        return PlaceName(rest, "", COUNTY if ZONE.search(rest) else CITY, above + places)
    kind = KINDS.get(end[1], end[1])
    stem = rest[: end.start()]
    bare = _nationalities().sub("", stem)
    stem = bare if len(bare) >= 2 else stem
    return PlaceName(stem if len(stem) >= 2 else rest, kind, KIND_LEVELS[kind], above + places)


def without_container(name: PlaceName, containers: Iterable[str]) -> PlaceName:
    """A township's name without the stem of its known county or city written short before it: 双溪长岭镇 in 双溪县."""
    if name.level == TOWNSHIP:
        for stem in sorted(containers):
            if name.stem.startswith(stem) and len(name.stem) >= len(stem) + 2:
                return replace(name, stem=name.stem[len(stem) :], places=(*name.places, stem))
    return name


@lru_cache(maxsize=100_000)
def village_name(name: str) -> PlaceName:
    """A village's or community's name taken apart."""
    plain = normal(name)
    above, rest = _without_province(plain, 5)
    if not _split(rest, 3)[0]:
        above, rest = (), plain  # 河南寨村 is no village of Henan
    places, rest = _split(rest, 3)
    end = VILLAGE_END.search(rest)
    if end is None or end.start() < 2:
        return PlaceName(rest, "", VILLAGE, above + places)
    return PlaceName(rest[: end.start()], "社区" if "社区" in end[1] else "村", VILLAGE, above + places)


@dataclass(frozen=True, slots=True)
class BodyName:
    """A department's or party organisation's name: whose it is (`owner`, or only its `relative` rank) and the rest."""

    owner: str
    kind: str
    rest: str


@lru_cache(maxsize=100_000)
def body_name(name: str) -> BodyName:
    """`淳安县委组织部` is (淳安, 县, 委组织部), `县委组织部` ('', 县, 委组织部), `指挥部` ('', '', 指挥部)."""
    rest = normal(name).removeprefix("中共")
    relative = RELATIVE.match(rest)
    owner, kind = "", relative[1] if relative else ""
    if relative:
        return BodyName("", kind, rest[relative.end() :])
    while match := OWNER.match(rest):
        if not core(match[1]) or match[2].startswith(("部", "队")):
            break
        place = village_name(match[1]) if match[1].endswith(("村", "社区")) else division_name(match[1])
        owner, kind, rest = place.stem, place.kind, match[2]
    return BodyName(owner, kind, _body(rest))


def _body(rest: str) -> str:
    return rest.replace("人民政府", "政府").replace("委员会", "委")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words()["lists"]["generic"], key=len, reverse=True)))


@lru_cache(maxsize=100_000)
def core(name: str) -> str:
    """What is left of `name` without the words that any such thing could bear; two characters distinguish it."""
    return _generic().sub("", normal(name))


@lru_cache(maxsize=100_000)
def names_place(name: str) -> bool:
    """Whether the name itself says a place (`浙江省农科院`), so that it can be told from its like elsewhere."""
    plain = normal(name)
    if plain.startswith(("中国", "全国", "国家", "中央", "中华")):
        return True
    return any(plain.startswith(short) for short in words()["provinces"].values()) or bool(body_name(name).owner)


def company(name: str) -> str:
    """A firm's name without its legal form."""
    plain = normal(name)
    short = LEGAL.sub("", plain)
    return short if len(short) >= 2 else plain


def university(name: str) -> str:
    """A university's name with its usual short forms written out."""
    plain = normal(name)
    if plain in words()["universities"]:
        return str(words()["universities"][plain])
    ends: dict[str, str] = words()["university_ends"]
    for short, full in ends.items():
        position = plain.find(short)
        if position > 0 and not plain[position:].startswith(full):
            return plain[:position] + full + plain[position + len(short) :]
    return plain


def name_key(kind: str, name: str) -> str:
    """The name as compared within the type `kind`."""
    if kind == "University":
        return university(name)
    return company(name) if kind == "Enterprise" else normal(name)


def is_prefecture(stem: str) -> bool:
    """Whether `stem` is the name of a prefecture-level division, without its kind."""
    return stem in _prefectures()


@cache
def _prefectures() -> frozenset[str]:
    return frozenset(words()["lists"]["prefectures"])


@cache
def _titled() -> re.Pattern[str]:
    titles = "|".join(sorted(words()["lists"]["titles"], key=len, reverse=True))
    return re.compile(f"[小老]?(.)(?:{titles})")


@lru_cache(maxsize=100_000)
def titled_surname(name: str) -> str:
    """The surname in a name that is no more than a surname with a title (`郑书记`, `小郑书记`, `老郑`), '' else."""
    plain = normal(name)
    match = _titled().fullmatch(plain) or re.fullmatch("[小老](.)", plain)
    return match[1] if match else ""
