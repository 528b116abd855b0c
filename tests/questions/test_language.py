"""In which language a text is answered, and that it is answered in no other."""

from dataclasses import replace

from bot.questions import understand
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.words import LANGUAGES, Language
from tests.looped import looped
from tests.questions.small_record import SmallRecord
from tests.tables import tables

CASES = tables("questions/cases.yaml")

RECORD = SmallRecord()


def last(spoken: Language) -> Question:
    typed = {"en": "alumina exports march 2024", "zh": "2024年3月氧化铝出口"}
    (question,) = understand(typed[spoken], record=RECORD).questions
    assert question.language == spoken
    return question


def thread(before: Language | None) -> Turn:
    return Turn(((last(before),),)) if before else Turn()


@looped("before", [None, *LANGUAGES])
@looped(("text", "spoken"), CASES["languages"])
def test_a_text_is_answered_in_its_own_language(text: str, spoken: Language, before: Language | None) -> None:
    got = understand(text, record=RECORD, shown=thread(before))
    assert got.language == spoken


@looped("before", LANGUAGES)
@looped("text", ["csv", "2024?", "q1", "kt", "万吨", "2024-02", "yoy", "HS 2818", "ytd?", "?"])
def test_what_is_said_in_both_languages_stays_in_that_of_the_thread(text: str, before: Language) -> None:
    assert understand(text, record=RECORD, shown=thread(before)).language == before


@looped(("text", "spoken"), [("csv", "en"), ("2024-03", "en"), ("万吨", "zh"), ("“氧化铝”", "zh")])
def test_alone_such_a_text_is_english_unless_it_is_written_in_chinese(text: str, spoken: Language) -> None:
    assert understand(text, record=RECORD).language == spoken


ASKS_FOR: dict[Language, str] = {
    "en": "in English; in English, please; english please; switch to English; 用英文再说一遍; 请用英语回答",
    "zh": "in Chinese; Chinese?; can you answer in Chinese; answer in Chinese please; 换成中文; 请用中文",
}


@looped("before", LANGUAGES)
@looped(("text", "spoken"), [(one, spoken) for spoken, each in ASKS_FOR.items() for one in each.split("; ")])
def test_a_language_alone_asks_the_last_question_again(text: str, spoken: Language, before: Language) -> None:
    asked = understand(text, record=RECORD, shown=thread(before)).questions
    assert asked == (replace(last(before), language=spoken),)


def test_a_name_that_holds_a_language_is_none() -> None:
    assert understand("Chinese alumina exports march 2024", record=RECORD).questions == (last("en"),)
