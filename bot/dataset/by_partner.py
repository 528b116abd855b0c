"""Trade of one period by partner."""

from dataclasses import dataclass

from bot.dataset.model import Figure


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
