"""A message as Slack takes it: blocks, and a text that says all of it; by what names its buttons are told."""

import re
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
HOME_ASK = "home_{}"  # the same on the home tab, numbered
HOME_ASKED = re.compile(r"^home_\d$")
ASK = re.compile(r"^ask(_private)?_\d$")  # asks the question that its value holds, as JSON
MENU = "menu"  # units, a file, a post after each release, more
MENU_CHOSEN = re.compile(r"^menu(_[0-9a-f]{16})?$")  # with the id of a stored question
UNITS = "units"  # callback_id of the modal in which a unit is chosen, and the name of its field
HOW = "how"  # opens what stands behind the answer; its value is the question, as JSON
FEEDBACK = "feedback"  # its values are UP and DOWN
UP, DOWN = "up", "down"
HELD = re.compile(r"^held_(accepted|rejected)$")  # of a held figure, whose number is its value
WORD_FORGOTTEN = "word_forgotten"  # takes a taught word away, its value; numbered in a list
FORGETS_WORD = re.compile(rf"^{WORD_FORGOTTEN}(_\d+)?$")
DELETE = "delete"  # its value is the user who asked, and who alone may delete


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes into the thread of a message; its name ends in its kind."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True)  # without slots, which go one by one from process to process
class Message:
    """`text` is the complete spoken answer (notifications and screen readers); `blocks` show the same.

    `more` are the lines of lists and tables, for where no block can stand.
    """

    text: str
    blocks: tuple[Block, ...]
    file: File | None = None
    more: tuple[str, ...] = ()
