"""`alumina data`, as it is typed. Imports wait until a command needs them."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.environment import dataset, settings
from bot.errors import UsageError

data = typer.Typer(no_args_is_help=True, help="The dataset behind every answer.")


@data.command()
def check() -> None:
    """Check the data folder: the first wrong cell is named, and every figure that cannot be true."""
    from bot.commands import data as commands

    raise typer.Exit(commands.check(settings()))


@data.command()
def new(folder: Annotated[Path, typer.Argument(help="A folder that is not there yet, or is empty.")]) -> None:
    """Write a data folder to fill, for another trade: see docs/your-data.md."""
    from bot.commands.data import new_folder

    typer.echo(new_folder(folder))


@data.command("coverage")
def show_coverage(
    series: Annotated[str | None, typer.Option(help="One commodity alone, by any of its names.")] = None,
    partners: Annotated[bool, typer.Option("--partners", help="Trade by partner country.")] = False,
) -> None:
    """Print what is on record: series by month, how sure each is, and what is waited for."""
    from rich.text import Text

    from bot.commands import data as commands
    from bot.messages.terminal import terminal

    console = terminal()
    for line in commands.coverage_lines(dataset(settings()), series, partners=partners):
        console.print(Text(line), soft_wrap=not console.is_terminal)  # whole lines into a file or pipe


@data.command("import")
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV in the columns of figures.csv, a saved page, or a JSON answer of UN Comtrade."
        ),
    ],
    sources: Annotated[
        Path | None, typer.Option(help="A CSV in the columns of sources.csv: sources that FILE names.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference, change nothing.")] = False,
) -> None:
    """Take in a file of figures: what is new is served at once, what cannot be true is held."""
    from bot.commands import data as commands

    raise typer.Exit(commands.import_file(settings(), file, sources, dry_run=dry_run))


@data.command()
def refresh(
    since: Annotated[int | None, typer.Option(help="Everything since this year, such as 2018.")] = None,
) -> None:
    """Bring in the newest figures from the publishers' sites; broken off, it goes on there the next time."""
    from bot.commands import refresh as refreshing

    raise typer.Exit(asyncio.run(refreshing.refresh(settings(), since)))


@data.command()
def review(
    accept: Annotated[int | None, typer.Option(help="Serve the held figure of this number.")] = None,
    reject: Annotated[int | None, typer.Option(help="Never serve it.")] = None,
    reason: Annotated[str, typer.Option(help="Why; it is kept.")] = "",
) -> None:
    """List the figures that are held, or decide on one."""
    from bot.commands import data as commands

    if accept is not None and reject is not None:
        raise UsageError("Either --accept or --reject, one figure at a time.")
    number = reject if accept is None else accept
    raise typer.Exit(commands.review(settings(), number, reason, accept=accept is not None))


@data.command()
def export(
    sources: Annotated[bool, typer.Option("--sources", help="sources.csv instead.")] = False,
) -> None:
    """Print figures.csv with everything that was taken in, for a commit."""
    from bot.commands import data as commands

    for line in commands.export(settings(), sources=sources):
        typer.echo(line)
