"""The figures by kind, in the order of the report, and the choice of what is drawn."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

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
    effects,
    experimental_space,
    fraction_of_design_space,
    importance,
    nyquist_gallery,
    operating_window,
    parity,
    plan_comparison,
    portfolio,
    prediction_spread,
    pull_off_gallery,
    rate_capability,
    replicates,
    sensor_lags,
    specification_overlay,
    split_scatter,
    term_correlations,
    variance_slices,
)
from electrodoe.report.plot import Drawing
from electrodoe.report.thinning import thinned

FIGURES: Final[dict[str, FigureKind]] = {
    "operating_window": FigureKind(build=operating_window.of_report, draw=operating_window.draw),
    "experimental_space": FigureKind(build=experimental_space.build, draw=design_space.draw),
    "configurations": FigureKind(build=configurations.build, draw=configurations.draw),
    "replicates": FigureKind(build=replicates.build, draw=replicates.draw),
    "correlations": FigureKind(build=correlations.build, draw=correlations.draw),
    "split_scatter": FigureKind(build=split_scatter.build, draw=split_scatter.draw),
    "parity": FigureKind(build=parity.build, draw=parity.draw),
    "importance": FigureKind(build=importance.build, draw=importance.draw),
    "bee_swarm": FigureKind(build=bee_swarm.build, draw=bee_swarm.draw),
    "effects": FigureKind(build=effects.build, draw=effects.draw),
    "contour": FigureKind(build=contour.build, draw=contour.draw),
    "prediction_spread": FigureKind(build=prediction_spread.build, draw=prediction_spread.draw),
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
