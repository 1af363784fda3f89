"""Relations: from mentions of a report to claims, each with its evidence, modality, role and confidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from graph.ontology import ontology
from graph.records import Case, Claim, Mention, Report
from ingest.claims import relations_carried
from ingest.claims.features import RELATIONS, Pairs, pair_features
from ingest.claims.modality import modality_of
from ingest.claims.relations_carried import carried
from ingest.claims.relations_model import RelationModel
from ingest.claims.relations_rules import rule_hits
from ingest.claims.relations_scene import Scene, build_scene
from ingest.claims.roles import role_of

EVIDENCES = 3  # claims of one relation between two things and of one modality, from different sentences, at most
# Confidence from which a thing may have a second tail beside its surest one (over 1: never).
SECOND_TAIL = {"located_in": 1.01, "affiliated_with": 0.7}
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
    found = _decide(scene, pair_features(scene), RelationModel.load())
    found = [f for f in found if not _strangers(scene, f, cases)] + _ruled(scene, mentions)
    kept = _best(scene, _surest_tails(scene, found))
    claims = {claim.id: claim for claim in (_claim(report, scene, f, extractor) for f in kept)}
    return tuple(sorted(claims.values(), key=lambda c: (c.start, c.end, c.type, c.head, c.tail)))


def _decide(scene: Scene, pairs: Pairs, model: RelationModel) -> list[Found]:
    """What the model says with enough confidence."""
    chances = model.score(scene, pairs)
    found = []
    for pair, relation in zip(*np.nonzero(chances >= model.thresholds[None, :]), strict=True):
        head, tail = int(pairs.head[pair]), int(pairs.tail[pair])
        confidence = round(float(chances[pair, relation]), 4)
        found.append(
            Found(RELATIONS[relation], head, tail, _modality(scene, RELATIONS[relation], head, tail), confidence)
        )
    return found


def _modality(scene: Scene, relation: str, head: int, tail: int) -> str:
    first, second = sorted((head, tail), key=lambda i: int(scene.start[i]))
    number = int(scene.sentence[second])
    begin, finish = int(scene.sentence_starts[number - 1]), int(scene.sentence_starts[number])
    start = max(int(scene.clause_bounds[scene.clause[first]]), begin)
    if scene.sentence[first] != number:  # the other end stands in an earlier sentence: what matters is said here
        start = max(int(scene.clause_bounds[scene.clause[second]]), begin)
    end = int(scene.clause_bounds[scene.clause[second] + 1])
    said = (scene.text[begin:start], scene.text[start:end], scene.text[end:finish])
    return modality_of(relation, scene.mentions[head].type, *said)


def _ruled(scene: Scene, mentions: Sequence[Mention]) -> list[Found]:
    """What needs no model (see `relations_rules` and `relations_carried`)."""
    found = [Found(h.relation, h.head, h.tail, "asserted", h.confidence, f"rule: {h.name}") for h in rule_hits(scene)]
    item = {scene.mentions[i].id: i for i in range(len(scene.start) - 1, -1, -1) if not scene.kind[i]}
    for c in carried(scene.text, mentions):
        before, said = scene.text[max(0, c.start - 20) : c.start], scene.text[c.start : c.end]
        modality = modality_of("replicated_to", c.head.type, before, said, "")
        ends, span = (item[c.head.id], item[c.tail.id]), (c.start, c.end)
        sure, rule = relations_carried.CONFIDENCE, relations_carried.NAME
        found.append(Found("replicated_to", *ends, modality, sure, rule, span))
    return found


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


def _surest_tails(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """Drop doubtful second tails of what mostly has one: containment is direct, and few people hold two offices."""
    surest: dict[tuple[str, int], tuple[float, int]] = {}
    for f in found:
        end = (f.relation, int(scene.entity[f.head]))
        surest[end] = max(surest.get(end, (0.0, -1)), (f.confidence, int(scene.entity[f.tail])))
    return [
        f
        for f in found
        if f.confidence >= SECOND_TAIL.get(f.relation, 0)
        or surest[f.relation, int(scene.entity[f.head])][1] == int(scene.entity[f.tail])
    ]


def _key(scene: Scene, found: Found) -> tuple[str, int, int]:
    head, tail = int(scene.entity[found.head]), int(scene.entity[found.tail])
    if ontology().relation(found.relation).symmetric:
        head, tail = min(head, tail), max(head, tail)
    return found.relation, head, tail


def _best(scene: Scene, found: Iterable[Found]) -> list[Found]:
    """Of each relation between two entities the surest statement, and others from other sentences that agree with it.

    A second modality is kept only where the text says both with confidence: else the surest one decides.
    """
    kept: dict[tuple[str, int, int], list[Found]] = {}
    order = sorted(found, key=lambda f: (-f.confidence, f.head, f.tail))
    for f in order:
        rows = kept.setdefault(_key(scene, f), [])
        told = {scene.sentence[max(r.head, r.tail)] for r in rows}
        agrees = not rows or rows[0].modality == f.modality
        if agrees and len(rows) < EVIDENCES and scene.sentence[max(f.head, f.tail)] not in told:
            rows.append(f)
    return [f for rows in kept.values() for f in rows]


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
