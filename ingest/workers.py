"""Worker processes: each file is read and extracted under a time and memory bound, and cannot take others with it."""

import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from threadpoolctl import threadpool_limits

from graph.errors import AllianceError
from ingest.models import check_models
from ingest.outcome import Outcome
from ingest.reading import Failure, read

SECONDS_A_FILE = 120
MEMORY_BYTES = 6 * 1024**3  # address space of a worker; torch is never loaded in one
# The networks' arrays come and go by the megabyte: kept rather than returned to the system each time (one part in 25)
ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": "1073741824", "MALLOC_TRIM_THRESHOLD_": "1073741824"}
IN_FLIGHT = 4  # files a worker has waiting, so that it never idles and little is lost when it dies


class FileTimeoutError(AllianceError):
    """A file took longer than a report may take."""


def process(path: Path) -> Outcome:
    """Read one file and extract all its reports; a failure is part of the outcome."""
    from ingest.extractor import Extractor  # a process that only hands out files starts without it

    try:
        with _time_bound(SECONDS_A_FILE):
            reading = read(path)
            extractor = Extractor.load()
            return Outcome(path, tuple(extractor.extract(r) for r in reading.reports), reading.failures)
    except FileTimeoutError:
        reason = f"took longer than {SECONDS_A_FILE} s to read. Split it, or save it as plain text."
    except MemoryError:
        reason = f"needs more than {MEMORY_BYTES // 1024**3} GiB to read. Split it, or save it as plain text."
    except RecursionError:
        reason = "is nested too deeply to read. Save it as plain text."
    return Outcome(path, failures=(Failure(str(path), reason),))


@contextmanager
def _time_bound(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise FileTimeoutError(f"over {seconds} s")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def _prepare() -> None:
    """Runs first in every worker: bounds its memory, leaves Ctrl-C to the parent, loads the extractor."""
    from ingest.extractor import Extractor

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    threadpool_limits(1)  # one thread a worker: the workers themselves fill the cores
    Extractor.load()


def _pool(workers: int) -> ProcessPoolExecutor:
    for name, value in ALLOCATOR.items():
        os.environ.setdefault(name, value)  # read by a worker's C library as it starts; nothing changes in this process
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_prepare)


@contextmanager
def _main_unseen() -> Iterator[None]:
    """A worker started inside does not import the main module: it would load the database and all commands for nothing.

    What a worker runs stands in this module, so it needs nothing of the program's own.
    """
    main = sys.modules["__main__"]
    spec, file = main.__spec__, main.__dict__.pop("__file__", None)
    main.__spec__ = None
    try:
        yield
    finally:
        main.__spec__ = spec
        if file is not None:
            main.__file__ = file


def _submit(pool: ProcessPoolExecutor, path: Path) -> Future[Outcome]:
    with _main_unseen():
        return pool.submit(process, path)


def outcomes(files: Sequence[Path], workers: int) -> Iterator[Outcome]:
    """One outcome a file, in order. With one worker the files are read in this process."""
    if workers == 1 or len(files) <= 1:
        with threadpool_limits(1):  # the networks' matrices are too small for more threads to pay
            yield from map(process, files)
        return
    check_models()  # what keeps every worker from starting is said here, once, and not of each file
    waiting = deque(files)
    while waiting:
        suspects = yield from _pooled(waiting, workers)
        for path in suspects:  # one of them killed its worker: read them apart to find which
            yield _alone(path)


def _pooled(waiting: deque[Path], workers: int) -> Generator[Outcome, None, list[Path]]:
    """Outcomes of `waiting` until a worker dies; returns the files that were in flight then."""
    flight: deque[tuple[Path, Future[Outcome]]] = deque()
    pool = _pool(workers)
    try:
        while waiting or flight:
            while waiting and len(flight) < workers * IN_FLIGHT:
                flight.append((waiting[0], _submit(pool, waiting[0])))
                waiting.popleft()
            outcome = flight[0][1].result()
            flight.popleft()
            yield outcome
    except BrokenProcessPool:
        return [path for path, _ in flight]
    finally:
        pool.shutdown(cancel_futures=True)
    return []


def _alone(path: Path) -> Outcome:
    with _pool(1) as pool:
        try:
            return _submit(pool, path).result()
        except BrokenProcessPool:
            reason = "made the reader crash. Save it as plain text."
            return Outcome(path, failures=(Failure(str(path), reason),))
