"""The words of conditions, English and Chinese, as tables: sense, value, and a pattern for its words.

Tried in this order, and what one has taken no later one reads: "year over year" is not "over".
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.alerts.pieces import SIDE, Sense
from bot.questions.commands import BEFORE

Phrase = tuple[Sense, str, re.Pattern[str]]

_LEADS = (
    rf"^{BEFORE}(?:alert(?:s|ed)?|tell|notify|notified|warn(?:ed)?|ping|inform|remind|let)(?![a-z])"
    r"(?: (?:me|us)(?: know)?(?: once(?! when| if))?)?"
    r"(?: (?:when|whenever|if|that|as soon as|about|of|on|for))*",
    r"(?:的?时候?|的话)?(?:就|则)?(?:[请只仅]|帮我|给我|设置?|新建|添加|加|一?[个条])*"
    r"(?:提醒|预警|通知|告知|告诉)(?:我们|我)?(?:一下|一声)?",
    r"(?:^|(?<=\|)) ?请?(?:当|如果|若|一旦|如)",
    r"when|whenever|if|as soon as|stays?|remains?|(?:back|again)(?= )|的时候|时$",
    # A month is what is watched.
    r"monthly|(?:per|a|each|every|any|in any given) months?(?! (?:ago|earlier|before))|/ ?month|月度|每个?月",
    r"(?:cross|break|dip|slip|go|mov)(?:e?s|ed)?(?= (?:above|below|under|over) )",
    r"(?:break|make|post|see|mark|touch|hit|reach|set)(?:e?s)?"
    r"(?= (?:an? |new |the )*(?:record|all|historic|high|low))",
    r"(?:an? |any |the )?(?:old|earlier|past) figures?(?: of)?|旧数据|历史数据",
    r"(?:figures?|data|numbers?) (?:is|are|comes?|gets?) (?:out|published|released)"
    r"|(?:数据)?一?(?:出来|出炉|公布|发布)(?:了|后|之后)?(?=时|的时候|就|\|)",
    r"(?:大?关口?|整数关)(?=$|[ |¦‡])|大幅度?|明显|显著",
)
# What joins conditions: each is then asked back by itself.
_JOINTS = rf"或者?|并且|而且|且|同时|[都均](?= ?{SIDE})"
_SOME = r"(?:\d+|two|three|four|five|six|ten|twelve)"
_CN_SOME = r"[\d两三四五六七八九十]+"
_RUN = (
    rf"(?:for )?(?:{_SOME} (?:straight|consecutive)(?: (?:months?|monthly))?(?: of)?"
    rf"|(?:{_SOME} months (?:in a row|running)))|in a row|consecutive|straight"
    rf"|连续(?:{_CN_SOME}个?月)?(?=[^至])|{_CN_SOME}?连(?=[涨跌增降])"
)
_SPANS = {
    most: (
        rf"(?:an? |the )?(?:{_SOME}|multi)[ -](?:month|year) {high}s?"
        r"|(?:创下?|创出)?近?(?:年内|今年以?来?|本年|阶段性?|同期"
        rf"|(?:一|{_CN_SOME})(?:年|个月)(?:以?来|内)?)的?[新最]{zh}"
    )
    for most, high, zh in (("highest", "high", "高"), ("lowest", "low", "低"))
}
_OFTEN = {
    "once": r"(?:only |just )?once|one time|only the first time|the first time(?: only)?|(?:只|仅)?一次",
    "every": r"every ?time|each time|always|每一?次都?|每当",
}
_RECORDS = {
    "either": r"(?:new |record )highs? or (?:record )?lows?|(?:创下?)?(?:历史)?新高或(?:历史)?新低",
    "highest": (
        r"(?:an? )?(?:new )?(?:record|all[ -]time|historic(?:al)?|ever) ?highs?|new highs?"
        r"|(?:the )?highest (?:ever|on record|in history)|(?:创[下出]?|刷新)?(?:历史|纪录)?新高|历史最高"
    ),
    "lowest": (
        r"(?:an? )?(?:new )?(?:record|all[ -]time|historic(?:al)?|ever) ?lows?|new lows?"
        r"|(?:the )?lowest (?:ever|on record|in history)|(?:创[下出]?|刷新)?(?:历史|纪录)?新低|历史最低"
    ),
}
_ANY_RECORD = r"(?:an? |any )?(?:new )?records?|(?:创下?|破|刷新)?(?:历史)?新?[纪记]录"

_TURNS = (
    r"(?:turn|go|flip|switch|swing|move|change|slip|fall|dip|becom)(?:s|es|ed|ing|e|ped)?"
    r"|went|became|swung|fell"
)
_SIDES_OF_ZERO = {
    "positive": (
        r"positive|net exporters?|net exports?|(?:trade )?surplus",
        "净出口国?|正(?:增长|值|数)?|顺差|增长?|涨|升",
    ),
    "negative": (
        r"negative|net importers?|net imports?|(?:trade )?deficit",
        "净进口国?|负(?:增长|值|数)?|逆差|下?[降跌]|减",
    ),
}
_EITHER_SIGN = (
    rf"(?:{_TURNS}) (?:its |the )?sign|(?:changes? of )?sign changes?|change of sign|crosses zero"
    r"|变号|正负(?:号)?(?:变化|转换|转变)"
)
_REVISED = (
    r"(?:(?:is|are|was|were|gets?|been|being|has been|have been) )?"
    r"(?:revis(?:ed|es|e|ions?)|restated|restatements?|corrected|corrections?)|(?:被|有)?(?:修订|修正|更正)过?了?"
)

_AGAINST = r"on|from|than|over|vs|versus|against|compared (?:with|to)"
_BEFORE = r"earlier|ago|before"
_ON = {
    "yoy": (
        rf"yoy|y[ /-]o[ /-]y|y/y|year[ -](?:on|over)[ -]year|annual growth|annually"
        rf"|(?:{_AGAINST}) (?:(?:the |a |one )?year(?: (?:{_BEFORE}))?|(?:the )?(?:previous|last) year"
        rf"|(?:the )?same month (?:of )?last year)|[较比](?:去年|上年)(?:同期|同月)?"
        r"|年?同比"
    ),
    "mom": (
        rf"mom|m[ /-]o[ /-]m|m/m|month[ -](?:on|over|to)[ -]month"
        rf"|(?:{_AGAINST}) (?:(?:the |a |one )?month(?: (?:{_BEFORE}))?|(?:the )?(?:previous|last) month)"
        r"|[较比]上个?月|环比"
    ),
}
# What a side can stand before in place of a number: above that of a year earlier.
_ON_SIDE = (
    r"(?:(?<=above )|(?<=below )|(?<=under )|(?<=exceed )|(?<=exceeds )|(?<=at least )|(?<=at most )"
    r"|(?<=[过于超及足破]))"
)
_THAN = {
    "yoy": (
        rf"{_ON_SIDE}(?:last year|a year (?:{_BEFORE})|(?:the )?same (?:month|period) (?:of )?last year"
        r"|(?:去年|上年)(?:同期|同月)(?:的?水平)?)"
    ),
    "mom": rf"{_ON_SIDE}(?:last month|a month (?:{_BEFORE})|上个?月(?:的?水平)?)",
}
_GROWTH = r"growth(?: rate)?|增速|增长率"

_SIDES = {
    "at least": (
        r"(?:at least|no less than|not less than|not below|no lower than|or more|or higher|or above"
        r"|(?:reach|hit)(?:e?s|ed|ing)?(?= ‡)"
        r"|(?:greater|more|higher|larger) than or equal to)"
        r"|不低于|不少于|不小于|(?<!有)没有?(?:低于|跌破)|未(?:低于|跌破)|至少|起码|[大高多]于或?等于|达到?(?=‡)|以上"
    ),
    "at most": (
        r"(?:at most|no more than|not more than|not above|no higher than|or less|or lower|or fewer|or below"
        r"|(?:less|lower|smaller) than or equal to|up to)"
        r"|[小低少]于或?等于|不超过|不高于|不大于|不多于|(?<!有)没有?超过|未能?超过|至多|最多(?= ?‡)|以下"
        r"|以内"
    ),
    "above": (
        r"(?:above|over|more than|greater than|higher than|larger than|bigger than|in excess of|past|beyond"
        r"|(?:cross|break|breach)(?:e?s|ed)?(?: through)?(?= ‡)"
        r"|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|tops|topped)|超过|超出|高于|大于|多于|突破|升破|涨破|站上|超"
    ),
    "below": (
        r"(?:below|under|less than|lower than|smaller than|fewer than|beneath)"
        r"|低于|小于|少于|跌破|跌穿|降破|不足|不到|不及"
    ),
}
_WAYS = {
    "either": (
        r"(?:up or down|either way|in either direction|changes?|changed|moves?|moved|swings?)"
        r"|变化|变动|波动|增减|涨跌"
    ),
    "up": (
        r"(?:up|rises?|rose|risen|rising|increas(?:es?|ed|ing)|grow(?:s|n|ing)?|grew|jump(?:s|ed)?"
        r"|gain(?:s|ed)?|surge[sd]?|climb(?:s|ed|ing)?|soar(?:s|ed)?|higher)"
        r"|增长|增加|上升|上涨|回升|增幅|涨幅|[大暴]涨|[大暴猛激]增|飙升|攀升|走高|[多高]出?(?= ?‡)|增|涨"
    ),
    "down": (
        r"(?:down|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|decreas(?:es?|ed|ing)"
        r"|shrinks?|shrank|plunge[sd]?|slump(?:s|ed)?|tumble[sd]?|dip(?:s|ped)?|slip(?:s|ped)?|lower)"
        r"|下降|下跌|减少|回落|下滑|降幅|跌幅|[大暴]跌|[大骤]降|锐减|萎缩|走低|[少低]了?(?= ?‡)|跌|降|减"
    ),
}
# A level that is reached is no change: fall to less than, 降至.
_REACHED = (
    r"(?:up|down|ris(?:es?|ing)|rose|grows?|grew|climbs?|falls?|fell|drops?|dropped|declines?) to"
    r"|[升降增减涨跌回][升落长加少]?[至到]"
)


def _turns() -> Iterator[tuple[str, str]]:
    """What turns to which sign: turns negative, net importer to net exporter, 由净出口转为净进口."""
    yield "either", _EITHER_SIGN
    english = "|".join(words for words, _ in _SIDES_OF_ZERO.values())
    chinese = "|".join(words for _, words in _SIDES_OF_ZERO.values())
    since = rf"(?: ?from (?:an? )?(?:{english}) )"
    now = r"(?: ?(?:in)?to| being)?(?: an?| the)?"
    for sign, (words, zh) in _SIDES_OF_ZERO.items():
        yield (
            sign,
            (
                rf"(?:{_TURNS})(?: back| again)?(?:{since}|\b){now} ?(?:{words})"
                rf"|{since}to (?:an? )?(?:{words})|(?:is |are |be )?{sign}"
                rf"|(?:[由从](?:{chinese}))?(?:转为|变为|转成|变成|转向|成为|[转为是])(?:{zh})"
            ),
        )


def _phrases() -> Iterator[tuple[Sense, str, str]]:
    yield "run", "", _RUN
    yield from (("span", value, pattern) for value, pattern in _SPANS.items())
    yield from (("lead", "", pattern) for pattern in _LEADS)
    yield from (("often", value, pattern) for value, pattern in _OFTEN.items())
    yield from (("record", value, pattern) for value, pattern in _RECORDS.items())
    yield "record", "either", _ANY_RECORD
    yield from (("turn", value, pattern) for value, pattern in _turns())
    yield "revised", "", _REVISED
    yield from (("on", value, pattern) for value, pattern in _ON.items())
    yield from (("than", value, pattern) for value, pattern in _THAN.items())
    yield "on", "", _GROWTH
    yield from (("side", value, pattern) for value, pattern in _SIDES.items())
    yield "lead", "", f"{_REACHED}|{_JOINTS}"
    yield from (("way", value, pattern) for value, pattern in _WAYS.items())


_START, _END = "(?<![a-z](?=[a-z]))", "(?![a-z])"  # of a word in Latin letters
PHRASES: Final[tuple[Phrase, ...]] = tuple(
    (sense, value, re.compile(f"{_START}(?:{pattern}){_END}")) for sense, value, pattern in _phrases()
)
