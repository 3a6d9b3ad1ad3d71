"""Mixed models against published split plots, statsmodels, and Kenward and Roger's equations."""

import numpy as np
import pytest

from electrodoe.arrays import Floats, Integers
from electrodoe.errors import ModelError
from electrodoe.models.kenward_roger import KenwardRoger
from electrodoe.models.mixed_model import MixedModel, mixed_model

CORROSION = {
    # Box, Hunter, Hunter, Statistics for Experimenters (2005), table 9.1: a furnace heat is a whole
    # plot at 360, 370 or 380 °C; four coatings in each; corrosion resistance
    (0, 0): {2: 73, 3: 83, 1: 67, 4: 89},
    (1, 0): {1: 65, 3: 87, 4: 86, 2: 91},
    (2, 0): {3: 147, 1: 155, 2: 127, 4: 212},
    (2, 1): {4: 153, 3: 90, 2: 100, 1: 108},
    (1, 1): {4: 150, 1: 140, 3: 121, 2: 142},
    (0, 1): {1: 33, 4: 54, 2: 8, 3: 46},
}
OATS = """
1 V 111 130 157 174  1 G 117 114 161 141  1 M 105 140 118 156
2 V  61  91  97 100  2 G  70 108 126 149  2 M  96 124 121 144
3 V  68  64 112  86  3 G  60 102  89  96  3 M  89 129 132 124
4 V  74  89  81 122  4 G  64 103 132 133  4 M  70  89 104 117
5 V  62  90 100 116  5 G  80  82  94 126  5 M  63  70 109  99
6 V  53  74 118 113  6 G  89  82  86 104  6 M  97  99 119 121
"""
"""Yates (1935), as in Venables and Ripley, Modern Applied Statistics with S (2002), ch. 10:
block, variety, then yields at four amounts of nitrogen."""


def _effects(levels: Integers) -> Floats:
    """Return columns of effects coding."""
    n = int(levels.max()) + 1
    return np.vstack([np.eye(n - 1), -np.ones(n - 1)])[levels]


def _crossed(first: Floats, second: Floats) -> Floats:
    """Return all products of columns."""
    return np.column_stack([a * b for a in first.T for b in second.T])


def _two_factors(a: Integers, b: Integers) -> Floats:
    """Return the model matrix of two categories and their interaction."""
    A, B = _effects(a), _effects(b)
    return np.column_stack([np.ones(len(a)), A, B, _crossed(A, B)])


def _contrasts(start: int, stop: int, n_terms: int) -> Floats:
    """Return the contrasts that pick some coefficients."""
    return np.eye(n_terms)[:, start:stop]


def _fitted(X: Floats, y: Floats, **groupings: Integers) -> MixedModel:
    """Return a mixed model with anonymous terms."""
    return mixed_model(X, y, groupings, [f"term {number}" for number in range(X.shape[1])])


def test_corrosion_is_tested_as_box_hunter_and_hunter_print_it() -> None:
    rows = [(t, k, c - 1, y) for k, ((t, _), heat) in enumerate(CORROSION.items()) for c, y in heat.items()]  # fmt: skip # noqa: E501
    temperature, heat, coating, y = (np.array(column) for column in zip(*rows, strict=True))
    fitted = _fitted(_two_factors(temperature, coating), y.astype(np.float64), heat=heat)
    # mean squares: whole-plot error 4813 with 3 df, subplot error 124.5 with 9 df
    assert fitted.variances[0] == pytest.approx(124.5, abs=0.05)
    assert fitted.variances[0] + 4.0 * fitted.variances[1] == pytest.approx(4813.0, abs=0.5)
    tests = KenwardRoger(model=fitted)
    for (start, stop), df, f in (((1, 3), 3, 2.75), ((3, 6), 9, 11.48), ((6, 12), 9, 4.38)):
        test = tests.test(_contrasts(start, stop, 12))
        assert test is not None
        assert test.degrees_of_freedom == pytest.approx(df, abs=1e-8)
        assert round(test.f, 2) == f


def test_oats_in_blocks_and_whole_plots_are_those_of_nlme_and_aov() -> None:
    tokens = OATS.split()
    rows = [tokens[start : start + 6] for start in range(0, len(tokens), 6)]
    block, variety, nitrogen = (
        np.repeat([int(row[0]) for row in rows], 4),
        np.repeat(["VGM".index(row[1]) for row in rows], 4),
        np.tile(np.arange(4), len(rows)),
    )
    y = np.array([float(each) for row in rows for each in row[2:]])
    fitted = _fitted(_two_factors(variety, nitrogen), y, block=block, plot=3 * block + variety)
    # lme: standard deviations 14.64496, 10.29863 and 13.30727
    assert np.sqrt(fitted.variances).round(4).tolist() == [13.3073, 14.6450, 10.2986]
    tests = KenwardRoger(model=fitted)
    known = (((1, 3), 10, 1.485), ((3, 6), 45, 37.686), ((6, 12), 45, 0.303))
    for (start, stop), df, f in known:
        test = tests.test(_contrasts(start, stop, 12))
        assert test is not None
        assert test.degrees_of_freedom == pytest.approx(df, abs=1e-8)
        assert round(test.f, 3) == f


UNBALANCED_SIZES = (3, 5, 2, 4, 6, 1, 4)
UNBALANCED_Z = (-1.0, -1.0, 1.0, -1.0, 1.0, 1.0, 1.0)
UNBALANCED_X = "++-+000-+--000-----+-0+--"
UNBALANCED_Y = (
    10.285, 11.284, 7.704, 7.612, 6.998, 6.274, 7.082, 3.966, 12.077, 8.018, 5.964, 7.22, 7.872,
    7.177, 6.575, 8.155, 6.821, 9.1, 8.647, 9.932, 10.102, 9.804, 12.938, 8.949, 6.917,
)  # fmt: skip


def _unbalanced() -> tuple[Floats, Floats, Integers]:
    """Return seven whole plots of one to six runs."""
    plots = np.repeat(np.arange(7), UNBALANCED_SIZES)
    z, x = np.array(UNBALANCED_Z)[plots], np.array([" -0+".index(c) - 2.0 for c in UNBALANCED_X])
    return np.column_stack([np.ones(25), z, x, z * x]), np.array(UNBALANCED_Y), plots


def test_unbalanced_estimates_are_those_of_statsmodels() -> None:
    X, y, plots = _unbalanced()
    fitted = _fitted(X, y, plot=plots)
    # statsmodels 0.14 MixedLM(y, X, groups=plots).fit(reml=True, gtol=1e-12)
    assert fitted.coefficients == pytest.approx(
        [8.91700991, 1.27004501, 1.709187, 0.01305958], abs=1e-6
    )
    assert fitted.variances == pytest.approx([0.82003381, 1.07452663], abs=1e-6)


def _written_out(
    fitted: MixedModel, X: Floats, y: Floats, plots: Integers, L: Floats
) -> list[float]:
    """Return df, F and covariance by Kenward and Roger (1997), sections 2 and 3, in full."""
    Z = np.eye(int(plots.max()) + 1)[plots]
    parts = [np.eye(len(y)), Z @ Z.T]
    V_1 = np.linalg.inv(sum(v * part for v, part in zip(fitted.variances, parts, strict=True)))
    Phi = np.linalg.inv(X.T @ V_1 @ X)
    P = V_1 - V_1 @ X @ Phi @ X.T @ V_1
    W = np.linalg.inv([[np.trace(P @ a @ P @ b) / 2.0 for a in parts] for b in parts])
    first = [-X.T @ V_1 @ a @ V_1 @ X for a in parts]
    pairs = [(i, j) for i in range(2) for j in range(2)]
    second = {(i, j): X.T @ V_1 @ parts[i] @ V_1 @ parts[j] @ V_1 @ X for i, j in pairs}
    inner = sum(W[i, j] * (second[i, j] - first[i] @ Phi @ first[j]) for i, j in pairs)
    adjusted = Phi + 2.0 * Phi @ inner @ Phi
    n = L.shape[1]
    T = L @ np.linalg.inv(L.T @ Phi @ L) @ L.T @ Phi
    A_1 = sum(W[i, j] * np.trace(T @ first[i] @ Phi) * np.trace(T @ first[j] @ Phi) for i, j in pairs)  # fmt: skip # noqa: E501
    A_2 = sum(W[i, j] * np.trace(T @ first[i] @ Phi @ T @ first[j] @ Phi) for i, j in pairs)
    B = (A_1 + 6 * A_2) / (2 * n)
    g = ((n + 1) * A_1 - (n + 4) * A_2) / ((n + 2) * A_2)
    c = np.array([g, n - g, n + 2 - g]) / (3 * n + 2 * (1 - g))
    mean = 1 / (1 - A_2 / n)
    variance = 2 / n * (1 + c[0] * B) / ((1 - c[1] * B) ** 2 * (1 - c[2] * B))
    df = 4 + (n + 2) / (n * variance / (2 * mean**2) - 1)
    b = L.T @ Phi @ X.T @ V_1 @ y
    f = df / (mean * (df - 2)) * b @ np.linalg.solve(L.T @ adjusted @ L, b) / n
    return [float(df), float(f)]


@pytest.mark.parametrize("columns", [(1, 2), (2, 3), (3, 4), (1, 3), (1, 4)])
def test_unbalanced_tests_are_kenward_and_rogers_equations(columns: tuple[int, int]) -> None:
    X, y, plots = _unbalanced()
    fitted = _fitted(X, y, plot=plots)
    L = _contrasts(*columns, 4)
    test = KenwardRoger(model=fitted).test(L)
    assert test is not None
    expected = _written_out(fitted, X, y, plots, L)
    assert [test.degrees_of_freedom, test.f] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("ratio", [0.0, 0.3, 5.0])
def test_balanced_plots_give_the_sums_of_squares_whatever_the_sign(seed: int, ratio: float) -> None:
    """The whole-plot mean square below the subplots' is no reason to pool: df stay."""
    rng = np.random.default_rng([seed, int(10 * ratio)])
    plots = np.repeat(np.arange(8), 4)
    z, x = np.tile([-1.0, 1.0], 4)[plots], np.tile([-1.0, -1.0, 1.0, 1.0], 8)
    y = rng.normal(size=32) + np.sqrt(ratio) * rng.normal(size=8)[plots]
    X = np.column_stack([np.ones(32), z, x, z * x])
    fitted = _fitted(X, y, plot=plots)
    means = np.bincount(plots, y) / 4.0
    own = np.array([means[np.tile([-1.0, 1.0], 4) == level].mean() for level in (-1.0, 1.0)])
    between = 4.0 * np.sum((means - own[np.tile([0, 1], 4)]) ** 2) / 6.0
    within = (np.sum((y - means[plots]) ** 2) - 32 * (x @ y / 32) ** 2 - 32 * (z * x @ y / 32) ** 2) / 22  # fmt: skip # noqa: E501
    tests = KenwardRoger(model=fitted)
    oven, speed = tests.test(_contrasts(1, 2, 4)), tests.test(_contrasts(2, 3, 4))
    assert oven is not None
    assert speed is not None
    assert [oven.degrees_of_freedom, speed.degrees_of_freedom] == pytest.approx([6.0, 22.0])
    assert oven.f == pytest.approx(32 * (z @ y / 32) ** 2 / between, rel=1e-8)
    assert speed.f == pytest.approx(32 * (x @ y / 32) ** 2 / within, rel=1e-8)


def test_what_whole_plots_do_not_tell_is_not_tested() -> None:
    """Four whole plots with four settings: nothing is left over between them."""
    rng = np.random.default_rng(1)
    plots = np.repeat(np.arange(4), 6)
    z, x = _effects(plots), np.tile([-1.0, 0.0, 1.0], 8)
    fitted = _fitted(np.column_stack([np.ones(24), z, x]), rng.normal(size=24), plot=plots)
    tests = KenwardRoger(model=fitted)
    assert fitted.is_estimable.tolist() == [True, False]
    assert tests.test(_contrasts(1, 4, 5)) is None
    within = tests.test(_contrasts(4, 5, 5))
    assert within is not None
    assert within.degrees_of_freedom == pytest.approx(19.0)


def test_rows_units_and_order_of_groups_do_not_matter() -> None:
    X, y, plots = _unbalanced()
    order = np.random.default_rng(3).permutation(len(y))
    one = KenwardRoger(model=_fitted(X, y, plot=plots)).test(_contrasts(1, 3, 4))
    other = KenwardRoger(
        model=_fitted(X[order] * [1, 1e3, 1e-3, 1], 1e4 * y[order], plot=7 - plots[order])
    ).test(_contrasts(1, 3, 4))
    assert one is not None
    assert other is not None
    assert other.f == pytest.approx(one.f, rel=1e-8)
    assert other.degrees_of_freedom == pytest.approx(one.degrees_of_freedom, rel=1e-8)


def test_groups_of_single_samples_and_of_all_are_the_residual_and_the_mean() -> None:
    X, y, plots = _unbalanced()
    fitted = _fitted(X, y, row=np.arange(25), all=np.zeros(25, dtype=np.int64))
    assert fitted.grouping_names == ()
    residual = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
    assert fitted.variances == pytest.approx([residual @ residual / 21.0])
    assert _fitted(X, y, plot=plots, again=plots).grouping_names == ("plot",)


def test_crossed_groupings_are_estimated_together() -> None:
    """A balanced table of days and coils without replicates: mean squares in closed form."""
    rng = np.random.default_rng(4)
    day, coil = np.repeat(np.arange(6), 5), np.tile(np.arange(5), 6)
    y = 3.0 * rng.normal(size=6)[day] + 2.0 * rng.normal(size=5)[coil] + rng.normal(size=30)
    fitted = _fitted(np.ones((30, 1)), y, day=day, coil=coil)
    table = y.reshape(6, 5)
    of_day, of_coil = table.mean(axis=1), table.mean(axis=0)
    rest = table - of_day[:, None] - of_coil + table.mean()
    residual = np.sum(rest**2) / 20.0
    expected = [residual, of_day.var(ddof=1) - residual / 5.0, of_coil.var(ddof=1) - residual / 6.0]
    assert fitted.variances == pytest.approx(expected, rel=1e-8)


def test_nothing_left_over_is_refused() -> None:
    X, y, plots = _unbalanced()
    with pytest.raises(ModelError, match="nothing over"):
        _fitted(X, X @ [1.0, 2.0, 3.0, 4.0], plot=plots)
    with pytest.raises(ModelError, match="nothing over"):
        _fitted(X[[0, 2, 8, 9]], y[[0, 2, 8, 9]], plot=plots[[0, 2, 8, 9]])
