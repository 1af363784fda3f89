"""serve, demo: the web page."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.common import LibraryOption, opened, out, print_failures, stop
from commands.reading import ingest_paths

HOME = Path(__file__).resolve().parent.parent


def serve(
    library: LibraryOption = "library",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 8501,
) -> None:
    """Open the web page on 127.0.0.1.

    Example:  `alliance serve --library ningbo --port 8600`
    """
    opened(library)  # says now what is wrong, rather than in the browser
    url = f"http://127.0.0.1:{port}"
    out.print(f"联盟图谱 Alliance Graph: {url}   (Ctrl-C stops)", soft_wrap=True)
    environment = {**os.environ, "ALLIANCE_LIBRARY": str(Path(library).absolute()) if "://" not in library else library}
    settings = {
        "server.port": str(port),
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.enableXsrfProtection": "true",
        "browser.gatherUsageStats": "false",
    }
    flags = [part for key, value in settings.items() for part in (f"--{key}", value)]
    command = ["streamlit", "run", str(HOME / "app.py"), *flags]
    os.chdir(HOME)  # Streamlit reads the theme from .streamlit/ here
    os.execve(sys.executable, [sys.executable, "-m", *command], environment)  # noqa: S606 - no shell, own arguments


def demo(
    library: LibraryOption = "library",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 8501,
) -> None:
    """Read the demonstration reports into a library and open the web page.

    Example:  `alliance demo`
    """
    seeds = HOME / "seeds"
    if not seeds.is_dir():
        stop(f"The demonstration reports are not at {seeds}: run this in a checkout of the project.", 2)
    out.print("Reading the demonstration reports; the first time, the sentence encoder is made too (about a minute).")
    summary, target = ingest_paths([seeds], library, None, None, shown=True)
    print_failures(summary.failures)
    out.print(f"{len(target.reports())} reports in {target.uri}.", markup=False)
    serve(library, port)
