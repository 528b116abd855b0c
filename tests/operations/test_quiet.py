"""A busy process under a spell of bad luck: nothing that it wrote holds a word of people's, or a secret."""

import json
import re
import signal

import aiohttp
import psycopg
from psycopg import sql

from bot.playground.deliver import HttpDoor
from tests.commandline import finish, start
from tests.gear.slack import LocalSlack
from tests.slack.desk import SHORT, environment
from tests.slack.events import asked, mentioned, press
from tests.slack.test_serve_command import until_healthy

# No word of the code, the data or a library; each is a secret or was written by somebody.
WORD, BOT_TOKEN, SIGNING, APP_TOKEN = "quokka", "xoxb-numbat-1", "bilby-signing-2", "xapp-potoroo-3"
PASSWORD, KEY = "bettong-4", "dunnart-5"
SECRETS = re.compile("numbat|bilby|potoroo|bettong|dunnart|/response/", re.IGNORECASE)
MARKS = re.compile(f"{WORD}|{SECRETS.pattern}", re.IGNORECASE)


async def commanded(slack, text):
    """Asks, and waits until everybody or the asker alone was told something."""
    shown = len(slack.messages()) + len(slack.ephemerals())
    await slack.command(text)
    await slack.wait_for(lambda: len(slack.messages()) + len(slack.ephemerals()) > shown)


async def busy(slack, database):
    """Questions, replies, edits, verdicts; each kind once more while Slack or the database fails."""
    answer = await asked(slack, "alumina exports march 2024")
    await slack.command(f"{WORD} exports of {WORD}")
    await slack.command(f"private {WORD} march")
    thread = await mentioned(slack, f"alumina exports {WORD} march 2024")
    await slack.say(f"and imports, {WORD}?", thread_ts=thread.thread_ts)
    ts = await slack.say(f"{WORD} march", channel="D_ANA")
    await slack.wait_for(lambda: len(slack.messages("D_ANA")) > 1)
    await slack.edit("D_ANA", ts, f"{WORD} april")
    await slack.command(f"subscribe {WORD}")
    await press(slack, answer, "feedback", "down")
    await slack.wait_for(lambda: slack.modals.shown("U_BEN"))
    await slack.modals.fill("feedback_reason", f"it is about the {WORD}", user="U_BEN")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("ALTER TABLE feedback RENAME TO feedback_away")
        await slack.modals.submit(user="U_BEN")
        await slack.wait_for(lambda: slack.messages("D_BEN"))  # the apology
        connection.execute("ALTER TABLE inbox RENAME TO inbox_away")
        await slack.say(f"<@U0ALUMINA> {WORD} march 2024")
        await slack.settle()  # Slack has tried as often as it does
        connection.execute("ALTER TABLE inbox_away RENAME TO inbox")
        # What was being answered when the table went away could not be closed; it is once its lease is over.
        connection.execute("UPDATE inbox SET lease_until = '2026-01-01' WHERE state IN ('taken', 'unseen')")
    for fault in ({"error": "fatal_error"}, {"status": 500}, {"when": "after"}, {"error": "invalid_blocks"}):
        slack.fail("chat.postMessage", **fault)
        await commanded(slack, f"alumina exports march 2024 {WORD}")
        await commanded(slack, "alumina exports march 2024")
    slack.fail("response_url", status=500)
    await commanded(slack, f"{WORD}?")


def kept(database):
    """All that every table holds, as one text."""
    with psycopg.connect(database) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = [sql.Identifier(name) for (name,) in tables]
        found = [connection.execute(sql.SQL("SELECT t::text FROM {} t").format(each)) for each in names]
        return "\n".join(text for rows in found for (text,) in rows.fetchall())


async def forged(url, secret):
    """A request with another secret's signature."""
    async with aiohttp.ClientSession() as http:
        body = {"command": "/alumina", "text": WORD, "token": BOT_TOKEN, "user_id": WORD}
        reply = await HttpDoor(url, secret, http).send("slash_commands", body, None)
        broken = {"content-type": "application/json", "x-slack-signature": SIGNING}
        async with http.post(url, data=f'{{"{WORD}": ', headers=broken) as answer:
            await answer.text()
    return reply.status


async def test_nothing_written_holds_any_secret(tmp_path, free_port, postgres):
    made = LocalSlack(bot_token=BOT_TOKEN, signing_secret=SIGNING, app_token=APP_TOKEN)
    async with made as slack:
        with postgres.database() as url:
            secret_url = url.replace("postgres:@", f"postgres:{PASSWORD}@")
            assert PASSWORD in secret_url
            more = {**SHORT, "DATABASE_URL": secret_url, "COMTRADE_API_KEY": KEY, "ALUMINA_SCHEDULER": "on"}
            env = environment(slack, tmp_path, **more | {"ALUMINA_REFRESH": "off"})
            process = await start("serve", "--port", str(free_port), env=env, folder=tmp_path)
            await until_healthy(free_port)
            slack.bot_url = f"http://127.0.0.1:{free_port}/slack/events"
            await busy(slack, url)
            assert await forged(slack.bot_url, "another-secret") == 401
            async with aiohttp.ClientSession() as http:
                for page in ("healthz", "readyz", "metrics"):
                    async with http.get(f"http://127.0.0.1:{free_port}/{page}") as answer:
                        assert not MARKS.search(await answer.text()), page
            process.send_signal(signal.SIGTERM)
            run = await finish(process)
            database = kept(url)
    assert run.status == 0
    assert "U_ANA" in database or "D_ANA" in database
    assert SECRETS.search(database) is None
    assert [line for line in (run.out + run.err).splitlines() if MARKS.search(line)] == []
    lines = [json.loads(line) for line in run.err.splitlines()]
    troubles = [line for line in lines if line["event"] == "handler_failed"]
    assert len(troubles) >= 5
    assert all(re.fullmatch(r"\w+", line["request"]) for line in troubles)
