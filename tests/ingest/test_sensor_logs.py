"""Logs of the coating line: text and Parquet, many files, clocks of every kind."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest.records import LogBatch, LogColumns
from electrodoe.ingest.registry import clock_seconds, read_sensor_log
from electrodoe.study.protocols import SensorLog

FILES = Path(__file__).parents[1] / "files" / "sensor_log"
GERMAN = SensorLog(
    time="Zeit", time_format="%d.%m.%Y %H:%M:%S,%3f", time_zone="Europe/Berlin", n_unit_rows=1
)
PLAIN = LogColumns(time="t", numbers=("v",))


def batches(path: Path, columns: LogColumns, layout: SensorLog, rows: int = 1000) -> list[LogBatch]:
    """Return a log's batches."""
    return list(read_sensor_log([path], columns, layout, rows))


def written(folder: Path, text: str, name: str = "log.csv") -> Path:
    """Return a text as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_german_log_is_read_with_its_dates_and_commas():
    """Preamble, units, code page, decimal commas; the first row stands in line 6."""
    columns = LogColumns(time="Zeit", numbers=("Geschw.", "Spalt li"), names=("Konfig.",))

    (batch,) = batches(FILES / "line_german.csv", columns, GERMAN)

    local = datetime(2026, 10, 25, 1, 59, 20, 500_000, tzinfo=ZoneInfo("Europe/Berlin"))
    assert batch.time_s[0] == pytest.approx(local.timestamp(), abs=1e-6)
    assert batch.rows.lines[0] == 6
    assert batch.numbers("Spalt li")[:3].tolist() == [180.0, 180.1, 180.2]
    assert batch.frame["Konfig."].to_list()[4:6] == ["", "7"]


def test_an_hour_that_comes_twice_is_refused_with_its_line(tmp_path: Path):
    """2:30 of the night in which summer time ends is two times."""
    path = written(tmp_path, "Zeit;v\n25.10.2026 01:30:00,000;1\n25.10.2026 02:30:00,000;1\n")
    layout = GERMAN.model_copy(update={"n_unit_rows": 0})

    with pytest.raises(IngestError, match="once in Europe/Berlin") as caught:
        batches(path, LogColumns(time="Zeit", numbers=("v",)), layout)

    assert ", line 3" in caught.value.where


@pytest.mark.parametrize(
    ("written_so", "zone"),
    [
        ("2026-07-01 08:00:00", "Europe/Berlin"),
        ("2026-07-01T08:00:00.000", "Europe/Berlin"),
        ("2026-07-01T06:00:00Z", None),
        ("2026-07-01T08:00:00+02:00", None),
    ],
)
def test_dates_of_iso_8601_need_no_format(tmp_path: Path, written_so: str, zone: str | None):
    """With their own zone, or that of the protocol."""
    path = written(tmp_path, f"t;v\n{written_so};1\n")

    (batch,) = batches(path, PLAIN, SensorLog(time="t", time_zone=zone))

    assert batch.time_s[0] == datetime(2026, 7, 1, 6, tzinfo=ZoneInfo("UTC")).timestamp()


@pytest.mark.parametrize(
    ("unit", "seconds"), [("s", 90.0), ("ms", 0.09), ("min", 5400.0), ("h", 324_000.0)]
)
def test_a_clock_of_numbers_has_a_unit(tmp_path: Path, unit: str, seconds: float):
    """Milliseconds to hours."""
    path = written(tmp_path, "t,v\n90,1\n91,1\n")

    (batch,) = batches(path, PLAIN, SensorLog(time="t", time_unit=unit))

    assert batch.time_s[0] == pytest.approx(seconds)


def test_a_clock_that_is_ahead_is_set_back(tmp_path: Path):
    """To the clock of the log that holds the speed."""
    path = written(tmp_path, "t,v\n90,1\n")

    (batch,) = batches(path, PLAIN, SensorLog(time="t", clock_ahead_s=37.5))

    assert batch.time_s[0] == 52.5


def test_dates_of_a_parquet_log_need_no_format(tmp_path: Path):
    """With a zone or without."""
    path = tmp_path / "log.parquet"
    start = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("UTC"))
    frame = pl.DataFrame({"t": [start], "v": [0.6]})
    frame.write_parquet(path)

    (batch,) = batches(path, PLAIN, SensorLog(time="t"))

    assert batch.time_s[0] == start.timestamp()


def test_integers_and_nulls_of_a_parquet_log_are_numbers(tmp_path: Path):
    """A missing reading is NaN, and rows are counted from 1."""
    path = tmp_path / "log.parquet"
    pl.DataFrame({"t": [1, 2, 3], "v": [1, None, 3], "other": ["a", "b", "c"]}).write_parquet(path)

    (batch,) = batches(path, PLAIN, SensorLog(time="t"))

    np.testing.assert_array_equal(batch.numbers("v"), [1.0, np.nan, 3.0])
    assert batch.rows.lines.tolist() == [1, 2, 3]
    assert batch.place(1).endswith("log.parquet, row 2")


def test_files_are_read_in_the_order_of_their_first_times(tmp_path: Path):
    """log_10 comes before log_9 by name, and after it by its clock."""
    for name, start in (("log_9.csv", 0), ("log_10.csv", 5)):
        written(tmp_path, "t,v\n" + "".join(f"{start + n},1\n" for n in range(5)), name)

    found = read_sensor_log(sorted(tmp_path.iterdir()), PLAIN, SensorLog(time="t"))

    assert np.concatenate([batch.time_s for batch in found]).tolist() == list(range(10))


@pytest.mark.parametrize("rows", [1, 2, 3, 1000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_an_editor_in_any_block(tmp_path: Path, rows: int, end: str):
    """Blank lines and repeated headers count."""
    lines = ["made by x", "", "t;v", *[f"{n};{n % 7},5" for n in range(60)]]
    lines.insert(30, "t;v")
    lines.insert(40, "")
    path = written(tmp_path, end.join(lines) + end)

    found = batches(path, PLAIN, SensorLog(time="t"), rows)

    for batch in found:
        for line, time_s, value in zip(
            batch.rows.lines, batch.time_s, batch.numbers("v"), strict=True
        ):
            assert lines[line - 1] == f"{time_s:.0f};{value:.1f}".replace(".", ",")
    assert sum(len(batch.rows.lines) for batch in found) == 60


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_every_encoding_gives_the_same_numbers_in_any_block(tmp_path: Path, encoding: str):
    """Marks at the start, letters of two bytes across the border of a block."""
    path = tmp_path / "log.csv"
    rows = "".join(f"{n},{n},µ°ä\n" for n in range(200))
    path.write_bytes(f"t,v,µ\n{rows}".encode(encoding))

    found = batches(path, PLAIN, SensorLog(time="t"), 1)

    assert np.concatenate([batch.numbers("v") for batch in found]).tolist() == list(range(200))


def test_a_byte_that_is_not_utf_8_behind_the_first_block_is_reported(tmp_path: Path):
    """What the first 64 kB say is kept to; the line is named."""
    path = tmp_path / "log.csv"
    path.write_bytes(b"t,v,w\n" + b"1,1,ok\n" * 20_000 + b"2,2,\xb5m\n")

    with pytest.raises(IngestError, match="0xb5 is not utf-8") as caught:
        batches(path, PLAIN, SensorLog(time="t"))

    assert caught.value.where.endswith("line 20002")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("t,w\n1,1\n", "no column 'v'"),
        ("t,v,v\n1,1,1\n", "'v' names two columns"),
        ("t,v\n", "no rows"),
        ("t,v\n1,1\n1,2,3\n", "3 cells where the header has 2"),
        ("t,v\n1,x\n", "'x' where a number"),
        ("", "the file is empty"),
    ],
)
def test_a_log_that_is_none_is_refused(tmp_path: Path, text: str, what: str):
    """With the file."""
    path = written(tmp_path, text)

    with pytest.raises(IngestError, match=what) as caught:
        batches(path, PLAIN, SensorLog(time="t"))

    assert str(path) in caught.value.where


def test_an_encoding_that_is_none_is_refused(tmp_path: Path):
    """Its name is misspelt."""
    with pytest.raises(IngestError, match="unknown encoding 'utf-9'"):
        batches(written(tmp_path, "t,v\n1,1\n"), PLAIN, SensorLog(time="t", encoding="utf-9"))


def test_a_time_that_a_person_writes_is_read_as_the_logs_own():
    """In the log's format and zone, or as its number."""
    local = datetime(2026, 7, 1, 8, tzinfo=ZoneInfo("Europe/Berlin"))

    assert clock_seconds("01.07.2026 08:00:00,000", GERMAN, "runs") == local.timestamp()
    assert clock_seconds(1.5, SensorLog(time_unit="min"), "runs") == 90.0
    assert clock_seconds("1.5", SensorLog(time_unit="min"), "runs") == 90.0
    with pytest.raises(IngestError, match="'8 o'clock' is not a time"):
        clock_seconds("8 o'clock", GERMAN, "runs")
