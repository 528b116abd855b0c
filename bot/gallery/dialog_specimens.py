"""The modals and the home tab."""

from collections.abc import Iterator

from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.gallery.asked import asked
from bot.gallery.posts import moment, subscription
from bot.gallery.specimen import ASKER, Specimen
from bot.messages.details import details_view
from bot.messages.modal import question_view, reason_view
from bot.messages.render import render
from bot.posts.form import form_view, memo_of
from bot.posts.home import Home, home_view
from bot.posts.order_list import Listed
from bot.posts.schedule import outlook
from bot.questions.overheard import gist
from bot.words import LANGUAGES, language

SUBSCRIBE = ("/alumina subscribe", "/alumina 订阅")
ASK_ABOUT = "Ask Alumina about this"


def dialogs(dataset: Dataset) -> Iterator[Specimen]:
    """The app's own place, and the modals that open from a command, a button or a shortcut."""
    ours = subscription(dataset)
    ahead = outlook(ours, moment(dataset), dataset, dataset.newest_complete())
    yield Specimen(
        "Home", "home", home_view(Home(dataset, [Listed(ours, ahead)], messages=ASKER)), "The app's own place"
    )
    yield Specimen(
        "Home of a newcomer", "home", home_view(Home(dataset, messages=ASKER)), "The app's own place"
    )
    group, spoken = "Modals", LANGUAGES.index(language())
    form = form_view(ours, memo_of(ours, known=False, own_zone="Europe/Madrid"), dataset, ahead)
    yield Specimen("Subscribe", "modal", form, group, SUBSCRIBE[spoken])
    every = asked(group)
    said = every.pop(ASK_ABOUT)
    for name, words in every.items():
        (answer,) = converse([words], dataset)
        yield Specimen(name, "modal", details_view(printed(answer, dataset)), group, words)
    yield Specimen("Why it did not help", "modal", reason_view(""), group, "Not helpful")
    (told,) = converse([said], dataset)
    corrected = question_view(gist(said, dataset), render(told).text, "")
    yield Specimen(ASK_ABOUT, "modal", corrected, group, said)
