"""The `alliance` command."""

import sys

import typer

from commands.asking import query, search, show, status
from commands.common import err
from commands.comparing import compare
from commands.exporting import export
from commands.indexing import index
from commands.likening import similar
from commands.partnering import partners, roles
from commands.reading import delete, extract, ingest
from commands.reviewing import judgements, review
from commands.serving import demo, serve
from commands.spreading import elsewhere, spread
from commands.training import train
from graph.errors import AllianceError

COMMANDS = (
    demo,
    ingest,
    extract,
    index,
    search,
    similar,
    compare,
    partners,
    roles,
    spread,
    elsewhere,
    show,
    review,
    export,
    query,
    delete,
    status,
    serve,
    train,
)

app = typer.Typer(
    help="Knowledge graph of alliances, read from Chinese reports. 联盟图谱",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(judgements, name="judgements")


def main() -> None:
    """Run the command; known errors become one line and exit code 2."""
    try:
        app()
    except AllianceError as error:
        err.print(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(2)
