"""Web pages (e-paper pages of newspapers, articles of news sites) to their text and what they say of themselves."""

import re
from collections.abc import Iterator

from lxml import etree, html

from graph.errors import ReadingError
from ingest.reading.boilerplate import article_of
from ingest.reading.bylines import authors
from ingest.reading.characters import normalise_characters
from ingest.reading.cleaning import raw_lines
from ingest.reading.dates import any_date, full_date
from ingest.reading.encoding import decode
from ingest.reading.masthead import read_masthead
from ingest.reading.result import Draft, Metadata

CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})|<\?xml[^>]{0,80}encoding=[\"']([\w-]{3,20})", re.I
)
# What pages declare and what decodes it without loss.
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "utf8": "utf-8"}
DEEPEST = 200  # levels of nesting; a page of a newspaper has under 60
BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        *("founder-content", "founder-title"),
    ]
)
UNSEEN = (
    *("script", "style", "noscript", "template", "head", "iframe"),
    *("select", "option", "button", "textarea", "svg", "object", "map"),
)
# Containers in which Founder's e-paper system and the common Chinese site systems put the article.
IDS = (
    *("ozoom", "articleContent", "article_content", "js_content", "zoom", "Zoom"),
    *("UCAP-CONTENT", "vsb_content", "rwb_zw", "detail", "p-detail"),
)
CLASSES = ("TRS_Editor", "v_news_content", "article-content", "rm_txt_con")
# Never closed, or so seldom that counting them would not tell the depth.
UNCLOSED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "p",
        "li",
        "td",
        "tr",
        "option",
        "dd",
        "dt",
    ]
)
CONTAINERS = (
    "//founder-content",
    *(f"//*[@id='{name}']" for name in IDS),
    "//article",
    *(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in CLASSES),
)
ENP_BODY = re.compile(r"<!--\s*enpcontent\s*-->(.*?)<!--\s*/enpcontent\s*-->", re.S | re.I)
ENP_PROPERTY = re.compile(r"<!--\s*enpproperty(.*?)/enpproperty\s*-->", re.S | re.I)
TITLE_META = ("ArticleTitle", "og:title", "twitter:title")
DATE_META = ("PubDate", "article:published_time", "publishdate", "pubdate", "og:release_date", "date")
SOURCE_META = ("ContentSource", "source", "article:publisher", "og:site_name", "SiteName")
PAPER = re.compile(r"^([\u4e00-\u9fff]{2,10}?报)(?:多媒体)?(?:数字报|数字版|电子版|电子报|$)")
SITE_TAIL = re.compile(r"(?:\s*[-_|—–·｜]+\s*|\s{2,})[^-_|—–｜]{2,30}$")
ENOUGH = 50  # Chinese characters a container must hold to be the article


def _page(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page's characters: byte-order mark, declared encoding if it fits, else the bytes' own look."""
    declared = CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = (declared[1] or declared[2]).decode("ascii").lower()
        try:
            return data.decode(ALIASES.get(name, name)), ()
        except (UnicodeDecodeError, LookupError):
            pass  # many pages declare gb2312 and hold UTF-8, or the other way round
    decoded = decode(data)
    return decoded.text, ((f"read as {decoded.encoding}, which is not certain",) if decoded.doubtful else ())


def _parse(page: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, recover=True)
    try:
        return html.document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _depth(page: str) -> int:
    """How deep the tags nest at most, tags that are never closed apart."""
    deepest = level = 0
    for match in re.finditer(r"<(/?)([a-zA-Z][\w-]*)", page):
        if match[2].lower() not in UNCLOSED:
            level = max(0, level + (-1 if match[1] else 1))
            deepest = max(deepest, level)
    return deepest


def _flat(page: str) -> str:
    """The text of a page too deep or too broken to parse: tags cut out, blocks on lines of their own."""
    page = re.sub(r"(?is)<(script|style)\b.*?(?:</\1>|$)|<!--.*?-->", " ", page)
    page = re.sub(r"(?i)<(?:/?(?:p|div|h[1-6]|tr|li|table)|br)\b[^<>]*>", "\n", page)
    return re.sub(r"<[^<>]*>", "", page)


def _pieces(root: html.HtmlElement) -> Iterator[str]:
    """Text of `root` in reading order with "\\n" where a block begins or ends; without recursion."""
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            yield node.tail or ""
            continue
        tag = node.tag.lower() if isinstance(node.tag, str) else ""
        cell = tag in {"td", "th"} and not any(child.tag in BLOCKS for child in node.iterdescendants())
        if event == "start":
            yield "\n" if tag == "br" or (tag in BLOCKS and not cell) else ""
            yield re.sub(r"[\r\n\t]+ *", " " if tag != "pre" else "\n", node.text or "")
        else:
            yield "  " if cell else "\n" if tag in BLOCKS else ""
            if node is not root:
                yield re.sub(r"[\r\n\t]+ *", " ", node.tail or "")


def _text(root: html.HtmlElement) -> str:
    return "\n".join(line.rstrip() for line in "".join(_pieces(root)).split("\n") if line.strip())


def _han(text: str) -> int:
    return sum("\u3400" <= c <= "\u9fff" for c in text)


def _strip_unseen(root: html.HtmlElement) -> None:
    for node in list(root.iter(*UNSEEN)):
        if node.getparent() is not None and node is not root:
            node.drop_tree()
    for node in root.xpath("//*[contains(@style, 'display:none') or contains(@style, 'display: none') or @hidden]"):
        if node.getparent() is not None and _han(_text(node)) < ENOUGH:
            node.drop_tree()


def _contained(root: html.HtmlElement, page: str) -> str:
    """The text of the element that the page's system marks as its article, '' where none is marked."""
    for path in CONTAINERS:
        texts = [_text(node) for node in root.xpath(path)]
        best = max(texts, key=_han, default="")
        if _han(best) >= ENOUGH:
            return best
    for match in ENP_BODY.finditer(page):
        part = _parse(f"<div>{match[1]}</div>")
        if part is not None and _han(text := _text(part)) >= ENOUGH:
            return text
    return ""


def _article(root: html.HtmlElement, page: str, whole: str) -> str:
    """The article: the marked container, else trafilatura's finding unless it lost more than half of the long lines."""
    if contained := _contained(root, page):
        return contained
    found = article_of(page)
    long_lines = [line for line in whole.split("\n") if len(line.strip()) >= 30 and re.search("[。！？，]", line)]
    wanted = sum(_han(line) for line in long_lines)
    laid_out = re.search(r"^\|.{80,}", found, re.M)  # it took a page laid out in tables for a table
    return found if found and not laid_out and _han(found) * 2 >= wanted else whole


def _meta(root: html.HtmlElement, names: tuple[str, ...]) -> str:
    values = {
        str(node.get("name") or node.get("property") or "").lower(): str(node.get("content") or "").strip()
        for node in root.iter("meta")
    }
    return next((values[name.lower()] for name in names if values.get(name.lower())), "")


def _heading(root: html.HtmlElement) -> str:
    for path in (
        "//founder-title",
        "//h1",
        "//*[@class='title' or @id='title' or @class='article-title' or @id='activity-name']",
    ):
        for node in root.xpath(path):
            text = " ".join(_text(node).split())
            if 4 <= len(text) <= 80:
                return text
    return ""


def _property(page: str, name: str) -> str:
    """A value in Founder's block of article properties, which stands in a comment."""
    block = ENP_PROPERTY.search(page)
    match = re.search(rf"<{name}>(.*?)</{name}>", block[1], re.S | re.I) if block else None
    return re.sub(r"<[^<>]*>", "", match[1]).strip() if match else ""


def _declared(root: html.HtmlElement, page: str) -> Metadata:
    name = "".join(root.xpath("string(//title)")).strip()
    title = _property(page, "title") or _meta(root, TITLE_META) or _heading(root) or SITE_TAIL.sub("", name)
    date = _property(page, "date") or _meta(root, DATE_META)
    address = root.xpath("string(//link[@rel='canonical']/@href)") or _meta(root, ("og:url",))
    author = _property(page, "author")
    return Metadata(
        title=" ".join(normalise_characters(title).split()),
        publisher=_meta(root, SOURCE_META) or (paper[1] if (paper := PAPER.match(name)) else ""),
        date=full_date(date) or any_date(date),
        authors=authors([author]),
        url=str(address) if str(address).startswith(("http://", "https://")) else "",
    )


def _around(whole: str, title: str) -> Metadata:
    """The masthead around the title of the page as a reader sees it."""
    lines = raw_lines(whole)
    flat = re.sub(r"\s", "", title)
    places = [i for i, line in enumerate(lines) if flat and flat in re.sub(r"\s", "", line)]
    start = places[-1] if places else 0
    near = read_masthead(lines[start : start + 10])
    return near.or_else(read_masthead(lines[max(0, start - 8) : start + 6]))


def read_html(data: bytes) -> Draft:
    """The draft of a web page. Raises ReadingError where it shows no text."""
    page, warnings = _page(data)
    root = _parse(page) if _depth(page) <= DEEPEST else None
    if root is None:
        return Draft(
            _flat(page), warnings=(*warnings, "the page is too deeply nested or broken; its tags were cut out")
        )
    declared = _declared(root, page)
    _strip_unseen(root)
    whole = _text(root)
    if not whole.strip():
        raise ReadingError(
            "the page shows no text; it may be filled in by a script: save it from the browser once it shows"
        )
    article = _article(root, page, whole)
    said = declared.or_else(_around(whole, declared.title))
    flat = re.sub(r"\s", "", said.title)
    titled = flat in re.sub(r"\s", "", normalise_characters(article[:400]))
    return Draft(article if titled or not flat else f"{said.title}\n\n{article}", said, warnings)
