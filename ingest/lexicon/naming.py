"""Where names of a fixed list stand in a text."""

from functools import cache

import ahocorasick


@cache
def _automaton(names: frozenset[str]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, len(name))
    automaton.make_automaton()
    return automaton


def longest_names(text: str, names: frozenset[str]) -> list[tuple[int, int]]:
    """Spans [start, end) of `names` in `text`, none overlapping; of two that begin together the longer."""
    return [(end + 1 - length, end + 1) for end, length in _automaton(names).iter_long(text)] if names else []
