"""Report files → `graph.records.Report`: encoding, masthead, clean text. Bad content gives a Failure, no exception."""

from ingest.reading.discovery import discover
from ingest.reading.files import read, read_bytes, source_hash
from ingest.reading.result import Discovery, Failure, Reading

__all__ = ["Discovery", "Failure", "Reading", "discover", "read", "read_bytes", "source_hash"]
