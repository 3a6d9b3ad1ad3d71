"""S201: a scenario whose inputs cannot be distinguished."""

from collections.abc import Callable

from electrodoe.findings import Finding, Severity

Columns = dict[str, list[object]]


def test_a_dependent_scenario_is_named_with_its_pair(
    found: Callable[..., list[Finding]], columns: Columns
):
    """The others stay as they are."""
    gaps = [float(str(gap)) for gap in columns["gap_um"]]
    declared = {
        "factors": {"gap_um": {}, "porosity": {}, "thickness_um": {}},
        "scenarios": {
            "apart": {"inputs": ["gap_um", "porosity"]},
            "together": {"inputs": ["gap_um", "porosity", "thickness_um"]},
        },
    }

    (finding,) = found("S201", thickness_um=[2.0 * gap for gap in gaps], declared=declared)

    assert finding.severity is Severity.WARNING
    assert finding.where == "scenario 'together'"
    assert "r = 1.00 between 'gap_um' and 'thickness_um', largest VIF inf" in finding.what


def test_weakly_correlated_inputs_may_still_be_inflated(
    found: Callable[..., list[Finding]], columns: Columns
):
    """A sum of many inputs is weakly tied to each, and follows from all of them."""
    names = [f"x{number}" for number in range(13)]
    rows = [
        [1.0 if (row >> number) & 1 else -1.0 for number in range(12)] for row in range(0, 2**12, 7)
    ]
    inputs = {name: [row[index] for row in rows] for index, name in enumerate(names[:12])}
    inputs["x12"] = [sum(row) + 0.1 * (index % 2) for index, row in enumerate(rows)]
    size = len(rows)
    table = {
        "run": [str(row // 2) for row in range(size)],
        "cell": [str(row) for row in range(size)],
        "day": [f"day {row % 2}" for row in range(size)],
        "strength_kpa": [float(row) for row in range(size)],
    }
    declared = {"factors": {name: {} for name in names}}

    (finding,) = found(
        "S201", without="porosity", declared=declared, **(table | inputs | {"gap_um": [1.0] * size})
    )

    assert finding.what.startswith("r = 0.")
    assert float(finding.what.split()[2]) < 0.32
    assert float(finding.what.split("VIF ")[1].split(";")[0]) > 1000.0
