"""What people type, shown again: it neither mentions, links, styles nor hides anything, wherever it is."""

import re
from dataclasses import replace
from io import StringIO

from rich.console import Console

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.answers.plots import Plot
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.buttons import Ask, asked_back, with_controls
from bot.messages.document import document
from bot.messages.fallback import FORMS, in_form
from bot.messages.message import Message
from bot.messages.render import render
from bot.messages.tabulated import chart_block, chart_of
from bot.messages.terminal import drawn
from bot.playground.limits import problems
from bot.questions.question import Question
from handlers.delivery import asked_by
from tests.hostile import HOSTILE, texts
from tests.tables import looped

ALUMINA = Question.of(("alumina",), ("export",), Period.month(Month(2026, 4)))
ASKER = re.compile(r"^<@U1> asked: ")
OWN_LINK = re.compile(r"<https?://[^<>|\s]+\|[^<>|]*>")  # of our sources
UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# A first line and a title are bold as a whole.
OWN_BOLD = re.compile(r"^\*([^*\n]*)\*(?=$| · )", re.MULTILINE)
MARKUP = re.compile(r"[`*]|(?<!\w)~\S(?:[^~\n]*\S)?~(?!\w)")
every_text = looped("text", HOSTILE)


def harmless(message: Message) -> None:
    """In every form, as Slack would read it."""
    for form in FORMS:
        shown = in_form(with_controls(message, "U1"), form)
        assert problems(shown.text, shown.blocks) == []
        for kind, told in [("mrkdwn", shown.text), *texts(shown.blocks)]:
            assert not UNSEEN.search(told)
            if kind == "mrkdwn":
                rest = OWN_BOLD.sub(r"\1", OWN_LINK.sub("", ASKER.sub("", told)))
                assert not re.search("[<>]", rest)
                assert not MARKUP.search(rest)


def called(text: str) -> Question:
    """A question about a series of that name, as a damaged button might hold it."""
    return Question.of((text,), ("export",), Period.month(Month(2026, 4)), view="trend")


@every_text
def test_an_echo_a_button_and_words_that_do_not_resolve(text: str) -> None:
    harmless(asked_by(Message("140 kt", ({"type": "divider"},)), "U1", text))
    harmless(Message("Which?", tuple(asked_back([Ask(text[:24], called(text))], {}))))
    refusal = f"I do not know the word “{text}”; did you mean “{text}”?"
    harmless(render(Answer("not_understood", None, refusal=refusal, suggestions=(called(text),))))


@every_text
def test_what_is_typed_as_a_question_and_after_one(dataset: Dataset, text: str) -> None:
    for typed in (text, f"alumina exports {text}", f"{text} march 2024", f"and {text}?"):
        for turns in ([typed], ["alumina exports april 2026", typed]):
            answer = list(converse(turns, dataset))[-1]
            harmless(asked_by(render(answer), "U1", typed))
            assert not UNSEEN.search(document(answer)["text"])


@every_text
def test_the_terminal(dataset: Dataset, text: str) -> None:
    for typed in (text, f"alumina exports march 2024 {text}"):
        out = StringIO()
        (answer,) = converse([typed], dataset)
        if answer.outcome != "silent":  # not for us: nothing is said
            Console(file=out, width=100, force_terminal=False).print(drawn(answer))
            assert out.getvalue().strip()
            assert not UNSEEN.search(out.getvalue())


@every_text
def test_the_labels_of_a_chart(dataset: Dataset, text: str) -> None:
    (figure,) = respond(ALUMINA, dataset).figures
    named = [figure.series._replace(commodity=f"{text}{end}") for end in ("", " b")]
    months = [replace(figure, period=figure.period.plus(step)) for step in range(3)]
    lines = [tuple(replace(month, series=series) for month in months) for series in named]
    chart = chart_of(Answer("answered", ALUMINA, plot=Plot("months", tuple(lines))))
    assert chart
    harmless(Message("Alumina", (chart_block(chart),)))
