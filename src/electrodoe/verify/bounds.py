"""Whether a model predicts what cannot be."""

from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.models import FittedModel
from electrodoe.quantities import quantity_of, unit_of
from electrodoe.study import Study
from electrodoe.verify.refits import Refits

_CERTAIN: Final = 0.95
"""Of the refits, which have to agree: the usual 95 %."""
_PERCENT: Final = 100.0
"""Percent in a fraction of one."""


def possible_range(study: Study, target: str) -> tuple[float, float]:
    """Return the minimum and the maximum value of a response that can be true.

    In the response's unit; infinite where nobody knows.
    """
    declared = study.responses[target].range
    if declared is not None:
        return declared
    quantity = quantity_of(target)
    if quantity is None:
        return -np.inf, np.inf
    scale = _PERCENT if unit_of(target) == "%" else 1.0
    return quantity.lower * scale, quantity.upper * scale


def bound_row(
    study: Study,
    model: FittedModel,
    predicted: Floats,
    refits: Refits,
    is_held: Booleans,
) -> dict[str, object]:
    """Return how much of the region a model fills with impossible values.

    A row of :data:`electrodoe.verify.tables.BOUND_SCHEMA`.
    """
    lower, upper = possible_range(study, model.response_name)
    own = predicted[is_held]
    drawn = refits.predictions[:, : len(predicted)][:, is_held]
    is_outside = (own < lower) | (own > upper)
    has_refits = refits.n_refits > 0 and bool(is_held.any())
    certain = np.mean((drawn < lower) | (drawn > upper), axis=0) >= _CERTAIN if has_refits else None
    return {
        "target": model.response_name,
        "scenario": model.scenario,
        "family": model.family,
        "lower": float(lower) if np.isfinite(lower) else None,
        "upper": float(upper) if np.isfinite(upper) else None,
        "fraction_supported": float(is_held.mean()),
        "fraction_outside": float(is_outside.mean()) if len(own) else None,
        "fraction_outside_for_certain": None if certain is None else float(certain.mean()),
        "lowest": float(own.min()) if len(own) else None,
        "highest": float(own.max()) if len(own) else None,
    }
