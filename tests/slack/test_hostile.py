"""What people write into every place we read: it comes back as words, or not at all, and breaks nothing."""

import re

import pytest

from bot.playground.limits import problems, view_problems
from bot.questions.normalise import INVISIBLE
from tests.commandline import alumina
from tests.hostile import HOSTILE, texts
from tests.slack.desk import environment
from tests.slack.events import asked, calls, change_database, in_database, settled
from tests.slack.example import ASKED

# Who asked, where, and links to our sources.
OURS = re.compile(r"<@U_(ANA|BEN)>|<#C_ALUMINIUM>|<https?://[^<>|\s]+\|[^<>|]*>")
SOME = HOSTILE[::4]
SENT = [each for each in SOME if each != "\ud800"]  # half a pair of code units is no UTF-8
TYPED = [text for each in SOME for text in (each, f"{ASKED} {each}")]

pytestmark = pytest.mark.usefixtures("bot")


def harmless(slack):
    """How many messages and modals the bot has sent, each without power and within the limits."""
    sent = [call.arguments for call in calls(slack, "chat.postMessage", "response_url", "views.open")]
    for each in sent:
        view, blocks = each.get("view"), each.get("blocks") or []
        assert (view_problems(view) if view else problems(each["text"], blocks)) == []
        for _, text in texts([view] if view else [{"text": each["text"]}, blocks]):
            assert not INVISIBLE.search(text), text
            assert not re.search("<[!@#]", OURS.sub("", text)), text
    shown = [*slack.messages(), *slack.ephemerals(), *slack.messages("D_ANA")]
    assert not [message for message in shown if message.text.startswith("Sorry")]
    return len(sent)


async def test_messages_that_are_asked_about(slack):
    for text in TYPED:
        reply = await slack.shortcut("C_ALUMINIUM", await slack.say(text))
        assert (reply.status, reply.failure) == (200, "")
    await slack.settle()
    assert harmless(slack) == len(TYPED)


async def test_commands_mentions_and_replies(slack):
    answer = await asked(slack, ASKED)
    for text in SENT:
        reply = await slack.command(text)
        assert (reply.status, reply.failure) == (200, "")
        await slack.say(f"<@U0ALUMINA> {text}")
        await slack.say(text, thread_ts=answer.ts)
        await slack.say(text, channel="D_ANA")
    await slack.settle()
    assert harmless(slack) > 2 * len(SENT)


async def test_reasons_why_an_answer_did_not_help(slack, tmp_path):
    answer = await asked(slack, ASKED)
    for text in SOME:
        await slack.press("C_ALUMINIUM", answer.ts, "feedback", value="down")
        await slack.wait_for(slack.modals.shown)
        await slack.modals.fill("feedback_reason", text)
        await slack.modals.submit()
        [(reason,)] = in_database(tmp_path, "SELECT reason FROM feedback")
        assert not INVISIBLE.search(reason)
        slack.modals.close()
    harmless(slack)
    for number, text in enumerate(HOSTILE):  # and they are read in the terminal
        plain = text.encode("utf-8", "ignore").decode().replace("\x00", "").replace("'", "''")
        row = f"'T', 'C', '{number}', 'U', 'down', '{plain}', '{plain}', '2026-11-25 00:00:00'"
        await change_database(tmp_path, f"INSERT INTO feedback VALUES ({row})")
    run = await alumina("feedback", env=environment(slack, tmp_path), folder=tmp_path)
    assert (run.status, INVISIBLE.search(run.out)) == (0, None)
    assert len(run.out.splitlines()) <= 2 * (len(HOSTILE) + 1)


async def test_a_cron_of_the_subscription(slack):
    await slack.command("subscribe")
    await slack.wait_for(slack.modals.shown)
    await settled(slack, slack.modals.fill("subscription_at", "cron"))
    for text in SOME:
        await slack.modals.fill("subscription_cron", text, entered=False)
        await slack.modals.submit()
        shown = slack.modals.shown()
        assert shown, text
        assert shown.errors
        assert not INVISIBLE.search(str(shown.errors)), text
    assert slack.messages() == []
    harmless(slack)
