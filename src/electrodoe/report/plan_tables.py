"""The tables of a plan: runs, criteria, terms, aliases."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from electrodoe.design.assessment.evaluation import PlanEvaluation
from electrodoe.design.run_plan import PURPOSE, REPLICATE_OF, RUN, RunPlan
from electrodoe.report.naming import Shown, shown
from electrodoe.report.plan_sentences import NamedEvaluation
from electrodoe.report.rounding import percent, score, significant
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Study
from electrodoe.ties import ascending

_CRITERIA: Final[Mapping[str, str]] = {
    "i_continuous": "I, mean prediction variance over the region",
    "i_grid": "I over the declared levels",
    "i_continuous_efficiency_bound": "Proven minimum I-efficiency, region",
    "i_grid_efficiency_bound": "Proven minimum I-efficiency, levels",
    "d_efficiency": "D-efficiency",
    "a_efficiency": "A-efficiency",
    "g_efficiency": "G-efficiency",
    "max_prediction_variance": "Maximum prediction variance",
    "max_vif": "Maximum VIF",
}
_N_ALIASES: Final = 12
"""Rows of the table, the largest first; chosen."""
_LEVERAGE: Final = "leverage"


def run_table(
    study: Study,
    plan: RunPlan,
    settings: pl.DataFrame,
    *,
    misplaced: frozenset[int] = frozenset(),
    order: str = "of making",
) -> Table:
    """Return the runs in their order, with what belongs to each.

    Parameters
    ----------
    study : Study
        Labels.
    plan : RunPlan
        The runs.
    settings : polars.DataFrame
        More columns, by ``run``; tolerances among them are not shown.
    misplaced : frozenset of int
        Runs to print bold.
    order : str
        Which order it is.
    """
    joined = plan.frame.join(settings, on=RUN, how="left", maintain_order="left")
    hidden = {name for name in settings.columns if name.startswith(("least_", "greatest_"))}
    names = [
        name
        for name in joined.columns
        if name not in hidden | {RUN, PURPOSE, REPLICATE_OF} and joined[name].count()
    ]
    scales = {name: shown(study, name) for name in names}
    has_purpose = plan.frame[PURPOSE].count() > 0
    rows = tuple(
        (
            str(row[RUN]),
            *(_cell(name, row[name], scale) for name, scale in scales.items()),
            *([str(row[PURPOSE]).replace("_", " ")] if has_purpose else []),
            "" if row[REPLICATE_OF] is None else f"run {row[REPLICATE_OF]}",
        )
        for row in joined.iter_rows(named=True)
    )
    last = ["Purpose"] if has_purpose else []
    return Table(
        caption=f"Runs in the order {order}.",
        columns=(
            *numbers("Run", *(scale.axis for scale in scales.values())),
            *text(*last, "Same settings as"),
        ),
        rows=rows,
        strong_rows=frozenset(
            index for index, run in enumerate(plan.frame[RUN]) if run in misplaced
        ),
    )


def _cell(name: str, value: str | float | None, scale: Shown) -> str:
    """Return a setting, or a run's leverage, as people read it."""
    if isinstance(value, str):
        return value
    if name == _LEVERAGE:
        return score(value)
    return significant(None if value is None else value * scale.factor, 4)


def misplaced_table(misplaced: pl.DataFrame) -> Table:
    """Return the runs that the study does not allow, with their reasons."""
    return Table(
        caption="Runs that the study as declared does not allow.",
        columns=(*numbers("Run"), *text("Reason")),
        rows=tuple((str(run), reason) for run, reason in misplaced.iter_rows()),
    )


def criteria_table(evaluated: NamedEvaluation, beside: NamedEvaluation | None) -> Table:
    """Return every criterion with its definition, beside another plan's."""
    plans = [evaluated] if beside is None else [evaluated, beside]
    rows = tuple(
        (_CRITERIA[name], *(_value(name, own.evaluation.value(name)) for own in plans), definition)
        for name, _, definition in evaluated.evaluation.criteria.iter_rows()
    )
    return Table(
        caption="Criteria; variances in units of a run's variance, C the inverse of X' V⁻¹ X.",
        columns=(
            *text("Criterion"),
            *numbers(*(own.head for own in plans)),
            *text("Definition"),
        ),
        rows=rows,
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
    sizes = evaluation.aliases["coefficient"].abs().to_numpy()
    largest = evaluation.aliases[ascending(-sizes)]
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
