"""How categories become columns: the one coding that models, tests and distances share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers

Levels = Mapping[str, Mapping[int, str]]
"""Of each input that is a category: the names of the levels that occur, by their numbers."""
_MIDDLE: Final = 0.5
"""Level numbers are whole; rounded, they survive arithmetic that was meant for numbers."""


def contrasts(n_levels: int) -> Floats:
    r"""Return sum-to-zero contrasts that treat all levels alike.

    Parameters
    ----------
    n_levels : int
        At least one.

    Returns
    -------
    array of shape (n_levels, n_levels - 1)
        A row per level: the corners of a regular simplex around the origin, one unit from it. For
        two levels they are -1 and +1.

    Notes
    -----
    Helmert's contrasts, scaled. The columns add up to zero and are orthogonal, and any two levels
    are equally far apart, so that neither a penalty nor a kernel depends on the order in which
    levels are written: with :math:`z` the row of a level, :math:`z^T z'` is 1 for one level and
    :math:`-1/(L - 1)` for two, which makes :math:`e^{-|z - z'|^2 / 2 l^2}` a kernel of equal or
    not [1]_. All levels together vary like one normalized input.

    References
    ----------
    .. [1] Roustant et al., SIAM/ASA Journal on Uncertainty Quantification 8 (2020) 775,
       10.1137/18M1209386.

    Examples
    --------
    >>> contrasts(2).tolist()
    [[-1.0], [1.0]]
    >>> (contrasts(3) @ contrasts(3).T).round(12).tolist()
    [[1.0, -0.5, -0.5], [-0.5, 1.0, -0.5], [-0.5, -0.5, 1.0]]
    """
    table = np.zeros((n_levels, n_levels - 1))
    for column in range(n_levels - 1):
        before = column + 1
        table[:before, column] = -1.0
        table[before, column] = before
        table[:, column] *= np.sqrt(n_levels / ((n_levels - 1) * before * (before + 1)))
    return table


def effects(n_levels: int) -> Floats:
    """Return effects coding: a column per level but the last, which has -1 in each.

    Its coefficients are how far a level lies from the mean of all levels.

    Examples
    --------
    >>> effects(3).tolist()
    [[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]]
    """
    return np.vstack([np.eye(n_levels - 1), -np.ones((1, n_levels - 1))])


def indicators(n_levels: int) -> Floats:
    """Return a column per level, scaled so that two levels are one unit apart.

    Examples
    --------
    >>> float(np.linalg.norm(indicators(3)[0] - indicators(3)[1]).round(12))
    1.0
    """
    return np.asarray(np.eye(n_levels) / np.sqrt(2.0))


@dataclass(frozen=True, kw_only=True)
class InputColumns:
    """Which columns stand for which input.

    Attributes
    ----------
    level_numbers : tuple of tuple of int
        For each input the numbers of its levels; none for an input that is a number.
    """

    level_numbers: tuple[tuple[int, ...], ...]

    @property
    def has_categories(self) -> bool:
        """Return whether an input is a category."""
        return any(self.level_numbers)

    @property
    def is_category(self) -> Booleans:
        """Return which inputs are categories, shape (n_inputs,)."""
        return np.array([bool(numbers) for numbers in self.level_numbers], dtype=np.bool_)

    @property
    def input_of_column(self) -> Integers:
        """Return the input that each column of :meth:`contrasts` stands for."""
        sizes = [len(numbers) - 1 if numbers else 1 for numbers in self.level_numbers]
        return np.repeat(np.arange(len(sizes)), sizes)

    @property
    def is_number(self) -> Booleans:
        """Return which columns of :meth:`contrasts` are inputs that are numbers."""
        return np.asarray(~self.is_category[self.input_of_column])

    def contrasts(self, inputs: Floats) -> Floats:
        """Return inputs with :func:`contrasts` in place of categories.

        Parameters
        ----------
        inputs : array of shape (n_samples, n_inputs)
            A category as the number of its level.

        Returns
        -------
        array of shape (n_samples, n_columns)
            The same array where no input is a category. A level without number here lies in the
            middle of the others.
        """
        return self._expanded(inputs, contrasts)

    def effects(self, inputs: Floats) -> Floats:
        """Return inputs with :func:`effects` in place of categories, as :meth:`contrasts`."""
        return self._expanded(inputs, effects)

    def indicators(self, inputs: Floats) -> Floats:
        """Return inputs with :func:`indicators` in place of categories, as :meth:`contrasts`."""
        return self._expanded(inputs, indicators)

    def holds(self, inputs: Floats) -> Booleans:
        """Return which settings have only levels with a number here, shape (n_samples,)."""
        known = np.ones(len(inputs), dtype=np.bool_)
        for index in np.flatnonzero(self.is_category):
            known &= np.isin(_whole(inputs[:, index]), self.level_numbers[index])
        return known

    def _expanded(self, inputs: Floats, coding: Callable[[int], Floats]) -> Floats:
        """Return inputs with the rows of a coding in place of each category."""
        if not self.has_categories:
            return inputs
        columns = []
        for values, numbers in zip(inputs.T, self.level_numbers, strict=True):
            if not numbers:
                columns.append(values[:, None])
                continue
            is_level = _whole(values)[:, None] == np.array(numbers)
            columns.append(is_level.astype(np.float64) @ coding(len(numbers)))
        return np.column_stack(columns)


def _whole(values: Floats) -> Integers:
    """Return level numbers as integers; what is no level is -1."""
    return np.floor(np.nan_to_num(values, nan=-1.0) + _MIDDLE).astype(np.int64)


def input_columns(input_names: Sequence[str], levels: Levels) -> InputColumns:
    """Return which columns stand for which input.

    Examples
    --------
    >>> columns = input_columns(("gap_um", "binder"), {"binder": {0: "PVDF", 1: "PAA"}})
    >>> columns.contrasts(np.array([[80.0, 0], [90, 1]])).tolist()
    [[80.0, -1.0], [90.0, 1.0]]
    """
    return InputColumns(
        level_numbers=tuple(tuple(sorted(levels.get(name, ()))) for name in input_names)
    )


def column_names(input_names: Sequence[str], levels: Levels) -> tuple[str, ...]:
    """Return the names of the columns of :meth:`InputColumns.effects`: a category's with its level.

    Examples
    --------
    >>> column_names(("gap_um", "binder"), {"binder": {0: "PVDF", 1: "PAA", 2: "CMC"}})
    ('gap_um', 'binder[PVDF]', 'binder[PAA]')
    """
    named: list[str] = []
    for name in input_names:
        own = [level for _, level in sorted(levels.get(name, {}).items())]
        named += [f"{name}[{level}]" for level in own[:-1]] if own else [name]
    return tuple(named)
