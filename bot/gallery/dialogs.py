"""The modals and the home tab."""

from collections.abc import Iterator

from bot.answers.behind import behind
from bot.dataset.dataset import Dataset
from bot.gallery.posts import moment, subscription
from bot.gallery.specimen import CHANNEL, Specimen
from bot.messages.how import how_view
from bot.posts.calendar import outlook
from bot.posts.form import Memo, form_view

DERIVED = "alumina exports may 2026"
PRINTED = "alumina exports march 2024"


def dialogs(dataset: Dataset) -> Iterator[Specimen]:
    """The views that open from a command, a button or the app's own place."""
    ours, names = subscription(dataset), dataset.catalogue
    ahead = outlook(ours, moment(dataset), dataset.calendar, dataset, dataset.newest_complete())
    group = "Modals"
    form = form_view(ours, Memo(CHANNEL, False, "Europe/Madrid"), names, ahead)
    yield Specimen("Subscribe", "modal", form, group, "/alumina subscribe")
    for name, words in {"derived": DERIVED, "printed": PRINTED}.items():
        view = how_view(behind(words, dataset))
        yield Specimen(f"How a {name} figure was computed", "modal", view, group, words)
