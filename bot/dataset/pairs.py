"""Figures made of two others: exports less imports, and US$ per tonne."""

from dataclasses import replace

from bot.dataset.model import Figure


def net_of(exports: Figure, imports: Figure | None) -> Figure | None:
    """Exports less imports, with the roundings of both."""
    if not imports or exports.value is None or imports.value is None:
        return None
    if not exports.range or not imports.range:
        return None
    low, high = exports.range[0] - imports.range[1], exports.range[1] - imports.range[0]
    return Figure(
        series=replace(exports.series, flow="net"),
        period=exports.period,
        scope=exports.scope,
        value=round(exports.value - imports.value, 6),
        step=max(exports.step or 0.0, imports.step or 0.0) or None,
        range=(round(low, 6), round(high, 6)),
        derived=True,
        status=exports.status if exports.status == imports.status else None,
        inputs=exports.inputs + tuple(item.turned() for item in imports.inputs),
    )


def quotient_of(value: Figure, quantity: Figure | None) -> Figure | None:
    """US$ per tonne, with the roundings of both."""
    if not quantity or not value.value or not quantity.value or not value.range or not quantity.range:
        return None
    if quantity.range[0] <= 0:
        return None
    return Figure(
        series=replace(value.series, measure="unit_value"),
        period=value.period,
        scope=value.scope,
        value=value.value / quantity.value,
        step=None,
        range=(value.range[0] / quantity.range[1], value.range[1] / quantity.range[0]),
        derived=True,
        status=value.status if value.status == quantity.status else None,
        inputs=value.inputs + tuple(replace(item, role="÷") for item in quantity.inputs),
    )
