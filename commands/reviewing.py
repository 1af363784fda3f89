"""review, judgements: what people decide about names and claims."""

import getpass
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from commands.common import Json, LibraryOption, err, opened, out, print_json, stop
from commands.review_terminal import Lines, Sitting, TerminalKeys, now, plain, shown_ends
from graph.errors import NotFoundError, UsageError
from graph.store import Library

if TYPE_CHECKING:
    from graph.identity.review import Desk, Item, Quote, Side
    from graph.records import Judgement


class Kind(StrEnum):
    """What is asked about."""

    identity = "identity"
    claim = "claim"


Who = Annotated[str, typer.Option("--who", envvar="ALLIANCE_WHO", help="Who decides; your login name by default.")]
File = Annotated[Path, typer.Argument(help="A file of JSON Lines; `-` for the terminal.", allow_dash=True)]


def review(
    library: LibraryOption = "library",
    kind: Annotated[Kind | None, typer.Option(help="Only pairs of names, or only claims.")] = None,
    of_type: Annotated[str, typer.Option("--type", help="Only this entity type or relation.")] = "",
    about: Annotated[str, typer.Option(help="Only what is about this entity: its id, name, alias or code.")] = "",
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many.")] = None,
    who: Who = "",
    as_json: Json = False,
    listed: Annotated[bool, typer.Option("--list", help="Show the decisions made, the latest first.")] = False,
) -> None:
    """Decide what the program is unsure of: whether two names mean one thing, whether a claim is right.

    What a decision changes most comes first, with the sentences of both sides. One key decides: s same, d different,
    u unsure; r right, w wrong; t and n correct a type or a name; z takes the last one back; q ends. Every decision is
    written at once. From a pipe, each line is a key with what belongs to it: `s both in one township`, `t 1 Village`.

    Examples:  `alliance review`   ·   `alliance review --kind claim --about 宁海县`   ·   `alliance review --list`
    """
    from graph.identity import refresh
    from graph.identity.review import Desk

    source = opened(library)
    desk = Desk.load(source)
    judgements = source.judgements()
    if listed:
        print_made(desk, judgements, as_json=as_json)
        return
    entity = _entity(desk, about) if about else ""
    items = desk.queue(desk.settled(judgements), kind or "", of_type, entity)[:limit]
    if as_json:
        print_json([item_row(desk, item) for item in items])
        return
    if not items:
        out.print("没有待审核的内容。Nothing is left to decide.")
        return
    keys = TerminalKeys() if sys.stdin.isatty() else Lines(sys.stdin)
    try:
        Sitting(source, desk, judgements, who or getpass.getuser(), keys).run(items)
    finally:
        refresh(source)


def _entity(desk: "Desk", name: str) -> str:
    found = desk.entities.find(name)
    if not found:
        raise NotFoundError(f"No entity is called {name!r}. `alliance show NAME` finds by part of a name, too.")
    return found[0].id


def item_row(desk: "Desk", item: "Item") -> dict[str, Any]:
    """One thing to decide, for programs."""
    said = desk.evidence(item)
    return {
        **asdict(item),
        "score": round(item.score, 4),
        "weight": round(item.weight, 4),
        "reasons": [asdict(reason) for reason in desk.reasons(item)],
        "sides": [side_row(side) for side in desk.sides(item)],
        "evidence": quote_row(said) if said else None,
    }


def side_row(side: "Side") -> dict[str, Any]:
    """One side of a decision, for programs."""
    row = {name: getattr(side, name) for name in side.__slots__ if name != "quotes"}
    return {**row, "quotes": [quote_row(quote) for quote in side.quotes]}


def quote_row(quote: "Quote") -> dict[str, Any]:
    """A sentence with where it stands, for programs."""
    return {
        "report": quote.report.stem,
        "title": quote.report.title,
        "publisher": quote.report.publisher,
        "date": quote.report.date,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "marks": [list(mark) for mark in quote.marks],
    }


def print_made(desk: "Desk", judgements: "list[Judgement]", *, as_json: bool = False) -> None:
    """The decisions that people made, the latest first, and whether they still stand."""
    from graph.identity.review import made

    found = made(judgements)
    if as_json:
        print_json([{**_judgement_row(j), "stands": stands} for j, stands in found])
        return
    if not found:
        out.print("还没有作出判断。No decision has been made.")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("时间 when", "谁 who", "判断 verdict", "对象 about", "有效 stands", "编号 id"):
        table.add_column(column, overflow="fold")
    for judgement, stands in found:
        about = shown_ends(desk, judgement)
        row = (judgement.when[:19], judgement.who, judgement.verdict, about, "✓" if stands else "", judgement.id)
        table.add_row(*(plain(cell) for cell in row))
    out.print(table)


def _judgement_row(judgement: "Judgement") -> dict[str, Any]:
    return {name: getattr(judgement, name) for name in judgement.__slots__ if not name.endswith("_at")}


# -- judgements as a file -------------------------------------------------------------------------------------------

judgements = typer.Typer(help="Take decisions away as a file, bring them in, take one back.", no_args_is_help=True)


@judgements.command("export")
def export_file(file: File, library: LibraryOption = "library") -> None:
    """Write all decisions as JSON Lines, each with the place of what it is about.

    Example:  `alliance judgements export decisions.jsonl`
    """
    from graph.identity.judgements import to_jsonl

    held = opened(library).judgements()
    text = to_jsonl(held)
    if str(file) == "-":
        sys.stdout.write(text)
        return
    file.write_text(text, encoding="utf-8")
    out.print(f"{len(held)} written to {file}", markup=False, soft_wrap=True)


@judgements.command("import")
def import_file(file: File, library: LibraryOption = "library") -> None:
    """Bring in decisions that another library exported. Those already here stay as they are.

    A decision about something that this library does not hold is kept and said: it applies once its report is read.

    Example:  `alliance judgements import decisions.jsonl`
    """
    from graph.identity import refresh
    from graph.identity.review import read_lines

    target = opened(library)
    given = "the terminal" if str(file) == "-" else str(file)
    found, faults = read_lines(sys.stdin.read() if str(file) == "-" else _text(file))
    known = {j.id for j in target.judgements()}
    fresh = [j for j in found if j.id not in known]
    target.judge(fresh)
    refresh(target)
    waiting = unanchored(target, found)
    out.print(f"{len(fresh)} new, {len(found) - len(fresh)} already known from {given}.", markup=False, soft_wrap=True)
    for fault in faults:
        err.print(f"not read: {fault}", style="red", markup=False, soft_wrap=True)
    for judgement in waiting:
        about = " ".join(part for part in (judgement.subject, judgement.object) if part)
        said = f"waits for its report: {judgement.verdict} on {about} ({judgement.who}, {judgement.when[:10]})"
        err.print(said, style="yellow", markup=False, soft_wrap=True)
    raise typer.Exit(1 if faults or waiting else 0)


@judgements.command("withdraw")
def withdraw_one(
    judgement: Annotated[str, typer.Argument(help="Id of the decision, as `alliance review --list` shows it.")],
    library: LibraryOption = "library",
    who: Who = "",
    why: Annotated[str, typer.Option(help="The reason.")] = "",
) -> None:
    """Take a decision back: what stood before it stands again. The decision itself is kept.

    Example:  `alliance judgements withdraw j-3f2a…`
    """
    from graph.identity import refresh
    from graph.identity.review import made, withdraw

    target = opened(library)
    found = {j.id: (j, stands) for j, stands in made(target.judgements())}
    if judgement not in found:
        stop(f"No decision has the id {judgement!r}. `alliance review --list` shows them.", 2)
    held, stands = found[judgement]
    if not stands:
        stop(f"The decision {judgement} does not stand any more: a later one took its place, or took it back.", 1)
    target.judge([withdraw(held, who or getpass.getuser(), now(), why)])
    refresh(target)
    out.print(f"Taken back: {held.verdict} ({held.who}, {held.when[:10]}).", markup=False)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}. Name a file of JSON Lines in UTF-8.") from error


def unanchored(library: Library, found: "list[Judgement]") -> "list[Judgement]":
    """Those of `found` that name nothing the library holds now."""
    from graph.identity.judgements import unknown

    return unknown(found, library.mentions(), library.claims())
