"""What else the report says for or against a span: a bare name that nothing supports names no place.

The tagger decides by the sentence. Here the whole report decides: whether a bare village is called so anywhere, whether
a division exists, whether a branch acts or only lends its secretary a title.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ingest.lexicon import Lexicon
from ingest.mentions.alias_rules import key, rule_for
from ingest.mentions.candidates import Candidate
from ingest.mentions.kinds import NATURE
from ingest.mentions.villages import VillageCodes

VILLAGE_WORD = re.compile(r"村|社区|嘎查|连$")
DIVISION_WORD = re.compile(r"(?:省|市|县|区|州|旗|镇|乡|街道|苏木|盟|师|团|场)$")
REGION = re.compile(r"(?:[东南西北中部]{1,2}|大石|贫困|边远|丘陵|高寒)(?:部)?(?:山区|地区|片区|牧区)$|[山城郊]区$")
# Counties and what is larger are all known; a county of one character (鄞县) may be one of old.
UNKNOWN = re.compile(r"(?:.{2}(?<!自治)县|省|城乡)$")
TOWNSHIPS = ("镇", "乡", "街道")
COUNTED = re.compile(r"^(?:[两这那各]|占?[一二三四五六七八九十]|一.一)")
TITLE_ONLY = re.compile(r"(?:第一|副|原|老|时任)*(?:书记|副书记|委员|组织委员|宣传委员|负责人)")
LOCAL_PARTY = re.compile(r"(?:村|社区|镇|乡|街道)(?:党委|党工委|党支部|党总支|支部|总支)$")
SEVERAL_BEFORE = re.compile(r"[两各几三四五]$")
RELATIVE = re.compile(r"^[省市州县区镇乡村校]")
LIST_MARKS = frozenset("、和与及")
BODIES = frozenset({"PartyOrganization", "Department", "Organization", "Enterprise"})
FIRM = re.compile(r"(?:公司|合作社|集团|联合社|农场|厂)$")


class Support:
    """The spans of one report judged by the whole of it; `text` is simplified."""

    def __init__(self, text: str, spans: Sequence[Candidate], villages: VillageCodes) -> None:
        self._text, self._spans, self._villages = text, spans, villages
        self._lexicon: Lexicon = villages.lexicon
        self._by_key: dict[tuple[str, str], list[Candidate]] = {}
        for span in spans:
            self._by_key.setdefault((span.type, key(self._form(span))), []).append(span)
        self._firms = {self._form(s) for s in spans if s.type == "Enterprise" and FIRM.search(self._form(s))}

    def _form(self, span: Candidate) -> str:
        return self._text[span.start : span.end]

    def judged(self) -> list[Candidate]:
        """The spans that name something, with the type that the report settles."""
        judges = {"Village": self._village, "Division": self._division, "Person": self._person}
        found: list[Candidate] = []
        for span in self._spans:
            judge = judges.get(span.type, self._body if span.type in BODIES else None)
            kept = judge(span) if judge else span
            if kept is not None:
                found.append(kept)
        return found

    def _village(self, span: Candidate) -> Candidate | None:
        form = self._form(span)
        if VILLAGE_WORD.search(form):
            counted = COUNTED.match(form)
            return None if counted and not span.codes and not self._villages.anywhere(form) else span
        if NATURE.search(form) and form.endswith("景区"):
            return replace(span, type="Place", codes=())
        if self._said_with(form, ("村", "社区", "行政村", "自然村", "嘎查")):
            return span
        if self._said_with(form, TOWNSHIPS):  # 走出了青山, where the report names the township 青山镇 alone
            return replace(span, type="Division", codes=())
        known = span.codes or self._villages.anywhere(form) or span.source != "tagger" or self._listed(span)
        return span if known else None

    def _listed(self, span: Candidate) -> bool:
        """Whether a list goes on from the span to, or comes from, a village that is one beyond doubt."""
        at = bisect_left(self._spans, span)
        for other in (*self._spans[max(0, at - 1) : at], *self._spans[at + 1 : at + 2]):
            between = self._text[min(span.end, other.end) : max(span.start, other.start)]
            sure = other.type == "Village" and (other.codes or VILLAGE_WORD.search(self._form(other)))
            if sure and between in LIST_MARKS:
                return True
        return False

    def _division(self, span: Candidate) -> Candidate | None:
        form = self._form(span)
        if not span.codes and (REGION.search(form) or (UNKNOWN.search(form) and not self._called(form))):
            return None
        if (
            span.codes
            or DIVISION_WORD.search(form)
            or self._said_with(form, (*TOWNSHIPS, "县", "市", "区", "州", "旗"))
        ):
            return span if not form.endswith("景区") else replace(span, type="Place", codes=())
        if span.source != "tagger":
            return span
        if NATURE.search(form):
            return replace(span, type="Place")
        return span if self._called(form) else None

    def _called(self, form: str) -> bool:
        """Whether a county or something larger is called so anywhere."""
        return any(len(code) <= 6 for code in self._lexicon.gazetteer.divisions_called(form)[0])

    def _person(self, span: Candidate) -> Candidate | None:
        form = self._form(span)
        if len(form) > 1 and not self._lexicon.surname(form):
            for firm in self._firms:
                if form in firm and rule_for(form, firm, "Enterprise", self._lexicon):
                    return replace(span, type="Enterprise")
        return span

    def _body(self, span: Candidate) -> Candidate | None:
        form = self._form(span)
        if RELATIVE.match(form) and SEVERAL_BEFORE.search(self._text[max(0, span.start - 1) : span.start]):
            return None  # 两|县生态环境局 are two, and neither is named
        if span.type == "PartyOrganization" and LOCAL_PARTY.search(form):
            mates = self._by_key[span.type, key(form)]
            if all(TITLE_ONLY.match(self._text, mate.end) for mate in mates):
                return None  # 石桥村党支部书记: a title of the village's
        return span

    def _said_with(self, form: str, endings: Sequence[str]) -> bool:
        return any(form + ending in self._text for ending in endings)
