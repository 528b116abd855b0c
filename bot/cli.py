"""The command line: thin, each command's work lies in its room. Imports wait until a command needs them."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import AluminaError, UsageError
from bot.settings import LAST_PORT, Settings, secrets_in

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.dataset.dataset import Dataset

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback is for us; it goes to the log as it is
    rich_markup_mode="rich",
    epilog="Begin with: alumina demo; or with: alumina ask march 2026.",
)
FOR_EVERYONE, FOR_OPERATORS = "For everyone", "For who runs it"
data = typer.Typer(no_args_is_help=True, help="The dataset behind every answer.")
app.add_typer(data, name="data", rich_help_panel=FOR_OPERATORS)
database = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(database, name="db", rich_help_panel=FOR_OPERATORS)


def _port(help_: str) -> Any:
    """An option that takes a port; 0 is any that is free."""
    return typer.Option(help=help_, min=0, max=LAST_PORT)


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
        from bot.version import PROJECT, installed_version

        typer.echo(f"{PROJECT} {installed_version()}")
        raise typer.Exit


@app.callback()
def alumina(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Which version this is.")
    ] = False,
) -> None:
    """Trade figures, asked for in words: a Slack bot, and the same answers in the terminal."""


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
    from bot.store.current import current_dataset

    return current_dataset(chosen)


@app.command(
    rich_help_panel=FOR_EVERYONE,
    epilog="For example: alumina ask march 2026 --then 'and april?' --details",
)
def ask(
    words: Annotated[list[str] | None, typer.Argument(help="The question; words are joined.")] = None,
    then: Annotated[list[str] | None, typer.Option(help="A further turn of the same thread.")] = None,
    details: Annotated[bool, typer.Option("--details", help="Formulas, ranges, printings, sources.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document; a list for several turns.")
    ] = False,
    batch: Annotated[
        Path | None, typer.Option(help="A file: a JSON list of turns a line. With --json.")
    ] = None,
) -> None:
    """Ask a question in the terminal."""
    from bot.answers.conversation import converse
    from bot.commands import ask as asking
    from bot.questions.commands import command_in

    if not words and not batch:
        raise UsageError("Give a question, as in: alumina ask march 2024; or a file: --batch FILE --json.")
    if batch and (words or then or not as_json):
        raise UsageError("A file of questions stands alone: alumina ask --batch FILE --json.")
    figures = dataset(settings())
    if batch:
        for line in asking.batch(batch, figures):
            typer.echo(line)
        return
    text = " ".join(words or ())
    turns = [text, *(then or ())]
    if "alert" in map(command_in, turns):
        if then:
            raise UsageError("An alert is one turn by itself: leave --then out.")
        from bot.commands import ask_alert

        told, status = ask_alert.alert(text, figures)
        typer.echo(asking.dumped(told) if as_json else "\n".join(ask_alert.lines(told)))
        raise typer.Exit(status)
    answers = list(converse(turns, figures))
    if as_json:
        typer.echo(asking.as_json(answers))
    else:
        title, file = asking.file_of(answers)
        if file and not sys.stdout.isatty():  # into a file or a program go the lines alone
            typer.echo(title, err=True)
            typer.echo(file)
        else:
            _draw(answers, figures if details else None)
    raise typer.Exit(asking.exit_status(answers))


def _draw(answers: list["Answer"], explained: "Dataset | None") -> None:
    from bot.answers.behind import printed
    from bot.messages.details import parts
    from bot.messages.terminal import drawn, terminal

    console = terminal()
    for place, answer in enumerate(answers):
        # Not cropped: the lines of a file are long.
        below = parts(printed(answer, explained)) if explained and answer.figures else []
        console.print(*([""] if place else []), drawn(answer, below), sep="\n", crop=False)


@data.command()
def check() -> None:
    """Check the data folder: the first wrong cell is named, and every figure that cannot be true."""
    from bot.commands import data as commands

    raise typer.Exit(commands.check(settings()))


@data.command()
def new(folder: Annotated[Path, typer.Argument(help="A folder that is not there yet, or is empty.")]) -> None:
    """Write a data folder to fill, for another trade: see docs/your-data.md."""
    from bot.commands.new_folder import new_folder

    typer.echo(new_folder(folder))


@data.command("coverage")
def show_coverage(
    series: Annotated[str | None, typer.Option(help="One commodity alone, by any of its names.")] = None,
    partners: Annotated[bool, typer.Option("--partners", help="Trade by partner country.")] = False,
    table: Annotated[bool, typer.Option("--table", help="As a table in Markdown.")] = False,
) -> None:
    """Print what is on record: series by month, how sure each is, and what is waited for."""
    from rich.text import Text

    from bot.commands import data as commands
    from bot.messages.terminal import terminal

    console = terminal()
    found = dataset(settings())
    lines = (
        commands.coverage_table(found) if table else commands.coverage_lines(found, series, partners=partners)
    )
    for line in lines:
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

    raise typer.Exit(refreshing.refresh(settings(), since))


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


@app.command(rich_help_panel=FOR_EVERYONE)
def demo(
    port: Annotated[int, _port("Port of the playground.")] = 8484,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    bot: Annotated[str, typer.Option(help="A bot started by hand, such as http://127.0.0.1:3000.")] = "",
) -> None:
    """The playground: a local workspace in the browser, no Slack needed."""
    from bot.playground.byhand import is_address
    from bot.playground.demo import run_demo

    if bot and not is_address(bot):
        raise UsageError(f"--bot is {bot}; write an address without a path, such as http://127.0.0.1:3000.")
    run_demo(settings(), port, open_browser=open_browser, bot=bot)


@app.command(rich_help_panel=FOR_OPERATORS, epilog="For example: alumina serve --port 3000")
def serve(
    host: Annotated[str | None, typer.Option(help="Listen at; 127.0.0.1 unless PORT is set.")] = None,
    port: Annotated[int | None, _port("Listen at; 3000 unless PORT is set.")] = None,
) -> None:
    """The bot: Socket Mode where SLACK_APP_TOKEN is set, else HTTP at /slack/events."""
    from bot.commands.serve import serve_bot

    serve_bot(settings(), host, port)


@app.command(rich_help_panel=FOR_OPERATORS)
def worker(
    host: Annotated[str | None, typer.Option(help="Listen at, for /healthz; see --port.")] = None,
    port: Annotated[int | None, _port("Listen at; nowhere unless this or PORT is set.")] = None,
) -> None:
    """Schedules and deliveries alone, for more than one machine (needs PostgreSQL)."""
    from bot.commands.serve import work

    work(settings(), host, port)


@app.command(rich_help_panel=FOR_OPERATORS, epilog="For example: alumina post --month 2026-07 --dry-run")
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


@app.command("next", rich_help_panel=FOR_EVERYONE)
def next_releases(
    ics: Annotated[bool, typer.Option("--ics", help="As an iCalendar file.")] = False,
) -> None:
    """What is published when."""
    from bot.answers.respond import respond
    from bot.messages.release_calendar import release_calendar
    from bot.questions.question import Question
    from bot.words import speaking

    chosen = settings()
    figures, spoken = dataset(chosen), chosen.alumina_language
    with speaking(spoken):
        if ics:
            typer.echo(release_calendar(figures), nl=False)
        else:
            _draw([respond(Question(view="release", language=spoken), figures)], None)


@app.command("mcp", rich_help_panel=FOR_EVERYONE)
def serve_mcp() -> None:
    """The same answers for assistants, over stdio (over HTTP at /mcp of `serve`)."""
    from bot.logs import log_to_stderr
    from bot.mcp.stdio import serve_stdio

    chosen = settings()
    log_to_stderr(chosen)
    serve_stdio(chosen, dataset(chosen))


@app.command("skill", rich_help_panel=FOR_EVERYONE)
def print_skill() -> None:
    """A Markdown skill that teaches an assistant what can be asked, and how to quote the answers."""
    from bot.mcp.texts import skill

    typer.echo(skill(dataset(settings())), nl=False)


@app.command(rich_help_panel=FOR_OPERATORS)
def manifest(
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode: no request URLs.")] = False,
    agent: Annotated[bool, typer.Option("--agent", help="As an agent: suggests prompts.")] = False,
    mcp: Annotated[bool, typer.Option("--mcp", help="With the MCP server, for Slackbot.")] = False,
) -> None:
    """The Slack app's manifest; for HTTP, and for the MCP server, its URLs are made from ALUMINA_URL."""
    from bot.manifest import MCP_PATH, address, http_manifest, socket_manifest
    from bot.store.current import base_record

    base_record(chosen := settings())  # whose trade it is stands in the manifest
    if socket:
        mcp_url = address(chosen) + MCP_PATH if mcp else ""
        typer.echo(socket_manifest(agent=agent, mcp_url=mcp_url), nl=False)
    else:
        typer.echo(http_manifest(chosen, agent=agent, mcp=mcp), nl=False)


@app.command(rich_help_panel=FOR_OPERATORS)
def feedback(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list.")] = False,
) -> None:
    """What people thought of answers, and why they did not help; the newest first."""
    from bot.commands.feedback import tell_feedback

    tell_feedback(settings(), as_json=as_json)


@app.command(rich_help_panel=FOR_OPERATORS)
def forget(
    user: Annotated[str, typer.Option(help="A person's id, such as U0123ABCD.")] = "",
    team: Annotated[str, typer.Option(help="In this workspace alone, such as T0123ABCD.")] = "",
    old: Annotated[bool, typer.Option("--old", help="What is older than it is kept, of everybody.")] = False,
) -> None:
    """Take a person out of the database (docs/privacy.md says what is kept); a second run finds nothing."""
    from bot.commands import forget as forgetting

    if bool(user) == old or (team and old):
        raise UsageError("Say whom, as in: alumina forget --user U0123ABCD; or --old alone.")
    chosen = settings()
    raise typer.Exit(forgetting.forget_old(chosen) if old else forgetting.forget_person(chosen, user, team))


@app.command(rich_help_panel=FOR_OPERATORS)
def doctor() -> None:
    """Say what is in order and what is not, a line each, and what to do; status 0 only if all is well."""
    from bot.commands.doctor import examine

    raise typer.Exit(examine(settings()))


@app.command(rich_help_panel=FOR_OPERATORS)
def key(
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Keep all stored tokens under the first key of ALUMINA_KEY.")
    ] = False,
) -> None:
    """Make a key for ALUMINA_KEY, under which the tokens of many workspaces are kept."""
    from bot.commands.key import rotate as rotated
    from bot.slack.installs.keys import new_key

    typer.echo(rotated(settings()) if rotate else new_key())


@database.command("upgrade")
def upgrade_database() -> None:
    """Create the tables in an empty database, as every start does."""
    from bot.store.engine import upgrade_now

    upgrade_now(settings())
