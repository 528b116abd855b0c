"""Slips of the hand: the word that was meant, where it is one step away and the one typed is no word."""

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.profile import forgotten
from bot.questions.lexicon import FUNCTION, MONTHS, Lexicon, Token, listed, residue, tokenise, words_of

MOST_COMPARED = 12  # unknown words of one message
EXACT_BEYOND = 2_000  # characters: in a longer text only exact words count
FREQUENT = 30_000  # English words: what is rarer may be a name or a slip
_MONTHS = [name for name in MONTHS if len(name) > 3]
STRONG = residue("strong")
_RANKS = {word: rank for rank, word in enumerate(listed("ordinary.en"))}
_WORDS = words_of("chatter", "slip", "words")
BETWEEN_SERIES = words_of("chatter", "slip", "between_series")


def rank(word: str) -> int:
    """How frequent an English word is, from 0; a large number for one that is on no list."""
    return _RANKS.get(word, 1_000_000)


def corrected(text: str, lexicon: Lexicon) -> tuple[str, dict[str, str]]:
    """The text with evident slips mended and split words joined, and what was changed."""
    if len(text) > EXACT_BEYOND:
        return text, {}
    changes = _changes(tokenise(text), lexicon)
    slips = {text[start:end]: word for start, end, word in changes}
    for start, end, word in reversed(changes):
        text = text[:start] + word + text[end:]
    return text, slips


def _changes(tokens: list[Token], lexicon: Lexicon) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    compared = 0
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        word, last = token.text, found[-1][1] if found else 0
        if token.start < last or len(word) < 2 or not (word.isalpha() and word.isascii()):
            continue
        pair = f"{word}{after.text}" if after and after.start - token.end == 1 else ""  # "alum ina"
        if after and pair in STRONG and not (lexicon.knows(word) and lexicon.knows(after.text)):
            found.append((token.start, after.end, pair))
        elif len(word) >= 3 and not lexicon.knows(word) and compared < MOST_COMPARED:
            compared += 1
            if meant := _meant(word, lexicon) or _month_beside(word, before, after):
                found.append((token.start, token.end, meant))
    return found


@lru_cache(maxsize=5_000)
def is_courtesy_slip(word: str) -> bool:
    """Whether it is one step from a word without content: "mcuh", "hwo". Such a slip changes nothing."""
    if len(word) < 3 or not word.isascii() or word in _WORDS:
        return False
    if rank(word) <= FREQUENT:
        return False
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    near = len(word) >= 6 and process.extractOne(word, FUNCTION, scorer=OSA.distance, score_cutoff=1)
    return not swapped.isdisjoint(FUNCTION) or bool(near)


def _meant(word: str, lexicon: Lexicon) -> str:
    """The word of ours that a slip meant; '' for none."""
    if len(word) < 4 or rank(word) <= FREQUENT or word in BETWEEN_SERIES or word in _WORDS:
        return ""
    limit = 1 if len(word) <= 5 else 2
    near = process.extract(word, lexicon.targets.keys(), scorer=OSA.distance, score_cutoff=limit, limit=8)
    fitting = [
        (int(steps), name[0] != word[0], name not in STRONG, name)
        for name, steps, _ in near
        if name[0] == word[0] or (steps == 1 and len(word) > 5)
    ]
    steps, _, _, best = min(fitting, default=(0, False, False, ""))
    rivals = {lexicon.targets[name] for other, _, _, name in fitting if other == steps}
    return best if len(rivals) == 1 or best in STRONG else ""


forgotten(is_courtesy_slip.cache_clear)  # by the words of a folder


def _month_beside(word: str, before: Token | None, after: Token | None) -> str:
    """A month with a slip before its year, or beside another month, though the slip is a rare word."""
    dated = after and after.text.isdigit() and len(after.text) in (2, 4)
    listed = any(token and token.text in MONTHS for token in (before, after))
    if not (dated or listed) or not 3 <= len(word) <= 6 or rank(word) <= 8_000:
        return ""
    near = [name for name in (MONTHS if listed else _MONTHS) if OSA.distance(word, name, score_cutoff=1) == 1]
    return near[0] if len({MONTHS[name] for name in near}) == 1 else ""
