"""Residuals meet the textbook, and clean studies rarely hear a word about them."""

import numpy as np
import pytest
from tests.evaluate.test_significance import training_data

from electrodoe.dataset.run_numbers import numbers_in
from electrodoe.evaluate import residual_findings, residual_sentence, significance, telling
from electrodoe.evaluate.hat_matrix import fitted_rows
from electrodoe.evaluate.residual_checks import residual_checks

DELIVERY = np.array(
    [
        [16.68, 7, 560], [11.50, 3, 220], [12.03, 3, 340], [14.88, 4, 80], [13.75, 6, 150],
        [18.11, 7, 330], [8.00, 2, 110], [17.83, 7, 210], [79.24, 30, 1460], [21.50, 5, 605],
        [40.33, 16, 688], [21.00, 10, 215], [13.50, 4, 255], [19.75, 6, 462], [24.00, 9, 448],
        [29.00, 10, 776], [15.35, 6, 200], [19.00, 7, 132], [9.50, 3, 36], [35.10, 17, 770],
        [17.90, 10, 140], [52.32, 26, 810], [18.75, 9, 450], [19.83, 8, 635], [10.75, 4, 150],
    ]
)  # fmt: skip
"""Delivery times, cases, distance: Montgomery, Peck, Vining (2012), example 3.1."""


def delivery():
    X = np.column_stack([np.ones(25), DELIVERY[:, 1:]])
    return fitted_rows(X, DELIVERY[:, 0])


def composite(rng, shift=None, drift=0.0, spread=0.0, n_times=2):
    """Return a face-centered composite plan in two factors, randomized, with normal errors."""
    axes = [(a, b) for a in (-1.0, 0.0, 1.0) for b in (-1.0, 0.0, 1.0)]
    inputs = rng.permutation(np.array([*axes * n_times, (0.0, 0.0), (0.0, 0.0)]))
    n = len(inputs)
    mean = 50.0 + 6.0 * inputs[:, 0] - 3.0 * inputs[:, 1] ** 2
    errors = rng.normal(size=n) * np.exp(spread * inputs[:, 0])
    y = mean + errors + drift * np.arange(n) / (n - 1.0)
    if shift is not None:
        y[shift] += 8.0
    return training_data(inputs, y, np.arange(n)), {f"S{k:03d}": k + 1 for k in range(n)}


def test_the_delivery_times_of_the_textbook_are_met():
    """Examples 3.1, 4.1 and 6.1 to 6.3: residuals, leverage, Cook's distance, PRESS."""
    rows = delivery()

    assert rows.variance == pytest.approx(10.6239, abs=2e-3)
    assert rows.leverages[[8, 21]] == pytest.approx([0.49829, 0.39158], abs=5e-6)
    assert rows.studentized[[8, 21]] == pytest.approx([3.2138, -1.4500], abs=1e-3)
    assert rows.externally_studentized[8] == pytest.approx(4.3108, abs=5e-5)
    assert rows.cooks_distances[[8, 21]] == pytest.approx([3.41835, 0.45106], abs=2e-3)
    assert np.sum(rows.left_out**2) == pytest.approx(459.04, abs=5e-3)
    found = {check.kind: check for check in residual_checks(rows, None)}
    assert found["outlier"].row == found["influence"].row == 8
    assert found["influence"].p < 0.01


def test_what_was_put_in_is_found_and_said():
    rng = np.random.default_rng(5)
    for kind, own in (
        ("outlier", {"shift": 4}),
        ("drift", {"drift": 6.0}),
        ("spread", {"spread": 1.0, "n_times": 5}),
    ):
        data, order = composite(rng, **own)
        tests = significance(data, run_order=order)
        shown = telling(tests.residual_checks)
        assert kind in shown["check"].to_list()
        assert tests.residuals["run_order"].sort().to_list() == sorted(order.values())
        words = {"outlier": "run 5 lies", "drift": "the response rises by", "spread": "grow with"}
        assert words[kind] in residual_sentence(shown)
        (finding,) = residual_findings(tests.residual_checks)
        assert finding.code == "S222"
        assert words[kind] in finding.what


def test_a_clean_study_hears_nothing():
    """At most one in twenty; 60 studies here, 500 of each of four plans gave 3.6 to 4.8 %."""
    rng = np.random.default_rng(11)
    said = 0
    for _ in range(60):
        data, order = composite(rng)
        said += bool(residual_findings(significance(data, run_order=order).residual_checks))
    assert said <= 7


def test_without_numbers_of_runs_there_is_no_order():
    data, _ = composite(np.random.default_rng(3))
    tests = significance(data)

    assert tests.residuals["run_order"].null_count() == 20
    assert "drift" not in tests.residual_checks["check"].to_list()
    assert numbers_in(["run 1", "run 1b"]) is None


def test_a_fit_through_every_run_has_no_residuals():
    """Nine settings once each and six terms leave three; seven runs leave the linear model's."""
    data, _ = composite(np.random.default_rng(3))
    _, first = np.unique(data.inputs, axis=0, return_index=True)
    nine, seven = data.take(first), data.take(first[:7])

    assert significance(nine).residuals["model"].unique().to_list() == ["quadratic"]
    assert significance(seven).residuals["model"].unique().to_list() == ["linear"]
    exact = training_data(data.inputs, data.inputs.sum(axis=1), data.configurations)
    assert significance(exact).residuals.is_empty()
