"""The slopes of a multiple linear regression, brought to a common length."""

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import ExplanationError
from electrodoe.models import FAMILIES, FittedModel


def normalized_coefficients(model: FittedModel) -> Floats:
    r"""Return the slopes on normalized inputs, divided by their Euclidean norm.

    Of a category the standard deviation of what its levels add, which has no sign: it compares
    with the slope of an input, which is what one standard deviation of it adds.

    Parameters
    ----------
    model : FittedModel
        Of a family with slopes, as ``mlr``.

    Returns
    -------
    array of shape (n_inputs,)
        Signed: above zero where the response rises with the input. Their squares add up to one,
        or all are zero where the plane is level.

    Raises
    ------
    ExplanationError
        If the model is of another family.

    Notes
    -----
    As for Figure 9 (c, d) of [1]_:

    .. math:: c_j = \frac{\beta_j}{\sqrt{\sum_i \beta_i^2}}

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.
    """
    family = FAMILIES[model.family]
    if family.slopes is None:
        raise ExplanationError(
            f"a model of the family '{model.family}' has no slopes",
            where=f"model of '{model.response_name}'",
            fix="ask for the coefficients of a model of the family"
            f" {' or '.join(repr(name) for name, each in FAMILIES.items() if each.slopes)}",
        )
    slopes = _by_input(family.slopes(model.state), model)
    length = float(np.linalg.norm(slopes))
    return slopes / length if length > 0.0 else slopes


def _by_input(slopes: Floats, model: FittedModel) -> Floats:
    """Return a slope per input: those of a category's contrasts as one size."""
    columns = model.normalization.columns
    if columns is None:
        return slopes
    of = columns.input_of_column
    return np.array(
        [
            np.linalg.norm(slopes[of == number]) / np.sqrt((of == number).sum())
            if is_category
            else slopes[of == number][0]
            for number, is_category in enumerate(columns.is_category)
        ]
    )
