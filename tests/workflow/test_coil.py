"""A study's coil, from its folder to files."""

from pathlib import Path

import polars as pl
import pytest

from electrodoe.errors import IngestError, StudyError
from electrodoe.study import CoilProtocol, Measurements
from electrodoe.workflow.condensing.coil import beside_segments, coil_of, condense_coil_logs
from strategies.made_up_coil import RUNS, SENSORS, declared, made_up_coil


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study's folder with the coil in two files, runs and thickness samples."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "raw").mkdir()
    frame = made_up_coil(2.0).frame
    frame[:700].write_csv(folder / "raw" / "part_b.csv")
    frame[700:].write_csv(folder / "raw" / "part_a.csv")
    rows = [f"0{run},{start},{end}" for run, (start, end) in RUNS.items()]
    (folder / "runs.csv").write_text("\n".join(["run,start_m,end_m", *rows]) + "\n")
    (folder / "thickness.csv").write_text("position_m,coating_thickness_um\n2.1,80\n7.3,101\n")
    return folder


def protocol(**changes: object) -> CoilProtocol:
    """Return the made-up line's protocol, its runs and thickness in tables."""
    tables = {"runs": (), "runs_table": "runs.csv", "thickness_table": "thickness.csv"}
    return CoilProtocol.model_validate(declared(**{**tables, **changes}))


def test_tables_and_files_in_any_order_make_one_coil(folder: Path):
    """The later half is called part_a: times decide, not names; run 01 of the table is run 1."""
    coil = coil_of(protocol(), folder, "line")

    assert coil.runs["run"].to_list() == list(RUNS)
    assert coil.runs["coating_thickness_um"].to_list() == [80.0, 101.0, None]
    assert not any(one.severity == "error" for one in coil.condensed.findings)


def test_a_coil_is_written_as_tables_and_pictures(folder: Path):
    """Segments as samples; beside them runs, lags, the map and the lags' picture."""
    line = condense_coil_logs(folder, "line", protocol(), Measurements(), is_simulated=False)

    segments = coil_of(protocol(), folder, "line").condensed.table
    assert line.condensed.table["sample"].to_list() == segments["web_segment"].cast(str).to_list()
    assert {"line_runs.csv", "line_lags.csv"} < set(line.pictures)
    assert {"line_coil_map.svg", "line_sensor_lags.svg"} < set(line.pictures)
    assert pl.read_csv(line.pictures["line_runs.csv"]).height == len(RUNS)


def test_a_pattern_that_nothing_fits_is_reported(folder: Path):
    """With the pattern and the folder."""
    with pytest.raises(IngestError, match=r"no file matches 'raw/\*.parquet'") as caught:
        coil_of(protocol(files=("raw/*.parquet",)), folder, "line")

    assert str(folder) in caught.value.where


def test_a_run_that_ends_before_it_starts_is_reported_with_its_line(folder: Path):
    """Of the table of runs."""
    (folder / "wrong.csv").write_text("run,start_m,end_m\n1,0,2\n2,5,3\n")

    with pytest.raises(StudyError, match="before it starts") as caught:
        coil_of(protocol(runs_table="wrong.csv"), folder, "line")

    assert caught.value.where.endswith("wrong.csv, line 3")


def test_runs_that_hold_the_same_web_are_refused(folder: Path):
    """Each place of the web was made once."""
    (folder / "both.csv").write_text("run,start_m,end_m\n1,0,4\n2,3,6\n")

    with pytest.raises(StudyError, match="run '1' ends at 4"):
        coil_of(protocol(runs_table="both.csv"), folder, "line")


def test_one_sensor_alone_has_no_lags(folder: Path):
    """Nothing to compare it with; the map is drawn all the same."""
    declared_so = protocol(sensors=SENSORS[:1], thickness_table=None)

    products = beside_segments(coil_of(declared_so, folder, "line"), declared_so, "line")

    assert "line_lags.csv" not in products
    assert "line_coil_map.svg" in products
