"""Things made once for another thing, and kept while that one lives."""

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """What was made for the last few things; these are told apart by identity and need no hash."""

    def __init__(self, most: int = 4) -> None:
        self._most = most
        self._made: list[tuple[weakref.ref[K], V]] = []

    def of(self, thing: K, make: Callable[[], V]) -> V:
        """What was made for `thing`, by `make` if it is new."""
        for ref, made in self._made:
            if ref() is thing:
                return made
        fresh = make()
        living = [(ref, made) for ref, made in self._made if ref() is not None]
        self._made = [(weakref.ref(thing), fresh), *living][: self._most]
        return fresh
