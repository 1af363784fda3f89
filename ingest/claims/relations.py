"""Relations: from mentions of a report to claims, each with its evidence, modality, role and confidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.records import Case, Claim, Mention, Report
from ingest.claims.features import RELATIONS, Pairs, pair_features
from ingest.claims.modality import modality_of
from ingest.claims.relations_carried import NAME as CARRIED_MODEL
from ingest.claims.relations_model import Floats, RelationModel
from ingest.claims.relations_rules import Hit, rule_hits
from ingest.claims.relations_scene import Scene, build_scene
from ingest.claims.relations_since import since_of
from ingest.claims.relations_weighing import candidates
from ingest.claims.roles import role_of

EVIDENCES = 3  # claims of one relation between two things and of one modality, from different sentences, at most
CLEAR = 0.0  # the pair model's logit from which a further sentence is quoted
CARRIED_SURE = 0.6  # 5 of 7 such claims are right on annotated mentions
LONG = 160  # characters: longer evidence is cut to the sentence that the later mention stands in


@dataclass(frozen=True, slots=True)
class Found:
    """One relation between items `head` and `tail` of a scene."""

    relation: str
    head: int
    tail: int
    modality: str
    confidence: float
    reason: str = "model"
    evidence: tuple[int, int] | None = None  # where the rule itself knows what says it


def find_claims(
    report: Report, mentions: Sequence[Mention], cases: Sequence[Case], extractor: str
) -> tuple[Claim, ...]:
    """The relations that `report` states between things named in `mentions`, sorted by place, type and ends.

    `cases` bound the stories of a report: things of different cases are related only within one sentence.
    """
    scene = build_scene(report, mentions)
    found = [f for f in _decide(scene, RelationModel.load()) if not _strangers(scene, f, cases)]
    claims = {claim.id: claim for claim in (_claim(report, scene, f, extractor) for f in found)}
    return tuple(sorted(claims.values(), key=lambda c: (c.start, c.end, c.type, c.head, c.tail)))


def _decide(scene: Scene, model: RelationModel) -> list[Found]:
    """What is probable enough, each with the items that say it best, and others that say it too in other sentences."""
    pairs, hits = pair_features(scene), rule_hits(scene)
    logits = model.logits(scene, pairs)
    weighed = candidates(scene, pairs, logits, hits)
    chances = model.chances(weighed)
    found: list[Found] = []
    for number in np.flatnonzero(chances >= model.threshold[0]).tolist():
        relation = RELATIONS[int(weighed.relation[number])]
        head, tail = int(weighed.head[number]), int(weighed.tail[number])
        hit = hits[weighed.hit[number]] if weighed.hit[number] >= 0 and weighed.rows[number, 1] < 0 else None
        evidence = hit.evidence if hit else None
        modality = _modality(scene, relation, head, tail)
        reason = f"rule: {hit.name}" if hit else "model"
        found.append(Found(relation, head, tail, modality, round(float(chances[number]), 4), reason, evidence))
    found += _carried(scene, hits, found)
    return [*found, *_said_again(scene, pairs, logits, found)]


def _carried(scene: Scene, hits: Sequence[Hit], found: Sequence[Found]) -> list[Found]:
    """What the rule of the carried model says beside the trees: its head stands elsewhere, so no pair was weighed."""
    said = {(f.relation, int(scene.entity[f.head]), int(scene.entity[f.tail])) for f in found}
    return [
        Found(
            h.relation,
            h.head,
            h.tail,
            _modality(scene, h.relation, h.head, h.tail),
            CARRIED_SURE,
            f"rule: {h.name}",
            h.evidence,
        )
        for h in hits
        if h.name == CARRIED_MODEL and (h.relation, int(scene.entity[h.head]), int(scene.entity[h.tail])) not in said
    ]


def _said_again(scene: Scene, pairs: Pairs, logits: Floats, found: Sequence[Found]) -> Iterator[Found]:
    """The same of the same two, with the same modality, where other sentences say it clearly."""
    for first in found:
        relation = RELATIONS.index(first.relation)
        ends = (scene.entity[first.head], scene.entity[first.tail])
        same = (scene.entity[pairs.head] == ends[0]) & (scene.entity[pairs.tail] == ends[1])
        same &= logits[:, relation] > CLEAR
        told = {int(scene.sentence[max(first.head, first.tail)])}
        for pair in sorted(np.flatnonzero(same).tolist(), key=lambda p: -float(logits[p, relation])):
            head, tail = int(pairs.head[pair]), int(pairs.tail[pair])
            sentence = int(scene.sentence[max(head, tail)])
            if sentence in told or len(told) == EVIDENCES:
                continue
            if _modality(scene, first.relation, head, tail) == first.modality:
                told.add(sentence)
                yield replace(first, head=head, tail=tail, reason="model", evidence=None)


def _modality(scene: Scene, relation: str, head: int, tail: int) -> str:
    first, second = sorted((head, tail), key=lambda i: int(scene.start[i]))
    number = int(scene.sentence[second])
    begin, finish = int(scene.sentence_starts[number - 1]), int(scene.sentence_starts[number])
    start = max(int(scene.clause_bounds[scene.clause[first]]), begin)
    if scene.sentence[first] != number:  # the other end stands in an earlier sentence: what matters is said here
        start = max(int(scene.clause_bounds[scene.clause[second]]), begin)
    end = int(scene.clause_bounds[scene.clause[second] + 1])
    alike = (scene.subtype == scene.subtype[head]) & (scene.start >= end) & (scene.entity != scene.entity[head])
    others = scene.start[alike & (scene.kind == 0)]  # what is said of another head says nothing of this one
    finish = min(finish, int(others.min(initial=finish)))
    said = (scene.text[begin:start], scene.text[start:end], scene.text[end:finish])
    return modality_of(relation, scene.mentions[head].type, *said, plan=scene.plan)


def _strangers(scene: Scene, found: Found, cases: Sequence[Case]) -> bool:
    """Whether the two items belong to different stories.

    So do two items in different sentences of different cases; and where a report tells several stories, a reference
    (联盟, 三村) means something of its own story, not of another or of the page's head.
    """
    if len(cases) > 1 and any(_reaches_out(scene, i, cases) for i in (found.head, found.tail)):
        return True
    if scene.sentence[found.head] == scene.sentence[found.tail] or found.relation == "located_in":
        return False
    homes = [_home(int(scene.start[i]), cases) for i in (found.head, found.tail)]
    return homes[0] != homes[1] and -1 not in homes


def _home(place: int, cases: Sequence[Case]) -> int:
    """Position of the case that holds an offset, -1 outside."""
    return next((c.position for c in cases if c.start <= place < c.end), -1)


def _reaches_out(scene: Scene, item: int, cases: Sequence[Case]) -> bool:
    if not scene.kind[item]:
        return False
    home = _home(int(scene.start[item]), cases)
    same = np.flatnonzero((scene.entity == scene.entity[item]) & (scene.kind == 0))
    return home != -1 and home not in {_home(int(scene.start[i]), cases) for i in same}


def _claim(report: Report, scene: Scene, found: Found, extractor: str) -> Claim:
    head, tail = (_own_mention(scene, i) for i in (found.head, found.tail))
    start, end = found.evidence or evidence(scene, found)
    role = ""
    if found.relation == "affiliated_with":
        person, body = ((int(scene.start[i]), int(scene.end[i])) for i in (found.head, found.tail))
        role = role_of(report.text, person, body)
    return Claim(
        report.id,
        found.relation,
        head.id,
        tail.id,
        start,
        end,
        role,
        found.modality,
        since_of(found.relation, report.text, (start, end), report.date) if found.modality == "asserted" else "",
        confidence=found.confidence,
        extractor=extractor,
        reason=found.reason,
    )


def _own_mention(scene: Scene, item: int) -> Mention:
    """The real mention nearest to an item: itself, or for a reference the latest one of its antecedent."""
    if not scene.kind[item]:
        return scene.mentions[item]
    same = np.flatnonzero((scene.entity == scene.entity[item]) & (scene.kind == 0))
    return scene.mentions[int(same[np.abs(scene.start[same] - scene.start[item]).argmin()])]


def evidence(scene: Scene, found: Found) -> tuple[int, int]:
    """[start, end) of the clauses that hold both items.

    Where they lie far apart: the later item's sentence, or the clause of a head that says by its name where it belongs.
    """
    first, second = sorted((found.head, found.tail), key=lambda i: int(scene.start[i]))
    if found.reason.startswith("rule") and scene.sentence[first] != scene.sentence[second]:
        first = second = found.head
    start = int(scene.clause_bounds[scene.clause[first]])
    end = int(scene.clause_bounds[scene.clause[second] + 1])
    if end - start > LONG:
        number = int(scene.sentence[second])
        start, end = int(scene.sentence_starts[max(number - 1, 0)]), int(scene.sentence_starts[number])
    end = max(end, int(scene.end[second]))
    said = scene.text[start:end]
    opened = said.lstrip("”’」』）) \n")  # what closes an earlier quotation is not part of this sentence
    return start + len(said) - len(opened), start + len(said.rstrip().rstrip("，,；;：:"))
