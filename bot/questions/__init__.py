"""Words, and the thread's last question, into one Question."""

from bot.questions.speak import about, everything, knowledge, remembered, seen, sentence, words, words_in
from bot.questions.understand import understand

__all__ = [
    "about", "everything", "knowledge", "remembered", "seen", "sentence", "understand", "words", "words_in",
]  # fmt: skip
