"""Limits that every run keeps: inequalities and combinations that cannot be made."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.expressions import Expression, Values, read_expression
from electrodoe.errors import DesignError

TOLERANCE: Final = 1e-9
"""Fraction of a constraint's own scale by which rounding may overstep it."""


@dataclass(frozen=True, kw_only=True)
class Inequality:
    """A limit ``slack >= 0``.

    Attributes
    ----------
    text : str
        As declared.
    greater, lesser : Expression
        The slack is their difference, in the factors' own units.
    coefficients : array of shape (n_factors,) or None
        In coded units, where the limit is linear: ``coefficients @ x <= bound``.
    bound : float
        Right side of the linear form.
    """

    text: str
    greater: Expression
    lesser: Expression
    coefficients: Floats | None
    bound: float

    def holding(self, point: Floats, free: Sequence[int]) -> "Inequality":
        """Return the same limit on some of the factors, the others held as at a coded point."""
        if self.coefficients is None:
            return self
        others = self.coefficients.copy()
        others[list(free)] = 0.0
        left = self.bound - float(others @ point)
        return replace(self, coefficients=self.coefficients[list(free)], bound=left)

    def slack(self, values: Values) -> Floats:
        """Return by how much the limit is kept, at each row of the settings."""
        return np.asarray(self.greater(values) - self.lesser(values), dtype=np.float64)


def read_inequalities(texts: Sequence[str], axes: Sequence[FactorAxis]) -> tuple[Inequality, ...]:
    """Return declared constraints, a chain ``low <= a + b <= high`` as two.

    Linear ones with their coefficients in coded units.

    Examples
    --------
    >>> a, b = FactorAxis(name="a", low=0.0, high=1.0), FactorAxis(name="b", low=0.0, high=1.0)
    >>> (limit,) = read_inequalities(["a + b <= 0.8"], [a, b])
    >>> limit.coefficients, round(limit.bound, 9)
    (array([0.5, 0.5]), -0.2)
    """
    numeric = [axis.name for axis in axes if not axis.is_categorical]
    found: list[Inequality] = []
    for text in texts:
        tree = read_expression(text, numeric, "[plan], key 'constraints'").tree
        if not isinstance(tree, ast.Compare):
            raise _not_an_inequality(text)
        members = [tree.left, *tree.comparators]
        for link, (left, right) in zip(tree.ops, pairwise(members), strict=True):
            found.append(_inequality(text, link, left, right, axes))
    return tuple(found)


def _inequality(
    text: str, link: ast.cmpop, left: ast.expr, right: ast.expr, axes: Sequence[FactorAxis]
) -> Inequality:
    """Return one link of a chain."""
    if isinstance(link, ast.LtE | ast.Lt):
        greater, lesser = right, left
    elif isinstance(link, ast.GtE | ast.Gt):
        greater, lesser = left, right
    else:
        raise _not_an_inequality(text)
    difference = Expression(text=text, tree=ast.BinOp(left=greater, op=ast.Sub(), right=lesser))
    coefficients, bound = _linear_form(difference, axes)
    return Inequality(
        text=text,
        greater=Expression(text=text, tree=greater),
        lesser=Expression(text=text, tree=lesser),
        coefficients=coefficients,
        bound=bound,
    )


def _not_an_inequality(text: str) -> DesignError:
    """Return the complaint about a constraint that limits nothing."""
    return DesignError(
        f"'{text}' is not an inequality",
        where="[plan], key 'constraints'",
        fix="write it with <= or >=, such as 'a + 2*b <= 0.8'",
    )


def _linear_form(difference: Expression, axes: Sequence[FactorAxis]) -> tuple[Floats | None, float]:
    """Return the coded coefficients and bound of a linear slack, or None."""
    degree = _degree(difference.tree)
    if degree is None or degree > 1:
        return None, 0.0
    middle = {axis.name: np.array((axis.low + axis.high) / 2.0) for axis in axes}
    center = float(difference(middle))
    coefficients = np.zeros(len(axes))
    for number, axis in enumerate(axes):
        if not axis.is_categorical:
            end = {**middle, axis.name: np.array(axis.high)}
            coefficients[number] = center - float(difference(end))
    return coefficients, center


def _degree(node: ast.AST) -> int | None:
    """Return the degree of a polynomial in the factors, or None for anything else."""
    match node:
        case ast.Constant():
            return 0
        case ast.Name():
            return 1
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            return _degree(inner)
        case ast.BinOp(left=left, op=op, right=right):
            return _joined_degree(op, _degree(left), _degree(right))
        case _:
            return None


def _joined_degree(op: ast.operator, left: int | None, right: int | None) -> int | None:
    """Return the degree of two joined parts."""
    if left is None or right is None:
        return None
    match op:
        case ast.Add() | ast.Sub():
            return max(left, right)
        case ast.Mult():
            return left + right
        case ast.Div() if right == 0:
            return left
        case ast.Pow() if left == 0 and right == 0:
            return 0
        case _:
            return None


def read_forbidden(texts: Sequence[str], axes: Sequence[FactorAxis]) -> tuple[Expression, ...]:
    """Return declared combinations that cannot be made."""
    found = []
    place = "[plan], key 'forbidden'"
    for text in texts:
        expression = read_expression(text, [axis.name for axis in axes], place)
        if not isinstance(expression.tree, ast.Compare | ast.BoolOp | ast.UnaryOp):
            raise DesignError(
                f"'{text}' is neither true nor false",
                where=place,
                fix="write a comparison: \"binder == 'PVDF' and dryer_2_temperature_c > 60\"",
            )
        _require_categories(expression, axes, place)
        found.append(expression)
    return tuple(found)


def _require_categories(expression: Expression, axes: Sequence[FactorAxis], place: str) -> None:
    """Raise where a name in quotes is no category of any factor."""
    known = [name for axis in axes for name in axis.categories]
    for node in ast.walk(expression.tree):
        match node:
            case ast.Constant(value=str() as name) if name not in known:
                raise DesignError(
                    f"'{expression.text}': no factor has the category '{name}'",
                    where=place,
                    fix=f"use one of {', '.join(known) or 'the declared levels'}",
                )
            case _:
                continue
