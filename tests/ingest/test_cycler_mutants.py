"""Cycler files, broken in many ways: refused with their place, reported, or still right."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest
from tests.strategies.cycling import WRITERS, cycled

from electrodoe.errors import IngestError
from electrodoe.ingest import read_cycler_record
from electrodoe.preprocess.condensed import Condensed
from electrodoe.preprocess.cycling import tabulate_cycles
from electrodoe.study import RateCapabilityProtocol

PROTOCOL = RateCapabilityProtocol(instrument="rate_capability", files=("*",))
CELL = cycled([(600, 0.1), (600, 0.1), (58, 1.0)])
LAYOUTS = ("basytec", "ec-lab", "battery data", "arbin", "maccor")
VALUES = ["discharge_capacity_mah", "charge_capacity_mah", "c_rate_exact"]

Table = list[list[str]]
Mutant = Callable[[str, Random], bytes]


def _table(text: str) -> tuple[list[str], Table, str]:
    """Return the preamble, the header with its rows, and the mark between cells."""
    lines = text.split("\n")[:-1]
    mark = max("\t,", key=lines[-1].count)
    width = lines[-1].count(mark)
    first = next(n for n, line in enumerate(lines) if line.count(mark) == width)
    return lines[:first], [line.split(mark) for line in lines[first:]], mark


def _bytes(preamble: list[str], table: Table, mark: str) -> bytes:
    """Return a file."""
    return "".join(f"{line}\n" for line in [*preamble, *map(mark.join, table)]).encode("latin-1")


def _in_table(change: Callable[[Table, Random], Table]) -> Mutant:
    """Return a mutant of the table below the preamble."""

    def mutant(text: str, rng: Random) -> bytes:
        preamble, table, mark = _table(text)
        return _bytes(preamble, change(table, rng), mark)

    return mutant


def _column(table: Table, words: tuple[str, ...]) -> int:
    """Return the first column whose header begins like one of some words."""
    names = [name.lower().lstrip("~ï»¿") for name in table[0]]
    return next(n for n, name in enumerate(names) if name.startswith(words))


CURRENT, VOLTAGE = ("i[", "i/", "current"), ("u[", "ecell", "voltage")
TIME = ("time[", "time/", "test time", "testtime", "test_time")


def _cell(words: tuple[str, ...], content: str) -> Mutant:
    def change(table: Table, rng: Random) -> Table:
        table[rng.randrange(40, 60)][_column(table, words)] = content
        return table

    return _in_table(change)


def _scaled(words: tuple[str, ...], factor: float) -> Mutant:
    def change(table: Table, _: Random) -> Table:
        column = _column(table, words)
        for row in table[1:]:
            row[column] = repr(float(row[column]) * factor)
        return table

    return _in_table(change)


def _without(words: tuple[str, ...]) -> Mutant:
    def change(table: Table, _: Random) -> Table:
        column = _column(table, words)
        return [row[:column] + row[column + 1 :] for row in table]

    return _in_table(change)


def _twice(words: tuple[str, ...]) -> Mutant:
    def change(table: Table, _: Random) -> Table:
        column = _column(table, words)
        return [[*row[: column + 1], *row[column:]] for row in table]

    return _in_table(change)


def _swapped_columns(table: Table, _: Random) -> Table:
    first, second = _column(table, CURRENT), _column(table, VOLTAGE)
    for row in table[1:]:
        row[first], row[second] = row[second], row[first]
    return table


def _moved_columns(table: Table, rng: Random) -> Table:
    if table[0][-1] == "":
        return table
    order = [0, *rng.sample(range(1, len(table[0])), len(table[0]) - 1)]
    return [[row[column] for column in order] for row in table]


def _swapped_rows(table: Table, rng: Random) -> Table:
    row = rng.randrange(30, 44)
    table[row], table[row + 1] = table[row + 1], table[row]
    return table


def _fallen_clock(table: Table, rng: Random) -> Table:
    row, column = rng.randrange(30, 44), _column(table, TIME)
    table[row][column] = "0.0"
    return table


def _restarted_clock(table: Table, _: Random) -> Table:
    column = _column(table, TIME)
    for row in table[110:]:
        row[column] = repr(float(row[column]) - float(table[110][column]))
    return table


def _ragged(table: Table, rng: Random) -> Table:
    row = rng.randrange(30, 60)
    table[row] = table[row][:-3]
    return table


def _comma(table: Table, rng: Random) -> Table:
    row, column = rng.randrange(30, 44), _column(table, VOLTAGE)
    table[row][column] = table[row][column].replace(".", ",")
    return table


MUTANTS: dict[str, Mutant] = {
    "cut": lambda text, rng: text.encode("latin-1")[: rng.randrange(200, len(text) - 50)],
    "cut within the last number": lambda text, _: text.encode("latin-1").rstrip()[:-1],
    "NUL": lambda text, rng: _spoilt(text, rng, b"\x00"),
    "foreign byte": lambda text, rng: _spoilt(text, rng, b"\x9d"),
    "Windows' line ends": lambda text, _: text.replace("\n", "\r\n").encode("latin-1"),
    "UTF-16": lambda text, _: text.removeprefix("ï»¿").encode("utf-16"),
    "UTF-8 with its mark": lambda text, _: text.removeprefix("ï»¿").encode("utf-8-sig"),
    "one decimal comma": _in_table(_comma),
    "NaN for a current": _cell(CURRENT, "NaN"),
    "inf for a current": _cell(CURRENT, "inf"),
    "nothing for a time": _cell(TIME, ""),
    "text for a voltage": _cell(VOLTAGE, "OVER"),
    "a current a thousand times": _scaled(CURRENT, 1e3),
    "a time a sixtieth": _scaled(TIME, 1.0 / 60.0),
    "a voltage a thousand times": _scaled(VOLTAGE, 1e3),
    "a current with the other sign": _scaled(CURRENT, -1.0),
    "no current": _without(CURRENT),
    "no time": _without(TIME),
    "current twice": _twice(CURRENT),
    "current and voltage swapped": _in_table(_swapped_columns),
    "columns moved": _in_table(_moved_columns),
    "rows swapped": _in_table(_swapped_rows),
    "clock at zero once": _in_table(_fallen_clock),
    "clock restarted": _in_table(_restarted_clock),
    "a short row": _in_table(_ragged),
}
CASES = [
    pytest.param(layout, mutant, id=f"{layout}, {name}")
    for layout in LAYOUTS
    for name, mutant in MUTANTS.items()
]


def _spoilt(text: str, rng: Random, byte: bytes) -> bytes:
    """Return a file with one byte changed."""
    whole = text.encode("latin-1")
    at = rng.randrange(len(whole) // 2, len(whole))
    return whole[:at] + byte + whole[at + 1 :]


def _outcome(content: bytes, path: Path) -> Condensed | IngestError:
    """Return the cycles of a file, or the error that refuses it; any other is a failure."""
    path.write_bytes(content)
    try:
        return tabulate_cycles([read_cycler_record(path)], PROTOCOL)
    except IngestError as error:
        return error


def _reported(found: Condensed) -> set[tuple[str, str]]:
    """Return what the findings say."""
    return {(finding.code, finding.what) for finding in found.findings}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("layout", "mutant"), CASES)
def test_no_wrong_value_is_silent(layout: str, mutant: Mutant, seed: int, tmp_path: Path):
    """An error with the file, the same capacities, or a finding that was not there before."""
    whole = WRITERS[layout](CELL)
    original = _outcome(whole, tmp_path / "record.txt")
    assert isinstance(original, Condensed)

    outcome = _outcome(mutant(whole.decode("latin-1"), Random(seed)), tmp_path / "record.txt")

    if isinstance(outcome, IngestError):
        assert str(tmp_path / "record.txt") in outcome.where
        assert outcome.what
        assert outcome.fix
    elif not _reported(outcome) - _reported(original):
        for name in VALUES:
            found, expected = outcome.table[name].to_list(), original.table[name].to_list()
            np.testing.assert_allclose(found, expected, rtol=1e-9)
