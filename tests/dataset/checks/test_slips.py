"""D112: a slip in an input is named with its row, its value and the likely right one."""

from collections.abc import Callable

import numpy as np
import pytest

from electrodoe.dataset import Dataset
from electrodoe.dataset.checks.slips import slips
from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
Columns = dict[str, list[object]]


@pytest.mark.parametrize(
    ("value", "likely"), [(200.0, 20), (2.0, 20), (2000.0, 20), (30.0, 20), (25.0, 20)]
)
def test_a_row_that_differs_within_its_run_is_named(
    value: float, likely: float, found: Found, columns: Columns
):
    """A slipped decimal mark and another level alike; the run's other samples say what is right."""
    (finding,) = found("D112", gap_um=[20.0, value, *columns["gap_um"][2:]])

    assert finding.severity is Severity.WARNING
    assert finding.what == f"{value:g} µm in A2: its run has 20; likely {likely} µm"
    assert finding.where == "column 'gap_um', line 3"


@pytest.mark.parametrize(("value", "likely"), [(300.0, "30 µm"), (3.0, "30 µm"), (900.0, None)])
def test_a_run_far_from_all_others_is_named(
    value: float, likely: str | None, found: Found, columns: Columns
):
    """All samples of it; without a likely value where no moved decimal mark explains it."""
    gaps = [*columns["gap_um"][:12], value, value, value, *columns["gap_um"][15:]]
    (finding,) = found("D112", gap_um=gaps)

    assert "all other runs lie between 20 and 40" in finding.what
    assert ("likely" in finding.what) == (likely is not None)
    assert likely is None or finding.what.endswith(f"likely {likely}")


def test_kelvin_among_celsius_is_recognized(columns: Columns, assembled: Callable[..., Dataset]):
    """333.15 among 50 to 70."""
    temperatures = [*np.repeat([50.0, 60.0, 70.0, 50.0, 60.0, 70.0, 50.0, 70.0, 333.15], 3)]
    dataset = assembled(
        columns | {"oven_temperature_c": temperatures},
        factors={"oven_temperature_c": {}, "porosity": {}},
    )

    assert [finding.what for finding in slips(dataset)] == [
        "333.1 °C in A25, A26, A27: all other runs lie between 50 and 70; likely 60 °C"
    ]


def test_of_two_samples_the_one_beyond_all_others_is_odd(found: Found, columns: Columns):
    """The other one is not accused."""
    gaps = [*columns["gap_um"][:25], 400.0, 40.0]
    run = [*columns["run"][:24], "9", "10", "10"]
    (finding,) = found("D112", gap_um=gaps, run=run)

    assert finding.what == "400 µm in A26: the other sample of its run has 40; likely 40 µm"


@pytest.mark.parametrize("scatter", [0.05, 0.2, 0.5])
def test_inputs_that_were_measured_scatter_without_a_word(
    scatter: float, found: Found, columns: Columns
):
    """They differ within every run."""
    generator = np.random.default_rng(1)
    gaps = np.array(columns["gap_um"]) + scatter * generator.normal(size=27)

    assert found("D112", gap_um=gaps.tolist()) == []


def test_levels_in_steps_of_one_ratio_are_no_slips(found: Found, columns: Columns):
    """0.1, 1 and 10 are what somebody chose."""
    levels = [0.1, 0.1, 0.1, 1.0, 1.0, 1.0, 10.0, 10.0, 10.0]

    assert found("D112", gap_um=np.repeat(levels, 3).tolist()) == []
