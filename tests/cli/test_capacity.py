"""``electrodoe capacity``: a CSV with one row per cycle, and what is odd in words."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.strategies.cycling import WRITERS, cycled

COLUMNS = ["file", "cycle", "c_rate", "discharge_capacity_mah", "charge_capacity_mah", "flags"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder with two records of 0.1 and 1 Ah per hour."""
    folder = tmp_path / "raw"
    folder.mkdir()
    record = cycled([(600, 0.1), (600, 0.1), (60, 0.95), (60, 0.95)])
    for name in ("basytec", "arbin"):
        (folder / f"{name}.txt").write_bytes(WRITERS[name](record))
    return folder


def test_every_cycle_of_every_file_has_its_row(electrodoe: Callable, files: Path):
    """The columns are those of the issue, in order."""
    out = files.parent / "cycles.csv"

    answer = electrodoe("capacity", files, "--out", out)

    table = pl.read_csv(out)
    assert answer.code == 0
    assert table.columns == COLUMNS
    assert table["cycle"].to_list() == [1, 2, 3, 4] * 2
    assert table["c_rate"].to_list() == [0.1, 0.1, 1.0, 1.0] * 2
    assert table["discharge_capacity_mah"][:4].to_list() == [1000.0, 1000.0, 950.0, 950.0]
    assert "C/10" in answer.out
    assert str(out) in answer.out


def test_a_bad_file_among_good_ones_is_reported_and_the_good_ones_are_done(
    electrodoe: Callable, files: Path
):
    """Three lines and exit code 2."""
    (files / "notes.txt").write_text("nothing to read\n")
    out = files.parent / "cycles.csv"

    answer = electrodoe("capacity", files, "--out", out)

    assert answer.code == 2
    assert answer.err.startswith("not a cycler record in a known format\n  where: ")
    assert pl.read_csv(out).height == 8


def test_the_nominal_capacity_names_the_rates(electrodoe: Callable, files: Path):
    """With half of it, every rate is twice as high."""
    out = files.parent / "cycles.csv"

    electrodoe("capacity", files / "arbin.txt", "--out", out, "--nominal-capacity-mah", "500")

    assert pl.read_csv(out)["c_rate"].to_list() == [0.2, 0.2, 2.0, 2.0]


def test_an_impossible_setting_is_reported(electrodoe: Callable, files: Path):
    """With its option."""
    answer = electrodoe("capacity", files, "--nominal-capacity-mah", "-1")

    assert answer.code == 2
    assert "option --nominal-capacity-mah" in answer.err


def test_nothing_is_written_where_no_file_can_be_read(electrodoe: Callable, tmp_path: Path):
    """A missing file is an error."""
    answer = electrodoe("capacity", tmp_path / "none.txt", "--out", tmp_path / "out.csv")

    assert answer.code == 2
    assert "no such file" in answer.err
    assert not (tmp_path / "out.csv").exists()


def test_a_pattern_stands_for_its_files(electrodoe: Callable, files: Path):
    """Also where the shell does not fill it in; one without files is an error."""
    out = files.parent / "cycles.csv"

    found = electrodoe("capacity", files / "a*.txt", "--out", out)
    none = electrodoe("capacity", files / "z*.txt")

    assert found.code == 0
    assert pl.read_csv(out).height == 4
    assert none.code == 2
    assert none.err.startswith("no file\n  where: ")


def test_help_says_what_is_read_and_written(electrodoe: Callable):
    """Formats, columns, exit code."""
    answer = " ".join(electrodoe("capacity", "--help").out.split())

    assert "BaSyTec, BioLogic, Arbin, Maccor, Neware" in answer
    assert "exit code is 2" in answer
