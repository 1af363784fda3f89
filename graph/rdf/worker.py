"""One SPARQL query, in a process of its own: reads the request and the data from stdin, writes the answer as JSON.

python worker.py LENGTH   (LENGTH bytes of request, then the pickled dataset)
"""

import gc
import json
import pickle
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import rdflib.plugins.sparql as engine
from pyparsing import ParseException, ParseResults
from rdflib import Dataset
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

SECTIONS = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.system", "os.fork", "os.posix_spawn", "urllib.")


class RefusedError(Exception):
    """A query that is not answered; the message says why."""


def _forbid(event: str, _: tuple[Any, ...]) -> None:
    """Whatever a query brings about, this process neither speaks to anyone nor starts anything."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"A query may not do this: {event}.")


def _bound_memory(most: int) -> None:
    try:
        import resource  # there is none on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))


def _bound_time(seconds: float) -> None:
    """Let the system end this process in time, even in the middle of a regular expression."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _parts(value: object, seen: set[int]) -> set[str]:
    """Names of all parts of a parsed or translated query."""
    if id(value) in seen or isinstance(value, str):
        return set()
    seen.add(id(value))
    names = {str(value.name)} if hasattr(value, "name") else set()
    inside: Iterable[object] = ()
    if isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, (list, tuple, set, ParseResults)):
        inside = value
    for part in inside:
        names |= _parts(part, seen)
    return names


def _is_update(sparql: str) -> bool:
    try:
        parseUpdate(sparql)
    except (ParseException, RecursionError):
        return False
    return True


def checked(sparql: str, prefixes: dict[str, str]) -> Query:
    """The query, ready to run; RefusedError where it is wrong or not to be answered."""
    try:
        parsed = parseQuery(sparql)
    except ParseException as error:
        if _is_update(sparql):
            raise RefusedError("Only reading is allowed: SELECT, ASK, CONSTRUCT or DESCRIBE.") from None
        raise RefusedError(f"This is no SPARQL query: {error}") from None
    parts = _parts(parsed, set())
    for part, word in SECTIONS.items():
        if part in parts:
            raise RefusedError(f"{word} is refused: queries stay inside this library. GRAPH ?g names single reports.")
    return engine.prepareQuery(sparql, initNs=prefixes)


def _rows(result: Result) -> Iterator[list[str | None]]:
    if result.type == "ASK":
        yield ["true" if result.askAnswer else "false"]
    elif result.type == "SELECT":
        for row in result:
            yield [None if value is None else str(value) for value in row]  # type: ignore[union-attr]
    else:
        for triple in result.graph or ():
            yield [str(term) for term in triple]


def _columns(result: Result) -> list[str]:
    if result.type == "SELECT":
        return [str(variable) for variable in result.vars or ()]
    return ["answer"] if result.type == "ASK" else ["subject", "predicate", "object"]


def _taken(rows: Iterable[list[str | None]], most_rows: int, most_bytes: int) -> tuple[list[list[str | None]], str]:
    """As many rows as the bounds allow, and why there are no more."""
    kept: list[list[str | None]] = []
    size = 0
    for row in rows:
        if len(kept) == most_rows:
            return kept, f"only the first {most_rows} rows are shown"
        size += sum(len(cell.encode()) for cell in row if cell is not None)
        if size > most_bytes:
            return kept, f"only the first {len(kept)} rows are shown: the answer is larger than {most_bytes} bytes"
        kept.append(row)
    return kept, ""


def answer(dataset: Dataset, request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request, or `error`."""
    started = time.perf_counter()
    _bound_time(request["seconds"])
    try:
        result = dataset.query(checked(request["sparql"], request["prefixes"]))
        rows, cut = _taken(_rows(result), request["rows"], request["bytes"])
    except RefusedError as error:
        return {"error": str(error)}
    except RecursionError:
        return {"error": "The query is nested too deeply."}
    except MemoryError:
        return {"error": "The query needs more memory than it may have. Narrow it down."}
    return {"columns": _columns(result), "rows": rows, "cut": cut, "seconds": time.perf_counter() - started}


def main() -> None:
    """Answer one request from stdin."""
    request = json.loads(sys.stdin.buffer.read(int(sys.argv[1])))
    engine.SPARQL_LOAD_GRAPHS = False
    gc.disable()  # loading makes nothing but live objects
    dataset = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
    gc.enable()
    _bound_memory(request["memory"])
    sys.addaudithook(_forbid)
    sys.stdout.buffer.write(json.dumps(answer(dataset, request)).encode())


if __name__ == "__main__":
    main()
