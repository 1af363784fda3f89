"""Imports run one way: what a room may import is declared here, and every file is held to it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Room → the rooms of this project it may import, beside itself.
BASE = {"graph.errors", "graph.records", "graph.ontology", "graph.text"}
STORE = BASE | {"graph.store"}
DERIVED = STORE | {"graph.identity", "graph.network"}
INGEST = STORE | {"ingest"}
ALL = {"graph", "ingest"}
ALLOWED = {
    "graph.errors": set(),
    "graph.text": set(),
    "graph.ontology": {"graph.errors"},
    "graph.records": {"graph.errors"},
    "graph.store": BASE,
    "graph.identity": STORE,
    "graph.network": STORE | {"graph.identity"},
    "graph.rdf": DERIVED,
    "graph.search": DERIVED,
    "graph.compare": DERIVED | {"graph.search"},
    "graph.describe": DERIVED,
    "graph.export": DERIVED | {"graph.rdf"},
    "ingest.reading": BASE,
    "ingest.segmenting": BASE,
    "ingest.lexicon": BASE,
    "ingest.models": BASE | {"ingest.lexicon"},
    "ingest.mentions": BASE | {"ingest.segmenting", "ingest.lexicon", "ingest.models"},
    "ingest.claims": BASE | {"ingest.segmenting", "ingest.lexicon", "ingest.models", "ingest.mentions"},
    "ingest.training": INGEST,
    "ingest": INGEST,
    "views": ALL | {"views"},
    "commands": ALL,
    "cli": {"graph.errors", "commands"},
    "app": ALL | {"views"},
}

# A foreign library stands in one module, so that it can be replaced there.
CONFINED = {
    "lancedb": ("graph/store/tables.py", "graph/store/queries.py"),
    "ahocorasick": "ingest/lexicon/",
    "pypdf": "ingest/reading/",
    "docx": "ingest/reading/",
    "trafilatura": "ingest/reading/",
    "charset_normalizer": "ingest/reading/",
    "cn2an": "ingest/claims/",
    "sentence_transformers": "graph/search/",
    "rdflib": "graph/rdf/",
    "rustworkx": "graph/network/",
    "streamlit": ("views/", "app.py"),
    "typer": ("cli.py", "commands/"),
}


def sources() -> list[Path]:
    files = [
        *ROOT.glob("graph/**/*.py"),
        *ROOT.glob("ingest/**/*.py"),
        *ROOT.glob("views/**/*.py"),
        *ROOT.glob("commands/*.py"),
    ]
    return sorted([*files, ROOT / "app.py", ROOT / "cli.py"])


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def inside(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def room_of(name: str) -> str:
    return max((room for room in ALLOWED if inside(name, room)), key=len)


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_what_it_may(path):
    if name_of(path) == "graph":
        return
    room = room_of(name_of(path))
    own = {
        name
        for name in imports_of(path)
        if name.split(".")[0] in {"graph", "ingest", "views", "commands", "cli", "app"}
    }
    allowed = ALLOWED[room] | {room}
    assert {name for name in own if not any(inside(name, other) for other in allowed)} == set()


@pytest.mark.parametrize(("library", "home"), CONFINED.items())
def test_a_foreign_library_stays_in_its_room(library, home):
    users = [str(p.relative_to(ROOT)) for p in sources() if any(inside(name, library) for name in imports_of(p))]
    assert [user for user in users if not user.startswith(home)] == []


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for path in sources() if path.parent != ROOT}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
