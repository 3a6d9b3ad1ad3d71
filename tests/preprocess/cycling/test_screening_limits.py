"""Every limit of a cell's screening, on both sides: constant currents make each known exactly."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.strategies.cycling import WRITERS, Cycled, cycled

from electrodoe.findings import Finding
from electrodoe.ingest import CyclerRecord, read_cycler_record
from electrodoe.preprocess.cycling import condense_cycling
from electrodoe.study import RateCapabilityProtocol

WHOLE = [(600, 0.1)] * 3
"""Three cycles of 1000 mAh at C/10; cycle k charges in line 4k - 2 and discharges in line 4k."""


def _record(folder: Path, cell: Cycled) -> CyclerRecord:
    """Return a cell as it is read from a file."""
    path = folder / "cell.txt"
    path.write_bytes(WRITERS["battery data"](cell))
    return read_cycler_record(path)


def _reported(record: CyclerRecord, code: str, **given_settings: object) -> list[Finding]:
    """Return the findings of a code."""
    protocol = RateCapabilityProtocol.model_validate(
        {"instrument": "rate_capability", "files": ("*",), **given_settings}
    )
    found = condense_cycling([record], protocol).findings
    return [finding for finding in found if finding.code == code]


def _times(cell: Cycled, line: int, factor: float) -> Cycled:
    """Return a cell with the current of one step multiplied."""
    return Cycled(
        rows=[
            replace(row, current_a=row.current_a * (factor if row.line == line else 1.0))
            for row in cell.rows
        ]
    )


@pytest.mark.parametrize(
    ("factor", "severities"),
    [
        *((1.009, []), (1.011, ["warning"]), (1.09, ["warning"]), (1.12, ["error"])),
        *((0.991, []), (0.988, ["warning"])),
    ],
)
def test_a_counter_agrees_to_a_hundredth(factor: float, severities: list[str], tmp_path: Path):
    """D513: a clock that runs fast by so much integrates so much more; a tenth is an error."""
    record = _record(tmp_path, cycled(WHOLE))
    fast = record.frame.with_columns(pl.col("test_time_second", "step_time_second") * factor)

    reported = _reported(replace(record, frame=fast), "D513")

    assert [str(each.severity) for each in reported] == severities


@pytest.mark.parametrize(("minutes", "n_reported"), [(118, 0), (117, 1)])
def test_a_slowest_discharge_tells_the_capacity_up_to_half_a_c(
    minutes: int, n_reported: int, tmp_path: Path
):
    """D511 above 0.51C: 118 minutes are 0.508C, 117 are 0.513C."""
    record = _record(tmp_path, cycled([(minutes, 0.5)] * 3))

    assert len(_reported(record, "D511")) == n_reported
    assert _reported(record, "D511", nominal_capacity_mah=1000.0) == []


@pytest.mark.parametrize(("nominal_mah", "n_reported"), [(99_000.0, 0), (101_000.0, 1)])
def test_a_cell_gives_a_hundredth_of_its_declared_capacity(
    nominal_mah: float, n_reported: int, tmp_path: Path
):
    """D506: 1000 mAh are 1.01 % and 0.99 %."""
    record = _record(tmp_path, cycled(WHOLE))

    assert len(_reported(record, "D506", nominal_capacity_mah=nominal_mah)) == n_reported


@pytest.mark.parametrize(("current_a", "n_reported"), [(0.61, 0), (0.59, 1)])
def test_a_discharge_gives_a_hundredth_of_the_slowest(
    current_a: float, n_reported: int, tmp_path: Path
):
    """D506 of its cycle alone: a minute at so many amperes is 10.2 and 9.8 of 1000 mAh."""
    record = _record(tmp_path, cycled([*WHOLE, (1, current_a)]))

    reported = _reported(record, "D506")

    assert [each.row for each in reported] == [3] * n_reported


@pytest.mark.parametrize(("factor", "n_reported"), [(1.99, 0), (2.01, 1)])
def test_a_charge_takes_two_capacities_at_most(factor: float, n_reported: int, tmp_path: Path):
    """D507, beside the declared capacity or else the slowest discharge."""
    record = _record(tmp_path, _times(cycled(WHOLE), 6, factor))

    assert [each.row for each in _reported(record, "D507")] == [1] * n_reported
    assert _reported(record, "D507", nominal_capacity_mah=1100.0) == []


@pytest.mark.parametrize(
    ("settings", "n_reported"),
    [
        ({"nominal_capacity_mah": 1000.0 / 1.29}, 0),
        ({"nominal_capacity_mah": 1000.0 / 1.31}, 3),
        ({"max_capacity_mah_g": 201.0, "active_mass_mg": 5000.0}, 0),
        ({"max_capacity_mah_g": 199.0, "active_mass_mg": 5000.0}, 3),
    ],
)
def test_no_cell_has_much_more_than_its_declared_capacity(
    settings: dict[str, float], n_reported: int, tmp_path: Path
):
    """D508 from 1.3 of it on, or from what the material holds: 1000 mAh in 5 g are 200 mAh/g."""
    assert len(_reported(_record(tmp_path, cycled(WHOLE)), "D508", **settings)) == n_reported


@pytest.mark.parametrize(
    ("low_v", "high_v", "n_reported"),
    [(0.29, 2.19, 1), (0.31, 2.19, 0), (0.29, 2.21, 0), (0.01, 1.0, 1)],
)
def test_an_anode_against_lithium_is_seen_by_its_voltages(
    low_v: float, high_v: float, n_reported: int, tmp_path: Path
):
    """D502 up to 0.3 and 2.2 V, unless the protocol says so."""
    fraction = (high_v - low_v) / 1.2
    rows = [
        replace(row, voltage_v=low_v + fraction * (row.voltage_v - 3.0))
        for row in cycled(WHOLE).rows
    ]
    record = _record(tmp_path, Cycled(rows=rows))

    assert len(_reported(record, "D502")) == n_reported
    assert _reported(record, "D502", half_cell_anode=True) == []


@pytest.mark.parametrize(("away_v", "n_reported"), [(0.049, 0), (0.051, 1)])
@pytest.mark.parametrize(("line", "sign"), [(8, 1.0), (6, -1.0)])
def test_a_step_that_ends_fifty_millivolts_away_was_cut(
    away_v: float, n_reported: int, line: int, sign: float, tmp_path: Path
):
    """D505 of a discharge that ends above the others, and of a charge that ends below them."""
    rows = cycled(WHOLE).rows
    last = max(position for position, row in enumerate(rows) if row.line == line)
    rows[last] = replace(rows[last], voltage_v=rows[last].voltage_v + sign * away_v)

    reported = _reported(_record(tmp_path, Cycled(rows=rows)), "D505")

    assert [each.row for each in reported] == [1] * n_reported


@pytest.mark.parametrize(
    ("factor", "n_reported"),
    [(1.0 / 0.901, 0), (1.0 / 0.899, 1), (1.0 / 1.009, 0), (1.0 / 1.011, 1)],
)
def test_an_efficiency_lies_in_the_protocols_range(factor: float, n_reported: int, tmp_path: Path):
    """D510 of the second of two cycles at one rate, between 90 and 101 % as asked for."""
    record = _record(tmp_path, _times(cycled(WHOLE), 6, factor))

    assert [each.row for each in _reported(record, "D510", efficiency_range=(0.9, 1.01))] == [
        1
    ] * n_reported


@pytest.mark.parametrize(("late_s", "n_reported"), [(162.0, 0), (198.0, 1)])
def test_a_first_row_may_come_late_by_half_a_percent(
    late_s: float, n_reported: int, tmp_path: Path
):
    """D512 where no step time tells it: of ten hours at C/10 180 s are 0.5 %."""
    rows = [row for row in cycled([(600, 0.1)] * 2, rows_per_step=2001).rows if row.line == 8]
    before = [row for row in cycled([(600, 0.1)] * 2, rows_per_step=24).rows if row.line < 8]
    kept = [row for row in rows if row.step_time_s >= late_s]
    record = _record(tmp_path, Cycled(rows=[*before, *kept]))
    blind = replace(record, frame=record.frame.drop("step_time_second"))

    reported = [
        each for each in _reported(blind, "D512") if each.row == 1 and "discharge" in each.what
    ]

    assert len(reported) == n_reported
