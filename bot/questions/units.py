"""Amounts in words of the trade: 542 kt, 1.2 Mt, 50万吨, 12 %."""

import re

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_THOUSANDS = re.compile(r"\.(?=\d{3}(?!\d))(?=0)")  # 500.000 t, as much of Europe writes it
_FACTORS: tuple[tuple[str, float], ...] = (
    (r"%|percent|per cent|pct", 0),
    (r"亿吨", 1e8), (r"万吨|万$", 1e4), (r"百万吨", 1e6), (r"千吨", 1e3),
    (r"亿美元|亿", 1e8), (r"万美元", 1e4),
    (r"billion", 1e9), (r"lakh", 1e5), (r"crore", 1e7),
    (r"mill?\b|\bmi\b|million|mln|mio|\bmt|mmt|\dmt|m (?:tonnes|tons|t)", 1e6),
    (r"thousand|kt|kmt|k ?ton|ktonnes", 1e3),
)  # fmt: skip


def amount_of(said: str) -> tuple[float, str]:
    """The amount in tonnes, US$ or percent, and "%" where it is of percent."""
    match = _NUMBER.search(said)
    value = float(_THOUSANDS.sub("", match[0]).replace(",", "")) if match else 0.0
    for pattern, factor in _FACTORS:
        if re.search(pattern, said):
            return (value, "%") if not factor else (value * factor, "")
    return value, ""
