"""Where sentences, paragraphs, sections and cases of a report begin and end, as offsets into its text."""

from ingest.segmenting.sections import Section, section_at, sections
from ingest.segmenting.sentences import Span, paragraphs, sentences

__all__ = ["Section", "Span", "paragraphs", "section_at", "sections", "sentences"]
