"""The encoder of an overlay that is not ours, to learn or measure on what it did not learn from."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.search.encoder import FAMILY, Encoder
from graph.search.encoder_weights import make_folder
from graph.search.overlay import digest


@contextmanager
def encoder_of(overlay: Path) -> Iterator[Encoder]:
    """The stock encoder with `overlay` laid over it, while it is needed. EncoderError where it does not fit."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / f"e5-{overlay.stem}"  # e5 in the name: it takes e5's prompts
        make_folder(folder, overlay)
        encoder = Encoder.load(str(folder))
        encoder.name = f"{FAMILY}{digest(overlay)}"  # as it would be called if it were ours: vectors are known again
        yield encoder
