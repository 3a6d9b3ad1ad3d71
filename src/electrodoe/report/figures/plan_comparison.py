"""Two plans in one picture: how well each predicts, in all and for each run it costs."""

import polars as pl
from matplotlib.figure import Figure

from electrodoe.design.evaluation import PlanEvaluation, compare_plans
from electrodoe.report.figure import FigureData
from electrodoe.report.style import FIRST, SECOND, few_ticks, legend_above, panels

_EFFICIENCIES = {"d_efficiency": "D", "a_efficiency": "A", "g_efficiency": "G"}


def build(
    first: PlanEvaluation, second: PlanEvaluation, first_name: str, second_name: str
) -> FigureData:
    """Return curves and efficiencies of two plans.

    Parameters
    ----------
    first, second : PlanEvaluation
        Two plans for the same model.
    first_name, second_name : str
        What they are called.

    Returns
    -------
    FigureData
        ``plan, panel, x, y``: fraction and prediction variance in the panel ``variance``, the
        same times the number of runs in ``per run``, position and percent in ``efficiency``.
    """
    frames = []
    for name, found in ((first_name, first), (second_name, second)):
        plan = pl.lit(name).alias("plan")
        curve = found.fds.select(
            plan,
            pl.lit("variance").alias("panel"),
            pl.col("fraction").alias("x"),
            pl.col("prediction_variance").alias("y"),
        )
        frames += [
            curve,
            curve.with_columns(panel=pl.lit("per run"), y=pl.col("y") * found.n_runs),
        ]
    compared = compare_plans(first, second)
    for name, column in ((first_name, "first"), (second_name, "second")):
        values = [
            100.0 * compared.filter(pl.col("criterion") == criterion)[column][0]
            for criterion in _EFFICIENCIES
        ]
        frames.append(
            pl.DataFrame(
                {
                    "plan": [name] * len(values),
                    "panel": ["efficiency"] * len(values),
                    "x": [float(index) for index in range(len(values))],
                    "y": values,
                }
            )
        )
    return FigureData(
        name="plan_comparison",
        title=f"{first_name} beside {second_name}",
        caption=(
            "Left: prediction variance over the region. Middle: the same times the number of runs,"
            " which is fair to the smaller plan. Right: efficiencies of the information per run."
        ),
        kind="plan_comparison",
        frame=pl.concat(frames),
        labels={"variance": "Prediction variance (of σ²)", "per run": "Variance × runs (of σ²)"},
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
                ax.bar(rows["x"] + (index - 0.5) * 0.36, rows["y"], 0.34, color=color, label=plan)
            else:
                ax.plot(rows["x"], rows["y"], color=color, linewidth=1.6, label=plan)
        ax.set_ylim(0.0, None)
        ax.grid(visible=True, axis="y")
        if panel == "efficiency":
            ax.set_xticks(range(len(_EFFICIENCIES)), list(_EFFICIENCIES.values()))
            ax.set_ylabel("Efficiency (%)")
        else:
            ax.set_xlim(0.0, 1.0)
            ax.set_xlabel("Fraction of the region")
            ax.set_ylabel(data.labels[panel])
            few_ticks(ax, n_x=4)
    legend_above(figure, axes[0])
    return figure
