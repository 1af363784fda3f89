"""Small pieces of HTML. Whatever comes from a report goes through `esc`; nothing here trusts it."""

from html import escape
from urllib.parse import urlencode

from graph.ontology.vocabulary import Language
from views.text import type_colour, type_label

PAGES = {"search": "./", "case": "case", "report": "report", "entity": "entity", "network": "network"}
PAGES |= {
    "browse": "browse",
    "reports": "reports",
    "compare": "compare",
    "spread": "spread",
    "roles": "roles",
    "review": "review",
    "about": "about",
}


def esc(text: object) -> str:
    """`text` as character data, safe between tags and within quoted attributes."""
    return escape(str(text), quote=True)


def address(page: str, language: Language, **parameters: str) -> str:
    """The address of `page` in `language`; empty parameters are left out."""
    said = {key: value for key, value in parameters.items() if value}
    return f"{PAGES[page]}?{urlencode({'lang': language, **said})}"


def link(text: str, href: str, kind: str = "", title: str = "") -> str:
    """A link to one of our pages. `target` keeps it in this tab where scripts do not take it over."""
    style = f' class="{esc(kind)}"' if kind else ""
    tip = f' title="{esc(title)}"' if title else ""
    return f'<a href="{esc(href)}" target="_self" data-go="1"{style}{tip}>{esc(text)}</a>'


def dot(type_code: str, language: Language) -> str:
    """The coloured dot of an entity type, with the type's name as its tip."""
    return f'<i class="ag-dot" style="--c:{type_colour(type_code)}" title="{esc(type_label(type_code, language))}"></i>'


def chip(text: str, kind: str = "", title: str = "") -> str:
    """A small label."""
    tip = f' title="{esc(title)}"' if title else ""
    return f'<span class="ag-chip {esc(kind)}"{tip}>{esc(text)}</span>'


def type_chip(type_code: str, language: Language) -> str:
    """The label of an entity type in its colour."""
    label = esc(type_label(type_code, language))
    return f'<span class="ag-chip ag-type" style="--c:{type_colour(type_code)}">{label}</span>'


def jump(text: str, href: str, key: str) -> str:
    """A link to a piece of evidence: where the page shows the evidence of `key`, it is marked and scrolled to."""
    return f'<a class="ag-jump" data-go="1" data-at="{esc(key)}" target="_self" href="{esc(href)}">{esc(text)}</a>'


def rows(pairs: list[tuple[str, str]]) -> str:
    """A list of what is said under which heading: (plain heading, ready HTML); empty ones are left out."""
    said = "".join(f"<div><dt>{esc(head)}</dt><dd>{body}</dd></div>" for head, body in pairs if body)
    return f'<dl class="ag-rows">{said}</dl>' if said else ""
