"""`alumina feedback`: what people thought of answers."""

from bot.errors import StoredValueError
from bot.feedback import Feedback, Verdict
from bot.messages.blocks import visible
from bot.questions import words
from bot.questions.question import Question
from bot.settings import Settings
from bot.store.engine import run_on_store
from bot.words import speaking

WORDS = {"up": "helpful", "down": "not helpful"}
NONE_YET = "No feedback yet: it comes from the buttons below the answers."


def tell_feedback(settings: Settings) -> None:
    """Prints every verdict, the newest first, a paragraph each."""
    found = run_on_store(settings, lambda engine: Feedback(engine).all())
    print("\n".join(map(_told, found)) or NONE_YET)


def _told(verdict: Verdict) -> str:
    """2026-11-25 09:30 UTC, not helpful: alumina exports March 2024 (U1 in C1); the reason below it."""
    place, question = verdict.place, visible(_in_words(verdict.question)) or "(no question)"
    line = f"{verdict.given_at:%Y-%m-%d %H:%M} UTC, {WORDS.get(verdict.verdict, verdict.verdict)}: {question}"
    line = f"{line} ({place.user_id} in {place.channel})"
    return f"{line}\n    {visible(verdict.reason)}" if verdict.reason else line


def _in_words(stored: str) -> str:
    """The words of a stored question; what is stored, where it is of another version."""
    try:
        question = Question.from_json(stored)
    except StoredValueError:
        return stored
    with speaking(question.language):
        return words(question)
