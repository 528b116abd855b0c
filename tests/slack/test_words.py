"""A workspace's own words: taught by command or in a sentence, read in every way of asking, taken back."""

from pathlib import Path

import pytest

from bot.playground.limits import problems
from bot.playground.people import GUEST
from bot.taught_words import MOST
from bot.words import say
from tests.gear.slack import LocalSlack
from tests.slack.alerting import told
from tests.slack.desk import StartBot, both_ways
from tests.slack.events import by_bot, in_database, settled
from tests.slack.example import MARCH
from tests.slack.pressing import asked, element, forge, mentioned, press

KEPT = "SELECT workspace, word, written, series, taught_by FROM taught_words ORDER BY word"
RX = ("T0LOCAL", "rx", "RX", "alumina", "U_ANA")

pytestmark = pytest.mark.usefixtures("bot")


@both_ways
async def test_a_word_is_read_like_an_alias_however_it_is_asked(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, "word RX alumina")
    assert message.text.startswith("In this workspace “RX” now means Alumina, whoever asks.")
    assert in_database(tmp_path, KEPT) == [RX]
    assert MARCH in (await asked(slack, "rx exports march 2024", user="U_BEN")).text
    assert MARCH in (await mentioned(slack, "RX exports march 2024")).text
    ts = await slack.say("<@U0ALUMINA> bauxite imports march 2024")
    await settled(slack, slack.wait_for(lambda: by_bot(slack, "C_ALUMINIUM", ts)))
    await slack.say("and RX exports?", thread_ts=ts)
    await settled(slack, slack.wait_for(lambda: len(by_bot(slack, "C_ALUMINIUM", ts)) == 2))
    assert MARCH in by_bot(slack, "C_ALUMINIUM", ts)[-1]
    await slack.say("RX exports march 2024", channel="D_ANA")
    await settled(slack, slack.wait_for(lambda: by_bot(slack, "D_ANA")))
    assert MARCH in by_bot(slack, "D_ANA")[-1]
    assert "Alumina exports above 280 kt" in (await told(slack, "alert RX exports above 280kt")).text
    post = await told(slack, "post RX exports every month")
    assert "alumina exports" in post.text.lower()


async def test_it_is_undone_by_the_button_of_the_list_and_in_words(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, "word RX alumina")
    await press(slack, message, "word_forgotten", user="U_ANA")
    assert slack.ephemerals()[-1].text == "“RX” is no longer one of this workspace's words."
    assert in_database(tmp_path, KEPT) == []
    assert MARCH not in (await told(slack, "rx exports march 2024")).text
    await told(slack, "word RX alumina")
    await told(slack, "word White Mud bauxite", user="U_BEN")
    shown = await told(slack, "words")
    lines = shown.text.splitlines()
    assert lines[1] == "*RX*: Alumina · <@U_ANA>, 24 November 2026"
    assert lines[2] == "*White Mud*: Bauxite · <@U_BEN>, 24 November 2026"
    await forge(slack, shown, "word_forgotten_1", user="U_ANA", value="rx")
    assert [row[1] for row in in_database(tmp_path, KEPT)] == ["white mud"]
    assert "RX" not in slack.ephemerals()[-1].text
    assert (await told(slack, "word remove white mud")).text.startswith("“White Mud” is no longer")
    assert (await told(slack, "word remove white mud")).text.startswith("“white mud” is not one of")
    assert in_database(tmp_path, KEPT) == []


async def test_what_the_data_names_too_is_kept_and_means_it_still(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, "word AA alumina")
    assert "“AA” now means Alumina" in message.text
    assert [row[1] for row in in_database(tmp_path, KEPT)] == ["aa"]
    await press(slack, message, "word_forgotten", user="U_ANA")
    assert slack.ephemerals()[-1].text.endswith("It still means Alumina: the data names it so.")


async def test_it_is_taught_and_undone_in_chinese(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, "词语 白料 氧化铝")
    assert message.text.startswith("在本工作区，“白料”今后指氧化铝")
    assert element(message, "word_forgotten")["text"]["text"] == "撤销"
    assert "2024年3月" in (await asked(slack, "2024年3月白料出口")).text
    assert (await told(slack, "词语 三月 氧化铝")).text == "“三月”不能用作用语：它已表示时间。"
    assert (await told(slack, "词语")).text.splitlines()[1].startswith("*白料*：氧化铝 · <@U_ANA>，")
    assert (await told(slack, "忘记白料")).text == "“白料”不再是本工作区的用语。"
    assert in_database(tmp_path, KEPT) == []


async def test_a_sentence_to_us_teaches_what_others_hear_does_not(slack: LocalSlack, tmp_path: Path) -> None:
    for text in ("our RX is alumina", "我们说的白料是氧化铝"):
        before = len(slack.ephemerals())
        await slack.say(f"<@U0ALUMINA> {text}")
        await settled(slack, slack.wait_for(lambda count=before: len(slack.ephemerals()) > count))
    assert [row[1] for row in in_database(tmp_path, KEPT)] == ["rx", "白料"]
    ts = await slack.say("<@U0ALUMINA> alumina exports march 2024")
    await settled(slack, slack.wait_for(lambda: by_bot(slack, "C_ALUMINIUM", ts)))
    await slack.say("our ZQ is bauxite", thread_ts=ts)
    await slack.settle()
    assert [row[1] for row in in_database(tmp_path, KEPT)] == ["rx", "白料"]


async def test_hostile_words_are_refused_and_come_back_powerless(slack: LocalSlack, tmp_path: Path) -> None:
    for word in (
        "<!channel>", "<@U_BEN>", "*x*", "`x`", "a|b", "<http://x.y|q=w>", "\u202ezz", "=cmd()", "x" * 100,
        "'; DROP TABLE taught_words; --", "{word}", "2024", "🙂", "\u0000", "Я", "&lt;!here&gt;",
    ):  # fmt: skip
        message = await told(slack, f"word {word} alumina")
        shown = message.text + str(message.blocks)
        assert not [each for each in ("<!", "<@U_BEN", "\u202e", "<http") if each in shown], word
        assert message.text != say("own_words.taught", word=word, series="Alumina"), word
    assert in_database(tmp_path, KEPT) == []


async def test_there_is_an_end_to_them(slack: LocalSlack, tmp_path: Path) -> None:
    for number in range(MOST):
        word = f"rx{'qz'[number % 2]}{'bcdfghjklmnpqrstvwxz'[number // 2]}"
        assert "now means" in (await told(slack, f"word {word} alumina")).text
    assert (await told(slack, "word zzq alumina")).text.startswith(f"This workspace has {MOST} words already")
    shown = await told(slack, "words")
    assert problems(shown.text, shown.blocks) == []
    assert len(in_database(tmp_path, KEPT)) == MOST


async def test_guests_teach_and_take_away_nothing(slack: LocalSlack, serve: StartBot, tmp_path: Path) -> None:
    async with serve(ALUMINA_GUESTS="on"):
        await told(slack, "word RX alumina", "C_PARTNERS")
        for text in ("word ZQ bauxite", "word remove RX", "our ZQ is bauxite"):
            assert (await told(slack, text, "C_PARTNERS", GUEST)).text == say("replies.guest_changes")
        shown = await told(slack, "words", "C_PARTNERS", GUEST)
        await forge(slack, shown, "word_forgotten_1", user=GUEST, value="rx")
        assert slack.ephemerals(GUEST)[-1].text == say("replies.guest_changes")
        assert in_database(tmp_path, KEPT) == [RX]


async def test_a_restart_keeps_it(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        await told(slack, "word RX alumina")
    async with serve():
        assert MARCH in (await asked(slack, "RX exports march 2024")).text
