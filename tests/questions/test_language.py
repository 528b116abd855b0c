"""Names of periods, how questions are said, and in which language a text is answered."""

from dataclasses import replace
from datetime import date

from bot.dataset.calendar import Period
from bot.questions import understand, words
from bot.questions.named import day_name, named, period_name
from bot.questions.turn import Turn
from bot.words import LANGUAGES, Language, both, speaking
from bot.words.folder import country
from tests.questions.conftest import SmallRecord
from tests.tables import looped, tables


@looped(("label", "english", "chinese"), tables("questions/cases.yaml")["names"])
def test_a_period_has_its_name_in_both_languages(label, english, chinese):
    period = Period.from_text(label)
    assert (period_name(period), named(period.end)) == (english, period.end.name)
    with speaking("zh"):
        assert period_name(period) == chinese


def test_days_countries_and_lists():
    day = date(2024, 4, 18)
    assert (day_name(day), country("Guinea"), country("Oz")) == ("18 April 2024", "Guinea", "Oz")
    assert [both("ABC"[:count]) for count in (1, 2, 3)] == ["A", "A and B", "A and B and C"]
    with speaking("zh"):
        assert (day_name(day), country("Russia"), country("Oz")) == ("2024年4月18日", "俄罗斯", "Oz")
        assert [both("甲乙丙"[:count]) for count in (1, 2, 3)] == ["甲", "甲和乙", "甲、乙和丙"]


RECORD = SmallRecord()


@looped(("english", "chinese"), tables("questions/cases.yaml")["said"])
def test_a_question_is_said_in_both_languages_and_both_are_read_as_it(english, chinese):
    (question,), (same,) = (understand(text, record=RECORD).questions for text in (english, chinese))
    assert replace(question.plain, language="en") == replace(same.plain, language="en")
    assert words(question, RECORD.catalogue) == english
    with speaking("zh"):
        assert words(question, RECORD.catalogue) == chinese


def test_a_series_that_the_catalogue_does_not_name_keeps_its_own():
    (question,) = understand("alumina exports march 2024", record=RECORD).questions
    with speaking("zh"):
        assert words(question) == "2024年3月alumina出口"


CASES = tables("questions/cases.yaml")


def last(spoken):
    typed = {"en": "alumina exports march 2024", "zh": "2024年3月氧化铝出口"}
    (question,) = understand(typed[spoken], record=RECORD).questions
    assert question.language == spoken
    return question


def thread(before):
    return Turn(((last(before),),)) if before else Turn()


@looped("before", [None, *LANGUAGES])
@looped(("text", "spoken"), CASES["languages"])
def test_a_text_is_answered_in_its_own_language(text, spoken, before):
    got = understand(text, record=RECORD, shown=thread(before))
    assert got.language == spoken


@looped("before", LANGUAGES)
@looped("text", ["csv", "2024?", "q1", "kt", "万吨", "2024-02", "yoy", "HS 2818", "ytd?", "?"])
def test_what_is_said_in_both_languages_stays_in_that_of_the_thread(text, before):
    assert understand(text, record=RECORD, shown=thread(before)).language == before


@looped(("text", "spoken"), [("csv", "en"), ("2024-03", "en"), ("万吨", "zh"), ("“氧化铝”", "zh")])
def test_alone_such_a_text_is_english_unless_it_is_written_in_chinese(text, spoken):
    assert understand(text, record=RECORD).language == spoken


ASKS_FOR: dict[Language, str] = {
    "en": "in English; in English, please; english please; switch to English; 用英文再说一遍; 请用英语回答",
    "zh": "in Chinese; Chinese?; can you answer in Chinese; answer in Chinese please; 换成中文; 请用中文",
}


@looped("before", LANGUAGES)
@looped(("text", "spoken"), [(one, spoken) for spoken, each in ASKS_FOR.items() for one in each.split("; ")])
def test_a_language_alone_asks_the_last_question_again(text, spoken, before):
    asked = understand(text, record=RECORD, shown=thread(before)).questions
    assert asked == (replace(last(before), language=spoken),)


def test_a_name_that_holds_a_language_is_none():
    assert understand("Chinese alumina exports march 2024", record=RECORD).questions == (last("en"),)
