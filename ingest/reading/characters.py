"""Characters of a raw text to one form: line ends, blanks, invisible characters, full-width letters, punctuation."""

import html
import re
import unicodedata

HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
# What Chinese text puts next to a half-width comma that should have been full-width.
WIDE = rf"{HAN}“”‘’《》〈〉「」『』〔〕【】（）、。·—…％"
LINE_ENDS = re.compile(r"\r\n|[\r\v\x85\u2028\u2029]")
BLANKS = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Zero-width, bidi and other format characters, controls, and the private use block of symbol fonts.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffb\uf000-\uf0ff]"
)
SURROGATES = re.compile(r"[\ud800-\udfff]")
COMPATIBILITY = re.compile(r"[\u2e80-\u2fd5\uf900-\ufaff]")  # radicals and compatibility ideographs of PDF text layers
ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|[lr][ds]quo|mdash|middot|hellip|quot|amp|lt|gt|#\d{2,6}|#x[\da-fA-F]{2,5});")
FULL_WIDTH = {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
FULL_WIDTH |= {code: chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)}
FULL_WIDTH |= {ord("％"): "%", ord("＠"): "@", ord("＃"): "#", ord("＆"): "&", ord("＋"): "+", ord("＝"): "="}
BETWEEN_DIGITS = re.compile(r"(?<=\d)[．－](?=\d)")
ASCII_MARKS = re.compile(rf"(?<=[{WIDE}])[,:;!]+|[,:;!]+(?=[{HAN}“‘《「『【（])")
TO_WIDE = str.maketrans(",:;!?", "，：；！？")
QUESTION = re.compile(rf"(?<=[{WIDE}])\?")
ASKING = re.compile(r"[吗呢么吧谁哪何几怎啥咋否嗎麼誰幾]|多少|是不|有没|能不|要不|好不|可不|行不|什")
BOX_DASH = re.compile(rf"(?<=[{WIDE}])──(?=[{WIDE}])")  # typed for a Chinese dash
BOX = re.compile(r"[─━┄-═╒-╿]+")  # borders, but not the bars between cells
CLAUSE_MARKS = "，。；：！？,;!?\n"


def _marks(match: re.Match[str]) -> str:
    return match.group().translate(TO_WIDE)


def _questions(text: str) -> str:
    """Half-width question marks that ask; others stand for a lost character (甲?乙) and stay as they are."""

    def widen(match: re.Match[str]) -> str:
        end = match.start()
        start = max(text.rfind(mark, 0, end) for mark in CLAUSE_MARKS) + 1
        closes = text[match.end() : match.end() + 1] in {"", "\n", "”", "」", '"', "’"}
        return "？" if closes or ASKING.search(text, start, end) else "?"

    return QUESTION.sub(widen, text)


def normalise_characters(text: str) -> str:
    """`text` with one form for each character; line breaks become "\\n", other blanks spaces.

    A full-width space becomes two spaces and a tab four, so that indentation and columns still tell what a line is.
    """
    text = ENTITY.sub(lambda m: html.unescape(m.group()), text)
    text = SURROGATES.sub("\ufffd", LINE_ENDS.sub("\n", text))
    text = INVISIBLE.sub("", BLANKS.sub(_blank, text))
    text = COMPATIBILITY.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    text = BOX.sub(" ", BOX_DASH.sub("——", text))
    text = text.translate(FULL_WIDTH)
    text = BETWEEN_DIGITS.sub(lambda m: "." if m.group() == "．" else "-", text)
    return _questions(ASCII_MARKS.sub(_marks, text))


def _blank(match: re.Match[str]) -> str:
    return {"\u3000": "  ", "\t": "    "}.get(match.group(), " ")
