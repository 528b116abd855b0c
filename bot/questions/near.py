"""Near words: the silent correction of an evident slip, and up to three names for anything else."""

from rapidfuzz import fuzz, process

from bot.questions.lexicon import NUMBER_WORDS
from bot.questions.matching import Lexicon, Meaning

CORRECTED_FROM = 90  # RapidFuzz ratio; 100 is the same word
CLEAR_BY = 15  # how much less every other series has to score
NAMED_FROM = 70
SHORTEST = 5  # shorter words are never corrected
SHORTEST_NAMED = 4  # nor is anything proposed for "not"
SHORTEST_SLIP = 3  # characters, of which one is wrong
LONGEST = 40  # nor what is no word at all
# Nor numbers, words that take something out, or places that are a slip away from a word of the trade.
NEVER = frozenset(NUMBER_WORDS) | frozenset(
    (
        "except excl excluding exceed exceeds exceeded exceeding without besides "
        "preliminary revised chance decade define late augusta augusto changde changle dollard marche "
        "raisen soure"
    ).split()
)


def correction(word: str, words: Lexicon) -> str | None:
    """The one word that was evidently meant; None where there is doubt, or none is near enough."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in NEVER:
        return None
    scored = _scored(word, words, CORRECTED_FROM - CLEAR_BY)
    if not scored or scored[0][1] < CORRECTED_FROM:
        return None
    best, score = scored[0]
    meaning = words.names[best]
    rivals = [
        other for name, other in scored if (found := words.names[name]) != meaning and _rivals(found, meaning)
    ]
    if best[0] != word[0]:  # slips spare the first letter; "unpublished" is another word
        return None
    if meaning[0] == "partner" or any(other > score - CLEAR_BY for other in rivals):
        return None
    return best


def near(word: str, words: Lexicon) -> tuple[str, ...]:
    """Up to three known names near that word, one for each meaning: 铝土矿 for 铝土旷, then the nearest."""
    if word in NEVER or not (SHORTEST_NAMED if word.isascii() else 2) <= len(word) <= LONGEST:
        return ()
    names: dict[Meaning, str] = {}
    scored = _scored(word, words, NAMED_FROM if word.isascii() else 60)
    for name, _ in sorted(scored, key=lambda pair: word.isascii() or not _is_slip(word, pair[0])):
        names.setdefault(words.names[name], name)
    return tuple(names.values())[:3]


def slip_around(before: str, word: str, after: str, words: Lexicon) -> str:
    """The unknown characters with those beside that make one slip of a series: 养化铝; else they alone."""
    wholes = (f"{before}{word}", f"{word}{after}", f"{before}{word}{after}")
    return next((whole for whole in wholes if not whole.isascii() and _one_off(whole, words)), word)


def _one_off(whole: str, words: Lexicon) -> bool:
    """Whether one character keeps it from being the name of a series."""
    return len(whole) <= LONGEST and any(_is_slip(whole, name) for name in words.series_of(len(whole)))


def _is_slip(word: str, name: str) -> bool:
    """Whether they are alike in all of three or more characters but one."""
    if not len(name) == len(word) >= SHORTEST_SLIP:
        return False
    return sum(a != b for a, b in zip(word, name, strict=True)) == 1


def _rivals(found: Meaning, meaning: Meaning) -> bool:
    return "series" in (found[0], meaning[0]) or found[0] == meaning[0]


def _scored(word: str, words: Lexicon, cutoff: int) -> list[tuple[str, float]]:
    found = process.extract(word, words.sorted_names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=30)
    return sorted(((name, score) for name, score, _ in found), key=lambda pair: (-pair[1], pair[0]))
