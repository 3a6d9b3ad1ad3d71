"""Intervals and chances from a prediction, its standard error and its degrees of freedom."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import scipy

from electrodoe.arrays import Floats
from electrodoe.models.fitted import FittedModel
from electrodoe.models.intervals import LEVEL, Intervals, in_unit, on_scale
from electrodoe.models.probability_bound import guaranteed_probability


@dataclass(frozen=True, kw_only=True)
class TIntervals(ABC):
    """What is known of a response where Student's t says how far a measurement may lie.

    Attributes
    ----------
    model : FittedModel
        Of a family with :attr:`~electrodoe.models.Family.terms`.
    """

    model: FittedModel

    @property
    @abstractmethod
    def method(self) -> str:
        """Return how it was found."""

    @abstractmethod
    def standard_errors(self, inputs: Floats) -> tuple[Floats, Floats]:
        """Return the error of a new measurement and its degrees of freedom, shape (n_settings,)."""

    @abstractmethod
    def _prediction_variance(self, inputs: Floats) -> Floats:
        """Return the variance of each prediction itself, shape (n_settings,)."""

    @abstractmethod
    def _of_a_measurement(self) -> tuple[Floats, Floats]:
        """Return the error of a measurement about a known surface, and its degrees of freedom."""

    @property
    def unseen(self) -> float:
        """Return 0: a t distribution says how far the next configuration may lie."""
        return 0.0

    def predict(self, inputs: Floats) -> Floats:
        """Return the predictions, shape (n_settings,)."""
        return self.model.predict(inputs)

    def intervals(self, inputs: Floats, level: float = LEVEL) -> Intervals:
        """Return intervals for one measurement of a new configuration."""
        transform = self.model.transform
        errors, degrees_of_freedom = self.standard_errors(inputs)
        center = self.model.predict_on(transform, inputs)
        half = errors * scipy.stats.t.ppf(0.5 + level / 2.0, degrees_of_freedom)
        return Intervals(
            kind="new configuration",
            method=self.method,
            level=level,
            center=self.predict(inputs),
            lower=in_unit(transform, center - half),
            upper=in_unit(transform, center + half),
        )

    def probability(self, inputs: Floats, lower: float, upper: float) -> Floats:
        """Return the chance that a measurement lies from ``lower`` to ``upper``."""
        transform = self.model.transform
        errors, degrees_of_freedom = self.standard_errors(inputs)
        center = self.model.predict_on(transform, inputs)
        below, above = (
            scipy.stats.t.cdf((on_scale(transform, end) - center) / errors, degrees_of_freedom)
            for end in (lower, upper)
        )
        return np.asarray(above - below)

    def guaranteed(self, inputs: Floats, lower: float, upper: float, confidence: float) -> Floats:
        """Return the same chance as it is at least in a fraction ``confidence`` of studies."""
        transform = self.model.transform
        deviation, degrees_of_freedom = self._of_a_measurement()
        return guaranteed_probability(
            self.model.predict_on(transform, inputs),
            float(deviation[0]),
            np.maximum(self._prediction_variance(inputs), 0.0) / deviation[0] ** 2,
            float(degrees_of_freedom[0]),
            (on_scale(transform, lower), on_scale(transform, upper)),
            confidence,
        )

    def require(self, level: float) -> None:  # noqa: B027 - there is nothing to refuse
        """Do nothing: a t distribution supports every level."""
