"""A workspace's own words: one that was taught, and the list."""

from collections.abc import Iterator, Mapping

from bot.dataset.dataset import Dataset
from bot.gallery.posts import moment
from bot.gallery.specimen import ASKER, Specimen
from bot.posts.order import FORGOTTEN
from bot.posts.words_list import taught, words_listed
from bot.questions.teaching import Lesson
from bot.taught_words import TaughtWord
from bot.words import Language, language
from bot.words.folder import with_values

TYPED: Mapping[Language, tuple[str, str]] = {
    "en": ("/alumina word RX {FIRST_NAME}", "/alumina words"),
    "zh": ("/alumina 词语 RX {FIRST_NAME}", "/alumina 词语"),
}


def own_words(dataset: Dataset) -> Iterator[Specimen]:
    """The confirmation and the list, of the first two series."""
    names, now, (teaching, listing) = dataset.catalogue, moment(dataset), map(with_values, TYPED[language()])
    first, second = [*names, *names][:2]
    message = taught(Lesson("teach", "RX", first), "rx", names)
    yield Specimen("Taught", "message", message, "Own words", teaching)
    words = [TaughtWord("rx", "RX", first, ASKER, now), TaughtWord("zq", "ZQ", second, FORGOTTEN, now)]
    message = words_listed(words, names, now.tzinfo)
    yield Specimen("The list", "message", message, "Own words", listing)
