"""How the columns of a model matrix are multiplied from the powers of single settings."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.axes import Axis

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class TermProducts:
    """Each column as a product of as few powers as its term has factors.

    The powers of all factors stand one below the other: a one, then factor by factor the columns of
    :meth:`Axis.basis` without their own one.

    Attributes
    ----------
    axes : tuple of Axis
        The factors.
    degree : int
        Highest power of any factor.
    column_index : array of shape (n_columns, n_factors), int
        Which basis column of each factor a model column takes.
    """

    axes: tuple[Axis, ...]
    degree: int
    column_index: NDArray[np.int64]

    @cached_property
    def _firsts(self) -> list[int]:
        """Return where each factor's powers begin among all, and where they end."""
        widths = [
            len(axis.categories) - 1 if axis.is_categorical else self.degree for axis in self.axes
        ]
        return [1, *(1 + np.cumsum(widths)).tolist()]

    @cached_property
    def _chosen(self) -> NDArray[np.int64]:
        """Return the powers behind each column, shape (most factors in a term, n_columns)."""
        used = [np.flatnonzero(row) for row in self.column_index]
        chosen = np.zeros((max(1, *(len(own) for own in used)), len(used)), dtype=np.int64)
        for column, own in enumerate(used):
            for place, axis in enumerate(own):
                chosen[place, column] = self._firsts[axis] + self.column_index[column, axis] - 1
        return chosen

    @cached_property
    def _incidence(self) -> Floats:
        """Return which power each column holds in each place, shape (places, n_powers, n)."""
        numbers = np.arange(self._firsts[-1])[:, None]
        return np.asarray(self._chosen[:, None] == numbers, dtype=np.float64)

    def matrix(self, points: Floats) -> Floats:
        """Return the model matrix of coded points, shape (..., n_columns)."""
        powers = self._powers(points)
        result = powers[self._chosen[0]]
        for chosen in self._chosen[1:]:
            result *= powers[chosen]
        return np.moveaxis(result, 0, -1)

    def gradient(self, points: Floats, sensitivity: Floats) -> Floats:
        """Return the derivative of ``sum(sensitivity * matrix(points))`` by every setting."""
        powers, weights = self._powers(points), np.moveaxis(sensitivity, -1, 0)
        shape = (len(weights), *powers.shape[1:])
        by_power = np.zeros((len(powers), powers[0].size))
        for place, incidence in enumerate(self._incidence):
            product = np.empty(shape)
            product[...] = weights
            for other, chosen in enumerate(self._chosen):
                if other != place:
                    product *= powers[chosen]
            by_power += incidence @ product.reshape(len(product), -1)
        return self._by_setting(powers, by_power.reshape(powers.shape))

    def _by_setting(self, powers: Floats, by_power: Floats) -> Floats:
        """Return derivatives by the settings from those by their powers; zero for categories."""
        result = np.zeros((len(self.axes), *powers.shape[1:]))
        for number, axis in enumerate(self.axes):
            first = self._firsts[number]
            for power in range(1, self.degree + 1 if not axis.is_categorical else 1):
                below = powers[first + power - 2] if power > 1 else 1.0
                result[number] += power * below * by_power[first + power - 1]
        return np.moveaxis(result, 0, -1)

    def _powers(self, points: Floats) -> Floats:
        """Return a one and the powers of all factors, one below the other."""
        powers = np.ones((self._firsts[-1], *points.shape[:-1]))
        for number, axis in enumerate(self.axes):
            own = powers[self._firsts[number] : self._firsts[number + 1]]
            if axis.is_categorical:
                own[...] = np.moveaxis(axis.basis(points[..., number], self.degree), -1, 0)[1:]
                continue
            own[0] = points[..., number]
            for higher in range(1, len(own)):
                own[higher] = own[higher - 1] * own[0]
        return powers
