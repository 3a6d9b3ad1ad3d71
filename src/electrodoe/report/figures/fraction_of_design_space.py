"""Which share of the region is predicted how well; one curve per plan."""

from collections.abc import Mapping

import polars as pl
from matplotlib.figure import Figure

from electrodoe.design.evaluation import PlanEvaluation
from electrodoe.report.figure import FigureData
from electrodoe.report.rounding import significant
from electrodoe.report.style import FIRST, MUTED, SECOND, SMALL, few_ticks, legend_above, panels

_MARKED = (0.5, 0.9)


def build(evaluations: Mapping[str, PlanEvaluation]) -> FigureData:
    """Return the curves of one or several plans.

    Parameters
    ----------
    evaluations : mapping of str to PlanEvaluation
        By the plan's name; the first is the one that is asked about.

    Returns
    -------
    FigureData
        ``plan, fraction, prediction_variance``.
    """
    frames = [
        found.fds.select(pl.lit(name).alias("plan"), "fraction", "prediction_variance")
        for name, found in evaluations.items()
    ]
    first = next(iter(evaluations.values()))
    half, most = (significant(first.quantiles[share]) for share in ("50%", "90%"))
    return FigureData(
        name="fraction_of_design_space",
        title="Fraction of design space",
        caption=(
            "Share of the region in which the variance of a predicted mean, in units of a run's"
            f" variance, stays below the curve: half of it below {half}, 90 % below {most}."
        ),
        kind="fraction_of_design_space",
        frame=pl.concat(frames),
        labels={"x": "Fraction of the region", "y": "Prediction variance (of σ²)"},
    )


def draw(data: FigureData) -> Figure:
    """Return the curves in one panel, with the median and the 90 % point of the first."""
    figure, (ax,) = panels(1, 1, height_in=2.4, left_in=0.6, head_in=0.25, top_in=0.1)
    plans = data.frame["plan"].unique(maintain_order=True).to_list()
    for index, plan in enumerate(plans):
        rows = data.frame.filter(pl.col("plan") == plan)
        ax.plot(
            rows["fraction"],
            rows["prediction_variance"],
            color=(FIRST, SECOND, MUTED)[index % 3],
            linewidth=1.6,
            label=plan,
        )
        for share in _MARKED if index == 0 else ():
            height = rows.filter(pl.col("fraction") >= share - 1e-9)["prediction_variance"][0]
            ax.plot([share, share, 0.0], [0.0, height, height], ":", color=MUTED, linewidth=0.9)
            ax.annotate(
                f"{share:.0%}: {significant(float(height))}",
                (share, height),
                (-3, 4),
                textcoords="offset points",
                ha="right",
                fontsize=SMALL,
            )
    ax.set_xlim(0.0, 1.0)
    ax.set_ylim(0.0, None)
    ax.set_xlabel(data.labels["x"])
    ax.set_ylabel(data.labels["y"])
    ax.grid(visible=True)
    few_ticks(ax, n_x=5)
    legend_above(figure, ax)
    return figure
