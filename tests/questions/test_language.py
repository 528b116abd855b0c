"""In which language a text is answered, and that it is answered in no other."""

import re
from dataclasses import replace

from bot.questions import understand
from bot.questions.gist import gist
from bot.questions.question import Question, Unresolved
from bot.words import LANGUAGES, Language, speaking
from tests.looped import looped
from tests.offered import worded

from .cases import Case, SmallRecord, single_cases

RECORD = SmallRecord()
REFUSALS = list(single_cases("refusals.yaml"))
HAN = re.compile("[\u4e00-\u9fff]")
# What is quoted was typed; codes and names that Chinese readers write in Latin letters too.
TYPED = re.compile("“[^”]*”|HS|CSV|US\\$")
LATIN = re.compile("[A-Za-z]{3,}")


def last(spoken: Language) -> Question:
    typed = {"en": "alumina exports march 2024", "zh": "2024年3月氧化铝出口"}
    question = understand(typed[spoken], record=RECORD)
    assert isinstance(question, Question)
    assert question.language == spoken
    return question


@looped("before", [None, *LANGUAGES])
@looped(
    ("text", "spoken"),
    [
        ("氧化铝出口 2024年3月", "zh"),
        ("氧化鋁出口 2024年3月", "zh"),
        ("alumina 出口 march 2024", "zh"),
        ("2024年3月alumina exports", "zh"),
        ("按万吨", "zh"),
        ("二月呢？", "zh"),
        ("铝价", "zh"),
        ("alumina exports march 2024", "en"),
        ("alumina exports in 万吨", "en"),
        ("alumina exports above 1.5亿美元", "en"),
        ("in 萬噸", "en"),
        ("bauxite from “几内亚” 2026", "en"),
        ('bauxite imports, "铝土矿" that is', "en"),
        ("and february?", "en"),
        ("price of aluminium", "en"),
        ("氧化铝出口 2024年3月，用英文", "en"),
        ("alumina exports march 2024 in Chinese", "zh"),
        ("in english", "en"),
        ("用中文", "zh"),
    ],
)
def test_a_text_is_answered_in_its_own_language(text: str, spoken: Language, before: Language | None) -> None:
    got = understand(text, record=RECORD, last=last(before) if before else None)
    assert got.language == spoken


@looped("before", LANGUAGES)
@looped("text", ["csv", "2024?", "q1", "kt", "万吨", "2024-02", "yoy", "HS 2818", "ytd?", "?"])
def test_what_is_said_in_both_languages_stays_in_that_of_the_thread(text: str, before: Language) -> None:
    assert understand(text, record=RECORD, last=last(before)).language == before


@looped(("text", "spoken"), [("csv", "en"), ("2024-03", "en"), ("万吨", "zh"), ("“氧化铝”", "zh")])
def test_alone_such_a_text_is_english_unless_it_is_written_in_chinese(text: str, spoken: Language) -> None:
    assert understand(text, record=RECORD).language == spoken


ENGLISH = [
    "in English",
    "in English, please",
    "english please",
    "switch to English",
    "英文",
    "用英文",
    "请用英语回答",
]
CHINESE = [
    "in Chinese",
    "Chinese?",
    "can you answer in Chinese",
    "back to chinese",
    "中文",
    "用中文说",
    "请用中文",
]


@looped("before", LANGUAGES)
@looped(("text", "spoken"), [*((one, "en") for one in ENGLISH), *((one, "zh") for one in CHINESE)])
def test_a_language_alone_asks_the_last_question_again(text: str, spoken: Language, before: Language) -> None:
    question = last(before)
    assert understand(text, record=RECORD, last=question) == replace(question, language=spoken)


@looped(("text", "spoken"), [("in English", "en"), ("用英文", "en"), ("用中文", "zh")])
def test_a_language_alone_and_first_gives_help_in_it(text: str, spoken: Language) -> None:
    got = understand(text, record=RECORD)
    assert isinstance(got, Question)
    assert (got.view, got.language) == ("help", spoken)


def test_a_name_that_holds_a_language_is_none() -> None:
    assert understand("Chinese alumina exports march 2024", record=RECORD) == last("en")


@looped("case", REFUSALS)
def test_every_refusal_can_be_said_in_chinese(case: Case) -> None:
    """The same outcome as in English; each sentence Chinese, each offer a Chinese question."""
    plain, got = (understand(f"{case.typed}{end}", record=RECORD) for end in ("", " in Chinese"))
    assert isinstance(got, Unresolved)
    assert (got.outcome, got.language) == (plain.outcome, "zh")  # type: ignore[union-attr]
    for issue in got.issues:
        assert HAN.search(issue.sentence)
        assert not LATIN.search(TYPED.sub("", issue.sentence)), issue.sentence
    for offer in worded(got.suggestions):
        assert HAN.search(offer), offer


def test_an_answer_to_an_offer_is_in_the_askers_language() -> None:
    offered = [replace(last("zh"), open_ended=False).about(flows=(flow,)) for flow in ("export", "import")]
    asked = [
        understand(text, record=RECORD, last=None, offered=offered) for text in ("出口", "exports", "2024-03")
    ]
    assert [got.language for got in asked] == ["zh", "en", "zh"]
    assert isinstance(asked[0], Question)
    assert isinstance(asked[1], Question)
    assert replace(asked[0], language="en") == asked[1] == last("en")
    assert isinstance(asked[2], Unresolved)
    assert worded(asked[2].suggestions) == ("2024年3月氧化铝出口", "2024年3月氧化铝进口")


def test_what_is_offered_is_in_the_language_of_the_text_and_not_of_the_caller() -> None:
    with speaking("zh"):
        got = understand("alumina exports march 2024 and ytd", record=RECORD)
    assert isinstance(got, Unresolved)
    assert worded(got.suggestions) == ("alumina exports March 2024", "alumina exports ytd March 2024")


def test_what_can_be_read_out_of_a_text_are_its_known_words() -> None:
    assert gist("氧化铝呱呱出口 2024年3月", RECORD) == "氧化铝 出口 2024年3月"
    assert gist("frobnicate alumina exports march 2024", RECORD) == "alumina exports march 2024"
