"""What no plan can beat: the optimal approximate design over candidate settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from electrodoe.arrays import Booleans, Floats
from electrodoe.design.assessment.ceiling import ceiling
from electrodoe.design.model.plan_model import prediction_variance
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.polytope import polytope_corners
from electrodoe.design.region.region import DesignRegion

_SETTINGS: Final = {1: 41, 2: 21, 3: 11, 4: 7}
"""Settings tried of each free factor, by how many of them there are; 5 where there are more."""
_FRACTIONS: Final = (0.0, 0.25, 0.5, 0.75)
"""Points tried along each edge between two corners: chosen, a quarter of the edge apart."""
_MOST_FREE: Final = 4
"""Factors without levels over which a ceiling can be proven box by box."""
_MOST_ENTRIES: Final = 6_000_000
"""Bound on memory: numbers of the candidates' model matrix, 48 MB as doubles."""
_ROUNDING: Final = 1e-9
"""As `electrodoe.ties.EQUAL`: below it a coded setting or an entry is zero but for rounding."""


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Settings that stand for a whole region.

    Attributes
    ----------
    points : array of shape (n_points, n_factors)
        Coded; of a factor that the region mirrors only the upper half.
    is_even : array of shape (p, p), bool
        Entries of an information matrix that mirroring leaves; all True without mirrors.
    free : tuple of int
        Factors between whose settings a quadratic form may still rise.
    held : array of shape (n_held, n_factors)
        Every combination of the others.
    is_proven : bool
        Whether what holds on ``points`` and on boxes of ``free`` holds for the region.
    """

    points: Floats
    is_even: Booleans
    free: tuple[int, ...]
    held: Floats
    is_proven: bool


def candidates(
    terms: ModelTerms, region: DesignRegion, matrices: Sequence[Floats]
) -> Candidates | None:
    """Return the settings that a bound on a linear criterion has to look at.

    Notes
    -----
    Where region and matrices stay the same when a factor changes its sign, so does a
    best approximate design (the criterion is convex), and half of the settings speak for all. A
    form ``f' G f`` is then even in that factor; with powers up to the square it is
    ``a + b x^2 + c x^4`` with ``c >= 0``, convex in ``x^2``: its maximum value lies at 0 or at
    an end, so three settings stand for the whole range. Without squares it is convex in x itself.
    """
    columns = terms.column_index
    is_cut = _cut_axes(region)
    even, free = np.ones((len(columns), len(columns)), dtype=np.bool_), []
    mirrored, degrees = [], columns.max(axis=0)
    for number, axis in enumerate(region.axes):
        parity = (columns[:, number, None] + columns[:, number]) % 2 == 0
        is_mirrored = (
            not is_cut[number]
            and _has_mirrored_levels(axis)
            and all(_is_even(matrix, parity) for matrix in matrices)
        )
        if is_mirrored:
            even &= parity
        is_free = axis.levels is None and (
            is_cut[number] or (degrees[number] > 1 and not is_mirrored) or degrees[number] > 2
        )
        mirrored.append(is_mirrored)
        if is_free:
            free.append(number)
    n_fine = _SETTINGS.get(len(free), 5)
    choices = [
        _settings(axis, degrees[n], n_fine if n in free else None, is_mirrored=mirrored[n])
        for n, axis in enumerate(region.axes)
    ]
    n_points = np.prod([float(len(own)) for own in choices])
    if n_points * len(columns) > _MOST_ENTRIES:
        return None
    points = np.array(list(product(*choices)))
    kept = [own if n not in free else np.zeros(1) for n, own in enumerate(choices)]
    feasible = np.vstack([points[region.is_feasible(points)], _ends_of_cuts(region)])
    held = np.array(list(product(*kept)))
    if not free:
        held = feasible
    return Candidates(
        points=feasible,
        is_even=even,
        free=tuple(free),
        held=held,
        is_proven=not free or (len(free) <= _MOST_FREE and _has_linear_limits(region)),
    )


def _settings(axis: FactorAxis, degree: int, n_fine: int | None, *, is_mirrored: bool) -> Floats:
    """Return the settings of one factor that have to be tried; ``n_fine`` of a free one."""
    if axis.levels is not None:
        own = axis.levels
    elif n_fine is not None:
        own = np.linspace(-1.0, 1.0, max(n_fine, 2 * degree + 1))
    else:
        own = np.array([-1.0, 1.0] if degree <= 1 else [-1.0, 0.0, 1.0])
    return own[own >= -_ROUNDING] if is_mirrored else own


def _has_mirrored_levels(axis: FactorAxis) -> bool:
    """Return whether a factor's settings stay the same when their sign changes."""
    if axis.levels is None:
        return True
    return not axis.is_categorical and bool(np.allclose(axis.levels, -axis.levels[::-1]))


def _is_even(matrix: Floats, parity: Booleans) -> bool:
    """Return whether a matrix of the terms stays the same when a factor changes its sign."""
    return bool(np.all(np.abs(matrix[~parity]) <= _ROUNDING * np.abs(matrix).max()))


def _has_linear_limits(region: DesignRegion) -> bool:
    """Return whether linear inequalities are the only limits."""
    are_linear = all(own.coefficients is not None for own in region.inequalities)
    return are_linear and not region.forbidden


def _cut_axes(region: DesignRegion) -> Booleans:
    """Return which factors a limit may name."""
    n = len(region.axes)
    if not _has_linear_limits(region):
        return np.ones(n, dtype=np.bool_)
    linear = [own.coefficients for own in region.inequalities if own.coefficients is not None]
    return np.asarray(np.any(np.array(linear).reshape(-1, n) != 0.0, axis=0))


def _ends_of_cuts(region: DesignRegion) -> Floats:
    """Return the corners that linear limits cut, and points between every two of them."""
    linear = [own for own in region.inequalities if own.coefficients is not None]
    n = len(region.axes)
    is_free = all(axis.levels is None for axis in region.axes)
    if not linear or not is_free or n > _MOST_FREE:
        return np.empty((0, n))
    corners = polytope_corners(
        np.array([own.coefficients for own in linear]), np.array([own.bound for own in linear])
    )
    if corners is None:
        return np.empty((0, n))
    points = np.array(
        [
            fraction * first + (1.0 - fraction) * second
            for first, second in permutations(corners, 2)
            for fraction in _FRACTIONS
        ]
    )
    return np.asarray(np.unique(points[region.is_feasible(points)], axis=0))


_MOST_STEPS: Final = 4_000
"""Bound against endless iteration; the gap is meant to end it first."""
_WORK: Final = 4e9
"""Multiplications that one bound may cost, as many as a search's starts (`search/effort.py`)."""
_GAP: Final = 2e-5
"""Fraction of the criterion by which the bound may stay below the optimum."""
_COARSE_GAP: Final = 5e-4
"""The same where a ceiling between the candidates, itself 0.1 % above, ends the proof."""
_MIN_EIGENVALUE: Final = 1e-10
"""Of a matrix with unit diagonal: above rounding (1e-16 times its size), chosen."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A value that no plan can beat.

    Attributes
    ----------
    per_run : float
        The smallest value of the criterion that any plan can have, times its number of runs.
    scope : str
        For which plans it is proven.
    """

    per_run: float
    scope: str


def min_mean_variance(
    terms: ModelTerms,
    region: DesignRegion,
    moments: Floats,
    *,
    existing: Floats | None = None,
    n_runs: int = 1,
) -> Bound | None:
    r"""Return a proven lower bound on criterion I for any number of runs.

    None where the candidates are too many, or do not determine the model.

    Notes
    -----
    N is the information of any plan of n runs, m of them free, and :math:`N_0` that of the existing
    runs. For any symmetric C let :math:`G = C B C` and :math:`\psi(x) = f(x)^T G f(x)`. Cauchy's
    inequality gives

    .. math:: \mathrm{tr}(N^{-1} B) \, \mathrm{tr}(N G) \ge \mathrm{tr}(C B)^2, \quad
        \mathrm{tr}(N G) \le \mathrm{tr}(N_0 G) + m \max_x \psi(x),

    so :math:`I \ge \mathrm{tr}(C B)^2 / (\mathrm{tr}(N_0 G) + m \max \psi)`. A multiplicative
    algorithm on candidates finds a C that makes this tight; the proof rests on the largest
    :math:`\psi` alone. Whole plots only lose information (V - 1 is nonnegative): the bound holds
    for them too, loosely.

    References
    ----------
    .. [1] Atkinson, Donev, Tobias, Optimum Experimental Designs (2007), ch. 9 and 10.
    .. [2] Silvey, Titterington, Torsney, Commun. Statist. A 7 (1978) 1379.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.model.formula import model_terms
    >>> from electrodoe.design.region.region import region_of
    >>> x = FactorAxis(name="x", low=0.0, high=1.0)
    >>> line = model_terms("linear", [x])
    >>> round(min_mean_variance(line, region_of([x]), np.diag([1.0, 1.0 / 3.0])).per_run, 6)
    1.333333
    """
    return _smallest(terms, region, moments, existing, n_runs)


def min_determinant(
    terms: ModelTerms, region: DesignRegion, *, existing: Floats | None = None, n_runs: int = 1
) -> Bound | None:
    r"""Return a proven lower bound on ``det(C)^(1/p)``, criterion D, for any number of runs.

    D-efficiency, ``det(N)^(1/p) / n``, of any plan is at most ``1 / per_run``.

    Notes
    -----
    For any positive C the mean of the eigenvalues of CN is at least their geometric mean:

    .. math:: \det(N)^{1/p} \le \frac{\mathrm{tr}(C N)}{p} \det(C)^{-1/p}, \quad
        \mathrm{tr}(C N) \le \mathrm{tr}(N_0 C) + m \max_x f(x)^T C f(x)

    References
    ----------
    .. [1] Kiefer, Wolfowitz, Canadian Journal of Mathematics 12 (1960) 363.
    """
    return _smallest(terms, region, None, existing, n_runs)


@dataclass(frozen=True, kw_only=True)
class _Aim:
    """A criterion of C: ``trace(C B)``, or ``det(C)^(1/p)`` without B."""

    weight: Floats | None

    def value(self, C: Floats) -> float:
        """Return the criterion."""
        if self.weight is None:
            return float(np.exp(np.linalg.slogdet(C)[1] / len(C)))
        return float(np.sum(C * self.weight))

    def form(self, C: Floats) -> Floats:
        """Return G: the gain of a run at x is ``f(x)' G f(x)``."""
        return C if self.weight is None else C @ self.weight @ C

    def lower_bound(self, C: Floats, information: float) -> float:
        """Return what the criterion cannot undercut where no ``trace(N G)`` is greater."""
        expected = len(C) if self.weight is None else self.value(C)
        return self.value(C) * expected / information

    @property
    def power(self) -> float:
        """Return the power of the gain in a multiplicative step."""
        return 1.0 if self.weight is None else 0.5


def _smallest(
    terms: ModelTerms,
    region: DesignRegion,
    weight: Floats | None,
    existing: Floats | None,
    n_runs: int,
) -> Bound | None:
    """Return the bound on one criterion."""
    p = len(terms.column_index)
    offset, n_new = np.zeros((p, p)), n_runs
    if existing is not None and len(existing):
        rows = terms.matrix(existing)
        offset, n_new = rows.T @ rows, n_runs - len(existing)
    found = candidates(terms, region, (offset,) if weight is None else (offset, weight))
    if found is None or n_new < 1:
        return None
    aim = _Aim(weight=None if weight is None else weight * found.is_even)
    gap = _COARSE_GAP if found.free else _GAP
    C = _best_covariance(terms.matrix(found.points), found.is_even, aim, offset, n_new, gap)
    if C is None:
        return None
    G = aim.form(C)
    if found.is_proven:
        largest = ceiling(terms, region, G, found.free, found.held)
    else:
        largest = float(prediction_variance(terms, G, found.points).max())
    smallest = aim.lower_bound(C, float(np.sum(offset * G)) + n_new * largest)
    return Bound(per_run=n_runs * smallest, scope=_scope(region, found))


def _best_covariance(
    F: Floats, is_even: Booleans, aim: _Aim, offset: Floats, n_new: int, gap: float
) -> Floats | None:
    """Return C of the approximate design with the best bound on its candidates."""
    n, p = F.shape
    weights = np.full(n, 1.0 / n)
    best, kept = 0.0, None
    n_steps = int(np.clip(_WORK / (6.0 * n * p * p), 200, _MOST_STEPS))
    with threadpool_limits(1):
        for _ in range(n_steps):
            M = offset + n_new * ((F.T * weights) @ F) * is_even
            if kept is None and not _is_regular(M):
                return None
            C = np.linalg.inv(M)
            C = (C + C.T) / 2.0 * is_even
            G = aim.form(C)
            gain = np.sum((F @ G) * F, axis=1)
            bound = aim.lower_bound(C, float(np.sum(offset * G)) + n_new * float(gain.max()))
            if bound > best:
                best, kept = bound, C
            if best >= (1.0 - gap) * aim.value(C):
                break
            weights = weights * gain**aim.power
            weights /= weights.sum()
    return kept


def _is_regular(M: Floats) -> bool:
    """Return whether an information matrix determines every term."""
    lengths = np.sqrt(np.diag(M))
    if not lengths.all():
        return False
    return bool(np.linalg.eigvalsh(M / np.outer(lengths, lengths))[0] > _MIN_EIGENVALUE)


def _scope(region: DesignRegion, found: Candidates) -> str:
    """Return for which plans a bound is proven."""
    if not found.is_proven:
        return "plans on a grid of the factors without levels"
    if all(axis.levels is not None for axis in region.axes):
        return "any plan on these levels"
    return "any plan in the region"
