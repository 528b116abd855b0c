"""How questions are said: the same question in English and in Chinese, as buttons hold it."""

from dataclasses import replace

from bot.questions import understand, words
from bot.words import speaking
from tests.looped import looped
from tests.questions.small_record import SmallRecord
from tests.tables import tables

RECORD = SmallRecord()


@looped(("english", "chinese"), tables("questions/cases.yaml")["said"])
def test_a_question_is_said_in_both_languages_and_both_are_read_as_it(english: str, chinese: str) -> None:
    (question,), (same,) = (understand(text, record=RECORD).questions for text in (english, chinese))
    assert replace(question.plain, language="en") == replace(same.plain, language="en")
    assert words(question, RECORD.catalogue) == english
    with speaking("zh"):
        assert words(question, RECORD.catalogue) == chinese


def test_a_series_that_the_catalogue_does_not_name_keeps_its_own() -> None:
    (question,) = understand("alumina exports march 2024", record=RECORD).questions
    with speaking("zh"):
        assert words(question) == "2024年3月alumina出口"
