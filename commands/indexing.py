"""index: what search needs of a library, made anew."""

from typing import Annotated

import typer

from commands.common import LibraryOption, Quiet, interruptible, opened, out, progress_bar
from commands.reading import index_library


def index(
    library: LibraryOption = "library",
    model: Annotated[
        str | None,
        typer.Option(
            help="A sentence-transformers folder or hub name; without it, our own encoder.", show_default=False
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Make a library's passages and vectors anew, with our encoder or another.

    Needed after an update that brings a better encoder (`alliance status` says which one made the vectors), or to try
    another model. Records are not touched.

    Examples:  `alliance index`   ·   `alliance index --model BAAI/bge-m3`   ·   `alliance index --model e5-small-zh-en`
    """
    from graph.search.encoder import DEFAULT_NAME

    target = opened(library)
    wanted = model or DEFAULT_NAME
    before = target.encoder
    if wanted == before and not target.unindexed_reports():
        if not quiet:
            out.print(f"The vectors of {target.uri} were made by {before}; nothing to do.", soft_wrap=True)
        return
    with interruptible(), progress_bar(shown=not quiet) as draw:
        index_library(target, wanted, lambda done, whole: draw("编码 encoding", done, whole))
    if not quiet:
        out.print(f"{len(target.passages())} passages of {target.uri}, vectors by {target.encoder}.", soft_wrap=True)
