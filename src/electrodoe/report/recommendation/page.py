"""The page of a recommendation: what to do, what to expect, what to run next, what is not known."""

from typing import Final

from electrodoe.optimize import Recommendation
from electrodoe.report.blocks import Table, numbers, text
from electrodoe.report.drawing import SIMULATED
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.page import picture, render
from electrodoe.report.rounding import percent, significant
from electrodoe.report.sections.recommendation import promise_table, settings_table
from electrodoe.study import Study

_MOST_PARETO: Final = 12
Pictures = tuple[tuple[FigureData, str], ...]


def recommendation_html(
    study: Study,
    told: Recommendation,
    pictures: Pictures,
    *,
    is_simulated: bool = False,
) -> str:
    """Return a recommendation as one self-contained HTML page.

    Parameters
    ----------
    study : Study
        The declaration.
    told : Recommendation
        What is recommended.
    pictures : tuple of (FigureData, str)
        The maps.
    is_simulated : bool
        Whether the samples were made up, which the page then says.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    return render(
        "recommendation.html.j2",
        banner=SIMULATED if is_simulated else "",
        title=study.title,
        question=study.question,
        summary=told.summary,
        unknowns=told.unknown,
        pictures=[picture(data, svg) for data, svg in pictures],
        settings=settings_table(study, told),
        promises=promise_table(study, told),
        runs=run_table(study, told),
        sensitivity=sensitivity_table(study, told),
        trade_offs=pareto_table(study, told),
    )


def run_table(study: Study, told: Recommendation) -> Table:
    """Return the runs to make next, in the order of making."""
    names = tuple(told.set_point.settings)
    rows = [
        (
            str(row["run"]),
            *(significant(float(row[name]) * shown(study, name).factor) for name in names),
            str(row["purpose"]),
        )
        for row in told.next_runs
    ]
    return Table(
        caption="Runs to make next, in random order; the run sheet beside this page is to fill in.",
        columns=(
            *numbers("Run", *(shown(study, name).axis for name in names)),
            *text("Purpose"),
        ),
        rows=tuple(rows),
    )


def sensitivity_table(study: Study, told: Recommendation) -> Table:
    """Return Sobol indices: by response, how much each factor moves the prediction."""
    rows, names = [], tuple(told.set_point.settings)
    for indices in told.sensitivity:
        shape = told.shapes.get(indices.response_name)
        rows.append(
            (
                shown(study, indices.response_name).label,
                *(
                    f"{percent(max(indices.first[name], 0.0))}"
                    f" ({percent(max(indices.total[name], 0.0))})"
                    for name in names
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
            *numbers(*(shown(study, name).label for name in names)),
            *text("Shape"),
        ),
        rows=tuple(rows),
    )


def pareto_table(study: Study, told: Recommendation) -> Table | None:
    """Return some efficient settings from one end of the set to the other, or None."""
    if not told.pareto:
        return None
    n = len(told.pareto)
    chosen = sorted({round(k * (n - 1) / (_MOST_PARETO - 1)) for k in range(_MOST_PARETO)})
    names, responses = told.pareto[0].settings, told.pareto[0].predicted
    rows = [
        tuple(
            significant(value * shown(study, name).factor)
            for name, value in (told.pareto[k].settings | told.pareto[k].predicted).items()
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
