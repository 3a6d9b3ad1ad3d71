"""Real records: capacities by integration beside the numbers that stand in the files."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.ingest import read_cycler_record
from electrodoe.preprocess.cycling import condense_cycling, segment_steps, tabulate_cycles
from electrodoe.preprocess.cycling.integration import disagreement
from electrodoe.study import RateCapabilityProtocol


def _protocol(**settings: object) -> RateCapabilityProtocol:
    """Return a protocol; its files are not looked at."""
    return RateCapabilityProtocol.model_validate(
        {"instrument": "rate_capability", "files": ("*",), **settings}
    )


@pytest.fixture
def exports(shared_data: Path) -> Path:
    """Return the folder of cyclers' exports."""
    return shared_data / "cycler-exports"


def test_a_pouch_cell_gives_its_capacities_in_spite_of_its_clock(exports: Path):
    """7.280, 7.254, 7.238, 7.211 and 7.193 Ah at 0.1, 1, 2, 5 and 9 C, as published with it."""
    record = read_cycler_record(next((exports / "bdf").glob("*.csv")))

    table = tabulate_cycles([record], _protocol()).table

    assert table["c_rate"].to_list() == [0.1, 1.0, 2.0, 5.0, 9.0]
    in_ah = [f"{capacity / 1e3:.3f}" for capacity in table["discharge_capacity_mah"]]
    assert in_ah == ["7.280", "7.254", "7.238", "7.211", "7.193"]


def test_the_pouch_cells_columns_are_named_by_rate(exports: Path):
    """One cycle at each rate, so the last one is taken and flagged."""
    record = read_cycler_record(next((exports / "bdf").glob("*.csv")))

    found = condense_cycling([record], _protocol(nominal_capacity_mah=6550.0))

    row = found.table.row(0, named=True)
    assert row["discharge_capacity_c10_mah"] == pytest.approx(7280.0, abs=0.5)
    assert row["discharge_capacity_9c_mah"] == pytest.approx(7193.0, abs=0.5)
    assert row["accepted"]
    assert "clock jumps back" in row["flags"]
    assert "cycles: 1 at C/10" in row["flags"]


def test_a_rate_test_of_an_anode_agrees_with_its_cycler(exports: Path):
    """Within 0.25 % of Arbin's own counter, in each of 20 cycles at five rates."""
    record = read_cycler_record(exports / "cellpy" / "20231115_rate_cc.cellpy")

    found = tabulate_cycles([record], _protocol(half_cell_anode=True)).table

    counted = record.frame.group_by("cycle_count", maintain_order=True).agg(
        pl.col("charging_capacity_ah", "discharging_capacity_ah").max() * 1e3
    )
    np.testing.assert_allclose(
        found["discharge_capacity_mah"], counted["charging_capacity_ah"][:20], rtol=2.5e-3
    )
    np.testing.assert_allclose(
        found["charge_capacity_mah"], counted["discharging_capacity_ah"][:20], rtol=2.5e-3
    )
    thirds = [round(1.0 / rate, 6) for rate in found["c_rate"]]
    assert thirds == [10.0] * 3 + [3.0] * 5 + [2.0] * 3 + [1.0] * 3 + [0.5] * 3 + [10.0] * 3


def test_an_anode_is_recognized_by_its_voltages(exports: Path):
    """Without the protocol's word, what is called discharge is lithiation, and flagged."""
    record = read_cycler_record(exports / "cellpy" / "20231115_rate_cc.cellpy")

    found = condense_cycling([record], _protocol())
    reported = condense_cycling([record], _protocol(half_cell_anode=True, active_mass_mg=15.4071))

    assert "D502" in {finding.code for finding in found.findings}
    assert "D502" not in {finding.code for finding in reported.findings}
    row = reported.table.row(0, named=True)
    assert row["first_cycle_loss"] == pytest.approx(1.0 - 0.9451, abs=1e-3)
    assert row["discharge_capacity_c10_mah_g"] == pytest.approx(351.2, rel=1e-3)


@pytest.mark.parametrize(
    ("file", "tolerance"),
    [
        ("cellpy/maccor_002.txt", 2e-5),
        ("cellpy/20231115_rate_cc.cellpy", 2.5e-3),
        ("pyprobe/Sample_data_biologic_CA1.txt", 1e-6),
    ],
)
def test_integrated_steps_agree_with_the_cyclers_counter(
    file: str, tolerance: float, exports: Path
):
    """The largest difference of any step, between its first row and its last."""
    record = read_cycler_record(exports / file)

    found = disagreement(record, segment_steps(record)[0])

    assert found is not None
    assert found[0] < tolerance


def test_maccors_minutes_and_states_give_its_own_capacities(exports: Path):
    """2.2540 mAh in the last discharge, where the file counts 2.25395."""
    record = read_cycler_record(exports / "cellpy" / "maccor_002.txt")

    table = tabulate_cycles([record], _protocol()).table

    assert table["discharge_capacity_mah"][1] == pytest.approx(2.25395, rel=1e-4)
    assert {"D221", "D223"} == {finding.code for finding in record.findings}


def test_a_short_charge_of_basytec_and_arbin_agrees_with_the_file(exports: Path):
    """Within 0.05 % and 0.3 % of their own counters; a charge alone is no capacity."""
    basytec = read_cycler_record(exports / "pyprobe" / "sample_data_basytec.txt")
    arbin = read_cycler_record(exports / "pyprobe" / "sample_data_arbin.csv")

    of_basytec = segment_steps(basytec)[0]["charge_mah"].max()
    of_arbin = segment_steps(arbin)[0]["charge_mah"].max()

    assert of_basytec == pytest.approx(1.248916998, rel=5e-4)
    assert of_arbin == pytest.approx(0.400839 - 0.0201404, rel=3e-3)
    assert not condense_cycling([basytec], _protocol()).table["accepted"][0]
