"""Many rows are known by what they say together; nothing is as large as their number squared."""

from dataclasses import replace

import numpy as np
import pytest

from electrodoe.dataset import TrainingData, few_samples, leave_groups_out
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.region import region_of
from electrodoe.models import FAMILIES, Search, fit, jackknife_plus, mean_intervals, tune
from electrodoe.models.data_support import data_support, reach
from electrodoe.models.gathered import gathered
from electrodoe.models.likelihood import negative_log_likelihood
from electrodoe.models.process_average import likely_processes
from electrodoe.models.process_means import configuration_averages
from electrodoe.models.residuals import condensed
from electrodoe.models.tuning import out_of_fold


def many(n_rows: int, n_configurations: int, *, is_measured: bool = False) -> TrainingData:
    """Return a study of so many rows, its surface a plane with an interaction."""
    rng = np.random.default_rng(5)
    settings = rng.uniform(-1.0, 1.0, (n_configurations, 3))
    owner = np.sort(np.arange(n_rows) % n_configurations)
    inputs = settings[owner]
    if is_measured:
        inputs = inputs + rng.normal(0.0, 0.02, inputs.shape)
    surface = 3.0 * inputs[:, 0] - inputs[:, 1] + 2.0 * inputs[:, 0] * inputs[:, 2]
    effects = rng.normal(0.0, 0.1, n_configurations)[owner]
    return TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=("a", "b", "c"),
        inputs=inputs,
        response=surface + effects + rng.normal(0.0, 0.3, n_rows),
        configurations=owner,
        sample_names=tuple(map(str, range(n_rows))),
    )


def test_means_and_squares_say_what_all_replicates_say(search: Search) -> None:
    """The likelihood of 54 rows, written out over all of them, but for a constant."""
    own = negative_log_likelihood(search.inputs, search.response, search.configurations)
    apart = (search.inputs.T[:, :, None] - search.inputs.T[:, None, :]) ** 2
    products = search.inputs @ search.inputs.T
    together = search.configurations[:, None] == search.configurations

    def written_out(logarithms):
        smooth, first, second, third, linear, quadratic, effect, noise = np.exp(logarithms)
        scales = np.array([first, second, third])[:, None, None]
        covariance = (
            smooth * np.exp(-0.5 * (apart / scales**2).sum(axis=0))
            + linear * (1.0 + products)
            + quadratic * products**2
            + effect * together
            + noise * np.eye(len(products))
        )
        log_determinant = np.linalg.slogdet(covariance)[1]
        fit = search.response @ np.linalg.solve(covariance, search.response)
        return 0.5 * (fit + log_determinant) + smooth / 0.5

    rng = np.random.default_rng(0)
    points = rng.uniform(-2.0, 0.5, (5, 8))
    differences = [own(point)[0] - written_out(point) for point in points]

    np.testing.assert_allclose(differences, differences[0], atol=1e-8)


def test_the_gradient_is_that_of_the_likelihood(search: Search) -> None:
    """By differences, also where replicates are ragged and some settings differ."""
    shaken = search.inputs + np.where(np.arange(54) % 5 == 0, 0.1, 0.0)[:, None]
    own = negative_log_likelihood(shaken, search.response, search.configurations)
    point = np.random.default_rng(0).uniform(-2.0, 0.5, 8)

    steps = 1e-5 * np.eye(8)
    slopes = [(own(point + step)[0] - own(point - step)[0]) / 2e-5 for step in steps]

    np.testing.assert_allclose(own(point)[1], slopes, rtol=1e-5, atol=1e-6)


def test_replicates_are_gathered_without_a_loss_and_no_configuration_is_mixed() -> None:
    """As long as there are fewer settings than groups; else near ones stand together."""
    data = many(600, 40, is_measured=True)

    exact = gathered(data.inputs, data.response, data.configurations, most=600)
    coarse = gathered(data.inputs, data.response, data.configurations, most=100)

    assert len(exact.counts) == 600
    assert len(coarse.counts) == 100
    assert coarse.counts.sum() == 600
    owners = [np.unique(data.configurations[coarse.position == k]) for k in range(100)]
    assert all(len(owner) == 1 for owner in owners)
    np.testing.assert_allclose(coarse.counts @ coarse.response, data.response.sum())
    spread = np.abs(coarse.inputs[coarse.position] - data.inputs).max()
    assert spread < 0.1


@pytest.mark.parametrize("name", ["mlr", "ridge_quadratic", "gaussian_process"])
def test_closed_forms_hold_for_large_groups(name: str) -> None:
    """More rows in a configuration than terms in the model: the other form of the same sum."""
    data = many(400, 8 if name == "mlr" else 14)
    search = Search(
        inputs=data.inputs,
        response=data.response,
        configurations=data.configurations,
        width=1,
        seed=0,
    )
    family = FAMILIES[name]
    assert family.left_out is not None
    chosen = family.tune(search)

    refitted = out_of_fold(
        search, chosen, family.fit, family.predict, leave_groups_out(data.configurations)
    )

    np.testing.assert_allclose(family.left_out(search, chosen), refitted, atol=1e-8)


@pytest.mark.parametrize("family", ["ridge_quadratic", "gaussian_process", "polynomial"])
@pytest.mark.parametrize("n_configurations", [30, 20_000])
def test_twenty_thousand_rows_are_learned(family: str, n_configurations: int) -> None:
    """In the memory of some hundred columns, though one row squared would be 3 GB; well, too."""
    data = many(20_000, n_configurations)
    asked = np.random.default_rng(2).uniform(-0.9, 0.9, (200, 3))
    truth = 3.0 * asked[:, 0] - asked[:, 1] + 2.0 * asked[:, 0] * asked[:, 2]

    model = fit(data, family, tune(data, family, width=1))

    assert np.sqrt(np.mean((model.predict(asked) - truth) ** 2)) < 0.2


def test_the_bayesian_model_average_gather_configurations_that_are_too_many() -> None:
    """The noise of a gathered mean is that of its configurations' mean."""
    data = many(3_000, 1_000)

    means = configuration_averages(data.inputs, data.response, data.configurations)

    assert len(means.response) == 200
    assert means.n_configurations.sum() == 1_000
    np.testing.assert_allclose(means.n_replicates, 3.0 * means.n_configurations)
    np.testing.assert_allclose(means.noise(np.array([0.0]))[0] * means.n_replicates, 0.09, rtol=0.1)
    assert likely_processes(means).weight.sum() == pytest.approx(1.0)


def test_a_limited_family_learns_an_even_fraction_of_each_configuration() -> None:
    """Every configuration keeps a row; the same rows whatever their order in the table."""
    data = many(9_000, 45)

    few = few_samples(data, FAMILIES["ensemble"].rows_learned(data.n_samples))

    sizes = np.unique(few.configurations, return_counts=True)[1]
    assert len(sizes) == 45
    assert few.n_samples == 2_000
    assert sizes.max() - sizes.min() <= 1
    assert few_samples(few, 2_000) is few


def test_many_residuals_are_known_by_their_quantiles() -> None:
    """An interval from 50 quantiles of each refit is that from all residuals, to a hundredth."""
    rng = np.random.default_rng(0)
    positions = np.repeat(np.arange(20), 500)
    sizes = np.abs(rng.normal(size=10_000)) * (1.0 + positions / 20.0)
    fractions = np.full(10_000, 1.0 / 10_001)

    few = condensed(sizes, positions, fractions)

    assert len(few.sizes) == 1_000
    assert few.weights.sum() == pytest.approx(fractions.sum())
    for level in (0.5, 0.9):
        order = np.argsort(few.sizes)
        known = few.sizes[order][np.searchsorted(np.cumsum(few.weights[order]), level)]
        assert known == pytest.approx(np.quantile(sizes, level), rel=0.02)


def test_intervals_of_many_configurations_come_from_groups_left_out() -> None:
    """Twenty refits for 60 configurations; about nine of ten new measurements lie inside."""
    data = many(180, 60)
    model = fit(data, "mlr", {})
    known = jackknife_plus(data, model, weighing="hierarchical", is_scaled=True)
    new = replace(many(3_000, 1_000))

    found = known.intervals(new.inputs)

    assert len(known.refits) == 20
    assert "CV+ in 20 groups" in known.method
    inside = np.mean((found.lower <= new.response) & (new.response <= found.upper))
    assert 0.85 < inside < 0.97


def test_mean_intervals_hold_no_matrix_of_configurations() -> None:
    """Twenty thousand of them; the deviation is that of effects and scatter together."""
    data = many(20_000, 20_000)
    model = fit(data, "polynomial", tune(data, "polynomial"))

    error, _ = mean_intervals(data, model).standard_errors(data.inputs[:5])

    np.testing.assert_allclose(error, np.hypot(0.1, 0.3), rtol=0.05)


def test_the_support_of_many_settings_is_that_of_near_ones_together() -> None:
    """The middle is supported, a far corner is not."""
    settings = np.random.default_rng(0).uniform(-1.0, 1.0, (20_000, 3))

    found = reach(data_support(settings), np.array([[0.0, 0.0, 0.0], [2.0, 2.0, 2.0]]))

    assert found.is_supported.tolist() == [True, False]


def test_the_information_of_many_runs_is_a_sum_over_them() -> None:
    """Fifty thousand runs of a plane: their number, and a third of it along each axis."""
    axes = [FactorAxis(name=name, low=-1.0, high=1.0) for name in "ab"]
    model = PlanModel(region=region_of(axes, (), ()), terms=model_terms("linear", axes))
    runs = np.random.default_rng(0).uniform(-1.0, 1.0, (50_000, 2))

    found = model.information(runs) / len(runs)

    np.testing.assert_allclose(found, np.diag([1.0, 1 / 3, 1 / 3]), atol=0.02)
