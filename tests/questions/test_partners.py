"""Every partner on record is read by the names that answers give it, and by those that people type."""

from bot.dataset.dataset import Dataset
from bot.questions import understand
from bot.questions.lexicon import PARTNER_WORDS
from bot.questions.question import Question
from bot.words import LANGUAGES, speaking
from bot.words.countries import country
from tests.looped import looped

ASKED = {"en": "bauxite imports from {} 2025", "zh": "2025年自{}进口铝土矿"}


def partner_in(text: str, dataset: Dataset) -> str | None:
    asked = understand(text, record=dataset)
    return asked.partner if isinstance(asked, Question) else None


@looped("language", LANGUAGES)
def test_a_partner_is_read_by_the_name_that_it_is_told_by(dataset: Dataset, language: str) -> None:
    assert len(dataset.partners) == 27  # of figures.csv
    with speaking(language):  # type: ignore[arg-type]
        told = {partner: country(partner) for partner in dataset.partners}
    assert {partner: partner_in(ASKED[language].format(name), dataset) for partner, name in told.items()} == {
        partner: partner for partner in told
    }


@looped(
    ("text", "partner"),
    [
        ("australian bauxite april 2024", "Australia"),
        ("bauxite from ivory coast november 2024", "Côte d'Ivoire"),
        ("印尼铝土矿2022年10月", "Indonesia"),
        ("scrap imports from hongkong july 2021", "Hong Kong"),
        ("primary aluminium imports of chinese origin march 2025", "China"),
        ("how much bauxite did china import in 2024", ""),  # who trades, and no partner
        ("中国2024年铝土矿进口", ""),
        ("tell us alumina exports march 2024", ""),
    ],
)
def test_a_partner_is_read_as_people_name_it(dataset: Dataset, text: str, partner: str) -> None:
    assert partner_in(text, dataset) == partner


def test_every_partner_on_record_has_its_words(dataset: Dataset) -> None:
    assert set(dataset.partners) == set(PARTNER_WORDS)
