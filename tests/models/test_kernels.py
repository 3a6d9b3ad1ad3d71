"""SVM and Gaussian process are a few lines of NumPy that predict what scikit-learn predicts."""

import numpy as np
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import (
    RBF,
    ConstantKernel,
    DotProduct,
    Exponentiation,
    WhiteKernel,
)
from sklearn.svm import SVR

from electrodoe.models import FAMILIES, Search
from electrodoe.models.marginal_likelihood import most_likely_parameters

ASKED = np.random.default_rng(1).normal(size=(300, 3))


def test_the_svm_predicts_what_scikit_learn_predicts(search: Search) -> None:
    """From its support vectors alone."""
    machine = SVR(C=10.0, gamma=0.2, epsilon=0.1).fit(search.inputs, search.response)
    family = FAMILIES["svm"]

    state = family.fit(
        search.inputs, search.response, {"penalty": 10.0, "kernel_width": 0.2, "tube": 0.1}, 0
    )

    np.testing.assert_allclose(family.predict(state, ASKED), machine.predict(ASKED), atol=1e-10)


def test_the_gaussian_process_predicts_what_scikit_learn_predicts(search: Search) -> None:
    """Given the same kernel."""
    family = FAMILIES["gaussian_process"]
    chosen = family.choose(search)
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
    chosen = FAMILIES["gaussian_process"].choose(search)

    wanted = 3.0 * chosen["configuration_variance"] + chosen["replicate_variance"]

    np.testing.assert_allclose(chosen["noise_variance"], wanted, rtol=1e-12)


def test_a_likelihood_is_climbed_without_replicates_too(search: Search) -> None:
    """One sample a configuration: the two noises are then one."""
    _, first = np.unique(search.configurations, return_index=True)
    rows = np.isin(np.arange(len(search.response)), first)

    chosen = FAMILIES["gaussian_process"].choose(search.take(rows))

    assert all(np.all(np.isfinite(value)) for value in chosen.values())
