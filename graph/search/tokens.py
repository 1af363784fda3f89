"""The terms that full-text search counts: character pairs of Chinese, words of Latin script, numbers.

Pairs beat dictionary words here: they need no segmenter, and a name with one wrong character still shares the others.
"""

import re

from graph.text import fold

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W\d_{HAN}]+)|(?P<number>\d+(?:\.\d+)?)")


def terms(text: str) -> list[str]:
    """Terms of `text` in order, with repetitions: 党建联盟2.0 gives 党建 建联 联盟 2.0.

    A lone Chinese character stands for itself.
    """
    found: list[str] = []
    for match in RUN.finditer(THOUSANDS.sub("", fold(text))):
        run = match.group()
        if match.lastgroup == "han" and len(run) > 1:
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.append(run)
    return found


def column(text: str) -> str:
    """The terms as the store keeps them: one string, separated by blanks."""
    return " ".join(terms(text))


def is_chinese(text: str) -> bool:
    """Whether at least a quarter of the letters of `text` are Chinese characters."""
    han = len(re.findall(rf"[{HAN}]", text))
    latin = len(re.findall(r"[A-Za-z]", text))
    # An English word has some five letters where a Chinese one has two.
    return han > 0 and han * 5 >= latin
