"""SPARQL over a library: read-only, offline, and bounded in time, memory, rows and bytes.

Every query runs in a process of its own (`graph.rdf.worker`), which is ended when its time is up: nothing that a query
can say keeps the program from answering the next one.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from graph.errors import AllianceError
from graph.identity import entities_of
from graph.rdf.projection import to_dataset
from graph.rdf.terms import BASE, PREFIXES
from graph.store import Library

WORKER = Path(__file__).with_name("worker.py")  # run by path: it needs rdflib and nothing else of this program
LONGEST = 20_000  # characters of a query
START_SECONDS = 20.0  # for the process to start and load the data, before the query's own time begins


class QueryError(AllianceError):
    """A query that is wrong, refused, or beyond the limits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one query: seconds it may run, rows and bytes it may return, bytes of memory it may use."""

    seconds: float = 10.0
    rows: int = 1_000
    bytes: int = 4_000_000
    memory: int = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The answer: cells are texts, IRIs, or None where a variable is unbound.

    `cut` says why rows are missing, '' where all are there. ASK has one cell, `true` or `false`; CONSTRUCT and DESCRIBE
    have the columns subject, predicate, object.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    cut: str
    seconds: float

    @property
    def truncated(self) -> bool:
        """Whether rows are missing."""
        return bool(self.cut)


@lru_cache(maxsize=2)
def _data(uri: str, version: str, base: str) -> bytes:
    """The pickled dataset of a library; `version` only tells one state of it from another."""
    library = Library.open(uri)
    entities = entities_of(library)
    return pickle.dumps(to_dataset(library, entities, base), protocol=pickle.HIGHEST_PROTOCOL)


def query(library: Library, sparql: str, limits: Limits | None = None, base: str = BASE) -> ResultTable:
    """The answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query.

    QueryError, with the way out, for updates, SERVICE, FROM, wrong syntax, and when a limit of time or memory is met.
    More rows or bytes than the limits allow are cut off, which `ResultTable.cut` says.
    """
    limits = limits or Limits()
    if len(sparql) > LONGEST:
        raise QueryError(f"The query has {len(sparql)} characters; at most {LONGEST} are taken.")
    return ask(_data(library.uri, library.version, base), sparql, limits)


def ask(data: bytes, sparql: str, limits: Limits) -> ResultTable:
    """Run a query over a pickled dataset in a process of its own."""
    request = json.dumps({"sparql": sparql, "prefixes": PREFIXES, **asdict(limits)}).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the query is data on its standard input
            [sys.executable, "-P", str(WORKER), str(len(request))],
            input=request + data,
            capture_output=True,
            timeout=limits.seconds + START_SECONDS,
            env={**os.environ, "PYTHONHASHSEED": "0"},  # so that rows nobody ordered still come in one order
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryError(_too_long(limits)) from None
    if hasattr(signal, "SIGALRM") and done.returncode == -signal.SIGALRM:
        raise QueryError(_too_long(limits))
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2] or f"status {done.returncode}"
        raise QueryError(f"The query could not be answered: {said}")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise QueryError(answer["error"])
    rows = tuple(tuple(row) for row in answer["rows"])
    return ResultTable(tuple(answer["columns"]), rows, answer["cut"], answer["seconds"])


def _too_long(limits: Limits) -> str:
    return f"The query ran longer than {limits.seconds:g} s and was stopped. Narrow it down, or add LIMIT."
