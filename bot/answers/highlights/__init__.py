"""The growth an analyst would lead with, ranked by how much it would surprise a reader.

Nothing is said that rounding, or a correction of 1 % in a derived figure, could reverse.
"""

from bot.answers.highlights.choice import MOST, MOST_A_SERIES, every_highlight, strongest

__all__ = ["MOST", "MOST_A_SERIES", "every_highlight", "strongest"]
