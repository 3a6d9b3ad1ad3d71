"""The page of a recommendation: what to do, what to expect, what to run next, what is not known."""

from typing import Final

from electrodoe.models import FAMILIES
from electrodoe.optimize import Promise, Recommendation
from electrodoe.report.figure import DrawnFigure, FigureData
from electrodoe.report.naming import shown
from electrodoe.report.page import picture, render
from electrodoe.report.phrases import told, told_range
from electrodoe.report.recommendation_limits import unknowns
from electrodoe.report.recommendation_sentences import summary
from electrodoe.report.rounding import brief_score, percent, significant
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Study

_MOST_PARETO: Final = 12
Pictures = tuple[tuple[FigureData, DrawnFigure], ...]


def recommendation_html(study: Study, found: Recommendation, pictures: Pictures) -> str:
    """Return a recommendation as one self-contained HTML page.

    Parameters
    ----------
    study : Study
        The declaration.
    found : Recommendation
        What was found.
    pictures : tuple of (FigureData, DrawnFigure)
        The maps.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    return render(
        "recommendation.html.j2",
        title=study.title,
        question=study.question,
        summary=summary(study, found),
        unknowns=unknowns(study, found),
        pictures=[picture(data, drawn.svg) for data, drawn in pictures],
        settings=settings_table(study, found),
        promises=promise_table(study, found),
        runs=run_table(study, found),
        sensitivity=sensitivity_table(study, found),
        trade_offs=pareto_table(study, found),
    )


def settings_table(study: Study, found: Recommendation) -> Table:
    """Return every factor with its recommended setting and its window."""
    window = found.window
    rows = [
        (
            shown(study, name).axis,
            told(study, name, value),
            told_range(study, name, *window.ranges[name], is_inward=True) if window else "–",
            told(study, name, window.center[name]) if window else "–",
            f"±\N{NO-BREAK SPACE}{percent(tolerance)}" if tolerance else "–",
        )
        for (name, value), tolerance in zip(
            found.set_point.settings.items(), found.decision.tolerances, strict=True
        )
    ]
    return Table(
        caption="Settings; the tolerance is what the study declares.",
        columns=(*text("Factor"), *numbers("Set to", "Window", "Its middle", "Tolerance")),
        rows=tuple(rows),
    )


def promise_table(study: Study, found: Recommendation) -> Table:
    """Return what to expect of every response at the recommended settings."""
    rows = []
    for promise, learned, goal in zip(
        found.set_point.promises, found.learned, found.decision.goals, strict=True
    ):
        name = promise.response_name
        limits = [
            f"≥ {told(study, name, goal.least)}" if goal.least > -float("inf") else "",
            f"≤ {told(study, name, goal.greatest)}" if goal.greatest < float("inf") else "",
        ]
        rows.append(
            (
                shown(study, name).label,
                goal.kind,
                ", ".join(limit for limit in limits if limit) or "–",
                told(study, name, promise.predicted),
                _ends(study, name, promise.lower, promise.upper),
                _ends(study, name, promise.replicate_lower, promise.replicate_upper),
                significant(promise.desirability, 2),
                f"{FAMILIES[learned.family].title}, R² {brief_score(learned.r2_loco)}",
                _method(promise),
            )
        )
    return Table(
        caption=(
            "What to expect. A new configuration is one measurement of a product made with the"
            " recommended settings; a new replicate is one more of the nearest run made, with that"
            " run's settings. Both intervals are meant to hold 90 %. R² is of left-out"
            " configurations."
        ),
        columns=(
            *text("Response", "Goal", "Specification"),
            *numbers("Predicted", "New configuration", "New replicate", "Desirability"),
            *text("Model", "Interval"),
        ),
        rows=tuple(rows),
    )


def _method(promise: Promise) -> str:
    """Return how an interval was found, or why there is none."""
    return promise.refusal or promise.method


def _ends(study: Study, name: str, low: float | None, high: float | None) -> str:
    """Return an interval, or a dash."""
    return "–" if low is None or high is None else told_range(study, name, low, high)


def run_table(study: Study, found: Recommendation) -> Table:
    """Return the runs to make next, in the order of making."""
    names = found.decision.region.names
    rows = [
        (
            str(row["run"]),
            *(significant(row[name] * shown(study, name).factor) for name in names),
            row["purpose"],
        )
        for row in found.next_runs.frame.iter_rows(named=True)
    ]
    return Table(
        caption="Runs to make next, in random order; the run sheet beside this page is to fill in.",
        columns=(
            *numbers("Run", *(shown(study, name).axis for name in names)),
            *text("Purpose"),
        ),
        rows=tuple(rows),
    )


def sensitivity_table(study: Study, found: Recommendation) -> Table:
    """Return Sobol indices: by response, how much each factor moves the prediction."""
    rows = []
    for indices in found.sobol:
        shape = found.shapes.get(indices.response_name)
        rows.append(
            (
                shown(study, indices.response_name).label,
                *(
                    f"{percent(max(indices.first[name], 0.0))}"
                    f" ({percent(max(indices.total[name], 0.0))})"
                    for name in found.decision.region.names
                ),
                shape.kind if shape else "–",
            )
        )
    return Table(
        caption=(
            "Share of a prediction's variance over the region that a factor causes alone, and in"
            " brackets with all its interactions (Sobol indices). The last column is the shape of"
            " the quadratic through the configuration means."
        ),
        columns=(
            *text("Response"),
            *numbers(*(shown(study, name).label for name in found.decision.region.names)),
            *text("Shape"),
        ),
        rows=tuple(rows),
    )


def pareto_table(study: Study, found: Recommendation) -> Table | None:
    """Return some efficient settings from one end of the set to the other, or None."""
    if found.pareto is None:
        return None
    n = len(found.pareto.points)
    chosen = sorted({round(k * (n - 1) / (_MOST_PARETO - 1)) for k in range(_MOST_PARETO)})
    settings = found.decision.settings(found.pareto.points)
    names = found.decision.region.names
    responses = [goal.response_name for goal in found.decision.goals]
    rows = [
        (
            *(
                significant(settings[k, j] * shown(study, name).factor)
                for j, name in enumerate(names)
            ),
            *(
                significant(found.pareto.predictions[k, j] * shown(study, name).factor)
                for j, name in enumerate(responses)
            ),
        )
        for k in chosen
    ]
    return Table(
        caption=(
            f"What can be had at once: {len(rows)} of {n} settings of which none is better in every"
            " response."
        ),
        columns=numbers(*(shown(study, name).axis for name in (*names, *responses))),
        rows=tuple(rows),
        groups=(("Settings", len(names)), ("Predicted", len(responses))),
    )
