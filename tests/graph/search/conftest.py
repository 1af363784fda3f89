"""A small library of invented reports, and an encoder of letters that needs no model."""

import zlib

import numpy as np
import pytest

from graph.records import Case, Extraction, Figure, Mention, Report
from graph.search import Encoder, index
from graph.search.tokens import terms
from graph.store import Library

TEA = (
    "石榴坳村与邻省的竹影村隔着一道山梁。两村党支部商定成立“云岭茶香”党建联盟，合修引水渠3公里。"
    "茶叶科学研究所派专家驻村，去年茶农增收1200万元。"
)
RIDERS = "紫藤街道为外卖骑手办起驿站，快递公司出资，三十八家商铺提供热水和充电。骑手可以在这里歇脚。"
ENCLAVE = "月湾县六个薄弱村抱团出资，在开发区合建标准厂房，每年每村分红十五万元。"


def embed(texts, kind):
    """Vectors of 64 numbers that count terms: near where terms are shared."""
    vectors = np.full((len(texts), 64), 1e-3, dtype=np.float32)
    for row, text in enumerate(texts):
        for term in terms(text):
            vectors[row, zlib.crc32(term.encode()) % 64] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def mention(report, kind, form, code="", within=""):
    start = report.text.index(form)
    return Mention(report.id, start, start + len(form), kind, form, form, within, code)


def extraction(stem, text, date, types=(), named=(), figures=(), place=""):
    report = Report(text, stem, title=f"{stem}的报道", date=date)
    case = Case(report.id, 0, 0, len(text), text[:8], place, tuple(types))
    found = [mention(report, *row) for row in named]
    counted = [
        Figure(report.id, case.id, case.id, what, value, "元", text.index(said), text.index(said) + len(said))
        for what, value, said in figures
    ]
    return Extraction(report, (case,), tuple(found), (), tuple(counted))


def extractions():
    tea = [
        ("Village", "石榴坳村", "330226104201", "青禾镇"),
        ("Village", "竹影村"),
        ("Alliance", "“云岭茶香”党建联盟"),
        ("University", "茶叶科学研究所"),
        ("Product", "茶叶"),
    ]
    return [
        extraction("tea", TEA, "2023-04-05", ["neighbour"], tea, [("增收", 12e6, "1200万元")], "青禾镇"),
        extraction("riders", RIDERS, "2024-06-01", ["service"], [("Division", "紫藤街道", "330203007")]),
        extraction("enclave", ENCLAVE, "2024-08-09", ["enclave"], [("Division", "月湾县", "330326")]),
        Extraction(Report("无案例的短讯：白鹭渡口添了渡船。", "brief", date="2024-01-01")),
    ]


@pytest.fixture(scope="session")
def letters():
    return Encoder("letters", 64, embed)


@pytest.fixture
def library(tmp_path, letters):
    made = Library.create(tmp_path / "library")
    made.add(extractions())
    index(made, letters)
    return made


@pytest.fixture
def wordy(tmp_path):
    """The same library without vectors."""
    made = Library.create(tmp_path / "wordy")
    made.add(extractions())
    index(made, None)
    return made
