"""Where a quantity stands: its clause, its sentence, and the mentions around it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.records import Mention
from ingest.claims.numerals import fold

CLAUSE_END = re.compile(r"[，,；;。！？!?：:\n…]|——")
SENTENCE_END = re.compile(r"[。！？!?\n]|；(?=[^，。]{12})")


@dataclass(slots=True)
class Scene:
    """A report's text with the lookups that reading its figures needs; all offsets into the text."""

    text: str
    mentions: Sequence[Mention]
    folded: str = field(init=False)
    starts: list[int] = field(init=False)
    owner: list[int] = field(init=False)
    counts: Counter[str] = field(init=False)
    _clauses: list[int] = field(init=False)
    _sentences: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.folded = fold(self.text)
        self.mentions = sorted(self.mentions, key=lambda m: (m.start, -m.end))
        self.starts = [m.start for m in self.mentions]
        self.counts = Counter(m.name for m in self.mentions)
        self.owner = [-1] * (len(self.text) + 1)  # character -> index of the mention it belongs to
        for index, mention in enumerate(self.mentions):
            for place in range(mention.start, mention.end):
                if self.owner[place] < 0:
                    self.owner[place] = index
        self._clauses = self._edges(m.end() for m in CLAUSE_END.finditer(self.text) if not self._inside_number(m))
        self._sentences = self._edges(m.end() for m in SENTENCE_END.finditer(self.text))

    def _edges(self, ends: Iterable[int]) -> list[int]:
        return sorted({0, *ends, len(self.text)})

    def _inside_number(self, match: re.Match[str]) -> bool:
        """The comma of 12,300 and the colon of 12:30 end no clause."""
        before, after = self.text[match.start() - 1 : match.start()], self.text[match.end() : match.end() + 1]
        return match[0] in ",:" and before.isdigit() and after.isdigit()

    @staticmethod
    def _around(edges: list[int], place: int) -> tuple[int, int]:
        i = bisect_right(edges, place) - 1
        return edges[i], edges[min(i + 1, len(edges) - 1)]

    def clause(self, place: int) -> tuple[int, int]:
        """The clause that holds the character at `place`, closing mark included."""
        return self._around(self._clauses, place)

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence that holds the character at `place`."""
        return self._around(self._sentences, place)

    def line(self, place: int) -> tuple[int, int]:
        """The line, so in a clean text the paragraph, that holds the character at `place`."""
        start = self.text.rfind("\n", 0, place) + 1
        end = self.text.find("\n", place)
        return start, end if end >= 0 else len(self.text)

    def blank(self, start: int, end: int) -> str:
        """text[start:end] with a space for every character that belongs to a mention."""
        owner = self.owner
        return "".join(" " if owner[i] >= 0 else self.text[i] for i in range(start, end))

    def before(self, place: int) -> int:
        """How many mentions start before `place`: an index into `mentions`."""
        return bisect_left(self.starts, place)
