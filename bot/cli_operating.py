"""The commands for who runs the bot, as they are typed. Imports wait until a command needs them."""

import asyncio
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import UsageError
from bot.settings import LAST_PORT, Settings

if TYPE_CHECKING:
    from bot.dataset.dataset import Dataset

FOR_OPERATORS = "For who runs it"

operating = typer.Typer()
command = partial(operating.command, rich_help_panel=FOR_OPERATORS)
data = typer.Typer(no_args_is_help=True, help="The dataset behind every answer.")
operating.add_typer(data, name="data", rich_help_panel=FOR_OPERATORS)
database = typer.Typer(no_args_is_help=True, help="The database.")
operating.add_typer(database, name="db", rich_help_panel=FOR_OPERATORS)


def settings() -> Settings:
    """The settings of this process; the one place that reads the environment."""
    return Settings.from_env(os.environ)


def dataset(chosen: Settings) -> "Dataset":
    """The dataset that the settings point at, as of their day."""
    from bot.store.glance import nothing_added

    if nothing_added(chosen):
        from bot.dataset.data_files import data_folder
        from bot.dataset.load import load_dataset

        return load_dataset(data_folder(chosen.alumina_data), chosen.today())
    from bot.store.figures import current_dataset

    return current_dataset(chosen)


def port_option(help_: str) -> Any:
    """An option that takes a port; 0 is any that is free."""
    return typer.Option(help=help_, min=0, max=LAST_PORT)


@command(epilog="For example: alumina serve --port 3000")
def serve(
    host: Annotated[str | None, typer.Option(help="Listen at; 127.0.0.1 unless PORT is set.")] = None,
    port: Annotated[int | None, port_option("Listen at; 3000 unless PORT is set.")] = None,
) -> None:
    """The bot: Socket Mode where SLACK_APP_TOKEN is set, else HTTP at /slack/events."""
    from bot.commands.serve import serve_bot

    serve_bot(settings(), host, port)


@command()
def worker(
    host: Annotated[str | None, typer.Option(help="Listen at, for /healthz; see --port.")] = None,
    port: Annotated[int | None, port_option("Listen at; nowhere unless this or PORT is set.")] = None,
) -> None:
    """Schedules and deliveries alone, for more than one machine (needs PostgreSQL)."""
    from bot.commands.serve import work

    work(settings(), host, port)


@command(epilog="For example: alumina post --month 2026-07 --dry-run")
def post(
    month: Annotated[str, typer.Option(help="The month, such as 2026-07.")],
    channel: Annotated[list[str] | None, typer.Option(help="Channel id; ALUMINA_CHANNEL if none.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the message, post nothing.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Post though it is posted already.")] = False,
) -> None:
    """Post a month's summary into a channel, once: a second run says "already posted"."""
    from bot.commands.post import post_month
    from bot.dataset.calendar import Month

    chosen = Month.from_text(month)
    raise typer.Exit(post_month(settings(), chosen, channel or [], dry_run=dry_run, again=again))


@command()
def manifest(
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode: no request URLs.")] = False,
    agent: Annotated[bool, typer.Option("--agent", help="As an agent: suggests prompts.")] = False,
    mcp: Annotated[bool, typer.Option("--mcp", help="With the MCP server, for Slackbot.")] = False,
) -> None:
    """The Slack app's manifest; for HTTP, and for the MCP server, its URLs are made from ALUMINA_URL."""
    from bot.manifest import manifest as written
    from bot.store.figures import base_record

    base_record(chosen := settings())  # whose trade it is stands in the manifest
    typer.echo(written(chosen, socket=socket, agent=agent, mcp=mcp), nl=False)


@command()
def feedback() -> None:
    """What people thought of answers, and why they did not help; the newest first."""
    from bot.commands.database import tell_feedback

    tell_feedback(settings())


@command()
def forget(
    user: Annotated[str, typer.Option(help="A person's id, such as U0123ABCD.")],
    team: Annotated[str, typer.Option(help="In this workspace alone, such as T0123ABCD.")] = "",
) -> None:
    """Take a person out of the database (docs/privacy.md says what is kept); a second run finds nothing."""
    from bot.commands.database import forget_person

    raise typer.Exit(forget_person(settings(), user, team))


@command()
def doctor() -> None:
    """Say what is in order and what is not, a line each, and what to do; status 0 only if all is well."""
    from bot.commands.doctor import examine

    raise typer.Exit(asyncio.run(examine(settings())))


@command()
def key(
    rotate: Annotated[bool, typer.Option("--rotate", help="Encrypt all tokens with the first key.")] = False,
) -> None:
    """Make a key for ALUMINA_KEY, under which the tokens of many workspaces are kept."""
    from bot.commands.database import rotate_key
    from bot.slack.installs.workspaces import new_key

    typer.echo(rotate_key(settings()) if rotate else new_key())


@database.command("upgrade")
def upgrade_database() -> None:
    """Create the tables in an empty database, as every start does."""
    from bot.store.engine import has_tables, run_on_store

    run_on_store(settings(), has_tables)  # opening it creates them


@data.command()
def check() -> None:
    """Check the data folder: the first wrong cell is named, and every figure that cannot be true."""
    from bot.commands.data import check as checked

    raise typer.Exit(checked(settings()))


@data.command()
def new(folder: Annotated[Path, typer.Argument(help="A folder that is not there yet, or is empty.")]) -> None:
    """Write a data folder to fill, for another trade: see docs/your-data.md."""
    from bot.commands.data import new_folder

    typer.echo(new_folder(folder))


@data.command("coverage")
def show_coverage(
    series: Annotated[str | None, typer.Option(help="One commodity alone, by its id.")] = None,
    partners: Annotated[bool, typer.Option("--partners", help="Trade by partner country.")] = False,
) -> None:
    """Print what is on record: series by month, and how sure each is."""
    from rich.text import Text

    from bot.commands.data import coverage_lines
    from bot.messages.command_line import terminal

    console = terminal()
    for line in coverage_lines(dataset(settings()), series, partners=partners):
        console.print(Text(line), soft_wrap=not console.is_terminal)  # whole lines into a file or pipe


@data.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="A CSV like figures.csv, a saved page, or UN Comtrade's JSON.")
    ],
    sources: Annotated[Path | None, typer.Option(help="A CSV like sources.csv, for what FILE names.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference, change nothing.")] = False,
) -> None:
    """Take in a file of figures: what is new is served at once, what cannot be true is held."""
    from bot.commands.data import import_file as taken_in

    raise typer.Exit(taken_in(settings(), file, sources, dry_run=dry_run))


@data.command()
def refresh(since: Annotated[int | None, typer.Option(help="All from this year on.")] = None) -> None:
    """Bring in the newest figures from the publishers' sites; broken off, it goes on there the next time."""
    from bot.commands.data import refresh as refreshed

    raise typer.Exit(asyncio.run(refreshed(settings(), since)))


@data.command()
def review(
    accept: Annotated[int | None, typer.Option(help="Serve the held figure of this number.")] = None,
    reject: Annotated[int | None, typer.Option(help="Never serve it.")] = None,
    reason: Annotated[str, typer.Option(help="Why; it is kept.")] = "",
) -> None:
    """List the figures that are held, or decide on one."""
    from bot.commands.data import review as reviewed

    if accept is not None and reject is not None:
        raise UsageError("Either --accept or --reject, one figure at a time.")
    number = reject if accept is None else accept
    raise typer.Exit(reviewed(settings(), number, reason, accept=accept is not None))


@data.command()
def export(sources: Annotated[bool, typer.Option("--sources", help="Print sources.csv.")] = False) -> None:
    """Print figures.csv with everything that was taken in, for a commit."""
    from bot.commands.data import export as exported

    for line in exported(settings(), sources=sources):
        typer.echo(line)
