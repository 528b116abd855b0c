"""What is typed to the bot and asks no question but for something to be done: its words in both languages."""

import re
from typing import Literal, get_args

from bot.questions.hanzi import simplified
from bot.questions.language import without_language
from bot.questions.question import Issue, Unresolved
from bot.words import say

Command = Literal["subscribe", "subscriptions", "alerts", "next", "alert"]

_SHOWN = 40
BEFORE = (
    r"(?:(?:please|pls|hi|hey|hello|ok|alumina|i|d|id|we|can|could|would|will|you|just|want|like|need|to|be"
    r"|show|list|see|view|what|which|do|have|are|any|set|create|add|make|give|up|me|us|my|our|all|an?|the|new)\W+)*"
)
# "Let me know when the next figures are out" is a question; what is above a number is something to wait for.
_BOUND = r"(?=.*(?:above|below|over|under|beyond|than|exceeds?|at least|at most|&[gl]t;|[<>])\D{0,8}\d)"
_LET_KNOW = (
    r"(?:let (?:me|us) know|(?:tell|inform|remind) (?:me|us)) "
    rf"(?:whenever|as soon as|(?:when|once|if){_BOUND})"
)
_ENGLISH = re.compile(
    rf"\W*(?:(?P<next>next\W*$)|{BEFORE}(?:(?P<subscribe>subscribe)|(?P<alerts>alerts)"
    r"|(?P<subscriptions>subscriptions?|unsubscribe)"
    rf"|(?P<alert>alert(?:ed)?|notified|warned|(?:notify|warn|ping) (?:me|us)|{_LET_KNOW}))(?!\w))"
)
_CHINESE = re.compile(
    r"^\W*(?:(?P<next>下一期\W*$)|(?:(?P<subscribe>订阅)|(?P<subscriptions>订阅列表|退订|取消订阅)"
    r"|(?P<alerts>提醒列表|我的提醒|查看提醒))(?!\w))"
    r"|(?P<alert>提醒|预警|[时候](?:就|请)?(?:通知|告知|告诉)|通知我)"
)


def command_in(text: str) -> Command | None:
    """What a text asks for that is no question; "next release" is one, "next" alone is not."""
    asked = simplified(without_language(text)).casefold()
    found = _ENGLISH.match(asked) or _CHINESE.search(asked)
    return next(each for each in get_args(Command) if found[each]) if found else None


def refusal_of(text: str) -> Unresolved | None:
    """Where it is done, and what there is instead; None for a question. "Next" alone has its own sentence."""
    command = command_in(text)
    if command is None or command == "next":
        return None
    return Unresolved("not_understood", (Issue(text.strip()[:_SHOWN], say(f"commands.{command}")),))
