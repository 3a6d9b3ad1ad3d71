"""D119: a block, or a day, that goes with an interaction of factors at two levels."""

from itertools import combinations
from math import prod
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, Severity, found
from electrodoe.findings.wording import listed

_MOST_FACTORS: Final = 10
"""Of an interaction that is looked for; 1,013 products."""
_HIGHEST_ORDER: Final = 5
"""Of an interaction; a block of a larger one, of more than 32 runs, is nobody's plan."""
_CENTER: Final = 1e-3
"""Of the coded range: a setting so near to the middle is a center point, which no product sees."""


def confounded_blocks(dataset: Dataset) -> list[Finding]:
    """Return one finding per context column whose levels are those of an interaction.

    Of several such interactions, those of the fewest factors are named. Main effects are D105's.
    """
    products = _products(dataset)
    return [
        _finding(column, names)
        for column in dataset.study.measurements.context
        if (names := _confounded(dataset, column, products))
    ]


def _products(dataset: Dataset) -> dict[tuple[str, ...], Floats]:
    """Return the interactions of the factors at two levels, -1 and 1 in each row, else 0."""
    coded = {
        name: code
        for name in dataset.study.factors
        if (code := _two_levels(dataset.values(name))) is not None
    }
    if len(coded) > _MOST_FACTORS:
        return {}
    orders = range(2, min(len(coded), _HIGHEST_ORDER) + 1)
    return {
        names: np.asarray(prod(coded[name] for name in names))
        for order in orders
        for names in combinations(coded, order)
    }


def _two_levels(values: Floats) -> Floats | None:
    """Return -1, 1, or 0 at the center and where a cell is empty; None of more levels, or none."""
    if np.isnan(values).all():
        return None
    low, high = np.nanmin(values), np.nanmax(values)
    if not high > low:
        return None
    code = np.nan_to_num(2.0 * (values - low) / (high - low) - 1.0)
    rounded = np.round(code)
    return rounded if np.all(np.abs(code - rounded) <= _CENTER) else None


def _confounded(
    dataset: Dataset, column: str, products: dict[tuple[str, ...], Floats]
) -> list[tuple[str, ...]]:
    """Return the interactions of the lowest order that every level of a column has one sign of."""
    names = dataset.frame[column].fill_null("(empty)").to_numpy()
    rows = dataset.modeled_rows
    levels = np.unique(names[rows], return_inverse=True)[1]
    settings = dataset.setting_numbers()[rows]
    found_ones = [
        factors
        for factors, product in products.items()
        if _is_constant_within(product[rows], levels, settings)
    ]
    return [each for each in found_ones if len(each) == len(found_ones[0])]


def _is_constant_within(product: Floats, levels: Integers, settings: Integers) -> bool:
    """Return whether a product has one sign in each of several levels, and both over all."""
    is_corner = product != 0.0
    signs = {(int(level), float(sign)) for level, sign in zip(levels, product, strict=True) if sign}
    known = {level for level, _ in signs}
    n_settings = len(np.unique(np.column_stack([levels, settings])[is_corner], axis=0))
    return (
        len(signs) == len(known)
        and len({s for _, s in signs}) == 2
        and n_settings >= 2 * len(known)
    )


def _finding(column: str, interactions: list[tuple[str, ...]]) -> Finding:
    """Return the finding about one context column."""
    written = listed([" × ".join(names) for names in interactions], limit=3)
    return found(
        "D119",
        f"{column} = {written}: each level of '{column}' has one sign of it, and no model can tell"
        " the two apart",
        f"column '{column}'",
        severity=Severity.WARNING if len(interactions[0]) == 2 else Severity.NOTE,
    )
