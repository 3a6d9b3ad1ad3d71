"""What is odd about a cell, each oddity made on purpose."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.strategies.cycling import WRITERS, Cycled, Row, cycled

from electrodoe.findings import Severity
from electrodoe.ingest import CyclerRecord, read_cycler_record
from electrodoe.preprocess.condensed import Condensed
from electrodoe.preprocess.cycling import condense_cycling, segment_steps, tabulate_cycles
from electrodoe.study import RateCapabilityProtocol

RATES = [(600, 0.1)] * 2 + [(58, 1.0)] * 2
Change = Callable[[Row], Row]


def _protocol(**given_settings: object) -> RateCapabilityProtocol:
    """Return a protocol; its files are not looked at."""
    return RateCapabilityProtocol.model_validate(
        {"instrument": "rate_capability", "files": ("*",), **given_settings}
    )


def _record(folder: Path, cell: Cycled, name: str = "cell", layout: str = "arbin") -> CyclerRecord:
    """Return a cell as it is read from a file."""
    path = folder / f"{name}.txt"
    path.write_bytes(WRITERS[layout](cell))
    return read_cycler_record(path)


def _changed(cell: Cycled, change: Change) -> Cycled:
    """Return a cell with every row changed."""
    return Cycled(rows=[change(row) for row in cell.rows])


def _codes(found: Condensed) -> set[str]:
    """Return the numbers of all findings."""
    return {finding.code for finding in found.findings}


def test_a_sound_cell_has_no_finding(tmp_path: Path):
    """None at all."""
    found = condense_cycling([_record(tmp_path, cycled(RATES))], _protocol())

    assert found.findings == ()
    assert found.table["accepted"][0]


def test_a_rate_far_from_all_usual_ones_gets_no_column(tmp_path: Path):
    """1.5C has no name; its cycle keeps the exact rate."""
    record = _record(tmp_path, cycled([(600, 0.1)] * 2 + [(38, 1.5)] * 2))

    found = condense_cycling([record], _protocol())
    cycles = tabulate_cycles([record], _protocol()).table

    assert "D503" in _codes(found)
    assert cycles["c_rate"].to_list() == [0.1, 0.1, 1.5, 1.5]
    names = [name for name in found.table.columns if name.startswith("discharge_capacity")]
    assert names == ["discharge_capacity_c10_mah"]


def test_one_cycle_at_a_rate_is_taken_and_reported(tmp_path: Path):
    """The last there is."""
    record = _record(tmp_path, cycled([(600, 0.1)] * 2 + [(58, 1.0)]))

    found = condense_cycling([record], _protocol())

    assert _codes(found) == {"D504"}
    assert found.table["discharge_capacity_1c_mah"][0] == pytest.approx(58.0 / 0.06)
    assert found.table["flags"][0] == "cycles: 1 at 1C"


def test_a_discharge_that_was_cut_is_reported(tmp_path: Path):
    """The record ends at 3.6 V where other discharges end at 3.0 V."""
    cell = cycled(RATES)
    record = _record(tmp_path, Cycled(rows=cell.rows[:-12]))

    found = tabulate_cycles([record], _protocol())

    assert "D505" in _codes(found)
    assert found.table["flags"].to_list()[-1] == "incomplete discharge"
    assert found.table["flags"].to_list()[:-1] == ["", "", ""]


def test_a_cell_without_capacity_is_not_accepted(tmp_path: Path):
    """Charged for two hours, and nothing comes back."""
    cell = cycled([(600, 0.1)])
    record = _record(tmp_path, Cycled(rows=cell.rows[:72]))

    found = condense_cycling([record], _protocol())

    assert "D506" in _codes(found)
    assert not found.table["accepted"][0]


def test_a_rate_without_capacity_is_reported(tmp_path: Path):
    """A discharge that meets its limit at once is a failure and no pulse."""
    cell = cycled([(600, 0.1)] * 2 + [(1, 0.1)] * 2)

    found = tabulate_cycles([_record(tmp_path, cell)], _protocol())

    assert found.table["flags"].to_list()[2] == "no capacity"
    assert "D506" in _codes(found)


def test_a_charge_that_never_ends_is_reported(tmp_path: Path):
    """Three times the capacity went in."""
    cell = _changed(
        cycled(RATES),
        lambda row: replace(row, current_a=row.current_a * (3.0 if row.line == 14 else 1.0)),
    )
    frame = _record(tmp_path, cell, layout="battery data")

    found = condense_cycling([frame], _protocol())

    assert {"D507", "D513"} <= _codes(found)
    assert not found.table["accepted"][0]


@pytest.mark.parametrize(
    "settings",
    [
        {"nominal_capacity_mah": 700.0},
        {"max_capacity_mah_g": 190.0, "active_mass_mg": 5000.0},
        {"nominal_capacity_mah_g": 140.0, "active_mass_mg": 5000.0},
    ],
)
def test_more_capacity_than_possible_is_not_accepted(settings: dict[str, float], tmp_path: Path):
    """By the nominal capacity, or by what the material holds."""
    found = condense_cycling([_record(tmp_path, cycled(RATES))], _protocol(**settings))

    assert "D508" in _codes(found)
    assert not found.table["accepted"][0]


def test_a_cell_that_ended_early_is_reported_beside_the_others(tmp_path: Path):
    """Most reach 1C."""
    records = [_record(tmp_path, cycled(RATES), f"cell{number}") for number in range(3)]
    records.append(_record(tmp_path, cycled(RATES[:2]), "short"))

    found = condense_cycling(records, _protocol())
    alone = condense_cycling(records[-1:], _protocol(rates=(0.1, 5.0)))

    assert [flags for flags in found.table["flags"] if flags] == ["no cycle at 1C"]
    assert {finding.where for finding in found.findings} == {str(records[-1].path)}
    assert _codes(found) == {"D509"}
    assert alone.table["flags"][0] == "no cycle at 5C"


def test_an_efficiency_out_of_range_is_reported(tmp_path: Path):
    """The second cycle at a rate gives back four fifths."""
    cell = cycled([(600, 0.1), (600, 0.1), (600, 0.1)])
    rows = [
        replace(row, current_a=row.current_a * (1.25 if row.line == 6 else 1.0))
        for row in cell.rows
    ]

    found = tabulate_cycles([_record(tmp_path, Cycled(rows=rows))], _protocol())

    assert "D510" in _codes(found)
    assert "efficiency 0.800" in found.table["flags"][1]


def test_a_charged_cell_has_no_first_cycle_loss(tmp_path: Path):
    """It gives more than it took."""
    half = {1: 1.0, 2: 0.5}
    cell = _changed(
        cycled(RATES), lambda row: replace(row, current_a=row.current_a * half.get(row.line, 1.0))
    )
    record = _record(tmp_path, cell)

    found = condense_cycling([record], _protocol())

    assert found.table["first_cycle_loss"][0] is None
    assert "not empty at the start" in found.table["flags"][0]


def test_rates_without_a_slow_discharge_are_reported(tmp_path: Path):
    """1C is the slowest, so the nominal capacity is not known."""
    found = condense_cycling([_record(tmp_path, cycled([(58, 1.0)] * 3))], _protocol())

    assert "D511" in _codes(found)
    assert "rates uncertain" in found.table["flags"][0]


def test_a_late_first_row_is_reported_where_no_step_time_tells_it(tmp_path: Path):
    """Up to a 23rd of the step is not in the record."""
    cell = cycled(RATES)
    record = _record(tmp_path, Cycled(rows=[row for row in cell.rows if row.step_time_s > 0.0]))
    blind = replace(record, frame=record.frame.drop("step_time_second"))

    assert "D512" not in _codes(condense_cycling([record], _protocol()))
    assert "D512" in _codes(condense_cycling([blind], _protocol()))
    seen = tabulate_cycles([record], _protocol()).table
    assert seen["discharge_capacity_mah"][0] == pytest.approx(1000.0)


@pytest.mark.parametrize(("factor", "severity"), [(1.05, "warning"), (60.0, "error")])
def test_a_counter_that_disagrees_is_reported(factor: float, severity: str, tmp_path: Path):
    """A time in the wrong unit does not pass."""
    cell = cycled(RATES)
    record = _record(tmp_path, cell)
    frame = record.frame.with_columns(pl.col("test_time_second", "step_time_second") * factor)

    found = condense_cycling([replace(record, frame=frame)], _protocol())

    reported = [finding for finding in found.findings if finding.code == "D513"]
    assert [str(finding.severity) for finding in reported] == [severity]


def test_a_voltage_against_the_current_is_reported(tmp_path: Path):
    """It falls while the cell is charged."""
    record = _record(tmp_path, cycled(RATES))
    frame = record.frame.with_columns(current_ampere=-pl.col("current_ampere"))

    found = condense_cycling([replace(record, frame=frame)], _protocol())

    assert "D514" in _codes(found)
    assert not found.table["accepted"][0]


def test_a_second_discharge_at_another_rate_is_not_mixed_in(tmp_path: Path):
    """What comes out at C/10 after 1C has its own column."""
    cell = cycled([(600, 0.1)] * 2 + [(30, 1.0), (240, 0.1)])
    rows = [row for row in cell.rows if row.line not in {13, 14, 15}]

    cycles = tabulate_cycles([_record(tmp_path, Cycled(rows=rows))], _protocol()).table

    assert cycles.height == 3
    assert cycles["discharge_capacity_mah"][2] == pytest.approx(500.0)
    assert cycles["further_discharge_mah"][2] == pytest.approx(400.0)


def test_findings_of_the_file_reach_the_row(tmp_path: Path):
    """A mended clock is a flag of its cell."""
    record = _record(tmp_path, cycled(RATES))
    path = record.path
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    cells = lines[60].split(",")
    cells[2] = "0.0"
    lines[60] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n")

    found = condense_cycling([read_cycler_record(path)], _protocol())

    assert "clock jumps back" in found.table["flags"][0]
    assert [f.code for f in found.findings if f.severity is Severity.WARNING] == ["D220"]


@pytest.mark.parametrize(("n_whole", "n_short", "n_reported"), [(2, 2, 0), (3, 2, 2), (1, 1, 0)])
def test_a_rate_is_meant_to_be_reached_where_most_cells_reach_it(
    n_whole: int, n_short: int, n_reported: int, tmp_path: Path
):
    """D509 where more than half of three cells or more do; half of them say nothing."""
    records = [_record(tmp_path, cycled(RATES), f"whole{number}") for number in range(n_whole)]
    records += [_record(tmp_path, cycled(RATES[:2]), f"short{n}") for n in range(n_short)]

    found = condense_cycling(records, _protocol())

    assert [finding.code for finding in found.findings] == ["D509"] * n_reported


@pytest.mark.parametrize(("fraction", "kind"), [(0.0045, "pulse"), (0.0055, "discharge")])
def test_a_pulse_holds_less_than_half_a_percent_of_the_largest_charge(
    fraction: float, kind: str, tmp_path: Path
):
    """Cut above its limit; what meets its limit is a discharge however little it holds."""
    cell = cycled([(600, 0.1), (1, fraction * 60.0)], rows_per_step=24)
    rows = [replace(row, voltage_v=3.7) if row.line == 8 else row for row in cell.rows]

    cut, _ = segment_steps(_record(tmp_path, Cycled(rows=rows)))
    whole, _ = segment_steps(_record(tmp_path, cell))

    assert cut["kind"].to_list()[-1] == kind
    assert whole["kind"].to_list()[-1] == "discharge"


PAPER = [(300, 0.2)] * 2 + [(294, 0.2)] + [(600, 0.1)] * 2 + [(58, 1.0)] * 2
"""Formation of three cycles at C/5, then a rate test; Haghi et al. (2023)."""


def test_the_formations_last_discharge_tells_the_cells_capacity(tmp_path: Path):
    """The third cycle's 294 min at .2 A: 980 mAh, whatever the rate test gives; per gram too."""
    found = condense_cycling(
        [_record(tmp_path, cycled(PAPER))], _protocol(active_mass_mg=5000.0)
    ).table

    assert found["n_formation_cycles"][0] == 3
    assert found["formation_discharge_capacity_mah"][0] == pytest.approx(980.0, rel=1e-3)
    assert found["formation_discharge_capacity_mah_g"][0] == pytest.approx(196.0, rel=1e-3)


def test_a_declared_formation_ends_where_it_is_said_to(tmp_path: Path):
    """Two cycles: 1000 mAh; none: no capacity of a formation."""
    record = _record(tmp_path, cycled(PAPER))
    two, none = (condense_cycling([record], _protocol(formation_cycles=n)).table for n in (2, 0))

    assert two["formation_discharge_capacity_mah"][0] == pytest.approx(1000.0, rel=1e-3)
    assert none["formation_discharge_capacity_mah"][0] is None
