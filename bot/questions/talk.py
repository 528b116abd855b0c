"""What people say to each other in words of ours: statements, goodbyes, praise, names that are months."""

import re

# Months that are verbs or people, goodbyes, praise, what somebody did; things said of "it".
_PHRASES = re.compile(
    r"\b(?:i|it|we|you|u|they|he|she|who|that|this|there|prices?) may\b"
    r"|(?<!\bin )\bmay (?:be|have|not(?! (?:ja|fe|mar|ap|ju|au|se|oc|no|de))"
    r"|well|also|still|even|come|go|see|rise|fall|drop|increase|decline)\b"
    r"|\b(?:lets|let us|we|they) march\b(?! ?\d)|\bmarch (?:on(?! march)|ahead|forward|together)\b"
    r"|\bi (?:was|am|will be|went)\b|\bim (?:out|off|in|back|away|on)\b"
    r"|\b(?:we|i) (?:have |had |just |also |already )*"
    r"(?:bought|buy|sold|sell|ship|shipped|imported|exported|had|have|did|got)\b"
    r"|\b(?:my|our|your)\b(?! (?:sources?|figures?|numbers?|data)\b)"
    r"|\bwhat an? (?:month|quarter|year|rise|fall|jump|drop)$"
    r"|\b(?:see|talk to|call|meet) (?:you|u|ya|me|us)\b|\btalk (?:soon|later)\b|\byou (?:both|two)\b"
    r"|\bboth of you\b|\b(?:are|r) (?:you|u) (?:in|out|around|free|there|here|back)\b"
    r"|\bwhere (?:are|r) (?:you|u)\b|^(?:pls |please )?(?:see|read|cf) (?:the|this|that|above|below)\b"
    r"|\b(?:you|u) (?:around|free)\b|^out (?:in|of|on|until|till|from)\b|\b(?:no|not) surpris"
    r"|\b(?:great|nice|good|cool|lovely|perfect|bad|crazy|busy|tough) "
    r"(?:chart|graph|trend|figures?|numbers?|data|table|summary|overview|source|value|month|year|quarter|[qh]\d)\b"
    r"|\b(?:thanks|thank you|thx|ty|cheers) for\b"
    r"|\b(?:everything|all) (?:ok|okay|good|fine|clear|right|set|done|great)\b"
    r"|\b(?:is that|is it|thats|its|very|crystal) clear\b"
    r"|\b(?:scrap|ship) (?:it|that)$|\bworth (?:it|a|the)\b|\bprimary sources?\b"
    r"|\btons? of (?:it|them|data|work)\b"
    r"|\bsources? (?:say|says|said|tell|told|close)\b"
    r"|\bwhy (?:not|me)\b|\bbill please\b|\bthe bill$"
)
_NAMES = "april|may|june|august|al|max"
_GREETED = re.compile(
    rf"\b(?:hi|hello|hey|dear|ask|cc|morning|afternoon|evening|thanks|thx|cheers) (?:{_NAMES})$"
)
_ADDRESSED = re.compile(rf"^(?:{_NAMES}) ?[,:] ?(?:please|pls|can|could|would|will|do|did|have|are)\b", re.I)
# "june is here", "q2 was great", "exports fell again": told and not asked.
_BE = re.compile("is|are|was|were|am|isnt|arent|wasnt|will|wont|would|might|could|should|shall|must")
_TOLD = re.compile(
    r"\b(?:we|you|u|they|i|he|she|customs|china) (?:have |had |just |also |already |all )*"
    r"(?:said|told|revised|changed|corrected|restated|published|reported|printed)\b"
)
_OPENS = re.compile("is|are|was|were|do|does|did|has|have|had|can|could|will|would|should")
_MOVED = re.compile(
    r"\b(?:up(?! to\b)|down|rose|fell|rises|falls|risen|fallen|rising|falling|jumped|dropped|dropping"
    r"|declined|declining|increased|increasing|decreased|climbed|surged|plunged|slumped|gained|higher|lower)\b"
    r"|(?<!record )(?<!time )\b(?:highs?|lows?)\b"
)
_AMONG_US = re.compile("也是$|我们|大家|[我你].{0,4}在|(?:[涨跌多少高低增减降升]|出来)了$")
_ASKS = re.compile(
    r"\b(?:what|whats|how|hows|which|when|where|who|whose|why|if|whether|tell|show|give|send|need|want|like"
    r"|please|pls|check|compare|top|biggest|largest)\b"
)
_OPENERS = frozenset("and or but so ok okay then now well hm hmm oh ah also yes yep no hi hey".split())


def is_talk(text: str, plain: str) -> bool:
    """Whether the text, `plain` once it was cleaned, is told rather than asked."""
    if _PHRASES.search(plain) or _ADDRESSED.search(text):
        return True
    return not ("?" in text or "？" in text) and (bool(_GREETED.search(plain)) or _is_statement(plain))


def _is_statement(plain: str) -> bool:
    """Whether something is said of something: its verb does not open the sentence, and nothing asks."""
    words = [word for word in plain.split() if word not in _OPENERS]
    if not words or _OPENS.fullmatch(words[0]) or _ASKS.search(plain):
        return False
    if any(told.search(plain) for told in (_MOVED, _AMONG_US, _TOLD)):
        return True
    return any(_BE.fullmatch(word) for word in words)
