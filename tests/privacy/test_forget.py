"""`alumina forget`: a person out of every table, beside a bot that goes on answering."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.posts.order import monthly
from bot.posts.order_store import OrderStore
from bot.privacy import Forgotten, Removed, forget
from bot.settings import Settings
from bot.store import tables
from bot.store.engine import store
from bot.store.tables import FORGOTTEN, contexts, feedback, inbox, orders, posts, taught_words
from bot.workplace import of_environment
from tests.commandline import alumina
from tests.privacy import rows
from tests.privacy.rows import everything, put, rows_of
from tests.slack.desk import environment, http_bot
from tests.slack.events import asked, press

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANA, BEN = "U_ANA", "U_BEN"
WORD = "quokka"  # no word of ours
MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
IN_SLACK = "What stands in Slack itself (questions, answers that name who asked) is deleted there."


@pytest.fixture
def env(slack, tmp_path, any_database):
    return environment(slack, tmp_path, DATABASE_URL=any_database)


@pytest.fixture
async def engine(env):
    async with store(Settings.from_env(env)) as engine:
        yield engine


async def busy(slack, engine):
    """Ana asks, presses, judges and subscribes; Ben judges too, and writes of her."""
    answer = await asked(slack, "alumina exports march 2024")
    await slack.say("bauxite imports march 2024", channel="D_ANA")
    await slack.settle()
    slack.home.open()
    await slack.settle()
    await slack.home.press("home_0")
    for user, reason in ((ANA, f"I wanted {WORD}"), (BEN, f"<@{ANA}> knows, U_ANABEL does not")):
        await press(slack, answer, "feedback", "down", user=user)
        await slack.modals.fill("feedback_reason", reason, user=user)
        await slack.modals.submit(user=user)
    await slack.command("subscribe")
    await slack.settle()
    await slack.modals.submit()
    await slack.settle()
    async with asyncio.timeout(30):  # threads are written down a moment later
        while "D_ANA" not in str(await rows_of(engine, contexts)):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.02)


def kept_in(folder):
    """The bytes of the files of an SQLite database."""
    return b"".join(path.read_bytes() for path in folder.glob("*.sqlite3*"))


async def forgotten(env, folder, *more):
    return await alumina("forget", "--user", ANA, *more, env=env, folder=folder)


async def test_nothing_of_a_person_is_left(slack, dataset, tmp_path, env, engine):
    async with http_bot(slack, dataset, env):
        await busy(slack, engine)
        before = await everything(engine)
        assert all(each in before for each in (ANA, WORD, "D_ANA"))
        run = await forgotten(env, tmp_path)
        assert (run.status, run.err) == (0, ""), run
        assert run.out.splitlines() == [
            "feedback: 1 row deleted",
            "inbox: 2 rows deleted",
            "contexts: 3 rows deleted",
            "orders: 1 row made nameless",
            "orders: 1 row made nameless",
            "order_changes: 1 row made nameless",
            "feedback: 1 row rid of the name in a text",
            IN_SLACK,
        ]
        left = (await everything(engine)).replace("U_ANABEL", "")
        assert all(each not in left for each in (ANA, WORD, "D_ANA"))
        [verdict] = await rows_of(engine, feedback)
        assert (verdict["user_id"], verdict["reason"]) == (BEN, f"<@{FORGOTTEN}> knows, U_ANABEL does not")
        again = await forgotten(env, tmp_path)
        assert (again.status, again.out.splitlines()[0]) == (0, f"Nothing of {ANA} is stored.")
        on_disk = kept_in(tmp_path).replace(b"U_ANABEL", b"")
        assert all(each.encode() not in on_disk for each in (ANA, WORD, "D_ANA"))
        await slack.command("subscriptions", user=BEN)
        await slack.settle()
        assert "*<#C_ALUMINIUM>*: monthly post of everything" in slack.ephemerals(BEN)[-1].text
        assert MARCH in (await asked(slack, "alumina exports march 2024")).text


async def test_in_one_workspace_alone(engine):
    await put(engine, feedback, *(rows.verdict(NOW, team=team) for team in ("T1", "T2")))
    talks = [("T1", "D_ANA")]
    await put(engine, contexts, *(rows.thread(NOW, channel="D_ANA", team=team) for team in ("T1", "T2")))
    assert await forget(engine, Forgotten(ANA, "T1", talks)) == [
        Removed("feedback", 1, "deleted"),
        Removed("contexts", 1, "deleted"),
    ]
    assert [row["team"] for row in await rows_of(engine, feedback)] == ["T2"]
    assert await forget(engine, Forgotten(ANA)) == [Removed("feedback", 1, "deleted")]


async def test_posts_to_their_own_conversation_end_and_the_ledger_stays(engine):
    kept = OrderStore(engine)
    await kept.save(monthly("T1", "D_ANA", changed_by=ANA))
    await kept.save(monthly("T1", "C1", changed_by=ANA))
    await put(engine, posts, rows.posted(NOW) | {"channel": "D_ANA"})
    await put(engine, inbox, rows.message(NOW, channel=ANA), rows.message(NOW, channel="C1"))
    await forget(engine, Forgotten(ANA, talks=[("T1", "D_ANA")]))
    [left] = await kept.all("T1")
    assert (left.channel, left.state) == ("C1", "active")
    assert (left.created_by, left.changed_by) == (FORGOTTEN, FORGOTTEN)
    assert [row["channel"] for row in await rows_of(engine, posts)] == ["D_ANA"]
    assert [row["channel"] for row in await rows_of(engine, inbox)] == ["C1"]


async def test_their_own_alerts_end_and_those_of_channels_go_on(engine):
    own, shared, theirs = rows.order(NOW, channel="D_ANA"), rows.order(NOW, "active"), rows.order(NOW, by=BEN)
    await put(engine, orders, own, shared, theirs)
    assert await forget(engine, Forgotten(ANA)) == [
        Removed("orders", 1, "deleted"),
        Removed("orders", 1, "made nameless"),
        Removed("orders", 1, "made nameless"),
    ]
    left = [(row["created_by"], row["changed_by"], row["state"]) for row in await rows_of(engine, orders)]
    assert sorted(left) == [(BEN, BEN, "done"), (FORGOTTEN, FORGOTTEN, "active")]


async def test_what_they_chose_still_wins_over_the_environment(engine):
    kept = OrderStore(engine)
    own = of_environment(Settings.from_env({"ALUMINA_CHANNEL": "C1"}), "T1")
    assert own is not None
    await kept.follow(own)
    await kept.turn(own, "paused", ANA)
    await forget(engine, Forgotten(ANA))
    await kept.follow(own)
    assert [(each.channel, each.state) for each in await kept.all("T1")] == [("C1", "paused")]


async def test_where_slack_cannot_be_asked_it_says_what_is_left(tmp_path):
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3", "ALUMINA_OWNER": ANA}
    env |= {"SLACK_API_URL": "http://127.0.0.1:9/"}
    async with store(Settings.from_env(env)) as engine:
        await put(engine, feedback, rows.verdict(NOW, reason=WORD))
    run = await forgotten(env, tmp_path)
    assert (run.status, run.err) == (1, "")
    assert run.out.splitlines()[0] == "feedback: 1 row deleted"
    assert "(SLACK_BOT_TOKEN is not set: " in run.out
    assert "until it is 180 days old" in run.out
    assert f"ALUMINA_OWNER names {ANA}" in run.out
    assert WORD.encode() not in kept_in(tmp_path)
    run = await forgotten(env | {"SLACK_BOT_TOKEN": "xoxb-local"}, tmp_path)
    assert run.status == 1
    assert "SLACK_API_URL: no Slack answers at http://127.0.0.1:9/" in run.out


async def test_somebody_has_to_be_named_by_an_id(tmp_path):
    for said in ("ana", "@U_ANA", "u012345", "U0' OR 1=1"):
        run = await alumina("forget", "--user", said, folder=tmp_path)
        assert (run.status, run.out, "write the id, such as U0123ABCD" in run.err) == (2, "", True), said
    for words in ([], ["--team", "T1"], ["--user", ANA, "--team", "metal-desk"]):
        run = await alumina("forget", *words, folder=tmp_path)
        assert (run.status, run.out) == (2, ""), words


async def test_an_installation_works_on_without_who_made_it(engine):
    app = {"client_id": "1.2", "app_id": "A1", "is_enterprise_install": False, "installed_at": NOW}
    tokens = {"bot_token": f"sealed {ANA}", "user_token": "sealed", "user_scopes": "identify"}
    await put(engine, tables.slack_installations, app | tokens | {"team_id": "T1", "user_id": ANA})
    assert await forget(engine, Forgotten(ANA, "T2")) == []
    assert await forget(engine, Forgotten(ANA, "T1")) == [Removed("slack_installations", 1, "made nameless")]
    [row] = await rows_of(engine, tables.slack_installations)
    assert (row["user_id"], row["user_token"], row["user_scopes"]) == (FORGOTTEN, None, None)
    assert row["bot_token"] == f"sealed {ANA}"


async def test_a_word_goes_on_without_who_taught_it(engine):
    await put(engine, taught_words, rows.taught(NOW), rows.taught(NOW, taught_by=BEN, word="zq"))
    assert await forget(engine, Forgotten(ANA, "T1")) == [Removed("taught_words", 1, "made nameless")]
    kept = [(row["word"], row["taught_by"]) for row in await rows_of(engine, taught_words)]
    assert kept == [("rx", FORGOTTEN), ("zq", BEN)]


def test_every_table_is_in_the_page_on_privacy():
    page = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
    first = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", "".join(first))) == set(tables.metadata.tables)
