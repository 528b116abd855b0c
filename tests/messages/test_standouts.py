"""Each rule's sentence, with the arithmetic behind its numbers."""

import re

from bot.answers.answer import HighlightRule
from bot.answers.highlights import every_highlight
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.messages.standouts import SENTENCES, highlight
from bot.messages.wordings import count_of, place_of
from bot.questions.question import Question
from tests.answers.test_highlights_hold import RISING
from tests.looped import looped

SAID: list[tuple[str, HighlightRule, str]] = [
    # 711 kt against 489 kt; the median of the earlier changes is 14.79 %
    ("2026-06", "largest_rise",
     "Aluminium exports rose 45.4 % on a year earlier, to 711 kt,"
     " against a usual change of about 14 %."),
    # US$1,305,975,961 for 20.32 Mt are 64.27 a tonne; US$1,381,227,410 for 18.116 Mt were 76.24
    ("2026-06", "largest_fall",
     "The unit value of bauxite imports fell 15.7 % on a year earlier, to about US$64.3/t."),
    # 19.25 Mt against 14.02 Mt
    ("2026-01", "month_move",
     "Bauxite imports rose about 31.2 % on the month, to 19.25 Mt, against a usual change of about 10 %."),
    # 13.8 Mt against 15.88 Mt in September; rises in the Octobers of 2021, 2023 and 2024
    ("2025-10", "against_season",
     "Bauxite imports, which rose in October in each of the four earlier years on record,"
     " fell about 13.3 % on the month, to 13.77 Mt."),
    # printed -4.6 % after a printed +12.6 %
    ("2026-07", "turn",
     "Bauxite imports fell 4.6 % on a year earlier, to 19.04 Mt, after a rise of 12.6 % in June 2026."),
    # printed
    ("2025-12", "turn",
     "Bauxite imports fell 1.7 % on a year earlier, to 14.67 Mt, the first fall since March 2024."),
    # March 2025's change is not on record: ten rises are known, from April on
    ("2026-02", "turn",
     "Aluminium scrap imports fell 17.09 % on a year earlier, to 136.3 kt, after at least ten rises in a row,"
     " on record unbroken from April 2025 (Lunar New Year fell on 17 February 2026, in 2025 on 29 January)."),
    ("2025-10", "streak", "Bauxite imports rose on a year earlier for the 19th month in a row, by 12.5 %."),
    ("2026-06", "streak",
     "Alumina imports rose on a year earlier for at least the sixth month in a row"
     " (on record unbroken from January 2026), by 343.9 %."),
    # 485, 598, 632, 711 kt after February's 430
    ("2026-06", "month_streak",
     "Aluminium exports rose on the month for the fourth month in a row, to 711 kt."),
    ("2026-06", "highest_since",
     "Aluminium exports at 711 kt: the highest of the 30 months on record unbroken from January 2024."),
    # US$1,116,292,530 for 16.95 Mt; US$976,270,886 for 15.0 Mt in July 2024 were 65.1, every month since more
    ("2026-02", "lowest_since",
     "The unit value of bauxite imports at about US$65.9/t: the lowest since July 2024"
     " (months on record unbroken from April 2023)."),
    # above it were 20.68 Mt in April and 20.06 Mt in July 2025; April 2023 to January 2026 are 34 months
    ("2026-01", "nth_highest",
     "Bauxite imports at 19.25 Mt: the third highest of the 34 months on record unbroken from April 2023."),
    # 139.88 Mt printed with its change
    ("2026-07", "year_to_date",
     "Bauxite imports in January-July 2026 came to 139.88 Mt, up 13.5 % on a year earlier."),
    ("2025-07", "year_to_date_turn",
     "Aluminium imports in January-July 2025 came to 2.33 Mt, up 1.5 % on a year earlier,"
     " after a fall of about 2.9 % in January-June 2025."),
    ("2025-12", "year_to_date_highest",
     "Bauxite imports in 2025 came to 200.53 Mt, the most for a year of the five years on record"
     " unbroken from 2021."),
    ("2025-10", "passed_last_year",
     "Bauxite imports in January-October 2025 came to 170.96 Mt, already more than in all of 2024"
     " (158.77 Mt)."),
    # 175,680 - 189,325.98 t
    ("2025-10", "net_turn",
     "China turned net importer of alumina in October 2025, by about 13.6 kt,"
     " for the first time in the months on record unbroken from January 2025."),
    # 426,469 - 355,999 t; in June 354,038 - 288,783 t, in July and August below zero
    ("2020-09", "net_turn",
     "China turned net exporter of aluminium in September 2020, by 70.5 kt,"
     " for the first time since June 2020."),
    # 2,717.7 - 2,860.4 kt, a month before 2,650.0 - 2,489.5
    ("2026-05", "net_twelve_months",
     "Over the twelve months to May 2026 China became a net importer of alumina, by about 143 kt;"
     " over those to April 2026 it was a net exporter, by about 160 kt"
     " (months on record unbroken from January 2025)."),
    # 19,040 / 366.58 and 20,060 / 125.83
    ("2026-07", "bauxite_to_alumina",
     "China imported 52 t of bauxite for each tonne of alumina, against 159 t a year earlier"
     " (bauxite HS 2606, alumina HS 28182000)."),
    ("2026-03", "event",
     "3 March 2026: War disrupts shipping through the Strait of Hormuz; Qatalum starts to shut down"
     " (ING via MENAFN)."),
    # the first two months of 2025, as printed beside those of 2026
    ("2026-02", "revised",
     "Aluminium exports of January-February 2025 were revised to 861 kt from 859 kt."),
]  # fmt: skip


@looped(("edition", "rule", "sentence"), SAID)
def test_a_highlight_says_itself(dataset: Dataset, edition: str, rule: HighlightRule, sentence: str) -> None:
    found = every_highlight(dataset, Month.from_text(edition))
    assert sentence in [highlight(item, dataset.catalogue) for item in found if item.rule == rule]


def test_every_sentence_of_the_record_is_whole(dataset: Dataset) -> None:
    told: set[HighlightRule] = set()
    for edition in (Month(2018, 1).plus(step) for step in range(104)):
        for item in every_highlight(dataset, edition):
            sentence = highlight(item, dataset.catalogue)
            told.add(item.rule)
            assert re.fullmatch(r"[A-Z0-9].*[^ .]\.", sentence), sentence
            assert not re.search(r"  | ,|None|\bnan\b|[-+]-|level not", sentence), sentence
    assert set(SENTENCES) - told == {"year_to_date_lowest", "nth_lowest"}  # none such is on record


def test_the_second_lowest_month_says_so() -> None:
    found = every_highlight(RISING, Month(2023, 12))
    assert (
        "Alumina exports at 95 kt: the second lowest of the 24 months on record unbroken from January 2022."
        in [highlight(item, RISING.catalogue) for item in found if item.rule == "nth_lowest"]
    )


def test_counts_and_places_are_words_up_to_twelve() -> None:
    assert [count_of(number) for number in (2, 12, 13)] == ["two", "twelve", "13"]
    assert [place_of(number) for number in (1, 12, 13, 22)] == ["first", "twelfth", "13th", "22nd"]


@looped("number", range(1, 8))
def test_every_source_that_a_highlight_cites_is_among_the_sources(dataset: Dataset, number: int) -> None:
    month = Month(2026, number)
    asked = Question.of(("alumina", "bauxite"), ("export", "import"), Period.month(month), "highlights")
    for answer in (monthly_summary(dataset, month), respond(asked, dataset)):
        told = document(answer)
        listed = [source["id"] for source in told["sources"]]
        assert len(set(listed)) == len(listed)
        assert {name for item in told["highlights"] for name in item["sources"]} <= set(listed)
