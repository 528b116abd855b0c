"""Every sentence that people read, in every language, by its name; and the language that is spoken now."""

from bot.words.catalogue import say, say_count, say_or, tells
from bot.words.joints import both, clauses, comma, enumeration, in_brackets, listed, sentences
from bot.words.spoken import LANGUAGES, Language, language, speak, speaking

__all__ = [
    "LANGUAGES", "Language", "both", "clauses", "comma", "enumeration", "in_brackets", "language", "listed",
    "say", "say_count", "say_or", "sentences", "speak", "speaking", "tells",
]  # fmt: skip
