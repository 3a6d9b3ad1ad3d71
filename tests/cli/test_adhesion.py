"""``electrodoe adhesion``: the table, the CSV, broken files among good ones, exit codes."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

FILES = Path(__file__).parents[1] / "files"
GERMAN = FILES / "testxpert" / "german_tab.csv"


def test_the_table_has_exactly_its_columns_and_a_row_per_curve(
    electrodoe: Callable, tmp_path: Path
):
    """Also where a file holds two curves; the file stands as it was named."""
    out = tmp_path / "strength.csv"

    answer = electrodoe("adhesion", GERMAN, FILES / "testxpert" / "english_below.csv", "--out", out)

    table = pl.read_csv(out)
    assert answer.code == 0
    assert table.columns == ["file", "adhesion_strength_kpa", "peak_force_n", "flags"]
    assert table["file"].to_list() == [str(GERMAN), *[str(GERMAN.parent / "english_below.csv")] * 2]
    assert table["adhesion_strength_kpa"][0] == pytest.approx(
        1000.0 * table["peak_force_n"][0] / 50.26
    )
    assert "other dwell" in table["flags"][0]


def test_a_broken_file_does_not_stop_the_others(electrodoe: Callable, tmp_path: Path):
    """The good ones are written, the bad one is reported in three lines, exit code 2."""
    (tmp_path / "broken.csv").write_text("time (s),force (N)\n0,x\n")
    (tmp_path / "sound.csv").write_bytes(GERMAN.read_bytes())
    out = tmp_path / "out" / "strength.csv"

    answer = electrodoe("adhesion", tmp_path, "--out", out)

    assert answer.code == 2
    assert pl.read_csv(out).height == 1
    assert answer.err.splitlines()[0].startswith("'x' where a number")
    assert "broken.csv, line 2" in answer.err
    assert len(answer.err.splitlines()) == 3


def test_another_area_makes_another_strength(electrodoe: Callable, tmp_path: Path):
    """Half of the area, twice the strength; and a finding, since the file states its own."""
    for area in ("50.26", "25.13"):
        electrodoe("adhesion", GERMAN, "--area-mm2", area, "--out", tmp_path / f"{area}.csv")

    whole, half = (
        pl.read_csv(tmp_path / f"{area}.csv")["adhesion_strength_kpa"][0]
        for area in ("50.26", "25.13")
    )
    assert half == pytest.approx(2.0 * whole)


def test_a_rejected_curve_turns_the_exit_code(electrodoe: Callable):
    """The sign is declared against the curve."""
    answer = electrodoe("adhesion", GERMAN, "--tension", "negative")

    assert answer.code == 1
    assert "rejected" in answer.out
    assert "D405" in answer.out


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        (("missing.csv",), "no such file"),
        (("nothing_*.csv",), "no file"),
        ((str(GERMAN), "--tension", "up"), "is no sign"),
    ],
)
def test_what_cannot_be_done_is_reported(
    electrodoe: Callable, arguments: tuple[str, ...], reported: str, tmp_path: Path
):
    """In three lines, exit code 2, and nothing is written."""
    answer = electrodoe("adhesion", *arguments, "--out", tmp_path / "a.csv")

    assert answer.code == 2
    assert reported in answer.err
    assert not (tmp_path / "a.csv").exists()


def test_a_pattern_that_no_shell_has_resolved_is_met(electrodoe: Callable, tmp_path: Path):
    """As on Windows."""
    answer = electrodoe("adhesion", GERMAN.parent / "german_*.csv", "--out", tmp_path / "a.csv")

    assert answer.code == 0
    assert pl.read_csv(tmp_path / "a.csv").height == 3


def test_a_curve_without_a_strength_has_empty_cells_and_its_reason(
    electrodoe: Callable, tmp_path: Path
):
    """A flat curve: the row stays, the numbers are missing."""
    (tmp_path / "flat.csv").write_text(
        "time (s),force (N)\n" + "".join(f"{n / 10},0.1\n" for n in range(40))
    )

    answer = electrodoe("adhesion", tmp_path / "flat.csv", "--out", tmp_path / "a.csv")

    row = pl.read_csv(tmp_path / "a.csv").row(0, named=True)
    assert answer.code == 1
    assert row["adhesion_strength_kpa"] is None
    assert row["flags"] == "no contact"
    assert "rejected: no contact" in answer.out
