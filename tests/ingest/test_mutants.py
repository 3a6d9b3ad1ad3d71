"""A real table, broken in many ways: it is refused with its place, or its numbers are right."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest

from electrodoe.dataset import Dataset
from electrodoe.errors import ElectrodeError
from electrodoe.study import read_study
from electrodoe.workflow.loading import load_dataset

Cells = list[list[str]]
Changed = set[tuple[str, str]]
"""Cells that a mutant may change without being noticed, by sample and column."""

_ID = 1
"""Position of the column that names a row."""


def _written(cells: Cells, separator: str = ",") -> bytes:
    """Return cells as a text table."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(cells)
    return text.getvalue().encode()


def _at(cells: Cells, rng: Random) -> tuple[int, int]:
    """Return the place of some cell below the header."""
    return rng.randrange(1, len(cells)), rng.randrange(len(cells[0]))


def _truncated(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    """Cut the file at any byte; a number cut short looks like a short one."""
    kept = _written(cells)[: rng.randrange(len(_written(cells)))]
    last = kept.count(b"\n")
    return kept, {(cells[last][_ID], name) for name in cells[0]}


def _without_column(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    column = rng.randrange(len(cells[0]))
    return _written([row[:column] + row[column + 1 :] for row in cells]), set()


def _with_column_twice(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    column = rng.randrange(len(cells[0]))
    return _written([[*row, row[column]] for row in cells]), set()


def _with_misspelt_column(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    column = rng.randrange(len(cells[0]))
    name = cells[0][column]
    cut = rng.randrange(len(name))
    cells[0][column] = name[:cut] + name[cut + 1 :]
    return _written(cells), set()


def _with_columns_moved(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    order = rng.sample(range(len(cells[0])), len(cells[0]))
    return _written([[row[column] for column in order] for row in cells]), set()


def _with_rows_moved(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    return _written([cells[0], *rng.sample(cells[1:], len(cells) - 1)]), set()


def _with_other_separator(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    return _written(cells, rng.choice(";\t|")), set()


def _with_decimal_commas(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    return _written([[cell.replace(".", ",") for cell in row] for row in cells], ";"), set()


def _with_one_decimal_comma(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    row, column = _at(cells, rng)
    cells[row][column] = cells[row][column].replace(".", ",")
    return _written(cells), set()


def _with_bare_decimal_comma(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    row, _ = _at(cells, rng)
    lines = _written(cells).decode().split("\n")
    lines[row] = lines[row].replace(".", ",", 1)
    return "\n".join(lines).encode(), set()


def _with_cell(content: str) -> Callable[[Cells, Random], tuple[bytes, Changed]]:
    def mutant(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
        row, column = _at(cells, rng)
        name = cells[row][_ID]
        cells[row][column] = content
        return _written(cells), {(name, cells[0][column])}

    return mutant


def _with_foreign_bytes(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    written = bytearray(_written(cells))
    written[rng.randrange(len(written))] = rng.randrange(128, 256)
    return bytes(written), set()


def _in_percent(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    column = cells[0].index(rng.choice(["porosity", "first_cycle_loss"]))
    for row in cells[1:]:
        row[column] = str(100.0 * float(row[column])) if row[column] else ""
    return _written(cells), set()


def _with_one_name_twice(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    first, second = rng.sample(range(1, len(cells)), 2)
    cells[first][_ID] = cells[second][_ID]
    return _written(cells), set()


def _without_a_group(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    cells[rng.randrange(1, len(cells))][0] = rng.choice(["", " "])
    return _written(cells), set()


def _of_one_configuration(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    for row in cells[1:]:
        row[0] = "1"
    return _written(cells), set()


def _with_constant_response(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    column = rng.randrange(cells[0].index("pull_off_strength_kpa"), len(cells[0]))
    for row in cells[1:]:
        row[column] = "0.5"
    return _written(cells), set()


def _with_ragged_line(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    cells[rng.randrange(1, len(cells))].append("1")
    return _written(cells), set()


def _with_open_quotation(cells: Cells, rng: Random) -> tuple[bytes, Changed]:
    row, column = _at(cells, rng)
    lines = [",".join(line) for line in cells]
    lines[row] = ",".join(
        [*cells[row][:column], '"' + cells[row][column], *cells[row][column + 1 :]]
    )
    return "\n".join(lines).encode(), set()


REFUSED = {
    "a column twice": _with_column_twice,
    "a bare decimal comma": _with_bare_decimal_comma,
    "percent for a fraction": _in_percent,
    "a name twice": _with_one_name_twice,
    "a row without its group": _without_a_group,
    "one configuration": _of_one_configuration,
    "a constant response": _with_constant_response,
    "a ragged line": _with_ragged_line,
    "an open quotation mark": _with_open_quotation,
}
READ = {
    "decimal commas": _with_decimal_commas,
    "columns moved": _with_columns_moved,
    "rows moved": _with_rows_moved,
    "another separator": _with_other_separator,
}
EITHER = {
    "foreign bytes": _with_foreign_bytes,
    "truncated": _truncated,
    "a column less": _without_column,
    "a misspelt column": _with_misspelt_column,
    "one decimal comma": _with_one_decimal_comma,
    "NaN in a cell": _with_cell("NaN"),
    "inf in a cell": _with_cell("inf"),
    "text in a cell": _with_cell("broken"),
    "an empty cell": _with_cell(""),
    "NUL in a cell": _with_cell("1\x002"),
}
CASES = [
    pytest.param(mutant, seed, fates, id=f"{name} {seed}")
    for mutants, fates in ((REFUSED, {"refused"}), (READ, {"read"}), (EITHER, {"refused", "read"}))
    for name, mutant in mutants.items()
    for seed in range(4)
]


@pytest.fixture(scope="module")
def cells(example: Path) -> Cells:
    """Return the example's table, cell by cell."""
    with (example / "cells.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(("mutant", "seed", "fates"), CASES)
def test_a_broken_table_is_refused_or_right(
    mutant: Callable[[Cells, Random], tuple[bytes, Changed]],
    seed: int,
    fates: set[str],
    cells: Cells,
    example: Path,
    tmp_path: Path,
):
    """What, where and fix, with the file; or a dataset whose numbers are those of the table."""
    content, changed = mutant([row.copy() for row in cells], Random(seed))
    (tmp_path / "cells.csv").write_bytes(content)

    outcome = _outcome(example, tmp_path)

    if isinstance(outcome, ElectrodeError):
        assert "refused" in fates
        assert outcome.what
        assert outcome.fix
        assert "cells.csv" in outcome.where or "study.toml" in outcome.where
    else:
        assert "read" in fates
        _require_equal(outcome, cells, changed)


def _outcome(example: Path, folder: Path) -> Dataset | ElectrodeError:
    """Return the dataset of a mutant, or the error that refuses it; any other is a failure."""
    try:
        return load_dataset(read_study(example), folder)
    except ElectrodeError as error:
        return error


def _require_equal(dataset: Dataset, cells: Cells, changed: Changed) -> None:
    """Fail where a sample's number is not the one in the original table."""
    original = {row[_ID]: dict(zip(cells[0], row, strict=True)) for row in cells[1:]}
    columns = (*dataset.study.factors, *dataset.study.responses)
    for row in dataset.frame.iter_rows(named=True):
        for column in columns:
            if row["sample"] not in original or (row["sample"], column) in changed:
                continue
            written = original[row["sample"]][column]
            found = np.nan if row[column] is None else row[column]
            np.testing.assert_equal(found, float(written or "nan"))
