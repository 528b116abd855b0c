"""Trade by partner country."""

from dataclasses import dataclass

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series


@dataclass(frozen=True, slots=True)
class ByPartner:
    """Trade of one period by partner in one scope, the largest first; `world` is that of all partners."""

    scope: str
    partners: tuple[Figure, ...]
    world: Figure | None

    @property
    def named(self) -> float:
        """What the partners on record took together."""
        return sum(figure.value or 0 for figure in self.partners)

    @property
    def covered(self) -> float | None:
        """Which part of the world's figure they make; None where it is not on record."""
        return self.named / self.world.value if self.world and self.world.value else None


def by_partner(
    dataset: Dataset, series: Series, period: Period, scope: str | None = None
) -> ByPartner | None:
    """Every partner's figure, the largest first, beside the world's: in the first scope that has any."""
    for name in dataset.catalogue[series.commodity].all_scopes if scope is None else (scope,):
        own = (dataset.level(each, period, name) for each in dataset.lines.of_partners(series))
        if found := list(filter(None, own)):
            found.sort(key=lambda figure: (-(figure.value or 0), figure.series.partner))
            return ByPartner(name, tuple(found), dataset.level(series._replace(partner=""), period, name))
    return None
