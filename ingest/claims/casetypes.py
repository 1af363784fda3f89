"""In which way a case's alliance was formed: cue words declared as data and a learned linear model, with reasons."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.ontology import ontology
from graph.records import Case, Claim, Mention, Report
from ingest.lexicon import simplified
from ingest.models import model_path

BUCKETS = 1 << 14  # hashed character n-grams
GRAMS = (2, 3)  # ascending without gaps: each continues the one before
CUE_CAP, CUE_SCALE, SUM_SCALE, GRAM_SCALE = 3, 0.5, 0.25, 3.0  # relative weight of the three kinds of evidence
# Log-odds from which the likeliest type, and a second one, is said: best F1 over annotated stories left out in turn.
BEST, FURTHER = -1.0, 0.5
WORDS_IN_REASON = 4
_GAP = re.compile(r"[\d\sA-Za-z，。、；：“”‘’（）《》！？—…·]+")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for one alliance type, as a regular expression, and how strongly."""

    type: str
    pattern: re.Pattern[str]
    weight: float


@dataclass(frozen=True, slots=True)
class TypeModel:
    """One logistic regression a type over cue counts, cue sums and hashed n-grams.

    `idf` [BUCKETS]; `weights` [types, cues + types + BUCKETS]; `biases` [types].
    """

    types: tuple[str, ...]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]

    def odds(self, text: str) -> NDArray[np.float32]:
        """The log-odds of each type for the story told by `text`, in whatever script."""
        odds: NDArray[np.float32] = self.weights @ features(simplified(text), self.idf) + self.biases
        return odds

    def save(self, path: Path) -> None:
        """Write the model as a compressed .npz, in half precision."""
        idf, weights = self.idf.astype(np.float16), self.weights.astype(np.float16)
        np.savez_compressed(path, types=np.array(self.types), biases=self.biases, idf=idf, weights=weights)

    @classmethod
    def read(cls, path: Path) -> "TypeModel":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            idf, weights = data["idf"].astype(np.float32), data["weights"].astype(np.float32)
            return cls(tuple(data["types"].tolist()), idf, weights, data["biases"].astype(np.float32))


@cache
def load_model() -> TypeModel:
    """The model of this version."""
    return TypeModel.read(model_path("casetypes.npz"))


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of `data/case_type_cues.tsv`, in its order."""
    lines = files("ingest.claims").joinpath("data/case_type_cues.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(Cue(kind, re.compile(pattern), float(weight)) for kind, pattern, weight in rows)


def types() -> tuple[str, ...]:
    """The alliance types in the order of the ontology."""
    return tuple(ontology().alliance_types)


@cache
def _crc_table() -> NDArray[np.uint32]:
    """The table of CRC-32 (polynomial 0xEDB88320, as in zlib) by byte."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, np.uint32(0xEDB88320) ^ (table >> 1), table >> 1)
    return table


def _read_on(state: NDArray[np.uint32], characters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The CRC states after one more character each, read as the three bytes of its UTF-8 form."""
    table = _crc_table()
    for byte in (0xE0 | characters >> 12, 0x80 | (characters >> 6) & 0x3F, 0x80 | characters & 0x3F):
        state = table[(state ^ byte) & 0xFF] ^ (state >> 8)
    return state


def gram_counts(text: str) -> NDArray[np.intp]:
    """[BUCKETS]: how often n-grams of each bucket, the CRC-32 of their UTF-8 form, stand in `text`.

    None crosses punctuation, digits, or a character that UTF-8 does not write in three bytes (Latin, emoji).
    """
    characters = np.frombuffer(_GAP.sub("\n", text).encode("utf-32-le"), dtype=np.uint32)
    inside = (characters >= 0x800) & (characters <= 0xFFFF)
    state = _read_on(np.full(len(characters), 0xFFFFFFFF, dtype=np.uint32), characters)
    counts: NDArray[np.intp] = np.zeros(BUCKETS, dtype=np.intp)
    for length in GRAMS:
        state = _read_on(state[:-1], characters[length - 1 :])
        inside = inside[:-1] & ((characters >= 0x800) & (characters <= 0xFFFF))[length - 1 :]
        counts += np.bincount((~state & (BUCKETS - 1))[inside], minlength=BUCKETS)
    return counts


@cache
def _cue_weights() -> NDArray[np.float64]:
    """[types, cues]: the weight of each cue for the type it speaks for."""
    return np.array([[cue.weight * (cue.type == kind) for cue in cues()] for kind in types()])


def features(text: str, idf: NDArray[np.float32]) -> NDArray[np.float32]:
    """[cues + types + BUCKETS] of `text`, in simplified script.

    Damped cue counts, weighted cue sums a type, and the tf-idf of n-grams at unit length.
    """
    hits = np.log1p([min(CUE_CAP, len(cue.pattern.findall(text))) for cue in cues()])
    sums = _cue_weights() @ hits
    counts = gram_counts(text)
    grams = np.where(counts, 1 + np.log(np.maximum(counts, 1), dtype=np.float32), 0) * idf
    grams /= max(1e-6, float(np.linalg.norm(grams)))
    return np.concatenate([hits * CUE_SCALE, sums * SUM_SCALE, grams * GRAM_SCALE]).astype(np.float32)


def chosen(odds: NDArray[np.float32], kinds: Sequence[str]) -> list[str]:
    """The types said: the likeliest if it is likely at all, and any other that is likely by itself."""
    order = np.argsort(-odds, kind="stable")
    said = [kinds[order[0]]] if odds[order[0]] > BEST else []
    return said + [kinds[j] for j in order[1:] if odds[j] > FURTHER]


def reason(text: str, kind: str) -> str:
    """One sentence that names the words of `text` which speak for `kind`, strongest first."""
    weight: Counter[str] = Counter()
    plain = simplified(text)
    for cue in cues():
        if cue.type == kind:
            for match in cue.pattern.finditer(plain):
                weight[text[match.start() : match.end()]] += cue.weight  # type: ignore[assignment]
    words = [word for word, _ in weight.most_common(WORDS_IN_REASON)]
    label = ontology().alliance_types[kind].zh
    if not words:
        return f"用词整体上接近{label}的案例。"
    return f"文中说到{'、'.join(f'“{word}”' for word in words)}，符合{label}。"


def type_cases(
    report: Report, cases: Sequence[Case], mentions: Sequence[Mention], claims: Sequence[Claim]
) -> tuple[Case, ...]:
    """`cases` with their alliance types and one reason for each; a case that fits none carries no type.

    `mentions` and `claims` are part of the interface; the words of the story alone decide, which measured best.
    """
    del mentions, claims
    model = load_model()
    typed = []
    for case in cases:
        text = report.text[case.start : case.end]
        said = chosen(model.odds(text), model.types)
        typed.append(replace(case, types=tuple(said), reasons=tuple(reason(text, kind) for kind in said)))
    return tuple(typed)
