"""One thing to look at."""

from dataclasses import dataclass
from typing import Literal

from bot.messages.message import Message
from bot.messages.modal import View
from bot.words import Language

Kind = Literal["message", "modal", "home"]
ASKER = "U_ANA"  # who asks in the gallery, in the trade's channel of a workspace
WORKSPACE = "T0LOCAL"


@dataclass(frozen=True, slots=True)
class Specimen:
    """`content` is a `Message` where the kind is message, else a view.

    `group` is the heading it stands under, `asked` what a person typed or pressed to get it, `language` the
    one that it is in; name and group are the gallery's own, and the same in each.
    """

    name: str
    kind: Kind
    content: Message | View
    group: str
    asked: str = ""
    language: Language = "en"
