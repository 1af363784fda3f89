"""What a person is asked to decide: a pair of names, or a claim."""

from dataclasses import dataclass

from graph.ontology.vocabulary import Language

IDENTITY, CLAIM = "identity", "claim"
BETWEEN = "~"  # joins the two mentions of a pair in its id
EVEN = 0.5  # confidence of a claim that may as well be right as wrong


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature of a score: its name, how much of the score it gives, and what it found, in both languages.

    The share of what forbids that two be one is 0.
    """

    name: str
    share: float
    zh: str
    en: str

    def text(self, language: Language) -> str:
        """What it found, in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions (ids) that stand for what may be one thing, with the score that they are."""

    one: str
    other: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One decision to make. `subject` and `object` are what its judgement names; `weight` how much it would change.

    `type` is the entity type of a pair, or the relation of a claim; `together` whether a pair is one entity now.
    """

    id: str
    kind: str
    type: str
    subject: str
    object: str
    score: float
    weight: float
    together: bool = False


def pair_id(one: str, other: str) -> str:
    """The id of the item about two mentions, in whatever order they are given."""
    return BETWEEN.join(sorted((one, other)))


def openness(score: float, border: float, *, joined: bool | None = None) -> float:
    """1 at the border, 0 where the score is as sure as can be.

    1, too, where the score is on the other side of the border than what the machine did (`joined`).
    """
    if joined is not None and joined != (score >= border):
        return 1.0
    return max(0.0, 1.0 - abs(score - border) / (border if score < border else 1.0 - border))
