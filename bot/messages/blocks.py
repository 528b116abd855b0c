"""A message as Slack takes it: its blocks, how much text fits, what people typed made harmless; its forms."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, Literal, get_args

from bot.questions.normalise import INVISIBLE
from bot.words import say, say_count

MOST_TEXT = 4_000  # characters, as Slack advises: above it a message may be split
ALL_BLOCK_TEXT = 10_000  # of all blocks of a message: keeps clear of a sum that Slack refuses unpublished
READ = frozenset({"text", "caption", "title", "name", "label"})
SECTION = 2_900  # characters of a block that is filled with lines; Slack takes 3,000
TEXT = MOST_TEXT - 400  # the rest is for what is put beside it later: who asked, a note
# The space before a unit; an arrow's. It begins with the space, so that a text is searched for that alone.
UNIT = re.compile(r" (?:(?<=\d )(?=(?:%|kt|Mt|t|lb|short tons|万吨)(?!\w))|(?<=[▲▼] ))")
A_ROW, MOST_ROWS, FIELDS = 3, 5, 10  # figures of a strip; its rows; fields of the section in its place
PRESSED = {"actions", "context_actions"}
LINES = re.compile("[\t\n\u000b-\u000d\u001c-\u001f\u0085\u2028\u2029]+")
# Slack's signs for bold, struck out and code, as signs that look like them; for italics at a word's edge.
SIGNS = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
WORD_END = re.compile("(?<=[\u4e00-\u9fff])| ")
ITALIC = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
Form = Literal["full", "table", "text"]
FORMS: tuple[Form, ...] = get_args(Form)  # the fullest first

Block = dict[str, Any]
HOME_ASK = "home_{}"  # the same on the home tab, numbered
HOME_ASKED = re.compile(r"^home_\d$")
ASK = re.compile(r"^ask(_private)?_\d$")  # asks the question that its value holds, as JSON
MENU = "menu"  # units, a file, a post after each release, more
MENU_CHOSEN = re.compile(r"^menu(_[0-9a-f]{16})?$")  # with the id of a stored question
UNITS = "units"  # callback_id of the modal in which a unit is chosen, and the name of its field
HOW = "how"  # opens what stands behind the answer; its value is the question, as JSON
FEEDBACK = "feedback"  # its values are UP and DOWN
UP, DOWN = "up", "down"
HELD = re.compile(r"^held_(accepted|rejected)$")  # of a held figure, whose number is its value
WORD_FORGOTTEN = "word_forgotten"  # takes a taught word away, its value; numbered in a list
FORGETS_WORD = re.compile(rf"^{WORD_FORGOTTEN}(_\d+)?$")
DELETE = "delete"  # its value is the user who asked, and who alone may delete


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes into the thread of a message; its name ends in its kind."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True)  # without slots, which go one by one from process to process
class Message:
    """`text` is the complete spoken answer (notifications and screen readers); `blocks` show the same.

    `more` are the lines of lists and tables, for where no block can stand.
    """

    text: str
    blocks: tuple[Block, ...]
    file: File | None = None
    more: tuple[str, ...] = ()


def bullets(lines: Sequence[str]) -> list[str]:
    """Each line with a bullet before it."""
    return [f"• {line}" for line in lines]


def fitting(lines: Sequence[str], room: int, what: str, size: Callable[[str], int] = len) -> list[str]:
    """The first lines that fit into so many characters, whole ones only, and how many more there are."""
    longest = size(say_count(f"blocks.more_{what}", len(lines)))
    ends = accumulate(size(line) + 1 for line in lines)
    kept = [line for line, end in zip(lines, ends, strict=True) if end + longest <= room]
    left_out = len(lines) - len(kept)
    return [*kept, say_count(f"blocks.more_{what}", left_out)] if left_out else kept


def letters(value: Any) -> int:
    """Characters of everything that is read: each string under one of the names in `READ`, however deep."""
    if isinstance(value, dict):
        own = sum(len(value[name]) for name in READ & value.keys() if isinstance(value[name], str))
        return own + letters([*value.values()])
    return sum(map(letters, value)) if isinstance(value, list | tuple) else 0


def noted(message: Message, note: str) -> Message:
    """The message with one more line of mrkdwn below what it says, above what can be pressed."""
    end = len(message.blocks)
    while end and message.blocks[end - 1]["type"] in PRESSED:
        end -= 1
    blocks = (*message.blocks[:end], context(note), *message.blocks[end:]) if message.blocks else ()
    return replace(message, text=f"{message.text}\n{note}", blocks=blocks)


def escape(text: str) -> str:
    """Text with Slack's three special characters escaped, so that it can neither mention nor link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(url: str, shown: str) -> str:
    """The escaped text as a link; the text alone where there is no address."""
    return f"<{escape(url).replace('|', '%7C')}|{shown}>" if url else shown


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


def fitted(text: str, most: int) -> str:
    """As many whole words as fit, with a sign where some are left out; a Chinese sign is a word."""
    text = visible(text)
    if len(text) <= most:
        return text
    ends = [end.start() for end in WORD_END.finditer(text, 0, most) if 0 < end.start() < most]
    return text[: ends[-1] if ends else most - 1].rstrip(" ,，、") + "…"


def unbroken(text: str) -> str:
    """The text for a screen: no line ends between a number and its unit. What programs read has spaces."""
    return UNIT.sub("\u00a0", text) if " " in text else text


def section(text: str) -> Block:
    """A section of mrkdwn text, shown in full."""
    return {"type": "section", "expand": True, "text": markdown(text)}


def context(text: str) -> Block:
    """A context block of mrkdwn text."""
    return {"type": "context", "elements": [markdown(text)]}


def markdown(text: str) -> Block:
    """A text object of mrkdwn, in which nothing becomes a link or a mention by itself."""
    return {"type": "mrkdwn", "text": unbroken(text), "verbatim": True}


def table_block(header: Sequence[str], rows: Sequence[Sequence[str]], **settings: object) -> Block:
    """A table block: raw text in every cell, the first row is the header."""
    body = [[{"type": "raw_text", "text": unbroken(cell)} for cell in row] for row in (header, *rows)]
    return {"type": "table", **settings, "rows": body}


def strip(label: str, metrics: Iterable[tuple[str, str, str]]) -> Block:
    """Figures by name, level and change in rows of three; `label` is read out."""
    told = []
    for name, level, change in (map(escape, each) for each in [*metrics][: A_ROW * MOST_ROWS]):
        told.append(say("strip.metric", name=name, level=level) + (f"\n{change}" if change else ""))
    items = [{"blocks": [section(each)]} for each in told]
    rows = [{"items": items[at : at + A_ROW]} for at in range(0, len(items), A_ROW)]
    fields = {"type": "section", "fields": [markdown(each) for each in told[:FIELDS]]}
    return {"type": "layout", "label": label, "rows": rows, "fallback": [fields]}


def in_form(message: Message, form: Form) -> Message:
    """The message as it is; with older blocks alone; or its text, which says all but draws nothing."""
    if form == "full":
        return message
    if form == "text":
        charts = [line for block in message.blocks for line in _not_shown(block)]
        more = fitting([*message.more, *charts], TEXT - len(message.text), "lines")
        return replace(message, text="\n".join([message.text, *more]), blocks=())
    blocks = tuple(older(message.blocks))
    # Slack takes one table of the older kind: a chart beside a table keeps its name alone.
    surplus = [block for block in blocks if block["type"] == "table"][1:]
    return replace(message, blocks=tuple(block for block in blocks if block not in surplus))


def older(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks as a workspace without the newer ones can show them."""
    for block in blocks:
        match block["type"]:
            case "data_table" | "data_visualization":
                head, *rows = _rows(block)
                yield table_block(head, rows)
                yield from map(context, _not_shown(block))
            case "layout":
                yield from block.get("fallback") or ()
            case kind if kind != "context_actions":
                yield block


def _rows(block: Block) -> list[list[str]]:
    """Header and rows of a table; of a chart a row a category, the newest first, and a column a series."""
    if block["type"] != "data_visualization":
        return [[str(cell.get("text", "")) for cell in row] for row in block["rows"]]
    chart, axes = block["chart"], block["chart"]["axis_config"]
    values = [{point["label"]: f"{point['value']:,g}" for point in each["data"]} for each in chart["series"]]
    rows = [[neutral(place), *(each[place] for each in values)] for place in reversed(axes["categories"])]
    return [[axes["y_label"], *(neutral(each["name"]) for each in chart["series"])], *rows]


def _not_shown(block: Block) -> list[str]:
    chart = block["type"] == "data_visualization"
    return [say("pictures.not_shown", title=quoted(block["title"]))] if chart else []


def for_modal(message: Message) -> Iterator[Block]:
    """The message as far as a modal can show it: without buttons, the rows of a table as lines."""
    for block in in_form(message, "table").blocks or (section(message.text),):
        if block["type"] == "table":
            rows = [escape(" | ".join(row)) for row in _rows(block)]
            yield section("\n".join(fitting(rows, SECTION, "lines")))
        elif block["type"] != "actions":
            yield block
