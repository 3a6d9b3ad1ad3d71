"""One factor of a design region: its ends, its levels, and how it is coded."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import DesignError
from electrodoe.study import Factor

_STEPS: Final = 200.0
"""Steps of a factor's range, at least: half of one changes no criterion by more than 1e-4."""
_ROUNDING: Final = 1e-9
"""As `electrodoe.ties.EQUAL`, so that a range of exactly 10^k keeps its power of ten."""
_ALMOST_ONE: Final = 1.0 + 1e-9
"""So that a range of 20 has steps of .1, whatever the last bits of its logarithm are."""
_ON_STEP: Final = 1e-6
"""Of a step, by which an end may miss it and still stand on it: rounding."""
_NEAR_SPECIAL: Final = 1e-5
"""Coded distance of an end or the middle that local refinement leaves."""


@dataclass(frozen=True, kw_only=True)
class FactorAxis:
    """A factor in coded units: numbers run from -1 to +1, categories are counted from 0.

    Attributes
    ----------
    name : str
        The declared name.
    low, high : float
        Ends in the factor's own unit; 0 and n - 1 for n categories.
    levels : array of shape (n_levels,) or None
        The only coded settings, or None where every value between the ends is possible.
    categories : tuple of str
        Names of the categories; empty for a number.
    is_hard_to_change : bool
        Whether all runs of a whole plot share its setting.
    """

    name: str
    low: float
    high: float
    levels: Floats | None = field(default=None)
    categories: tuple[str, ...] = ()
    is_hard_to_change: bool = False

    @property
    def is_categorical(self) -> bool:
        """Return whether the levels are names."""
        return bool(self.categories)

    @property
    def has_curvature(self) -> bool:
        """Return whether a square of this factor can be estimated."""
        return not self.is_categorical and (self.levels is None or len(self.levels) > 2)

    def coded(self, values: Floats) -> Floats:
        """Return values in the factor's unit as coded ones."""
        if self.is_categorical:
            return values
        return 2.0 * (values - self.low) / (self.high - self.low) - 1.0

    def decoded(self, coded: Floats) -> Floats:
        """Return coded values in the factor's unit; a level comes back as it was declared."""
        if self.is_categorical:
            return coded
        values = self.low + (coded + 1.0) / 2.0 * (self.high - self.low)
        return np.asarray(np.round(values, self._decimals))

    @property
    def _decimals(self) -> int:
        """Return how many decimals tell a billionth of the range."""
        return 9 - int(np.floor(np.log10(self.high - self.low)))

    @property
    def step(self) -> float:
        """Return the step in which a person sets the factor, in its own unit: 1, 2 or 5 x 10^k."""
        finest = (self.high - self.low) / _STEPS
        power = 10.0 ** np.floor(np.log10(finest) + _ROUNDING)
        return float(power * max(n for n in (1.0, 2.0, 5.0) if n * power <= finest * _ALMOST_ONE))

    def on_steps(self, coded: Floats) -> Floats:
        """Return coded settings that a person can set: on steps, at the ends or in the middle.

        Parameters
        ----------
        coded : array of any shape
            Coded settings; levels and categories are settings already.

        Returns
        -------
        array of the same shape
            Coded.

        Examples
        --------
        >>> axis = FactorAxis(name="temperature_c", low=50.0, high=65.0)
        >>> axis.step, axis.decoded(axis.on_steps(np.array([-0.1492, 0.0, 1.0]))).tolist()
        (0.05, [56.4, 57.5, 65.0])
        """
        if self.levels is not None:
            return coded
        rounded = self.nearest_steps(coded)
        special = np.round(coded)
        is_special = np.abs(coded - special) < _NEAR_SPECIAL
        return np.clip(np.where(is_special, special, rounded), -1.0, 1.0)

    def nearest_steps(self, coded: Floats) -> Floats:
        """Return coded settings on the nearest steps, beyond the ends too."""
        return self.coded(np.round(self.decoded(coded) / self.step) * self.step)

    def with_settable_ends(self) -> "FactorAxis":
        """Return the axis with its ends moved inward to steps.

        Examples
        --------
        >>> axis = FactorAxis(name="porosity", low=0.282702, high=0.4197).with_settable_ends()
        >>> axis.low, axis.high
        (0.283, 0.4195)
        """
        step = self.step
        first, last = np.ceil(self.low / step - _ON_STEP), np.floor(self.high / step + _ON_STEP)
        # the last bits of a multiple go, and the sign of zero, so that 0.283 is that number
        low, high = (float(f"{number * step:.12g}") + 0.0 for number in (first, last))
        return replace(self, low=low, high=high)

    def settings(self, coarse: int) -> Floats:
        """Return the coded settings that a search tries: the levels, or a few between the ends."""
        return self.levels if self.levels is not None else np.linspace(-1.0, 1.0, coarse)

    def random(self, n: int, rng: np.random.Generator) -> Floats:
        """Return random coded settings, shape (n,)."""
        if self.levels is not None:
            return np.asarray(rng.choice(self.levels, n), dtype=np.float64)
        return rng.uniform(-1.0, 1.0, n)

    def basis(self, coded: Floats, degree: int) -> Floats:
        """Return what model terms are multiplied from.

        Parameters
        ----------
        coded : array of any shape
            Coded settings.
        degree : int
            Highest power of a number; categories have no powers.

        Returns
        -------
        array with one more axis
            Powers 0 to ``degree``; for n categories a one and n - 1 columns of effects coding.
        """
        if not self.is_categorical:
            powers = np.ones((*coded.shape, degree + 1))
            for power in range(1, degree + 1):
                np.multiply(powers[..., power - 1], coded, out=powers[..., power])
            return powers
        return _effects(len(self.categories))[coded.astype(np.int64)]


def _effects(n_categories: int) -> Floats:
    """Return effects coding: the last category has -1 in every column."""
    return np.column_stack(
        [np.ones(n_categories), np.vstack([np.eye(n_categories - 1), -np.ones(n_categories - 1)])]
    )


def axis_of(name: str, factor: Factor) -> FactorAxis:
    """Return the axis that a declared factor spans.

    Raises
    ------
    DesignError
        If the factor declares neither a region nor levels.
    """
    hard = factor.hard_to_change
    if factor.levels is None:
        if factor.region is None:
            raise DesignError(
                f"the plan does not know where '{name}' may be set",
                where=f"study.toml, factor '{name}'",
                fix="add region = [min, max], or levels = [...]",
            )
        return FactorAxis(
            name=name, low=factor.region[0], high=factor.region[1], is_hard_to_change=hard
        )
    if factor.is_categorical:
        names = tuple(str(level) for level in factor.levels)
        indices = np.arange(float(len(names)))
        return FactorAxis(
            name=name,
            low=0.0,
            high=len(names) - 1.0,
            levels=indices,
            categories=names,
            is_hard_to_change=hard,
        )
    values = np.array(factor.levels, dtype=np.float64)
    axis = FactorAxis(name=name, low=values[0], high=values[-1], is_hard_to_change=hard)
    return FactorAxis(
        name=name,
        low=axis.low,
        high=axis.high,
        levels=axis.coded(values),
        is_hard_to_change=hard,
    )
