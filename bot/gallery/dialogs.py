"""The modals and the home tab."""

from collections.abc import Iterator

from bot.answers.behind import behind
from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.gallery.posts import moment, subscription
from bot.gallery.specimen import CHANNEL, Specimen
from bot.messages.dialogs import question_view, reason_view
from bot.messages.how import how_view
from bot.messages.render import render
from bot.posts.calendar import outlook
from bot.posts.form import Memo, form_view
from bot.posts.home import Home, home_view
from bot.posts.listing import Listed
from bot.questions.gist import gist

HOW = {
    "How a derived figure was computed": "alumina exports may 2026",
    "How a printed figure was computed": "alumina exports march 2024",
}
MISREAD = "Any news on alumina exports for marsh?"


def dialogs(dataset: Dataset) -> Iterator[Specimen]:
    """The app's own place, and the modals that open from a command, a button or a shortcut."""
    ours = subscription(dataset)
    ahead = outlook(ours, moment(dataset), dataset.calendar, dataset, dataset.newest_complete())
    yield Specimen("Home", "home", home_view(Home(dataset, [Listed(ours, ahead)])), "The app's own place")
    yield Specimen("Home of a newcomer", "home", home_view(Home(dataset)), "The app's own place")
    group = "Modals"
    form = form_view(ours, Memo(CHANNEL, False, "Europe/Madrid"), dataset.catalogue, ahead)
    yield Specimen("Subscribe", "modal", form, group, "/alumina subscribe")
    for name, words in HOW.items():
        yield Specimen(name, "modal", how_view(behind(words, dataset)), group, words)
    yield Specimen("Why it did not help", "modal", reason_view(""), group, "Not helpful")
    (told,) = converse([MISREAD], dataset)
    asked = question_view(gist(MISREAD, dataset), render(told).text, "")
    yield Specimen("Ask Alumina about this", "modal", asked, group, MISREAD)
