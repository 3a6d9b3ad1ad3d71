"""Two plans in one picture: how well each predicts, in all and for each run it costs."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.report.figure import FigureData
from electrodoe.report.named_evaluation import NamedEvaluation
from electrodoe.report.style import FIRST, INK, SECOND, SMALL, few_ticks, legend_above, panels

_EFFICIENCIES = {"d_efficiency": "D", "a_efficiency": "A", "g_efficiency": "G"}


def build(first: NamedEvaluation, second: NamedEvaluation) -> FigureData:
    """Return curves and efficiencies of two plans.

    Parameters
    ----------
    first, second : NamedEvaluation
        Two plans for the same model, under different titles.

    Returns
    -------
    FigureData
        ``plan, panel, x, y``: fraction and prediction variance in the panel ``variance``, the
        same times the number of runs in ``per run``, position and percent in ``efficiency``;
        criterion I for the first two in ``mean variance`` and ``mean per run``.
    """
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


def draw(data: FigureData) -> Figure:
    """Return three panels: both curves, both curves per run, both plans' efficiencies."""
    figure, axes = panels(3, 3, height_in=1.9, left_in=0.55, head_in=0.25, top_in=0.1)
    plans = data.frame["plan"].unique(maintain_order=True).to_list()
    for ax, panel in zip(axes, ("variance", "per run", "efficiency"), strict=True):
        for index, plan in enumerate(plans):
            rows = data.frame.filter(plan=plan, panel=panel)
            color = (FIRST, SECOND)[index]
            if panel == "efficiency":
                _draw_bars(ax, rows, (index - 0.5) * 0.42, color)
            else:
                ax.plot(rows["x"], rows["y"], color=color, linewidth=1.6, label=plan)
                for mean in data.frame.filter(plan=plan, panel=f"mean {panel}")["y"]:
                    ax.axhline(mean, color=color, linewidth=0.9, linestyle=":")
        ax.set_ylim(0.0, None)
        ax.grid(visible=True, axis="y")
        if panel == "efficiency":
            ax.set_ylim(0.0, 1.12 * float(data.frame.filter(panel=panel)["y"].to_numpy().max()))
            ax.set_xticks(range(len(_EFFICIENCIES)), list(_EFFICIENCIES.values()))
            ax.set_ylabel("Efficiency (%)")
        else:
            ax.set_xlim(0.0, 1.0)
            ax.set_xlabel("Fraction of the region")
            ax.set_ylabel(data.labels[panel])
            few_ticks(ax, n_x=4)
    legend_above(figure, axes[0])
    return figure


def _draw_bars(ax: Axes, rows: pl.DataFrame, shift: float, color: str) -> None:
    """Draw one plan's efficiencies beside the other's, each with its number."""
    bars = ax.bar(rows["x"] + shift, rows["y"], 0.4, color=color)
    labels = [f"{value:.0f}" for value in rows["y"]]
    ax.bar_label(bars, labels, padding=1.5, fontsize=SMALL, color=INK)
