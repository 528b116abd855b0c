"""How an answer was computed, as a modal: formula, inputs, rounding, all printings on record, sources."""

from collections.abc import Iterator

from bot.answers.behind import Behind
from bot.messages.blocks import context, escape, fitting, section
from bot.messages.details import sources
from bot.messages.headline import headline
from bot.messages.message import Block
from bot.messages.modal import View, modal
from bot.messages.notes import source_line

CALLBACK = "how"
SECTION = 2_900


def how_view(behind: Behind) -> View:
    """The modal, which can only be closed."""
    return modal(CALLBACK, "How it was computed", list(_blocks(behind)))


def _blocks(behind: Behind) -> Iterator[Block]:
    answer = behind.answer
    yield section(f"*{escape(headline(answer))}*")
    if answer.question and answer.figures:
        lines = [escape(line) for line in sources(answer, answer.question)]
        yield section("\n".join(fitting(lines, SECTION, "lines")))
    told = [f"[{at}] {escape(source_line(item))}" for at, item in enumerate(answer.citations, start=1)]
    if told:
        yield context("\n".join(fitting(told, SECTION, "sources")))
