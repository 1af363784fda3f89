"""Who wrote a report: the names behind 记者, 通讯员, 作者, 文/ and the like."""

import re
from collections.abc import Iterable

from ingest.reading.characters import HAN

LABEL = re.compile(
    r"(?:记者|記者|通讯员|通訊員|作者|撰稿|撰文|采写|執筆|执笔|采访整理|(?<![\u4e00-\u9fff])(?:文字|文|图文)(?:[/／]图)?(?=\s*[:：/／｜丨|]))"
    r"\s*[:：/／｜丨|]?\s*"
)
NAME = rf"(?:[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+|[{HAN}]( +)[{HAN}](?:\1[{HAN}])?(?![{HAN}])|[{HAN}]{{2,4}}(?![{HAN}]))"
ONE = re.compile(NAME)
GAP = re.compile(r"\s*[、，,/]\s*|\s+")
# What stands where a name could but is a body, a job or a verb.
NO_NAME = re.compile(
    r"(?:部|处|局|院|会|委|中心|网|报|室|组|系|办|公司|大学|电|摄|报道|通讯员|记者|编辑|审核|整理|日报|连日|近日|团|站|社|手记|实习|说|问|答)$"
    r"|^(?:图|文|来源|编辑|时间|日期|责编|版式|摄影|通讯员|作者|审核|校对|采写|本报|本刊|实习|特约|首席|见习|字号)"
)


def _names(text: str) -> list[str]:
    """The names at the beginning of `text`, letter-spaced ones (王 芳) closed up."""
    found: list[str] = []
    while match := ONE.match(text):
        name = re.sub(r"\s", "", match.group())
        if NO_NAME.search(name):
            break
        found.append(name)
        gap = GAP.match(text, match.end())
        if not gap:
            break
        text = text[gap.end() :]
    return found


def authors(lines: Iterable[str]) -> tuple[str, ...]:
    """The names in by-lines among `lines`, in their order, each once."""
    found: dict[str, None] = {}
    for line in lines:
        for match in LABEL.finditer(line):
            found |= dict.fromkeys(_names(line[match.end() :]))
    return tuple(found)
