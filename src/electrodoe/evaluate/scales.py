"""Whether a response asks for another scale: what the samples say, and what it would bring."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats
from electrodoe.dataset import (
    BoxCox,
    TrainingData,
    Transform,
    box_cox,
    configuration_means,
    declared_transform,
    few_samples,
    leave_groups_out,
    left_out_units,
)
from electrodoe.dataset.transforms import TransformName
from electrodoe.errors import ModelError
from electrodoe.evaluate.metrics import r_squared
from electrodoe.findings import Finding, Severity, found
from electrodoe.models import FAMILIES, fit, tune

_WIDE: Final = 10.0
"""Largest over smallest value from which errors are rarely the same everywhere (Box, Cox 1964)."""
_GROWS: Final = 0.01
"""Chance at which spread is said to grow with the mean; one in a hundred clean responses."""
_MIN_REPLICATED: Final = 6
"""Configurations with replicates below which ranks cannot show that."""
_FAMILY: Final = "ridge_quadratic"
"""Whose left-out predictions are compared: exact and cheap, and no surface that it cannot bend."""
_MOST_SAMPLES: Final = 2_000
"""Samples that it learns from; chosen."""
_WORTH: Final = 0.05
"""Of R²: what is gained below it, or lost, is within what such scores scatter; chosen."""
_PREDICTED: Final = 0.2
"""R² below which a response is called not predictable (`evaluate/judgement.py`) on any scale."""
_NAMES: Final[dict[float, TransformName]] = {0.0: "log", 0.5: "sqrt"}


@dataclass(frozen=True, kw_only=True)
class Scores:
    """R² on left-out configurations, in the response's own unit and on the proposed scale."""

    own: float
    scaled: float


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A scale for a response.

    Attributes
    ----------
    name : {"log", "sqrt", "box-cox"}
        What to declare.
    transform : Transform
        With its power.
    likely : BoxCox
        What the samples say of the power.
    ratio : float
        Largest over smallest value.
    grows : float
        Chance of so close a relation between spread and mean within configurations, if there
        were none; 1 where it cannot be tested.
    without, with_it : Scores
        On left-out configurations.
    """

    name: TransformName
    transform: Transform
    likely: BoxCox
    ratio: float
    grows: float
    without: Scores
    with_it: Scores


def scale_findings(data: Iterable[TrainingData]) -> list[Finding]:
    """Return one finding per response that asks for another scale.

    Parameters
    ----------
    data : iterable of TrainingData
        One for each response and scenario.

    Returns
    -------
    list of Finding
        ``D115``, of the first scenario that says so.
    """
    findings: dict[str, Finding] = {}
    for own in data:
        if own.response_name not in findings and (proposal := proposed_scale(own)) is not None:
            findings[own.response_name] = _as_finding(own, proposal)
    return list(findings.values())


def proposed_scale(data: TrainingData) -> Proposal | None:
    """Return the scale that samples ask for.

    Parameters
    ----------
    data : TrainingData
        Of one response.

    Returns
    -------
    Proposal or None
        None where a scale or a block is declared already, where a value is not positive, where
        the largest value is at most ten times the smallest and the spread within configurations
        does not grow with the mean, where the interval of the Box-Cox power reaches 1, or where
        left-out configurations are predicted worse in either sense, or not at all.
    """
    is_fixed = data.kind != "number" or data.transform is not None or data.blocks is not None
    if is_fixed or np.min(data.response) <= 0.0:
        return None
    ratio, grows = float(np.max(data.response) / np.min(data.response)), spread_grows(data)
    if ratio <= _WIDE and grows >= _GROWS:
        return None
    likely = box_cox(data)
    if likely.high >= 1.0:
        return None
    name = _NAMES.get(likely.power, "box-cox")
    transform = declared_transform(name, data.response_name)
    assert transform is not None  # noqa: S101 - a name is given
    transform = replace(transform, power=likely.power).bounded(data.response)
    try:
        without = _scores(data, transform)
        with_it = _scores(replace(data, transform=declared_transform(name, "")), transform)
    except ModelError:  # too few configurations for the surface
        return None
    if not _is_worth_saying(without, with_it):
        return None
    return Proposal(
        name=name,
        transform=transform,
        likely=likely,
        ratio=ratio,
        grows=grows,
        without=without,
        with_it=with_it,
    )


def _is_worth_saying(before: Scores, after: Scores) -> bool:
    """Return whether a scale loses nothing or wins on its own terms, and predicts something."""
    is_as_good = after.own >= before.own - _WORTH or after.scaled >= before.scaled + _WORTH
    return is_as_good and max(after.own, after.scaled) >= _PREDICTED


def spread_grows(data: TrainingData) -> float:
    """Return the chance of so close a relation of spread and mean, if there is none.

    Parameters
    ----------
    data : TrainingData
        With replicates.

    Returns
    -------
    float
        One-sided p of Spearman's rank correlation between the configurations' means and standard
        deviations; 1 where fewer than six configurations have replicates.
    """
    y, numbers = data.response, np.unique(data.configurations, return_inverse=True)[1]
    sizes = np.bincount(numbers)
    means = configuration_means(y[:, None], data.configurations)[:, 0]
    deviations = np.sqrt(np.bincount(numbers, (y - means[numbers]) ** 2) / np.maximum(sizes - 1, 1))
    is_known = sizes > 1
    if is_known.sum() < _MIN_REPLICATED or np.ptp(_rounded(deviations[is_known])) == 0.0:
        return 1.0
    means, deviations = _rounded(means[is_known]), _rounded(deviations[is_known])
    if np.ptp(means) == 0.0:
        return 1.0
    return float(scipy.stats.spearmanr(means, deviations, alternative="greater").pvalue)


def _rounded(values: Floats) -> Floats:
    """Return values without their last bits, which would break ties between ranks."""
    scale = float(np.max(np.abs(values))) or 1.0
    return np.round(values / scale, 9)


def _scores(data: TrainingData, scale: Transform) -> Scores:
    """Return R² on left-out configurations; what has no place on the scale counts as lowest."""
    data = few_samples(data, _MOST_SAMPLES)
    predicted = np.empty(data.n_samples)
    for test in leave_groups_out(left_out_units(data)):
        train = data.take(~test)
        model = fit(train, _FAMILY, tune(train, _FAMILY, width=1))
        predicted[test] = model.predict(data.inputs[test])
    return Scores(
        own=r_squared(data.response, predicted),
        scaled=r_squared(scale.forward(data.response), scale.forward(predicted)),
    )


def _as_finding(data: TrainingData, proposal: Proposal) -> Finding:
    """Return the finding with what the samples say and what the scale brings."""
    reasons = []
    if proposal.grows < _GROWS:
        reasons.append(
            "spread within configurations grows with the mean"
            f" (rank correlation, p = {proposal.grows:.1g})"
        )
    if proposal.ratio > _WIDE:
        reasons.append(f"the largest value is {_times(proposal.ratio)} times the smallest")
    likely, before, after = proposal.likely, proposal.without, proposal.with_it
    gain, words = after.own - before.own, proposal.transform.words
    few = "" if gain >= -_WORTH else " (where a few large values decide)"
    return found(
        "D115",
        f"'{data.response_name}': {' and '.join(reasons)}; Box–Cox power {likely.best:.2g}, 95 %"
        f" interval {likely.low:.2g} to {likely.high:.2g}, which speaks for"
        f" {_in_words(proposal.transform)}. R² on left-out configurations"
        f" ({FAMILIES[_FAMILY].title}): {_score(before.own)} as it is and {_score(after.own)} with"
        f" it, in its own unit{few}; {_score(before.scaled)} and {_score(after.scaled)} on"
        f" the scale ({words})",
        f"response '{data.response_name}', scenario '{data.scenario}'",
        severity=Severity.WARNING if gain >= _WORTH else Severity.NOTE,
        fix=f'say transform = "{proposal.name}" in [responses.{data.response_name}]; predictions'
        " stay in its unit, as medians, and their intervals above zero",
    )


def _score(value: float) -> str:
    """Return R² with two digits; how far it lies below -1 says nothing."""
    return f"{value:.2f}" if value >= -1.0 else "below -1"


def _times(ratio: float) -> str:
    """Return a ratio with two digits."""
    return f"{float(f'{ratio:.2g}'):,.0f}"


def _in_words(transform: Transform) -> str:
    """Return a scale with its article."""
    if transform.name == "box-cox":
        return f"a {transform.words}"
    return f"the {transform.words}"
