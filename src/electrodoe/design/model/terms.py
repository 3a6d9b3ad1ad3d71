"""Terms of a polynomial model as products of the factors' codes, at many settings at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.design.region.axes import FactorAxis
from electrodoe.errors import DesignError


@dataclass(frozen=True, kw_only=True)
class TermProducts:
    """Each column as a product of as few powers as its term has factors.

    The powers of all factors stand one below the other: a one, then factor by factor the columns of
    :meth:`Axis.basis` without their own one.

    Attributes
    ----------
    axes : tuple of FactorAxis
        The factors.
    degree : int
        Highest power of any factor.
    column_index : array of shape (n_columns, n_factors), int
        Which basis column of each factor a model column takes.
    """

    axes: tuple[FactorAxis, ...]
    degree: int
    column_index: Integers

    @cached_property
    def _firsts(self) -> list[int]:
        """Return where each factor's powers begin among all, and where they end."""
        widths = [
            len(axis.categories) - 1 if axis.is_categorical else self.degree for axis in self.axes
        ]
        return [1, *(1 + np.cumsum(widths)).tolist()]

    @cached_property
    def _chosen(self) -> Integers:
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


Powers = tuple[int, ...]
"""Power of each factor in a term; a category has 0 or 1."""
MAX_TERMS: Final = 500
"""Bound against accidents: 30 factors have 496 terms of second order."""


@dataclass(frozen=True, kw_only=True)
class ModelTerms:
    """A linear model of some axes.

    Attributes
    ----------
    axes : tuple of FactorAxis
        The factors.
    powers : tuple of tuple of int
        Power of each factor in each term; the first term is the intercept.
    """

    axes: tuple[FactorAxis, ...]
    powers: tuple[Powers, ...]

    @cached_property
    def degree(self) -> int:
        """Return the highest power of any factor."""
        return max(max(powers) for powers in self.powers)

    @cached_property
    def column_index(self) -> Integers:
        """Return which basis column of each axis a model column takes, shape (n_columns, k)."""
        rows = [row for powers in self.powers for row in self.columns_of(powers)]
        return np.array(rows, dtype=np.int64)

    @cached_property
    def _products(self) -> TermProducts:
        """Return how the columns are multiplied."""
        return TermProducts(axes=self.axes, degree=self.degree, column_index=self.column_index)

    @property
    def names(self) -> list[str]:
        """Return a name for each column, in the order of the matrix."""
        return [
            self._name(powers, row) for powers in self.powers for row in self.columns_of(powers)
        ]

    def matrix(self, points: Floats) -> Floats:
        """Return the model matrix.

        Parameters
        ----------
        points : array of shape (..., n_factors)
            Coded settings.

        Returns
        -------
        array of shape (..., n_columns)
            One column per coefficient.
        """
        return self._products.matrix(points)

    def star(self, points: Floats, settings: Sequence[Floats | None]) -> Floats:
        """Return the model matrix where one factor at a time takes other settings.

        Parameters
        ----------
        points : array of shape (n, n_factors)
            Coded settings.
        settings : sequence of array of shape (n, n_settings) or None
            For each factor the coded settings that it takes, all others kept.

        Returns
        -------
        array of shape (n, total number of settings, n_columns)
            Factor by factor, in the order of the settings.
        """
        columns = self.column_index
        own = [
            axis.basis(points[:, number], self.degree).take(columns[:, number], axis=-1)
            for number, axis in enumerate(self.axes)
        ]
        after = [np.ones_like(own[0])]
        for factor in own[:0:-1]:
            after.append(after[-1] * factor)
        before, found = np.ones_like(own[0]), []
        for number, axis in enumerate(self.axes):
            tried = settings[number]
            if tried is not None:
                rest = before * after[-1 - number]
                distinct = tried[:1] if tried.strides[0] == 0 else tried  # one row for all points
                varied = axis.basis(distinct, self.degree).take(columns[:, number], axis=-1)
                found.append(varied * rest[:, None])
            before = before * own[number]
        return np.concatenate(found, axis=1)

    def gradient(self, points: Floats, sensitivity: Floats) -> Floats:
        """Return the derivative of ``sum(sensitivity * matrix(points))`` by every setting.

        Parameters
        ----------
        points : array of shape (..., n_factors)
            Coded settings.
        sensitivity : array of shape (..., n_columns)
            Weight of each entry of the model matrix.

        Returns
        -------
        array of shape (..., n_factors)
            Zero for categories.
        """
        return self._products.gradient(points, sensitivity)

    def columns_of(self, powers: Powers) -> list[tuple[int, ...]]:
        """Return the basis column of each axis behind one term; several where it has a category."""
        choices = [
            range(1, len(axis.categories)) if axis.is_categorical and power else (power,)
            for axis, power in zip(self.axes, powers, strict=True)
        ]
        return list(product(*choices))

    def _name(self, powers: Powers, row: tuple[int, ...]) -> str:
        """Return a term as people write it."""
        parts = []
        for axis, power, column in zip(self.axes, powers, row, strict=True):
            if axis.is_categorical and power:
                parts.append(f"{axis.name}[{axis.categories[column - 1]}]")
            elif power:
                parts.append(axis.name + ("" if power == 1 else "²³⁴⁵⁶⁷⁸⁹"[power - 2]))
        return " × ".join(parts) or "1"


def hierarchical(terms: Sequence[Powers], axes: Sequence[FactorAxis]) -> ModelTerms:
    """Return the model of some terms and all that they contain, sorted by degree."""
    if any(np.prod([power + 1.0 for power in term]) > MAX_TERMS for term in terms):
        raise _too_many(f"more than {MAX_TERMS}")
    every = sorted({lower for term in terms for lower in _contained(term)}, key=_order)
    result = ModelTerms(axes=tuple(axes), powers=tuple(every))
    if len(result.column_index) > MAX_TERMS:
        raise _too_many(str(len(result.column_index)))
    return result


def _too_many(how_many: str) -> DesignError:
    """Return the complaint about a model without bounds."""
    return DesignError(
        f"the model has {how_many} terms; {MAX_TERMS} are possible",
        where="[plan], key 'model'",
        fix="name fewer terms, or plan fewer factors at a time",
    )


def _contained(term: Powers) -> Iterable[Powers]:
    """Return a term and everything below it: of ``a²b`` also 1, a, b, ab, a²."""
    return product(*(range(power + 1) for power in term))


def _order(term: Powers) -> tuple[int, int, tuple[int, ...]]:
    """Return the key that sorts terms: intercept, linear, products, squares, cubic."""
    return sum(term), max(term), tuple(-power for power in term)
