"""By-lines and credits: who edited or laid out a page, under whatever pen name, is no part of what it reports."""

import re
from collections.abc import Sequence

from ingest.lexicon import Lexicon
from ingest.mentions.candidates import Candidate

_EDITORS = r"编辑|责编|责任编辑|排版|视觉|校对|审核|审校|供稿|制图|美编|插画|监制|统筹|策划"
_WRITERS = (
    r"(?:本报|本刊|本台|见习|特约|实习|首席)?(?:记者|通讯员|评论员)|作者|撰文|撰稿|摄影|原创|(?<![\u4e00-\u9fff])[图文]"
)
_BETWEEN = r"(?:[ \u3000]*[:：/／|｜][ \u3000]*|[ \u3000]+)"
_NAMES = r"[\u4e00-\u9fff·A-Za-z]{2,10}(?:(?:[ \u3000]+|[、／/])[\u4e00-\u9fff·]{2,10})*"
# Behind a credit stands white space, or a bracket closes, or the next credit begins: in an interview speech goes on.
CREDIT = re.compile(
    rf"(?:(?P<editor>{_EDITORS})|{_WRITERS}){_BETWEEN}{_NAMES}"
    rf"(?=[ \u3000\n）)】\]|｜]|$|{_EDITORS}|{_WRITERS})"
)
MASTHEAD = re.compile(r"^[\u4e00-\u9fff]{1,4}讯$")
# Lines that tell how to reach the page's makers or where else to click.
CONTACT = re.compile(
    r"^[ \u3000]*(?:本报|本刊|本社|联系|单位|通信|通讯)?"
    r"(?:地址|电话|邮编|版权|备案|上一篇|下一篇|分享到|相关链接|相关阅读|友情链接|当前位置)"
    r"[^。\n]*$",
    re.MULTILINE,
)
PEN_NAMES = ("老", "小", "阿")
WRITER, EDITOR, CLERK = 1, 2, 3


def without_credits(text: str, spans: Sequence[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """The spans but for editors, pen names in by-lines, contact lines, and datelines read as organisations (某地讯).

    A writer's full name stays: who reported a story is worth finding, and may be its witness.
    """
    credited = bytearray(len(text))
    for credit in CREDIT.finditer(text):
        role = EDITOR if credit["editor"] else WRITER
        credited[credit.start() : credit.end()] = bytes([role]) * (credit.end() - credit.start())
    for line in CONTACT.finditer(text):
        credited[line.start() : line.end()] = bytes([CLERK]) * (line.end() - line.start())
    kept: list[Candidate] = []
    for span in spans:
        if credited[span.start] == CLERK:
            continue
        form = text[span.start : span.end]
        role = credited[span.start] if span.type == "Person" else 0
        pen_name = role == WRITER and (form.startswith(PEN_NAMES) or not lexicon.surname(form))
        dateline = span.type == "Organization" and bool(MASTHEAD.match(form))
        if not (dateline or role == EDITOR or pen_name):
            kept.append(span)
    return kept
