"""The tables of a plan: runs, criteria, terms, aliases."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from electrodoe.design.evaluation import PlanEvaluation
from electrodoe.design.run_plan import PURPOSE, REPLICATE_OF, RUN, RunPlan
from electrodoe.report.naming import shown
from electrodoe.report.rounding import percent, significant
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Study

_CRITERIA: Final[Mapping[str, str]] = {
    "i_continuous": "I, mean prediction variance over the region",
    "i_grid": "I over the declared levels",
    "i_continuous_efficiency_bound": "Proven least I-efficiency, region",
    "i_grid_efficiency_bound": "Proven least I-efficiency, levels",
    "d_efficiency": "D-efficiency",
    "a_efficiency": "A-efficiency",
    "g_efficiency": "G-efficiency",
    "greatest_prediction_variance": "Greatest prediction variance",
    "greatest_vif": "Greatest VIF",
}
_N_ALIASES: Final = 12


def run_table(study: Study, plan: RunPlan, derived: pl.DataFrame) -> Table:
    """Return the runs in the order of making, with the settings that follow."""
    joined = plan.frame.join(derived, on=RUN, how="left", maintain_order="left")
    hidden = {name for name in derived.columns if name.startswith(("least_", "greatest_"))}
    names = [
        name
        for name in joined.columns
        if name not in hidden | {RUN, PURPOSE, REPLICATE_OF} and joined[name].count()
    ]
    scales = {name: shown(study, name) for name in names}
    heads = [scale.axis for scale in scales.values()]
    rows = tuple(
        (
            str(row[RUN]),
            *(
                value
                if isinstance(value := row[name], str)
                else significant(None if value is None else value * scale.factor, 4)
                for name, scale in scales.items()
            ),
            str(row[PURPOSE]).replace("_", " "),
            "" if row[REPLICATE_OF] is None else f"run {row[REPLICATE_OF]}",
        )
        for row in joined.iter_rows(named=True)
    )
    return Table(
        caption="Runs in the order of making.",
        columns=(*numbers("Run", *heads), *text("Purpose", "Same settings as")),
        rows=rows,
    )


def criteria_table(evaluation: PlanEvaluation, factorial: PlanEvaluation | None) -> Table:
    """Return every criterion with its definition, beside the full factorial."""
    rows = []
    for name, value, definition in evaluation.criteria.iter_rows():
        cells = [_value(name, value)]
        if factorial is not None:
            cells.append(_value(name, factorial.value(name)))
        rows.append((_CRITERIA[name], *cells, definition))
    heads = ["This plan"]
    if factorial is not None:
        heads.append(f"Full factorial, {factorial.n_runs} runs")
    return Table(
        caption="Criteria; variances in units of a run's variance, C the inverse of X' V⁻¹ X.",
        columns=(*text("Criterion"), *numbers(*heads), *text("Definition")),
        rows=tuple(rows),
    )


def term_table(study: Study, evaluation: PlanEvaluation) -> Table:
    """Return VIF, standard error and power of each term."""
    words = term_words(study, evaluation)
    rows = tuple(
        (
            words[row["term"]],
            significant(row["vif"]),
            significant(row["standard_error"]),
            str(row["degrees_of_freedom"]),
            *(
                percent(row[name])
                for name in ("power_half_sigma", "power_1_sigma", "power_2_sigma")
            ),
        )
        for row in evaluation.terms.iter_rows(named=True)
    )
    return Table(
        caption=(
            "Terms, in coded units: standard error in standard deviations σ of a run, and power of"
            " a two-sided t test at 5 % where the coefficient is 0.5, 1 and 2 σ."
        ),
        columns=(
            *text("Term"),
            *numbers("VIF", "Standard error (σ)", "Degrees of freedom"),
            *numbers("Power at 0.5 σ", "Power at 1 σ", "Power at 2 σ"),
        ),
        rows=rows,
    )


def alias_table(study: Study, evaluation: PlanEvaluation) -> Table:
    """Return the largest aliases with terms that the model leaves out."""
    largest = evaluation.aliases.sort(pl.col("coefficient").abs(), descending=True)
    words = term_words(study, evaluation)
    rows = tuple(
        (words[term], _worded(study, other), significant(coefficient))
        for term, other, coefficient in largest.head(_N_ALIASES).iter_rows()
    )
    return Table(
        caption=(
            f"The {len(rows)} largest aliases: how much of a left-out term of the next degree"
            " appears in a coefficient."
        ),
        columns=(*text("Term", "Left-out term"), *numbers("Share")),
        rows=rows,
    )


def term_words(study: Study, evaluation: PlanEvaluation) -> dict[str, str]:
    """Return the model's terms as people read them."""
    return {term: _worded(study, term) for term in evaluation.terms["term"]}


def _worded(study: Study, term: str) -> str:
    """Return a term with the factors' labels in place of their columns."""
    if term == "1":
        return "Intercept"
    parts = []
    for part in term.split(" × "):
        stem = part.rstrip("²³⁴⁵⁶⁷⁸⁹")
        name, _, category = stem.partition("[")
        tail = f" [{category}" if category else part[len(stem) :]
        parts.append(f"{shown(study, name).label}{tail}")
    return " × ".join(parts)


def _value(name: str, value: float | None) -> str:
    """Return a criterion as people read it: efficiencies in percent."""
    if value is None:
        return "–"
    return percent(value) if "efficiency" in name else significant(value, 4)
