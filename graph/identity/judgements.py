"""What stands of all that people and the machine decided, and how it changes what is derived.

Judgements are never changed or removed. A later one on the same thing takes the place of an earlier one, and so does
one that names it in `supersedes`. The verdict `withdrawn` takes back the judgement it supersedes: what stood before it
stands again; one that supersedes nothing takes back all that was said of the thing until then. The machine's
judgements (`who` is MACHINE) yield to people's, whenever they were made.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.errors import UsageError
from graph.ontology import ontology
from graph.records import Claim, Judgement, Mention, as_row
from graph.store.anchors import from_text, present_ids

MACHINE = "machine"
WITHDRAWN = "withdrawn"
# Kind → the verdicts it may bear; None where the verdict is the corrected value.
VERDICTS: dict[str, tuple[str, ...] | None] = {
    "identity": ("same", "different", "unsure", WITHDRAWN),
    "claim": ("right", "wrong", "unsure", WITHDRAWN),
    "type": None,
    "name": None,
}
Key = tuple[str, str, str]  # kind, subject, object


def key_of(judgement: Judgement, now: Mapping[str, str] | None = None) -> Key:
    """What the judgement is about: a pair of mentions in order, or one thing; `now` maps old ids to present ones."""
    now = now or {}
    subject, other = now.get(judgement.subject, judgement.subject), now.get(judgement.object, judgement.object)
    if judgement.kind != "identity":
        return judgement.kind, subject, ""
    return judgement.kind, min(subject, other), max(subject, other)


def _standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that nothing superseded or took back, oldest first, the machine's before people's."""
    every = {j.id: j for j in judgements}
    after: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in every.values():
        if judgement.supersedes:
            after[judgement.supersedes].append(judgement)
    void: dict[str, bool] = {}

    def is_void(identifier: str) -> bool:
        # An id hashes the id it supersedes, so the chain of withdrawals ends.
        if identifier not in void:
            void[identifier] = any(j.verdict == WITHDRAWN and not is_void(j.id) for j in after[identifier])
        return void[identifier]

    kept = [j for j in every.values() if not is_void(j.id) and all(is_void(k.id) for k in after[j.id])]
    return sorted(kept, key=lambda j: (j.who != MACHINE, j.when, j.id))


def latest(judgements: Iterable[Judgement], now: Mapping[str, str] | None = None) -> dict[Key, Judgement]:
    """What is judged (kind, subject, object) → the judgement that stands.

    Oldest first, the machine's before people's. An identity pair is keyed with the smaller id first, every other kind
    with '' as object. `now` maps ids that nothing bears any more to present ones (graph.store.anchors.present_ids);
    keys are in present ids.
    """
    found: dict[Key, Judgement] = {}
    for judgement in _standing(judgements):
        if judgement.verdict == WITHDRAWN and judgement.supersedes:
            continue
        found.pop(key_of(judgement, now), None)
        if judgement.verdict != WITHDRAWN:
            found[key_of(judgement, now)] = judgement
    return found


def standing_claims(
    claims: Iterable[Claim], judgements: Iterable[Judgement], mentions: Iterable[Mention] = ()
) -> list[Claim]:
    """`claims` without those that are judged wrong. With `mentions`, judged claims are found again by their anchors."""
    claims, judged = list(claims), [j for j in judgements if j.kind == "claim"]
    if not judged:
        return claims
    verdicts = latest(judged, present_ids(judged, mentions, claims))
    wrong = {subject for (_, subject, _), judgement in verdicts.items() if judgement.verdict == "wrong"}
    return [claim for claim in claims if claim.id not in wrong]


def corrected(mentions: Sequence[Mention], judgements: Iterable[Judgement]) -> list[Mention]:
    """`mentions` in their order, with the types and names that people gave them.

    A corrected mention keeps the id of the record it corrects, by which claims and figures name it. A type holds for
    all that its report calls by that name. So does a name given to a mention that reads its name in full; given to
    another form, it holds for that form alone, which was put with the wrong thing.
    """
    judged = [j for j in judgements if j.kind in ("type", "name")]
    if not judged:
        return list(mentions)
    verdicts = latest(judged, present_ids(judged, mentions))
    own = {mention.id: mention for mention in mentions}
    types: dict[tuple[str, str, str], str] = {}
    names: dict[tuple[str, str, str], str] = {}
    forms: dict[tuple[str, str, str, str], str] = {}
    for (kind, subject, _), judgement in verdicts.items():
        if subject not in own:
            continue
        mention = own[subject]
        local = (mention.report, mention.type, mention.name)
        if kind == "type":
            types[local] = ontology().entity_type(judgement.verdict).code
        elif mention.form == mention.name:
            names[local] = judgement.verdict
        else:
            forms[*local, mention.form] = judgement.verdict
    found = []
    for mention in mentions:
        local = (mention.report, mention.type, mention.name)
        name = forms.get((*local, mention.form), names.get(local, mention.name))
        found.append(_with(mention, types.get(local, mention.type), name))
    return found


def _with(mention: Mention, kind: str, name: str) -> Mention:
    if (kind, name) == (mention.type, mention.name):
        return mention
    changed = replace(mention, type=kind, name=name)
    object.__setattr__(changed, "id", mention.id)
    return changed


def fault(judgement: Judgement) -> str:
    """What is wrong with a judgement's kind, verdict or anchors, '' where nothing is."""
    return next(_faults(judgement), "")


def _faults(judgement: Judgement) -> Iterator[str]:
    kind, verdict = judgement.kind, judgement.verdict
    if kind not in VERDICTS:
        yield f"kind {kind!r} is none of {', '.join(VERDICTS)}"
        return
    allowed = VERDICTS[kind]
    if allowed is not None and verdict not in allowed:
        yield f"verdict {verdict!r} of kind {kind} is none of {', '.join(allowed)}"
    if kind == "type" and verdict not in (*ontology().entity_types, WITHDRAWN):
        yield f"verdict {verdict!r} is no type of the ontology"
    if not (verdict and judgement.subject and judgement.who and judgement.when):
        yield "verdict, subject, who and when must not be empty"
    if kind == "identity" and not judgement.object:
        yield "identity needs a subject and an object"
    for text in filter(None, (judgement.subject_at, judgement.object_at)):
        try:
            from_text(text)
        except ValueError as error:
            yield str(error)


def to_jsonl(judgements: Iterable[Judgement]) -> str:
    """One JSON object a line, oldest first, each with its anchors: all that another library needs to apply them."""
    rows = (as_row(j) for j in sorted(judgements, key=lambda j: (j.when, j.id)))
    return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)


FIELDS = ("kind", "subject", "object", "verdict", "who", "when")
OPTIONAL = ("why", "supersedes", "subject_at", "object_at")


def from_jsonl(text: str) -> list[Judgement]:
    """The judgements that `to_jsonl` wrote; UsageError names the line of a row that is none."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append(_read(line))
            except ValueError as error:
                raise UsageError(f"Line {number} is no judgement: {error}. Correct or remove it.") from error
    return found


def _read(line: str) -> Judgement:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - a fault of the text, not of the caller
    if lacking := [name for name in FIELDS if name not in row]:
        raise ValueError(f"it lacks {', '.join(lacking)}")
    texts = {name: row.get(name, "") for name in (*FIELDS, *OPTIONAL)}
    if odd := [name for name, value in texts.items() if not isinstance(value, str)]:
        raise ValueError(f"{', '.join(odd)} must be text")
    score = row.get("score", 0.0)
    if isinstance(score, bool) or not isinstance(score, int | float):
        raise ValueError("score must be a number")  # noqa: TRY004
    judgement = Judgement(**texts, score=float(score))
    if row.get("id", judgement.id) != judgement.id:
        raise ValueError(f"its id {row['id']} is not that of what it says ({judgement.id})")
    if wrong := fault(judgement):
        raise ValueError(wrong)
    return judgement


def unknown(
    judgements: Iterable[Judgement], mentions: Collection[Mention], claims: Collection[Claim]
) -> list[Judgement]:
    """Those that name something the library does not hold now, nor anything at its place; they wait for its report."""
    every = list(judgements)
    now = present_ids(every, mentions, claims)
    held = {m.id for m in mentions} | {c.id for c in claims}
    return [j for j in every if any(i and now.get(i, i) not in held for i in (j.subject, j.object))]
