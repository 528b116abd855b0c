"""The guard: a row is taken if every relation in which it stands holds or is unknown.

Rows that break one are held together, with what stands beside them on their page. Pure: published rows in,
slips out.
"""

from bot.dataset.guard.slips import Slip, blamed, slips

__all__ = ["Slip", "blamed", "slips"]
