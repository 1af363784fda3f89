"""Traditional characters folded to simplified ones, one for one, so that offsets stay what they are."""

from functools import cache

from opencc import OpenCC

# The blocks that hold the traditional forms: CJK Unified Ideographs and Compatibility Ideographs.
BLOCKS = ((0x4E00, 0xA000), (0xF900, 0xFB00))


@cache
def _table() -> dict[int, str]:
    """Code point → simplified character, for each character that OpenCC changes on its own into one other."""
    characters = [chr(c) for first, last in BLOCKS for c in range(first, last)]
    # A line break between them keeps OpenCC from reading neighbours as a phrase.
    simple = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simple, strict=True)
    return {ord(old): new for old, new in pairs if old != new and len(new) == 1}


def simplified(text: str) -> str:
    """`text` in simplified characters, of the same length, each character folded by itself."""
    return text.translate(_table())
