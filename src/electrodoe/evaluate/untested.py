"""When nothing can be tested: one degree of freedom of error, or less than readings are rounded."""

from itertools import combinations
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.evaluate.coded_models import CodedModel
from electrodoe.evaluate.residual_parts import FEWEST, Part
from electrodoe.findings import Finding, Severity, found

NOTHING: Final = "nothing: "
"""How the words begin where nothing is tested."""
_MOST_DIGITS: Final = 12
"""Decimals that are looked at; floating numbers hold few more."""
_ONE: Final = 1.0 - 1e-6
"""Squared correlation from which on what is left is one contrast; less is no rounding."""


def rounding_step(values: Floats) -> float:
    """Return the step that readings were written with: the last decimal that any of them has.

    Examples
    --------
    >>> rounding_step(np.array([49.2, 48.68, 50.0]))
    0.01
    """
    for digits in range(_MOST_DIGITS):
        if np.array_equal(np.round(values, digits), values):
            return float(10.0**-digits)
    return 0.0


def reason_untested(data: TrainingData, model: CodedModel, error: Part) -> str | None:
    """Return why terms are tested against nothing, or None where there is an error to test by.

    Parameters
    ----------
    data : TrainingData
        The response as it is modeled; its rounding is known where it has no transform.
    model : CodedModel
        Whose terms are tested.
    error : Part
        What they would be tested against.

    Returns
    -------
    str or None
        As the tables say it.
    """
    if error.degrees_of_freedom == 0:
        return f"{NOTHING}as many terms as settings"
    step = rounding_step(data.measured_response) if data.transform is None else 0.0
    if error.mean_square < step**2 / 12.0:
        return (
            f"{NOTHING}what is left, {np.sqrt(error.mean_square):.2g}, is less than rounding to"
            f" {step:g} makes"
        )
    if error.degrees_of_freedom < FEWEST:
        contrast = error_contrast(data, model)
        named = f" ({contrast})" if contrast else ""
        return f"{NOTHING}the error has one degree of freedom{named}"
    return None


def error_contrast(data: TrainingData, model: CodedModel) -> str | None:
    """Return the interaction that one degree of freedom between settings is, or None."""
    matrix = model.at_samples(data)[1]
    _, first = np.unique(data.setting_numbers, return_index=True)
    X = matrix[first]
    left = np.linalg.svd(X)[0][:, X.shape[1] :]
    coded = X[:, 1 : 1 + len(data.input_names)]
    if left.shape[1] != 1 or len(data.column_names) != len(data.input_names):
        return None
    for order in range(2, len(data.input_names) + 1):
        for columns in combinations(range(len(data.input_names)), order):
            product = np.prod(coded[:, columns], axis=1)
            length = float(product @ product)
            if length > 0.0 and float(product @ left[:, 0]) ** 2 >= _ONE * length:
                return " × ".join(data.input_names[column] for column in columns)
    return None


def untested_findings(anova: pl.DataFrame) -> list[Finding]:
    """Return one finding per model, response and scenario whose terms are tested against nothing.

    Parameters
    ----------
    anova : polars.DataFrame
        Table with the columns of ``ANOVA_SCHEMA``.

    Returns
    -------
    list of Finding
        ``S212``: a warning where no model of the response is tested, else a note.
    """
    case = ["target", "scenario"]
    said = anova.drop_nulls("tested_against").unique(
        [*case, "model"], keep="first", maintain_order=True
    )
    is_nothing = pl.col("tested_against").str.starts_with(NOTHING)
    said = said.with_columns(is_all=is_nothing.all().over(case)).filter(is_nothing)
    return [
        found(
            "S212",
            f"the {model} model is tested against {words}; no p value is given",
            f"response '{target}', scenario '{scenario}'",
            severity=Severity.WARNING if is_all else Severity.NOTE,
        )
        for target, scenario, model, words, is_all in said.select(
            *case, "model", "tested_against", "is_all"
        ).iter_rows()
    ]
