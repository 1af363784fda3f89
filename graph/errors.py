"""Errors that a user can meet, all with one base class.

Each message says what is wrong, with which file or record, and the way out.
"""


class AllianceError(Exception):
    """Base of every error this project raises on purpose."""


class OntologyError(AllianceError):
    """A type, relation or code that the ontology does not declare."""


class LibraryError(AllianceError):
    """A library folder that cannot be used as asked."""


class NotFoundError(AllianceError):
    """An id or name that stands for nothing in this library."""


class ReadingError(AllianceError):
    """A file that cannot be read as a report."""


class EncoderError(AllianceError):
    """The sentence encoder cannot be made or loaded."""


class UsageError(AllianceError):
    """Arguments that do not fit the command."""
