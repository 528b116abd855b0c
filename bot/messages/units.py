"""The units in which each language shows tonnes and dollars: kt and Mt, 万吨; US$m and US$bn, 亿美元."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.questions.question import Unit
from bot.words import Language, language


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """A unit to show: its name, how many base units (t, US$, US$/t) it holds, how many decimals at most.

    `form` is how an amount is written in it: {number} kt, US${number}bn. `english` is the unit of the same
    amount in English, than which it is never told more coarsely.
    """

    name: str
    size: float
    decimals: int
    form: str
    low: str = "{number}"  # the lower edge of a range, whose upper edge has the unit
    english: "Scale | None" = None

    def to(self, decimals: int) -> "Scale":
        """The same with so many decimals at most."""
        return replace(self, decimals=decimals)


def _tonnes(name: str, size: float, decimals: int) -> Scale:
    return Scale(name, size, decimals, f"{{number}} {name}")


def _dollars(name: str, size: float, decimals: int) -> Scale:
    return Scale(f"US${name}", size, decimals, f"US${{number}}{name}", "US${number}")


def _chinese(name: str, size: float, decimals: int, english: Scale | None = None) -> Scale:
    return Scale(name, size, decimals, f"{{number}}{name}", english=english)


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Those of a language. Of `dollars` the first is taken from which on an amount reaches.

    `t`, `many_t`, `most_t` are for tonnes below 10,000, below a million, and from there on; `columns` is for
    a column whose levels would have several, by base unit; `steps` is for how figures were rounded; from
    `grouped_from` on digits stand in groups of three.
    """

    t: Scale
    many_t: Scale
    most_t: Scale
    dollars: tuple[tuple[float, Scale], ...]
    dollars_a_tonne: Scale
    t_a_day: Scale
    asked: Mapping[Unit, Scale]
    columns: Mapping[str, Scale]
    steps: Mapping[str, tuple[Scale, Scale]]
    grouped_from: int


_T, _KT, _MT = _tonnes("t", 1, 0), _tonnes("kt", 1e3, 1), _tonnes("Mt", 1e6, 3)
_USD, _MILLION, _BILLION = _dollars("", 1, 0), _dollars("m", 1e6, 1), _dollars("bn", 1e9, 3)
_ENGLISH = Units(
    t=_T,
    many_t=_KT,
    most_t=_MT,
    dollars=((1e9, _BILLION), (1e6, _MILLION), (0, _USD)),
    dollars_a_tonne=_dollars("/t", 1, 0),
    t_a_day=_tonnes("t/day", 1, 0),
    asked={
        "kt": _tonnes("kt", 1e3, 3),
        "Mt": _tonnes("Mt", 1e6, 6),
        "wan_t": _tonnes("万吨", 1e4, 4),
        "lb": _tonnes("lb", 0.00045359237, 0),
        "st": _tonnes("short tons", 0.90718474, 0),
    },
    columns={"t": _KT, "USD": _MILLION},
    steps={"t": (_T, _KT), "USD": (_USD, _USD)},
    grouped_from=0,
)

# As many decimals as the English units show: 0.01 of 万吨 is 0.1 kt.
_T_ZH, _WAN_T = _chinese("吨", 1, 0), _chinese("万吨", 1e4, 2, _KT)
_USD_ZH, _WAN_USD = _chinese("美元", 1, 0), _chinese("万美元", 1e4, 0, _MILLION)
_CHINESE = Units(
    t=_T_ZH,
    many_t=_WAN_T,
    most_t=_chinese("万吨", 1e4, 1, _MT),
    dollars=(
        (1e9, _chinese("亿美元", 1e8, 2, _BILLION)),
        (1e8, _chinese("亿美元", 1e8, 3, _MILLION)),
        (1e6, _WAN_USD),
        (1e4, _chinese("万美元", 1e4, 4, _USD)),
        (0, _USD_ZH),
    ),
    dollars_a_tonne=_chinese("美元/吨", 1, 0),
    t_a_day=_chinese("吨/日", 1, 0),
    asked={
        "kt": _chinese("千吨", 1e3, 3),
        "Mt": _chinese("百万吨", 1e6, 6),
        "wan_t": _chinese("万吨", 1e4, 4),
        "lb": _chinese("磅", 0.00045359237, 0),
        "st": _chinese("短吨", 0.90718474, 0),
    },
    columns={"t": _WAN_T, "USD": _WAN_USD},
    steps={"t": (_T_ZH, _WAN_T), "USD": (_USD_ZH, _WAN_USD)},
    grouped_from=10_000,
)
_EACH: Mapping[Language, Units] = {"en": _ENGLISH, "zh": _CHINESE}


def units() -> Units:
    """Those of the language that is spoken."""
    return _EACH[language()]
