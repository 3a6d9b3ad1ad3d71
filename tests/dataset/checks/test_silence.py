"""Clean data give no finding."""

from collections.abc import Callable

import pytest

from electrodoe.dataset import CHECKS, Dataset, inspect
from electrodoe.findings import Finding


@pytest.mark.parametrize("code", list(CHECKS))
def test_a_check_is_silent_on_clean_data(found: Callable[..., list[Finding]], code: str):
    """No false alarm."""
    assert found(code) == []


def test_findings_come_gravest_first(
    columns: dict[str, list[object]], assembled: Callable[..., Dataset]
):
    """Whatever asks for a person stands on top."""
    columns["strength_kpa"][3], columns["strength_kpa"][9] = 1e-9, None
    columns["day"] = ["Mon"] * 9 + ["Tue"] * 9 + ["Wed"] * 9

    codes = [finding.code for finding in inspect(assembled(columns))]

    assert codes == ["D102", "D104", "D105", "D101"]


def test_a_constant_input_does_not_stop_the_other_checks(
    columns: dict[str, list[object]], assembled: Callable[..., Dataset]
):
    """It has no correlation; the error that names it is raised where a model is asked for."""
    columns["gap_um"] = [20.0] * 27

    assert "S201" not in {finding.code for finding in inspect(assembled(columns))}
