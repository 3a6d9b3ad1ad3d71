"""All models in one table with the columns of the paper's Table 5."""

from typing import Any

from electrodoe.report.content import ReportContent
from electrodoe.report.naming import family_title, shown
from electrodoe.report.rounding import measured, score
from electrodoe.report.selection import cases, families_in, of
from electrodoe.report.table import Table, numbers, text
from electrodoe.report.tables.scores import NEW_CONFIGURATIONS, known_configurations


def summary_of_models(content: ReportContent) -> Table:
    """Return every model: target, inputs, scores of the random split, of new configurations."""
    rows: list[tuple[str, ...]] = []
    headings = {}
    for target, scenario in cases(content):
        scores = of(content.evaluation, target, scenario)
        headings[len(rows)] = (
            f"{shown(content.study, target).axis} from {_inputs(content, scenario)}"
        )
        for family in families_in(scores):
            row = scores.filter(family=family).row(0, named=True)
            rows.append((family_title(family), *_scores(row, shown(content.study, target).factor)))
    return Table(
        caption="All models, with the columns of Table 5 of Haghi et al. (2023). Errors are in the"
        " target's unit; the random split is the paper's, and not what a new configuration meets.",
        columns=(
            *text("Model"),
            *numbers("R² train", "R² test", "RMSE train", "RMSE test", "MSE train/test"),
            *numbers("R²", "RMSE"),
        ),
        groups=(("", 1), (known_configurations(content), 5), (NEW_CONFIGURATIONS, 2)),
        rows=tuple(rows),
        headings=headings,
    )


def _scores(row: dict[str, Any], factor: float) -> tuple[str, ...]:
    """Return one model's scores, errors in the shown unit."""
    errors = {
        name: measured(None if row[name] is None else row[name] * factor)
        for name in ("rmse_train", "rmse_test", "rmse_loco")
    }
    return (
        score(row["r2_train"]),
        score(row["r2_test"]),
        errors["rmse_train"],
        errors["rmse_test"],
        measured(row["mse_ratio"], 2),
        score(row["r2_loco"]),
        errors["rmse_loco"],
    )


def _inputs(content: ReportContent, scenario: str) -> str:
    """Return a scenario's inputs in words."""
    return ", ".join(
        shown(content.study, name).label for name in content.study.scenarios[scenario].inputs
    )
