"""Which files under the paths a person names are reports."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.reading.result import Discovery, Failure
from ingest.reading.sniffing import FORMATS


def _is_report(path: Path, root: Path) -> bool:
    """A visible file of a known kind, no README, and in the folder itself: no link leads out of it."""
    if path.name.startswith(".") or path.stem.lower() == "readme" or path.suffix.lower() not in FORMATS:
        return False
    return path.is_file() and path.resolve().is_relative_to(root)


def _walk(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for place, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in sorted(names) if _is_report(path := Path(place, name), root))


def discover(paths: Sequence[Path]) -> Discovery:
    """The report files under `paths`, sorted, each once.

    A file named directly is kept whatever its suffix; a folder gives the files of known kinds in it and below, but no
    hidden ones, no README and nothing a symbolic link leads to outside it.
    """
    found: dict[Path, Path] = {}
    failures: list[Failure] = []
    for path in paths:
        if path.is_dir():
            files = list(_walk(path))
            if not files:
                failures.append(Failure(str(path), f"the folder holds no reports ({' '.join(FORMATS)})"))
            for file in files:
                found.setdefault(file.resolve(), file)
        elif path.exists():
            found.setdefault(path.resolve(), path)
        else:
            failures.append(Failure(str(path), "there is no such file or folder; check the path"))
    return Discovery(tuple(sorted(found.values())), tuple(failures))
