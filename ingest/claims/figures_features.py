"""What the model sees of a thing that a figure may be about: how, where and how often it is spoken of."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.claims.figures_cast import KINDS, Cast, Spoken
from ingest.claims.figures_quantities import Quantity, kind_numbers
from ingest.claims.figures_references import bare
from ingest.claims.figures_words import BETWEEN, FOLLOWING, LEADING
from ingest.models.hashed import Templates, code_of

BITS = 18
WORDS = 5  # pairs of characters of the indicator that are looked at
CASE = -1  # the number of the case itself among the things
_GROUP = re.compile(r"(?:[两二三四五六七八九十几各\d]个?)(?:村|社区|嘎查|镇|乡|县|地|家|寨|院|城|店|方)")
_TOTAL = re.compile("合计|加起来|加在一起|一共|合起来|平均|共|总|合[出建计种]")
_EACH = re.compile(r"各自?(?!种|类|项|级|界|方面|部门|地)|每(?:村|社区|家|镇)|均分|平分|分别|都")
# What a figure is about in the rough, by its words: the first that fits.
_TOPICS = (
    r"\d?岁|年龄|高龄",
    "出资|投资|拨|捐|注资|补助|补贴|资助|投入|拿出|掏|垫|奖励|配套|资金|[^产支]出$|凑|筹",
    "贷|授信|放款",
    "村集体|集体收入|集体经济|集体经营",
    "分红|分得|分到|红利|租金|入股|股",
    "人均|户均|增收|年收入|工资|月入|挣|收入",
    "销售|卖|销|产值|营业|营收|利润|税|进账|单|订单",
    "价|一斤|每斤|公斤|一只|一顿|一个",
    "游客|接待|来客|客|参观|进馆|看灯|人次|游人",
    "用工|员工|工人|就业|岗位|务工|招|雇",
    "成员|会员|社员|加入|单位|入盟|企业|商户|门店|店|摊",
    "培训|课|讲|教|带|徒弟|学员|师傅|专家|老师|学生|研究生|派",
    "调解|化解|纠纷|案|诉求|投诉|办结|受理|巡",
    "服务|义诊|看病|帮|送|代办|供餐|吃|助",
    "建|修|打造|铺|装|购|买|引进|添|改造|硬化|占地|投用|开工",
    "种|栽|养|亩|存栏|林|田|果园|基地",
    "产量|产|年产|出|日",
    "人口|户|居民|村民|党员|老人|孩子",
    "增长|提高|下降|降|升|翻|比|率|占",
)
_TOPIC = tuple(re.compile(words) for words in _TOPICS)


# What a candidate's features are made of: numbers of its own, and numbers that all candidates of a figure share.
OWN = (
    "kind", "tail", "ring", "rank", "rtype", "opens", "prev", "next", "next2", "modifies", "listed", "speaks",
    "guess", "count", "main", "title", "lead", "subj", "commas", "stops", "others", "gapw", "dist", "de",
)  # fmt: skip
SHARED = (
    "unit", "qkind", "before", "topic", "group", "each", "total", "inside", "named", "lkind", "w0", "w1", "w2",
    "w3", "w4",
)  # fmt: skip
# Words around each candidate, which are no part of what the figure before carries on.
WORDED = (
    *(f"t{i}" for i in range(BETWEEN)), *(f"f{i}" for i in range(FOLLOWING)), *(f"b{i}" for i in range(LEADING)),
    "tail2", "overlap",
)  # fmt: skip
ATOMS = (*OWN, *SHARED)
# Numbers that speak of the figure before: `same` whether that had this candidate for subject (2 none before), `gap` how
# far back it is, `new` names since, `fresh` whether the candidate was spoken of since, `first` of the case.
RUN = ("same", "gap", "new", "fresh", "first")
STATIC = Templates.of(
    (*ATOMS, *WORDED),
    "kind; ring; rank; rtype; guess; kind ring; kind rank; kind rtype; kind qkind; kind qkind ring; "
    "kind unit; kind tail; tail qkind; tail unit; tail topic; kind topic; kind topic ring; "
    "kind topic qkind; kind topic main; kind count; count ring; main kind ring; title kind; title ring; "
    "group kind; group total kind; group each kind; group each kind ring; group kind main; "
    "group total kind topic; opens ring; kind opens ring; opens rank; lead; lead kind; lead ring; "
    "lead named; subj; subj kind; subj ring; subj named; subj kind topic; subj modifies; subj speaks; "
    "subj lkind kind; subj guess; lkind kind; lkind kind topic; speaks kind ring; next ring; next kind; "
    "next2; prev ring; prev kind ring; modifies kind; modifies ring; listed kind; listed ring group; "
    "listed ring each; commas ring; stops; stops kind; others ring; others kind; gapw; gapw kind; "
    "dist ring; de kind; before kind; inside ring; named ring; named guess ring; guess ring rank; "
    "guess kind; guess opens; guess lead ring; kind w*; ring w*; prev topic; prev topic kind; "
    "modifies listed ring; ring others named; subj topic; lead topic; guess subj kind; rtype topic kind; "
    "t*; t* kind; f* ring; f* kind; b*; tail2; tail2 topic; overlap",
    bits=BITS,
)
CARRIED = Templates.of(
    (*ATOMS, *RUN),
    "same gap; same gap new; same gap ring; same kind gap; same ring new; same fresh gap ring; "
    "same lead; same subj; same subj gap; fresh kind; fresh subj; first kind; first ring; first subj; "
    "same qkind; same topic; same kind topic; same guess ring",
    seed=500,
    bits=BITS,
)


class Candidate(NamedTuple):
    """A thing a figure may be about: its number (CASE the case), and the index of the place nearest to the figure."""

    thing: int
    place: int
    rank: int


class Setting(NamedTuple):
    """Where one figure stands; what all its candidates share."""

    quantity: Quantity
    clause: tuple[int, int]
    sentence: tuple[int, int]
    line: tuple[int, int]
    earlier: int
    bounds: tuple[int, int]
    indicator: str
    title: str


def _topic(words: str) -> int:
    return next((number for number, pattern in enumerate(_TOPIC, start=1) if pattern.search(words)), 0)


def _subjects(at: Setting, cast: Cast) -> dict[int, int]:
    """Thing → how it is the grammatical subject: 1 of the clause, 2 of an earlier one in the sentence, 3 of the nearest
    clause of the sentence before that has one, 4 of the paragraph's first."""
    found: dict[int, int] = {}
    start, level = at.clause[0], 1
    while start >= at.sentence[0]:
        index = cast.subject(start)
        if index >= 0:
            found.setdefault(cast.spoken[index].thing, level)
            level = max(level, 2)
            if len(found) == 2:
                break
        level = 2
        if start <= at.sentence[0]:
            break
        start = cast.scene.clause(start - 1)[0]
    if at.earlier < at.sentence[0]:
        start = cast.scene.clause(at.earlier)[0]
        index = cast.subject(start)
        if index >= 0:
            found.setdefault(cast.spoken[index].thing, 3)
    index = cast.subject(cast.scene.clause(at.line[0])[0])
    if index >= 0:
        found.setdefault(cast.spoken[index].thing, 4)
    return found


def atoms(options: Sequence[Candidate], at: Setting, cast: Cast, main: dict[str, int]) -> list[list[int]]:
    """The numbers of the model's features: one row a candidate, columns as `ATOMS` and `WORDED` name them."""
    scene, q = cast.scene, at.quantity
    text = scene.text
    clause = text[at.clause[0] : max(at.clause[1], q.end)]
    ahead = text[at.clause[0] : q.start]
    said = at.indicator
    words = [code_of(said[i : i + 2]) for i in range(len(said) - 1)][-WORDS:]
    words += [0] * (WORDS - len(words))
    here, first_clause = cast.before(q.start), cast.before(at.clause[0])
    inside = min(3, here - first_clause)
    named = min(3, sum(cast.spoken[i].guess == 0 for i in range(first_clause, here)))
    subjects = _subjects(at, cast)
    lead_kind = next((KINDS[cast.mentions[t].type] for t, level in subjects.items() if level <= 2), 0)
    share = (
        code_of(q.unit or q.kind), kind_numbers()[q.kind],
        code_of(scene.folded[max(at.clause[0], q.start - 2) : q.start]),
        _topic(said + q.unit), int(bool(_GROUP.search(clause))), int(bool(_EACH.search(ahead[-4:]))),
        int(bool(_TOTAL.search(ahead))), inside, named, lead_kind, *words,
    )  # fmt: skip
    leads = _leads(at, cast, here)
    ranks: dict[str, int] = {}
    rows = []
    for option in options:
        if option.thing == CASE:
            rows.append([KINDS["Case"], 0, 9, *([0] * (len(OWN) - 3)), *share, *([0] * len(WORDED))])
            continue
        m, place = cast.mentions[option.thing], cast.spoken[option.place]
        rank_type = ranks.get(m.type, 0)
        ranks[m.type] = rank_type + 1
        plain = bare(m.name)
        after = place.start >= q.start
        between = "" if after else text[place.end : q.start]
        rows.append([
            KINDS[m.type], ord(plain[-1]) if plain else 0, _ring(place.start, at), option.rank, min(rank_type, 4),
            *cast.manner(option.place), place.guess, min(cast.counts[option.thing], 5),
            int(main.get(m.type) == option.thing), int(plain in at.title), leads.get(option.thing, 0),
            subjects.get(option.thing, 0), min(4, between.count("，")), min(4, between.count("。")),
            0 if after else min(4, here - option.place - 1), code_of(between[:2]), min(len(between) // 4, 9),
            int("的" in between), *share, *_worded(place, plain, said, q, cast),
        ])  # fmt: skip
    return rows


def _worded(place: Spoken, name: str, indicator: str, quantity: Quantity, cast: Cast) -> list[int]:
    """The columns of `WORDED` for a thing called `name` at `place`."""
    behind = place.start >= quantity.start
    words = cast.words
    between = words.beyond(quantity.end, place.start) if behind else words.between(place.end, quantity.start)
    shared = min(4, len(set(name) & set(indicator)))
    return [*between, *words.after(place.end), *words.before(place.start), code_of(name[-2:]), shared]


def _leads(at: Setting, cast: Cast, here: int) -> dict[int, int]:
    """Thing → whether it is the first of the clause (1), sentence (2), sentence before (3), line (4)."""
    found: dict[int, int] = {}
    for level, (start, end) in enumerate(
        (
            (at.clause[0], at.quantity.start),
            (at.sentence[0], at.quantity.start),
            (at.earlier, at.sentence[0]),
            (at.line[0], at.quantity.start),
        ),
        start=1,
    ):
        index = cast.before(start)
        if index < here and cast.starts[index] < end:
            found.setdefault(cast.spoken[index].thing, level)
    return found


def _ring(start: int, at: Setting) -> int:
    """1 in the clause, 2 sentence, 3 sentence before, 4 line, 5 elsewhere; 6 behind in the clause, 7 behind."""
    if start >= at.quantity.start:
        return 6 if start < at.clause[1] else 7
    edges = (at.clause[0], at.sentence[0], at.earlier, at.line[0])
    return next((ring for ring, edge in enumerate(edges, start=1) if start >= edge), 5)
