"""What a mention stands for beside the others: verbs as flows, whose trade, attributes, events on record."""

from itertools import pairwise

from bot.dataset.calendar import Month
from bot.dataset.model import Event
from bot.profile import profile
from bot.questions.bounds import find_bounds
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.partners import asks_share
from bot.questions.times import Time

RE, NAMED, OUT_YET = patterns("roles"), patterns("happenings"), patterns("special").out_yet


def assign_roles(draft: Draft) -> None:
    """Decides which verbs are flows, which flows only name a side, which series only qualify a noun."""
    for step in _AMONG_SLOTS if draft.only_slots else _STEPS:
        step(draft)


def _prices(draft: Draft) -> None:
    """What something cost in dollars is its value."""
    for mention in draft.live("oos", "price") if draft.has("measure", "value", "unit_value") else ():
        if RE.costs.fullmatch(mention.text):
            mention.kind = "courtesy"


def _views(draft: Draft) -> None:
    """Views that are somebody's own, or of which a share is asked, are not asked for."""
    for mention in draft.live("view", "export"):
        mention.live = not (RE.own.search(draft.before(mention)) or RE.alike.match(draft.after(mention)))
    ends = [m.end for m in draft.mentions if m.kind == "time" and m.time.kind in ("to_date", "range")]
    for total in draft.live("view", "total"):
        total.live = not any(0 <= total.start - end <= 2 for end in ends)  # "January-February combined"
    for whole in (*draft.live("view", "total"), *draft.live("series", "all")) if asks_share(draft) else ():
        whole.live = not draft.before(whole).endswith(" of ")  # "in percent, of the total"
    several = sum(m.kind == "time" for m in draft.mentions) > 1
    if several and (match := RE.total.search(draft.text)):
        draft.mentions.append(Mention("view", "total", match.start(), match.end(), match[0]))


def _bracketed(draft: Draft) -> None:
    """Reads "Scrap imports (aluminium)": the metal says of which metal it is, and is no series beside it."""
    denied = {no.end + 1 for no in draft.live("op", "not")}  # "No scrap. Aluminium"
    for before, mention in pairwise(draft.live("series")):
        bare = RE.metal.fullmatch(mention.text) and before.start not in denied
        if bare and before.value != mention.value and RE.opens.fullmatch(draft.between(before, mention)):
            mention.live = False


def _file_exports(draft: Draft) -> None:
    for mention in draft.live("flow", "export"):
        rest = draft.after(mention)
        thing = RE.file.match(rest) or RE.thing.match(rest.strip())
        if mention.text != "exports" and thing and RE.command.search(draft.before(mention)):
            mention.kind = "view"


def _words(draft: Draft) -> None:
    for mention in draft.mentions:
        mention.kind = "word" if mention.kind == "weakflow" else mention.kind


def _verbs(draft: Draft) -> None:
    if draft.has("flow"):
        return
    for mention in draft.live("weakflow") if draft.says(OUT_YET) else ():
        mention.kind = "courtesy" if mention.text == "out" else mention.kind
    weak = draft.live("weakflow")
    if draft.turn.answers and len(draft.text.split()) <= 7:
        for mention in draft.live("weakflow", "net"):
            mention.kind = "flow"
    if not weak or not draft.has_any("series", "time"):
        return
    for mention in weak:
        away = mention.text == "out" and RE.out.search(draft.before(mention))  # "came out of there"
        if mention.value != "net" and not away:
            mention.kind = "flow"
    series, flows = set(draft.values("series")) - {"all"}, set(draft.values("flow"))
    have = {flow for name in series for flow in draft.record.catalogue[name].flows}
    for mention in draft.live("flow") if series and flows and not flows & have else ():
        mention.kind = "word"
    if len(draft.values("flow")) > 1 and not draft.has("view", "compare"):
        draft.doubts.append("flow")


def _sides(draft: Draft) -> None:
    """Reads "imports from China", with a doubt, as what China exports; net trade has no side."""
    flows = draft.live("flow")
    if any(not RE.places.fullmatch(m.text) for m in flows):
        for mention in flows:
            mention.live = not RE.sides.fullmatch(mention.text)
    for flow, side in pairwise(flows) if not draft.has("country") else ():
        across = not side.live and {flow.value, side.value} == {"export", "import"}
        if across and flow.live and not RE.elsewhere_after.search(draft.between(flow, side)):
            flow.value = side.value
            draft.doubts.append("flow")
    one_sided, denied = {m.end for m in flows if m.value != "both"}, {m.end for m in draft.live("op", "not")}
    for mention in flows:
        if mention.value == "net" and mention.start in one_sided:  # 进口差额, between two months
            mention.kind, mention.value = "view", "compare"
    flows = draft.live("flow")
    nets = [m for m in flows if m.value == "net" and m.start - 1 not in denied]
    start, end = (min(flows[0].end, nets[0].end), max(flows[-1].start, nets[0].start)) if nets else (0, 0)
    signs = len(RE.in_list.findall(draft.text[start:end]))
    for mention in flows if nets else ():
        mention.live &= mention.value == "net" or signs > (mention.value != "both")


def _attributes(draft: Draft) -> None:
    """A series before "team" or "market", where another is asked about, says whose it is."""
    for mention in draft.live("series"):
        others = any(m.value != mention.value for m in draft.live("series"))
        if others and RE.as_attribute.match(draft.after(mention)):
            mention.live = False


_AMONG_SLOTS = (_sides, _bracketed)
_STEPS = (find_bounds, _file_exports, _verbs, _words, _sides, _attributes, _views, _bracketed, _prices)


def find_events(draft: Draft) -> None:
    """Reads "After the rebate was scrapped": a word that leads to an event on record is no head.

    Where no month is named it is the event's, where no series is, those that it bears on; beside another
    month it is only told.
    """
    for mention in () if NAMED.hypothetical.search(draft.text) else draft.live("oos"):
        led, behind = NAMED.led.search(draft.before(mention)), NAMED.led_zh.match(draft.after(mention))
        told = (led or behind) and not NAMED.never.fullmatch(mention.text)
        every = reversed(draft.record.happened(tuple(draft.record.catalogue), None)) if told else ()
        named = (e for e in every if mention.text in f"{e.title} {profile().zh.get(e.title, '')}".lower())
        if event := next(named, None):
            _take_in(draft, mention, led.start() if led else mention.start)
            months, day = [m.time for m in draft.live("time")], event.day
            its_own = [("month", day.month, year) for year in (None, day.year)]
            apart = any((time.kind, time.number, time.year) not in its_own for time in months)
            mention.kind, mention.value = "event" if apart or len(months) > 1 else "happening", event.title
            if mention.kind == "happening":
                draft.mentions.extend(_slots(draft, mention, event))
    draft.mentions.sort(key=lambda mention: mention.start)


def _take_in(draft: Draft, mention: Mention, start: int) -> None:
    """What leads to the event and what is told of it are read: "after the US", "was cut on 1 December"."""
    for other in draft.mentions:
        other.live = other.live and not (other.start < mention.start and other.end > start)
    times = draft.live("time")
    after = (m for m in times if m.start > mention.end)
    day = next((m for m in after if NAMED.told.fullmatch(draft.between(mention, m))), None)
    told = NAMED.told.match(draft.after(mention))
    others = (m.start for m in draft.mentions if m.start >= mention.end)
    end = min((*others, mention.end + (told.end() if told else 0)))
    if day and len(times) > 1:
        day.live, end = False, day.end
    draft.left[:] = [token for token in draft.left if not mention.end <= token.start < end]


def _slots(draft: Draft, mention: Mention, event: Event) -> list[Mention]:
    month = Month.of_day(event.day)
    found: list[tuple[str, object]] = []
    if not draft.has("time"):
        found.append(("time", Time("month", month.year, month.number)))
    if not draft.has("series") and not draft.turn.answers:
        found += (("series", name) for name in event.commodities)
    return [Mention(kind, value, mention.start, mention.end, mention.text) for kind, value in found]
