"""Where sentences, paragraphs, sections and cases of a report begin and end, as offsets into its text."""

from ingest.segmenting.sentences import Span, paragraphs, sentences

__all__ = ["Span", "paragraphs", "sentences"]
