"""Intervals and chances from a prediction, its standard error and its degrees of freedom."""

import numpy as np
import scipy

from electrodoe.arrays import Floats
from electrodoe.models.fitted import FittedModel
from electrodoe.models.intervals import Intervals, in_unit, on_scale

Errors = tuple[Floats, Floats]
"""Standard errors of new measurements and their degrees of freedom, shape (n_settings,) each."""


def t_intervals(
    model: FittedModel, inputs: Floats, errors: Errors, level: float, method: str
) -> Intervals:
    """Return intervals for one measurement of a new configuration, by Student's t."""
    center = model.predict_on(model.transform, inputs)
    half = errors[0] * scipy.stats.t.ppf(0.5 + level / 2.0, errors[1])
    return Intervals(
        kind="new configuration",
        method=method,
        level=level,
        center=model.predict(inputs),
        lower=in_unit(model.transform, center - half),
        upper=in_unit(model.transform, center + half),
    )


def t_probability(
    model: FittedModel, inputs: Floats, errors: Errors, lower: float, upper: float
) -> Floats:
    """Return the chance that a measurement lies from ``lower`` to ``upper``, by Student's t."""
    center = model.predict_on(model.transform, inputs)
    ends = (on_scale(model.transform, end) for end in (lower, upper))
    below, above = (scipy.stats.t.cdf((end - center) / errors[0], errors[1]) for end in ends)
    return np.asarray(above - below)
