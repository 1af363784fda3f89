"""Places of one name in one report, told apart by the divisions before them and by where else the name exists."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.mentions.alias_rules import key
from ingest.mentions.candidates import Candidate
from ingest.mentions.divisions import nested_in
from ingest.mentions.villages import VillageCodes

PLACES = frozenset({"Village", "Division"})
JOINTS = frozenset({"", "的", "·"})  # what may stand between a container and what lies in it
TOWNSHIP_ENDS = ("镇", "乡", "街道", "苏木")


def container_before(text: str, spans: Sequence[Candidate], index: int) -> Candidate | None:
    """The division whose name runs straight into the place at `index`, None where there is none."""
    if index == 0:
        return None
    left, span = spans[index - 1], spans[index]
    return left if left.type == "Division" and text[left.end : span.start] in JOINTS else None


def chain_before(text: str, spans: Sequence[Candidate], index: int) -> list[Candidate]:
    """All divisions written in one go before the place at `index`, largest first."""
    container = container_before(text, spans, index)
    return [*chain_before(text, spans, index - 1), container] if container else []


def compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the same place can lie in, or be, both: unknown codes fit all, else one code must hold the other."""
    return not one or not other or any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def _inside(codes: Iterable[str], areas: Iterable[str]) -> tuple[str, ...]:
    held = tuple(areas)
    return tuple(code for code in codes if nested_in(code, held))


class Namesakes:
    """Finds names that stand for two places in one report; `marks` says of a span's index how it is to be called."""

    def __init__(self, text: str, spans: Sequence[Candidate], villages: VillageCodes) -> None:
        self.spans = list(spans)
        self.marks: dict[int, str] = {}
        self._text, self._lexicon, self._around = text, villages.lexicon, villages.around
        self._villages = villages
        groups: dict[tuple[str, str], list[int]] = {}
        for index, span in enumerate(spans):
            if span.type in PLACES:
                groups.setdefault((span.type, key(text[span.start : span.end])), []).append(index)
        for (kind, _), indexes in groups.items():
            chains = {i: chain for i in indexes if (chain := chain_before(text, spans, i))}
            if chains and not (kind == "Village" and self._two_townships(indexes, chains)):
                self._one_elsewhere(indexes, chains)

    def _two_townships(self, indexes: Sequence[int], chains: dict[int, list[Candidate]]) -> bool:
        """One village name behind two townships: both carry the township, a bare one means the one named last."""
        own = {i: self._text[chain[-1].start : chain[-1].end] for i, chain in chains.items()}
        own = {i: name for i, name in own.items() if name.endswith(TOWNSHIP_ENDS)}
        if len(set(own.values())) < 2:
            return False
        last = next(iter(own.values()))
        for index in indexes:
            last = own.get(index, last)
            self.marks[index] = last
        return True

    def _one_elsewhere(self, indexes: Sequence[int], chains: dict[int, list[Candidate]]) -> None:
        """A name that is also written with a far-off container, which the report names nowhere else.

        If the report's own area has a place of that name too, the bare name means that one; the other is marked with
        what is written before it.
        """
        span = self.spans[indexes[0]]
        possible = self._possible(span.type, self._text[span.start : span.end])
        there = {i: _inside(possible, chain[-1].codes) for i, chain in chains.items()}
        foreign = [i for i in chains if there[i] and self._only_here(chains[i])]
        own = [i for i in chains if there[i] and i not in foreign]
        if not foreign:
            return
        home = there[own[0]] if own else _inside(possible, self._named_outside([c for i in foreign for c in chains[i]]))
        if not home:
            home = there[max(foreign, key=lambda i: self._weight(there[i]))]
        for index in indexes:
            if index in foreign and not compatible(there[index], home):
                written = chains[index][-2:] if span.type == "Village" else chains[index][-1:]
                self.marks[index] = self._text[written[0].start : self.spans[index].start].replace("的", "")
                known = tuple(code for code in self.spans[index].codes if code in there[index])
                self.spans[index] = replace(self.spans[index], codes=known or there[index])
            elif index not in chains and any(not compatible(there[i], home) for i in foreign):
                self.spans[index] = replace(self.spans[index], codes=home)

    def _only_here(self, chain: Sequence[Candidate]) -> bool:
        """Whether the county and township of `chain` are named nowhere else in the report."""
        codes = {code for c in chain for code in c.codes if len(code) >= 6}
        own = {c.start for c in chain}
        return not any(codes & set(s.codes) and s.start not in own for s in self.spans if s.type == "Division")

    def _weight(self, codes: Sequence[str]) -> int:
        """How many divisions of the same province the report names."""
        return sum(s.codes[0][:2] == codes[0][:2] for s in self.spans if s.type == "Division" and s.codes)

    def _possible(self, kind: str, form: str) -> tuple[str, ...]:
        """Codes of all places called `form` in the divisions the report names."""
        if kind == "Village":
            return self._villages.anywhere(form)
        codes, _ = self._lexicon.gazetteer.divisions_called(form)
        return _inside(codes, self._around.codes)

    def _named_outside(self, chain: Sequence[Candidate]) -> set[str]:
        """Codes of the counties and smaller divisions that the report names apart from those of `chain`."""
        there = {code for c in chain for code in c.codes}
        rest = {code for code in self._around.codes if len(code) >= 6}
        return {code for code in rest if not any(code.startswith(t) or t.startswith(code) for t in there)}
