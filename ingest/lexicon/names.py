"""Loads the word lists in `data/`: plain lists of words and tables of words by kind."""

from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files("ingest.lexicon").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The words of the list `data/NAME.txt`."""
    return frozenset(word for line in _lines(f"{name}.txt") for word in line.split())


@cache
def words_by_kind(name: str) -> dict[str, tuple[str, ...]]:
    """The words of the table `data/NAME.tsv` by their kind (its first column), longest first."""
    table: dict[str, set[str]] = {}
    for line in _lines(f"{name}.tsv"):
        kind, _, listed = line.partition("\t")
        table.setdefault(kind, set()).update(listed.split())
    return {kind: tuple(sorted(group, key=lambda w: (-len(w), w))) for kind, group in table.items()}
