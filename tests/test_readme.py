"""The pages and the manifest say what there is, and nothing that is not there."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from bot.cli import app
from bot.dataset.coverage import counts, first_counted
from bot.errors import SettingError
from bot.manifest import AGENT_SCOPES, EVENTS, MCP_SCOPES, SCOPES, manifest, prompts
from bot.messages.names import series_name
from bot.settings import Settings
from tests.commandline import alumina
from tests.tables import looped

ROOT = Path(__file__).parent.parent
YEAR = 12


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pages():
    return [*ROOT.glob("*.md"), *sorted((ROOT / "docs").glob("*.md"))]


def commands():
    """Every command as it is typed."""
    root = get_command(app)
    top = root.commands  # type: ignore[attr-defined]
    return {
        f"{name} {below}".strip()
        for name, command in top.items()
        for below in (getattr(command, "commands", None) or ("",))
    }


def test_every_command_is_in_the_table():
    table = page("docs/commands.md").partition("| command |")[2].partition("\n\n")[0]
    listed = {" ".join(re.findall(r"[a-z]+", each)) for each in re.findall(r"`alumina ([a-z ]+[a-z])", table)}
    assert listed == commands()


def test_every_setting_is_in_the_table():
    listed = set(re.findall(r"^\| `([A-Z][A-Z_]+)` \|", page("docs/settings.md"), re.MULTILINE))
    assert listed == {name.upper() for name in Settings.model_fields}


def test_what_is_linked_is_there():
    for file in pages():
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8")):
            assert (file.parent / link).exists(), (file.name, link)


def coverage_table(dataset):
    """The counts in Markdown, with how many months lack of which year; of countries with a year of months."""
    names = list(dataset.catalogue)
    partners = counts(dataset, names, partners=True)
    countries = [each for each in partners if len(each.cells) - each.count["missing"] >= YEAR]
    yield f"| months since {first_counted()} | scope | printed | estimated | derived | missing | of them in |"
    yield "|---|---|---|---|---|---|---|"
    for each in (*counts(dataset, names), *countries):
        name, count = series_name(each.series), each.count
        lost = Counter(month.year for month, cell in each.cells.items() if cell == "missing")
        holes = ", ".join(f"{year} {months}" for year, months in lost.items())
        known = f"{count['printed']} | {count['estimated'] or ''} | {count['derived'] or ''}"
        yield f"| {name} | {each.scope} | {known} | {count['missing']} of {len(each.cells)} | {holes} |"


def test_the_table_of_what_is_on_record_is_what_is_on_record(dataset):
    table = page("README.md").partition("| months since")[1:]
    assert "".join(table).split("\n\n")[0].splitlines() == list(coverage_table(dataset))


def test_every_file_of_the_map_is_there():
    table = page("CONTRIBUTING.md").partition("| what a person sees |")[2]
    for row in re.findall(r"^\| .+ \| (.+) \|$", table, re.MULTILINE):
        room = Path()
        for name in re.findall(r"`([\w/.]+)`", row):
            place = Path(name) if "/" in name else room / name
            assert (ROOT / place).exists(), place
            room = place.parent if place.suffix else place


FILE = Path(__file__).parent.parent / "manifest.yml"
ONE = {"ALUMINA_URL": "https://alumina.example.com"}
URL = "https://alumina.example.com/slack/events"


def made(env=ONE, **how):
    return yaml.safe_load(manifest(Settings.from_env(env), **how))


async def test_the_file_is_what_the_command_prints():
    run = await alumina("manifest", "--socket")
    assert run.status == 0
    assert run.out == FILE.read_text(encoding="utf-8")


@looped("agent", [False, True])
def test_the_http_manifest_has_the_request_url_everywhere(agent):
    found = made(agent=agent)
    assert ("agent_view" in found["features"]) == agent
    assert found["settings"]["socket_mode_enabled"] is False
    assert found["features"]["slash_commands"][0]["url"] == URL
    assert found["settings"]["event_subscriptions"]["request_url"] == URL
    assert found["settings"]["interactivity"] == {"request_url": URL, "is_enabled": True}


@looped(
    ("env", "said"),
    [({}, "is not set"), ({"ALUMINA_URL": "http://alumina.example.com"}, "is wrong: .*https")],
)
def test_the_http_manifest_needs_an_address_that_slack_would_call(env, said):
    with pytest.raises(SettingError, match=rf"^ALUMINA_URL {said}"):
        manifest(Settings.from_env(env))


async def test_an_agent_suggests_where_that_is_asked_for_and_is_a_bot_in_everything_else():
    run = await alumina("manifest", "--socket", "--agent")
    agent, plain = yaml.safe_load(run.out), made({}, socket=True)
    assert "assistant_" not in run.out  # as agents were declared of old
    view = agent["features"].pop("agent_view")
    assert len(view["agent_description"]) <= 300
    assert {each["title"]: each["message"] for each in view["suggested_prompts"]} == prompts()
    assert len(prompts()) <= 4
    scopes = agent["oauth_config"]["scopes"]
    assert set(scopes["bot"]) - AGENT_SCOPES.keys() == set(SCOPES)
    scopes["bot"] = list(SCOPES)
    assert agent == plain


MANY = ONE | {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "secret"}


def test_for_many_workspaces_it_says_where_who_installs_it_comes_back_to():
    one, many = made(), made(MANY)
    assert many["oauth_config"].pop("redirect_urls") == ["https://alumina.example.com/slack/oauth_redirect"]
    events = many["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {*EVENTS, "app_uninstalled", "tokens_revoked"}
    assert len(events) == len(EVENTS) + 2
    many["settings"]["event_subscriptions"]["bot_events"] = list(EVENTS)
    assert many == one
    assert many["settings"]["org_deploy_enabled"] is False


@pytest.mark.parametrize("socket", [True, False])
async def test_with_the_mcp_server_slackbot_may_connect_to_it(socket):
    words = ["manifest", "--mcp", *(["--socket"] if socket else [])]
    run = await alumina(*words, env=ONE)
    found = yaml.safe_load(run.out)
    server = {"url": "https://alumina.example.com/mcp", "auth_type": "slack_identity_auth"}
    assert found["mcp_servers"] == {"alumina": server}
    assert set(found["oauth_config"]["scopes"]["bot"]) == {*SCOPES, *MCP_SCOPES}
    assert f"# Written by: alumina {' '.join(words[:1] + words[2:] + words[1:2])}" in run.out


async def test_the_mcp_server_needs_an_address_even_by_socket():
    run = await alumina("manifest", "--socket", "--mcp")
    assert (run.status, run.err.partition(" ")[0]) == (78, "ALUMINA_URL")
