"""How well the tested polynomials fit, and what their residuals show."""

import json

from electrodoe.evaluate import ENOUGH_PRECISION, residual_sentence, telling
from electrodoe.findings.wording import counted, listed
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import term_label
from electrodoe.report.rounding import brief_score, measured, score, significant
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


def reduction_sentences(content: ReportContent, target: str, scenario: str) -> list[str]:
    """Return what a reduced model left out, and how both predict; none where none was asked for."""
    chosen = of(content.hyperparameters, target, scenario).filter(family="reduced_polynomial")
    if chosen.is_empty() or content.study.models.get("reduced_polynomial") is None:
        return []
    rule = json.loads(chosen["hyperparameters"][0])
    terms = of(content.coefficients, target, scenario)
    full = terms.filter(model="quadratic")["term"].to_list()
    dropped = [name for name in full if name not in rule["terms"]]
    if not full:
        said = f"{counted(len(rule['terms']) - 1, 'term')} kept; the full quadratic is undetermined"
    elif dropped:
        said = (
            f"left out: {listed([term_label(content.study, name) for name in dropped], limit=20)}"
        )
    else:
        said = "nothing was left out"
    by = "AICc" if rule["select"] == "aicc" else f"p values, limit {rule['alpha']:g}"
    scores = of(content.evaluation, target, scenario).drop_nulls("r2_loco")
    left_out = dict(scores.select("family", "r2_loco").iter_rows())
    both = [
        f"{brief_score(left_out[family])} ({name})"
        for family, name in (("reduced_polynomial", "reduced"), ("polynomial", "full"))
        if family in left_out
    ]
    honest = (
        f" R² on new configurations, terms chosen anew without each: {', '.join(both)}."
        if both
        else ""
    )
    caution = (
        " Its p values take the terms as known beforehand: they are too small." if dropped else ""
    )
    return [f"Reduced quadratic (by {by}, hierarchical): {said}.{honest}{caution}"]
