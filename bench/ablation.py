"""What does each part of the extraction add? `python -m bench.ablation [--models build/models-held-out]`

Measures the untouched training reports whole, then with one part taken away at run time. Nothing is trained again, so a
part that others have learned to lean on looks a little dearer than it is.
"""

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pyarrow as pa

from bench.gold_records import gold_pairs
from bench.quality import Pair, parts, score
from ingest.claims.relations_model import RelationModel
from ingest.extractor import Extractor
from ingest.gold_form import to_gold
from ingest.lexicon import Lexicon
from ingest.lexicon.gazetteer import Gazetteer
from ingest.mentions.tagger import Tagger
from ingest.models import FOLDER_VARIABLE
from ingest.reading import read

KINDS = ("entity", "relation", "evidence", "figure", "figure+subject", "case", "case type")
UNLIKELY = -6.0  # the log-odds that a missing pair classifier gives everything


def _without_gazetteer() -> Extractor:
    """Only one province is left, for the gazetteer cannot be empty."""
    gazetteer = Gazetteer(np.array([11], dtype=np.int64), pa.array(["北京市"]))
    return replace(Extractor.load(), lexicon=replace(Lexicon.load(), gazetteer=gazetteer))


def _without_lexical_states() -> Extractor:
    whole = Extractor.load()
    tagger = Tagger.__new__(Tagger)
    tagger.__dict__.update(whole.tagger.__dict__)
    tagger._state = np.zeros_like(whole.tagger._state)
    return replace(whole, tagger=tagger)


@contextmanager
def variant(name: str) -> Iterator[Extractor]:
    """The extractor with the part `name` taken away."""
    with ExitStack() as stack:
        if name == "relation rules":
            stack.enter_context(patch("ingest.claims.relations.rule_hits", lambda _scene: []))
        if name == "weighing of things":
            stack.enter_context(patch("ingest.extractor.weighed", lambda _report, mentions, _lexicon: mentions))
        if name == "pair classifier":
            whole = RelationModel.logits
            stack.enter_context(
                patch.object(RelationModel, "logits", lambda *given: np.full_like(whole(*given), UNLIKELY))
            )
        if name == "gazetteer":
            yield _without_gazetteer()
        elif name == "lexical states":
            yield _without_lexical_states()
        else:
            yield Extractor.load()


def measured(name: str, pairs: list[Pair]) -> str:
    """A line of F1 by kind."""
    with variant(name) as extractor:
        found = {text.stem: to_gold(extractor.extract(read(text).reports[0])) for text, _ in pairs}
    rows = json.loads(score(pairs, found, "--json"))
    return "".join([f"{name:20}", *(f"{rows[kind]['f1']:16.3f}" for kind in KINDS)])


def main() -> None:
    """Print a line for the whole, and one for each part left out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=Path("build/models-held-out"))
    options = parser.parse_args()
    os.environ[FOLDER_VARIABLE] = str(options.models.resolve())
    pairs = parts(gold_pairs("train"))["untouched"]
    print("".join([f"{'F1 without':20}", *(f"{kind:>16}" for kind in KINDS)]))
    for name in ("(nothing)", "gazetteer", "lexical states", "weighing of things", "pair classifier", "relation rules"):
        print(measured(name, pairs), flush=True)


if __name__ == "__main__":
    main()
