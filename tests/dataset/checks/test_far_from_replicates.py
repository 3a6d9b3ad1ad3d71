"""D104: a value far from the others of its configuration."""

from collections.abc import Callable

import numpy as np

from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
Columns = dict[str, list[object]]


def test_a_lone_value_is_named(found: Found, columns: Columns):
    """Far is measured in what replicates differ by, not in what configurations do."""
    values = columns["strength_kpa"].copy()
    values[3] += 200.0

    (finding,) = found("D104", strength_kpa=values)

    assert finding.severity is Severity.WARNING
    assert finding.what.startswith(f"A4 ({values[3]:.4g}): more than 10 robust standard")


def test_what_is_set_aside_is_not_looked_at_again(found: Found, columns: Columns):
    """Neither as a value nor as a replicate."""
    values = columns["strength_kpa"].copy()
    values[3] += 200.0
    aside = {"set_aside": [{"rows": ["A4"], "reason": "cut askew"}]}

    assert found("D104", strength_kpa=values, declared=aside) == []


def test_two_replicates_accuse_nobody(found: Found, columns: Columns):
    """Of two values that differ, neither is known to be the odd one."""
    values = columns["strength_kpa"].copy()
    values[3], values[4] = values[3] + 200.0, None

    assert found("D104", strength_kpa=values) == []


def test_copied_values_have_no_scale(found: Found, columns: Columns):
    """Without any spread there is nothing to measure a distance by."""
    values = [float(str(run)) for run in columns["run"]]
    values[3] = 100.0

    assert found("D104", strength_kpa=values) == []


def test_a_spread_that_grows_with_the_mean_accuses_nobody(found: Found, columns: Columns):
    """40 clean studies of a response from 1 to 1000 with a relative spread of 10 % (simulated)."""
    generator, accused = np.random.default_rng(15), 0
    for _ in range(40):
        means = np.repeat(10.0 ** generator.uniform(0.0, 3.0, 9), 3)
        values = means * np.exp(0.1 * generator.normal(size=27))
        accused += bool(found("D104", strength_kpa=values.tolist()))

    assert accused <= 1


def test_a_gross_value_of_such_a_response_is_named_all_the_same(found: Found, columns: Columns):
    """Ten times its replicates, beside one that failed altogether."""
    generator = np.random.default_rng(15)
    means = np.repeat(10.0 ** generator.uniform(0.0, 3.0, 9), 3)
    values = means * np.exp(0.1 * generator.normal(size=27))
    largest = int(np.argmax(values))
    values[largest], values[0 if largest > 2 else 5] = 10.0 * values[largest], 0.0

    (finding,) = found("D104", strength_kpa=values.tolist())

    assert f"A{largest + 1} (" in finding.what


def test_a_small_value_is_far_on_the_declared_scale(found: Found, columns: Columns):
    """A hundredth of its replicates is near them in kPa, and far in logarithms."""
    generator = np.random.default_rng(15)
    means = np.repeat(10.0 ** generator.uniform(0.0, 3.0, 9), 3)
    values = means * np.exp(0.1 * generator.normal(size=27))
    smallest = int(np.argmin(values))
    values[smallest] *= 0.01
    declared = {"responses": {"strength_kpa": {"transform": "log"}}}

    assert found("D104", strength_kpa=values.tolist()) == []
    (finding,) = found("D104", strength_kpa=values.tolist(), declared=declared)

    assert f"A{smallest + 1} (" in finding.what
    assert "on the scale of its natural logarithm" in finding.what
