"""A workspace's own words: taught by command or in a sentence, read in every way of asking, taken back."""

from pathlib import Path

import pytest

from bot.playground.limits import problems
from bot.taught_words import MOST
from tests.gear.slack import LocalSlack
from tests.slack.dialogue import dialogues
from tests.slack.events import in_database, told

test_own_words = dialogues("slack/words.yaml")
KEPT = "SELECT word FROM taught_words"


@pytest.mark.usefixtures("bot")
async def test_there_is_an_end_to_them(slack: LocalSlack, tmp_path: Path) -> None:
    for number in range(MOST):
        word = f"rx{'qz'[number % 2]}{'bcdfghjklmnpqrstvwxz'[number // 2]}"
        assert "now means" in (await told(slack, f"word {word} alumina")).text
    assert (await told(slack, "word zzq alumina")).text.startswith(f"This workspace has {MOST} words already")
    shown = await told(slack, "words")
    assert problems(shown.text, shown.blocks) == []
    assert len(in_database(tmp_path, KEPT)) == MOST
