"""Labels of the candidate relations that are weighed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.ontology import ontology
from ingest.claims.features import RELATIONS
from ingest.claims.relations_model import RelationModel
from ingest.claims.relations_rules import rule_hits
from ingest.claims.relations_weighing import FEATURES, Candidates, candidates
from ingest.training.growing import Judged
from ingest.training.relations_examples import Example, implied_containment

NO_ROWS = np.zeros((0, FEATURES), dtype=np.float32)
JOINED = frozenset({"member_of", "founded", "leads"})
Key = tuple[str, str, str]


def _key(relation: str, head: str, tail: str) -> Key:
    if ontology().relation(relation).symmetric:
        head, tail = min(head, tail), max(head, tail)
    return relation, head, tail


def _asked(made: Example) -> tuple[set[Key], set[Key]]:
    """Gold rows that are asked for, and those that cost nothing."""
    told = [(_key(row["type"], row["head"], row["tail"]), bool(row.get("optional"))) for row in made.rows]
    asked = {key for key, optional in told if not optional}
    implied = {_key("located_in", *ends) for ends in implied_containment(made.rows)}
    return asked, ({key for key, _ in told} | implied) - asked


def _labels(made: Example, found: Candidates, asked: set[Key], free: set[Key]) -> NDArray[np.int64]:
    """1 for what the gold says, 0 for what it does not, -1 where nobody is judged."""
    labels = np.zeros(len(found.relation), dtype=np.int64)
    parts = any(key[0] == "part_of" for key in asked)
    for number, (which, head, tail) in enumerate(zip(found.relation, found.head, found.tail, strict=True)):
        relation = RELATIONS[which]
        key = _key(relation, made.names[head], made.names[tail])
        joint = relation in JOINED and made.scene.mentions[tail].type == "PartyOrganization"
        known = bool(made.names[head] and made.names[tail])
        if key in asked:
            labels[number] = 1
        elif (known and (key in free or joint)) or (relation == "part_of" and not parts):
            labels[number] = -1
    return labels


def judge(model: RelationModel, examples: Sequence[Example], first: int = 0) -> Judged:
    """What `model`'s pair part makes of `examples`, numbered from `first`."""
    rows, right, report, wanted = [NO_ROWS], [NO_ROWS[:, 0] > 0], [np.zeros(0, dtype=np.int64)], 0
    for number, made in enumerate(examples, start=first):
        found = candidates(made.scene, made.pairs, model.logits(made.scene, made.pairs), rule_hits(made.scene))
        asked, free = _asked(made)
        labels = _labels(made, found, asked, free)
        rows.append(found.rows[labels >= 0])
        right.append(labels[labels >= 0] == 1)
        report.append(np.full(int((labels >= 0).sum()), number))
        wanted += len(asked)
    return Judged(np.concatenate(rows), np.concatenate(right), np.concatenate(report), wanted)
