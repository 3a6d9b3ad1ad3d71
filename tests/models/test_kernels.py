"""SVM and Gaussian process are a few lines of NumPy that predict what scikit-learn predicts."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import (
    RBF,
    ConstantKernel,
    DotProduct,
    Exponentiation,
    WhiteKernel,
)
from sklearn.svm import SVR

from electrodoe.dataset import leave_one_configuration_out
from electrodoe.models import FAMILIES, Search, libsvm
from electrodoe.models.families.model_average import MODEL_AVERAGE
from electrodoe.models.libsvm import by_estimator, by_libsvm
from electrodoe.models.marginal_likelihood import most_likely_parameters
from electrodoe.models.process_average import left_out_means, likely_processes
from electrodoe.models.process_means import configuration_averages

ASKED = np.random.default_rng(1).normal(size=(300, 3))


def test_the_svm_predicts_what_scikit_learn_predicts(search: Search) -> None:
    """From its support vectors alone."""
    machine = SVR(C=10.0, gamma=0.2, epsilon=0.1, tol=1e-12).fit(search.inputs, search.response)
    family = FAMILIES["svm"]

    state = family.fit(
        search.inputs, search.response, {"penalty": 10.0, "kernel_width": 0.2, "tube": 0.1}, 0
    )

    np.testing.assert_allclose(family.predict(state, ASKED), machine.predict(ASKED), atol=1e-8)


def test_the_svm_stands_at_its_optimum_whatever_the_order_of_its_samples(search: Search) -> None:
    """Turned over, the solver walks another way; at libsvm's own tolerance 1e-3 would be left."""
    for penalty in (1.0, 100.0):
        settings = {"penalty": penalty, "kernel_width": 0.05, "tube": 0.1}
        one = FAMILIES["svm"].fit(search.inputs, search.response, settings, 0)
        other = FAMILIES["svm"].fit(search.inputs[::-1], search.response[::-1], settings, 0)

        np.testing.assert_allclose(
            FAMILIES["svm"].predict(one, ASKED), FAMILIES["svm"].predict(other, ASKED), atol=1e-7
        )


@pytest.mark.parametrize("penalty", [0.3, 10.0])
def test_libsvm_asked_directly_is_the_estimator(penalty: float, search: Search) -> None:
    """And this release of scikit-learn still has it."""
    apart = ((search.inputs[:, None] - search.inputs) ** 2).sum(axis=2)
    kernel = np.exp(-0.2 * apart)

    for one, other in zip(
        by_libsvm(kernel, search.response, penalty, 0.1),
        by_estimator(kernel, search.response, penalty, 0.1),
        strict=True,
    ):
        np.testing.assert_array_equal(one, other)
    libsvm._solver.cache_clear()
    assert libsvm._solver() is by_libsvm


@pytest.mark.parametrize("fault", [ImportError, TypeError, None])
def test_another_libsvm_is_found_out_and_the_estimator_is_asked(
    fault: type[Exception] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is gone, wants other arguments, or answers otherwise."""

    def changed(*_: object) -> tuple[NDArray[np.intp], NDArray[np.float64], float]:
        if fault is not None:
            raise fault
        return np.arange(1), np.zeros(1), 0.0

    monkeypatch.setattr(libsvm, "by_libsvm", changed)
    libsvm._solver.cache_clear()
    try:
        assert libsvm._solver() is by_estimator
    finally:
        libsvm._solver.cache_clear()


def test_an_svm_is_asked_for_many_settings_in_parts() -> None:
    """A prediction for each of them."""
    x = np.linspace(-2.0, 2.0, 5_001)[:, None]
    settings = {"penalty": 10.0, "kernel_width": 0.5, "tube": 0.3}

    state = FAMILIES["svm"].fit(x[::10], np.sin(x[::10, 0]), settings, 0)
    predicted = FAMILIES["svm"].predict(state, x)

    assert np.abs(predicted - np.sin(x[:, 0])).max() < 0.31


def test_the_gaussian_process_predicts_what_scikit_learn_predicts(search: Search) -> None:
    """Given the same kernel."""
    family = FAMILIES["gaussian_process"]
    chosen = family.tune(search)
    kernel = (
        ConstantKernel(chosen["smooth_variance"]) * RBF(chosen["length_scales"])
        + ConstantKernel(chosen["linear_variance"]) * DotProduct(1.0)
        + ConstantKernel(chosen["quadratic_variance"]) * Exponentiation(DotProduct(0.0, "fixed"), 2)
        + WhiteKernel(chosen["noise_variance"])
    )
    process = GaussianProcessRegressor(kernel, optimizer=None, alpha=0.0)
    process.fit(search.inputs, search.response)

    state = family.fit(search.inputs, search.response, chosen, 0)

    np.testing.assert_allclose(family.predict(state, ASKED), process.predict(ASKED), atol=1e-10)


def test_what_replicates_share_is_not_taken_for_signal(search: Search) -> None:
    """An effect of each configuration raises the configuration's variance, not the surface's."""
    rng = np.random.default_rng(2)
    effects = [rng.normal(0.0, 0.6, 18)[search.configurations] for _ in range(9)]

    calm, *disturbed = (
        most_likely_parameters(search.inputs, search.response + effect, search.configurations)
        for effect in (0.0 * effects[0], *effects)
    )

    assert calm.configuration_variance < 0.01
    assert 0.1 < np.median([found.configuration_variance for found in disturbed]) < 0.9
    assert max(found.replicate_variance for found in disturbed) < 0.05


def test_the_noise_of_one_sample_says_what_the_mean_of_its_configuration_says(
    search: Search,
) -> None:
    """Three replicates: three times the configuration's variance, plus their own."""
    chosen = FAMILIES["gaussian_process"].tune(search)

    wanted = 3.0 * chosen["configuration_variance"] + chosen["replicate_variance"]

    np.testing.assert_allclose(chosen["noise_variance"], wanted, rtol=1e-12)


def test_a_likelihood_is_climbed_without_replicates_too(search: Search) -> None:
    """One sample a configuration: the two noises are then one."""
    _, first = np.unique(search.configurations, return_index=True)
    rows = np.isin(np.arange(len(search.response)), first)

    chosen = FAMILIES["gaussian_process"].tune(search.take(rows))

    assert all(np.all(np.isfinite(value)) for value in chosen.values())


def test_the_bayesian_model_average_predicts_what_the_mean_of_scikit_learns_predicts(
    search: Search,
) -> None:
    """One of theirs for each process, weighted by its probability."""
    chosen = MODEL_AVERAGE.tune(search)
    wanted = np.zeros(len(ASKED))
    columns = ("weight", "quadratic_variance", "smooth_variance", "length_scale")
    effects = chosen["n_replicates"] * np.array(chosen["configuration_variance"])
    noises = effects + chosen["replicate_variance"]
    for *numbers, noise in zip(*(chosen[name] for name in columns), noises, strict=True):
        weight, quadratic, smooth, scale = numbers
        kernel = (
            ConstantKernel(0.3) * DotProduct(np.sqrt(1.0 / 0.3))
            + ConstantKernel(quadratic) * Exponentiation(DotProduct(0.0, "fixed"), 2)
            + ConstantKernel(max(smooth, 1e-300)) * RBF(scale)
            + WhiteKernel(noise)
        )
        process = GaussianProcessRegressor(kernel, optimizer=None, alpha=0.0)
        wanted += weight * process.fit(search.inputs, search.response).predict(ASKED)

    state = MODEL_AVERAGE.fit(search.inputs, search.response, chosen, 0)

    np.testing.assert_allclose(MODEL_AVERAGE.predict(state, ASKED), wanted, atol=1e-8)


def test_a_left_out_mean_is_predicted_as_if_it_had_never_been_measured(search: Search) -> None:
    """Probabilities and all are found anew by the long way, over the whole grid."""
    rng = np.random.default_rng(4)
    disturbed = search.response + rng.normal(0.0, 0.4, 18)[search.configurations]
    means = configuration_averages(search.inputs, disturbed, search.configurations)
    quick = left_out_means(means, likely_processes(means, n_kept=1000))[search.configurations]

    for test in leave_one_configuration_out(search.configurations)[:6]:
        rest = replace(search, response=disturbed).take(~test)
        fewer = replace(
            configuration_averages(rest.inputs, rest.response, rest.configurations),
            replicate_variance=means.replicate_variance,
        )
        processes = likely_processes(fewer, n_kept=1000)
        chosen = {
            **{name: np.asarray(value) for name, value in vars(processes).items()},
            "replicate_variance": means.replicate_variance / 3.0,
            "n_replicates": 1.0,
        }
        state = MODEL_AVERAGE.fit(fewer.inputs, fewer.response, chosen, 0)
        predicted = MODEL_AVERAGE.predict(state, search.inputs[test])
        np.testing.assert_allclose(predicted, quick[test], atol=1e-8)


def test_a_quadratic_needs_no_bend_and_a_wave_does(search: Search) -> None:
    """Probability of all processes with a smooth part."""
    noise = np.random.default_rng(3).normal(0.0, 0.05, len(search.response))
    x, z = search.inputs[:, 0], search.inputs[:, 1]

    calm, curved = (
        likely_processes(configuration_averages(search.inputs, surface, search.configurations))
        for surface in (0.8 * x + 0.4 * x * z - 0.3 * z**2 + noise, np.sin(2.0 * x) + noise)
    )

    assert calm.weight[calm.smooth_variance > 0.0].sum() < 0.5
    assert curved.weight[curved.smooth_variance > 0.0].sum() > 0.8
