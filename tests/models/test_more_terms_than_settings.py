"""The paper's third scenario: a full quadratic of six inputs, 28 terms, from 17 settings."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import PolynomialFeatures

from electrodoe.dataset import TrainingData, leave_groups_out
from electrodoe.errors import ModelError
from electrodoe.evaluate import evaluate
from electrodoe.models import FAMILIES, FittedModel, fit, predictive, tune
from electrodoe.models.fitting import in_canonical_order, normalize

INPUTS = ("coating_gap_um", "wet_mass_loading_mg_cm2", "coating_mass_loading_mg_cm2")
PROCESS = ("dryer_2_temperature_c", "compaction_rate", "roll_gap_um")


def third_scenario(seed: int = 1, n_runs: int = 17, *, scatter: float = 0.0) -> TrainingData:
    """Return three replicates of some runs: three factors seen through six inputs, made up.

    With a scatter the inputs are measured sample by sample, and no two rows are one setting.
    """
    rng = np.random.default_rng(seed)
    factors = rng.uniform(-1.0, 1.0, (n_runs, 3))
    mixing = rng.normal(size=(3, 6))
    settings = factors @ mixing + 0.05 * rng.normal(size=(n_runs, 6))
    kpa = 300.0 + 60.0 * factors[:, 0] - 40.0 * factors[:, 1] + 30.0 * factors[:, 0] * factors[:, 2]
    kpa += rng.normal(0.0, 30.0, n_runs)
    inputs = np.repeat(settings, 3, axis=0)
    return in_canonical_order(
        TrainingData(
            scenario="combined",
            response_name="adhesion_strength_kpa",
            input_names=(*INPUTS, *PROCESS),
            inputs=inputs + scatter * rng.normal(size=inputs.shape),
            response=np.repeat(kpa, 3) + rng.normal(0.0, 15.0, 3 * n_runs),
            configurations=np.repeat(np.arange(n_runs), 3),
            sample_names=tuple(f"S{number}" for number in range(3 * n_runs)),
        )
    )


def _model(data: TrainingData, family: str) -> FittedModel:
    return fit(data, family, tune(data, family))


def test_the_full_quadratic_is_refused_with_its_terms_and_settings() -> None:
    """And with what may be declared in its place, by name; no term is blamed."""
    with pytest.raises(ModelError, match="28 terms for 17 distinct settings") as refused:
        _model(third_scenario(), "polynomial")

    assert "[models.reduced_polynomial]" in refused.value.fix
    assert "[models.minimum_norm_polynomial]" in refused.value.fix
    assert "measure at least 11 more settings" in refused.value.fix
    for offered in ("reduced_polynomial", "minimum_norm_polynomial"):
        assert offered in FAMILIES


def test_inputs_measured_sample_by_sample_are_as_many_settings() -> None:
    """51 different rows determine 28 terms; whether that is of use, left-out runs say."""
    model = _model(third_scenario(scatter=0.2), "polynomial")

    assert len(model.state["coefficients"]) == 28


def test_the_shortest_solution_is_scikit_learns() -> None:
    """What a notebook's LinearRegression gives on scaled polynomial features without a word."""
    data = third_scenario()
    to_normal = normalize(data)
    features = PolynomialFeatures(2, include_bias=False)
    terms = features.fit_transform(to_normal.inputs(data.inputs))
    theirs = LinearRegression().fit(terms, data.response)
    new = third_scenario(2).inputs

    ours = _model(data, "minimum_norm_polynomial").predict(new)

    expected = theirs.predict(features.transform(to_normal.inputs(new)))
    np.testing.assert_allclose(ours, expected, rtol=1e-7)


def test_the_shortest_solution_is_the_polynomial_where_that_is_determined() -> None:
    """With as many settings as terms and more, they are one model."""
    data = third_scenario(n_runs=40)
    new = third_scenario(2).inputs

    np.testing.assert_allclose(
        _model(data, "minimum_norm_polynomial").predict(new),
        _model(data, "polynomial").predict(new),
        rtol=1e-6,
    )


def test_the_shortest_solution_meets_every_mean_and_is_judged_by_left_out_runs() -> None:
    """Its score on known configurations says how replicates scatter, and nothing of new ones."""
    data = third_scenario()
    means = np.array([data.response[data.configurations == run].mean() for run in range(17)])

    predicted = _model(data, "minimum_norm_polynomial").predict(data.inputs)
    scores = evaluate(data, "minimum_norm_polynomial", n_repeats=5).summary.row(0, named=True)

    np.testing.assert_allclose(predicted, means[data.configurations], rtol=1e-9)
    assert scores["r2_train"] > 0.93
    assert scores["r2_loco"] < scores["r2_train"] - 0.2


def test_the_terms_are_chosen_anew_without_every_run() -> None:
    """A choice that has seen the left-out run would flatter the score; intervals are refits'."""
    data = third_scenario()
    predicted = np.empty(data.n_samples)
    for test in leave_groups_out(data.configurations):
        train = data.take(~test)
        predicted[test] = _model(train, "reduced_polynomial").predict(data.inputs[test])
    chosen = {
        tuple(tune(data.take(~test), "reduced_polynomial")["terms"])
        for test in leave_groups_out(data.configurations)
    }

    scores = evaluate(data, "reduced_polynomial", n_repeats=3)

    left_out = scores.predictions.filter(split="loco")["predicted"].to_numpy()
    np.testing.assert_allclose(left_out, predicted, rtol=1e-9)
    assert len(chosen) > 1
    known = predictive(data, _model(data, "reduced_polynomial"))
    assert known.method.startswith("leave-one-configuration-out jackknife+")


def test_replicates_pay_for_no_terms() -> None:
    """Configurations are counted, not rows: ten readings of a sample say no more of its terms."""
    data = third_scenario()

    many = data.take(np.repeat(np.arange(data.n_samples), 10))

    assert tune(many, "reduced_polynomial") == tune(data, "reduced_polynomial")


def test_a_reduced_quadratic_is_fitted_to_the_terms_it_names() -> None:
    """By least squares through all samples; the other coefficients are zero."""
    data = third_scenario(scatter=0.1)
    model = _model(data, "reduced_polynomial")
    Z = model.normalization.inputs(data.inputs)
    given = {"terms": ["1", "input 2", "input 5", "input 2 × input 5"]}

    fitted = fit(data, "reduced_polynomial", given)

    X = np.column_stack([np.ones(len(Z)), Z[:, 1], Z[:, 4], Z[:, 1] * Z[:, 4]])
    expected = X @ np.linalg.lstsq(X, data.response, rcond=None)[0]
    np.testing.assert_allclose(fitted.predict(data.inputs), expected, rtol=1e-9)
    assert np.count_nonzero(fitted.state["coefficients"]) == 4


def test_rounding_does_not_choose_other_terms() -> None:
    """Inputs that moved by their last digits keep their terms, and their predictions nearly."""
    for seed in range(5):
        data = third_scenario(seed)
        rng = np.random.default_rng(seed)
        moved = replace(data, inputs=data.inputs * (1.0 + 1e-14 * rng.normal(size=(51, 6))))

        for family in ("reduced_polynomial", "minimum_norm_polynomial"):
            one, other = _model(data, family), _model(moved, family)
            assert one.hyperparameters == other.hyperparameters
            np.testing.assert_allclose(
                one.predict(data.inputs), other.predict(data.inputs), rtol=1e-6
            )
