"""Short ways to write a Question in a test: by its parts, or as one line of a table."""

from dataclasses import replace

from bot.dataset.calendar import Period
from bot.dataset.model import Series
from bot.questions.question import Claim, Criterion, Pair, Question

EXPORTS, IMPORTS, NET = Pair("alumina", "export"), Pair("alumina", "import"), Pair("alumina", "net")
METAL, SCRAP = Pair("unwrought_aluminium", "export"), Pair("aluminium_scrap", "import")
BAUXITE = Pair("bauxite", "import")


def asked(view, pairs, *periods, **more):
    """The question of one pair, or of several, in these periods."""
    return replace(Question((pairs,) if isinstance(pairs, Pair) else pairs, periods, view), **more)


def read(line):
    """`ranking bauxite/import,alumina/net 2025 2024-03ytd top=3 scope=HS_2818 criterion=above:5`."""
    view, named, *words = line.split()
    periods = [period(word) for word in words if "=" not in word]
    given = (word.split("=") for word in words if "=" in word)
    fields = {name: MADE.get(name, str)(value) for name, value in given}
    return asked(view, tuple(Pair(*each.split("/")) for each in named.split(",")), *periods, **fields)


def period(label):
    """The period of a label, a running total as 2024-03ytd."""
    return Period.from_text(label.replace("ytd", " ytd"))


def series_of(text):
    """The tonnes of alumina/import/Guinea."""
    return Series(*text.split("/"))


def _criterion(value):
    side, bound, *of = value.split(":")
    return Criterion(side, float(bound), *of)


def _claim(value):
    parts = dict(each.split(":") for each in value.split(","))
    return Claim(**{name: told if name == "way" else float(told) for name, told in parts.items()})


MADE = {
    "against": period, "top": int, "criterion": _criterion, "claim": _claim,
    "scope": lambda value: value.replace("_", " "),
}  # fmt: skip
