"""What a person typed, and what the thread has shown, into a Reading."""

from bot.questions.speak import about, words
from bot.questions.understand import understand

__all__ = ["about", "understand", "words"]
