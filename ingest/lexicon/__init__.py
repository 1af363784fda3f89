"""General knowledge as data: divisions and villages with codes, universities, surnames, suffixes, titles, verbs.

Nothing here comes from any report: see `data/SOURCE.md`.
"""

from dataclasses import dataclass
from functools import cache

from ingest.lexicon.gazetteer import DivisionHit, Gazetteer, parent, village_stem
from ingest.lexicon.names import words, words_by_kind
from ingest.lexicon.script import simplified
from ingest.lexicon.short_forms import PROVINCE_LETTERS, is_brief, short_forms

__all__ = [
    "PROVINCE_LETTERS",
    "DivisionHit",
    "Gazetteer",
    "Lexicon",
    "is_brief",
    "parent",
    "short_forms",
    "simplified",
    "village_stem",
]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the extractor knows before it reads a report.

    `suffixes` and `verbs` are by entity type and by relation; `stop_words` by kind of false friend.
    """

    gazetteer: Gazetteer
    universities: frozenset[str]
    surnames: frozenset[str]
    titles: tuple[str, ...]
    suffixes: dict[str, tuple[str, ...]]
    stop_words: dict[str, frozenset[str]]
    verbs: dict[str, tuple[str, ...]]

    @staticmethod
    @cache
    def load() -> "Lexicon":
        """The lexicon of this version, read once for each process (0.5 s)."""
        return Lexicon(
            gazetteer=Gazetteer.load(),
            universities=words("universities"),
            surnames=words("surnames"),
            titles=tuple(sorted(words("titles"), key=lambda w: (-len(w), w))),
            suffixes=words_by_kind("suffixes"),
            stop_words={kind: frozenset(group) for kind, group in words_by_kind("stop_words").items()},
            verbs=words_by_kind("verbs"),
        )

    def surname(self, name: str) -> str:
        """The surname that `name` begins with, '' where none is known; compound surnames go first."""
        return next((name[:n] for n in (3, 2, 1) if len(name) > n - 1 and name[:n] in self.surnames), "")

    def ending(self, name: str) -> tuple[str, str]:
        """The entity type that the longest known ending of `name` speaks for, and that ending; ('', '') for none."""
        matches = ((len(s), t, s) for t, group in self.suffixes.items() for s in group if name.endswith(s))
        _, kind, suffix = max(matches, default=(0, "", ""))
        return kind, suffix
