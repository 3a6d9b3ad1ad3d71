"""A family's row of the model table equals what scikit-learn makes of the same splits."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error, r2_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

from electrodoe.dataset import TrainingData, random_test_rows
from electrodoe.evaluate import Evaluation, evaluate

N_REPEATS, SEED, FRACTION = 8, 3, 0.25


def made_up() -> TrainingData:
    """Return nine configurations of three samples: a plane, what it misses, and noise."""
    rng = np.random.default_rng(2)
    settings = np.stack(np.meshgrid([1.0, 2, 3], [10.0, 20, 30]), axis=-1).reshape(-1, 2)
    inputs = np.repeat(settings, 3, axis=0)
    return TrainingData(
        scenario="product",
        response_name="strength_kpa",
        input_names=("a", "b"),
        inputs=inputs,
        response=5.0 * inputs[:, 0] + inputs[:, 1] ** 2 / 20.0 + rng.normal(0.0, 4.0, 27),
        configurations=np.repeat(np.arange(9), 3),
        sample_names=tuple(f"s{number:02d}" for number in range(27)),
    )


@pytest.fixture(scope="module")
def evaluated() -> Evaluation:
    """Return the plane's evaluation."""
    return evaluate(made_up(), "mlr", test_fraction=FRACTION, n_repeats=N_REPEATS, seed=SEED)


def splits() -> list[np.ndarray]:
    """Return which rows are test rows in each repeat."""
    rng = np.random.default_rng(SEED)
    rows = [random_test_rows(27, FRACTION, rng) for _ in range(N_REPEATS)]
    return [np.isin(np.arange(27), test) for test in rows]


def predicted_by(is_test: np.ndarray) -> np.ndarray:
    """Return scikit-learn's predictions of all rows after learning from those not in the test."""
    data = made_up()
    fitted = LinearRegression().fit(data.inputs[~is_test], data.response[~is_test])
    return fitted.predict(data.inputs)


def test_the_printed_split_is_the_first(evaluated: Evaluation):
    """R², RMSE and the ratio of training to test error, as in the paper's tables."""
    (is_test, *_), y = splits(), made_up().response
    predicted, row = predicted_by(is_test), evaluated.summary.row(0, named=True)
    mse = [mean_squared_error(y[part], predicted[part]) for part in (~is_test, is_test)]

    assert row["r2_train"] == pytest.approx(r2_score(y[~is_test], predicted[~is_test]))
    assert row["r2_test"] == pytest.approx(r2_score(y[is_test], predicted[is_test]))
    assert (row["rmse_train"], row["rmse_test"]) == pytest.approx(tuple(np.sqrt(mse)))
    assert row["mse_ratio"] == pytest.approx(mse[0] / mse[1])
    assert (row["n"], row["n_configurations"], row["family"]) == (27, 9, "mlr")


def test_every_split_has_its_score_and_the_range_is_of_nine_tenths(evaluated: Evaluation):
    """From the 5th to the 95th percentile of the repeats."""
    y = made_up().response
    scores = [r2_score(y[test], predicted_by(test)[test]) for test in splits()]

    assert evaluated.repeats["repeat"].to_list() == list(range(N_REPEATS))
    assert evaluated.repeats["r2_test"].to_list() == pytest.approx(scores)
    low, high = np.percentile(scores, [5, 95])
    assert evaluated.summary["r2_test_p05"][0] == pytest.approx(low)
    assert evaluated.summary["r2_test_p95"][0] == pytest.approx(high)


def test_new_configurations_are_scored_with_none_of_their_samples_seen(evaluated: Evaluation):
    """Pooled over all that were left out, one configuration after the other."""
    data = made_up()
    left_out = cross_val_predict(
        LinearRegression(),
        data.inputs,
        data.response,
        groups=data.configurations,
        cv=LeaveOneGroupOut(),
    )

    row = evaluated.summary.row(0, named=True)
    assert row["r2_loco"] == pytest.approx(r2_score(data.response, left_out))
    assert row["rmse_loco"] == pytest.approx(np.sqrt(mean_squared_error(data.response, left_out)))
    reported = evaluated.predictions.filter(split="loco")
    assert reported["row"].to_list() == list(data.sample_names)
    np.testing.assert_allclose(reported["predicted"], left_out)
    np.testing.assert_allclose(reported["observed"], data.response)


def test_each_sample_stands_once_in_the_printed_split(evaluated: Evaluation):
    """Training or test, with the prediction of the one model that was fitted."""
    (is_test, *_) = splits()
    printed = evaluated.predictions.filter(split="train").height

    reported = evaluated.predictions.head(27)

    assert printed == int((~is_test).sum())
    assert (reported["split"].to_numpy() == np.where(is_test, "test", "train")).all()
    np.testing.assert_allclose(reported["predicted"], predicted_by(is_test))


def test_a_test_set_of_equal_values_has_no_score():
    """There is no spread to explain; the other repeats are scored."""
    data, n_repeats, fraction = made_up(), 12, 0.08
    flat = replace(data, response=np.where(data.inputs[:, 0] < 3.0, 1.0, 2.0))
    rng = np.random.default_rng(SEED)
    values = [flat.response[random_test_rows(27, fraction, rng)] for _ in range(n_repeats)]

    found = evaluate(flat, "mlr", test_fraction=fraction, n_repeats=n_repeats, seed=SEED)

    is_equal = [bool(np.ptp(each) == 0.0) for each in values]
    assert 0 < sum(is_equal) < n_repeats
    assert np.isnan(found.repeats["r2_test"].to_numpy()).tolist() == is_equal
    assert np.isfinite(found.summary["r2_test_p05"][0])
