"""A slip is set right only where nothing else can have been meant; otherwise near names are offered."""

from bot.questions.matching import lexicon_of
from bot.questions.near import correction, near
from tests.looped import looped

from .cases import SmallRecord

WORDS = lexicon_of(SmallRecord())


@looped(
    ("typed", "meant"),
    [("bauxit", "bauxite"), ("febuary", "february"), ("exportts", "exports"), ("aluminnum", "aluminum")],
)
def test_an_evident_slip_is_set_right(typed: str, meant: str) -> None:
    assert correction(typed, WORDS) == meant


@looped(
    ("typed", "why"),
    [
        ("alumini", "two series are near"),
        ("aluminim", "the other series is less than 15 below"),
        ("marc", "under five letters"),
        ("28182", "a number"),
        ("guinee", "a place name"),
        ("russsia", "a place name"),
        ("augusta", "a place name that is near a month"),
        ("eight", "a number"),
        ("unpublished", "the first letter differs"),
        ("ought", "the first letter differs"),
        ("zzzzzz", "near nothing"),
    ],
)
def test_where_there_is_doubt_nothing_is_corrected(typed: str, why: str) -> None:
    assert correction(typed, WORDS) is None, why


def test_near_names_are_three_at_most_and_of_different_meanings() -> None:
    names = near("alumini", WORDS)
    assert set(names) == {"alumina", "aluminium"}
    assert len(near("import", WORDS)) <= 3


def test_nothing_is_near_a_short_word() -> None:
    assert near("not", WORDS) == ()


def test_a_name_of_as_many_characters_goes_before_a_shorter_one() -> None:
    assert near("铝土旷", WORDS)[0] == "铝土矿"
