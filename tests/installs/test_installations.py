"""The tables of installations, on both databases: what lies there is closed, and our keys open it; `key`."""

import asyncio
import datetime as dt

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import MetaData, select, update

from bot.errors import SettingError
from bot.settings import Settings
from bot.slack.installs.flow import States
from bot.slack.installs.workspaces import Keys, NotInstalledError, Workspaces, WrongKeyError, new_key
from bot.store.engine import store
from bot.store.tables import SECRETS, slack_bots, slack_installations, slack_oauth_states
from tests.commandline import alumina

OLD, NEW, OTHER = new_key(), new_key(), new_key()
NOON = 1_795_600_000.0


def kept(engine, *keys, client_id="1.1"):
    return Workspaces(client_id, engine, Keys(keys or (OLD,)), AsyncWebClient(), only=())


def installation(team="T1", token="xoxb-numbat", at=NOON, **more):
    ours = {"app_id": "A1", "bot_id": "B1", "bot_user_id": "U_BOT", "bot_scopes": "commands,chat:write"}
    return Installation(team_id=team, user_id="U1", bot_token=token, installed_at=at, **ours, **more)


async def everything(engine):
    """All that lies in the tables, as it lies there."""
    async with engine.connect() as connection:
        bots = (await connection.execute(select(slack_bots))).all()
        return str([*bots, *(await connection.execute(select(slack_installations))).all()])


async def token_of(workspaces, team="T1"):
    try:
        return await workspaces.token_of(team)
    except NotInstalledError:
        return None


async def test_a_token_is_found_again_and_lies_closed(engine):
    secrets = {name: f"numbat-{name}" for name in SECRETS if name != "bot_token"}
    await kept(engine).async_save(installation(**secrets))
    bot = await kept(engine).async_find_bot(enterprise_id=None, team_id="T1")
    assert (bot.bot_token, bot.bot_refresh_token) == ("xoxb-numbat", "numbat-bot_refresh_token")
    assert (bot.bot_user_id, bot.bot_scopes) == ("U_BOT", ["commands", "chat:write"])
    whole = await kept(engine).async_find_installation(enterprise_id=None, team_id="T1")
    assert whole is not None
    assert {name: getattr(whole, name) for name in secrets} == secrets
    assert "numbat" not in await everything(engine)


async def test_a_long_token_is_kept_whole(engine):
    token = "xoxe.xoxb-1-" + "M" * 400
    await kept(engine).async_save(installation(token=token))
    assert await token_of(kept(engine)) == token


async def test_another_key_opens_nothing_and_says_so(engine):
    await kept(engine).async_save(installation())
    with pytest.raises(WrongKeyError, match=r"^ALUMINA_KEY is wrong: none of its keys opens") as caught:
        await token_of(kept(engine, OTHER))
    assert isinstance(caught.value, SettingError)
    assert caught.value.exit_status == 78
    assert caught.value.__suppress_context__
    with pytest.raises(WrongKeyError):
        await kept(engine, OTHER).teams()


async def test_what_was_tampered_with_is_not_taken_for_a_token(engine):
    await kept(engine).async_save(installation())
    async with engine.begin() as connection:
        await connection.execute(update(slack_bots).values(bot_token="xoxb-of-somebody-else"))
    with pytest.raises(WrongKeyError):
        await token_of(kept(engine))


async def test_a_key_is_replaced_in_three_steps(engine):
    await kept(engine, OLD).async_save(installation())
    both = kept(engine, NEW, OLD)
    assert await token_of(both) == "xoxb-numbat"
    await both.async_save(installation("T2", "xoxb-bilby"))
    assert await token_of(kept(engine, NEW), "T2") == "xoxb-bilby"  # the first one closes
    assert await both.close_anew() == 2
    only_new = kept(engine, NEW)
    assert [await token_of(only_new, team) for team in ("T1", "T2")] == ["xoxb-numbat", "xoxb-bilby"]
    assert await only_new.teams() == ["T1", "T2"]


async def test_a_workspace_that_installs_again_has_one_token_the_newest(engine):
    for at, token in ((NOON, "xoxb-first"), (NOON + 60, "xoxb-second")):
        await kept(engine).async_save(installation(token=token, at=at))
    assert await token_of(kept(engine)) == "xoxb-second"
    async with engine.connect() as connection:
        for table in (slack_bots, slack_installations):
            assert len((await connection.execute(select(table))).all()) == 1


async def test_a_workspace_that_has_joined_an_organisation_is_the_same_one(engine):
    for at, company in ((NOON, None), (NOON + 60, "E1")):
        await kept(engine).async_save(installation(token=f"xoxb-{company}", at=at, enterprise_id=company))
    assert await token_of(kept(engine)) == "xoxb-E1"
    assert await kept(engine).teams() == ["T1"]
    await kept(engine).take_away("T1")
    assert await everything(engine) == "[]"


async def test_another_app_on_the_same_database_has_installations_of_its_own(engine):
    await kept(engine).async_save(installation())
    other = kept(engine, client_id="2.2")
    assert (await token_of(other), await other.teams()) == (None, [])
    await other.take_away("T1")
    assert await token_of(kept(engine)) == "xoxb-numbat"


async def test_which_rows_are_of_a_workspace_that_has_us(engine):
    await kept(engine).async_save(installation())
    theirs = kept(engine).ours(slack_installations.c.team_id)
    async with engine.connect() as connection:
        rows = await connection.scalars(select(slack_installations.c.team_id).where(theirs))
    assert list(rows) == ["T1"]


async def test_a_state_holds_once_and_not_for_ever(engine):
    states = States(600, engine)
    state, late = await states.async_issue(), await states.async_issue()
    used = await asyncio.gather(*(states.async_consume(state) for _ in range(4)))
    assert sorted(used) == [False, False, False, True]
    assert not await states.async_consume("another")
    over = dt.datetime(2026, 1, 1)
    async with engine.begin() as connection:
        await connection.execute(update(slack_oauth_states).values(expire_at=over))
    assert not await states.async_consume(late)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (slack_installations, SQLAlchemyInstallationStore.build_installations_table(MetaData(), "i")),
        (slack_bots, SQLAlchemyInstallationStore.build_bots_table(MetaData(), "b")),
        (slack_oauth_states, SQLAlchemyOAuthStateStore.build_oauth_states_table(MetaData(), "s")),
    ],
    ids=["installations", "bots", "states"],
)
def test_our_tables_have_the_columns_that_slack_sdk_works_with(ours, theirs):
    def form(table):
        return {each.name: (type(each.type), each.nullable) for each in table.c if each.name not in SECRETS}

    assert form(ours) == form(theirs)
    assert set(ours.c.keys()) == set(theirs.c.keys())


def test_keys_do_not_print():
    keys = Keys([OLD])
    assert OLD not in f"{keys!r} {keys}"


# `alumina key`


async def test_it_makes_a_new_key_each_time():
    first, second = await alumina("key"), await alumina("key")
    assert (first.status, first.err) == (0, "")
    assert first.out != second.out
    assert Settings.from_env({"ALUMINA_KEY": first.out}).token_keys == [first.out.strip()]


async def test_tokens_go_under_the_first_key(tmp_path):
    old, new = new_key(), new_key()
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3", "SLACK_CLIENT_ID": "1.1"}
    async with store(Settings.from_env(env)) as engine:
        await kept(engine, old).async_save(installation())
        unknown = await alumina("key", "--rotate", env=env | {"ALUMINA_KEY": new})
        assert (unknown.status, unknown.out) == (78, "")
        assert unknown.err.startswith("ALUMINA_KEY is wrong: none of its keys opens")
        run = await alumina("key", "--rotate", env=env | {"ALUMINA_KEY": f"{new},{old}"})
        assert run.status == 0
        assert run.out.startswith("Every stored token (1) is kept under the first key")
        assert await token_of(kept(engine, new)) == "xoxb-numbat"


async def test_without_a_key_there_is_nothing_to_rotate(tmp_path):
    run = await alumina("key", "--rotate", folder=tmp_path)
    assert (run.status, run.out) == (78, "")
    assert run.err.startswith("ALUMINA_KEY is not set")
