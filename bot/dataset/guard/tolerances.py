"""What a relation may be off: each limit with its reason, and the largest distance of what is true."""

# Another printing of one figure, in parts of the larger. On record: 2.3 % (Guinea's query of 2026); a
# month has been revised by more.
REPRINT = 0.1

# A printed change, in parts of the larger of value and base. On record: 1.5 points (another base was taken).
CHANGE = 0.025
CHANGE_BESIDE = 0.003  # where the page prints the year before beside it
CHANGE_ROUNDING = 0.0005  # half of the last decimal that a change is printed with

# A running total beside its parts: corrections of earlier months, in parts of a mean month. On record: 1.7 %.
TOTAL = 0.025

# A base that follows from other rows: corrections of earlier months, in parts of it for each of these rows.
DERIVED = 0.01

# A month beside the lowest and the highest of the nearest months of its series, as a factor: the root of how
# far these lie apart. A steady series is held to what it does; alumina exports of April 2026, 1.7 times the
# highest before, and what fell to a tenth once, can come again.
PACE_LEAST, PACE_HIGH, PACE_LOW = 1.3, 2.0, 4.0
PACE_MONTHS = 36  # nearest months that are looked at
LOW_MONTHS, LOW_REACH = 24, 36  # of these for the lowest, and how far away
PACE_REACH = 60  # no further away than that, in months
ENOUGH = 12  # months from which on a series shows its range
CLOSE, FAR = 12, 4.0  # the factor where fewer than FEWEST of them lie within so many months
# From FEW to ENOUGH months: primary imports rose to 6.7 times, in 2020.
FEW, FEW_HIGH, FEW_LOW = 3, 10.0, 25.0
FEWEST = 3

# What no month may exceed however little is on record: so many times the highest ever of its series. A
# partner's trade can begin with any amount that the world's may have (PACE_HIGH).
BOUND = 10.0

# US$ a tonne beside the middle of the nearest ones, as a factor: twice as far, in logarithms, as it moved.
# Ore has moved by 1.34 within half a year, fine alumina, bought in small lots, by 2.6.
PRICE_POWER = 2.0
PRICE_LEAST, PRICE_MOST = 1.4, 3.3
PRICE_FEW = 4.0  # while fewer than ENOUGH prices are on record
PRICE_NEAREST = 6
PRICE_REACH = 24  # months
PRICE_WITHIN = 3.0  # a month's beside that of January to it

# US$/t where none is near: the folder's price_range.

# A partner's trade, and that of all partners, beside the world's: printed on different days, revised since.
SHARE = 0.03

# A number of so many steps does not come twice by chance.
FINE = 20_000

# A page of which half the series contradict the running totals around them, two or more, is of another month.
PAGE_PART, PAGE_SERIES = 0.5, 2
