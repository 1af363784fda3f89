"""Anchors: where a judged mention or claim stands in its report, so that it is found again under another id.

Ids are hashes of what a record says. An extractor that gives a mention another end, type or name gives it another id;
what people decided about the old one still holds for the new one where it stands at the same place and reads the same.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from graph.records import Claim, Judgement, Mention

LEAST_OVERLAP = 0.5  # shared characters over all characters of two spans that read differently


@dataclass(frozen=True, slots=True)
class MentionAnchor:
    """A mention as it stood when it was judged."""

    report: str
    start: int
    end: int
    type: str
    form: str
    name: str

    @classmethod
    def of(cls, mention: Mention) -> "MentionAnchor":
        """Where `mention` stands."""
        return cls(mention.report, mention.start, mention.end, mention.type, mention.form, mention.name)


@dataclass(frozen=True, slots=True)
class ClaimAnchor:
    """A claim as it stood when it was judged."""

    report: str
    start: int
    end: int
    type: str
    modality: str
    head: MentionAnchor
    tail: MentionAnchor


Anchor = MentionAnchor | ClaimAnchor


def to_text(anchor: Anchor) -> str:
    """The anchor as JSON, always the same for the same anchor."""
    return json.dumps(asdict(anchor), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_text(text: str) -> Anchor:
    """The anchor that `to_text` wrote; ValueError where it is none."""
    try:
        row = json.loads(text)
        if "head" not in row:
            return _mention(row)
        head, tail = _mention(row.pop("head")), _mention(row.pop("tail"))
        return ClaimAnchor(
            str(row["report"]), int(row["start"]), int(row["end"]), str(row["type"]), str(row["modality"]), head, tail
        )
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise ValueError(f"not an anchor: {text!r} ({error})") from error


def _mention(row: Mapping[str, object]) -> MentionAnchor:
    return MentionAnchor(
        str(row["report"]),
        int(str(row["start"])),
        int(str(row["end"])),
        *(str(row[k]) for k in ("type", "form", "name")),
    )


def anchors_of(mentions: Iterable[Mention], claims: Iterable[Claim]) -> dict[str, str]:
    """Id → its anchor as JSON, for mentions, and for claims whose both ends are among them."""
    held = {mention.id: MentionAnchor.of(mention) for mention in mentions}
    found = {identifier: to_text(anchor) for identifier, anchor in held.items()}
    for claim in claims:
        head, tail = held.get(claim.head), held.get(claim.tail)
        if head and tail:
            here = ClaimAnchor(claim.report, claim.start, claim.end, claim.type, claim.modality, head, tail)
            found[claim.id] = to_text(here)
    return found


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Shared characters over all characters of two spans, 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _fit(anchor: MentionAnchor, mention: Mention) -> tuple[bool, bool, bool, float] | None:
    """How well `mention` is what the anchor tells of, in the order of what counts; None where it is not."""
    overlap = _overlap((anchor.start, anchor.end), (mention.start, mention.end))
    nested = anchor.form in mention.form or mention.form in anchor.form
    if overlap == 0 or not nested or (anchor.form != mention.form and overlap < LEAST_OVERLAP):
        return None
    return anchor.form == mention.form, anchor.type == mention.type, anchor.name == mention.name, overlap


class Places:
    """Mentions and claims by report: finds what stands at an anchor now."""

    def __init__(self, mentions: Iterable[Mention], claims: Iterable[Claim] = ()) -> None:
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        self._claims: dict[str, list[Claim]] = defaultdict(list)
        for mention in mentions:
            self._mentions[mention.report].append(mention)
        for claim in claims:
            self._claims[claim.report].append(claim)

    def at(self, anchor: Anchor) -> str:
        """The id of the mention or claim that stands at `anchor`, '' where nothing does."""
        return self._mention_at(anchor) if isinstance(anchor, MentionAnchor) else self._claim_at(anchor)

    def _mention_at(self, anchor: MentionAnchor) -> str:
        fits = [(fit, m) for m in self._mentions.get(anchor.report, ()) if (fit := _fit(anchor, m))]
        if not fits:
            return ""
        best = max(fit for fit, _ in fits)
        return min(m.id for fit, m in fits if fit == best)

    def _claim_at(self, anchor: ClaimAnchor) -> str:
        ends = {m.id: m for m in self._mentions.get(anchor.report, ())}
        fits: list[tuple[float, str]] = []
        for claim in self._claims.get(anchor.report, ()):
            head, tail = ends.get(claim.head), ends.get(claim.tail)
            overlap = _overlap((anchor.start, anchor.end), (claim.start, claim.end))
            same = (claim.type, claim.modality) == (anchor.type, anchor.modality)
            if same and overlap and head and tail and _fit(anchor.head, head) and _fit(anchor.tail, tail):
                fits.append((-overlap, claim.id))
        return min(fits)[1] if fits else ""


def present_ids(
    judgements: Iterable[Judgement], mentions: Iterable[Mention], claims: Iterable[Claim] = ()
) -> dict[str, str]:
    """Id that a judgement names and nothing bears → id of what stands at its anchor now; the rest are left out."""
    mentions, claims = list(mentions), list(claims)
    anchored = {
        identifier: text
        for j in judgements
        for identifier, text in ((j.subject, j.subject_at), (j.object, j.object_at))
        if identifier and text
    }
    missing = anchored.keys() - {m.id for m in mentions} - {c.id for c in claims}
    if not missing:
        return {}
    reports = {from_text(anchored[identifier]).report for identifier in missing}
    places = Places((m for m in mentions if m.report in reports), (c for c in claims if c.report in reports))
    found = {identifier: places.at(from_text(anchored[identifier])) for identifier in sorted(missing)}
    return {identifier: now for identifier, now in found.items() if now}
