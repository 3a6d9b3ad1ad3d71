"""The terms of a planned model: powers of factors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.axes import Axis
from electrodoe.design.term_products import TermProducts
from electrodoe.errors import DesignError

Powers = tuple[int, ...]
"""Power of each factor in a term; a category has 0 or 1."""
MAX_TERMS: Final = 500


@dataclass(frozen=True, kw_only=True)
class ModelTerms:
    """A linear model of some axes.

    Attributes
    ----------
    axes : tuple of Axis
        The factors.
    powers : tuple of tuple of int
        Power of each factor in each term; the first term is the intercept.
    """

    axes: tuple[Axis, ...]
    powers: tuple[Powers, ...]

    @cached_property
    def degree(self) -> int:
        """Return the highest power of any factor."""
        return max(max(powers) for powers in self.powers)

    @cached_property
    def column_index(self) -> NDArray[np.int64]:
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

    def matrix(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
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

    def star(
        self, points: NDArray[np.float64], settings: Sequence[NDArray[np.float64] | None]
    ) -> NDArray[np.float64]:
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

    def gradient(
        self, points: NDArray[np.float64], sensitivity: NDArray[np.float64]
    ) -> NDArray[np.float64]:
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


def hierarchical(terms: Sequence[Powers], axes: Sequence[Axis]) -> ModelTerms:
    """Return the model of some terms and all that they contain, sorted by degree.

    Raises
    ------
    DesignError
        If that makes more than 500 terms.
    """
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
