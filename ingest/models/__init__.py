"""Trained model files and the one way to find them. What each file is, and how to make it again, stands in CARD.md.

The folder named by the environment variable ALLIANCE_MODELS comes first: a file that lies there takes the place of the
one that ships. So models trained on one's own reports are used without touching the installation.
"""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from graph.errors import AllianceError

SHIPPED = Path(__file__).parent
FOLDER_VARIABLE = "ALLIANCE_MODELS"

Arrays = dict[str, NDArray[np.generic]]


class ModelError(AllianceError):
    """A model file that is missing or does not fit this version."""


def model_path(name: str) -> Path:
    """Where the model file `name` lies: in the user's models folder, else in this package.

    Raises ModelError where the folder named by ALLIANCE_MODELS does not exist, or the file lies in neither.
    """
    own = os.environ.get(FOLDER_VARIABLE)
    if own:
        if not Path(own).is_dir():
            raise ModelError(f"The models folder {own} does not exist; name one that `alliance train` has written.")
        if (Path(own) / name).is_file():
            return Path(own) / name
    shipped = SHIPPED / name
    if not shipped.is_file():
        raise ModelError(f"The model file ingest/models/{name} is missing; CARD.md beside it says how to make it.")
    return shipped


def check_models() -> None:
    """Raise ModelError where a model file is missing or broken, without the time it takes to load them."""
    for name in sorted(path.name for path in SHIPPED.glob("*.npz")):
        path = model_path(name)
        try:
            with np.load(path, allow_pickle=False) as archive:
                archive.files  # noqa: B018 - opening reads the list of arrays and checks it
        except (OSError, ValueError, BadZipFile) as error:
            raise ModelError(
                f"The model file {path} cannot be read ({error}); make it again or copy it anew."
            ) from error


def own_models() -> str:
    """A short digest of the files in the user's models folder, '' where the models that ship are used."""
    own = os.environ.get(FOLDER_VARIABLE)
    if not own:
        return ""
    digest = sha256()
    for path in sorted(Path(own).glob("*.npz")):
        digest.update(path.name.encode("utf-8"))
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def read_arrays(name: str) -> Arrays:
    """All arrays of the model file `name`; raises ModelError where there is none."""
    with np.load(model_path(name), allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}


def pack_words(words: Sequence[str]) -> NDArray[np.uint8]:
    """Words without line breaks as one array of UTF-8 bytes, a line each: far smaller than an array of strings."""
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def unpack_words(packed: NDArray[np.generic]) -> list[str]:
    """The words that `pack_words` packed."""
    return packed.tobytes().decode("utf-8").split("\n")
