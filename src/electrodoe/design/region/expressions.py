"""Arithmetic that a person writes into a declaration, evaluated without ``eval``."""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.errors import DesignError
from electrodoe.study import or_nearest

MAX_LENGTH: Final = 1000
"""Bound against accidents, in characters: Python's parser fails on deep nesting."""
Values = Mapping[str, NDArray[Any]]
"""Settings by factor: numbers in their own units, or names of categories."""

_ARITHMETIC: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_COMPARISONS: Final[dict[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.LtE: operator.le,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "abs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "max": np.maximum,
    "min": np.minimum,
    "sqrt": np.sqrt,
}


@dataclass(frozen=True, kw_only=True)
class Expression:
    """A checked piece of arithmetic.

    Attributes
    ----------
    text : str
        As it was declared.
    tree : ast.expr
        Its syntax; only numbers, names of factors, arithmetic, comparisons and six functions.
    """

    text: str
    tree: ast.expr

    def __call__(self, values: Values) -> NDArray[Any]:
        """Return the value at each row of the settings."""
        with np.errstate(all="ignore"):
            return np.asarray(_value(self.tree, values))


def read_expression(text: str, names: list[str], place: str) -> Expression:
    """Return an expression after a check of every part of it.

    Safe to evaluate: it can name factors and compute, and nothing else.

    Examples
    --------
    >>> total = read_expression("a + 2*b", ["a", "b"], "here")
    >>> total({"a": np.array([1.0]), "b": np.array([3.0])})
    array([7.])
    """
    if len(text) > MAX_LENGTH:
        raise _not_arithmetic(text, place)
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _not_arithmetic(text, place) from error
    for node in ast.walk(tree):
        _check(node, text, names, place)
    return Expression(text=text.strip(), tree=tree)


def _check(node: ast.AST, text: str, names: list[str], place: str) -> None:
    """Raise unless a part is one of those that are known."""
    if isinstance(node, ast.Name) and node.id not in names and node.id not in _FUNCTIONS:
        raise DesignError(
            f"'{text}': no factor is called '{node.id}'", place, or_nearest(node.id, names)
        )
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name) or node.func.id not in _FUNCTIONS or node.keywords:
            raise _not_arithmetic(text, place)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or not isinstance(node.value, int | float | str):
            raise _not_arithmetic(text, place)
        if isinstance(node.value, int | float) and not abs(node.value) < 1e15:
            raise _not_arithmetic(text, place)
    elif not isinstance(node, _KNOWN):
        raise _not_arithmetic(text, place)


_KNOWN: Final = (
    *(ast.Name, ast.Load, ast.BinOp, ast.UnaryOp, ast.USub, ast.UAdd, ast.Not, ast.Compare),
    *(ast.BoolOp, ast.And, ast.Or, *_ARITHMETIC, *_COMPARISONS),
)


def _not_arithmetic(text: str, place: str) -> DesignError:
    """Return the complaint about what cannot be read."""
    return DesignError(
        f"'{text[:80]}' cannot be read",
        where=place,
        fix="write factors, numbers, + - * / ^, comparisons, and, or, not: 'a + 2*b <= 0.8'",
    )


def _value(node: ast.AST, values: Values) -> Any:  # noqa: ANN401, PLR0911 - one per kind of node
    """Return the value of one node: a number, a name, or an array."""
    match node:
        case ast.Constant(value=str() as name):
            return name
        case ast.Constant(value=int() | float() as number):
            return np.float64(number)
        case ast.Name():
            return values[node.id]
        case ast.BinOp():
            arithmetic = _ARITHMETIC[type(node.op)]
            return arithmetic(_value(node.left, values), _value(node.right, values))
        case ast.UnaryOp():
            inner = _value(node.operand, values)
            if isinstance(node.op, ast.Not):
                return np.logical_not(inner)
            return -inner if isinstance(node.op, ast.USub) else inner
        case ast.Compare():
            return _compare(node, values)
        case ast.BoolOp():
            parts = [_value(part, values) for part in node.values]
            join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return join.reduce(np.broadcast_arrays(*parts))
        case ast.Call(func=ast.Name(id=name)):
            return _FUNCTIONS[name](*(_value(part, values) for part in node.args))
        case _:
            raise AssertionError(node)


def _compare(node: ast.Compare, values: Values) -> Any:  # noqa: ANN401 - a truth or an array
    """Return whether every link of a chain ``a <= b <= c`` holds."""
    members = [_value(part, values) for part in (node.left, *node.comparators)]
    links = [
        _COMPARISONS[type(link)](left, right)
        for link, (left, right) in zip(node.ops, pairwise(members), strict=True)
    ]
    return np.logical_and.reduce(np.broadcast_arrays(*links))
