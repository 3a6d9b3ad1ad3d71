"""D124: scatter that grows with the value, where one width is said for all values."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import polars as pl
import scipy.stats

from electrodoe.dataset import TrainingData, configuration_means, known_transform, on_model_scale
from electrodoe.evaluate.scales import spread_grows
from electrodoe.findings import Finding, found

_CHANCE: Final = 0.01
"""At which even scatter is accused; shared by the two tests."""
_FEWEST: Final = 8
"""Configurations from which ranks of residuals can show a trend at half of that; chosen."""


def scatter_findings(
    data: Iterable[TrainingData],
    predictions: pl.DataFrame,
    family: str,
    scales: Iterable[Finding] = (),
) -> list[Finding]:
    """Return one finding per response whose scatter grows with its value.

    Parameters
    ----------
    data : iterable of TrainingData
        One for each response and scenario.
    predictions : polars.DataFrame
        The table of predictions; those of left-out configurations are asked.
    family : str
        Whose predictions.
    scales : iterable of Finding
        What was said already: a response for which another scale is proposed is left out.

    Returns
    -------
    list of Finding
        ``D124``, of the first scenario that says so. A response with a transform is looked at on
        its scale.

    Notes
    -----
    Rank correlation (Spearman, one-sided) of the configurations' means with the standard deviation
    of their samples, and of predictions with the size of left-out residuals: replicates tell of
    samples, residuals of whole runs too. Where both can be asked, each is at half of 1 %. With one
    sample a run few studies of 18 runs show it: 8 % where the spread grew eightfold.
    """
    said = {finding.where.split("'")[1] for finding in scales}
    findings: dict[str, Finding] = {}
    for own in data:
        name = own.response_name
        if name in said or name in findings:
            continue
        left_out = predictions.filter(
            target=name, scenario=own.scenario, family=family, split="loco"
        )
        chances = {
            "samples of one run": spread_grows(on_model_scale(own.all_good)),
            "whole runs": _misses_grow(own, left_out),
        }
        limit = _CHANCE / max(sum(chance < 1.0 for chance in chances.values()), 1)
        reasons = [f"{what} (p = {p:.1g})" for what, p in chances.items() if p < limit]
        if reasons:
            findings[name] = _as_finding(own, reasons)
    return list(findings.values())


def _misses_grow(data: TrainingData, left_out: pl.DataFrame) -> float:
    """Return the chance that runs miss their prediction by more where it is large, by ranks."""
    known = left_out.drop_nulls(["observed", "predicted"])
    if known.is_empty():
        return 1.0
    observed, predicted = known["observed"].to_numpy(), known["predicted"].to_numpy()
    if (transform := known_transform(data)) is not None:
        observed, predicted = transform.forward(observed), transform.forward(predicted)
    of_sample = dict(zip(data.sample_names, data.configurations.tolist(), strict=True))
    numbers = np.array([of_sample[name] for name in known["row"]])
    means = configuration_means(np.column_stack([observed, predicted]), numbers)
    values, sizes = means[:, 1], np.abs(means[:, 0] - means[:, 1])
    if len(values) < _FEWEST or np.ptp(values) == 0.0 or np.ptp(sizes) == 0.0:
        return 1.0
    return float(scipy.stats.spearmanr(values, sizes, alternative="greater").pvalue)


def _as_finding(data: TrainingData, reasons: list[str]) -> Finding:
    """Return the finding with what grows."""
    scale = known_transform(data)
    where = "" if scale is None else f", on the scale of its {scale.words}"
    return found(
        "D124",
        f"'{data.response_name}': {' and '.join(reasons)} scatter the more, the larger the value"
        f"{where}; intervals take scatter as even, so that they are too narrow where values are"
        " large, and too wide where they are small",
        f"response '{data.response_name}', scenario '{data.scenario}'",
    )
