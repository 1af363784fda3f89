"""Forms of address: a surname with a title (张书记, 老张, 李爷爷) and whose they are."""

import re
from functools import cache

from ingest.lexicon import Lexicon

# Characters before a title that are no surname: 副主任, 镇长, 村书记.
NO_SURNAMES = frozenset("副总正老大小本该原前新首省市州县区旗镇乡村社组队站所院校厂部局的了和与是女男")
FAMILIAR = ("老", "小", "阿")


@cache
def _titles(titles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(re.escape(t) for t in titles) + ")$")


def addressed(form: str, lexicon: Lexicon) -> str:
    """The surname in a form of address (张书记 → 张, 老张 → 张, 李某 → 李), '' where `form` is a name or no person."""
    if len(form) == 2 and form in lexicon.surnames:
        return form  # 欧阳 (老师)
    if len(form) == 2 and form[0] in FAMILIAR:
        return form[1]
    if len(form) == 2 and form[1] == "老":
        return form[0] if form[0] in lexicon.surnames else ""
    if re.fullmatch(r".[某]{1,2}", form):
        return form[0]
    title = _titles(lexicon.titles).search(form)
    if title is None or title.start() == 0:
        return ""
    rest = form[: title.start()]
    if len(rest) == 2 and rest[0] in FAMILIAR:
        rest = rest[1]
    known = rest in lexicon.surnames or (len(rest) == 1 and rest not in NO_SURNAMES)
    return rest if known and len(rest) <= 2 else ""
