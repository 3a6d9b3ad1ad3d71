"""A table of sheets, broken in many ways: refused with a place, the same values, or a flag."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import read_table
from electrodoe.preprocess.sheets import SheetMaterial, condense_sheets
from electrodoe.study import SheetsProtocol

ANODES = Path(__file__).parents[2] / "files" / "sheets" / "anodes.csv"
PROTOCOL = SheetsProtocol(
    instrument="sheets", files=("*",), foil_mass_loading_mg_cm2=8.96, foil_thickness_um=10.0
)
MATERIAL = SheetMaterial(theoretical_density_g_cm3=2.158, active_mass_fraction=0.94)
VALUES = ("coating_mass_loading_mg_cm2", "coating_thickness_um", "porosity", "compaction_rate")
Cells = list[list[str]]
MEASURED = range(2, 8)
"""Columns that hold numbers."""


def _written(cells: Cells, mark: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator="\n").writerows(cells)
    return text.getvalue().encode()


def _header(old: str, new: str) -> Callable[[Cells, Random], bytes]:
    """Return a mutant whose header claims another unit."""

    def mutant(cells: Cells, rng: Random) -> bytes:
        cells[0] = [name.replace(old, new) for name in cells[0]]
        return _written(cells)

    return mutant


def _cell(content: str) -> Callable[[Cells, Random], bytes]:
    def mutant(cells: Cells, rng: Random) -> bytes:
        cells[rng.randrange(1, len(cells))][rng.choice(MEASURED)] = content
        return _written(cells)

    return mutant


def _swapped(cells: Cells, rng: Random) -> bytes:
    first, second = rng.sample([2, 3, 4, 7], 2)
    for row in cells[1:]:
        row[first], row[second] = row[second], row[first]
    return _written(cells)


def _moved(cells: Cells, rng: Random) -> bytes:
    order = rng.sample(range(len(cells[0])), len(cells[0]))
    return _written([[row[column] for column in order] for row in cells])


def _shifted_point(cells: Cells, rng: Random) -> bytes:
    row, column = rng.randrange(1, len(cells)), rng.choice([2, 3, 4, 5, 6])
    cells[row][column] = str(float(cells[row][column]) * rng.choice([0.1, 10.0]))
    return _written(cells)


def _truncated(cells: Cells, rng: Random) -> bytes:
    whole = _written(cells)
    return whole[: rng.randrange(1, whole.rindex(b"C2"))]


def _decimal_comma(cells: Cells, rng: Random) -> bytes:
    return _written([[cell.replace(".", ",") for cell in row] for row in cells], ";")


def _foreign(cells: Cells, rng: Random) -> bytes:
    raw = bytearray(_written(cells))
    raw[rng.randrange(len(raw))] = rng.choice([0, 0x80, 0xFF])
    return bytes(raw)


def _again(cells: Cells, rng: Random) -> bytes:
    at = rng.randrange(2, len(cells))
    return _written([*cells[:at], cells[0], *cells[at:]])


def _one_name(cells: Cells, rng: Random) -> bytes:
    first, second = rng.sample(range(1, len(cells)), 2)
    cells[first][0] = cells[second][0]
    return _written(cells)


MUTANTS = {
    "grams as milligrams": _header("_g", "_mg"),
    "grams as kilograms": _header("mass_g", "mass_kg"),
    "pounds": _header("mass_g", "mass_lb"),
    "cm² as mm²": _header("cm2", "mm2"),
    "cm² as m²": _header("cm2", "m2"),
    "µm as mm": _header("_um", "_mm"),
    "no unit": _header("_um", ""),
    "columns swapped": _swapped,
    "columns moved": _moved,
    "a shifted point": _shifted_point,
    "truncated": _truncated,
    "decimal commas": _decimal_comma,
    "a foreign byte": _foreign,
    "a header again": _again,
    "a name twice": _one_name,
    "NaN": _cell("NaN"),
    "inf": _cell("inf"),
    "text": _cell("?"),
    "empty": _cell(""),
    "NUL": _cell("1\x002"),
    "zero": _cell("0"),
    "negative": _cell("-5"),
}
CASES = [
    pytest.param(mutant, seed, id=f"{name} {seed}")
    for name, mutant in MUTANTS.items()
    for seed in range(8)
]


def _is_close(value: float | None, meant: float) -> bool:
    """Return whether a value is there and is the one of the sample."""
    return value is not None and bool(np.isclose(value, meant, rtol=0.02))


def _outcome(path: Path) -> pl.DataFrame | IngestError:
    """Return the table of a mutant, or the error that refuses it; any other is a failure."""
    try:
        return condense_sheets(read_table(path, PROTOCOL.measurements), PROTOCOL, MATERIAL).table
    except IngestError as error:
        return error


@pytest.mark.parametrize(("mutant", "seed"), CASES)
def test_a_broken_table_is_refused_right_or_flagged(
    mutant: Callable[[Cells, Random], bytes], seed: int, tmp_path: Path
):
    """What, where and fix; or the values of the sample; or a flag on the sheet's row."""
    sound = _outcome(ANODES)
    assert isinstance(sound, pl.DataFrame)
    with ANODES.open(newline="", encoding="utf-8") as file:
        cells = list(csv.reader(file))
    (tmp_path / "anodes.csv").write_bytes(mutant(cells, Random(seed)))

    outcome = _outcome(tmp_path / "anodes.csv")

    if isinstance(outcome, IngestError):
        assert outcome.what
        assert outcome.fix
        assert "anodes.csv" in outcome.where
    else:
        rows = zip(outcome.iter_rows(named=True), sound.iter_rows(named=True), strict=False)
        for row, meant in rows:  # a header again shifts the lines; a truncated file has fewer rows
            same = [_is_close(row[name], meant[name]) for name in VALUES]
            assert row["flags"] or all(same), row
