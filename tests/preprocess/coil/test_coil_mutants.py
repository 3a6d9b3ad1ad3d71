"""A coil's log, broken in many ways: refused with its place, found, or still right."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import IngestError
from electrodoe.preprocess.coil import CondensedCoil, coil_logs, read_coil
from electrodoe.study import CoilProtocol
from strategies.made_up_coil import made_up_coil, sensor

HEADERS = ["time_s", "speed_m_min", "Spalt links [µm]", "dry_g_m2", "note"]
FRAME = (
    made_up_coil(2.0, until_s=380.0, seed=3)
    .frame.select("time_s", "speed_m_min", "gap_left", "dry_g_m2")
    .with_columns(pl.all().round(4), note=pl.lit("ok"))
)
PROTOCOL = CoilProtocol.model_validate(
    {
        "instrument": "coil",
        "files": ("line.csv",),
        "segment_m": 0.25,
        "runs": [
            {"run": "1", "start_m": 0.5, "end_m": 1.5},
            {"run": "2", "start_m": 1.5, "end_m": 3.5},
        ],
        "sensors": [
            sensor("coating_gap", HEADERS[2], "um"),
            sensor("mass_loading", HEADERS[3], "mg_cm2", factor=0.1, film="dry", distance_m=0.25),
        ],
    }
)
VALUES = ["coating_gap_um", "dry_mass_loading_mg_cm2", "web_speed_m_min"]
Rows = list[list[str]]
SAME, REPORTED, ALL = "same", "reported", None
"""What a mutant has to be: the same coil, not silent, or either of the two."""

ROWS: Rows = [HEADERS, *[[str(cell) for cell in row] for row in FRAME.rows()]]


def text(rows: Rows, separator: str = ",", end: str = "\n") -> str:
    """Return rows as text."""
    return end.join(separator.join(row) for row in rows) + end


def condensed(folder: Path, content: bytes) -> CondensedCoil:
    """Return what is made of a log with these bytes."""
    path = folder / "line.csv"
    path.write_bytes(content)
    return read_coil(coil_logs([path], PROTOCOL), PROTOCOL)


def attempted(folder: Path, content: bytes) -> CondensedCoil | IngestError:
    """Return what is made of a log with these bytes, or why nothing is."""
    try:
        return condensed(folder, content)
    except IngestError as error:
        return error


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> CondensedCoil:
    """Return the coil of the log as it was written."""
    return condensed(tmp_path_factory.mktemp("sound"), text(ROWS).encode())


def with_cell(row: int, column: int, content: str) -> bytes:
    """Return the log with one cell replaced."""
    rows = [list(cells) for cells in ROWS]
    rows[row][column] = content
    return text(rows).encode()


def with_header(column: int, name: str) -> bytes:
    """Return the log with one header replaced."""
    return with_cell(0, column, name)


def scaled(column: int, factor: float) -> bytes:
    """Return the log with a column in another unit, its header unchanged."""
    rows = [ROWS[0]] + [
        [f"{float(cell) * factor:.6f}" if n == column else cell for n, cell in enumerate(row)]
        for row in ROWS[1:]
    ]
    return text(rows).encode()


def without(row: list[str], column: int) -> list[str]:
    """Return a row without one cell."""
    return row[:column] + row[column + 1 :]


MUTANTS: dict[str, tuple[bytes, str | None]] = {
    "UTF-8 with mark": (text(ROWS).encode("utf-8-sig"), SAME),
    "UTF-16": (text(ROWS).encode("utf-16"), SAME),
    "UTF-16, other bytes first": (b"\xfe\xff" + text(ROWS).encode("utf-16-be"), SAME),
    "Latin-1": (text(ROWS).encode("latin-1"), SAME),
    "Windows line ends": (text(ROWS, end="\r\n").encode(), SAME),
    "old Macintosh line ends": (text(ROWS, end="\r").encode(), SAME),
    "semicolons": (text(ROWS, ";").encode(), SAME),
    "tabs": (text(ROWS, "\t").encode(), SAME),
    "bars": (text(ROWS, "|").encode(), SAME),
    "decimal commas": (text(ROWS, ";").replace(".", ",").encode(), SAME),
    "decimal commas, tabs": (text(ROWS, "\t").replace(".", ",").encode(), SAME),
    "commas both ways": (text(ROWS).replace(".", ",").encode(), REPORTED),
    "one decimal comma": (with_cell(50, 2, "149,2"), REPORTED),
    "one decimal comma among points": (
        text(ROWS, ";").replace(ROWS[90][2], ROWS[90][2].replace(".", ","), 1).encode(),
        REPORTED,
    ),
    "one decimal point among commas": (
        text(ROWS, ";")
        .replace(".", ",")
        .replace(ROWS[90][2].replace(".", ","), ROWS[90][2], 1)
        .encode(),
        REPORTED,
    ),
    "columns moved": (text([row[::-1] for row in ROWS]).encode(), SAME),
    "values moved under their headers": (
        text([ROWS[0], *[[row[1], row[0], *row[2:]] for row in ROWS[1:]]]).encode(),
        REPORTED,
    ),
    "a further column": (text([[*row, "7"] for row in ROWS]).encode(), SAME),
    "a column twice": (text([[*row, row[2]] for row in ROWS]).encode(), REPORTED),
    "a foreign column twice": (text([[*row, row[4]] for row in ROWS]).encode(), SAME),
    "no time": (text([without(row, 0) for row in ROWS]).encode(), REPORTED),
    "no speed": (text([without(row, 1) for row in ROWS]).encode(), REPORTED),
    "no gap": (text([without(row, 2) for row in ROWS]).encode(), REPORTED),
    "no dry loading": (text([without(row, 3) for row in ROWS]).encode(), REPORTED),
    "time in ms": (with_header(0, "time_ms"), REPORTED),
    "speed in m/s": (with_header(1, "speed_m_s"), REPORTED),
    "gap in mm": (with_header(2, "Spalt links [mm]"), REPORTED),
    "dry loading misspelt": (with_header(3, "dry_g_m"), REPORTED),
    "silently ms": (scaled(0, 1000.0), REPORTED),
    "silently hours": (scaled(0, 1 / 3600.0), REPORTED),
    "silently m/s": (scaled(1, 1 / 60.0), REPORTED),
    "silently mm/min": (scaled(1, 1000.0), REPORTED),
    "no header": (text(ROWS[1:]).encode(), REPORTED),
    "header only": (text(ROWS[:1]).encode(), REPORTED),
    "nothing": (b"", REPORTED),
    "blank lines only": (b"\n\n\n", REPORTED),
    "header repeated": (text([*ROWS[:70], ROWS[0], *ROWS[70:]]).encode(), SAME),
    "another header below": (
        text([*ROWS[:70], ["t", "v", "a", "b", "c"], *ROWS[70:]]).encode(),
        REPORTED,
    ),
    "a preamble": (("Line 3\nmade by: x\n\n" + text(ROWS)).encode(), SAME),
    "blank lines among rows": (text(ROWS).replace("\n1", "\n\n1").encode(), SAME),
    "separators at line ends": (text([[*row, ""] for row in ROWS]).encode(), SAME),
    "quotation marks": (text([[f'"{cell}"' for cell in row] for row in ROWS]).encode(), SAME),
    "blanks around cells": (text([[f" {cell} " for cell in row] for row in ROWS]).encode(), SAME),
    "a cell too many": (text([*ROWS[:70], [*ROWS[70], "1"], *ROWS[71:]]).encode(), REPORTED),
    "a cell too few": (text([*ROWS[:70], ROWS[70][:-1], *ROWS[71:]]).encode(), REPORTED),
    "a NUL": (text(ROWS).encode().replace(b"ok", b"o\x00", 1), REPORTED),
    "a row twice": (text([*ROWS[:70], ROWS[69], *ROWS[70:]]).encode(), REPORTED),
    "two rows swapped": (text([*ROWS[:70], ROWS[71], ROWS[70], *ROWS[72:]]).encode(), REPORTED),
    "rows in reverse": (text([ROWS[0], *ROWS[:0:-1]]).encode(), REPORTED),
    "a block twice": (text([*ROWS[:90], *ROWS[40:]]).encode(), REPORTED),
    "a block gone": (text([*ROWS[:70], *ROWS[110:]]).encode(), REPORTED),
    "clock set back an hour": (
        text([*ROWS[:70], *[[str(float(row[0]) - 3600), *row[1:]] for row in ROWS[70:]]]).encode(),
        REPORTED,
    ),
    "not a log": (b"PAR1 not at all", REPORTED),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", REPORTED),
    **{
        f"{content or 'nothing'} as {HEADERS[column]}": (with_cell(70, column, content), expected)
        for column in range(4)
        for content, expected in [
            ("", ALL),
            ("NaN", ALL),
            ("-", ALL),
            ("inf", REPORTED),
            ("abc", REPORTED),
            ("1.2.3", REPORTED),
            ("12 %", REPORTED),
        ]
    },
}


@pytest.mark.parametrize("name", list(MUTANTS))
def test_a_mutant_is_right_or_reported(tmp_path: Path, sound: CondensedCoil, name: str):
    """The same values, an error with its place, or a finding that the sound log does not have."""
    content, expected = MUTANTS[name]
    found = attempted(tmp_path, content)
    if isinstance(found, IngestError):
        assert expected is not SAME
        assert "line.csv" in found.where
        return

    is_reported = {one.what for one in found.condensed.findings} - {
        one.what for one in sound.condensed.findings
    }
    if expected is SAME:
        assert not is_reported
        assert_same(found, sound)
    elif expected is REPORTED:
        assert is_reported
    elif not is_reported:
        assert_but_one_reading(found, sound)


def assert_same(found: CondensedCoil, sound: CondensedCoil) -> None:
    """Compare all values of two coils."""
    for value in VALUES:
        np.testing.assert_allclose(
            found.condensed.table[value], sound.condensed.table[value], rtol=1e-9
        )


def assert_but_one_reading(found: CondensedCoil, sound: CondensedCoil) -> None:
    """Compare two coils of which one lacks a reading: its segment moves, no other."""
    for value in VALUES:
        here, there = (one.condensed.table[value].to_numpy() for one in (found, sound))
        is_moved = ~np.isclose(here, there, rtol=1e-9, equal_nan=True)
        assert is_moved.sum() <= 2
        np.testing.assert_allclose(here, there, rtol=0.02)


@pytest.mark.parametrize("seed", range(25))
def test_a_log_cut_anywhere_is_right_up_to_there(tmp_path: Path, sound: CondensedCoil, seed: int):
    """Whole segments keep their values; a last row that may have lost digits is reported."""
    content = text(ROWS).encode()
    cut = Random(seed).randrange(3000, len(content))
    found = attempted(tmp_path, content[:cut])
    if isinstance(found, IngestError):
        assert ", line " in found.where
        return

    codes = {one.code for one in found.condensed.findings}
    assert content[cut - 1 : cut] == b"\n" or "D201" in codes
    n = int((found.length_m - 0.6) / 0.25)
    for value in VALUES:
        np.testing.assert_allclose(
            found.condensed.table[value][:n], sound.condensed.table[value][:n], rtol=1e-9
        )


@pytest.mark.parametrize("seed", range(20))
def test_a_foreign_byte_is_reported_or_does_not_matter(
    tmp_path: Path, sound: CondensedCoil, seed: int
):
    """One byte that is not of the encoding, anywhere in the log."""
    rng = Random(seed)
    content = bytearray(text(ROWS).encode())
    content[rng.randrange(200, len(content))] = rng.randrange(128, 256)
    found = attempted(tmp_path, bytes(content))
    if isinstance(found, IngestError):
        assert "line" in found.where
        return

    assert_same(found, sound)


def _line_of(error: IngestError) -> int:
    """Return the line that an error names."""
    return int(error.where.split(", line ")[1].split(",")[0])


@pytest.mark.parametrize("column", range(4))
@pytest.mark.parametrize("row", [1, 57, 190])
def test_the_line_of_a_bad_cell_is_the_files_own(tmp_path: Path, row: int, column: int):
    """Whatever block it falls into."""
    path = tmp_path / "line.csv"
    path.write_bytes(with_cell(row, column, "abc"))

    for batch_rows in (5, 1000):
        with pytest.raises(IngestError) as caught:
            read_coil(coil_logs([path], PROTOCOL, batch_rows=batch_rows), PROTOCOL)
        assert _line_of(caught.value) == row + 1


Damage = Callable[[pl.DataFrame], pl.DataFrame]


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda frame: frame.drop("speed_m_min"), "no column 'speed_m_min'"),
        (lambda frame: frame.with_columns(speed_m_min=pl.lit("fast")), "holds String"),
        (lambda frame: frame.with_columns(speed_m_min=pl.lit(np.inf)), "infinite"),
        (lambda frame: frame.with_columns(speed_m_min=pl.lit(0.0)), "never moves"),
        (lambda frame: frame.with_columns(time_s=pl.lit(True)), "the clock holds Boolean"),
        (lambda frame: frame.reverse(), "jumps back"),
        (lambda frame: frame.clear(), "no rows"),
    ],
)
def test_a_damaged_parquet_log_is_refused(tmp_path: Path, damage: Damage, what: str):
    """With its file."""
    path = tmp_path / "line.parquet"
    damage(FRAME.rename({"gap_left": HEADERS[2]})).write_parquet(path)

    with pytest.raises(IngestError, match=what) as caught:
        read_coil(coil_logs([path], PROTOCOL), PROTOCOL)

    assert str(path) in caught.value.where


def test_a_parquet_log_cut_short_is_refused(tmp_path: Path):
    """Its end, where the columns are described, is gone."""
    path = tmp_path / "line.parquet"
    FRAME.rename({"gap_left": HEADERS[2]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(IngestError, match="damaged Parquet") as caught:
        read_coil(coil_logs([path], PROTOCOL), PROTOCOL)

    assert str(path) in caught.value.where
