"""Tests of the terms of logistic and Poisson regressions, by likelihood ratio."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models import dispersion
from electrodoe.models.generalized_linear import fit_generalized, inverse_link


@dataclass(frozen=True, kw_only=True)
class OutcomeTests:
    """Coefficients on the logit, or on the logarithm of a mean count, with their tests.

    Attributes
    ----------
    estimates, standard_errors, z, p : array of shape (n_terms,)
        z is the signed root of the likelihood ratio.
    degrees_of_freedom : int or None
        Behind the dispersion; None where it is taken as 1.
    """

    estimates: Floats
    standard_errors: Floats
    z: Floats
    p: Floats
    degrees_of_freedom: int | None


def outcome_tests(X: Floats, data: TrainingData) -> OutcomeTests:
    """Return the test of every coefficient of a logistic or Poisson regression.

    Parameters
    ----------
    X : array of shape (n_samples, n_terms)
        Model matrix.
    data : TrainingData
        A binary response or a count.

    Returns
    -------
    OutcomeTests
        By the ratio of penalized likelihoods with and without the term, the penalty always that
        of all terms; divided by the dispersion where that can be seen, and then against F.

    Raises
    ------
    ModelError
        If a term follows from the others.

    References
    ----------
    .. [1] Heinze, Schemper, Statistics in Medicine 21 (2002) 2409, 10.1002/sim.1047.
    """
    full = fit_generalized(X, data.response, data.kind)
    mean = inverse_link(data.kind, X @ full.coefficients)
    times, freedom = dispersion(data, mean, X.shape[1])
    without = [
        fit_generalized(X, data.response, data.kind, zero=term) for term in range(X.shape[1])
    ]
    ratios = np.array([2.0 * (full.penalized - each.penalized) for each in without])
    ratios = np.maximum(ratios, 0.0) / times
    z = np.sign(full.coefficients) * np.sqrt(ratios)
    p = 2.0 * scipy.stats.t.sf(np.abs(z), np.inf if freedom is None else freedom)
    return OutcomeTests(
        estimates=full.coefficients,
        standard_errors=full.standard_errors * np.sqrt(times),
        z=z,
        p=np.asarray(p),
        degrees_of_freedom=freedom,
    )


def outcome_rows(data: TrainingData, X: Floats, term_names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the tests as rows of the table of coefficients; none where terms are too many.

    Parameters
    ----------
    data : TrainingData
        A binary response or a count.
    X : array of shape (n_samples, n_terms)
        Model matrix.
    term_names : sequence of str
        Names of its columns.
    """
    n_runs = len(np.unique(data.run_numbers))
    if n_runs <= X.shape[1] or np.linalg.matrix_rank(X) < X.shape[1]:
        return []
    try:
        tests = outcome_tests(X, data)
    except ModelError:  # the search for a maximum does not end
        return []
    freedom = tests.degrees_of_freedom
    return [
        {
            "term": name,
            "estimate": float(tests.estimates[index]),
            "standard_error": float(tests.standard_errors[index]),
            "degrees_of_freedom": None if freedom is None else float(freedom),
            "t": float(tests.z[index]),
            "p": float(tests.p[index]),
        }
        for index, name in enumerate(term_names)
    ]
