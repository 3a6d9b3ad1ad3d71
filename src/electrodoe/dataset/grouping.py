"""Which rows are samples of one run: as declared, as a column says, or as the inputs lie.

A random split over samples of one run flatters every model; so does a left-out run whose other
samples stay. Where the study names no group, rows with equal inputs are one configuration, and
rows with nearly equal inputs are suspected to be: the error is on the side of grouping.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.repeated_settings import (
    MAX_ROWS_PER_CLUMP,
    MIN_FRACTION_REPEATED,
    in_order,
    repeated_settings,
)
from electrodoe.dataset.training_data import configuration_medians

_MIN_ROWS: Final = 8
"""Below, every arrangement of points has gaps by chance."""
_MOST_ROWS: Final = 3_000
"""Distinct rows whose distances are held at once: 72 MB, and they grow with the square."""
_NEAR: Final = 0.1
"""Fraction of an input's middle range within which rows of a run lie around their median."""
_MIN_NEAR_ROWS: Final = 0.9
"""Of the rows that have to lie so near; the others may be slips."""


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """How the rows of a table were taken together as configurations.

    Attributes
    ----------
    source : str
        ``declared``: the study's group column; ``column``: one that was found in the table;
        ``clumps``: nearly equal inputs; ``levels``: exactly equal inputs.
    column : str or None
        The group column, declared or found.
    """

    source: Literal["declared", "column", "clumps", "levels"]
    column: str | None = None


DECLARED: Final = Grouping(source="declared")
"""Of a dataset whose configurations come with it."""


def group_column(
    columns: Mapping[str, list[str | None]], inputs: Floats, levels: list[str]
) -> str | None:
    """Return the column that certainly names the run, or None.

    Parameters
    ----------
    columns : mapping of str to list of str or None
        Cells of the columns that the study does not declare, in the order of the table.
    inputs : array of shape (n_rows, n_inputs)
        NaN where a cell is empty.
    levels : list of str
        Each row's inputs as text; a column that joins no rows of different inputs tells nothing
        new.

    Returns
    -------
    str or None
        The coarsest column of names or whole numbers under which at least nine rows in ten have
        the inputs of their group, within a tenth of each input's middle range.

    Examples
    --------
    >>> runs = ["R1", "R1", "R2", "R2", "R3", "R3", "R4", "R4"]
    >>> gap = np.array([[80.1], [80.4], [90.2], [90.0], [99.8], [100.3], [120.2], [119.7]])
    >>> group_column({"run": runs, "cell": list("abcdefgh")}, gap, [str(row) for row in gap])
    'run'
    """
    found: dict[str, int] = {}
    for name, cells in columns.items():
        if any(cell is None for cell in cells) or not _are_names(cells):
            continue
        _, groups = np.unique(np.array(cells, dtype=np.str_), return_inverse=True)
        sizes = np.bincount(groups)
        is_group = len(sizes) >= 3 and len(set(zip(cells, levels, strict=True))) > len(sizes)
        has_repeats = sizes[sizes > 1].sum() >= MIN_FRACTION_REPEATED * len(cells)
        if is_group and has_repeats and _fraction_near(inputs, groups) >= _MIN_NEAR_ROWS:
            found[name] = len(sizes)
    return min(found, key=lambda name: found[name]) if found else None


def _are_names(cells: list[str | None]) -> bool:
    """Return whether cells are names or whole numbers, not measured values."""
    try:
        return all(float(cell or 0.0).is_integer() for cell in cells)
    except ValueError:
        return True


def _fraction_near(inputs: Floats, groups: Integers) -> float:
    """Return the fraction of rows whose inputs all lie near the median of their group."""
    low, high = np.nanquantile(inputs, [0.1, 0.9], axis=0)
    middle = np.where(high > low, high - low, np.nanmax(inputs, axis=0) - np.nanmin(inputs, axis=0))
    medians = np.column_stack([configuration_medians(column, groups) for column in inputs.T])
    apart = np.abs(inputs - medians[groups])
    return float(np.mean(np.all((apart <= _NEAR * middle) | np.isnan(apart), axis=1)))


def clumps(inputs: Floats) -> Integers | None:
    """Return the clump of each row where rows lie in clumps, as replicates do.

    The edges of the minimum spanning tree over the inputs (each scaled by its range) are parted
    where they part best, by their ratio or by their logarithms' spread; rows joined by the short
    ones are a clump.

    Parameters
    ----------
    inputs : array of shape (n_rows, n_inputs)
        Complete rows.

    Returns
    -------
    array of int, shape (n_rows,), or None
        Numbers from 0; None where the rows lie evenly, or at exact levels that a plan may have, or
        are more than 3,000 distinct ones.

    Notes
    -----
    Of 400 uniform, Latin-hypercube, normal and log-normal arrangements of 15 to 80 points each,
    in 1 to 5 dimensions, 0 to 1.5 % are taken for clumps (of 10 points, 1 to 5 %). One to four
    rows around each of 15 settings of three inputs are found in 98 % where replicates scatter by
    2 % of the range, always below that (simulated; tests/dataset/test_grouping.py).

    Examples
    --------
    >>> settings = np.repeat([[0.0, 0], [0, 1], [1, 0], [1, 1]], 3, axis=0)
    >>> scatter = 0.01 * np.sin(np.arange(24.0)).reshape(12, 2)
    >>> clumps(settings + scatter).tolist()
    [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    """
    points, of_row = np.unique(inputs, axis=0, return_inverse=True)
    span = np.ptp(points, axis=0)
    if not _MIN_ROWS <= len(points) <= _MOST_ROWS or not np.any(span > 0.0):
        return None
    from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
    from scipy.spatial.distance import pdist, squareform

    apart = squareform(pdist(points / np.where(span > 0.0, span, 1.0)))
    tree = minimum_spanning_tree(apart)
    cut = _cut(np.sort(tree.data), points.shape[1])
    if cut is None:
        return None
    tree.data[tree.data > cut] = 0.0
    tree.eliminate_zeros()
    number, found = connected_components(tree, directed=False)
    sizes = np.bincount(found)
    if sizes.max() > min(max(4.0 * len(points) / number, 3.0), len(points) / 2):
        return None  # a chain of points beside a few single ones, not clumps
    if max(len(np.unique(column)) for column in points.T) <= number:
        return None  # levels of a plan that stand unevenly, not measured inputs
    return in_order(found[of_row.ravel()])


def clumps_by_level(inputs: Floats, is_category: Booleans) -> Integers | None:
    """Return the clumps of the numbers, parted where rows have other levels of a category.

    Levels are far apart by nature: beside them the levels of a number would look like one clump.

    Parameters
    ----------
    inputs : array of shape (n_rows, n_inputs)
        Complete rows; a category as the number of its level.
    is_category : array of bool, shape (n_inputs,)
        Which inputs are categories.

    Returns
    -------
    array of int, shape (n_rows,), or None
        As :func:`clumps`; None where no input is a number.

    Examples
    --------
    >>> binder, gap = np.repeat([0.0, 1, 2], 5), np.tile([80.0, 85, 90, 95, 100], 3)
    >>> clumps_by_level(np.column_stack([binder, gap]), np.array([True, False])) is None
    True
    """
    if is_category.all():
        return None
    numbers = clumps(inputs[:, ~is_category])
    if numbers is None:
        return repeated_settings(inputs)
    if not is_category.any():
        return numbers
    together = np.column_stack([numbers, inputs[:, is_category]])
    return in_order(np.unique(together, axis=0, return_inverse=True)[1].ravel())


def _cut(edges: Floats, n_inputs: int) -> float | None:
    """Return a length between those within clumps and those between, where they part clearly."""
    n_rows = len(edges) + 1
    fewest = max(2, int(np.ceil(MIN_FRACTION_REPEATED * n_rows)))
    most = n_rows - max(3, int(np.ceil(n_rows / MAX_ROWS_PER_CLUMP)))
    short = np.arange(fewest, min(most, n_rows - 2) + 1)
    if not len(short) or edges[0] <= 0.0:
        return None
    ratio = edges[short] / edges[short - 1]
    parted = _parted(np.log(edges), short)
    by_ratio = ratio > max(1.8, 1.0 + 60.0 / (n_rows * n_inputs))
    by_spread = (parted > 3.4 + 30.0 / n_rows) & (ratio > 1.15)
    ends = [
        int(short[np.argmax(np.where(clear, score, 0.0))])
        for clear, score in ((by_ratio, ratio), (by_spread, parted))
        if clear.any()
    ]
    return float(np.sqrt(edges[max(ends) - 1] * edges[max(ends)])) if ends else None


def _parted(logarithms: Floats, short: Integers) -> Floats:
    """Return the distance of the means of short and long edges over their pooled spread."""
    total, squares = np.cumsum(logarithms), np.cumsum(logarithms**2)
    long = len(logarithms) - short
    low, high = total[short - 1] / short, (total[-1] - total[short - 1]) / long
    within = squares[-1] - short * low**2 - long * high**2
    return np.asarray((high - low) / np.sqrt(np.maximum(within, 1e-12) / len(logarithms)))


def complete_rows(inputs: Floats) -> Booleans:
    """Return which rows have every input."""
    return np.asarray(~np.isnan(inputs).any(axis=1))
