"""Samples of one run are held back together, also where nobody named the run."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import assemble
from electrodoe.dataset.grouping import clumps, group_column
from electrodoe.dataset.repeated_settings import repeated_settings
from electrodoe.ingest import read_table
from electrodoe.study import declare_study

CASES = Path(__file__).parents[2] / ".." / "shared" / "cases" / "tables"
INPUTS = ("mass_loading_mg_cm2", "drying_temperature_c", "porosity")


def _settings(generator, n_runs, n_inputs):
    """Return distinct settings of a Latin hypercube."""
    columns = [generator.permutation(n_runs) for _ in range(n_inputs)]
    return (np.column_stack(columns) + generator.random((n_runs, n_inputs))) / n_runs


@pytest.mark.parametrize("n_inputs", [2, 3, 5])
@pytest.mark.parametrize("scatter", [0.002, 0.01])
def test_replicates_with_measured_inputs_are_found(n_inputs: int, scatter: float):
    """One to four samples around each of 12 settings, 50 studies of each kind (simulated)."""
    generator, right = np.random.default_rng(7), 0
    for _ in range(50):
        settings = _settings(generator, 12, n_inputs)
        run = np.repeat(np.arange(12), generator.integers(1, 5, 12))
        found = clumps(settings[run] + scatter * generator.normal(size=(len(run), n_inputs)))
        right += found is not None and found.max() + 1 <= 12

    assert right >= 45


@pytest.mark.parametrize("n_inputs", [2, 3, 5])
def test_runs_of_which_one_input_alone_is_measured_are_found(n_inputs: int):
    """By the settings that repeat exactly; the measured one scatters by a tenth of its range."""
    generator, right = np.random.default_rng(11), 0
    for _ in range(50):
        settings = np.round(_settings(generator, 12, n_inputs), 3)
        run = np.repeat(np.arange(12), generator.integers(1, 5, 12))
        rows = settings[run]
        rows[:, -1] += 0.1 * generator.normal(size=len(run))
        found = repeated_settings(rows)
        right += found is not None and np.array_equal(found, run)

    assert right >= 40  # of pairs alone a tenth of the range is at times too wide to be sure


@pytest.mark.parametrize("n_levels", [2, 3, 5, 8])
def test_levels_that_single_runs_share_are_no_runs(n_levels: int):
    """A measured input that runs were varied in differs where the others are equal."""
    generator, accused = np.random.default_rng(12), 0
    for _ in range(200):
        n_runs = int(generator.integers(12, 40))
        rows = generator.integers(n_levels, size=(n_runs, 3)).astype(np.float64)
        rows[:, -1] = generator.random(n_runs)
        accused += repeated_settings(rows) is not None

    assert accused <= 2


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 5])
@pytest.mark.parametrize("kind", ["uniform", "hypercube", "lognormal"])
def test_rows_without_replicates_lie_in_no_clumps(kind: str, n_inputs: int):
    """At most 3 of 100 arrangements of 15 to 60 single runs are taken for replicates."""
    generator, taken = np.random.default_rng(11), 0
    for _ in range(100):
        n_rows = int(generator.integers(15, 61))
        points = {
            "uniform": lambda n=n_rows: generator.random((n, n_inputs)),
            "hypercube": lambda n=n_rows: _settings(generator, n, n_inputs),
            "lognormal": lambda n=n_rows: np.exp(generator.normal(size=(n, n_inputs))),
        }[kind]()
        taken += clumps(points) is not None

    assert taken <= 3


@given(seed=st.integers(0, 10_000), scale=st.floats(1e-3, 1e3), shift=st.floats(-1e3, 1e3))
def test_neither_unit_nor_order_of_rows_changes_the_clumps(seed: int, scale: float, shift: float):
    """The same rows belong together."""
    generator = np.random.default_rng(seed)
    run = np.repeat(np.arange(10), 3)
    rows = _settings(generator, 10, 2)[run] + 0.004 * generator.normal(size=(30, 2))
    order = generator.permutation(30)

    found, other = clumps(rows), clumps(rows[order] * scale + shift)

    assert (found is None) == (other is None)
    if found is not None and other is not None:
        together = found[order][:, None] == found[order]
        assert np.array_equal(together, other[:, None] == other)


def test_uneven_levels_of_a_plan_are_no_clumps():
    """C-rates of 0.1, 0.2, 0.5, 1 and 2 lie unevenly, and were set, not measured."""
    grid = np.stack(np.meshgrid([0.1, 0.2, 0.5, 1, 2, 5], [50.0, 60, 70]), axis=-1).reshape(-1, 2)

    assert clumps(grid) is None


def test_the_coarsest_column_of_names_is_the_group():
    """A day joins too much, a sample's number too little, a measured column is no name."""
    run = np.repeat(np.arange(6), 3)
    gap = np.linspace(80.0, 130.0, 6)[run][:, None] + np.tile([-0.2, 0.0, 0.3], 6)[:, None]
    columns: dict[str, list[str | None]] = {
        "day": [f"day {number // 2}" for number in run],
        "sheet": [f"S{number}" for number in run],
        "cell": [str(number) for number in range(18)],
        "replicate": ["1", "2", "3"] * 6,
        "web_c": [f"{21.5 + 0.1 * number}" for number in run],
    }

    assert group_column(columns, gap, [str(row) for row in gap]) == "sheet"


@pytest.mark.parametrize("drop", [False, True])
def test_the_leaking_table_has_eighteen_runs(drop: bool, tmp_path: Path):
    """Inputs measured on each sample; R² of .98 by rows and -.12 by runs (issue 15)."""
    if not CASES.is_dir():
        pytest.skip("the shared cases are absent")
    frame = pl.read_csv(CASES / "leak.csv")
    (frame.drop("run") if drop else frame).write_csv(tmp_path / "leak.csv")
    study = declare_study(
        {
            "title": "Leak",
            "measurements": {"table": "leak.csv"},
            "factors": {name: {} for name in INPUTS},
            "responses": {"adhesion_strength_kpa": {}},
        },
        source="test",
    )

    dataset = assemble(study, read_table(tmp_path / "leak.csv", study.measurements))

    assert dataset.n_configurations == 18
    assert dataset.grouping.column == (None if drop else "run")


def test_many_rows_are_not_compared_pair_by_pair():
    """50,000 rows would need 20 GB of distances; they are left as they are."""
    generator = np.random.default_rng(0)
    settings = generator.random((1_600, 2))[np.repeat(np.arange(1_600), 2)]

    assert clumps(settings + 1e-6 * generator.normal(size=settings.shape)) is None


def test_three_levels_that_a_measured_input_follows_are_no_three_runs():
    """Twelve single runs at three gaps: the thickness follows the gap, yet each is a run."""
    gap = np.repeat([50.0, 60.0, 70.0], 4)
    thickness = 2.0 * gap + np.sin(np.arange(12.0) ** 2)

    assert repeated_settings(np.column_stack([gap, thickness])) is None
