"""What a plan is and how good, in sentences with their numbers."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from electrodoe.design.assessment.evaluation import PlanEvaluation
from electrodoe.design.assessment.extra_run_summary import extra_run_sentences
from electrodoe.design.planning import Planned
from electrodoe.design.structure.distinct_settings import DistinctSettings
from electrodoe.report.naming import shown
from electrodoe.report.rounding import percent, significant
from electrodoe.study import Study
from electrodoe.ties import EQUAL

_LONGEST: Final = 34
"""Letters of a factor's name in a sentence; chosen, about a third of a line."""


@dataclass(frozen=True, kw_only=True, eq=False)
class NamedEvaluation:
    """How good a plan is, and what the plan is called.

    Attributes
    ----------
    name : str
        A file's name, or words such as ``full factorial``.
    evaluation : PlanEvaluation
        What it is worth.
    is_file : bool
        Whether the name is a file's, which is never written with another first letter.
    """

    name: str
    evaluation: PlanEvaluation
    is_file: bool = False

    @property
    def title(self) -> str:
        """Return name and number of runs, for a legend."""
        return f"{_shortened(self.name)}, {self.evaluation.n_runs} runs"

    @property
    def head(self) -> str:
        """Return name and number of runs, for a table's head."""
        return self.title if self.is_file else self.title[:1].upper() + self.title[1:]

    @property
    def subject(self) -> str:
        """Return the name as a sentence begins with it."""
        return self.name if self.is_file else f"The {self.name}"


def _shortened(name: str) -> str:
    """Return a name of which a long middle becomes an ellipsis."""
    if len(name) <= _LONGEST:
        return name
    kept = _LONGEST // 2
    return f"{name[:kept]}…{name[1 - kept :]}"


_MOST_LISTED: Final = 12
"""Runs listed in a sentence: chosen, more make none."""
_TWICE: Final = 1.95
"""Ratio from which variances are reported in times and not in percent: it is printed as 2."""


def plan_sentences(
    study: Study,
    evaluated: NamedEvaluation,
    beside: NamedEvaluation | None,
    planned: Planned | None = None,
) -> list[str]:
    """Return what a plan is and how good, in sentences with their numbers.

    Parameters
    ----------
    study : Study
        Labels.
    evaluated : NamedEvaluation
        The plan that is described.
    beside : NamedEvaluation or None
        Another one.
    planned : Planned or None
        How it was found, where we have found it.

    Returns
    -------
    list of str
        Size, criterion I with its bound, search, other plan, degrees of freedom.
    """
    found = evaluated.evaluation
    return [
        _size(study, found),
        *_mean_variance(found, planned),
        *([] if planned is None else _making(planned)),
        *([] if beside is None else _beside(found, beside)),
        _degrees_of_freedom(found),
    ]


def evaluation_notes(evaluated: NamedEvaluation, beside: NamedEvaluation | None) -> list[str]:
    """Return what a reader has to know about a plan's numbers, and about those beside it.

    Parameters
    ----------
    evaluated : NamedEvaluation
        The plan that is described.
    beside : NamedEvaluation or None
        Another one; what holds for both is not said twice.

    Returns
    -------
    list of str
        Those of the other plan begin with its name.
    """
    notes = list(evaluated.evaluation.notes)
    if beside is not None:
        others = [note for note in beside.evaluation.notes if note not in notes]
        notes += [f"{beside.name}: {note}" for note in others]
    return notes


def placement_sentences(misplaced: pl.DataFrame, n_off_levels: int) -> list[str]:
    """Return how many runs leave the declared levels, and which the study does not allow.

    Parameters
    ----------
    misplaced : polars.DataFrame
        Of :func:`electrodoe.design.region.placement.misplaced_runs`.
    n_off_levels : int
        Runs with a setting that is none of the declared levels.

    Returns
    -------
    list of str
        Empty where every run lies on the declared levels and keeps every limit.

    Examples
    --------
    >>> frame = pl.DataFrame({"run": [3, 7], "reason": ["breaks 'a <= 1'"] * 2})
    >>> placement_sentences(frame, 1)
    ['1 run has a setting that is no declared level.', 'Not allowed by the study: runs 3 and 7.']
    """
    sentences = []
    if n_off_levels:
        who = "1 run has" if n_off_levels == 1 else f"{n_off_levels} runs have"
        sentences.append(f"{who} a setting that is no declared level.")
    if runs := misplaced["run"].unique(maintain_order=True).to_list():
        word = "run" if len(runs) == 1 else "runs"
        sentences.append(f"Not allowed by the study: {word} {_listed(runs)}.")
    return sentences


def _size(study: Study, found: PlanEvaluation) -> str:
    """Return runs, distinct settings, terms and distinct pairs."""
    pairs = ", ".join(
        f"{count} of {shown(study, first).label} and {shown(study, second).label}"
        for first, second, count in found.pairs.iter_rows()
    )
    return (
        f"{found.n_runs} runs at {found.n_distinct} distinct settings estimate the"
        f" {found.n_terms} terms of the model" + (f"; distinct pairs: {pairs}." if pairs else ".")
    )


def _mean_variance(found: PlanEvaluation, planned: Planned | None) -> list[str]:
    """Return criterion I, the worst place and what is proven."""
    mean = found.value("i_continuous")
    bound = found.value("i_continuous_efficiency_bound")
    if mean is None:
        return []
    existing = None if planned is None else planned.existing
    start = "" if existing is None else f" that begins with the {len(existing)} existing runs"
    proven = f" No plan of as many runs{start} can have less than {percent(bound)} of it: proven."
    return [
        f"On average over the region a prediction has {significant(mean)} of a run's variance"
        f" (criterion I), at worst {significant(found.quantiles['max'])}."
        + (proven if bound else "")
    ]


def _making(planned: Planned) -> list[str]:
    """Return how the search went, and what extra runs cost."""
    sentences = []
    if (result := planned.result) is not None:
        sentences.append(
            f"{result.n_starts} random starts were improved by exchange"
            + (f" and {result.n_rounds} rounds of perturbation" if result.n_rounds else "")
            + f"; {result.n_reached} ended at this optimum."
        )
    if planned.distinct is not None:
        sentences.append(_distinct(planned.distinct))
    sentences += extra_run_sentences(planned.plan)
    if planned.costs:
        asked = planned.costs["goal_with_extra_runs"]
        free = planned.costs["goal_without_extra_runs"]
        sentences.append(
            f"Center, replicate and lack-of-fit runs cost {percent(asked / free - 1.0)} of the"
            f" criterion: {significant(asked)} beside {significant(free)} without them."
        )
    return sentences


def _distinct(found: DistinctSettings) -> str:
    """Return which numbers of different settings were wished, and what they cost."""
    wished = ", and ".join(f"{count} of {', '.join(names)}" for names, count in found.wishes)
    lead = f"Numbers of different settings, as wished: {wished}."
    if found.goal_with <= found.goal_without + EQUAL * abs(found.goal_without):
        return f"{lead} They cost nothing."
    # D is a logarithm, of which there is no percentage
    more = 100.0 * (found.goal_with / found.goal_without - 1.0)
    price = "" if found.criterion == "D" else f" ({significant(more, 2)} % more)"
    with_them, without = (significant(goal, 4) for goal in (found.goal_with, found.goal_without))
    return (
        f"{lead} They bring criterion {found.criterion} to {with_them}{price}; without them the"
        f" search finds {without}."
    )


def _degrees_of_freedom(found: PlanEvaluation) -> str:
    """Return what is left to test the model with."""
    error, lack = found.pure_error_degrees_of_freedom, found.lack_of_fit_degrees_of_freedom
    between = found.pure_error_degrees_of_freedom_between_groups
    left = "1 degree of freedom is" if error == 1 else f"{error} degrees of freedom are"
    reported = f"{left} left for pure error, {lack} for lack of fit"
    if between is None:
        return f"{reported}."
    return f"Within whole plots or blocks {reported}; between them {between} for pure error."


def _beside(found: PlanEvaluation, beside: NamedEvaluation) -> list[str]:
    """Return what another plan costs and what it gives for that."""
    other = beside.evaluation
    mean, its_mean = found.value("i_continuous"), other.value("i_continuous")
    if not mean or not its_mean:
        return []
    price = f"{_work(other.n_runs / found.n_runs)} for {_variance(its_mean / mean)}"
    result = f"takes {other.n_runs} runs and reaches {significant(its_mean)}"
    return [f"{beside.subject} {result}: {price}."]


def _work(ratio: float) -> str:
    """Return how many runs another plan takes for each of ours."""
    if ratio == 1.0:
        return "as many runs"
    return (
        f"{significant(ratio, 2)} times the work"
        if ratio > 1.0
        else f"{percent(ratio)} of the work"
    )


def _variance(ratio: float) -> str:
    """Return another plan's mean variance beside ours, in words."""
    if ratio * _TWICE <= 1.0:
        return f"{significant(1.0 / ratio, 2)} times less variance"
    if ratio >= _TWICE:
        return f"{significant(ratio, 2)} times the variance"
    fraction = percent(abs(ratio - 1.0))
    if fraction == percent(0.0):
        return "the same variance"
    return f"{fraction} {'less' if ratio < 1.0 else 'more'} variance"


def _listed(runs: list[int]) -> str:
    """Return run numbers as a sentence lists them."""
    texts = [str(run) for run in runs[:_MOST_LISTED]]
    if len(runs) > _MOST_LISTED:
        return f"{', '.join(texts)} and {len(runs) - _MOST_LISTED} more"
    return " and ".join(part for part in (", ".join(texts[:-1]), texts[-1]) if part)
