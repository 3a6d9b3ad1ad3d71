"""Whether a day, a coil or a machine acts: what the models leave, compared with the context."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import CONFIGURATION, SAMPLE, Dataset, TrainingData, known_transform
from electrodoe.dataset.blocks import without_block_means
from electrodoe.dataset.categories import input_columns
from electrodoe.findings import Finding, found

_LEVEL: Final = 0.01
"""Chance of a false word per table, shared among its columns and responses (Bonferroni)."""
_NOTHING: Final = 1e-12
"""Of a term's largest value, what is left of one that is constant in every level: rounding."""
_MOST_SHOWN: Final = 4
"""Levels that a sentence names."""


def circumstance_findings(
    dataset: Dataset, predictions: pl.DataFrame, family: str
) -> list[Finding]:
    """Return one finding per context column and response that go together beyond the inputs.

    Parameters
    ----------
    dataset : Dataset
        With the context columns.
    predictions : polars.DataFrame
        Table with the columns of ``PREDICTION_SCHEMA``.
    family : str
        Whose predictions of left-out configurations are looked at.

    Returns
    -------
    list of Finding
        ``D113``: what is left of a run, observed less predicted without it, differs between the
        levels of the column by more than between runs of one level (analysis of variance), or
        the levels add something beside the inputs (partial F test); both on means of runs, the
        smaller chance doubled.
    """
    cases = predictions.filter(pl.col("family") == family, pl.col("split") == "loco").partition_by(
        "target", "scenario", maintain_order=True
    )
    columns = dataset.study.measurements.context
    plots = dataset.whole_plots_found
    known = {dataset.study.measurements.block, None if plots is None else plots.column}
    limit = _LEVEL / max(1, len(cases) * len(columns))
    return [
        finding
        for case in cases
        for column in columns
        if column not in known
        for finding in _finding(dataset, case, column, limit)
    ]


def block_findings(dataset: Dataset, data: Iterable[TrainingData]) -> list[Finding]:
    """Return one remark per response and scenario about what its blocks add.

    Parameters
    ----------
    dataset : Dataset
        With the declared block.
    data : iterable of TrainingData
        As the models learn from them.

    Returns
    -------
    list of Finding
        ``D114``; empty where no block is declared.
    """
    column = dataset.study.measurements.block
    return [
        _of_block(dataset, str(column), each) for each in data if each.block_offsets is not None
    ]


def _of_block(dataset: Dataset, column: str, data: TrainingData) -> Finding:
    """Return the remark about one response: what each block adds to it."""
    names = np.unique(dataset.frame[column].fill_null("(empty)").to_numpy())
    offsets = np.zeros(data.n_samples) if data.block_offsets is None else data.block_offsets
    added = {
        str(name): float(offsets[data.blocks == number][0])
        for number, name in enumerate(names)
        if np.any(data.blocks == number)  # a response may have no sample of one
    }
    words, unit = _said_of_blocks(dataset, data, list(added.values())[:12])
    is_factor = data.transform is not None and data.transform.power == 0.0
    use = "multiply by the factor of" if is_factor else "add what"
    use += " the level at hand" + ("" if is_factor else " adds")
    shown = "; ".join(f"{name}: {word}" for name, word in zip(added, words, strict=False))
    return found(
        "D114",
        f"'{data.response_name}' beside the inputs{unit}: {shown}",
        f"column '{column}', scenario '{data.scenario}'",
        fix=f"nothing; predictions and recommendations are for the mean of the levels of"
        f" '{column}': {use}, and expect a new one to differ as these do",
    )


def _said_of_blocks(
    dataset: Dataset, data: TrainingData, added: list[float]
) -> tuple[list[str], str]:
    """Return what blocks add in words, and their unit: factors, where logarithms are modeled."""
    if data.transform is None:
        unit = dataset.study.unit_of(data.response_name)
        return [f"{value:+.3g}" for value in added], f", {unit}" if unit else ""
    if data.transform.power == 0.0:
        return [f"× {np.exp(value):.3g}" for value in added], ", as factors"
    return [f"{value:+.3g}" for value in added], f", on the scale of its {data.transform.words}"


def _finding(dataset: Dataset, case: pl.DataFrame, column: str, limit: float) -> list[Finding]:
    """Return the finding about one context column and one response, if there is one."""
    inputs = list(dataset.study.scenarios[str(case["scenario"][0])].inputs)
    case = _on_model_scale(dataset, case)
    frame = dataset.frame.select(
        SAMPLE, CONFIGURATION, *inputs, pl.col(column).fill_null("(empty)")
    )
    runs = (
        case.select("observed", row="row", left=pl.col("observed") - pl.col("predicted"))
        .join(frame, left_on="row", right_on=SAMPLE, how="inner")
        .group_by(CONFIGURATION, column)
        .agg(pl.col("left", "observed", *inputs).mean())
        .sort(CONFIGURATION, column)
    )
    coding = input_columns(inputs, dataset.study.levels)
    names, levels = np.unique(runs[column].to_numpy(), return_inverse=True)
    if not 1 < len(names) <= runs.height / 2:
        return []
    left = runs["left"].to_numpy()
    chance = min(
        chance_of_no_difference(np.ones((runs.height, 1)), left, levels),
        chance_of_no_difference(
            np.column_stack(
                [np.ones(runs.height), coding.contrasts(runs.select(inputs).to_numpy())]
            ),
            runs["observed"].to_numpy(),
            levels,
        ),
    )
    if 2.0 * chance > limit:
        return []
    return [_as_finding(dataset, case, column, names.tolist(), left, levels, 2.0 * chance)]


def chance_of_no_difference(terms: Floats, response: Floats, levels: Integers) -> float:
    """Return the p value of the levels' partial F test beside some terms; 1 without freedom left.

    Examples
    --------
    >>> levels = np.array([0, 0, 1, 1])
    >>> round(chance_of_no_difference(np.ones((4, 1)), np.array([1.0, 2, 3, 4]), levels), 3)
    0.106
    """
    from scipy.stats import f

    small = _left(terms, response)
    inside = without_block_means(terms, levels)
    is_nothing = np.abs(inside).max(axis=0) <= _NOTHING * np.abs(terms).max(axis=0)
    within = _left(
        np.where(is_nothing, 0.0, inside), without_block_means(response[:, None], levels)[:, 0]
    )
    large = within[0], within[1] - len(np.unique(levels))  # a mean of each level is taken, too
    n_added, n_left = small[1] - large[1], large[1]
    if n_added <= 0 or n_left <= 0 or large[0] <= 0.0:
        return 1.0
    return float(f.sf((small[0] - large[0]) / n_added / (large[0] / n_left), n_added, n_left))


def _on_model_scale(dataset: Dataset, case: pl.DataFrame) -> pl.DataFrame:
    """Return predictions and what was observed on the scale that the response is modeled on."""
    target, scenario = str(case["target"][0]), str(case["scenario"][0])
    if dataset.study.responses[target].transform is None:
        return case
    transform = known_transform(dataset.training_data(target, scenario))
    assert transform is not None  # noqa: S101 - one is declared
    return case.with_columns(
        pl.Series(name, transform.forward(case[name].to_numpy()))
        for name in ("observed", "predicted")
    )


def _left(terms: Floats, response: Floats) -> tuple[float, int]:
    """Return the sum of squares that least squares leaves, and its degrees of freedom."""
    size = np.abs(terms).max(axis=0)
    scale = np.where(size > 0.0, size, 1.0)
    coefficients, _, rank, _ = np.linalg.lstsq(terms / scale, response, rcond=1e-10)
    left = response - (terms / scale) @ coefficients
    return float(left @ left), len(response) - int(rank)


def _as_finding(
    dataset: Dataset,
    case: pl.DataFrame,
    column: str,
    names: list[str],
    residuals: Floats,
    levels: Integers,
    chance: float,
) -> Finding:
    """Return the finding with what is left at each level."""
    target, scenario = str(case["target"][0]), str(case["scenario"][0])
    means = [float(residuals[levels == level].mean()) for level in range(len(names))]
    order = sorted(range(len(names)), key=lambda level: -abs(means[level]))[:_MOST_SHOWN]
    shown = "; ".join(f"{names[level]}: {means[level]:+.3g}" for level in sorted(order))
    transform = dataset.study.responses[target].transform
    unit = dataset.study.unit_of(target)
    if transform is not None:
        unit = f"on the scale of its transform ({transform})"
    cure = f'fit it as a block, [measurements] block = "{column}", or find'
    if transform in {"sqrt", "box-cox"}:
        cure = "find"  # a block has no place on these scales
    return found(
        "D113",
        f"what the inputs leave of '{target}' differs between levels of '{column}' by up to"
        f" {max(means) - min(means):.3g} {unit}".rstrip()
        + f" ({shown}; p = {chance:.1g})",
        f"column '{column}', response '{target}', scenario '{scenario}'",
        fix=f"{cure} what differs between them and make it an input",
    )
