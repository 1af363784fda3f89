"""The offline extractor: one report in, all its records out."""

from dataclasses import dataclass
from functools import cache

from graph.records import Extraction, Report
from ingest.as_written import as_written, folded
from ingest.claims import find_cases, find_claims, find_figures, type_cases
from ingest.lexicon import Lexicon
from ingest.mentions import find_mentions
from ingest.mentions.tagger import Tagger
from ingest.mentions.weighing import weighed
from ingest.models import own_models

VERSION = "offline@6"  # grows with every change of what is extracted; a library notes which version read each report


@dataclass(frozen=True, slots=True)
class Extractor:
    """Holds what is loaded once a process: the lexicon and the trained tagger."""

    lexicon: Lexicon
    tagger: Tagger
    version: str = VERSION

    @classmethod
    def load(cls) -> "Extractor":
        """The extractor of this process, loaded at the first call."""
        return _load()

    def extract(self, report: Report) -> Extraction:
        """Cases, mentions, claims and figures of `report`, every one with its place in the text."""
        read = folded(report)
        return as_written(self._extract(read.plain), read, report)

    def _extract(self, report: Report) -> Extraction:
        seen = find_mentions(report, self.tagger, self.lexicon, self.version)
        mentions = weighed(report, seen, self.lexicon)
        cases = find_cases(report, mentions)
        claims = find_claims(report, mentions, cases, self.version)
        figures = find_figures(report, mentions, cases, self.version)
        return Extraction(report, type_cases(report, cases, mentions, claims), mentions, claims, figures)


@cache
def _load() -> Extractor:
    own = own_models()
    return Extractor(Lexicon.load(), Tagger.load(), f"{VERSION}+{own}" if own else VERSION)
