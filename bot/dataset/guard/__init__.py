"""The slip guard: figures that cannot be what was meant, found by what the others say of them.

Pure: published rows in, slips out. What a row should be follows from equations (the identity, printed growth,
another printing of the same) and from ratios that are steady in its series (a month's pace, US$ a tonne, a
partner's share). A row is a slip on two independent signs: it is off by more than a factor of three, and one
mend (a power of ten, the column beside it, the other sign) brings it back. Everything else is served.
"""

from bot.dataset.guard.slips import Slip, slips

__all__ = ["Slip", "slips"]
