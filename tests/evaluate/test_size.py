"""Whatever is done with a fraction of the samples is said."""

from dataclasses import replace

import numpy as np
import pytest

from electrodoe.dataset import TrainingData, leave_groups_out
from electrodoe.evaluate import size_findings
from electrodoe.models import STUDIED_FAMILIES
from electrodoe.models.gathered import MOST_GATHERED


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


@pytest.mark.parametrize(("n_configurations", "codes"), [(40, []), (41, ["S207"])])
def test_up_to_forty_configurations_are_left_out_one_by_one(
    n_configurations: int, codes: list[str]
) -> None:
    """S207 says into how many groups more of them go."""
    data = study(120, n_configurations)
    n_groups = len(list(leave_groups_out(data.configurations)))

    found = size_findings(data, STUDIED_FAMILIES)

    assert [finding.code for finding in found] == codes
    assert all(f" are left out in {n_groups} groups" in finding.what for finding in found)


@pytest.mark.parametrize(
    ("n_settings", "codes"), [(MOST_GATHERED, []), (MOST_GATHERED + 1, ["S209"])]
)
@pytest.mark.parametrize("family", ["gaussian_process", "ensemble"])
def test_settings_are_gathered_where_there_are_too_many(
    n_settings: int, codes: list[str], family: str
) -> None:
    """S209 counts different settings, and not rows; only families with a process gather."""
    data = study(n_settings, 17, is_measured=True)
    twice = data.take(np.repeat(np.arange(n_settings), 2))

    reported = [finding.code for finding in size_findings(twice, [family, "mlr"])]

    assert [code for code in reported if code != "S208"] == codes
    assert size_findings(twice, ["mlr"]) == []


@pytest.mark.parametrize(
    ("n_settings", "said"),
    [
        (17, None),
        (9, "scores and intervals are for a new setting: 9 settings are left out"),
        (4, "the runs of 4 settings are left out one by one"),
    ],
)
def test_runs_of_a_setting_that_are_left_out_together_are_said(
    n_settings: int, said: str | None
) -> None:
    """S226: settings that can be spared, and those of a square, which an interaction needs."""
    side = 3 if n_settings == 9 else 2
    data = study(17, 17)
    if said:
        grid = np.array([[row % side, row // side % side] for row in range(17)], dtype=float)
        settings = np.unique(grid, axis=0, return_inverse=True)[1].ravel()
        data = replace(data, inputs=grid, settings=settings)

    found = [each.what for each in size_findings(data, ["mlr"]) if each.code == "S226"]

    assert len(found) == (said is not None)
    assert all(what.startswith(str(said)) for what in found)
