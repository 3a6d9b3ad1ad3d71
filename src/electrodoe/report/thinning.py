"""Figures of many points, thinned: a page must open, and a blot tells nothing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.report.figure import FigureData

MOST_POINTS: Final = 400
"""Of each panel and kind of point: 80 bytes each as SVG, of nine panels with three kinds 900 KB."""
_THINNED: Final[Mapping[str, tuple[str, ...]]] = {
    "parity": ("family", "split"),
    "configurations": ("response", "is_set_aside"),
    "replicates": ("response", "is_set_aside"),
    "experimental_space": (),
}
"""Kinds of figures that draw a point per sample or configuration, and what parts their points."""
_SEED: Final = 0
"""Of the draw: the same points at every run."""


def thinned(figure: FigureData) -> FigureData:
    """Return a figure with at most 400 points of a kind in a panel, and the sentence that says so.

    Parameters
    ----------
    figure : FigureData
        Of any kind; those with a curve or a cell for each row are left as they are.

    Returns
    -------
    FigureData
        Points are drawn by lot, but the least and the greatest of every column stay, so that the
        range and the odd one are seen. The tables keep all of them.
    """
    if figure.kind not in _THINNED or figure.frame.height <= MOST_POINTS:
        return figure
    parts = [name for name in _THINNED[figure.kind] if name in figure.frame.columns]
    rows = figure.frame.with_row_index("_row")
    groups = rows.partition_by(parts, maintain_order=True) if parts else [rows]
    kept = np.concatenate([_kept(group) for group in groups])
    if len(kept) == figure.frame.height:
        return figure
    said = (
        f" Of {figure.frame.height:,} points {len(kept):,} are drawn, by lot and with the extremes;"
        " the tables hold all."
    )
    return replace(
        figure, frame=figure.frame[np.sort(kept).tolist()], caption=figure.caption + said
    )


def _kept(group: pl.DataFrame) -> NDArray[np.int64]:
    """Return the rows of one kind of point that are drawn."""
    rows = group["_row"].to_numpy().astype(np.int64)
    if len(rows) <= MOST_POINTS:
        return rows
    numbers = group.drop("_row").select(pl.selectors.float())
    ends = [end for column in numbers for end in (column.arg_min(), column.arg_max())]
    drawn = np.random.default_rng(_SEED).permutation(len(rows))[:MOST_POINTS]
    return np.asarray(rows[np.unique([*(end for end in ends if end is not None), *drawn])])
