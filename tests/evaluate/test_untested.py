"""Where nothing is left to test by, estimates stand without tests, and the reason is said."""

import numpy as np
import pytest
from tests.evaluate.test_runs_of_a_setting import CUBE, named_by_run, rows

from electrodoe.evaluate import significance, untested_findings
from electrodoe.findings import Severity


def cube(seed: int, noise: float, digits: int) -> np.ndarray:
    """Return an unreplicated cube's response, written with some digits."""
    y = 50 + CUBE @ [4.0, -3.0, 1.0] + 2 * CUBE[:, 0] * CUBE[:, 2]
    return np.round(y + noise * np.random.default_rng(seed).normal(size=8), digits)


@pytest.mark.parametrize("seed", range(5))
def test_one_degree_of_freedom_tests_nothing(seed: int):
    """2³ without replicates: the error is a × b × c alone, and no term gets a p value."""
    tests = significance(named_by_run(CUBE, cube(seed, 1.0, 3)))

    own = tests.coefficients.filter(model="quadratic")
    assert own["p"].null_count() == own["standard_error"].null_count() == 7
    assert own["estimate"].null_count() == 0
    assert set(own["tested_against"]) == {
        "nothing: the error has one degree of freedom (a × b × c)"
    }
    assert tests.coefficients.filter(model="linear")["p"].null_count() == 0
    (finding,) = untested_findings(tests.anova)
    assert (finding.code, finding.severity) == ("S212", Severity.NOTE)
    assert "a × b × c" in finding.what


@pytest.mark.parametrize("digits", [0, 1, 2, 3])
def test_less_than_rounding_is_no_error(digits: int):
    """Of eight pairs one a step apart: δ²/16 is less than the δ²/12 of rounding; of three, more."""
    y = np.round(50 + CUBE @ [4.321, -3.217, 1.432], digits)
    inputs, step = np.vstack([CUBE, CUBE]), 10.0**-digits
    once = np.round(np.concatenate([y, y + step * (np.arange(8) == 0)]), digits)
    thrice = np.round(np.concatenate([y, y + step * (np.arange(8) < 3)]), digits)

    below = significance(rows(inputs, once))
    above = significance(rows(inputs, thrice))

    own = below.coefficients.filter(model="quadratic")
    assert own["p"].null_count() == 7
    assert f"less than rounding to {step:g} makes" in own["tested_against"][0]
    assert above.coefficients.filter(model="quadratic")["p"].null_count() == 0


def test_two_degrees_of_freedom_are_tested():
    """Three center runs are enough: their 2 df part the error from curvature."""
    inputs = np.vstack([CUBE, np.zeros((3, 3))])
    y = np.concatenate([cube(0, 1.0, 3), [50.1, 51.2, 48.9]])

    tests = significance(named_by_run(inputs, y))

    own = tests.coefficients.filter(model="interactions")
    assert own["p"].null_count() == 0
    assert "S212" not in {finding.code for finding in untested_findings(tests.anova)}
