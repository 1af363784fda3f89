"""Makes a trained tagger cheaper to run: what its recurrent layer is given, in far fewer dimensions.

Each character's inputs (its embedding, its lexical shape, the lexical state of its unit) meet in one sum before the
gates. Over real text these sums hardly leave a space of WIDTH directions, so the three tables are projected onto the
principal ones, and one narrow product leads from there to the gates. Nothing is trained; what is lost is measured in
ingest/models/CARD.md.
"""

from collections.abc import Sequence

import numpy as np

from ingest.lexicon.script import simplified
from ingest.mentions.lexical import LexicalModel
from ingest.mentions.tagger import Features, character_table, features, windows
from ingest.models import Arrays, unpack_words
from ingest.models.networks import Floats

WIDTH = 128
CHARACTERS = 60_000  # of text from which the directions are learned: more change nothing
AT_ONCE = 40  # windows


def _floats(arrays: Arrays, name: str) -> Floats:
    return arrays[name].astype(np.float32)


def _given(arrays: Arrays, seen: Features) -> Floats:
    """What the gates are given (characters, 8 * width)."""
    own = _floats(arrays, "embedding")[seen.characters] @ _floats(arrays, "embedding_weight")
    states: Floats = (seen.states @ _floats(arrays, "state_weight"))[seen.units]
    return own + _floats(arrays, "shape_gain")[seen.shapes] + states


def directions(arrays: Arrays, texts: Sequence[str], lexical: LexicalModel, width: int) -> tuple[Floats, Floats]:
    """The mean of what the gates are given over `texts`, and its first `width` principal directions as columns."""
    table = character_table(unpack_words(arrays["characters"]))
    pieces = [text[w.start : w.end] for text in map(simplified, texts) for w in windows(text)]
    step = max(1, sum(map(len, pieces)) // CHARACTERS)
    pieces = pieces[::step]
    columns = arrays["embedding_weight"].shape[1]
    total, products, count = np.zeros(columns), np.zeros((columns, columns)), 0
    for at in range(0, len(pieces), AT_ONCE):
        rows = _given(arrays, features(pieces[at : at + AT_ONCE], table, lexical)).astype(np.float64)
        total += rows.sum(axis=0)
        products += rows.T @ rows
        count += len(rows)
    mean = total / count
    _, vectors = np.linalg.eigh(products / count - np.outer(mean, mean))  # ascending
    return mean.astype(np.float32), np.ascontiguousarray(vectors[:, : -width - 1 : -1]).astype(np.float32)


def narrowed(arrays: Arrays, texts: Sequence[str], lexical: LexicalModel, width: int = WIDTH) -> Arrays:
    """The arrays of `tagger.npz` from those of the trained network (`TaggerNetwork.arrays`); `texts` are real text."""
    mean, basis = directions(arrays, texts, lexical, width)
    rest = mean - basis @ (basis.T @ mean)  # what every sum has outside the directions that are kept
    made = {name: arrays[name] for name in arrays if name not in _REPLACED}
    tables = {
        "character": _floats(arrays, "embedding") @ _floats(arrays, "embedding_weight") @ basis,
        "shape": _floats(arrays, "shape_gain") @ basis,
        "state_weight": _floats(arrays, "state_weight") @ basis,
        "input_weight": np.stack(np.split(basis.T, 2, axis=1)),
        "input_bias": np.stack(np.split(rest, 2)),
    }
    return made | {name: table.astype(np.float16) for name, table in tables.items()}


_REPLACED = frozenset({"embedding", "embedding_weight", "shape_gain", "state_weight"})
