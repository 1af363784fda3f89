"""What each feature is worth: learned weights, kept in weights.toml, by the language and kind of a question."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from graph.search.features import Feature
from graph.search.reaching import Reached

Values = npt.NDArray[np.float64]
Weights = Mapping[str, float]

WAYS = ("words", "glossary", "meaning")
FEATURES = (*WAYS, "name", "number", "type", "partner")
KINDS = ("named", "counted", "short")
SHORT = 12  # terms of a question that is a few keywords


@dataclass(frozen=True, slots=True)
class Table:
    """Weights of one language: of every question, and what a question of each kind adds to them."""

    always: Weights
    kinds: Mapping[str, Weights]

    def of(self, reached: Reached, own: list[Feature]) -> dict[str, float]:
        """Feature → weight for one question; none speaks against a case."""
        asked = kinds(reached, own)
        return {
            name: max(0.0, self.always.get(name, 0.0) + sum(self.kinds.get(kind, {}).get(name, 0.0) for kind in asked))
            for name in FEATURES
        }


def kinds(reached: Reached, own: list[Feature]) -> tuple[str, ...]:
    """What kind of question it is: one that writes a name the library bears, one with a number, one of few words."""
    said = {feature.name: bool(feature.values.any()) for feature in own}
    found = {
        "named": said.get("name", False),
        "counted": bool(reached.query.numbers),
        "short": len(reached.query.terms) < SHORT,
    }
    return tuple(kind for kind in KINDS if found[kind])


def columns(reached: Reached, own: list[Feature]) -> dict[str, Values]:
    """Feature → its value for each reached unit: the ways in standard deviations over them, the others as they are."""
    found = {name: standardised(getattr(reached, name)) for name in WAYS}
    return found | {feature.name: feature.values for feature in own}


def standardised(values: Values) -> Values:
    """Less the mean, in standard deviations; where all are alike, 1 for what is there: then it still is a reason."""
    spread = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 1e-9 else (values > 0).astype(np.float64)


@cache
def table(language: str) -> Table:
    """The weights of `zh` or `en`."""
    data = tomllib.loads(files("graph.search").joinpath("weights.toml").read_text(encoding="utf-8"))
    rows = data[language]
    return Table(rows["always"], {kind: rows.get(kind, {}) for kind in KINDS})
