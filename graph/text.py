"""One way of folding Chinese and Latin text before it is compared. OpenCC is met here alone."""

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), "") | dict.fromkeys(range(9, 14), " ")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` with traditional characters turned into simplified ones."""
    found: str = _to_simplified().convert(text)
    return found


def fold(text: str) -> str:
    """`text` in NFKC, lower case and simplified characters, without control characters; its length may change."""
    return simplified(unicodedata.normalize("NFKC", text).lower().translate(_CONTROL))


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    return fold(character)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """`text` folded character by character, and the offset in `text` that each folded character comes from."""
    pieces = [_fold_character(character) for character in text]
    offsets = [at for at, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), offsets
