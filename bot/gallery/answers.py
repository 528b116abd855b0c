"""Answers to questions: each view, what cannot be answered, older forms; the modals and the home tab."""

from collections.abc import Iterator

from bot.answers.answer import Answer
from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.gallery.posts import moment, subscription
from bot.gallery.specimen import ASKER, NO_ANSWER, Specimen, asked, headings
from bot.home import home_view
from bot.messages.buttons import with_controls
from bot.messages.details import details_view
from bot.messages.fallback import in_form
from bot.messages.message import Message
from bot.messages.modal import question_view, reason_view
from bot.messages.render import render
from bot.posts.form import form_view, memo_of
from bot.posts.schedule import plan
from bot.profile import profile
from bot.questions.overheard import gist
from bot.words import LANGUAGES, language

OLDER, CHARTED = ("Comparisons", "Everything against a year earlier"), ("Charts", "Thirteen months")
SUBSCRIBE = ("/alumina subscribe", "/alumina 订阅")
ASK_ABOUT = "Ask Alumina about this"


def answers(dataset: Dataset) -> Iterator[Specimen]:
    """An answer to each question, with what stands below it for whoever asked; then in older blocks."""
    for group in headings():
        for name, words in asked(group).items():
            answer = _answer(words, dataset)
            if (answer.outcome == "answered") != (group == NO_ANSWER) or profile().gallery:
                yield Specimen(name, _controlled(answer), group, words)
    group = "For workspaces without the newer blocks"
    for what, (heading, name) in {"A comparison": OLDER, "A chart": CHARTED}.items():
        words = asked(heading)[name]
        message = _controlled(_answer(words, dataset))
        yield Specimen(f"{what} with older blocks", in_form(message, "table"), group, words)
    yield Specimen(f"{what} as text alone", in_form(message, "text"), group, words)


def _answer(words: str, dataset: Dataset) -> Answer:
    (answer,) = converse([words], dataset)
    return answer


def _controlled(answer: Answer) -> Message:
    return with_controls(render(answer), ASKER)


def dialogs(dataset: Dataset) -> Iterator[Specimen]:
    """The app's own place, and the modals that open from a command, a button or a shortcut."""
    ours = subscription(dataset)
    ahead = plan(ours, dataset).outlook(moment(dataset), dataset.newest_complete())
    group, modals = "The app's own place", "Modals"
    home = home_view(dataset, [ahead], messages=ASKER)
    yield Specimen("Home", home, group)
    yield Specimen("Home of a newcomer", home_view(dataset, messages=ASKER), group)
    form = form_view(ours, memo_of(ours, known=False, own_zone="Europe/Madrid"), dataset, ahead)
    yield Specimen("Subscribe", form, modals, SUBSCRIBE[LANGUAGES.index(language())])
    every = asked(modals)
    said = every.pop(ASK_ABOUT)
    for name, words in every.items():
        explained = details_view(printed(_answer(words, dataset), dataset))
        yield Specimen(name, explained, modals, words)
    yield Specimen("Why it did not help", reason_view(""), modals, "Not helpful")
    corrected = question_view(gist(said, dataset), render(_answer(said, dataset)).text, "")
    yield Specimen(ASK_ABOUT, corrected, modals, said)
