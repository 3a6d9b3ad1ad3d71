"""Capacities and rates of simulated programmes, read from every layout."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from tests.strategies.cycling import PROGRAMMES, WRITERS, Cycled, cycled

from electrodoe.ingest import CyclerRecord, read_cycler_record
from electrodoe.preprocess.cycling import condense_cycling, segment_steps, tabulate_cycles
from electrodoe.preprocess.cycling.c_rates import USUAL_RATES, rate_token, usual_rate
from electrodoe.quantities.labels import label_of
from electrodoe.study import RateCapabilityProtocol

RATE_TEST = [(600, 0.1)] * 3 + [(58, 1.0)] * 3 + [(10, 5.0)] * 3
"""C/10, 1C and 5C of a cell of 1 Ah, three times each."""


def protocol(**given_settings: object) -> RateCapabilityProtocol:
    """Return a protocol; its files are not looked at."""
    return RateCapabilityProtocol.model_validate(
        {"instrument": "rate_capability", "files": ("*",), **given_settings}
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that examples of one property may share."""
    return tmp_path_factory.mktemp("cycling")


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., CyclerRecord]:
    """Return a function that writes a cycled cell in a layout and reads it."""

    def write_and_read(record: Cycled, layout: str = "arbin", name: str = "cell") -> CyclerRecord:
        path = tmp_path / f"{name}.txt"
        path.write_bytes(WRITERS[layout](record))
        return read_cycler_record(path)

    return write_and_read


@pytest.mark.parametrize("layout", WRITERS)
@given(programme=PROGRAMMES)
@settings(max_examples=8)
def test_capacities_are_current_times_time(
    layout: str, programme: list[tuple[int, float]], folder: Path
):
    """Exact from every layout: constant currents leave nothing to the rule of integration."""
    record = cycled(programme)
    path = folder / "record.txt"
    path.write_bytes(WRITERS[layout](record))

    table = tabulate_cycles([read_cycler_record(path)], protocol()).table

    np.testing.assert_allclose(table["discharge_capacity_mah"], record.discharge_mah, rtol=1e-9)
    np.testing.assert_allclose(table["charge_capacity_mah"], record.charge_mah, rtol=1e-9)


def test_rates_get_columns_like_the_examples_responses(read: Callable):
    """C/10, 1C and 5C, in mAh and mAh/g, by the second cycle at each rate."""
    record = read(cycled(RATE_TEST))
    samples = pl.DataFrame({"file": [str(record.path)], "active_mass_mg": [5000.0]})

    row = condense_cycling([record], protocol(), samples).table.row(0, named=True)

    assert row["discharge_capacity_c10_mah"] == pytest.approx(1000.0)
    assert row["discharge_capacity_1c_mah"] == pytest.approx(58.0 / 0.06)
    assert row["discharge_capacity_5c_mah"] == pytest.approx(10.0 * 5.0 / 0.06)
    assert row["discharge_capacity_c10_mah_g"] == pytest.approx(200.0)
    assert row["accepted"]
    assert row["flags"] == ""
    assert row["lines"] == "2-865"


@pytest.mark.parametrize(("cycle", "expected"), [(1, 600.0), (2, 610.0), (3, 620.0)])
def test_the_cycle_that_counts_is_a_setting(read: Callable, cycle: int, expected: float):
    """The second one is only the default."""
    record = read(cycled([(600, 0.100), (610, 0.100), (620, 0.100), (50, 1.0)]))

    found = condense_cycling([record], protocol(cycle_at_rate=cycle, nominal_capacity_mah=1000.0))

    assert found.table["discharge_capacity_c10_mah"][0] == pytest.approx(expected * 0.1 / 0.06)


def test_formation_is_recognized_by_the_programme(read: Callable):
    """Slow cycles from another line before the rate test's own slow cycles are no part of it."""
    record = read(cycled([(650, 0.1)] * 2 + RATE_TEST))
    same_lines = record.frame.with_columns(
        step_index=pl.when(pl.col("cycle_count") <= 2)
        .then(pl.col("step_index") % 4)
        .otherwise(pl.col("step_index") % 4 + 4 * pl.col("cycle_count").floordiv(3))
    )
    record = CyclerRecord(
        path=record.path, format=record.format, frame=same_lines, lines=record.lines
    )

    row = condense_cycling([record], protocol()).table.row(0, named=True)
    cycles = tabulate_cycles([record], protocol()).table

    assert row["n_formation_cycles"] == 2
    assert row["discharge_capacity_c10_mah"] == pytest.approx(1000.0)
    assert cycles["is_formation"].to_list() == [True] * 2 + [False] * 9


def test_formation_can_be_declared(read: Callable):
    """The protocol's word is above what the programme seems to say."""
    record = read(cycled(RATE_TEST))

    row = condense_cycling([record], protocol(formation_cycles=3)).table.row(0, named=True)

    assert row["n_formation_cycles"] == 3
    assert "discharge_capacity_c10_mah" not in row
    assert row["discharge_capacity_1c_mah"] == pytest.approx(58.0 / 0.06)


def test_an_anode_charges_by_lithiation(read: Callable):
    """With the protocol's word, charge and discharge change places."""
    record = read(cycled(RATE_TEST))

    plain = tabulate_cycles([record], protocol()).table
    turned = tabulate_cycles([record], protocol(half_cell_anode=True)).table

    assert turned["charge_capacity_mah"][1] == plain["discharge_capacity_mah"][0]
    assert turned["discharge_capacity_mah"][0] == plain["charge_capacity_mah"][0]


def test_steps_end_with_programme_lines_and_never_by_sign_alone(read: Callable):
    """Four steps a cycle; a pulse of the other sign within a step parts nothing."""
    record = read(cycled(RATE_TEST))
    current = record.frame["current_ampere"].to_numpy().copy()
    within = 24 * 3 + 12
    current[within] = -current[within]
    pulsed = CyclerRecord(
        path=record.path,
        format=record.format,
        frame=record.frame.with_columns(current_ampere=current),
        lines=record.lines,
    )

    steps, findings = segment_steps(pulsed)

    assert steps.height == 4 * len(RATE_TEST)
    assert findings == ()


def test_without_a_programme_the_current_tells_the_steps(read: Callable):
    """Same capacities, and a finding."""
    record = read(cycled(RATE_TEST))
    bare = CyclerRecord(
        path=record.path,
        format=record.format,
        frame=record.frame.drop("step_index", "step_time_second", "cycle_count"),
        lines=record.lines,
    )

    found = tabulate_cycles([bare], protocol())

    assert "D501" in {finding.code for finding in found.findings}
    np.testing.assert_allclose(
        found.table["discharge_capacity_mah"], cycled(RATE_TEST).discharge_mah, rtol=1e-9
    )


@pytest.mark.parametrize("rate", USUAL_RATES)
def test_a_rates_column_reads_as_the_rate(rate: float):
    """``c10`` is C/10 and ``5c`` is 5C, on every axis."""
    label = label_of(f"discharge_capacity_{rate_token(rate)}_mah")

    expected = f"{rate:.0f}C" if rate >= 1 else f"C/{1 / rate:.0f}"
    assert label == f"Discharge capacity {expected}"
    assert usual_rate(rate * 1.01) == rate


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"nominal_capacity_mah": 1.0, "nominal_capacity_mah_g": 1.0}, "keep one"),
        ({"efficiency_range": (1.1, 0.9)}, "smaller value first"),
        ({"cycle_at_rate": 0}, "greater than or equal to 1"),
    ],
)
def test_a_protocol_that_contradicts_itself_is_refused(wrong: dict[str, object], message: str):
    """Before any file is read."""
    with pytest.raises(ValidationError, match=message):
        protocol(**wrong)


def test_no_records_give_no_rows():
    """And no error."""
    assert condense_cycling([], protocol()).table.is_empty()
    assert tabulate_cycles([], protocol()).table.is_empty()
