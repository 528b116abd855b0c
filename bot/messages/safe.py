"""What people typed, fit to be shown again: all of it visible, and without power over the words around it."""

import re
from bisect import bisect_left
from itertools import accumulate

from bot.messages.blocks import escape
from bot.questions.normalise import INVISIBLE

LINES = re.compile("[\t\n\u000b-\u000d\u001c-\u001f\u0085\u2028\u2029]+")
# Slack's signs for bold, struck out and code, as signs that look like them; for italics at a word's edge.
SIGNS = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
ITALIC = re.compile(r"(?<![^\W_])_|_(?![^\W_])")


def visible(text: str) -> str:
    """The text on one line, of characters that can be seen, in the order in which they stand."""
    if text.isascii() and text.isprintable():  # as nearly everything is
        return text
    return INVISIBLE.sub("", LINES.sub(" ", text))


def neutral(text: str) -> str:
    """The text without the signs that Slack reads as markup; links and mentions are up to `escape`."""
    return ITALIC.sub("＿", text.translate(SIGNS))


def quoted(text: str) -> str:
    """What a person typed, for mrkdwn: it can neither mention, link, style nor turn what follows around."""
    return escape(neutral(visible(text)))


def shortened(text: str, most: int) -> str:
    """The same of so many characters at most, with a sign where something is left out."""
    shown = neutral(visible(text))
    if len(whole := escape(shown)) <= most:
        return whole
    signs = [escape(sign) for sign in shown]
    ends = list(accumulate(map(len, signs)))
    return "".join([*signs[: bisect_left(ends, most)], "…"])
