"""The figures by kind, in the order of the report, and the choice of what is drawn."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Integers
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData, FigureKind
from electrodoe.report.figures import (
    bee_swarm,
    bruggeman,
    coil_map,
    configurations,
    contour,
    correlations,
    design_space,
    drivers,
    effects,
    experimental_space,
    fraction_of_design_space,
    importance,
    interaction_lines,
    nyquist_gallery,
    operating_window,
    parity,
    parity_grid,
    plan_comparison,
    portfolio,
    prediction_spread,
    pull_off_gallery,
    rate_capability,
    replicates,
    residuals,
    screening,
    sensor_lags,
    specification_overlay,
    split_scatter,
    term_correlations,
    variance_slices,
)
from electrodoe.report.plot import Drawing

MOST_POINTS: Final = 400
"""Of each panel and kind of point: 80 bytes each as SVG, of nine panels with three kinds 900 KB."""
_THINNED: Final[Mapping[str, tuple[str, ...]]] = {
    "parity": ("family", "split"),
    "parity_grid": ("row_number", "family", "split"),
    "configurations": ("response", "is_set_aside"),
    "replicates": ("response", "is_set_aside"),
    "experimental_space": (),
    "residuals": ("panel", "is_marked"),
}
"""Kinds of figures that draw a point per sample or configuration, and what parts their points."""
_SEED: Final = 0
"""Of the draw: the same points at every run."""


def thinned(figure: FigureData) -> FigureData:
    """Return a figure with at most 400 points of a kind in a panel; its caption says so."""
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


def _kept(group: pl.DataFrame) -> Integers:
    """Return the rows of one kind of point that are drawn."""
    rows = group["_row"].to_numpy().astype(np.int64)
    if len(rows) <= MOST_POINTS:
        return rows
    numbers = group.drop("_row").select(pl.selectors.float())
    ends = [end for column in numbers for end in (column.arg_min(), column.arg_max())]
    drawn = np.random.default_rng(_SEED).permutation(len(rows))[:MOST_POINTS]
    return np.asarray(rows[np.unique([*(end for end in ends if end is not None), *drawn])])


FIGURES: Final[dict[str, FigureKind]] = {
    "operating_window": FigureKind(build=operating_window.of_report, draw=operating_window.draw),
    "experimental_space": FigureKind(build=experimental_space.build, draw=design_space.draw),
    "configurations": FigureKind(build=configurations.build, draw=configurations.draw),
    "replicates": FigureKind(build=replicates.build, draw=replicates.draw),
    "correlations": FigureKind(build=correlations.build, draw=correlations.draw),
    "split_scatter": FigureKind(build=split_scatter.build, draw=split_scatter.draw),
    "parity": FigureKind(build=parity.build, draw=parity.draw),
    "parity_grid": FigureKind(build=parity_grid.build, draw=parity_grid.draw),
    "importance": FigureKind(build=importance.build, draw=importance.draw),
    "bee_swarm": FigureKind(build=bee_swarm.build, draw=bee_swarm.draw),
    "drivers": FigureKind(build=drivers.build, draw=drivers.draw),
    "effects": FigureKind(build=effects.build, draw=effects.draw),
    "contour": FigureKind(build=contour.build, draw=contour.draw),
    "interaction_lines": FigureKind(build=interaction_lines.build, draw=interaction_lines.draw),
    "prediction_spread": FigureKind(build=prediction_spread.build, draw=prediction_spread.draw),
    "screening": FigureKind(build=screening.build, draw=screening.draw),
    "residuals": FigureKind(build=residuals.build, draw=residuals.draw),
    "bruggeman": FigureKind(build=bruggeman.build, draw=bruggeman.draw),
}
"""What a report can show."""

SIMULATED_SENTENCE: Final = "Simulated data, not measured."
"""Begins the caption of every figure of data that were made up."""

DRAWN_ALONE: Final[dict[str, Callable[[FigureData, float], Drawing]]] = {
    "portfolio": portfolio.draw,
    "design_space": design_space.draw,
    "fraction_of_design_space": fraction_of_design_space.draw,
    "variance_slices": variance_slices.draw,
    "term_correlations": term_correlations.draw,
    "plan_comparison": plan_comparison.draw,
    "rate_capability": rate_capability.draw,
    "nyquist_gallery": nyquist_gallery.draw,
    "pull_off_gallery": pull_off_gallery.draw,
    "coil_map": coil_map.draw,
    "sensor_lags": sensor_lags.draw,
    "specification_overlay": specification_overlay.draw,
}
"""Figures of something else than a report's content."""

OF_OTHER_VERBS: Final = tuple(kind for kind in DRAWN_ALONE if kind != "specification_overlay")
"""Those of them that no stage of a run makes."""


def build_figures(content: ReportContent) -> list[FigureData]:
    """Return all figures of a report as numbers and words.

    Parameters
    ----------
    content : ReportContent
        What was found.

    Returns
    -------
    list of FigureData
        In the order of the report; every name is unique, no frame is empty.
    """
    built = [thinned(figure) for kind in FIGURES.values() for figure in kind.build(content)]
    seen: Counter[str] = Counter()
    figures = []
    for figure in built:
        seen[figure.name] += 1
        again = seen[figure.name]
        name = figure.name if again == 1 else f"{figure.name}-{again}"
        figures.append(marked(replace(figure, name=name), is_simulated=content.is_simulated))
    return figures


def marked(figure: FigureData, *, is_simulated: bool) -> FigureData:
    """Return a figure that says so, in caption and drawing, where its data were made up."""
    caption = f"{SIMULATED_SENTENCE} {figure.caption}" if is_simulated else figure.caption
    return replace(figure, caption=caption, is_simulated=is_simulated)
