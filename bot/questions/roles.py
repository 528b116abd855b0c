"""What a mention stands for beside the others: verbs as flows, whose trade, a series as an attribute."""

from itertools import pairwise

from bot.questions.claims import find_bounds
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import ATTRIBUTED, patterns
from bot.questions.partners import asks_share

RE, OUT_YET = patterns("roles"), patterns("special").out_yet


def assign_roles(draft: Draft) -> None:
    """Decides which verbs are flows, which flows only name a side, which series only qualify a noun."""
    for step in _AMONG_SLOTS if draft.only_slots else _STEPS:
        step(draft)


def _prices(draft: Draft) -> None:
    """What something cost in dollars is its value, and the average price of exports is their unit value."""
    for mention in draft.live("oos", "price"):
        if draft.has("measure", "value", "unit_value") and RE.costs.fullmatch(mention.text):
            mention.kind = "courtesy"
        elif RE.price.fullmatch(mention.text) and RE.average.search(draft.before(mention)[-32:]):
            mention.kind, mention.value = "measure", "unit_value"
            for view in draft.live("view", "average"):
                view.live = False


def _dismiss(draft: Draft) -> None:
    """Reads "Never mind." before a series: it takes back what was begun."""
    for mention in draft.live("op", "not"):
        later = any(m.kind == "series" and m.start > mention.end for m in draft.mentions)
        if later and RE.dismissals.fullmatch(mention.text) and RE.sentence_end.match(draft.after(mention)):
            for other in draft.mentions:
                other.live = other.live and other.start > mention.start


def _views(draft: Draft) -> None:
    """Views that only qualify a noun, "quarterly note", or are somebody's own; a total at the end sums."""
    for mention in draft.live("view"):
        following = RE.noun.match(draft.after(mention))
        noun = following[1] if following else ""
        if mention.value == "total":
            mention.live = not _is_adjective(draft, mention, noun)
        elif mention.value == "export":
            mention.live = not (RE.own.search(draft.before(mention)) or RE.alike.match(draft.after(mention)))
        if noun in ATTRIBUTED and not RE.of_figures.fullmatch(noun) and RE.adjectives.fullmatch(mention.text):
            mention.live = False
    for whole in (*draft.live("view", "total"), *draft.live("series", "all")) if asks_share(draft) else ():
        whole.live = not draft.before(whole).endswith(" of ")  # "in percent, of the total"
    for time in draft.live("time"):  # "each quarter of 2025 and the annual total"
        if time.time.kind == "full" and time.text.endswith("total") and RE.added.search(draft.before(time)):
            time.kind, time.value = "view", "total"
    several = sum(m.kind == "time" for m in draft.mentions) > 1
    if several and (match := RE.total.search(draft.text)):
        draft.mentions.append(Mention("view", "total", match.start(), match.end(), match[0]))


def _is_adjective(draft: Draft, mention: Mention, noun: str) -> bool:
    """Whether a total only qualifies: "the total quantity", "January-February combined"."""
    ended = [m for m in draft.mentions if m.kind == "time" and 0 <= mention.start - m.end <= 2]
    if any(m.time.kind in ("to_date", "range") for m in ended):
        return True
    return bool(noun) and mention.text.endswith("total") and not RE.after_total.fullmatch(noun)


def _spending(draft: Draft) -> None:
    """Money spent in another sentence than the trade is no measure."""
    lines = draft.live("series") + draft.live("flow")
    for mention in draft.live("measure", "value") if lines else ():
        if RE.spending.fullmatch(mention.text):
            gaps = (draft.text[min(m.end, mention.end) : max(m.start, mention.start)] for m in lines)
            mention.live = not all(map(RE.sentence_sign.search, gaps))


def _bracketed(draft: Draft) -> None:
    """Reads "Scrap imports (aluminium)": the metal says of which metal it is, and is no series beside it."""
    for before, mention in pairwise(draft.live("series")):
        bare = RE.metal.fullmatch(mention.text)
        if bare and before.value != mention.value and RE.opens.fullmatch(draft.between(before, mention)):
            mention.live = False


def _exceeded(draft: Draft) -> None:
    """Reads "In which months did imports exceed exports": net imports are asked for."""
    match = RE.exceeds.search(draft.text) if draft.says(RE.which_months) else None
    flows = [m for m in draft.live("flow") if match and match.start() <= m.start < match.end()]
    if match and len(flows) == 2:
        larger = flows[bool(match["less"] or match["less_zh"])]
        flows[0].text = f"net {larger.value}s"
        flows[0].value, flows[1].live = "net", False
        for view in draft.live("view", "compare"):
            view.live = False


def _earned(draft: Draft) -> None:
    """Reads "What did exports bring in, in dollars": what is earned by a flow is none beside it."""
    for noun, verb in pairwise(draft.live("flow") if draft.has("measure", "value") else ()):
        follows = noun.end + 1 == verb.start and RE.goods.fullmatch(noun.text)
        verb.live = not (follows and RE.earns.fullmatch(verb.text))


def _file_exports(draft: Draft) -> None:
    """Reads "Export it to excel": a file is asked for."""
    for mention in draft.live("flow", "export"):
        rest = draft.after(mention)
        thing = RE.file.match(rest) or RE.thing.match(rest.strip())
        if mention.text != "exports" and thing and RE.command.search(draft.before(mention)):
            mention.kind = "view"


def _followed_by_time(draft: Draft) -> None:
    """Reads "Exports were shipped in December": with another word for the flow "in" belongs to the time."""
    flows = draft.live("flow")
    for mention in flows:
        timed = any(m.kind == "time" and m.start == mention.end + 1 for m in draft.mentions)
        if mention.text.endswith(" in") and timed and any(m.value != mention.value for m in flows):
            mention.live = False


def _verbs(draft: Draft) -> None:
    if not draft.has("flow"):
        _find_verbs(draft)
    for mention in draft.mentions:
        if mention.kind == "weakflow":
            mention.kind = "word"


def _find_verbs(draft: Draft) -> None:
    for mention in draft.live("weakflow"):
        asked = RE.light_verbs.fullmatch(mention.text) and RE.asked_of_us.search(draft.before(mention))
        if asked or (mention.text == "out" and draft.says(OUT_YET)):
            mention.kind = "courtesy"
    weak = draft.live("weakflow")
    if draft.turn.answers and len(draft.text.split()) <= 7:
        for mention in draft.live("weakflow", "net"):
            mention.kind = "flow"
    if not weak or not draft.has_any("series", "time"):
        return
    for mention in weak:
        if mention.value != "net" and not _is_speech(draft, mention):
            mention.kind = "flow"
    for mention in draft.live("flow") if len(draft.values("flow")) > 1 else ():
        mention.kind = "word" if RE.vague.fullmatch(mention.text) else "flow"
    series, flows = set(draft.values("series")) - {"all"}, set(draft.values("flow"))
    have = {flow for name in series for flow in draft.record.catalogue[name].flows}
    for mention in draft.live("flow") if series and flows and not flows & have else ():
        mention.kind = "word"
    if len(draft.values("flow")) > 1 and not draft.has("view", "compare"):
        draft.doubts.append("flow")


def _is_speech(draft: Draft, mention: Mention) -> bool:
    """Whether a verb is no trade: "bring me", "what it comes to", "find out"."""
    before = draft.before(mention)
    if mention.value == "import" and RE.light_verbs.fullmatch(mention.text) and not draft.has("series"):
        return True
    said = RE.figures_of_speech.fullmatch(mention.text) and RE.figure_of_speech.search(before)
    return bool(said or (mention.text == "out" and RE.out.search(before)))


def _sides(draft: Draft) -> None:
    """Reads "From China" with imports named makes China the seller; net trade has no side."""
    flows = draft.live("flow")
    if any(not RE.places.fullmatch(m.text) for m in flows):
        for mention in flows:
            mention.live = not RE.sides.fullmatch(mention.text)
    nets = [m for m in flows if m.value == "net"]
    start, end = (min(flows[0].end, nets[0].end), max(flows[-1].start, nets[0].start)) if nets else (0, 0)
    signs = len(RE.in_list.findall(draft.text[start:end]))
    for mention in flows if nets else ():
        mention.live &= mention.value == "net" or signs > (mention.value != "both")
    if nets and any(m.live and m.value != "net" for m in flows):
        for gap in draft.live("view", "compare"):
            gap.live = not RE.gap.fullmatch(gap.text)  # "exports, imports, the difference": the net trade


def _attributes(draft: Draft) -> None:
    """A series before "team" or "market", where another is asked about, says whose it is."""
    for mention in draft.live("series"):
        others = any(m.value != mention.value for m in draft.live("series"))
        if others and RE.as_attribute.match(draft.after(mention)):
            mention.live = False
            for other in draft.mentions:
                if other.kind == "oos" and 0 <= other.start - mention.end <= 1:
                    other.kind, other.live = "word", False


_AMONG_SLOTS = (_followed_by_time, _sides, _bracketed)
_STEPS = (
    find_bounds, _exceeded, _earned, _file_exports, _followed_by_time, _verbs, _sides, _attributes, _dismiss,
    _views, _spending, _bracketed, _prices,
)  # fmt: skip
