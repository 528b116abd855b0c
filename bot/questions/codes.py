"""HS codes in a question: 2818.20, 281820, 28182000, HS 7601."""

import re

from bot.questions.items import Item
from bot.questions.record import Record

_PAIRS = r"(?:\.\d\d){1,2}|(?: \d\d(?!\d)){1,2}|\d\d(?:\.?\d\d)?|\.\d{4}"  # parted in one way throughout
_CODE = re.compile(rf"(?:hs ?(?:codes?)? ?)?(?P<digits>\d{{4}}(?:{_PAIRS})?)(?!\d)")
_YEARS = re.compile(r"(?:19|20|21)\d\d")


def read_code(text: str, at: int, record: Record) -> tuple[Item, int] | None:
    """The code that begins at that place, and where it ends.

    The item is a scope (the code picks one), a part (the code is only part of a series, and not on
    record by itself) or outside.
    """
    match = _CODE.match(text, at)
    if not match or (match.group()[0].isdigit() and _YEARS.fullmatch(match["digits"])):
        return None
    return _meaning(_bare(match["digits"]), match.group(), record), match.end()


def _bare(code: str) -> str:
    """The digits without the pairs of zeros that only fill a code up: 76020000 is 7602."""
    digits = re.sub(r"\D", "", code)
    while len(digits) > 4 and digits.endswith("00"):
        digits = digits[:-2]
    return digits


def _meaning(code: str, said: str, record: Record) -> Item:
    for commodity in record.catalogue.values():
        narrower = filter(record.counts, commodity.narrower_scopes)
        for scope in (*commodity.scopes, *narrower):
            if scope.startswith("HS ") and _bare(scope) == code:
                return Item("scope", f"{commodity.id}|{scope}", said)
    holders = [(hs, item.id) for item in record.catalogue.values() for hs in item.hs if code.startswith(hs)]
    if holders:
        return Item("part", max(holders, key=lambda pair: len(pair[0]))[1], f"HS {code}")
    return Item("outside", "code", f"HS {code}")
