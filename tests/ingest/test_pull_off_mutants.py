"""Pull-off files, broken in many ways: refused with a place, the same strength, or a flag."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import read_pull_off
from electrodoe.preprocess.adhesion import condense_adhesion
from electrodoe.study import AdhesionProtocol

FILES = Path(__file__).parents[1] / "files"
SAMPLES = (
    FILES / "testxpert" / "german_tab.csv",
    FILES / "testxpert" / "english_below.csv",
    FILES / "testxpert" / "german_beside.csv",
    FILES / "force_table" / "plain.csv",
    FILES / "force_table" / "kraft_semikolon.txt",
)
PROTOCOL = AdhesionProtocol(
    instrument="adhesion",
    files=("*",),
    dwell_time_s=1.05,
    data_rate_hz=20.0,
    pull_off_speed_mm_min=100.0,
)
"""As the samples were made, so that a sound file has no flag."""
Mutant = Callable[[str, Random], bytes]


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _numbers(text: str) -> list[int]:
    """Return the indices of the lines that hold numbers."""
    return [index for index, line in enumerate(_lines(text)) if line[:1].isdigit()] or [
        index for index, line in enumerate(_lines(text)) if line[:1] in "-0123456789" and line
    ]


def _separator(text: str) -> str:
    line = _lines(text)[_numbers(text)[0]]
    return max("\t;,", key=line.count)


def _changed(text: str, rng: Random, change: Callable[[list[str], Random], list[str]]) -> bytes:
    """Return the text with the cells of one row changed."""
    lines, mark = _lines(text), _separator(text)
    row = rng.choice(_numbers(text))
    lines[row] = mark.join(change(lines[row].split(mark), rng))
    return "\n".join(lines).encode()


def _with_cell(content: str) -> Mutant:
    def change(cells: list[str], rng: Random) -> list[str]:
        cells[rng.randrange(len(cells))] = content
        return cells

    return lambda text, rng: _changed(text, rng, change)


def _truncated(text: str, rng: Random) -> bytes:
    raw = text.encode()
    return raw[: rng.randrange(1, len(raw) - 1)]


def _cut_at_line(text: str, rng: Random) -> bytes:
    return ("\n".join(_lines(text)[: rng.randrange(5, len(_lines(text)) - 1)]) + "\n").encode()


def _other_encoding(text: str, rng: Random) -> bytes:
    return text.encode(rng.choice(["utf-16", "utf-8-sig", "cp1252"]))


def _foreign_byte(text: str, rng: Random) -> bytes:
    raw = bytearray(text.encode())
    raw[rng.randrange(len(raw))] = rng.choice([0, 1, 0x80, 0xFF])
    return bytes(raw)


def _other_decimal(text: str, rng: Random) -> bytes:
    mark = _separator(text)
    lines = _lines(text)
    for row in _numbers(text):
        old, new = (".", ",") if "." in lines[row] else (",", ".")
        lines[row] = lines[row].replace(mark, "|").replace(old, new).replace("|", mark)
    return "\n".join(lines).encode()


def _one_other_decimal(text: str, rng: Random) -> bytes:
    def change(cells: list[str], _: Random) -> list[str]:
        return [cell.replace(",", "!").replace(".", ",").replace("!", ".") for cell in cells]

    return _changed(text, rng, change)


def _swapped_columns(text: str, rng: Random) -> bytes:
    """Swap two columns of numbers below names and units that stay."""
    lines, mark = _lines(text), _separator(text)
    width = len(lines[_numbers(text)[0]].split(mark))
    first, second = rng.sample(range(min(width, 3)), 2)
    for row in _numbers(text):
        cells = lines[row].split(mark)
        cells[first], cells[second] = cells[second], cells[first]
        lines[row] = mark.join(cells)
    return "\n".join(lines).encode()


def _other_unit(text: str, rng: Random) -> bytes:
    """Name another unit of force, of time or of travel over the same numbers."""
    begin = text[: text.index(_lines(text)[_numbers(text)[0]])]
    units = [unit for unit in ('"N"', '"kN"', "(N)", "[mN]") if unit in begin]
    wrong = rng.choice(["N", "kN", "mN", "MN", "kgf", "s", "%"])
    changed = begin
    for unit in units:
        changed = changed.replace(unit, unit[0] + wrong + unit[-1])
    return (changed + text[len(begin) :]).encode()


def _without_units(text: str, rng: Random) -> bytes:
    """Delete the line above the numbers."""
    lines = _lines(text)
    del lines[_numbers(text)[0] - 1]
    return "\n".join(lines).encode()


def _rows_moved(text: str, rng: Random) -> bytes:
    lines, rows = _lines(text), _numbers(text)
    first, second = sorted(rng.sample(rows[:60], 2))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines).encode()


def _ragged(text: str, rng: Random) -> bytes:
    return _changed(text, rng, lambda cells, _: [*cells, "1", "2"])


def _repeated_header(text: str, rng: Random) -> bytes:
    lines, rows = _lines(text), _numbers(text)
    at = rng.choice(rows[5:60])
    return "\n".join([*lines[:at], *lines[rows[0] - 2 : rows[0]], *lines[at:]]).encode()


def _blank_lines(text: str, rng: Random) -> bytes:
    lines = _lines(text)
    lines.insert(rng.choice(_numbers(text)), "")
    return "\n".join(lines).encode()


MUTANTS: dict[str, Mutant] = {
    "truncated": _truncated,
    "cut at a line": _cut_at_line,
    "another encoding": _other_encoding,
    "a foreign byte": _foreign_byte,
    "another decimal mark": _other_decimal,
    "one other decimal mark": _one_other_decimal,
    "columns swapped": _swapped_columns,
    "another unit": _other_unit,
    "no units": _without_units,
    "rows moved": _rows_moved,
    "a ragged row": _ragged,
    "a header again": _repeated_header,
    "blank lines": _blank_lines,
    "NaN in a cell": _with_cell("NaN"),
    "inf in a cell": _with_cell("inf"),
    "text in a cell": _with_cell("nicht bekannt"),
    "an empty cell": _with_cell(""),
    "NUL in a cell": _with_cell("1\x002"),
    "a huge number": _with_cell("1e300"),
}
N_SEEDS = 3
CASES = [
    pytest.param(path, mutant, seed, id=f"{path.stem}: {name} {seed}")
    for path in SAMPLES
    for name, mutant in MUTANTS.items()
    for seed in range(N_SEEDS)
]


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _condensed(path: Path) -> pl.DataFrame:
    return condense_adhesion(read_pull_off(path, 50.26), PROTOCOL).table


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sound_sample_has_no_flag(path: Path):
    """So that any flag of a mutant is of its mutation."""
    assert _condensed(path)["flags"].to_list() == [""] * _condensed(path).height


@pytest.mark.parametrize(("path", "mutant", "seed"), CASES)
def test_a_broken_file_is_refused_right_or_flagged(
    path: Path, mutant: Mutant, seed: int, tmp_path: Path
):
    """What, where (with the file) and fix; or the strength of the sample; or a flag on the row."""
    broken = tmp_path / path.name
    broken.write_bytes(mutant(_text(path), Random(seed)))
    sound = _condensed(path)["adhesion_strength_kpa"].to_numpy()

    outcome = _outcome(broken)

    if isinstance(outcome, IngestError):
        assert outcome.what
        assert outcome.fix
        assert path.name in outcome.where
    else:
        rows = outcome.iter_rows(named=True)
        found = [(row["adhesion_strength_kpa"], row["flags"]) for row in rows]
        assert all(
            flags or (strength is not None and np.isclose(strength, meant, rtol=0.02))
            for (strength, flags), meant in zip(found, sound, strict=False)
        ), found


def _outcome(path: Path) -> pl.DataFrame | IngestError:
    """Return the table of a mutant, or the error that refuses it; any other is a failure."""
    try:
        return _condensed(path)
    except IngestError as error:
        return error
