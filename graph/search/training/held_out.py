"""The encoder of an overlay that is not ours, to learn or measure on what it did not learn from."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.search.encoder import Encoder
from graph.search.encoder_weights import make_folder


@contextmanager
def encoder_of(overlay: Path) -> Iterator[Encoder]:
    """The stock encoder with `overlay` laid over it, while it is needed. EncoderError where it does not fit."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / f"e5-{overlay.stem}"  # e5 in the name: it takes e5's prompts
        make_folder(folder, overlay)
        yield Encoder.load(str(folder))
