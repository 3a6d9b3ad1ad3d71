"""Least squares against NIST's Statistical Reference Datasets and the traps of scaling.

The certified values are those of the NIST StRD archive (linear regression). Norris ships with
SciPy's tests, Longley with statsmodels; Wampler and NoInt are written from their definition;
Pontius is typed in, Filip stands in ``nist/``, and both prove themselves by meeting their values.
"""

from fractions import Fraction
from importlib.resources import files
from math import comb
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LinearRegression
from statsmodels.datasets import longley

from electrodoe.errors import ModelError
from electrodoe.models.least_squares import least_squares

_WAMPLER_DELTA = np.array(
    [
        *(759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048),
        *(-2048, 1838, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 759),
    ],
    dtype=float,
)
_FILIP = Path(__file__).parent / "nist/filip.csv"
_FILIP_CERTIFIED = [
    *(-1467.48961422980, -2772.17959193342, -2316.37108160893, -1127.97394098372),
    *(-354.478233703349, -75.1242017393757, -10.8753180355343, -1.06221498588947),
    *(-0.670191154593408e-1, -0.246781078275479e-2, -0.402962525080404e-4),
]
_PONTIUS_DEFLECTION = [
    *(0.11019, 0.21956, 0.32949, 0.43899, 0.54803, 0.65694, 0.76562, 0.87487, 0.98292, 1.09146),
    *(1.20001, 1.30822, 1.41599, 1.52399, 1.63194, 1.73947, 1.84646, 1.95392, 2.06128, 2.16844),
    *(0.11052, 0.22018, 0.32939, 0.43886, 0.54798, 0.65739, 0.76596, 0.87474, 0.98300, 1.09150),
    *(1.20004, 1.30818, 1.41613, 1.52408, 1.63159, 1.73965, 1.84696, 1.95445, 2.06177, 2.16829),
]


def _powers(x: NDArray[np.float64], degree: int) -> NDArray[np.float64]:
    return np.vander(x, degree + 1, increasing=True)


def _digits(X: NDArray[np.float64], y: NDArray[np.float64], certified: list[float]) -> float:
    """Return the number of certified digits that the worst coefficient reaches."""
    found = least_squares(X, y, [f"b{index}" for index in range(X.shape[1])])
    error = np.abs(found - certified) / np.abs(certified)
    return float(-np.log10(max(error.max(), 1e-16)))


def test_norris_is_met_to_twelve_digits() -> None:
    """A straight line, NIST level of residual scale: lower."""
    text = (files("scipy.stats.tests") / "data/nist_linregress/Norris.dat").read_text()
    rows = np.array([line.split() for line in text.splitlines()[60:] if line.strip()], dtype=float)

    assert _digits(_powers(rows[:, 1], 1), rows[:, 0], [-0.262323073774029, 1.00211681802045]) > 12


def test_pontius_is_met_to_twelve_digits() -> None:
    """A parabola of a load cell's deflection, level: lower."""
    load = np.tile(np.arange(1, 21) * 150_000.0, 2)
    certified = [0.673565789473684e-3, 0.732059160401003e-6, -0.316081871345029e-14]

    assert _digits(_powers(load, 2), np.array(_PONTIUS_DEFLECTION), certified) > 12


@pytest.mark.parametrize(
    ("x", "y", "slope"),
    [
        (np.arange(60.0, 71.0), np.arange(130.0, 141.0), 2.07438016528926),
        (np.array([4.0, 5.0, 6.0]), np.array([3.0, 4.0, 4.0]), 0.727272727272727),
    ],
    ids=["NoInt1", "NoInt2"],
)
def test_lines_without_intercept_are_met_to_fourteen_digits(
    x: NDArray[np.float64], y: NDArray[np.float64], slope: float
) -> None:
    """Lines through the origin, level: average."""
    assert _digits(x[:, None], y, [slope]) > 14


def test_longley_is_met_to_ten_digits() -> None:
    """Six collinear economic series, level: higher."""
    data = longley.load_pandas()
    X = np.column_stack([np.ones(16), data.exog.to_numpy()])
    certified = [
        *(-3482258.63459582, 15.0618722713733, -0.358191792925910e-1, -2.02022980381683),
        *(-1.03322686717359, -0.511041056535807e-1, 1829.15146461355),
    ]

    assert _digits(X, data.endog.to_numpy(), certified) > 10


@pytest.mark.parametrize(
    ("base", "noise", "min_digits"),
    [(1.0, 0.0, 9), (0.1, 0.0, 9), (1.0, 1.0, 9), (1.0, 100.0, 7.5), (1.0, 10_000.0, 5.5)],
    ids=["Wampler1", "Wampler2", "Wampler3", "Wampler4", "Wampler5"],
)
def test_wampler_is_met_to_its_digits(base: float, noise: float, min_digits: float) -> None:
    """Polynomials of degree five on 0 to 20, level: higher."""
    X = _powers(np.arange(21.0), 5)
    certified = [base**power for power in range(6)]
    y = X @ certified + noise * _WAMPLER_DELTA

    assert _digits(X, y, certified) > min_digits


def test_filip_is_met_to_seven_digits() -> None:
    """A polynomial of degree ten in raw powers, condition number 1.8e15, level: higher."""
    y, x = np.loadtxt(_FILIP, delimiter=",", skiprows=1, unpack=True)

    assert _digits(_powers(x, 10), y, _FILIP_CERTIFIED) > 7


def test_filip_is_met_to_thirteen_digits_about_the_middle_of_its_range() -> None:
    """The same in powers of (x + 6) / 3, the way a coded factor enters; expanded in fractions."""
    y, x = np.loadtxt(_FILIP, delimiter=",", skiprows=1, unpack=True)

    found = least_squares(_powers((x + 6.0) / 3.0, 10), y, [str(power) for power in range(11)])

    raw = [
        sum(
            Fraction(float(found[n])) / 3**n * comb(n, power) * 6 ** (n - power)
            for n in range(power, 11)
        )
        for power in range(11)
    ]
    assert [float(value) for value in raw] == pytest.approx(_FILIP_CERTIFIED, rel=1e-13)


def test_a_quadratic_in_raw_units_keeps_its_terms_where_scikit_learn_drops_them() -> None:
    """In kg/m², K and fractions columns differ by 1e6 in length, and none may be lost."""
    rng = np.random.default_rng(1)
    loading, temperature, porosity = (
        rng.uniform(low, high, 60) for low, high in ((0.08, 0.12), (323.0, 338.0), (0.25, 0.4))
    )
    x = (loading, temperature, porosity)
    X = np.column_stack(
        [np.ones(60), *x, x[0] * x[1], x[0] * x[2], x[1] * x[2], *(value**2 for value in x)]
    )
    y = 100.0 + 4e4 * (porosity - 0.3) ** 2 + 3e5 * (loading - 0.1) ** 2 + 0.5 * temperature

    ours = X @ least_squares(X, y, [str(index) for index in range(10)])
    theirs = LinearRegression().fit(X[:, 1:], y).predict(X[:, 1:])

    assert np.abs(ours - y).max() < 1e-6
    assert np.abs(theirs - y).max() > 1.0


def test_a_dependent_term_is_named() -> None:
    """A term that follows from the others stops the fit instead of vanishing from it."""
    x = np.arange(6.0)

    with pytest.raises(ModelError, match=r"follows from the others"):
        least_squares(np.column_stack([np.ones(6), x, 2 * x]), x, ["1", "a", "twice a"])


def test_fewer_samples_than_terms_are_refused() -> None:
    """A plan too small for its model says how many samples it has."""
    with pytest.raises(ModelError, match="3 terms for 2 distinct settings"):
        least_squares(np.array([[1.0, 2, 3], [1, 5, 6]]), np.ones(2), ["1", "a", "b"])


def test_replicates_are_one_setting() -> None:
    """Terms beyond the distinct settings are the reason, not one of them taken at random."""
    X = np.repeat(np.vander([1.0, 2.0, 3.0], 4), 5, axis=0)

    with pytest.raises(ModelError, match="4 terms for 3 distinct settings") as refused:
        least_squares(X, np.arange(15.0), list("abcd"), fewer="leave some out")

    assert refused.value.fix == "measure at least 1 more setting, or leave some out"
