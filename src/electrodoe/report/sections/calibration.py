"""A binary response: what its probabilities are worth, and whether they are kept."""

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.evaluate import calibration, probability_scores
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import family_title, shown
from electrodoe.report.rounding import brief_score, percent, significant
from electrodoe.report.selection import best_scenario, deciding_row
from electrodoe.report.table import Table, numbers


def outcome_sentences(content: ReportContent, target: str) -> list[str]:
    """Return what is predicted of a response of outcomes or counts, and how it is scored."""
    response, left_out = content.study.responses[target], _left_out(content, target)
    if response.kind == "count":
        sentence = (
            "A count: its mean is modeled on the logarithm (Poisson), and intervals are for the"
            " count of a new run; they are wider where counts scatter more than Poisson's."
        )
        return [sentence]
    if response.kind != "binary":
        return []
    first = (
        f"What is predicted is the probability that '{target}' is '{response.event}', never below"
        " 0 or above 100 %; intervals are for this probability, since a new run has the outcome or"
        " has not. R² of outcomes is the skill: 1 less the Brier score over that of the base rate."
    )
    if left_out is None:
        return [first]
    family, observed, predicted = left_out
    scores = probability_scores(observed, predicted)
    return [
        first,
        (
            f"{family_title(family)} on left-out configurations: base rate"
            f" {percent(scores.base_rate)}, Brier score {significant(scores.brier)}, skill"
            f" {brief_score(scores.skill)}; log loss {significant(scores.log_loss)}, of the base"
            f" rate {significant(scores.log_loss_of_base)}; AUC {brief_score(scores.auc)} (0.5 is"
            f" chance). Were every probability the true one, the skill would be"
            f" {brief_score(scores.skill_if_true)}: single outcomes are chance, and nobody can"
            " foresee them better."
        ),
    ]


def calibration_table(content: ReportContent, target: str) -> Table | None:
    """Return predicted beside observed shares of a binary response, or None."""
    left_out = _left_out(content, target)
    if content.study.responses[target].kind != "binary" or left_out is None:
        return None
    family, observed, predicted = left_out
    return Table(
        caption=f"{shown(content.study, target).label}: calibration of"
        f" {family_title(family)} on left-out configurations, from the lowest to the highest"
        " predicted probability. Well calibrated means that nine in ten predicted shares lie in"
        " the interval of the observed one.",
        columns=numbers(
            "Samples", "Predicted share", "Observed share", "90 % interval of the observed share"
        ),
        rows=tuple(
            (
                str(part.n),
                percent(part.predicted),
                percent(part.share),
                f"{percent(part.low)} to {percent(part.high)}{'' if part.holds else ' (outside)'}",
            )
            for part in calibration(observed, predicted)
        ),
    )


def _left_out(content: ReportContent, target: str) -> tuple[str, Floats, Floats] | None:
    """Return the family that decides, outcomes and their left-out probabilities, if any."""
    scenario = best_scenario(content, target)
    row = None if scenario is None else deciding_row(content, target, scenario)
    if row is None:
        return None
    family = str(row["family"])
    rows = content.predictions.filter(target=target, scenario=scenario, family=family, split="loco")
    observed = rows["observed"].to_numpy()
    if len(np.unique(observed)) < 2:
        return None
    return family, observed, rows["predicted"].to_numpy()
