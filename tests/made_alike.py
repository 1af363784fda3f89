"""Invented cases to be compared: accounts of one case, two cases of one alliance, and others like or unlike them."""

import zlib
from pathlib import Path

import numpy as np

from graph.records import Case, Claim, Extraction, Figure, Mention, Report
from graph.search import Encoder, index
from graph.search.tokens import terms
from graph.store import Library

TEA = (
    "青禾镇石榴坳村与竹影村结成云岭茶香联盟，由石榴坳村党支部书记何守田牵头，十二个村入股建起茶厂，统一收购鲜叶。"
    "南山茶叶研究所派专家驻村改良茶园，联盟注册商标“岭上青”。去年茶厂分红360万元，2600户茶农增收。"
)
# Another paper tells of the same: other sentences, the same people, places, works and numbers.
TEA_AGAIN = (
    "走进石榴坳村，新茶厂里机声不断。何守田说，过去各村单打独斗，鲜叶卖不上价。如今云岭茶香联盟把石榴坳村、竹影村等"
    "十二个村拧在一起，入股建茶厂，统一收购鲜叶，打出“岭上青”商标。南山茶叶研究所的专家常驻茶园。"
    "年底一算账，分红360万元，青禾镇2600户茶农都沾了光。"
)
# The same alliance, villages and secretary, but another case.
MEALS = (
    "云岭茶香联盟又办起老年食堂。石榴坳村、竹影村的独居老人每天到青禾镇吃午饭，志愿者送餐上门。"
    "何守田轮值当食堂管理员，爱心基金补贴餐费，每餐三元，八十五位老人受益。"
)
OTHER_TEA = (
    "枫桥县柳塘村带着邻近六个村种茶，村民以土地入股，合作社统一收购鲜叶，分红120万元。农业大学的教授驻村指导茶园。"
)
RIDERS = "紫藤街道为外卖骑手办起驿站，快递公司出资，三十八家商铺提供热水和充电。骑手可以在这里歇脚，还能点单求助。"
ENCLAVE = "月湾县六个薄弱村抱团出资，在开发区合建标准厂房，每年每村分红十五万元。县财政局贴息贷款。"

TEA_NAMES = (
    ("Division", "青禾镇"),
    ("Village", "石榴坳村"),
    ("Village", "竹影村"),
    ("Alliance", "云岭茶香联盟"),
    ("Person", "何守田"),
)
TEA_THINGS = (("University", "南山茶叶研究所"), ("Product", "岭上青"))


def embed(texts, kind):
    """Vectors of 64 numbers that count terms: near where terms are shared."""
    vectors = np.full((len(texts), 64), 1e-3, dtype=np.float32)
    for row, text in enumerate(texts):
        for term in terms(text):
            vectors[row, zlib.crc32(term.encode()) % 64] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


LETTERS = Encoder("letters", 64, embed)


def extraction(stem, text, types=(), place="", named=(), supports=()):
    """A report of one case; `supports` are pairs of names."""
    report = Report(text, stem, title=f"{stem}的报道", date="2024-03-01")
    case = Case(report.id, 0, 0, len(text), text[:10], place, tuple(types))
    mentions = {}
    for kind, form in named:
        start = text.index(form)
        mentions[form] = Mention(report.id, start, start + len(form), kind, form, form)
    claims = [Claim(report.id, "supports", mentions[a].id, mentions[b].id, 0, len(text)) for a, b in supports]
    return Extraction(report, (case,), tuple(mentions.values()), tuple(claims), ())


def money(told, said, value):
    """The same with a figure in yuan."""
    text, case = told.report.text, told.cases[0]
    start = text.index(said)
    figure = Figure(case.report, case.id, case.id, "分红", value, "元", start, start + len(said))
    return Extraction(told.report, told.cases, told.mentions, told.claims, (figure,))


def extractions():
    tea = extraction("tea", TEA, ["industry_cluster"], "石榴坳村", (*TEA_NAMES, *TEA_THINGS))
    return [
        money(tea, "360万元", 3.6e6),
        extraction("tea-again", TEA_AGAIN, ["industry_cluster"], "石榴坳村", (*TEA_NAMES, *TEA_THINGS)),
        extraction("tea-copy", f"据悉，{TEA}", ["industry_cluster"], "石榴坳村", TEA_NAMES),
        extraction("meals", MEALS, ["service"], "青禾镇", TEA_NAMES),
        extraction(
            "other-tea",
            OTHER_TEA,
            ["industry_cluster", "strong_village"],
            "柳塘村",
            [("Division", "枫桥县"), ("Village", "柳塘村"), ("University", "农业大学")],
            [("农业大学", "柳塘村")],
        ),
        extraction("riders", RIDERS, ["service"], "紫藤街道", [("Division", "紫藤街道")]),
        extraction("enclave", ENCLAVE, ["enclave"], "月湾县", [("Division", "月湾县"), ("Department", "县财政局")]),
    ]


def make(path: Path, encoder: Encoder | None = None) -> Library:
    """A library of all of them at `path`, indexed."""
    library = Library.create(path)
    library.add(extractions())
    index(library, encoder)
    return library


def case(library: Library, stem: str) -> Case:
    """The case of a report."""
    return library.case(f"{stem}#0")
