"""The analysis of variance of each stratum, and what a term is tested against in words."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats, Integers
from electrodoe.models.kenward_roger import KenwardRoger, StratumTest
from electrodoe.models.mixed_model import MixedModel

_MOSTLY: Final = 0.9
"""Fraction of a contrast's variance from which one stratum is what it is tested against."""
_SAME_SETTING: Final = 9
"""Decimals of coded terms to which two rows are one setting: what differs by less is rounding."""
_SPANNED: Final = 1e-9
"""Singular value, relative to the largest, below which a direction is rounding."""

Row = dict[str, object]


def stratum_anova(
    tests: KenwardRoger,
    groups: Mapping[str, Floats],
    X: Floats,
    y: Floats,
    groupings: Mapping[str, Integers],
) -> list[Row]:
    """Return what each group of terms adds in each stratum, then what is left in each.

    Parameters
    ----------
    tests : KenwardRoger
        Of the mixed model.
    groups : mapping of str to array of shape (n_samples, n_terms_of_the_group)
        Terms in the order in which they enter; the intercept is not among them.
    X : array of shape (n_samples, n_terms)
        The intercept, the groups, then fixed blocks, if there are some.
    y : array of shape (n_samples,)
        Response.
    groupings : mapping of str to array of shape (n_samples,), int
        The random groups, outer ones first.

    Returns
    -------
    list of dict
        Sums of squares by least squares, in the order of entering; F and p by Kenward and Roger.
        What is left between groups has a row per grouping. Runs of one setting in one group part
        what is left within groups into lack of fit and pure error, as a plan counts them.

    References
    ----------
    .. [1] Vining, Kowalski, Montgomery, J. Quality Technology 37 (2005) 115,
       10.1080/00224065.2005.11980310.
    """
    rows: list[Row] = []
    start, y = 1, y - y.mean()
    for source, group in groups.items():
        columns = np.arange(start, start + group.shape[1])
        is_between = np.array([_is_between(tests, number) for number in columns])
        for own, words in (
            (columns[is_between], "between"),
            (columns[~is_between], "within"),
        ):
            if len(own):
                is_one = is_between.all() or not is_between.any()
                name = source if is_one else f"{source}, {words} {_outermost(tests.model)}s"
                rows.append(_group_row(tests, own, name, X, y))
        start += group.shape[1]
    if X.shape[1] > start:
        blocks = _explained(X, y) - _explained(X[:, :start], y)
        rows.append(_row("blocks", X.shape[1] - start, blocks))
    rows += _error_rows(X[:, :start], X, y, tests.model.grouping_names, groupings)
    total = float(y @ y)
    return [*rows, _row("total", len(y) - 1, total)]


def _outermost(fitted: MixedModel) -> str:
    """Return the grouping that terms are parted by, in words."""
    names = fitted.grouping_names
    return "whole plot" if "whole plot" in names else names[0]


def _is_between(tests: KenwardRoger, number: int) -> bool:
    """Return whether a term is mostly known from differences between groups."""
    fractions = tests.fractions(np.eye(tests.model.X.shape[1])[:, [number]])
    return bool(abs(fractions[0]) < abs(fractions[1:]).sum())


def _group_row(tests: KenwardRoger, columns: Integers, source: str, X: Floats, y: Floats) -> Row:
    """Return the test of some terms beside those that enter before them."""
    before = np.arange(X.shape[1]) < columns[0]
    squares = _explained(X[:, before | np.isin(np.arange(X.shape[1]), columns)], y)
    squares -= _explained(X[:, before], y)
    test = tests.test(np.eye(X.shape[1])[:, columns])
    row = _row(source, len(columns), squares)
    against = tested_against(tests.model, test)
    if test is not None:
        row |= {"f": test.f, "p": test.p}
    return row | {"tested_against": against}


def _error_rows(
    terms: Floats,
    X: Floats,
    y: Floats,
    names: tuple[str, ...],
    groupings: Mapping[str, Integers],
) -> list[Row]:
    """Return what is left between groups beside the terms, one grouping after the other."""
    rows, known = [], X
    for name in names:
        more = np.column_stack([known, _indicators(groupings[name])])
        degrees, squares = _rank(more) - _rank(known), _explained(more, y) - _explained(known, y)
        if degrees:
            rows.append(_row(f"{name}s", degrees, squares))
        if name == "run":
            rows += _parts(terms, known, more, y)
        known = more
    left, rest = len(y) - _rank(known), float(y @ y) - _explained(known, y)
    rows.append(_row("residual", left, rest))
    return rows if "run" in names else [*rows, *_parts(terms, known, np.eye(len(y)), y)]


def _parts(terms: Floats, known: Floats, runs: Floats, y: Floats) -> list[Row]:
    """Return lack of fit and pure error within groups, where equal settings and others are there.

    Runs of one setting in one group tell pure error; with other settings of the group, lack of fit.
    """
    _, settings = np.unique(np.round(terms, _SAME_SETTING) + 0.0, axis=0, return_inverse=True)
    both = np.column_stack([known, _indicators(settings.reshape(-1))])
    missed, pure = _rank(both) - _rank(known), _rank(np.column_stack([both, runs])) - _rank(both)
    if not missed or not pure:
        return []
    of_fit = _row("lack of fit", missed, _explained(both, y) - _explained(known, y))
    of_runs = _explained(np.column_stack([both, runs]), y) - _explained(both, y)
    of_error = _row("pure error", pure, of_runs)
    if of_runs > 0.0:
        f = (_explained(both, y) - _explained(known, y)) / missed / (of_runs / pure)
        of_fit |= {"f": f, "p": float(scipy.stats.f.sf(f, missed, pure))}
    return [of_fit, of_error]


def _indicators(groups: Integers) -> Floats:
    """Return a column for each group."""
    numbers = np.unique(groups, return_inverse=True)[1]
    return np.eye(int(numbers.max()) + 1)[numbers]


def _row(source: str, degrees: int, squares: float) -> Row:
    """Return a source of variation without a test."""
    return {
        "source": source,
        "degrees_of_freedom": degrees,
        "sum_of_squares": max(squares, 0.0),
        "mean_square": max(squares, 0.0) / degrees if degrees else None,
        "f": None,
        "p": None,
        "tested_against": None,
    }


def _rank(X: Floats) -> int:
    """Return the number of independent columns."""
    return int(np.linalg.matrix_rank(X))


def _explained(X: Floats, y: Floats) -> float:
    """Return the sum of squares that columns explain, whether they are independent or not."""
    U, size, _ = np.linalg.svd(X, full_matrices=False)
    return float(np.sum((U[:, size > _SPANNED * size[0]].T @ y) ** 2))


def tested_against(fitted: MixedModel, test: StratumTest | None) -> str:
    """Return what a term is tested against, in words."""
    if test is None:
        return "nothing: no degrees of freedom are left between the groups that tell it"
    words: tuple[str, ...] = ("within runs" if "run" in fitted.grouping_names else "between runs",)
    words += tuple(f"between {name}s" for name in fitted.grouping_names)
    fractions = np.abs(test.fractions)
    mostly = int(np.argmax(fractions))
    if fitted.grouping_names and fractions[mostly] < _MOSTLY:
        carried = [words[number] for number in np.flatnonzero(fractions > 1.0 - _MOSTLY)]
        kind = " and ".join(carried[::-1])
    else:
        kind = words[mostly]
        if mostly == 0 and fitted.grouping_names and "run" not in fitted.grouping_names:
            kind += f" of one {fitted.grouping_names[-1]}"
    return f"variation {kind}, {_degrees(test.degrees_of_freedom)} df"


def rounded_degrees(value: float) -> float:
    """Return degrees of freedom without what rounding leaves of a whole number."""
    return round(value, 6)


def _degrees(value: float) -> str:
    """Return degrees of freedom with a decimal where they are no whole number."""
    return f"{value:.0f}" if abs(value - round(value)) < 0.05 else f"{value:.1f}"
