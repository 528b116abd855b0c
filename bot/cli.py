"""The command line: thin, each command's work lies in its room. Imports wait until a command needs them."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import AluminaError, UsageError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.dataset.dataset import Dataset

app = typer.Typer(no_args_is_help=True, add_completion=False, help="China's aluminium trade figures.")
data = typer.Typer(no_args_is_help=True, help="The dataset behind every answer.")
app.add_typer(data, name="data")


def main() -> None:
    """Entry point of the command `alumina`; an error is one sentence on stderr and its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # the interpreter's own are TextIOWrapper
    try:
        app()
    except AluminaError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(error.exit_status) from error


def settings() -> Settings:
    """The settings of this process; the one place that reads the environment."""
    return Settings.from_env(os.environ)


def dataset(chosen: Settings) -> "Dataset":
    """The dataset that the settings point at, as of their day."""
    from bot.dataset.folder import data_folder
    from bot.dataset.load import load_dataset

    return load_dataset(data_folder(chosen.alumina_data), chosen.today())


@app.command()
def ask(
    words: Annotated[list[str] | None, typer.Argument(help="The question; words are joined.")] = None,
    then: Annotated[list[str] | None, typer.Option(help="A further turn of the same thread.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document; a list for several turns.")
    ] = False,
    batch: Annotated[
        Path | None, typer.Option(help="A file: a JSON list of turns a line. With --json.")
    ] = None,
) -> None:
    """Ask a question in the terminal."""
    from bot.commands import ask as asking
    from bot.answers.conversation import converse

    if bool(words) == bool(batch) or (batch and (then or not as_json)):
        raise UsageError("Give a question, as in: alumina ask march 2024; or a file: --batch FILE --json.")
    figures = dataset(settings())
    if batch:
        for line in asking.batch(batch, figures):
            typer.echo(line)
        return
    answers = list(converse([" ".join(words or ()), *(then or ())], figures))
    if as_json:
        typer.echo(asking.as_json(answers))
    else:
        _draw(answers)
    raise typer.Exit(asking.exit_status(answers))


def _draw(answers: list["Answer"]) -> None:
    from bot.messages.terminal import drawn, terminal

    console = terminal()
    for place, answer in enumerate(answers):
        console.print(*([""] if place else []), drawn(answer), sep="\n")


@data.command()
def check() -> None:
    """Check every row of the data folder; the first wrong cell is named."""
    from bot.dataset.folder import data_folder
    from bot.dataset.load import load_record

    chosen = settings()
    record = load_record(data_folder(chosen.alumina_data))
    typer.echo(f"{len(record.rows)} rows and {len(record.sources)} sources: all as they should be.")
