"""Words, and the thread's last question, into one Question."""

from bot.questions.speak import about, words
from bot.questions.understand import understand

__all__ = ["about", "understand", "words"]
