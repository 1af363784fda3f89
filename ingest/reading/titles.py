"""Which of a page's first lines is its title."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.reading.characters import HAN
from ingest.reading.dates import full_date
from ingest.reading.publishers import MEDIUM_NAME, ORGANISATION, closed_up

LONGEST = 60
OFFICIAL = re.compile(r"关于.{4,60}的(?:通知|通报|意见|函|答复|决定|报告|请示|批复|公告|方案)$|關於.{4,60}的答[覆复]$")
SUBTITLE = re.compile(r"(?:—{1,2}|－{1,2}|--|─)")
# No title begins like this: the body does, or a field of the masthead.
NEVER = re.compile(
    r"[〔（(\[▍■◆●□▲★※⊙•·]|编者|按[:：]|[一二三四五六七八九十]{1,2}[、.]|[①-⑳]|图[①-⑳\d][:：]|目 *录|"
    r"附[:：]|[问答][:：]|各\S{0,12}[:：]$|"
    r"同志们|尊敬的|本文|(?:索引|索 引|编号|地点|主办|发文|分类|导读|核心提示|摘 *要|关键词|责编|编审|"
    r"责校|主编|统筹|组稿|视觉|版式|校对|今日|天气|本期|要目)"
)
MASTHEAD_FIELD = re.compile(
    r"星期[一二三四五六日天]|农历|责编|责任编辑|编辑[:：/ ]|版式|(?:记者|通讯员|作者|供稿|撰稿|来源|來源|"
    r"发布时间|日期)[:：\s]|"
    r"浏览|点击[:：]|热线|第 ?[A-Z]?\d+ ?版|(?<!\d)\d{1,2} ?版|第 ?\d+ ?[期页]|总第|〔\d{4}〕|发表于|"
    r"發表於|^原[创創]\s|位置[:：]|文件$|^本刊|"
    r"摄$|供稿[)）]|^[文图] ?[/／:：]|[\u4e00-\u9fff]编(?:\s|$)|^采访|公开范围|责任部门|职务|"
    r"^\S{0,6}(?:书记|主任|镇长|县长|局长)\s"
)
SERIES = re.compile(
    r"材料(?:之[一二三四五六七八九十\d]+)?$|选编$|汇编$|经验材料|^经 ?验 ?材 ?料|榜单$|推进会参阅|"
    r"^\S{2,6}论文$|特稿|专报$"
)
COLUMN = re.compile(r"对话$|周刊$|访谈$|笔记$|专栏$|栏目$|要闻$|快讯$|动态$|News$|NEWS$|模式】?$|广告")
LEADING_LABEL = re.compile(
    r"^(?:[【〖][^】〗]{2,8}[】〗]|\[[^\]]{2,8}\]|\S{2,6}(?:快讯|快报|日报|晚报|发布)[｜|丨])\s*(?=\S{4})"
)
FOLLOWED_BY = re.compile(r"记者|通讯员|作者|来源|來源|发[布表]|時間|时间|日期|\d{4}[-年/.]\d|文[/／]|^（?[12]\d{3}年")


def _clean(line: str) -> str:
    text = LEADING_LABEL.sub("", closed_up(line))
    while text and ord(text[0]) > 0x2600 and unicodedata.category(text[0]) == "So":
        text = text[1:].lstrip()
    text = re.sub(r"^@\S{2,6}\s+|\s+原[创創]\s.*", "", text)
    return re.sub(r"\s+", " ", text).strip()


def _score(text: str, following: str) -> int:
    """How like a title a line reads; below 0 it is none."""
    if not 4 <= len(text) <= LONGEST or NEVER.match(text) or SUBTITLE.match(text) or full_date(text):
        return -9
    if (
        re.fullmatch("[【〖][^】〗]*[】〗]|[〇○零一二三四五六七八九十年月日]+", text)
        or text.endswith(("。", "；", "，", "："))
        or MASTHEAD_FIELD.search(text)
    ):
        return -9
    points = 2 + 2 * bool(OFFICIAL.search(text)) + 3 * bool(SUBTITLE.match(following))
    points += (
        bool(re.search("[，：！？“”、—｜]", text)) + (8 <= len(text) <= 40) + 2 * bool(FOLLOWED_BY.search(following))
    )
    points -= 6 * bool(ORGANISATION.fullmatch(text) or MEDIUM_NAME.fullmatch(text)) + 4 * bool(SERIES.search(text))
    points -= 3 * bool(COLUMN.search(text)) + 2 * bool(re.search(r" [|｜·•] |·(?=\S{2,4}$)| - ", text))
    return points - 3 * (not re.search(f"[{HAN}]", text)) - 2 * (text.count(" ") >= 3)


def find_title(head: Sequence[str]) -> str:
    """The title among the first lines of a page, navigation and furniture taken out; '' where none reads like one."""
    texts = [_clean(line) for line in head]
    scores = [_score(t, after) - i // 3 for i, (t, after) in enumerate(zip(texts, [*head[1:], ""], strict=False))]
    highest = max(scores, default=0)
    near = (text for text, points in zip(texts, scores, strict=True) if points >= max(2, highest - 2))
    return next(near, "") if highest > 0 else ""
