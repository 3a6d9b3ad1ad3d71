"""Records of cyclers: every layout reads back exactly, faults are reported with their place."""

import io
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.cycling import PROGRAMMES, WRITERS, Cycled, battery_data, cycled

from electrodoe.errors import IngestError
from electrodoe.ingest import read_cycler_record

FILES = Path(__file__).parents[1] / "files" / "cyclers"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that examples of one property may share."""
    return tmp_path_factory.mktemp("cyclers")


@pytest.mark.parametrize("layout", WRITERS)
@given(programme=PROGRAMMES)
@settings(max_examples=10)
def test_every_layout_reads_back_what_was_written(
    layout: str, programme: list[tuple[int, float]], folder: Path
):
    """Time, voltage, current with its sign, programme line; no row and no column is lost."""
    record = cycled(programme)
    path = folder / "record.txt"
    path.write_bytes(WRITERS[layout](record))

    found = read_cycler_record(path)

    frame = found.frame
    for column, name in (
        ("test_time_second", "time_s"),
        ("voltage_volt", "voltage_v"),
        ("current_ampere", "current_a"),
        ("step_index", "line"),
        ("cycle_count", "cycle"),
        ("step_time_second", "step_time_s"),
    ):
        written = np.array([getattr(row, name) for row in record.rows])
        np.testing.assert_allclose(frame[column].to_numpy(), written, rtol=1e-12, atol=1e-8)
    text = path.read_bytes().decode("latin-1").splitlines()
    header = text[int(found.lines[0]) - 2].rstrip("\t")
    separator = max("\t;,", key=header.count)
    assert frame.width == header.count(separator) + 1
    assert len(found.lines) == len(record.rows)


@pytest.mark.parametrize(
    ("file", "format_name", "first_line"),
    [
        ("basytec.txt", "BaSyTec text", 6),
        ("basytec_hours_comma.txt", "BaSyTec text", 6),
        ("ec_lab.mpt", "EC-Lab text", 6),
        ("ec_lab_no_preamble.mpt", "EC-Lab text", 2),
        ("battery_data.csv", "Battery Data Format CSV", 2),
        ("battery_data_labels.csv", "Battery Data Format CSV", 2),
        ("arbin.csv", "Arbin CSV", 2),
        ("maccor.txt", "Maccor text", 6),
    ],
)
def test_a_sample_of_every_layout_is_known_by_its_content(
    file: str, format_name: str, first_line: int
):
    """The same cell in each: 0.5 A for two hours, 0.1 A for ten."""
    found = read_cycler_record(FILES / file)

    assert found.format == format_name
    assert found.lines.tolist() == list(range(first_line, first_line + 12))
    frame = found.frame
    assert frame["current_ampere"].to_list() == [0.0] * 3 + [0.5] * 3 + [0.0] * 3 + [-0.1] * 3
    np.testing.assert_allclose(frame["test_time_second"][[3, 5, 9, 11]], [600, 7800, 8400, 44400])


def test_all_columns_of_basytec_are_kept(tmp_path: Path):
    """Command and cycle count too, which other libraries drop."""
    path = tmp_path / "a.txt"
    path.write_bytes(WRITERS["basytec"](cycled([(60, 1.0)])))

    frame = read_cycler_record(path).frame

    assert set(frame["Command"]) == {"Pause", "Charge", "Discharge"}
    assert frame["cycle_count"].to_list() == [1.0] * frame.height
    assert {"DataSet", "T1[°C]", "State"} < set(frame.columns)


@pytest.mark.parametrize("labels", [False, True])
def test_parquet_of_the_battery_data_format_is_read(labels: bool, tmp_path: Path):
    """Under machine names and under labels."""
    record = cycled([(60, 1.0)])
    table = pl.read_csv(io.BytesIO(battery_data(record, labels=labels)))
    table.write_parquet(tmp_path / "a.bin")

    found = read_cycler_record(tmp_path / "a.bin")

    assert found.format == "Battery Data Format Parquet"
    assert found.frame["current_ampere"].to_list() == [row.current_a for row in record.rows]


@pytest.mark.parametrize(
    ("file", "format_name", "shape"),
    [
        ("pyprobe/sample_data_basytec.txt", "BaSyTec text", (74, 29)),
        ("pyprobe/Sample_data_biologic_CA1.txt", "EC-Lab text", (1397, 16)),
        ("pyprobe/Sample_data_biologic_no_header.mpt", "EC-Lab text", (13, 32)),
        ("pyprobe/sample_data_arbin.csv", "Arbin CSV", (13, 25)),
        ("cellpy/maccor_002.txt", "Maccor text", (7446, 28)),
        ("cellpy/20231115_rate_cc.cellpy", "cellpy file", (27450, 16)),
    ],
)
def test_real_files_are_read_whole(
    file: str, format_name: str, shape: tuple[int, int], shared_data: Path
):
    """Rows and columns as counted in the files by hand."""
    found = read_cycler_record(shared_data / "cycler-exports" / file)

    assert found.format == format_name
    assert found.frame.shape == shape


def test_a_real_clock_that_jumps_back_is_mended_and_reported(shared_data: Path):
    """Nineteen step starts at time zero; no row is lost, and the finding names the lines."""
    path = next((shared_data / "cycler-exports" / "bdf").glob("*.csv"))

    found = read_cycler_record(path)

    assert found.frame.height == 13_086
    assert [finding.code for finding in found.findings] == ["D220"]
    assert "19 rows" in found.findings[0].what
    assert "lines 724, 1467, 1649" in found.findings[0].where
    assert found.frame["test_time_second"].diff().drop_nulls().min() >= 0.0
    assert (found.frame["test_time_second as recorded"] == 0.0).sum() == 20


def _text(layout: str) -> str:
    """Return a small file of a layout as text."""
    return WRITERS[layout](cycled([(60, 1.0)])).decode("latin-1")


@pytest.mark.parametrize(
    ("layout", "broken", "what", "where"),
    [
        ("basytec", lambda s: s.replace("U[V]", "U[kV]"), "no column holds voltage_volt", "line 5"),
        ("basytec", lambda s: s.replace("~Time[s]", "~Times"), "known format", "a.txt"),
        ("basytec", lambda s: s[:-30], "cells where the header has 11", "line 101"),
        ("basytec", lambda s: s.replace("\t1.0\t", "\tx\t", 1), "'x' where a number", "line "),
        ("basytec", lambda s: s.replace("DataSet", "Line"), "'Line' names two columns", "line 5"),
        (
            "ec-lab",
            lambda s: s.replace("lines : 5", "lines : 4"),
            "no column names in line 4",
            "line 2",
        ),
        ("ec-lab", lambda s: s.replace("lines : 5", "lines : 999"), "in line 999", "line 2"),
        ("ec-lab", lambda s: s.replace("Nb header", "N header"), "does not say", "line 2"),
        ("ec-lab", lambda s: s.replace("I/mA", "Q/mA.h"), "known format", "a.txt"),
        ("arbin", lambda s: s.replace("(V)", "(kV)"), "no column holds voltage_volt", "line 1"),
        ("battery data", lambda s: s.replace("current_ampere", "x"), "current_ampere", "line 1"),
        ("battery data", lambda s: s.replace(",-1.0,", ",,", 1), "no number for", "line "),
        ("maccor", lambda s: s.replace("DPT Time", "Date"), "no unit, and no dates", "a.txt"),
        ("maccor", lambda s: s.replace("Current [A]", "I"), "current_ampere", "line 5"),
    ],
)
def test_a_fault_is_reported_with_its_place(
    layout: str, broken: Callable[[str], str], what: str, where: str, tmp_path: Path
):
    """What was met, and the line where a person sees it."""
    path = tmp_path / "a.txt"
    path.write_bytes(broken(_text(layout)).encode("latin-1"))

    with pytest.raises(IngestError) as caught:
        read_cycler_record(path)

    assert what in caught.value.what
    assert where in caught.value.where
    assert caught.value.fix


def test_a_current_of_the_other_sign_is_turned_and_reported(tmp_path: Path):
    """The cycler's own capacities say which rows are charges."""
    record = cycled([(60, 1.0)])
    turned = Cycled(rows=[replace(row, current_a=-row.current_a) for row in record.rows])
    path = tmp_path / "a.csv"
    path.write_bytes(WRITERS["arbin"](turned))

    found = read_cycler_record(path)

    assert [finding.code for finding in found.findings] == ["D221"]
    assert found.frame["current_ampere"].to_list() == [row.current_a for row in record.rows]


def test_a_voltage_in_millivolts_is_reported(tmp_path: Path):
    """No cell has 4200 V."""
    record = cycled([(60, 1.0)])
    lines = battery_data(record).decode().splitlines()
    cells = [line.split(",") for line in lines]
    body = [[row[0], str(float(row[1]) * 1e3), *row[2:]] for row in cells[1:]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in [cells[0], *body]) + "\n")

    assert [finding.code for finding in read_cycler_record(path).findings] == ["D222"]


@pytest.mark.parametrize(("voltage_v", "codes"), [(20.0, []), (20.1, ["D222"]), (-20.1, ["D222"])])
def test_no_single_cell_has_more_than_twenty_volts(
    voltage_v: float, codes: list[str], tmp_path: Path
):
    """D222, with the line of the largest one."""
    lines = battery_data(cycled([(60, 1.0)])).decode().splitlines()
    cells = lines[5].split(",")
    path = tmp_path / "a.csv"
    lines[5] = ",".join([cells[0], str(voltage_v), *cells[2:]])
    path.write_text("\n".join(lines) + "\n")

    found = read_cycler_record(path).findings

    assert [finding.code for finding in found] == codes
    assert all(finding.where == f"{path}, line 6" for finding in found)


def test_neware_without_its_library_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The extra's name is the fix."""
    monkeypatch.setitem(sys.modules, "fastnda", None)
    path = tmp_path / "a.nda"
    path.write_bytes(b"NEWARE" + b"\x00" * 100)

    with pytest.raises(IngestError, match="fastnda") as caught:
        read_cycler_record(path)

    assert "electrodoe[readers]" in caught.value.fix


@pytest.mark.parametrize(("start", "ending"), [(b"NEWARE", ".nda"), (b"PK\x03\x04 a.ndc", ".ndax")])
def test_neware_is_read_through_its_library(
    start: bytes, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Known by content; fastnda's table keeps all of its columns."""
    table = pl.DataFrame(
        {
            "record_index": [1, 2],
            "test_time_second": [0.0, 10.0],
            "voltage_volt": [3.0, 3.1],
            "current_ampere": [0.5, 0.5],
            "step_id": [1, 1],
            "step_type": pl.Series(["CC_Chg"] * 2, dtype=pl.Categorical),
        }
    )
    fake = ModuleType("fastnda")
    fake.read = lambda *_, **__: table  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fastnda", fake)
    path = tmp_path / f"a{ending}"
    path.write_bytes(start)

    frame = read_cycler_record(path).frame

    assert frame["step_index"].to_list() == [1.0, 1.0]
    assert frame["step_type"].to_list() == ["CC_Chg", "CC_Chg"]
    assert frame.width == 6


def test_neware_under_another_ending_is_reported_to_be_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Since fastnda looks at the ending."""
    monkeypatch.setitem(sys.modules, "fastnda", ModuleType("fastnda"))
    path = tmp_path / "a.dat"
    path.write_bytes(b"NEWARE")

    with pytest.raises(IngestError, match=r"does not end in \.nda") as caught:
        read_cycler_record(path)

    assert caught.value.fix == "rename it to a.nda"


@pytest.mark.parametrize("kept", [0, 60, 400])
def test_a_damaged_cellpy_file_is_refused(kept: int, tmp_path: Path):
    """Cut anywhere, or with rows in another unit."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("meta.json", '{"raw_units": {"current": "mA"}}')
        table = io.BytesIO()
        pl.DataFrame({"test_time": [0.0, 1.0]}).write_parquet(table)
        archive.writestr("raw.parquet", table.getvalue())
    path = tmp_path / "a.cellpy"
    path.write_bytes(whole.getvalue()[: kept or None])

    with pytest.raises(IngestError) as caught:
        read_cycler_record(path)

    assert str(path) in caught.value.where


@given(noise=st.binary(min_size=1, max_size=300))
@settings(max_examples=30)
def test_noise_is_refused(noise: bytes, folder: Path):
    """With what, where and fix, whatever the bytes are."""
    path = folder / "noise"
    path.write_bytes(noise)

    with pytest.raises(IngestError) as caught:
        read_cycler_record(path)

    assert str(path) in caught.value.where


def test_a_clock_of_the_step_tells_nothing_of_the_time_of_the_test(tmp_path: Path):
    """Minutes by the dates, beside a step time in hours, minutes and seconds."""
    lines = (FILES / "maccor.txt").read_bytes().decode("latin-1").splitlines()
    for number, line in enumerate(lines[5:], start=5):
        cells = line.split("\t")
        minutes = int(float(cells[4]))
        cells[4] = f"{minutes // 60:02}:{minutes % 60:02}:00"
        lines[number] = "\t".join(cells)
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join(lines).encode("latin-1") + b"\n")

    found, plain = read_cycler_record(path), read_cycler_record(FILES / "maccor.txt")

    assert [finding.code for finding in found.findings].count("D223") == 1
    for column in ("test_time_second", "step_time_second"):
        assert found.frame[column].to_list() == plain.frame[column].to_list()
