"""Which fraction of the region is predicted how surely, of any model: the paper's Figure 11."""

import numpy as np
import polars as pl

from electrodoe.evaluate.judgement import Predictability
from electrodoe.models import DEFAULT_FAMILY
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.plot import (
    DASHED,
    Drawing,
    Line,
    Panel,
    apart,
    drawing_of,
    round_axis,
    sheet,
)
from electrodoe.report.selection import cases, of, verdict
from electrodoe.report.style import FIRST, MUTED, PAGE_WIDTH_IN, SECOND, wrapped
from electrodoe.verify.prediction_variance import LEAST_SQUARES

_LOOKS = {
    "least squares": (DASHED, MUTED, "least squares: polynomial, scaled by s²"),
    "best": ((), FIRST, "refits on drawn configurations: best family"),
    "default": ((), SECOND, f"the same: {family_title(DEFAULT_FAMILY)}"),
}
"""Line, color and name of each curve; the default is drawn apart where another is best."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per scenario, with a panel per response that can be predicted."""
    figures = []
    for scenario in content.study.scenarios:
        frames = [
            _panel(content, target, scenario)
            for target, name in cases(content)
            if name == scenario and verdict(content, target, scenario) is not Predictability.NOT
        ]
        frame = pl.concat(frames) if frames else pl.DataFrame()
        if frame.is_empty():
            continue
        figures.append(
            FigureData(
                name=slug("prediction_spread", scenario),
                title=f"Fraction of design space{in_scenario(content.study, scenario)}",
                caption=(
                    "Fraction of the region in which the standard deviation of the predicted mean"
                    " stays below the curve; its square is the prediction variance. Dashed: by"
                    " least squares, the plan's own curve times the residual variance of the"
                    " configurations' means. Solid: between refits of a model on drawn"
                    " configurations. The two answer different questions; neither holds the error"
                    " of a model that cannot bend as the response does."
                ),
                kind="prediction_spread",
                frame=frame,
                labels={"x": "Fraction of the region"},
                scenario=scenario,
            )
        )
    return figures


def _panel(content: ReportContent, target: str, scenario: str) -> pl.DataFrame:
    """Return the curves of one response as standard deviations in the shown unit."""
    scale = shown(content.study, target)
    rows = of(content.verification["prediction_fds"], target, scenario)
    refits = rows.filter(pl.col("kind") != LEAST_SQUARES)["family"].unique(maintain_order=True)
    best = refits[0] if len(refits) else ""
    role = (
        pl.when(pl.col("kind") == LEAST_SQUARES)
        .then(pl.lit("least squares"))
        .when(pl.col("family") == best)
        .then(pl.lit("best"))
        .otherwise(pl.lit("default"))
    )
    title = f"{scale.label} ({family_title(best)})" if best else scale.label
    return rows.select(
        panel=pl.lit(title),
        axis=pl.lit(f"Standard deviation ({scale.unit})" if scale.unit else "Standard deviation"),
        curve=role,
        fraction="fraction",
        standard_deviation=pl.col("prediction_variance").sqrt() * scale.factor,
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per response, each with its own scale from zero."""
    responses = data.frame.partition_by("panel", maintain_order=True)
    whole = sheet(
        width_in,
        max(len(responses), 2),  # a single panel as wide as the page would be no help
        3,
        height_in=1.25,
        left_in=0.55,
        bottom_in=0.42,
        top_in=0.34,
        head_in=0.26,
    )
    panels = [
        Panel(
            box=box,
            x=round_axis((0.0, 1.0), label=data.labels["x"], has_grid=True),
            y=round_axis(apart(0.0, 1.05 * _top(rows)), label=rows["axis"][0], has_grid=True),
            marks=_curves_of(rows),
            title=wrapped(rows["panel"][0], 30, width_in),
        )
        for rows, box in zip(responses, whole.boxes, strict=False)
    ]
    return drawing_of(whole, panels, legend=panels[0].marks)


def _top(rows: pl.DataFrame) -> float:
    """Return the scale's end; a corner that is hardly known does not set it."""
    found = [
        min(float(values.max()), 2.0 * float(np.quantile(values, 0.9)))
        for values in (own["standard_deviation"].to_numpy() for own in rows.partition_by("curve"))
    ]
    return max(found, default=0.0) or 1.0


def _curves_of(rows: pl.DataFrame) -> list[Line]:
    """Return the curves in the order of the legend."""
    lines = []
    for curve, (dashes, color, label) in _LOOKS.items():
        own = rows.filter(pl.col("curve") == curve)
        x, y = own["fraction"], own["standard_deviation"]
        lines.append(Line(x=x, y=y, color=color, width=1.4, dashes=dashes, label=label))
    return lines
