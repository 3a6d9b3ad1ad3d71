"""Two plans in one picture: how well each predicts, in all and for each run it costs."""

from dataclasses import replace

import polars as pl

from electrodoe.report.figure import FigureData
from electrodoe.report.plan_sentences import NamedEvaluation
from electrodoe.report.plot import (
    DOTTED,
    Blocks,
    Box,
    Drawing,
    Line,
    Mark,
    Panel,
    Words,
    across,
    apart,
    drawing_of,
    limits,
    named_axis,
    round_axis,
    sheet,
)
from electrodoe.report.style import FIRST, INK, PAGE_WIDTH_IN, SECOND, SMALL

_COLORS = (FIRST, SECOND)
_SHIFT = 0.42
"""Between the bars of both plans."""
_EFFICIENCIES = {"d_efficiency": "D", "a_efficiency": "A", "g_efficiency": "G"}


def build(first: NamedEvaluation, second: NamedEvaluation) -> FigureData:
    """Return curves and efficiencies of two plans."""
    frames = []
    for own in (first, second):
        curve = own.evaluation.fds.select(
            pl.lit(own.title).alias("plan"),
            pl.lit("variance").alias("panel"),
            pl.col("fraction").alias("x"),
            pl.col("prediction_variance").alias("y"),
        )
        per_run = curve.with_columns(panel=pl.lit("per run"), y=pl.col("y") * own.evaluation.n_runs)
        frames += [curve, per_run, _means(own), _efficiencies(own)]
    return FigureData(
        name="plan_comparison",
        title=f"{first.title} beside {second.title}",
        caption=(
            "Left: prediction variance over the region, dotted its mean, criterion I. Middle: the"
            " same times the number of runs, which is fair to the smaller plan. Right: efficiencies"
            " of the information per run."
        ),
        kind="plan_comparison",
        frame=pl.concat(frames),
        labels={"variance": "Prediction variance (of σ²)", "per run": "Variance × runs (of σ²)"},
    )


def _means(own: NamedEvaluation) -> pl.DataFrame:
    """Return criterion I of one plan, and the same times its number of runs."""
    mean = own.evaluation.value("i_continuous")
    return pl.DataFrame(
        {
            "plan": [own.title] * 2,
            "panel": ["mean variance", "mean per run"],
            "x": [0.0, 0.0],
            "y": [mean, None if mean is None else mean * own.evaluation.n_runs],
        },
        schema_overrides={"y": pl.Float64},
    ).drop_nulls()


def _efficiencies(own: NamedEvaluation) -> pl.DataFrame:
    """Return D-, A- and G-efficiency of one plan, in percent."""
    values = [100.0 * (own.evaluation.value(name) or 0.0) for name in _EFFICIENCIES]
    return pl.DataFrame(
        {
            "plan": [own.title] * len(values),
            "panel": ["efficiency"] * len(values),
            "x": [float(index) for index in range(len(values))],
            "y": values,
        }
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return three panels: both curves, both curves per run, both plans' efficiencies."""
    page = sheet(width_in, 3, 3, height_in=1.9, left_in=0.55, head_in=0.25, top_in=0.1)
    plans = data.frame["plan"].unique(maintain_order=True).to_list()
    first, second, third = page.boxes
    panels = [
        _curves(data, plans, "variance", first),
        _curves(data, plans, "per run", second),
        _bars(data.frame.filter(panel="efficiency"), plans, third),
    ]
    return drawing_of(page, panels, legend=panels[0].marks)


def _curves(data: FigureData, plans: list[str], panel: str, box: Box) -> Panel:
    """Return both plans' curves, with their means."""
    marks: list[Mark] = []
    for plan, color in zip(plans, _COLORS, strict=False):
        rows = data.frame.filter(plan=plan, panel=panel)
        means = data.frame.filter(plan=plan, panel=f"mean {panel}")["y"]
        marks.append(Line(x=rows["x"], y=rows["y"], color=color, width=1.6, label=plan))
        marks.append(across(y=means, color=color, width=0.9, dashes=DOTTED))
    shown = data.frame.filter(pl.col("panel").is_in([panel, f"mean {panel}"]))
    return Panel(
        box=box,
        x=round_axis((0.0, 1.0), 4, label="Fraction of the region"),
        y=round_axis(
            apart(0.0, limits(shown["y"], [0.0])[1]), label=data.labels[panel], has_grid=True
        ),
        marks=marks,
    )


def _bars(rows: pl.DataFrame, plans: list[str], box: Box) -> Panel:
    """Return one plan's efficiencies beside the other's, each with its number."""
    marks: list[Mark] = []
    for index, (plan, color) in enumerate(zip(plans, _COLORS, strict=False)):
        own = rows.filter(plan=plan)
        middle = own["x"].to_numpy() + (index - 0.5) * _SHIFT
        marks.append(Blocks(x=middle - 0.2, to_x=middle + 0.2, y=0.0, to_y=own["y"], color=color))
        marks += [
            Words(
                x=x, y=y, words=f"{y:.0f}", color=INK, size=SMALL, anchor="middle",
                shift=(0.0, 3.0), is_on_line=True,
            )
            for x, y in zip(middle.tolist(), own["y"].to_list(), strict=True)
        ]  # fmt: skip
    names = list(_EFFICIENCIES.values())
    top = 1.12 * limits(rows["y"], [0.0], room=0.0)[1]
    return Panel(
        box=box,
        x=replace(named_axis(range(len(names)), names, (-0.5, len(names) - 0.5)), has_line=True),
        y=round_axis(apart(0.0, top), 6, label="Efficiency (%)", has_grid=True),
        marks=marks,
    )
