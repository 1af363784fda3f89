"""Trained model files and their one reader. What each file is, and how to make it again, stands in CARD.md."""

from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from graph.errors import AllianceError

Arrays = dict[str, NDArray[np.generic]]


class ModelError(AllianceError):
    """A model file that is missing or does not fit this version."""


def read_arrays(name: str) -> Arrays:
    """All arrays of the model file `name` of this package; raises ModelError where there is no such file."""
    source = files("ingest.models").joinpath(name)
    if not source.is_file():
        raise ModelError(f"The model file ingest/models/{name} is missing; CARD.md beside it says how to make it.")
    with source.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}


def pack_words(words: Sequence[str]) -> NDArray[np.uint8]:
    """Words without line breaks as one array of UTF-8 bytes, a line each: far smaller than an array of strings."""
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def unpack_words(packed: NDArray[np.generic]) -> list[str]:
    """The words that `pack_words` packed."""
    return packed.tobytes().decode("utf-8").split("\n")
