"""What can be read out of a text that is no question as it stands: the words of its slots."""

from bot.dataset.dataset import Dataset
from bot.questions.lexicon import lexicon_of
from bot.questions.mentions import Scan
from bot.questions.normalise import normalise
from bot.questions.spelling import EXACT_BEYOND, corrected

_SHOWN = frozenset(("series", "flow", "time", "measure", "unit", "view", "country"))


def gist(text: str, record: Dataset) -> str:
    """The words of a text that name a slot or a view, with slips set right; '' for a long text."""
    plain = normalise(text)
    if len(plain) > EXACT_BEYOND:
        return ""
    lexicon = lexicon_of(record.catalogue)
    scan = Scan(corrected(plain, lexicon).text, lexicon, record.today)
    return " ".join(mention.text for mention in scan.mentions if mention.kind in _SHOWN)
