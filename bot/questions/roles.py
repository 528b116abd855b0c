"""What a mention stands for beside the others: verbs as flows, China as a side, a series as an attribute."""

import re
from itertools import pairwise

from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import ATTRIBUTED
from bot.questions.patterns import pattern

_FILE = pattern("roles", "file")
_THING = re.compile(r"(?:it|this|that|these|those|them)\b")
_COMMAND = re.compile(r"(?:can you|could you|please|pls|^|to|and)\s*$")
_LIGHT_VERBS = frozenset(
    "took take taken come came comes brought bring pull pulled clear cleared enter source sourced sourcing "
    "intake".split()
) | {"get in"}
_FIGURE_OF_SPEECH = re.compile(r"\b(?:what|number|figure|look|out|it)\s*$")
_OUT = re.compile(r"(?:point|find|check|figure|help|turn|work|come|came|comes|be|is|are)\s*$")
_VAGUE = frozenset(
    "abroad overseas out took take taken come came comes land source cleared clear".split()
) | {"foreign buyers"}
_SIDES = frozenset(
    ("from china", "to china", "out of china", "into china", "from abroad", "from overseas", "trade")
)
_PLACES = _SIDES | {"arrivals", "arrival", "overseas", "abroad"}
_DISMISSALS = ("never mind", "nevermind", "forget it")
_SENTENCE_END = re.compile(r"\s*[.,;!-]")
_AVERAGE = re.compile(r"\b(?:average|avg|mean|implied|unit|customs)\b[a-z ]*$|平均[进出]?口?$")
_ASKED_OF_US = pattern("roles", "asked_of_us")
_AFTER_TOTAL = frozenset(
    "of for in from over across please pls too then as again now and or if thanks to".split()
)
_OWN = re.compile(r"\b(?:my|our|his|her|their|your|the|this) $")
_ALIKE = re.compile(r"-?(?:like|ish|style)\b|\s+(?:says|said|shows|has)\b")
_SPENDING = frozenset("spend spent spending pay paid paying earn earned".split())
_METAL = ("aluminium", "aluminum", "alu", "al")
_OPENS = re.compile(r"[a-z ]*\(\s*|\.\s*")
_TOTAL = re.compile(
    r"(?<=\d )(total)\W*$|\b(?:exports|imports|trade|in us\$|in [a-z]+|per day) (total)\b(?! (?:of|in|for)\b)"
)
_OF_FIGURES = frozenset("table sheet view update analysis spreadsheet database".split())
_NOUN = re.compile(r"\s+([a-z]+)")
_ADJECTIVES = (
    "quarterly",
    "monthly",
    "yearly",
    "annually",
    "weekly",
    "average",
    "per month",
    "trend",
    "coverage",
    "source",
)
_AS_ATTRIBUTE = pattern("roles", "as_attribute")


def assign_roles(draft: Draft) -> None:
    """Decides which verbs are flows, which flows only name a side, which series only qualify a noun."""
    _file_exports(draft)
    _followed_by_time(draft)
    if not draft.has("flow"):
        _verbs(draft)
    for mention in draft.mentions:
        if mention.kind == "weakflow":
            mention.kind = "word"
    _sides(draft)
    _attributes(draft)
    _dismiss(draft)
    _somebody_s(draft)
    _named_total(draft)
    _bracketed(draft)
    _costs(draft)
    _average_prices(draft)


def _costs(draft: Draft) -> None:
    """What something cost in dollars is its value, a price per tonne its unit value, and no market price."""
    if draft.has("measure", "value", "unit_value"):
        for mention in draft.live("oos", "price"):
            if mention.text in ("cost", "costs", "price", "prices", "cif", "到岸价", "价格"):
                mention.kind = "courtesy"


def _average_prices(draft: Draft) -> None:
    """The average price of exports is their unit value."""
    for mention in draft.live("oos", "price"):
        if mention.text in ("price", "prices", "价格", "价") and _AVERAGE.search(draft.before(mention)[-32:]):
            mention.kind, mention.value = "measure", "unit_value"
            for view in draft.live("view", "average"):
                view.live = False


def _dismiss(draft: Draft) -> None:
    """Reads "Never mind." takes back what was begun; "quarterly note" asks for no view."""
    for mention in draft.live("op", "not"):
        rest = draft.after(mention)
        if (
            mention.text in _DISMISSALS
            and _SENTENCE_END.match(rest)
            and any(m.kind == "series" and m.start > mention.end for m in draft.mentions)
        ):
            for other in draft.mentions:
                other.live = other.live and other.start > mention.start
    for mention in draft.live("view", "total"):
        mention.live = not _is_adjective(draft, mention)
    for mention in draft.live("view"):
        following = _NOUN.match(draft.after(mention))
        if following and following[1] in ATTRIBUTED - _OF_FIGURES and mention.text in _ADJECTIVES:
            mention.live = False


def _somebody_s(draft: Draft) -> None:
    """A sheet that somebody has is no file to be made; money spent in another sentence is no measure."""
    for mention in draft.live("view", "export"):
        mention.live = not (_OWN.search(draft.before(mention)) or _ALIKE.match(draft.after(mention)))
    lines = draft.live("series") + draft.live("flow")
    for mention in draft.live("measure", "value"):
        if mention.text in _SPENDING and lines:
            between = (draft.text[min(m.end, mention.end) : max(m.start, mention.start)] for m in lines)
            mention.live = any(not re.search("[.!?]", gap) for gap in between)


def _bracketed(draft: Draft) -> None:
    """Reads "Scrap imports (aluminium)": the metal says of which metal it is, and is no series beside it."""
    series = draft.live("series")
    for before, mention in pairwise(series):
        bare = mention.value == "unwrought_aluminium" and mention.text in _METAL
        if bare and before.value != mention.value and _OPENS.fullmatch(draft.between(before, mention)):
            mention.live = False


def _named_total(draft: Draft) -> None:
    """Reads "alumina exports total March 2026 and April 2026": a sum, as it is said on buttons."""
    match = _TOTAL.search(draft.text)
    if match and sum(m.kind == "time" for m in draft.mentions) > 1:
        draft.mentions.append(Mention("view", "total", match.start(), match.end(), match[0]))


def _is_adjective(draft: Draft, mention: Mention) -> bool:
    """Whether a total only qualifies: "the total quantity", "January-February combined"."""
    spans = ("to_date", "range")
    if any(
        m.kind == "time" and m.time.kind in spans and 0 <= mention.start - m.end <= 2 for m in draft.mentions
    ):
        return True
    following = _NOUN.match(draft.after(mention))
    return mention.text.endswith("total") and following is not None and following[1] not in _AFTER_TOTAL


def _file_exports(draft: Draft) -> None:
    """Reads "Export it to excel" asks for a file."""
    for mention in draft.live("flow", "export"):
        if mention.text == "exports":
            continue
        rest = draft.after(mention)
        if (_FILE.match(rest) or _THING.match(rest.strip())) and _COMMAND.search(draft.before(mention)):
            mention.kind = "view"


def _followed_by_time(draft: Draft) -> None:
    """Reads "Exports were shipped in December": with another word for the flow "in" belongs to the time."""
    flows = draft.live("flow")
    for mention in flows:
        timed = any(m.kind == "time" and 0 <= m.start - mention.end <= 2 for m in draft.mentions)
        others = any(m.value != mention.value for m in flows if m is not mention)
        if mention.text.endswith(" in") and timed and others:
            mention.live = False


def _verbs(draft: Draft) -> None:
    for mention in draft.live("weakflow"):
        if mention.text in _LIGHT_VERBS and _ASKED_OF_US.search(draft.before(mention)):
            mention.kind = "courtesy"
    weak = draft.live("weakflow")
    if draft.turn.answers and len(draft.text.split()) <= (7 if draft.addressed else 3):
        for mention in draft.live("weakflow", "net"):
            mention.kind = "flow"
    if not weak or not (draft.has("series") or draft.has("time")):
        return
    for mention in weak:
        before = draft.before(mention)
        if mention.value == "import" and mention.text in _LIGHT_VERBS and not draft.has("series"):
            continue
        if mention.text in (
            "took",
            "take",
            "taken",
            "come",
            "comes",
            "came",
            "out",
            "source",
        ) and _FIGURE_OF_SPEECH.search(before):
            continue
        if mention.text == "out" and _OUT.search(before):
            continue
        if mention.value != "net":
            mention.kind = "flow"
    if len(draft.values("flow")) > 1:
        _demote(draft.live("flow"), _VAGUE)
    series, flows = set(draft.values("series")) - {"all"}, set(draft.values("flow"))
    if series and flows and not any(flow in flows_of(draft, name) for name in series for flow in flows):
        _demote(draft.live("flow"), None)
    if len(draft.values("flow")) > 1 and not draft.has("view", "compare"):
        draft.doubts.append("flow")


def _demote(mentions: list[Mention], words: frozenset[str] | None) -> None:
    for mention in mentions:
        if words is None or mention.text in words:
            mention.kind = "word"


def flows_of(draft: Draft, series: str) -> tuple[str, ...]:
    """The flows that the record has of a series."""
    return draft.record.catalogue[series].flows


def _sides(draft: Draft) -> None:
    """Reads "From China" with imports named makes China the seller; net trade has no side."""
    flows = [m for m in draft.mentions if m.live and m.kind == "flow"]
    if {m.value for m in flows if m.text not in _PLACES}:
        for mention in flows:
            if mention.text in _SIDES:
                mention.live = False
    nets = [m for m in flows if m.value == "net"]
    for mention in flows if nets else ():
        apart = any(mark in draft.text[mention.end : nets[0].start] for mark in ",;.?")
        mention.live = mention.live and (mention.value == "net" or (mention.value == "both" and apart))


def _attributes(draft: Draft) -> None:
    """A series before "team" or "market", where another is asked about, says whose it is."""
    if len(draft.values("series")) < 2:
        return
    for mention in draft.live("series"):
        others = any(m.value != mention.value for m in draft.live("series") if m is not mention)
        if others and _AS_ATTRIBUTE.match(draft.after(mention)):
            mention.live = False
            for other in draft.mentions:
                if other.kind == "oos" and 0 <= other.start - mention.end <= 1:
                    other.kind, other.live = "word", False
