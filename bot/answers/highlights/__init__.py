"""The growth an analyst would lead with, ranked by how much it would surprise a reader.

Nothing is said that rounding, or a correction of 1 % in a derived figure, could reverse.
"""
