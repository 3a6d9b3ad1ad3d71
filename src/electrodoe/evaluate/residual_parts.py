"""The residual of a linear model in three parts: settings, runs, samples; and which is the error.

A *setting* is a set of factor levels, a *run* one production of it, a *sample* one specimen of a
run. Terms are set anew with each run, so runs are what they are tested against.
"""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import configuration_means
from electrodoe.models.least_squares import least_squares

FEWEST: Final = 2
"""Degrees of freedom of an error: one scatters so much that all terms come out small or great
together."""
_CONTRADICTED: Final = 0.01
"""Chance of so large a lack of fit below which it is no part of the error. Choosing by a test makes
5 % of false alarms up to 5.7 % (2 to 9 df of pure error, 1 to 10 of lack of fit); at 5 %, 7.3."""
_NEARLY: Final = 1.02
"""Ratio of t quantiles up to which pure error alone is used: it costs 2 points of power at most,
and holds whatever the model misses."""
_LEVEL: Final = 0.975
"""Of these quantiles: two-sided tests at 5 %."""

ErrorKind = Literal["pure error", "runs", "settings"]


class Part(NamedTuple):
    """A sum of squares with its degrees of freedom."""

    sum_of_squares: float
    degrees_of_freedom: int

    @property
    def mean_square(self) -> float:
        """Return the sum of squares per degree of freedom; 0 where there are none."""
        return self.sum_of_squares / self.degrees_of_freedom if self.degrees_of_freedom else 0.0

    def plus(self, other: "Part") -> "Part":
        """Return both together."""
        return Part(
            self.sum_of_squares + other.sum_of_squares,
            self.degrees_of_freedom + other.degrees_of_freedom,
        )


@dataclass(frozen=True, kw_only=True)
class ResidualParts:
    """What a linear model leaves of a response.

    Attributes
    ----------
    lack_of_fit : Part
        Between the means of the settings and the model.
    pure_error : Part
        Between runs of one setting.
    samples : Part
        Between samples of one run.
    """

    lack_of_fit: Part
    pure_error: Part
    samples: Part

    @property
    def residual(self) -> Part:
        """Return all three together."""
        return self.lack_of_fit.plus(self.pure_error).plus(self.samples)

    @property
    def lack_of_fit_test(self) -> tuple[float, float] | None:
        """Return F and p of the lack of fit; None where nothing repeats, or nothing is left."""
        against = self.pure_error if self.pure_error.degrees_of_freedom else self.samples
        if not (self.lack_of_fit.degrees_of_freedom and against.degrees_of_freedom):
            return None
        own, other = self.lack_of_fit.mean_square, against.mean_square
        f = own / other if other > 0.0 else np.inf
        degrees = (self.lack_of_fit.degrees_of_freedom, against.degrees_of_freedom)
        return f, float(scipy.stats.f.sf(f, *degrees))

    def error(self, kind: ErrorKind) -> Part:
        """Return what terms are tested against."""
        if kind == "pure error":
            return self.pure_error
        return self.lack_of_fit if kind == "settings" else self.lack_of_fit.plus(self.pure_error)

    def kind_of_error(self) -> ErrorKind:
        """Return which part terms are tested against where rows are runs as they say.

        Pure error where it alone is nearly as sharp as with the lack of fit, or where the lack of
        fit contradicts the model; else both together, as textbooks have it.
        """
        if self.pure_error.degrees_of_freedom < FEWEST:
            return "runs"
        alone, both = (
            float(scipy.stats.t.ppf(_LEVEL, self.error(kind).degrees_of_freedom))
            for kind in ("pure error", "runs")
        )
        test = self.lack_of_fit_test
        is_contradicted = test is not None and test[1] < _CONTRADICTED
        return "pure error" if is_contradicted or alone <= _NEARLY * both else "runs"

    def error_words(self, kind: ErrorKind) -> str:
        """Return in words what terms are tested against, with its degrees of freedom."""
        of = {
            "pure error": "variation between runs of equal settings",
            "runs": "variation of runs about the model",
            "settings": "variation of settings about the model",
        }[kind]
        return f"{of}, {self.error(kind).degrees_of_freedom} df"


def residual_parts(X: Floats, y: Floats, settings: Integers, runs: Integers) -> ResidualParts:
    """Return the three parts of a linear model's residual.

    Parameters
    ----------
    X : array of shape (n_samples, n_terms)
        Model matrix, equal for all samples of a setting.
    y : array of shape (n_samples,)
        Response.
    settings, runs : array of shape (n_samples,), int
        Setting and run of each sample; a run has one setting.

    Returns
    -------
    ResidualParts
        With K settings, R runs, n samples and p terms: K - p, R - K and n - R degrees of freedom.

    Raises
    ------
    ModelError
        If the data do not determine the model.

    Examples
    --------
    >>> x = np.array([1.0, 1, 2, 2, 3, 3, 4, 4])
    >>> y = np.array([2.1, 1.9, 3.2, 2.8, 4.9, 5.1, 6, 7])
    >>> parts = residual_parts(np.column_stack([np.ones(8), x]), y, x, np.arange(8))
    >>> [(round(part.sum_of_squares, 6), part.degrees_of_freedom)
    ...  for part in (parts.lack_of_fit, parts.pure_error, parts.samples)]
    [(0.35, 2), (0.62, 4), (0.0, 0)]
    """
    names = [f"column {number}" for number in range(1, X.shape[1] + 1)]
    residual = float(np.sum((y - X @ least_squares(X, y, names)) ** 2))
    n_settings, n_runs = len(np.unique(settings)), len(np.unique(runs))
    within_runs = sum_of_squares_within(y, runs) if n_runs < len(y) else 0.0
    within_settings = within_runs if n_runs == n_settings else sum_of_squares_within(y, settings)
    spare = n_settings - X.shape[1]
    return ResidualParts(
        lack_of_fit=Part(max(residual - within_settings, 0.0) if spare else 0.0, spare),
        pure_error=Part(max(within_settings - within_runs, 0.0), n_runs - n_settings),
        samples=Part(within_runs, len(y) - n_runs),
    )


def sum_of_squares_within(y: Floats, groups: Integers) -> float:
    """Return the sum of squares of the response around the means of some groups."""
    _, position = np.unique(groups, return_inverse=True)
    means = configuration_means(y[:, None], groups)[:, 0]
    return float(np.sum((y - means[position]) ** 2))
