"""A name found once is marked wherever else it stands: longest first, in what is still free of the text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.lexicon import Lexicon
from ingest.mentions.candidates import Candidate

SOURCE = "repeated"
LEAST_SCORE = 0.5  # of the best find of a name; a doubtful find is not multiplied
SHORT_SCORE = 0.8  # the same for names of two characters, which stand inside other words more easily


def _worth(form: str, best: float, lexicon: Lexicon) -> bool:
    if len(form) < 2 or form in lexicon.stop_words["short"]:
        return False
    return best >= (SHORT_SCORE if len(form) == 2 else LEAST_SCORE)


def _best_by_form(text: str, spans: Iterable[Candidate]) -> dict[str, Candidate]:
    best: dict[str, Candidate] = {}
    for span in spans:
        form = text[span.start : span.end]
        if form not in best or best[form].score < span.score:
            best[form] = span
    return best


def spread(text: str, spans: Sequence[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """`spans` and every further place where one of their names stands; in text order, none overlapping."""
    taken = bytearray(len(text))
    for span in spans:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    found = list(spans)
    for form, span in sorted(_best_by_form(text, spans).items(), key=lambda item: (-len(item[0]), item[0])):
        if not _worth(form, span.score, lexicon):
            continue
        at = text.find(form)
        while at >= 0:
            end = at + len(form)
            if not any(taken[at:end]):
                taken[at:end] = b"\1" * len(form)
                found.append(replace(span, start=at, end=end, source=SOURCE))
            at = text.find(form, end)
    return sorted(found)
