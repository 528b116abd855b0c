"""What is typed to the bot and asks no question but for something to be done: its words in both languages."""

import re
from typing import Literal, get_args

from bot.questions.language import simplified, without_language
from bot.questions.lexicon import patterns

Command = Literal["subscribe", "subscriptions", "alerts", "next", "schedule", "alert", "words", "word"]

TAUGHT = patterns("teaching")
LONGEST_LESSON = 200  # characters
BEFORE = (
    r"(?:(?:please|pls|hi|hey|hello|ok|alumina|i|d|id|we|can|could|would|will|you|just|want|like|need|to|be"
    r"|show|list|see|view|what|which|do|have|are|any|set|create|add|make|give|up|me|us|my|our|all|an?|the|new)\W+)*"
)
# "Let me know when the next figures are out" is a question; what is above a number is something to wait for.
_BOUND = r"(?=.*(?:above|below|over|under|beyond|than|exceeds?|at least|at most|&[gl]t;|[<>])\D{0,8}\d)"
# A year that is named is on record, and so is what was; "2000 kt" is no year.
_YEAR = (
    r"(?<![\d$.,])(?<!\$ )(?:19|20)\d\d"
    r"(?!\d|[.,]\d|\W?(?:[km]?t\b|kilo|ton|metric|short|thousand|million|lbs?\b|pounds?\b|us|dollar|[%万亿吨美]))"
)
_WAS = r"\b(?:was|were|did|had|been|fell|rose)\b"
_WHEN = r"\b(?:when|whenever|once|if|as soon as|above|below|over|under|exceeds?|than)\b"
_LET_KNOW = (
    rf"(?:let (?:me|us) know|(?:tell|inform|remind) (?:me|us)) (?!.*(?:{_YEAR}|{_WAS}))"
    rf"(?:whenever|as soon as(?! (?:possible|convenient|(?:yo)?u can))|(?:when|once|if){_BOUND})"
)
_NOTIFY = rf"(?:notify|warn|ping) (?:me|us)(?!(?=.*{_YEAR})(?:.*{_WAS}|(?!.*{_WHEN})))"
_END = rf"(?:cancel|delete|remove|stop|pause|resume|end|(?:turn|switch) off)\W+{BEFORE}alerts?"
# "Each month of 2024" and "share of" are asked of the record; so is what names a year.
_EACH = (
    r"(?:after |at |with )?(?:every|each) (?:new )?(?:month|release|time|edition|bulletin)\b"
    r"(?!\W+(?:of|in|from|since|between|for|during)\b)|\bmonthly\W*$"
)
_SEND = r"(?:post|send|share(?! of)|repeat)\b"
# Slack sends a link of the channel; where it does not know one, the bare name.
_CHANNEL = r"(?:<#(c\w+)(?:\|[^>]*)?>|(#[\w-]+))"
_REMIND = rf"remind (?:me|us|{_CHANNEL}) (?:of|about)\b"
_SCHEDULE = rf"(?:{_SEND}|{_REMIND})(?!.*{_YEAR})(?=.*(?:{_EACH}))"
_EACH_CN = r"(?:每个?月|每次(?:发布|更新)(?:之?后)?)(?:都|自动)*"
_SEND_CN = rf"(?:在?{_CHANNEL}[里中]?)?(?:发送?|推送|提醒(?={_CHANNEL}))"
_SCHEDULE_CN = rf"(?!.*\d年)(?:{_EACH_CN}{_SEND_CN}|{_SEND_CN}(?=.*{_EACH_CN}))"
_THIS = r"\b(?:this|it|that|here|to (?:us|me|this channel))\b|这个?|此|它"
_ENGLISH = re.compile(
    rf"\W*(?:(?P<next>next\W*$)|{BEFORE}(?:(?P<subscribe>subscribe)|(?P<alerts>alerts|{_END})"
    r"|(?P<subscriptions>subscriptions?|unsubscribe)"
    rf"|(?P<schedule>{_SCHEDULE})"
    rf"|(?P<alert>alert(?:ed)?|notified|warned|{_NOTIFY}|{_LET_KNOW}))(?!\w))"
)
# Sign by sign: where the same could be read in two ways, a long row of it would be tried in all of them.
_PLEASE = r"(?:请|麻烦|我|们|想|要|帮|忙)*"
_END_CN = r"(?:取消|停止|删除|关闭|暂停|恢复)(?:我|所有|全部|的)*提醒"
# What is asked, or of which year, where nothing is waited for: "提醒我一下2024年3月氧化铝出口是多少".
_ASKS_CN = (
    r"(?!提醒(?!我|一)|预警)(?=.*(?:(?:19|20)\d\d年|多少|什么|如何|怎|吗|是否|是不是|有没有))"
    r"(?!.*(?:(?<![么几])时(?!间)|当(?![月年前期季日])|若|如果|一旦|只要))"
)
_CHINESE = re.compile(
    rf"^\W*{_PLEASE}(?:(?P<next>下一期\W*$)|(?:(?P<subscribe>订阅)|(?P<subscriptions>订阅列表|退订|取消订阅)"
    rf"|(?P<alerts>提醒列表|我的提醒|查看提醒|{_END_CN}))(?!\w)|(?P<schedule>{_SCHEDULE_CN}))"
    rf"|^(?!\W*+{_ASKS_CN}).*?(?P<alert>提醒|预警|[时候](?:就|请)?(?:通知|告知|告诉)|通知我"
    r"|(?:超过|高于|低于|大于|小于|突破|跌破|多于|少于|不足)[^,，。?？]{0,6}\d[\d.,]*(?:[万千]?吨|[%k]|百分点)*[的就请再,，]*(?:告诉|告知|通知)我)",
    re.DOTALL,
)


def command_in(text: str) -> Command | None:
    """What a text asks for that is no question; "next release" is one, "next" alone is not."""
    asked = simplified(without_language(text)).casefold()
    if len(asked) <= LONGEST_LESSON and TAUGHT.listed.fullmatch(asked):
        return "words"
    if len(asked) <= LONGEST_LESSON and (TAUGHT.forgotten.fullmatch(asked) or TAUGHT.taught.fullmatch(asked)):
        return "word"
    found = _ENGLISH.match(asked) or (None if asked.isascii() else _CHINESE.search(asked))
    return next(each for each in get_args(Command) if found[each]) if found else None


_SCHEDULING = re.compile(
    rf"^\W*{BEFORE}(?:{_SEND}|{_REMIND})|(?:\b(?:in|to)\s*)?{_CHANNEL}"
    rf"|{_EACH}|{_SCHEDULE_CN}|{_THIS}"
)


def channel_in(text: str) -> str:
    """The channel that a text names, by its id, or as it is written where Slack knows none; '' for none."""
    found = re.search(_CHANNEL, text, re.IGNORECASE)
    return found[1] or found[2] if found else ""


def without_schedule(text: str) -> str:
    """What is to be posted of a text that wants it after each release; '' where it names nothing."""
    return _SCHEDULING.sub(" ", text.casefold()).strip(" ,.!?，。！？")
