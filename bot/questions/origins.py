"""Trade by country: which texts ask for it, which way they say it goes, and of what where they do not."""

from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import NUMBER_WORDS
from bot.questions.patterns import pattern
from bot.questions.record import Record
from bot.questions.scope import is_attribute

ROWS = 8  # countries of a table where no number of them is named
VIEW = "partners"
_WHERE = pattern("origins", "where")
_BUYERS = pattern("origins", "buyers")
_SELLERS = pattern("origins", "sellers")
_NOT_THAT = pattern("origins", "not_that")
_COUNT = pattern("origins", "count")
_OTHER_VIEWS = ("why", "count", "streak", "average", "season", "rolling", "check", "sources")


def find_by_country(draft: Draft) -> None:
    """Turns what asks for countries into a view, where they are asked of a series, or of what was shown."""
    if _NOT_THAT.search(draft.text) or draft.has("op", "except") or draft.has("view", *_OTHER_VIEWS):
        return
    if any(m.value not in draft.record.partners for m in draft.live("country")):
        return  # "of Indonesian origin" asks for one that is not on record
    heads = [m for m in draft.live("oos", "country") if not is_attribute(draft, m)]
    where = _WHERE.search(draft.text) if draft.has("series") else None
    if where and not heads:
        draft.mentions.append(Mention("view", VIEW, *where.span(), where[0]))
    elif heads and (draft.has("series") or draft.has("flow") or draft.turn.answers or _names_side(draft)):
        for mention in heads:
            mention.kind, mention.value = "view", VIEW
    if draft.has("view", VIEW):
        _settle(draft)


def _settle(draft: Draft) -> None:
    """What the words for the side and the number of countries hold says nothing else."""
    side, count = _BUYERS.search(draft.text) or _SELLERS.search(draft.text), _COUNT.search(draft.text)
    for mention in draft.mentions:
        if side and mention.kind in ("flow", "weakflow") and side.start() <= mention.start < side.end():
            mention.kind = "word"
    if count:
        draft.left = [token for token in draft.left if not count.start() <= token.start < count.end()]


def _names_side(draft: Draft) -> bool:
    """Whether nothing but sellers or buyers is asked for: "biggest suppliers"."""
    return bool(side_of(draft.text)) and len(draft.text.split()) <= 5


def side_of(text: str) -> str:
    """The flow that the words for a country name: suppliers sell to China, destinations take its exports."""
    if _BUYERS.search(text):
        return "export"
    return "import" if _SELLERS.search(text) else ""


def places_in(text: str) -> int:
    """How many countries are asked for."""
    match = _COUNT.search(text)
    said = next((each for each in match.groups() if each), "") if match else ""
    return int(said) if said.isdigit() else NUMBER_WORDS.get(said, ROWS)


def divided(record: Record, flows: list[str]) -> str:
    """The series with the newest figure of any country, where none is named."""
    known = [
        (month, name)
        for name in record.catalogue
        for partner in record.partners
        if (month := record.newest([name], flows, partner=partner))  # type: ignore[arg-type]
    ]
    return max(known)[1] if known else next(iter(record.catalogue))


def traded_with(record: Record, partner: str) -> list[str]:
    """The series of which anything with that partner is on record."""
    every = record.catalogue
    return [name for name in every if record.newest([name], every[name].flows, partner=partner)]
