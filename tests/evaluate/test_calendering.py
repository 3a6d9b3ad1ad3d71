"""Known scores on the real calendering study, from ../shared/data/README.md (scikit-learn)."""

from pathlib import Path

import pytest

from electrodoe.dataset import Dataset, assemble
from electrodoe.evaluate import evaluate
from electrodoe.ingest import read_table
from electrodoe.study import read_study

EXAMPLE = Path(__file__).parents[2] / "examples" / "calendering-nmc622"


@pytest.fixture(scope="module")
def calendering() -> Dataset:
    """Return the example's samples."""
    study = read_study(EXAMPLE)
    return assemble(study, read_table(EXAMPLE / study.measurements.table, study.measurements))


@pytest.mark.parametrize(
    ("response", "r2_loco"),
    [
        ("discharge_capacity_c20_mah", 0.992),
        ("discharge_capacity_5c_mah", 0.302),
        ("discharge_capacity_5c_mah_g", 0.782),
    ],
)
def test_mlr_reaches_the_known_pooled_r2_on_left_out_configurations(
    calendering: Dataset, response: str, r2_loco: float
) -> None:
    """With DD020 set aside, MLR's leave-one-configuration-out R² is the published baseline."""
    data = calendering.training_data(response, "product")

    found = evaluate(data, "mlr", n_repeats=2).summary

    assert data.n_samples == 53
    assert data.n_configurations == 18
    assert found["r2_loco"].item() == pytest.approx(r2_loco, abs=0.0006)


def test_the_random_split_scatters(calendering: Dataset) -> None:
    """Twelve random splits of one table tell a forest's R² anywhere from poor to excellent."""
    data = calendering.training_data("discharge_capacity_5c_mah", "product")

    found = evaluate(data, "random_forest", n_repeats=12, width=1)

    scores = found.repeats["r2_test"]
    assert scores.max() > 0.85
    assert scores.max() - scores.min() > 0.3
    assert found.summary["r2_test_p95"].item() > found.summary["r2_loco"].item()
