"""What the data folder says of itself: whose trade it holds, and the words that are its own.

A process serves one folder. Sentences and vocabulary are looked up without a record at hand, so the folder's
profile stands here from the moment its record is loaded; what was kept of another one's is forgotten then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Line = tuple[str, Any]  # a commodity and a flow
Forget = TypeVar("Forget", bound=Callable[[], object])
DAYS = (("flash", 20), ("bulletin", 20), ("query", 20))


@dataclass(frozen=True, slots=True)
class Profile:
    """dataset.toml and vocabulary.toml, completed from the series and rows of the folder.

    `catalogue`: the series by id, `words` all that mean each; `stages`: the release that first holds a line's
    quantity, `days` the day of the next month by which one is out; `awaited`: by a monthly post; `publisher`:
    whom the press quotes; `counted_since`: missing months; `small`: tables tell tonnes; `price_range`: of a
    tonne in US$; `zh`: Chinese names; `vocabulary`: more words for the tables of bot/questions/vocabulary.
    """

    title_en: str = "Trade"
    title_zh: str = "贸易"
    reporter_en: str = "the country"
    reporter_zh: str = "本国"
    reporter_aliases: tuple[str, ...] = ()
    command_hint: str = ""
    channel: str = "trade"
    publisher: str = ""
    publisher_site: str = ""
    catalogue: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[tuple[str, ...], ...] = ()
    lines: tuple[Line, ...] = ()
    examples: tuple[Line, ...] = ()
    example_month: tuple[int, int] = (2024, 3)
    example_level: float = 100_000
    stages: Mapping[Line, str] = field(default_factory=dict)
    awaited: tuple[Line, ...] = ()
    days: Mapping[str, int] = field(default_factory=lambda: dict(DAYS))
    small: bool = False
    counted_since: tuple[int, int] = (2019, 1)
    january_with_february: bool = False
    lunar_new_year: bool = False
    price_range: tuple[float, float] = (0.01, 1e9)
    partners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zh: Mapping[str, str] = field(default_factory=dict)
    vocabulary: Mapping[str, Any] = field(default_factory=dict)
    gallery: Mapping[str, Any] = field(default_factory=dict)

    @property
    def channel_id(self) -> str:
        """The id of the playground's channel for this trade."""
        return "C_" + self.channel.upper().replace("-", "_")


_in_use = [Profile()]
_kept: list[Callable[[], object]] = []


def profile() -> Profile:
    """The profile of the folder that this process serves."""
    return _in_use[0]


def use(own: Profile) -> None:
    """Lets sentences and vocabulary be those of that folder from here on."""
    if own != _in_use[0]:
        _in_use[0] = own
        for forget in _kept:
            forget()


def forgotten(forget: Forget) -> Forget:
    """Has it called whenever another profile comes into use: what it keeps was made by the one before."""
    _kept.append(forget)
    return forget
