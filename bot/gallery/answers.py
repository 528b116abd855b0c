"""Answers to questions: each view, what cannot be answered, and the forms for older workspaces."""

from collections.abc import Iterator

from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.gallery.specimen import ASKER, Specimen
from bot.messages.buttons import with_controls
from bot.messages.forms import in_form
from bot.messages.render import render
from bot.words import LANGUAGES, language

# By heading: what is shown, and the question in the words of each language.
QUESTIONS = {
    "Figures": {
        "One figure": ("alumina exports march 2024", "2024年3月氧化铝出口"),
        "A derived figure with its range": ("alumina exports may 2026", "2026年5月氧化铝出口"),
        "A whole month": ("march 2026", "2026年3月"),
        "A running total": ("bauxite imports ytd", "铝土矿进口累计"),
        "A year": ("aluminium exports 2025", "2025年铝出口"),
        "Value in US$": ("bauxite imports value june 2026", "2026年6月铝土矿进口金额"),
        "A partner": ("bauxite from guinea june 2026", "2026年6月几内亚铝土矿进口"),
        "Another unit": ("aluminium exports july 2026 in pounds", "2026年7月铝出口，用磅"),
    },
    "Charts": {
        "Thirteen months": ("alumina exports last 13 months", "近13个月氧化铝出口"),
        "The season, year by year": ("bauxite imports since 2019", "2019年以来铝土矿进口"),
        "Below zero: net trade": ("alumina net exports last 13 months", "近13个月氧化铝净出口"),
        "Two series": ("alumina exports and imports last 13 months", "近13个月氧化铝进出口"),
        "Months of a year": ("aluminium exports 2025 by month", "2025年铝出口逐月"),
    },
    "Comparisons": {
        "Two periods": ("aluminium exports q2 2026 vs q2 2025", "2026年二季度与2025年二季度铝出口对比"),
        "Everything against a year earlier": (
            "everything july 2026 vs july 2025",
            "2026年7月与2025年7月全部对比",
        ),
        "By country": ("top 5 origins of bauxite november 2024", "2024年11月铝土矿进口前五来源国"),
        "A ranking": ("top months for alumina exports", "氧化铝出口最高的月份"),
        "A record": ("was that a record alumina exports april 2026", "2026年4月氧化铝出口创新高了吗"),
        "An average": ("average bauxite imports 2025", "2025年铝土矿进口月均"),
        "Growth": ("alumina growth 2025", "2025年氧化铝增长"),
        "What stands out": ("anything unusual in march 2024?", "2024年3月有什么异常？"),
    },
    "Behind the figures": {
        "Sources": ("sources alumina exports may 2026", "2026年5月氧化铝出口的来源"),
        "As it was known on a day": (
            "aluminium exports january to june 2025 as of 31 august 2025",
            "截至2025年8月31日的2025年1至6月铝出口",
        ),
        "As first published": (
            "aluminium exports january to june 2025 as first published",
            "2025年1至6月铝出口初值",
        ),
        "Revisions": ("revisions of aluminium exports 2025", "2025年铝出口修订"),
        "What was revised since a day": ("which numbers were revised this year", "今年修订了哪些数据"),
        "A file for Excel": ("csv of alumina exports since 2025", "2025年以来氧化铝出口csv"),
        "What is on record": ("which months are missing for bauxite", "铝土矿缺哪些月份"),
        "Releases to come": ("when is the next release?", "下次什么时候发布？"),
        "Help": ("help", "帮助"),
    },
    "Where there is no answer": {
        "Not on record": ("alumina exports march 2012", "2012年3月氧化铝出口"),
        "Not out yet": ("alumina exports november 2026", "2026年11月氧化铝出口"),
        "Outside the data": ("alumina price", "氧化铝价格"),
        "Another metal": ("copper exports", "铜出口"),
        "Asked back: which series": ("exports march 2024", "2024年3月出口"),
        "Not understood": ("how is the weather", "今天天气怎么样"),
        "One part missing": (
            "alumina exports march 2024 vs march 2023",
            "2024年3月与2023年3月氧化铝出口对比",
        ),
    },
}
OLDER, CHARTED = (
    QUESTIONS["Comparisons"]["Everything against a year earlier"],
    QUESTIONS["Charts"]["Thirteen months"],
)


def answers(dataset: Dataset) -> Iterator[Specimen]:
    """An answer to each question, with what stands below it for whoever asked."""
    for group, questions in QUESTIONS.items():
        for name, asked in questions.items():
            words = asked[LANGUAGES.index(language())]
            (answer,) = converse([words], dataset)
            yield Specimen(name, "message", with_controls(render(answer), ASKER), group, words)
    yield from _older(dataset)


def _older(dataset: Dataset) -> Iterator[Specimen]:
    group = "For workspaces without the newer blocks"
    for asked in (OLDER, CHARTED):
        words = asked[LANGUAGES.index(language())]
        (answer,) = converse([words], dataset)
        message = with_controls(render(answer), ASKER)
        what = "A comparison" if asked == OLDER else "A chart"
        yield Specimen(f"{what} with older blocks", "message", in_form(message, "table"), group, words)
    yield Specimen(f"{what} as text alone", "message", in_form(message, "text"), group, words)
