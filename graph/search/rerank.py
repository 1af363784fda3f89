"""An optional second look: a cross-encoder of sentence-transformers reads the question and each passage together."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from graph.errors import EncoderError
from graph.search.encoder import offline
from graph.search.hits import Hit, Reason

CANDIDATES = 40  # hits that are read when fewer are asked for


def rerank(hits: Sequence[Hit], query: str, model: str, *, allow_download: bool = False) -> list[Hit]:
    """`hits` in the order of a cross-encoder's scores, which become theirs; each says so as its first reason.

    `model` is a folder or a hub name; nothing is fetched unless `allow_download`. EncoderError where it is not at hand.
    """
    if not hits:
        return []
    loaded = _load(model, allow_download=allow_download)
    scores = np.asarray(loaded.predict([(query, hit.passage.text) for hit in hits], show_progress_bar=False))
    scores = scores.reshape(len(hits), -1)[:, -1].astype(np.float64)  # of two classes, the second says that it fits
    found = []
    for at in np.argsort(-scores, kind="stable"):
        value = round(float(scores[at]), 4)
        read = Reason("rerank", value, 1.0, f"{Path(model).name} 通读后排序", f"read in full by {Path(model).name}")
        found.append(replace(hits[at], score=float(scores[at]), reasons=(read, *hits[at].reasons)))
    return found


@lru_cache(maxsize=1)
def _load(model: str, *, allow_download: bool) -> Any:  # noqa: ANN401 - a CrossEncoder, untyped here
    path = Path(model).expanduser()
    with offline(allow_download=allow_download):
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(
                str(path) if path.exists() else model, device="cpu", local_files_only=not allow_download
            )
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"The cross-encoder {model!r} is not on this machine ({str(error).splitlines()[0]}). Give a folder "
                "that sentence-transformers can load, or allow it to be downloaded by its hub name."
            ) from error
