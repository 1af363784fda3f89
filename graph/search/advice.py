"""What to say where a filter fits nothing: which of its values no case has, and which values come near."""

from dataclasses import dataclass, fields

from graph.search.facet_values import Held, held_by
from graph.search.filters import Filters, bearers, coded, folded_name
from graph.search.nearby import slip
from graph.search.units import units
from graph.store import Library

SHOWN = 3
NAMES = {
    "alliance_type": ("联盟类型", "alliance type"),
    "region": ("地区", "region"),
    "year": ("年份", "year"),
    "partner": ("参与方类型", "partner type"),
    "product": ("产品", "product"),
    "programme": ("项目或模式", "programme"),
    "publisher": ("媒体", "publisher"),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """A filter's value that no case has, with up to three values that come near."""

    field: str
    value: str
    near: tuple[str, ...]

    @property
    def zh(self) -> str:
        """What to say in Chinese."""
        near = f"相近的有：{'、'.join(self.near)}。" if self.near else ""
        return f"{NAMES[self.field][0]}“{self.value}”下没有案例。{near}"

    @property
    def en(self) -> str:
        """What to say in English."""
        near = f" Near to it: {', '.join(self.near)}." if self.near else ""
        return f"No case has the {NAMES[self.field][1]} “{self.value}”.{near}"


def advice(library: Library, filters: Filters) -> list[Advice]:
    """Of each value of `filters` that no unit has, what to say; UsageError for an undeclared type."""
    known = units(library)
    held = held_by(library, known)
    found = []
    for one in fields(filters):
        for said, value in zip(getattr(filters, one.name), getattr(coded(filters), one.name), strict=True):
            there = (known.years == value).any() if one.name == "year" else len(bearers(known, one.name, str(value)))
            if not there:
                found.append(Advice(one.name, str(said), _near(str(value), _values(held, one.name))))
    return found


def _values(held: Held, field: str) -> list[str]:
    names = {"product": held.products, "programme": held.programmes, "publisher": held.publishers}
    if field == "region":
        return list(dict.fromkeys((*held.called, *filter(None, held.names.values()))))
    return names[field].names if field in names else []


def _near(value: str, names: list[str]) -> tuple[str, ...]:
    """Names one slip away, then those that hold the value or that it holds, the shortest first."""
    folded = [(name, folded_name(name)) for name in names]
    close = [name for name, form in folded if len(value) > 1 and slip(value, form)]
    held = [name for name, form in folded if len(value) > 1 and len(form) > 1 and (value in form or form in value)]
    return tuple(dict.fromkeys((*close, *sorted(held, key=len))))[:SHOWN]
