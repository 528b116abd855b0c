"""Every sentence that people read, in every language, by its name; and the language that is spoken now."""

from bot.words.catalogue import say, say_count, say_or, tells
from bot.words.language import LANGUAGES, Language, language, speak, speaking

__all__ = ["LANGUAGES", "Language", "language", "say", "say_count", "say_or", "speak", "speaking", "tells"]
