"""D102: a response that is practically zero where it should not be."""

from collections.abc import Callable

import pytest

from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
Columns = dict[str, list[object]]
ASIDE = {"set_aside": [{"rows": ["A4", "A9"], "reason": "the tape came off"}]}


def test_failed_samples_are_named(found: Found, columns: Columns):
    """With their number, their maximum value and the median."""
    values = columns["strength_kpa"].copy()
    values[3], values[8] = 1e-4, 0.0

    (finding,) = found("D102", strength_kpa=values)

    assert finding.severity is Severity.ERROR
    assert finding.what.startswith("2 values of at most 0.0001 kPa")
    assert finding.what.endswith("A4, A9")
    assert "set them aside" in finding.fix


def test_they_are_a_remark_once_all_are_set_aside(found: Found, columns: Columns):
    """What a person has decided is no error any more; one left over is."""
    values = columns["strength_kpa"].copy()
    values[3], values[8] = 1e-4, 0.0
    done = found("D102", strength_kpa=values, declared=ASIDE)
    values[0] = 0.0
    undone = found("D102", strength_kpa=values, declared=ASIDE)

    assert done[0].severity is Severity.NOTE
    assert done[0].fix == "nothing: set aside by the study"
    assert undone[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "values", [[-1.0, 0.0, *range(25)], [0.0] * 14 + [float(n) for n in range(1, 14)]]
)
def test_where_zero_is_a_value_like_any_other_nothing_failed(found: Found, values: list[float]):
    """A response with negative values, or one that is mostly zero."""
    assert found("D102", strength_kpa=values) == []


def test_an_offset_below_zero_hides_no_dead_cell(found: Found, columns: Columns):
    """-0.0002 kPa is a zero of the instrument, not a value of a signed scale."""
    values = columns["strength_kpa"].copy()
    values[3], values[8] = 0.0, -0.0002

    (finding,) = found("D102", strength_kpa=values)

    assert finding.what.endswith("A4, A9")
