"""S210: an input that was set only after the response was measured, by their names."""

from collections.abc import Callable

import pytest

from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
Columns = dict[str, list[object]]
UNCALENDERED = "uncalendered_strength_kpa"


def _declared(inputs: list[str], **response: object) -> dict[str, object]:
    return {
        "factors": {"coating_gap_um": {}, "porosity": {}, "roll_gap_um": {}},
        "responses": {"strength_kpa": {}, UNCALENDERED: response},
        "scenarios": {
            "product": {"inputs": ["coating_gap_um", "porosity"], "responses": ["strength_kpa"]},
            "before": {"inputs": inputs, "responses": [UNCALENDERED]},
        },
    }


def test_a_step_of_one_s_own_words_is_no_fault(found: Found, columns: Columns):
    """Nothing is said of an order that is not known."""
    declared = _declared(["porosity"]) | {
        "factors": {name: {"process": "hall 2"} for name in ("coating_gap_um", "porosity")}
    }
    more = {"coating_gap_um": columns["gap_um"], UNCALENDERED: columns["strength_kpa"]}

    assert found("S210", declared=declared, **more) == []


@pytest.mark.parametrize(
    ("inputs", "named"),
    [
        (["coating_gap_um"], None),
        (["coating_gap_um", "porosity"], "'porosity' set later"),
        (["porosity", "roll_gap_um"], "'porosity', 'roll_gap_um' set later"),
    ],
)
def test_what_the_calender_sets_explains_nothing_before_it(
    found: Found, columns: Columns, inputs: list[str], named: str | None
):
    """A warning names the inputs; the calendered response and the coating gap are no matter."""
    more = {
        "coating_gap_um": columns["gap_um"],
        "roll_gap_um": columns["gap_um"],
        UNCALENDERED: columns["strength_kpa"],
    }

    findings = found("S210", declared=_declared(inputs), **more)

    assert [finding.where for finding in findings] == (
        [f"scenario 'before', response '{UNCALENDERED}'"] if named else []
    )
    assert all(finding.severity is Severity.WARNING for finding in findings)
    assert all(named and named in finding.what for finding in findings)
