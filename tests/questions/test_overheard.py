"""Which texts may be meant for us, in a thread where people talk to each other."""

from bot.dataset.dataset import Dataset
from bot.questions.overheard import LONGEST, overheard
from tests.looped import looped


@looped(
    "text",
    [
        "and april?",
        "revisions of bauxite 2025",
        "what did we say in april about march?",
        "sorry I mean april",
        "until march 2025",
        "q3 to date",
        "alumina",
        "2024-03",
        "ytd",
        "bauxite imports, please!",
        "三月",
        "*and* april :eyes:",
        "and febuary?",
        "and is alumina up",
        "what was it in 2024",
        "no, I meant april 2024",
        "up to june",
        "we need alumina exports for june",
        "great, and may?",
        "may not june",
        "氧化铝涨了?",
        "我们7月进口了多少?",
    ],
)
def test_a_series_or_a_period_in_known_words_is_a_subject(text: str, dataset: Dataset) -> None:
    heard = overheard(text, dataset)
    assert (heard.known, heard.asks, heard.subject) == (True, True, True)


@looped(
    "text",
    [
        "and imports?",
        "and as first published?",
        "and now?",
        "was that revised?",
        "what did we say in april?",
        "biggest rise",
        "top 5",
        "in Chinese, please",
        "用英文",
        "up?",
        "in kt",
        "vs a year ago",
        "compare",
        "why?",
        "what about copper?",
        "export that please",
        "is it up?",
        "did exports fall?",
        "were imports higher?",
        "your source?",
        "is that a record?",
    ],
)
def test_known_words_without_a_subject_ask_all_the_same(text: str, dataset: Dataset) -> None:
    heard = overheard(text, dataset)
    assert (heard.known, heard.asks, heard.subject) == (True, True, False)


@looped(
    "text",
    [
        "lunch in march?",
        "we said that in april",
        "they revised it in june",
        "bauxite will drop",
        "alumina might rise in march",
        "sources say june",
        "prev. year was better",
        "the whole of june was crazy",
        "what did we say in april about lunch?",
        "修订一下合同",
        "四月见",
        "it may fall",
        "let's march on",
        "we march to 2027",
        "see you next month",
        "I was out last month",
        "great chart",
        "thanks, that is what I feared",
        "qwertyish",
        "alumini",
        "march of the penguins",
        "April is out",
        "May, can you look?",
        "thanks June!",
        "hi april",
        "q2 was great",
        "great q1",
        "it was up last year",
        "exports fell again",
        "nice, imports up",
        "aluminium is up",
        "bauxite fell in june",
        "we bought alumina last month",
        "our cargo is due in june",
        "my primary source",
        "scrap that",
        "ship it!",
        "you are the best",
        "both of you",
        "everything ok?",
        "thanks for the overview",
        "worth a look",
        "the bill please",
        "is that clear",
        "why me",
        "are you around in june?",
        "where are you?",
        "out in august",
        "high in june, low in may",
        "no surprise",
        "去年也是",
        "氧化铝涨了",
        "数据出来了",
        "你7月在",
        "我们出口",
    ],
)
def test_one_word_that_is_not_known_is_enough(text: str, dataset: Dataset) -> None:
    assert not overheard(text, dataset).known


@looped(
    "text",
    [
        "",
        "so it is up",
        "high",
        "down again",
        "more",
        "thanks",
        "ok :+1:",
        "thanks all",
        "what's the status?",
        "same here",
        "<@U_BEN> see this",
        "and you?",
        "no thanks",
        "wrong",
        "same time next year",
        "next please",
        "next month then",
        "max, can you look",
        "the best",
        "who",
        "tomorrow",
        "power",
        "can you share",
        "开始吧",
    ],
)
def test_small_talk_asks_for_nothing(text: str, dataset: Dataset) -> None:
    assert not overheard(text, dataset).asks


def test_starting_over_is_heard(dataset: Dataset) -> None:
    assert overheard("Start over!", dataset).reset
    assert not overheard("and april?", dataset).reset


def test_a_long_text_is_said_to_people(dataset: Dataset) -> None:
    assert not overheard("march " * LONGEST, dataset).known
