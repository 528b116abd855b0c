"""The vocabulary: every file is read, and slips never become other words of the trade."""

from bot.questions.lexicon import FUNCTION, VOCABULARY, lexicon_of, load, rank, split
from bot.questions.patterns import pattern
from bot.questions.spelling import corrected
from tests.looped import looped
from tests.questions.small_record import SmallRecord

RECORD = SmallRecord()
LEXICON = lexicon_of(RECORD.catalogue, RECORD.partners)
FILES = sorted(path.stem for path in VOCABULARY.glob("*.toml") if path.stem != "patterns")


def test_every_series_and_alias_of_the_data_is_known() -> None:
    known = {phrase.value for phrase in LEXICON.phrases.values() if phrase.kind == "series"}
    assert set(RECORD.catalogue) <= known


@looped("file", FILES)
def test_no_word_stands_twice_in_an_entry(file: str) -> None:
    for table in load(file).values():
        for entry, words in table.items():
            if "english" != entry != "chinese":
                assert len(split(words)) == len(set(split(words))) or file in (
                    "views",
                    "slots",
                    "chatter",
                    "outside",
                ), entry


def test_the_patterns_compile() -> None:
    import tomllib

    tables = tomllib.loads((VOCABULARY / "patterns.toml").read_text(encoding="utf-8"))
    assert all(pattern(module, name) for module, names in tables.items() for name in names)


@looped(
    ("typed", "meant"),
    [
        ("exprots", "exports"),
        ("alumian", "alumina"),
        ("bauxtie", "bauxite"),
        ("setp 2025", "sept 2025"),
        ("alum ina", "alumina"),
    ],
)
def test_a_slip_is_set_right(typed: str, meant: str) -> None:
    assert corrected(typed, LEXICON).text == meant


@looped(
    "word",
    ["expert", "report", "price", "march", "primate", "experts", "reports", "airports", "imposed", "scrape"],
)
def test_an_ordinary_word_is_no_slip(word: str) -> None:
    assert corrected(word, LEXICON).text == word


def test_function_words_are_ordinary() -> None:
    assert {"the", "please", "could", "what"} <= FUNCTION
    assert rank("the") < 10 < rank("bauxite")
