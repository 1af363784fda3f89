"""Reports made from the official gazetteer, with aliases as reports use them, and which thing each name means.

Serves the measurement of identity at a size that no annotated reports reach. Nothing here is taken from a report:
villages and divisions are official ones, all other names are put together from common characters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from random import Random

import numpy as np
import pyarrow.parquet as pq

from graph.records import Extraction, Mention, Report

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡"
    "蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志文玉兰海燕春梅永红晓东小云立新成龙德胜"
FIRM_WORDS = "青禾绿源山泉金穗丰裕田园清露云岭翠谷百果香稻竹海春晖银杏映山红茂盛源丰润泽"
FIRM_ENDS = ("农业发展有限公司", "生态农业有限公司", "文旅发展有限公司", "果蔬专业合作社", "茶叶有限公司")
PRODUCTS = (  # the most common first  # noqa: SIM905
    "茶叶 杨梅 蜜橘 水稻 毛竹 黄桃 葡萄 草莓 中药材 蜂蜜 香菇 油茶 白茶 小龙虾 "
    "猕猴桃 蓝莓 西瓜 枇杷 生姜 红薯 玉米 大豆 花椒 苹果 核桃 板栗 肉牛 土鸡 "
    "生猪 山羊 竹笋 莲藕 莲子 樱桃 石榴 柿子 红枣 枸杞 小麦 油菜 木耳 天麻 "
    "黄精 铁皮石斛 咖啡 甘蔗 荔枝 龙眼 芒果 火龙果 百香果 沃柑 脐橙 柚子 辣椒 番茄 "
    "黄瓜 大蒜 土豆 魔芋 烟叶 蚕桑 鲈鱼 螃蟹 对虾 海参 紫菜 豆腐 米酒 剪纸 "
    "竹编 刺绣 陶瓷"
).split()
BODIES = ("委组织部", "农业农村局", "文旅局", "供销社", "委", "政府")
MENTIONS_EACH = 50
CENTRES = 300  # counties that most reports tell of
Row = tuple[str, str, str, str, str, str]  # type, form, name, within, code, the thing it means


@dataclass
class Made:
    """A report with its mentions, and what each (type, name) in it means."""

    extraction: Extraction
    meant: dict[tuple[str, str], str] = field(default_factory=dict)


class Gazetteer:
    """Codes and names in order of codes."""

    def __init__(self) -> None:
        with as_file(files("ingest.lexicon").joinpath("data/divisions.parquet")) as path:
            table = pq.read_table(path)
        self._codes = table["code"].to_numpy()
        self._names = table["name"].combine_chunks()
        self.counties = [str(c) for c in self._codes if 100_000 <= c < 1_000_000 and self._villages(int(c)).size > 30]

    def _villages(self, county: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Places in the table of all villages of a county."""
        first, last = np.searchsorted(self._codes, [county * 10**6, (county + 1) * 10**6])
        return np.arange(first, last)

    def name(self, code: str) -> str:
        """The name that bears `code`."""
        at = int(np.searchsorted(self._codes, int(code)))
        return str(self._names[at]) if int(self._codes[at]) == int(code) else ""

    @cache  # noqa: B019 - one gazetteer a run
    def villages(self, county: str) -> list[tuple[str, str]]:
        """Code and name of all villages of a county."""
        return [(str(self._codes[at]), str(self._names[at])) for at in self._villages(int(county))]


def _short(name: str) -> str:
    """A division's everyday short form."""
    for end in ("自治区", "自治州", "自治县", "省", "市", "县", "区"):
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name.removesuffix(end)
    return name


def _village_rows(rng: Random, gazetteer: Gazetteer, county: str) -> Iterator[Row]:
    for code, official in rng.sample(gazetteer.villages(county), 5):
        name = official if official.endswith(("村", "社区")) else f"{official}村"
        known = code if rng.random() < 0.7 else ""
        town = gazetteer.name(code[:9])
        yield "Division", town, town, _short(gazetteer.name(county)), code[:9] if known else "", code[:9]
        for form in rng.choices((name, name.removesuffix("村"), f"{town}{name}"), (6, 2, 1), k=3):
            yield "Village", form if len(form) > 1 else name, name, town, known, code


def _body_rows(rng: Random, county: str, county_name: str, town: str) -> Iterator[Row]:
    short = _short(county_name)
    local = Random(f"{county}")  # noqa: S311  # what a county has, has the same names in all reports
    firms = ["".join(local.sample(FIRM_WORDS, 3)) + local.choice(FIRM_ENDS) for _ in range(20)]
    for firm in rng.sample(firms, 2):
        yield from (("Enterprise", f, firm, short, "", county + firm) for f in (firm, firm[:3] + "公司"))
    for number in rng.sample(range(40), 3):
        rank = county_name[-1] if county_name[-1] in "县市区" else "县"
        body = BODIES[number % len(BODIES)]
        form = rng.choice((f"{short}{rank}{body}", f"{rank}{body}"))
        kind = "PartyOrganization" if body == "委" else "Department"
        yield kind, form, form, county_name, "", f"{county}{body}"
    name = f"“{''.join(local.sample(FIRM_WORDS, 3))}”党建联盟"
    for form in rng.sample((name, name.strip("“").replace("”", ""), name[1:4]), 2):
        yield "Alliance", form, name, town, "", f"{county}联盟"


def _person_rows(rng: Random, village: str) -> Iterator[Row]:
    local = Random(f"{village}人")  # noqa: S311
    people = [local.choice(SURNAMES) + "".join(local.sample(GIVEN, local.choice((1, 2)))) for _ in range(4)]
    for name in sorted(rng.sample(sorted(set(people)), 1)):
        yield "Person", name, name, "", "", f"{village}{name}"


def _rows(rng: Random, gazetteer: Gazetteer, centres: list[str]) -> list[Row]:
    county = rng.choice(centres) if rng.random() < 0.7 else rng.choice(gazetteer.counties)
    rows: list[Row] = []
    for code in (county[:2], county[:4], county):
        name = gazetteer.name(code)
        if name and not name.startswith(("市辖", "省直辖", "自治区直辖")) and name != "县":
            form = rng.choice((name, _short(name)))
            rows += [("Division", form, name, "", code, code)] * 2
    county_name = gazetteer.name(county)
    for row in _village_rows(rng, gazetteer, county):
        rows.append(row)
        if row[0] == "Village" and rng.random() < 0.4:
            rows += _person_rows(rng, row[5])
    rows += _body_rows(rng, county, county_name, rows[-1][3] or county_name)
    weights = [1 / (rank + 3) for rank in range(len(PRODUCTS))]  # few are met everywhere, most are rare
    for product in sorted(set(rng.choices(PRODUCTS, weights, k=3))):
        rows.append(("Product", product, product, "", "", product))
    rows += rng.choices(rows, k=max(0, MENTIONS_EACH - len(rows)))
    return rows[:MENTIONS_EACH]


def made_reports(mentions: int, seed: int = 5) -> Iterator[Made]:
    """Reports with about `mentions` mentions in all; the same for the same seed."""
    gazetteer = Gazetteer()
    centres = Random(seed).sample(gazetteer.counties, CENTRES)  # noqa: S311
    for number in range(mentions // MENTIONS_EACH):
        yield made_report(gazetteer, centres, number, seed)


def made_report(gazetteer: Gazetteer, centres: list[str], number: int, seed: int) -> Made:
    """The report with this number."""
    rng = Random(f"{seed}-{number}")  # noqa: S311
    rows = _rows(rng, gazetteer, centres)
    gap = "。" * 12
    text = gap.join(form for _, form, *_ in rows) + f"。{number}"
    report = Report(text, f"made-{number}", date=f"20{10 + number % 15}-{1 + number % 12:02d}")
    found, at, meant = [], 0, {}
    for kind, form, name, within, code, thing in rows:
        found.append(Mention(report.id, at, at + len(form), kind, form, name, within, code, extractor="made@1"))
        meant[kind, name] = f"{kind}{thing}"
        at += len(form) + len(gap)
    return Made(Extraction(report, mentions=tuple(found)), meant)
