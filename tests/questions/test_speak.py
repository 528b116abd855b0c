"""How questions are said: the same question in English and in Chinese, as buttons hold it."""

from dataclasses import replace

from bot.questions import understand, words
from bot.words import speaking
from tests.looped import looped
from tests.questions.small_record import SmallRecord

RECORD = SmallRecord()
SAID = [
    ("alumina exports March 2024", "2024年3月氧化铝出口"),
    ("alumina exports March 2024 vs March 2023", "2024年3月氧化铝出口，对比2023年3月"),
    ("alumina exports and imports in kt Q1 2024", "2024年一季度氧化铝进出口（千吨）"),
    ("alumina net trade H1 2024", "2024年上半年氧化铝净进出口"),
    ("bauxite imports yoy July 2026", "2026年7月铝土矿进口同比"),
    ("bauxite imports ytd July 2026", "2026年1-7月累计铝土矿进口"),
    ("bauxite imports ytd January 2026", "2026年1月累计铝土矿进口"),
    ("bauxite imports trend February 2024 to June 2025", "2024年2月至2025年6月铝土矿进口走势"),
    ("bauxite imports average 2025", "2025年铝土矿进口月均"),
    ("bauxite imports 5 highest months", "铝土矿进口最高的5个月"),
    ("bauxite imports 3 biggest falls mom 2025", "2025年铝土矿进口环比降幅最大的3个月"),
    ("bauxite imports record March 2024", "2024年3月铝土矿进口是否创新高"),
    ("bauxite imports from Guinea value in US$ share May 2024", "2024年5月自几内亚铝土矿进口金额占比"),
    ("alumina exports to Russia in t 2025", "2025年对俄罗斯氧化铝出口（吨）"),
    ("aluminium scrap imports unit value 2025", "2025年废铝进口均价"),
    ("unwrought aluminium exports revisions 2025", "2025年铝及铝材出口的修订"),
    ("alumina exports and bauxite imports March 2024", "2024年3月氧化铝出口和铝土矿进口"),
    ("HS 2818 imports March 2024", "2024年3月HS 2818进口"),
    ("alumina exports March 2024 as of 30 April 2025", "2024年3月氧化铝出口（2025年4月30日版本）"),
    ("alumina exports March 2024 as first published", "2024年3月氧化铝出口（首次公布值）"),
    ("everything highlights July 2026", "2026年7月全部品种看点"),
    ("everything imports monthly csv 2025", "2025年全部品种进口分月CSV"),
    ("bauxite imports by country 2025", "2025年铝土矿进口分国别"),
    ("top 3 countries of bauxite imports 2025", "2025年铝土矿进口前3国别"),
    ("next release", "下次发布时间"),
    ("help", "帮助"),
]


@looped(("english", "chinese"), SAID)
def test_a_question_is_said_in_both_languages(english: str, chinese: str) -> None:
    (question,) = understand(english, record=RECORD).questions
    assert words(question, RECORD.catalogue) == english
    with speaking("zh"):
        assert words(question, RECORD.catalogue) == chinese


def test_a_series_that_the_catalogue_does_not_name_keeps_its_own() -> None:
    (question,) = understand("alumina exports march 2024", record=RECORD).questions
    with speaking("zh"):
        assert words(question) == "2024年3月alumina出口"


@looped(("english", "chinese"), SAID)
def test_both_are_read_as_the_same_question(english: str, chinese: str) -> None:
    one, other = (understand(text, record=RECORD).questions for text in (english, chinese))
    assert [replace(each.plain, language="en") for each in one] == [
        replace(each.plain, language="en") for each in other
    ]
