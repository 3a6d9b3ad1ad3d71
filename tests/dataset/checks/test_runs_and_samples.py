"""D118: three levels, setting, run and sample, by what is said; an assumption is remarked."""

from pathlib import Path

import numpy as np
import pytest

from electrodoe.dataset import Dataset, assemble, inspect
from electrodoe.ingest import read_table
from electrodoe.study import declare_study


def dataset(folder: Path, table: str, **measurements: object) -> Dataset:
    """Return the dataset of a table with inputs a, b and the response y."""
    (folder / "m.csv").write_text(table)
    study = declare_study(
        {
            "title": "runs",
            "measurements": {"table": "m.csv", **measurements},
            "factors": {"a": {}, "b": {}},
            "responses": {"y": {}},
        },
        source="test",
    )
    return assemble(study, read_table(folder / "m.csv", study.measurements))


def written(names: list[str]) -> str:
    """Return a table of a square made twice, in the order of standard runs."""
    square = [(-1, -1), (1, -1), (-1, 1), (1, 1)] * 2
    lines = [
        f"{name},{a},{b},{a + 0.1 * row}"
        for row, (name, (a, b)) in enumerate(zip(names, square, strict=True))
    ]
    return "\n".join(["run,a,b,y", *lines])


BY_RUN = written([f"R{number}" for number in range(8)])
BY_SETTING = written([f"R{number}" for number in [0, 1, 2, 3] * 2])


@pytest.mark.parametrize(
    ("table", "measurements", "partition", "said"),
    [
        (BY_RUN, {"group": "run"}, (8, 4), None),
        (BY_RUN, {}, (8, 4), "every row is taken as a run"),
        (BY_SETTING, {}, (8, 4), "every row is taken as a run"),
        (BY_SETTING, {"group": "run"}, (4, 4), None),
        (BY_SETTING, {"group": "run", "rows": "runs"}, (8, 4), None),
        (BY_SETTING, {"rows": "samples"}, (4, 4), None),
    ],
)
def test_the_three_levels_follow_from_what_is_said(
    tmp_path: Path, table: str, measurements: dict, partition: tuple, said: str | None
):
    """Runs and settings by group, by ``rows``, or by an assumption that is said (D118)."""
    found = dataset(tmp_path, table, **measurements)

    data = found.training_data("y", "all")
    numbers = tuple(len(np.unique(each)) for each in (data.run_numbers, data.setting_numbers))
    assert numbers == partition
    notes = [finding for finding in inspect(found) if finding.code in {"D110", "D118"}]
    assert [finding.code for finding in notes] == (["D118"] if said else [])
    assert all(said in finding.what for finding in notes)
    assert data.is_run_assumed == (not measurements)


def test_left_out_groups_stay_settings(tmp_path: Path):
    """Rows as runs do not loosen the split: rows of one setting are one configuration."""
    data = dataset(tmp_path, BY_SETTING).training_data("y", "all")

    assert data.n_configurations == 4
    assert np.array_equal(data.configurations, data.setting_numbers)
