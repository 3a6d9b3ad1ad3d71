"""A model by its name, or by a formula."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from electrodoe.design.model.terms import ModelTerms, Powers, hierarchical
from electrodoe.design.region.axes import FactorAxis
from electrodoe.errors import DesignError
from electrodoe.study import or_nearest

_FACTOR: Final = re.compile(r"^([A-Za-z_][\w.]*)(?:(?:\^|\*\*)(\d))?$")


def model_terms(model: str, axes: Sequence[FactorAxis]) -> ModelTerms:
    """Return a model by its name, or by a formula made hierarchical.

    Parameters
    ----------
    model : str
        ``linear``, ``interactions``, ``quadratic``, ``cubic``, or terms joined by ``+``:
        ``a:b`` a product, ``a*b`` the product and its parts, ``a^2`` a power.
    axes : sequence of FactorAxis
        The factors.

    Returns
    -------
    ModelTerms
        With every lower-order term that a term contains.

    Raises
    ------
    DesignError
        If a term names an unknown factor, a power that its levels do not allow, or there are
        more than 500.

    Examples
    --------
    >>> a, b = FactorAxis(name="a", low=0, high=1), FactorAxis(name="b", low=0, high=1)
    >>> model_terms("a*b + a^2", [a, b]).names
    ['1', 'a', 'b', 'a × b', 'a²']
    """
    named = {"linear": 1, "interactions": 1, "quadratic": 2, "cubic": 3}
    if model in named:
        terms = _named_terms(model, axes)
    else:
        terms = [power for term in model.split("+") for power in formula_terms(term, axes)]
    return hierarchical(terms, axes)


def _named_terms(model: str, axes: Sequence[FactorAxis]) -> list[Powers]:
    """Return the highest terms of a model that has a name."""
    k = len(axes)
    singles = [_power(k, {i: 1}) for i in range(k)]
    pairs = [_power(k, {i: 1, j: 1}) for i, j in combinations(range(k), 2)]
    squares = [_power(k, {i: 2}) for i in range(k) if axes[i].has_curvature]
    if model == "linear":
        return singles
    if model == "interactions":
        return singles + pairs
    if model == "quadratic":
        return singles + pairs + squares
    triples = [_power(k, dict.fromkeys(three, 1)) for three in combinations(range(k), 3)]
    curved = [i for i in range(k) if axes[i].has_curvature]
    mixed = [_power(k, {i: 2, j: 1}) for i in curved for j in range(k) if j != i]
    cubes = [_power(k, {i: 3}) for i in curved if _n_levels(axes[i]) > 3]
    return singles + pairs + squares + triples + mixed + cubes


def formula_terms(term: str, axes: Sequence[FactorAxis]) -> list[Powers]:
    """Return the powers that one term of a formula stands for; ``1`` is the intercept."""
    text = term.strip()
    if text == "1":
        return [_power(len(axes), {})]
    starred = [_product(part, term, axes) for part in re.split(r"(?<!\*)\*(?!\*)", text)]
    return [
        tuple(sum(parts) for parts in zip(*chosen, strict=True))
        for size in range(1, len(starred) + 1)
        for chosen in combinations(starred, size)
    ]


def _product(text: str, term: str, axes: Sequence[FactorAxis]) -> Powers:
    """Return the powers of ``a:b^2``."""
    names = [axis.name for axis in axes]
    powers = [0] * len(axes)
    for part in text.split(":"):
        match = _FACTOR.match(part.strip())
        if match is None or match[1] not in names:
            name = match[1] if match else part.strip()
            raise DesignError(
                f"term '{term.strip()}': no factor is called '{name}'",
                where="[plan], key 'model'",
                fix=or_nearest(name, names),
            )
        number = names.index(match[1])
        powers[number] += int(match[2] or 1)
        if powers[number] > 9 or powers[number] >= _n_levels(axes[number]):
            raise DesignError(
                f"term '{term.strip()}': power {powers[number]} of '{match[1]}' needs"
                f" {powers[number] + 1} levels, it has {_n_levels(axes[number])}",
                where="[plan], key 'model'",
                fix="declare more levels, or leave the term out",
            )
    return tuple(powers)


def _n_levels(axis: FactorAxis) -> int:
    """Return how many powers an axis can distinguish, the zeroth included."""
    if axis.is_categorical:
        return 2
    return 10 if axis.levels is None else len(axis.levels)


def _power(k: int, given: dict[int, int]) -> Powers:
    """Return powers that are zero but for some factors."""
    return tuple(given.get(i, 0) for i in range(k))
