"""What people typed, fit to be shown again: all of it visible, and without power over the words around it."""

import re
from bisect import bisect_left
from itertools import accumulate

from bot.messages.blocks import escape

# Control characters, marks of direction, joiners and spaces of no width, fillers, tags, halves of a pair.
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
LINES = re.compile("[\t\n\u0085\u2028\u2029]+")
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
