"""Whatever is done with a fraction of the samples is said."""

import numpy as np
import pytest

from electrodoe.dataset import TrainingData
from electrodoe.evaluate import size_findings
from electrodoe.models import STUDIED_FAMILIES


def study(n_rows: int, n_configurations: int, *, is_measured: bool = False) -> TrainingData:
    """Return samples; only their sizes matter."""
    rng = np.random.default_rng(0)
    owner = np.arange(n_rows) % n_configurations
    settings = rng.uniform(size=(n_rows if is_measured else n_configurations, 2))
    return TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=("a", "b"),
        inputs=settings if is_measured else settings[owner],
        response=rng.normal(size=n_rows),
        configurations=owner,
        sample_names=tuple(map(str, range(n_rows))),
    )


@pytest.mark.parametrize(
    ("n_rows", "n_configurations", "is_measured", "codes"),
    [
        (51, 17, True, []),
        (900, 300, False, ["S207"]),
        (2_500, 17, False, ["S208"]),
        (2_500, 17, True, ["S208", "S209"]),
        (2_500, 2_500, False, ["S207", "S208", "S209"]),
    ],
)
def test_each_fraction_has_its_finding(
    n_rows: int, n_configurations: int, is_measured: bool, codes: list[str]
) -> None:
    """Groups of configurations, rows of trees, settings of processes; a usual study has none."""
    data = study(n_rows, n_configurations, is_measured=is_measured)

    found = size_findings(data, STUDIED_FAMILIES)

    assert [finding.code for finding in found] == codes
    assert not any("polynomial" in finding.what for finding in found)


def test_the_finding_says_how_many_rows_are_learned_from() -> None:
    """By name of the family, with both numbers."""
    (found,) = size_findings(study(2_500, 17), ["svm", "mlr"])

    assert found.what.startswith("svm: 1,000 of 2,500 rows")
