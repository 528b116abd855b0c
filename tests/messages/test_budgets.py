"""Every message keeps its budget of words and lets no hostile text do anything."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from rich.console import Console

from bot.answers.answer import Answer
from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.answers.monthly import monthly_summary
from bot.answers.plots import Plot
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.messages.blocks import FORMS, Message, in_form
from bot.messages.buttons import Ask, asked_back, with_controls
from bot.messages.command_line import document, drawn
from bot.messages.details import details_view
from bot.messages.render import render
from bot.messages.tabulated import chart_of
from bot.playground.limits import problems, view_problems
from bot.questions.question import Question
from bot.words import LANGUAGES
from handlers.delivery import asked_by
from tests.any_question import DATASET, questions
from tests.hostile import HOSTILE, texts
from tests.messages.asked import answered
from tests.tables import looped

DRAWN = ("actions", "context_actions", "table", "data_table", "data_visualization")
BUDGETS = {"figure": 42, "month": 60, "comparison": 60, "trend": 60, "highlights": 90, "revisions": 90}
OTHER, POST, FIRST_LINE, SPOKEN = 70, 90, 120, 900
LABEL, LABELS, BUTTONS, ENTRIES = 24, 29, 3, 5
NOT_SAID = re.compile(
    r"\bderived\b|±|\babout \d|status not known|not known|via copy|github|date not|\bneither\b|nor is\b"
    r"|已知状态"
)
HAN = re.compile("[\u4e00-\u9fff]")
SIGNS_A_WORD = 1.8


@pytest.fixture(scope="module")
def rendered(dataset):
    return [(kind, text, answer, render(answer)) for kind, text, answer in answered(dataset)]


def shown(blocks):
    """The texts of blocks, without what is drawn or pressed."""
    return " ".join(text for _, text in texts(blocks, skip=DRAWN))


def words(blocks):
    told = re.sub(r"<[^|>]*\|", "", shown(blocks))
    plain = HAN.sub(" ", told).split()
    return sum(bool(re.search(r"\w", word)) for word in plain) + len(HAN.findall(told)) / SIGNS_A_WORD


def test_words_keep_to_the_budget_of_their_kind_and_the_first_line_is_bold(rendered):
    assert len(rendered) > 300
    assert {answer.language for _, _, answer, _ in rendered} == set(LANGUAGES)
    for kind, text, _, message in rendered:
        assert words(message.blocks) <= BUDGETS.get(kind, OTHER), (kind, text)
        assert not NOT_SAID.search(shown(message.blocks)), text
        assert len(message.text) <= SPOKEN, text
        assert not re.search("[▲▼]", message.text), text  # a notification has no arrow
        for block in message.blocks[:1]:
            first = block["text"]["text"].split("\n")[0]
            assert first.startswith("*"), text
            assert len(first.replace("*", "")) <= FIRST_LINE, text


def test_three_buttons_and_a_menu_one_chart_and_one_line_of_source(rendered):
    for _, text, _, message in rendered:
        pressed = [e for block in message.blocks if block["type"] == "actions" for e in block["elements"]]
        labels = [each["text"]["text"] for each in pressed if each["type"] == "button"]
        assert len(set(labels)) == len(labels) <= BUTTONS, (text, labels)
        assert all(len(label) <= LABEL for label in labels), (text, labels)
        assert all(each["accessibility_label"] for each in pressed if each["action_id"].startswith("ask_"))
        for menu in (each for each in pressed if each["type"] == "overflow"):
            assert sum(map(len, labels)) <= LABELS, (text, labels)
            assert len(menu["options"]) <= ENTRIES
        kinds = [block["type"] for block in message.blocks]
        assert kinds.count("data_visualization") <= 1, text
        assert kinds.count("context") <= 2, text
        if "data_visualization" in kinds:
            assert not {"table", "data_table"} & set(kinds), f"{text}: a button brings the table"


def test_slack_takes_every_form_and_text_alone_says_all(dataset, rendered):
    for _, text, answer, message in rendered:
        shaped = {form: in_form(message, form) for form in FORMS}
        for form, each in shaped.items():
            assert problems(each.text, each.blocks) == [], (text, form)
        rows = [row for block in message.blocks if block["type"] == "table" for row in block["rows"]]
        cells = [cell["text"].replace("<", "&lt;") for row in rows for cell in row]
        assert [cell for cell in cells if cell not in shaped["text"].text] == [], text
        if answer.question and answer.figures:
            assert view_problems(details_view(printed(answer, dataset))) == [], text


@looped("month", [Month(2024, 3), Month(2026, 2), Month(2026, 7)])
def test_a_monthly_post_keeps_to_its_budget(dataset, month):
    for language in LANGUAGES:
        message = render(monthly_summary(dataset, month, language=language))
        kinds = [block["type"] for block in message.blocks]
        assert words(message.blocks) <= POST
        assert kinds.count("data_visualization") == 1
        assert "table" in kinds
        assert problems(message.text, message.blocks) == []


@given(questions())
def test_any_answer_fits_in_each_form(question):
    message = render(respond(question, DATASET))
    for form in FORMS:
        shaped = in_form(message, form)
        assert problems(shaped.text, shaped.blocks) == []


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


def harmless(message):
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


def called(text):
    """A question about a series of that name, as a damaged button might hold it."""
    return Question.of((text,), ("export",), Period.month(Month(2026, 4)), view="trend")


@every_text
def test_an_echo_a_button_and_words_that_do_not_resolve(text):
    harmless(asked_by(Message("140 kt", ({"type": "divider"},)), "U1", text))
    harmless(Message("Which?", tuple(asked_back([Ask(text[:24], called(text))], {}))))
    refusal = f"I do not know the word “{text}”; did you mean “{text}”?"
    harmless(render(Answer("not_understood", None, refusal=refusal, suggestions=(called(text),))))


@every_text
def test_what_is_typed_as_a_question_and_after_one(dataset, text):
    for typed in (text, f"alumina exports {text}", f"{text} march 2024", f"and {text}?"):
        for turns in ([typed], ["alumina exports april 2026", typed]):
            answer, out = list(converse(turns, dataset))[-1], StringIO()
            harmless(asked_by(render(answer), "U1", typed))
            assert not UNSEEN.search(document(answer)["text"])
            Console(file=out, width=100, force_terminal=False).print(drawn(answer))
            assert answer.outcome == "silent" or out.getvalue().strip()  # not for us: nothing is said
            assert not UNSEEN.search(out.getvalue())


@every_text
def test_the_labels_of_a_chart(dataset, text):
    (figure,) = respond(ALUMINA, dataset).figures
    named = [figure.series._replace(commodity=f"{text}{end}") for end in ("", " b")]
    months = [replace(figure, period=figure.period.plus(step)) for step in range(3)]
    lines = [tuple(replace(month, series=series) for month in months) for series in named]
    chart = chart_of(Answer("answered", ALUMINA, plot=Plot("months", tuple(lines))))
    assert chart
    harmless(Message("Alumina", (chart,)))
