"""What a figure measures, in the words of its own clause: 新增就业岗位, 村集体收入, 加装智能电表."""

import re

from graph.ontology import ontology
from ingest.claims.figures_quantities import Quantity
from ingest.claims.figures_scene import Scene
from ingest.claims.figures_tables import cell_says
from ingest.mentions.lexical import LexicalModel

SHORT = 8  # characters: too few to say what is measured
LONGEST = 14  # characters; an indicator is a short phrase
LEFT, RIGHT, EARLIER = 7, 8, 10  # the same for what stands before the number, behind it, and in the clauses before
ACTORS = ontology().actors
COUNTED = frozenset(
    {"people", "building", "thing", "animal", "plant", "weight", "area", "length", "energy", "time", "age", ""}
)
# Times, shares and openings that say nothing of what is measured.
_TIME = re.compile(
    r"(?:19|20)\d\d(?=[—-]+(?:19|20)\d\d年)|[—-]+(?=(?:19|20)\d\d年)|(?:19|20|'|’)?\d\d年(?:底|末|初|以来|度)?|\d{1,2}月(?:份|底|末|初|中旬|上旬|下旬)?|\d{1,2}[日号]|"
    r"(?:去|今|明|前|后|当|上|同|头一|第二|次)年(?:底|初|末|秋天|春天|冬天|夏天)?|目前|如今|现在|眼下|截至|截止|至今|近年来?|[上下]半年|年[底初末]|"
    r"第?[一二三四]季度|一年来|以来|过去|以前|从前|原来|早先|原先|随后|此前|之后|以后|其中|另有|另外|同时|此外|预计|累计|一共|总共|共计|全年|头一回|最[多少高低]的?|其余|只剩"
)
_TAIL = re.compile(
    r"(?:[达为是了共有至由仅只已也就还能可再才在于近刚和与、又“（(\s]|(?<=[升降涨增减高低加少扩压跌缩展大达])到|[达]到|超过|突破|上升|增至|降至|升至|"
    r"涨|升|降|已有|共有|还有|只有|仅有|不少|先后|分别|大约|的(?=$))+$"
)
_HEAD = re.compile(
    r"^(?:[的了也就还又已都将把被给对向从由于以和与及并而但则、让使其共该这那“”\"（）()\s。，,：:；;]|计划|拟|力争|争取|先后|分别|已经|曾经|通过|为了|可以|能够|他们|我们|她们)+"
)
_STOP = re.compile(
    r"[，,。；;！？：:、\n（）()“”\"…\s]|的时候|分别|已经|全部|正在|可以|能够|参加|组[成建]|成立|加入|一起|纷纷|[\d为从把被将由向与和及都也让给还才每没专常]"
)
_OPENING = re.compile(r"^(?:以上|左右|以下|的|是|为|在|来自|都|从|由|给)+")
_QUOTES = re.compile(r"[“”\"‘’「」『』]")
_CHANGE = re.compile(
    r"[^，。；\d]{0,6}[到至为成]了?(?:(?:\d{4}年|去年|今年|如今|目前|现在).{0,3}的?)?(?:每.{1,2})?|—+|[升降涨增减]"
)
# Verbs that stand for what is measured where a sum of money follows: 三村各出[资], 赔[亏损].
_SUMS = (
    ("拿出", "拿出资金"),
    ("凑", "凑出资金"),
    ("投", "投资"),
    ("贷", "贷款"),
    ("拨", "拨款"),
    ("补", "补助"),
    ("补贴", "补贴"),
    ("亏", "亏损"),
    ("赔", "亏损"),
    ("各得", "分红"),
    ("分得", "分得分红"),
    ("每村分", "每村分红"),
    ("各分", "各分红"),
    ("卖", "卖出销售收入"),
    ("分到", "分到分红"),
    ("得到", "得到收入"),
    ("捐", "捐款"),
    ("掏", "掏钱出资"),
)
_TO = re.compile(r".{0,5}[到至为成]了?|[升降涨增减]")
BARE = {
    "户": "户数",
    "area": "面积",
    "people": "人数",
    "length": "长度",
    "money": "金额",
    "time": "用时",
}  # where no word says it
# Words that carry no measure and so do not open an indicator, unless nothing else is left of it.
_IDLE_WORDS = """
    已 经 已经 曾 曾经 都 就 也 还 又 再 才 超 超过 逾 达 近 共 总共 一共 共计 累计
    先后 陆续 相继 实现 达成 打造 打造出 打造成 出 起 了 着 过 得 的 等 是 为 在 到
    把 将 让 使 由 从 向 对 被 给 与 和 及 并 而 则 其 该 这 那 个 时 时候 可 能
    会 要 她 他 它 我 们 他们 我们 来 去 跟 以 于 所 至 约 大约 如今 现在 目前 眼下
    推动 帮助 助力 、 ， 。
"""
_IDLE = frozenset(_IDLE_WORDS.split())
_DRIVING = re.compile(
    r"^(?:.*(?:打造出|实现了?|已经?|达成))?(?:(?:带动|拉动|推动|助推|促进|撬动)(?=新增|增收|就业|创业|户均|人均))?(?=.{4})"
)
_PER_PIECE = re.compile("[每一](?:斤|公斤|亩|吨|只|个|件|头|条|张|袋|盒|瓶|碗|份|公里|幅|块|杯|筐|箱)")
_GIVEN = re.compile(r"(?:^|[^拿卖付产支掏])出$")


def _last_words(phrase: str, longest: int) -> str:
    """The end of `phrase`, at most `longest` characters, from the beginning of a word that says something."""
    words = LexicalModel.load().cut(phrase)
    size, first = 0, len(words)
    while first and size + len(words[first - 1]) <= longest:
        first -= 1
        size += len(words[first])
    kept = words[first:] or [phrase[-longest:]]
    while len(kept) > 1 and kept[0] in _IDLE and len("".join(kept[1:])) > 1:
        kept = kept[1:]
    return _DRIVING.sub("", "".join(kept))


def _first_words(phrase: str, longest: int) -> str:
    """The beginning of `phrase`, at most `longest` characters, that ends where a word does."""
    kept = ""
    for word in LexicalModel.load().cut(phrase):
        if len(kept) + len(word) > longest:
            break
        kept += word
    return kept or phrase[:longest]


def _clean(words: str) -> str:
    return _HEAD.sub("", _TAIL.sub("", _TIME.sub("", words).strip()).strip())


def _without_actors(scene: Scene, start: int, end: int) -> str:
    """The text of [start, end) with the names of actors left out."""
    kept, at = [], start
    for index in range(scene.before(start), scene.before(end)):
        mention = scene.mentions[index]
        if mention.type in ACTORS and mention.start >= at:
            kept.append(scene.text[at : mention.start])
            at = mention.end
    return "".join([*kept, scene.text[at:end]])


def _left(scene: Scene, start: int, end: int) -> str:
    """The words of [start, end) behind the last actor, without times and function words."""
    for index in range(scene.before(start), scene.before(end)):
        mention = scene.mentions[index]
        if mention.type in ACTORS and mention.end <= end and _clean(scene.text[mention.end : end]):
            start = mention.end
    return _clean(_without_actors(scene, start, end))


def _right(quantity: Quantity, scene: Scene) -> str:
    """The noun counted, directly behind the unit: 6名[研究生], 4.7万元的[退税], 六成是[留守妇女]."""
    _, end = scene.clause(quantity.number)
    words = _OPENING.sub("", _QUOTES.sub("", scene.text[quantity.end : max(end, quantity.end)]))
    stop = _STOP.search(words, 1)
    if words[:1].isdigit():
        return ""
    noun = _first_words(words[: stop.start() if stop else 10], RIGHT).strip("，,。；;！？：:、…（）() \n")
    return "" if _TO.fullmatch(noun) else noun  # 由45天[压到]11天 counts nothing


def _earlier(quantity: Quantity, scene: Scene, floor: int) -> str:
    """What the clauses before say, back to the beginning of the sentence or to the figure before."""
    start, _ = scene.clause(quantity.number)
    bottom = max(floor, scene.sentence(quantity.number)[0])
    while start > bottom:
        start, end = max(bottom, scene.clause(start - 1)[0]), start
        words = _clean(_without_actors(scene, start, end - 1))
        if len(words) >= 2:
            return _last_words(words, EARLIER)
    return ""


def _changed(quantity: Quantity, scene: Scene, floor: int) -> bool:
    """Whether this is the second end of a change: 由45天[压到11天]."""
    between = scene.text[floor : quantity.start]
    return floor > scene.clause(quantity.number)[0] and bool(_CHANGE.fullmatch(between))


def _sum_named(left: str) -> str:
    """The noun for the sum behind a bare verb of giving, losing or selling."""
    if _PER_PIECE.search(left) and left.endswith(("卖", "卖到", "收", "给到", "卖出")):
        return left + "价"
    if _GIVEN.search(left):
        return left + "资"
    return next((left.removesuffix(verb) + noun for verb, noun in _SUMS if left.endswith(verb)), left)


def _noun_added(said: str, quantity: Quantity, follows: str) -> str:
    """Areas and shares say what they are: 标准厂房面积, 留守妇女占比."""
    if quantity.kind == "area" and said and "积" not in said and len(said) <= 10:
        return said + "面积"
    if quantity.unit in "%％" and quantity.unit and follows in "是的为" and follows and "比" not in said:
        return said + "占比"
    return said


# What is counted in a unit, where the words of the clause do not say it: (noun, characters that say it already).
_SHARE = "率比占增降升长幅翻涨减高提分成少多息折"
NOUNS = {
    "户": ("户数", "户口"), "天": ("天数", "时期天日"),
    "人": ("人数", "人者员生工师名口"), "名": ("人数", "人者员生工师名"),
    "公里": ("长度", "长路渠程"), "家": ("家数", "企店商社户家位"), "口人": ("人口", "人"), "层": ("层数", "层楼"),
    "分钟": ("用时", "时间"), "小时": ("用时", "时间"), "年": ("年数", "年期时"), "倍": ("倍数", "倍翻增长"),
    "%": ("占比", _SHARE), "％": ("占比", _SHARE),
}  # fmt: skip
WHOLE = 18  # characters of an indicator put together


def indicator(quantity: Quantity, scene: Scene, floor: int = 0, inherited: str = "") -> str:
    """The indicator of one figure; `floor` is where the figure before it ends, `inherited` what that one measured."""
    if quantity.kind == "age" or quantity.unit == "岁":
        return "年龄"
    if inherited and _changed(quantity, scene, floor):
        return inherited
    cell = cell_says(quantity, scene)
    if cell:
        return cell
    said = _noun_added(_told(quantity, scene, floor, inherited), quantity, scene.text[quantity.end : quantity.end + 1])
    return _completed(said, quantity, scene, floor, inherited)


def _same_run(quantity: Quantity, scene: Scene, floor: int) -> bool:
    """Whether the figure before stands in the same sentence and has the same unit: 甲村44万元，乙村39万元."""
    if floor <= scene.sentence(quantity.number)[0] or not quantity.unit:
        return False
    return quantity.unit in scene.text[max(0, floor - len(quantity.unit) - 2) : floor]


def _completed(said: str, quantity: Quantity, scene: Scene, floor: int, inherited: str) -> str:
    """`said` with the noun counted, what the clause before says where it is but a verb, and the unit's noun."""
    right = _right(quantity, scene)
    if inherited and inherited not in said and len(said) <= SHORT and not right and _same_run(quantity, scene, floor):
        return (inherited + said)[:WHOLE]
    if right and right not in said and len(said) + len(right) <= WHOLE:
        said += right
    if len(said) <= SHORT:
        earlier = _earlier(quantity, scene, floor)
        if earlier not in said:
            said = earlier + said
    noun, known = NOUNS.get(quantity.unit, ("", ""))
    moved = scene.text[quantity.start - 1 : quantity.start] in ("由", "从")  # 损耗由45天压到11天
    return said if moved or len(said) + len(noun) > WHOLE or any(c in said for c in known) else said + noun


def _whole(said: str, quantity: Quantity) -> str:
    """An attribute without its noun gets the sum that it goes with (引进的[资金]), or loses its 的 (覆盖乡镇[的])."""
    if len(said) < 3 or not said.endswith("的"):
        return said
    return said + "资金" if quantity.kind == "money" else said[:-1]


def _told(quantity: Quantity, scene: Scene, floor: int, inherited: str) -> str:
    """The indicator in the words of the clause, or of the clauses before it."""
    start, _ = scene.clause(quantity.number)
    left, right = _left(scene, max(start, floor), quantity.start), _right(quantity, scene)
    if quantity.kind == "money":
        left = _sum_named(left)
    follows = scene.text[quantity.end : quantity.end + 1]
    share = quantity.unit in ("%", "％") and bool(follows)
    shut = (len(left) >= 2 and follows not in ("的", "是")) or (follows != "的" and not share)
    if quantity.kind not in COUNTED and shut:
        right = ""
    said = _whole(_last_words(left, LEFT if right else LONGEST) + right, quantity)
    if len(said) >= 4 or (len(said) >= 2 and right):
        return said
    earlier = _earlier(quantity, scene, floor)
    if not left and not earlier and inherited and floor > scene.sentence(quantity.number)[0]:
        return inherited
    return earlier + said or inherited or BARE.get(quantity.unit, BARE.get(quantity.kind, ""))
