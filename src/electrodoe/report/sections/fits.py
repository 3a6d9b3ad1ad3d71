"""How well the tested polynomials fit, and what their residuals show."""

from electrodoe.evaluate import ENOUGH_PRECISION, residual_sentence, telling
from electrodoe.report.content import ReportContent
from electrodoe.report.rounding import measured, score, significant
from electrodoe.report.scales import scale_of_tests, shown_on_scale
from electrodoe.report.selection import of
from electrodoe.report.table import Table, numbers, text


def residual_sentences(content: ReportContent, target: str, scenario: str) -> list[str]:
    """Return what shows in the residuals of one response, as one sentence; none where nothing."""
    if content.residual_checks is None:
        return []
    own = of(telling(content.residual_checks), target, scenario)
    if own.is_empty():
        return []
    return [f"Residuals of the {own['model'][0]} model: {residual_sentence(own)}."]


def fit_table(content: ReportContent, target: str, scenario: str) -> Table | None:
    """Return what sums up the models of one response beside one another, or None."""
    if content.model_summaries is None:
        return None
    rows = of(content.model_summaries, target, scenario)
    if rows.is_empty():
        return None
    look = shown_on_scale(content.study, target)
    unit, squared = (f" ({each})" if look.unit else "" for each in (look.unit, look.squared_unit))
    return Table(
        caption="Fit of each model to the means of runs. Predicted R² and PRESS are of runs left"
        " out one by one, replicates of their settings kept: for new settings see section 3."
        " Adequate precision is the range of predictions over their mean standard error;"
        f" {ENOUGH_PRECISION:g} or more is asked.{scale_of_tests(content.study, target)}",
        columns=(
            *text("Model"),
            *numbers("Runs", "Terms", f"Standard deviation{unit}", "R²", "Adjusted R²"),
            *numbers("Predicted R²", f"PRESS{squared}", "Adequate precision"),
        ),
        rows=tuple(
            (
                row["model"],
                significant(row["n_rows"]),
                significant(row["n_terms"]),
                measured(row["standard_deviation"] * look.factor),
                score(row["r2"]),
                score(row["adjusted_r2"]),
                score(row["predicted_r2"]),
                measured(None if row["press"] is None else row["press"] * look.factor**2),
                measured(row["adequate_precision"]),
            )
            for row in rows.iter_rows(named=True)
        ),
    )
