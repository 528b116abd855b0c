"""Words, and the thread's last question, into one Question."""

from bot.questions.speak import about, knowledge, remembered, sentence, words, words_in
from bot.questions.understand import understand

__all__ = ["about", "knowledge", "remembered", "sentence", "understand", "words", "words_in"]
