"""Words, and the thread's last question, into one Question."""

from bot.questions.speak import remembered, words, words_in
from bot.questions.understand import understand

__all__ = ["remembered", "understand", "words", "words_in"]
