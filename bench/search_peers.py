"""The same search by other means, over the same passages, terms and vectors: what search_scale.py measures ours beside.

numpy + rank-bm25 holds everything in memory and compares all; txtai keeps a faiss index and a term index (SQLite). Both
answer with passages, ours with cases and reasons.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from graph.search.encoder import Encoder
from graph.search.query import parse
from graph.store import Library

Vectors = npt.NDArray[np.float32]
Ask = Callable[[str], object]
SHOWN = 10


def numpy_alone(library: Library, encoder: Encoder) -> Ask:
    """Nearest passages by one matrix product; no words."""
    ids, vectors = library.vectors()

    def ask(question: str) -> list[str]:
        return [ids[at] for at in _best(vectors @ encoder.encode_query(question))]

    return ask


def numpy_and_bm25(library: Library, encoder: Encoder) -> Ask:
    """rank-bm25 over the terms and a matrix product over the vectors, both standardised and added."""
    from rank_bm25 import BM25Okapi

    ids, vectors = library.vectors()
    tokens = library.passage_tokens()
    words = BM25Okapi([tokens[identifier].split(" ") for identifier in ids])
    del tokens

    def ask(question: str) -> list[str]:
        by_words = words.get_scores(parse(question).terms)
        by_meaning = vectors @ encoder.encode_query(question)
        return [ids[at] for at in _best(_standardised(by_words) + _standardised(by_meaning))]

    return ask


def _standardised(values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    found: npt.NDArray[np.floating] = (values - values.mean()) / (values.std() or 1.0)
    return found


def _best(values: npt.NDArray[np.floating]) -> Sequence[int]:
    top = np.argpartition(-values, SHOWN)[:SHOWN]
    best: list[int] = top[np.argsort(-values[top])].tolist()
    return best


def txtai_hybrid(library: Library, encoder: Encoder) -> Ask:
    """txtai's hybrid index with its defaults for this size; our terms are its words, our vectors its vectors."""
    from txtai import Embeddings

    ids, vectors = library.vectors()
    tokens = library.passage_tokens()
    place = {tokens[identifier]: at for at, identifier in enumerate(ids)}

    def transform(texts: Sequence[str]) -> Vectors:
        """Vectors of passages that are known; a question, which is in none, comes as its terms, a tab and its text."""
        if len(texts) == 1 and "\t" in texts[0]:
            return encoder.encode_query(texts[0].split("\t")[1])[None]
        return vectors[[place[text] for text in texts]]

    words = {"whitespace": True, "lowercase": False, "regexp": r"[^\s]+"}
    scoring = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": words}
    index = Embeddings(method="external", transform=transform, scoring=scoring)
    index.index((identifier, tokens[identifier], None) for identifier in ids)
    place.clear()

    def ask(question: str) -> object:
        found: object = index.search(" ".join(parse(question).terms) + "\t" + question, SHOWN)
        return found

    return ask
