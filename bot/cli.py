"""The command line: thin, each command's work lies in its room. Imports wait until a command needs them."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import PROJECT, installed_version
from bot.cli_operating import dataset, operating, port_option, settings
from bot.errors import AluminaError, UsageError
from bot.settings import secrets_in

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback is for us; it goes to the log as it is
    rich_markup_mode="rich",
    epilog="Begin with: alumina demo; or with: alumina ask march 2026.",
)
command = partial(app.command, rich_help_panel="For everyone")
app.add_typer(operating)


def main() -> None:
    """Entry point of the command `alumina`; an error is one sentence on stderr and its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # the interpreter's own are TextIOWrapper
    sys.excepthook = _fall
    try:
        app()
    except AluminaError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(error.exit_status) from error


def _fall(_kind: object, error: BaseException, _places: object) -> None:
    """What nobody has caught ends the program with a traceback, in which no secret stands."""
    from bot.logs import hidden_traceback

    sys.stderr.write(hidden_traceback(error, secrets_in(os.environ)))


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"{PROJECT} {installed_version()}")
        raise typer.Exit


@app.callback()
def alumina(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Which version this is.")
    ] = False,
) -> None:
    """Trade figures, asked for in words: a Slack bot, and the same answers in the terminal."""


@command(epilog="For example: alumina ask march 2026 --then 'and april?' --details")
def ask(
    words: Annotated[list[str] | None, typer.Argument(help="The question; words are joined.")] = None,
    then: Annotated[list[str] | None, typer.Option(help="A further turn of the same thread.")] = None,
    details: Annotated[bool, typer.Option("--details", help="Formulas, ranges, printings, sources.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document, or a list by turns.")] = False,
    batch: Annotated[Path | None, typer.Option(help="A JSON list of turns a line; with --json.")] = None,
) -> None:
    """Ask a question in the terminal."""
    if not words and not batch:
        raise UsageError("Give a question, as in: alumina ask march 2024; or a file: --batch FILE --json.")
    if batch and (words or then or not as_json):
        raise UsageError("A file of questions stands alone: alumina ask --batch FILE --json.")
    from bot.commands import ask as answering

    figures = dataset(settings())
    if batch:
        for line in answering.batch(batch, figures):
            typer.echo(line)
        return
    turns = [" ".join(words or ()), *(then or ())]
    raise typer.Exit(answering.ask(turns, figures, details=details, as_json=as_json))


@command()
def demo(
    port: Annotated[int | None, port_option("Its port; 8484, or a free one where that is taken.")] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    bot: Annotated[str, typer.Option(help="A bot started by hand, such as http://127.0.0.1:3000.")] = "",
) -> None:
    """The playground: a local workspace in the browser, no Slack needed."""
    from bot.playground.demo import run_demo

    run_demo(settings(), port, open_browser=open_browser, bot=bot)


@command("next")
def releases(ics: Annotated[bool, typer.Option("--ics", help="As an iCalendar file.")] = False) -> None:
    """What is published when."""
    from bot.answers.respond import respond
    from bot.commands.ask import draw
    from bot.messages.for_programs import release_calendar
    from bot.questions.question import Question
    from bot.words import speaking

    chosen = settings()
    figures, spoken = dataset(chosen), chosen.alumina_language
    with speaking(spoken):
        if ics:
            typer.echo(release_calendar(figures), nl=False)
        else:
            draw([respond(Question(view="release", language=spoken), figures)])


@command("mcp")
def serve_mcp() -> None:
    """The same answers for assistants, over stdio (over HTTP at /mcp of `serve`)."""
    from bot.logs import log_to_stderr
    from bot.mcp.server import serve_stdio

    chosen = settings()
    log_to_stderr(chosen)
    serve_stdio(chosen, dataset(chosen))


@command("skill")
def print_skill() -> None:
    """A Markdown skill that teaches an assistant what can be asked, and how to quote the answers."""
    from bot.mcp.tools import skill

    typer.echo(skill(dataset(settings())), nl=False)
