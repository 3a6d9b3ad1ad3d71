"""Which fraction of the region is predicted how well; one curve per plan."""

from collections.abc import Iterator, Mapping

import polars as pl

from electrodoe.design.assessment.evaluation import PlanEvaluation
from electrodoe.report.figure import FigureData
from electrodoe.report.plot import (
    DOTTED,
    Drawing,
    Line,
    Mark,
    Panel,
    Words,
    apart,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.rounding import significant
from electrodoe.report.style import FIRST, INK, MUTED, PAGE_WIDTH_IN, SECOND, SMALL

_MARKED = (0.5, 0.9)
"""Fractions at which the curve is read off: the median, and most of the region; chosen."""


def build(evaluations: Mapping[str, PlanEvaluation]) -> FigureData:
    """Return the curves of one or several plans."""
    frames = [
        found.fds.select(pl.lit(name).alias("plan"), "fraction", "prediction_variance")
        for name, found in evaluations.items()
    ]
    first = next(iter(evaluations.values()))
    half, most = (significant(first.quantiles[fraction]) for fraction in ("50%", "90%"))
    return FigureData(
        name="fraction_of_design_space",
        title="Fraction of design space",
        caption=(
            "Fraction of the region in which the variance of a predicted mean, in units of a run's"
            f" variance, stays below the curve: half of it below {half}, 90 % below {most}."
        ),
        kind="fraction_of_design_space",
        frame=pl.concat(frames),
        labels={"x": "Fraction of the region", "y": "Prediction variance (of σ²)"},
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the curves in one panel, with the median and the 90 % point of the first."""
    page = sheet(width_in, 1, 1, height_in=2.4, left_in=0.6, head_in=0.25, top_in=0.1)
    plans = data.frame.partition_by("plan", maintain_order=True)
    top = limits(data.frame["prediction_variance"], [0.0])[1]
    lines = [
        Line(
            x=rows["fraction"],
            y=rows["prediction_variance"],
            color=(FIRST, SECOND, MUTED)[index % 3],
            width=1.6,
            label=rows["plan"][0],
        )
        for index, rows in enumerate(plans)
    ]
    panel = Panel(
        box=page.boxes[0],
        x=round_axis((0.0, 1.0), 5, label=data.labels["x"], has_grid=True),
        y=round_axis(apart(0.0, top), label=data.labels["y"], has_grid=True),
        marks=[*lines, *_marked(plans[0])],
    )
    return drawing_of(page, [panel], legend=lines)


def _marked(rows: pl.DataFrame) -> Iterator[Mark]:
    """Yield the median and the 90 % point of a curve, with their values."""
    for fraction in _MARKED:
        height = float(rows.filter(pl.col("fraction") >= fraction - 1e-9)["prediction_variance"][0])
        yield Line(
            x=[fraction, fraction, 0.0],
            y=[0.0, height, height],
            color=MUTED,
            width=0.9,
            dashes=DOTTED,
        )
        yield Words(
            x=fraction,
            y=height,
            words=f"{fraction:.0%}: {significant(height)}",
            color=INK,
            size=SMALL,
            anchor="end",
            shift=(-3.0, 4.0),
            is_on_line=True,
        )
