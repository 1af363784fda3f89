"""In which way a case's alliance was formed: cue words declared as data and a learned linear model, with reasons."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from graph.ontology import ontology
from graph.records import Case, Claim, Mention, Report
from ingest.models import model_path

BUCKETS = 1 << 14  # hashed character n-grams
GRAMS = (2, 3)
CUE_CAP, CUE_SCALE, SUM_SCALE, GRAM_SCALE = 3, 0.5, 0.25, 3.0  # relative weight of the three kinds of evidence
BEST, FURTHER = -1.0, 0.5  # log-odds from which the likeliest type, and a second one, is said
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
        """The log-odds of each type for the story told by `text`."""
        odds: NDArray[np.float32] = self.weights @ features(text, self.idf) + self.biases
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


def gram_counts(text: str) -> Counter[int]:
    """How often each hashed character n-gram stands in `text`; none crosses punctuation or digits."""
    counts: Counter[str] = Counter()
    for piece in _GAP.split(text):
        for length in GRAMS:
            counts.update(piece[i : i + length] for i in range(len(piece) - length + 1))
    hashed: Counter[int] = Counter()
    for gram, count in counts.items():
        hashed[crc32(gram.encode("utf-8")) & (BUCKETS - 1)] += count
    return hashed


def features(text: str, idf: NDArray[np.float32]) -> NDArray[np.float32]:
    """[cues + types + BUCKETS]: damped cue counts, weighted cue sums a type, tf-idf of n-grams at unit length."""
    hits = np.log1p([min(CUE_CAP, sum(1 for _ in cue.pattern.finditer(text))) for cue in cues()])
    sums = [
        sum(cue.weight * hit for cue, hit in zip(cues(), hits, strict=True) if cue.type == kind) for kind in types()
    ]
    grams = np.zeros(BUCKETS, dtype=np.float32)
    counts = gram_counts(text)
    if counts:
        places = np.fromiter(counts.keys(), dtype=np.int64)
        grams[places] = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * idf[places]
        grams /= max(1e-6, float(np.linalg.norm(grams)))
    return np.concatenate([hits * CUE_SCALE, np.array(sums) * SUM_SCALE, grams * GRAM_SCALE]).astype(np.float32)


def chosen(odds: NDArray[np.float32], kinds: Sequence[str]) -> list[str]:
    """The types said: the likeliest if it is likely at all, and any other that is likely by itself."""
    order = np.argsort(-odds, kind="stable")
    said = [kinds[order[0]]] if odds[order[0]] > BEST else []
    return said + [kinds[j] for j in order[1:] if odds[j] > FURTHER]


def reason(text: str, kind: str) -> str:
    """One sentence that names the words of `text` which speak for `kind`, strongest first."""
    weight: Counter[str] = Counter()
    for cue in cues():
        if cue.type == kind:
            for match in cue.pattern.finditer(text):
                weight[match[0]] += cue.weight  # type: ignore[assignment]
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
