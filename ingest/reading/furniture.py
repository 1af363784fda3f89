"""Page furniture: what a page shows around its article (navigation, counters, sharing, legal lines, other stories)."""

import re
from collections.abc import Sequence

BRACKETS = " []【】〖〗［］()（）〔〕「」"
# Labels a reader clicks: furniture only where they stand as a token of their own.
BUTTONS = (
    r"上一[版篇条條页頁期]\d*|下一[版篇条條页頁期]|标题导航|版面导航|返回(?:目录|列表|首页|顶部)|全文复制|"
    r"放大|缩小|默认|"
    r"打印(?:本[页文])?|打印预览|收藏(?:本[页文])?|关闭(?:窗口|本页)?|(?:我要)?[纠糾][错錯]|推荐给朋友|举报|朗读|投诉|"
    r"PDF版|往期回[顾顧]|简体|繁體|繁体|無障礙|无障碍(?:浏览|阅读)?|会员登录|注册|登录|"
    r"微信|微博|新浪微博|腾讯微博|QQ空间|人人网|朋友圈|点?分享|点?点?[赞贊]|点?收藏|点?在看|在看|"
    r"下载客户端\S*|搜 ?索|阅读原文"
)
# Labels with a value behind them that says nothing about the report.
COUNTERS = (
    r"(?:[浏瀏][览覽](?:次[数數]|量)?|[阅閱][读讀](?:次数|量)?|[点點][击擊](?:次?[数數]|率|量)?|访问量|"
    r"人气|热度|评论|[赞贊]|在看)"
    r"[:：]?\s*[\[【(（]?\s*(?:\d[\d ,.]*\s*[万萬]?\+?次?|加载中)?\s*[\]】)）]?"
    r"|字[体體号號](?:大小)?[:：]?|(?:[视視]力保护色|保护[视視]力色)[:：]?|■|分享到?[:：]?|责任编辑[:：]?|网站地图|XML"
    r"|(?<![\w.])[a-z]{2,6}(?![\w.])|http://|来自[\u4e00-\u9fff]{2,3}"
)
TOKEN = re.compile(rf"(?:{BUTTONS}|{COUNTERS})")
SEPARATORS = re.compile(r"(\s*[|｜│┊]\s*|\s{2,}|(?=[【\[［〔])|(?<=[】\]］〕]))")
SIZES = re.compile(  # 字号：大 中 小 with any brackets and blanks between
    r"[【〖\[［(（〔]?\s*(?:字[体體号號](?:大小)?)\s*[:：]?[\s\[\]【】［］()（）]*(?:[大中小][\s\[\]【】［］()（）]*){2,3}"
    r"|(?<!\S)大 +中 +小(?!\S)|放大 +缩小(?: +默认)?|上一版\d*(?: +\d*下一版)?|\d+下一版|"
    r"(?:[视視]力保护色|保护[视視]力色)[:：][■ ]*"
)
COUNTER_FIELD = re.compile(
    r"(?<!\S)(?:[浏瀏][览覽](?:次[数數]|量)?|[阅閱][读讀](?:次数|量)?|[点點][击擊](?:次?[数數]|率|量)?|访问量|人气)"
    r"(?:[:：]\s*|\s+(?=\d))[\[【(（]?\s*(?:\d[\d ,.]*[万萬]?\+? ?次?|加载中)?\s*[\]】)）]?(?=\s|$)"
)
# Whole lines that begin like this are furniture.
OPENINGS = re.compile(
    r"[【〖\[［(（]?(?:"
    r"[上下]一[篇条條则則版期页頁](?:[:：]|\s|$)|标题导航|版面导航|"
    r"(?:责任?编辑?|責任?編輯?|本版(?:责任)?编辑|值班编辑|实习编辑|编辑|編輯|校对|校對|美编|初审|复审|"
    r"终审|审核|审校|监制)"
    r"[:：丨｜|/]|"
    r"版权(?:所有|声明)|版權|(?:【)?免[责責][声聲]明|Copyright|Ｃ|©|(?:主办|承办|主管|"
    r"协办)单?位?[:：].*(?:主办|承办|标识码|办公室|政府)|"
    r"\S{0,3}ICP备|网站标识码|技术支持[:：]|建议使用\d+\*|友情[链鏈]接|"
    r"未经授权|转载请注明|本站部分|本网(?:转载|注明)|部分(?:图片|资料)来自网络|如有侵权|"
    r"扫一扫|扫描二维码|掃描二維碼|[长長]按\S*二[维維][码碼]|[👆👇↑▼▲↓]?\s*[点點][击擊](?:上方|下方|蓝字|"
    r"阅读)|戳[“\"]|[点點][个個]?[“「\"]在看|"
    r"欢迎(?:关注|投稿|订阅|访问)|》》欢迎|喜欢此内容|往期(?:推荐|回[顾顧]|精彩)|(?:相[关關]|[热熱][门門]|"
    r"延伸|推荐|精彩)"
    r"(?:推[荐薦]|[链鏈]接|[阅閱][读讀]|文章|新闻|回顾)|猜[您你]喜欢|"
    r"—+ *END *—*|END$|—+ ?完 ?—+$|分享(?:到|至)?[:：]|阅读 ?\d|客服热线|本文档由|◎免责|广告[:：]|广 ?告$|"
    r".{0,3}中缝[〕】]|"
    r"地址[:：].*(?:邮编|电话|备案)|电话[:：][\d略]|本文由\S*转换程序"
    r")",
    re.IGNORECASE,
)
# A heading over other stories' titles: what follows to the end of the page belongs to it.
ELSEWHERE = re.compile(
    r"[【〖]?(?:往期(?:推荐|回[顾顧]|精彩)|(?:相[关關]|[热熱][门門]|延伸|推荐|精彩)(?:推[荐薦]|[链鏈]接|"
    r"[阅閱][读讀]|文章|新闻)"
    r"|猜[您你]喜欢|友情[链鏈]接|喜欢此内容)"
)
TURN = r"(?:下[转轉接]|上接|[转接]|接上|未完|下一[页頁])"
# Bracketed: （下转第6版）, (接上页); bare: 下转第11版, — 12 —, 第 3 页 共 9 页, 2006.3.14 2.
PAGE_MARK = re.compile(
    rf"[（(【]\s*{TURN}[^（）()【】]{{0,20}}[）)】]|(?:下[转轉]|"
    rf"上接)第? ?[A-Z]?[\d一二三四五六七八九十]{{1,3}} ?[版页頁]"
    r"|[-—–－·] ?\d{1,4} ?[-—–－·]|第 ?\d{1,4} ?[页頁](?:[ ,，/]*共 ?\d+ ?[页頁])?|\d{1,4} ?/ ?\d{1,4}"
    r"|(?:19|20)\d{2}[.年]\d{1,2}(?:[.月]\d{1,2}日?)? +(?:·?\d{1,3}·?|[A-D]\d{1,2})"
)
INLINE_MARK = re.compile(
    r"[（(【]\s*(?:下[转轉]|上接)第? ?[A-Z]?[\d一二三四五六七八九十]{1,3} ?[版页頁]?[^（）()【】]{0,10}[)）】]"
)
CRUMBS = re.compile(
    r"[您你]?(?:的?当?前?|當前|现在的?|現在的?)?(?:所在)?位置\s*[:：]?.*[>＞»→/].*|\S{0,4}首[页頁]\s*(?:>|"
    r"＞|»|→|/|-).*|"
    r"[^>＞»。]{2,20}(?:[>＞»]+[^>＞»。]{1,20})*[>＞»]+ *正文.*|[^>＞»。]{2,16}(?:[>＞»→]+[^>＞»→。]{1,16}){1,4}"
)
ADVERTISEMENT = re.compile(
    r"微信同号|优惠券|下载APP|高价回收|高價回收|代开发票|办证刻章|棋牌|送彩金|体育直播|體育直播|官方入口|"
    r"客服QQ|友情链接|交换链接|吉房出租|旺铺招租|专治|"
    r"厂家直销|特价机票|遗失声明|遗失.{0,20}(?:一只|一枚|作废)|今日(?:菜价|行情|天气)|金币|大礼包|"
    r"火热报名|仅供参考，以当日"
)
PROSE = re.compile(r"[。！？!?]|，.*，")
RUNNING = re.compile(r"\d{1,3} ?版|第 ?\d+ ?页|(?:19|20)\d{2} ?[年.-]|(?<![A-Za-z\d])[A-D]\d{1,2}(?![A-Za-z\d])")


def is_page_mark(line: str) -> bool:
    """A line of its own that only says that the page ends or begins: 下转第6版, — 12 —."""
    if PAGE_MARK.fullmatch(line):
        return True
    return len(line) <= 70 and INLINE_MARK.search(line) is not None and not PROSE.search(line)


def without_fields(line: str) -> str:
    """`line` without the furniture that stands among its fields; '' where nothing else stands there."""
    line = COUNTER_FIELD.sub(" ", SIZES.sub(" ", line)).strip()
    pieces = SEPARATORS.split(line)
    kept: list[str] = []
    dropped = 0
    for position, piece in enumerate(pieces):
        if position % 2:
            kept.append(piece or "")
        elif piece.strip(BRACKETS) and all(TOKEN.fullmatch(word) for word in piece.strip(BRACKETS).split()):
            dropped += 1
        else:
            kept.append(piece)
    return line if not dropped else re.sub(r"(?:\s*[|｜│┊]){2,}", " ｜", "".join(kept)).strip(" |｜│┊")


def _is_navigation(line: str) -> bool:
    words = [word.strip(BRACKETS) for word in re.split(r"[\s|｜│]+|\]\s*\[", line) if word.strip(BRACKETS)]
    short = len(words) >= 4 and all(len(word) <= 8 for word in words)
    return short and (line.count("[") >= 3 or any(re.search(r"首[页頁]", word) for word in words))


def is_furniture(line: str) -> bool:
    """Whether a whole line, its fields' furniture taken out, is page furniture; prose never is."""
    if not line or re.fullmatch(r"[a-z]{2,8}|[^\w。！？；，、：”’」』）》…]+", line):
        return True
    if len(line) > 160:
        return False
    if OPENINGS.match(line):
        return True
    return not PROSE.search(line) and (CRUMBS.fullmatch(line) is not None or _is_navigation(line))


def elsewhere(lines: Sequence[str]) -> int:
    """Where the list of other stories at the foot of a page begins; len(lines) where there is none."""
    for position in range(len(lines) - 1, max(-1, len(lines) - 14), -1):
        if ELSEWHERE.match(lines[position]):
            rest = lines[position + 1 :]
            if all(len(line) <= 60 for line in rest):
                return position
    return len(lines)


def running_heads(lines: Sequence[str]) -> frozenset[str]:
    """The words that head the pages of a newspaper, taken from its first lines: its name, for the most part."""
    words = (
        word for line in lines[:3] if len(line) <= 70 and RUNNING.search(line) for word in re.split(r"[\s·|｜]+", line)
    )
    return frozenset(word for word in words if re.fullmatch(r"[\u4e00-\u9fff]{3,12}", word))


def is_running_head(line: str, heads: frozenset[str]) -> bool:
    """Whether a line further down repeats the head of the page: 某某日报 6 版 综合."""
    words = re.split(r"[\s·|｜]+", line)
    return (
        len(line) <= 70 and not PROSE.search(line) and bool(heads & set(words[:3])) and RUNNING.search(line) is not None
    )


def is_advertisement(line: str, place: int, count: int) -> bool:
    """Whether line number `place` of `count`, at the head or foot of a page, sells something."""
    return (place < 4 or place >= count - 6) and len(line) <= 100 and ADVERTISEMENT.search(line) is not None
