"""Spectra's files, broken in many ways: refused with their place, read right, or remarked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import ImpedanceSpectrum, read_spectra

_ANYTHING = {"read", "remarked", "refused"}


@dataclass(frozen=True)
class Layout:
    """Where a sample file holds its points."""

    name: str
    encoding: str
    separator: str
    parts: tuple[int, int, int]
    """Positions of frequency, real and imaginary part (or modulus and phase) in a row."""
    header: int | None
    """Line of the header, counted from 0."""
    first: int
    """First row of points."""


LAYOUTS = [
    Layout("ec_lab_spectrum/two_cycles.mpt", "latin-1", "\t", (0, 1, 2), 16, 18),
    Layout("gamry_dta/decimal_comma.DTA", "latin-1", "\t", (3, 4, 5), 15, 17),
    Layout("zplot/sweep.z", "utf-8", "\t", (0, 4, 5), 8, 10),
    Layout("spectrum_table/semicolon.csv", "utf-8", ";", (3, 1, 2), 1, 2),
    Layout("spectrum_table/quoted.csv", "utf-8", ",", (0, 1, 2), 0, 1),
    Layout("spectrum_table/no_header.csv", "utf-8", ",", (0, 1, 2), None, 0),
    Layout("spectrum_table/polar.txt", "utf-8", "\t", (0, 1, 2), 0, 1),
]
Lines = list[str]
Mutant = Callable[[Lines, Layout, Random], Lines | bytes]


def _row(lines: Lines, layout: Layout, rng: Random, margin: int = 0) -> int:
    """Return some row of points; the first thirteen are one sweep."""
    return layout.first + rng.randrange(margin, 13 - margin)


def _encoded(lines: Lines, encoding: str) -> bytes:
    """Return lines as bytes."""
    return ("\n".join(lines) + "\n").encode(encoding)


def _cut_anywhere(lines: Lines, layout: Layout, rng: Random) -> bytes:
    raw = _encoded(lines, layout.encoding)
    return raw[: rng.randrange(1, len(raw))]


def _cut_behind_a_row(lines: Lines, layout: Layout, rng: Random) -> Lines:
    return lines[: _row(lines, layout, rng) + 1]


def _in_utf_16(lines: Lines, layout: Layout, rng: Random) -> bytes:
    return _encoded(lines, "utf-16")


def _in_utf_16_without_mark(lines: Lines, layout: Layout, rng: Random) -> bytes:
    return _encoded(lines, "utf-16-le")


def _in_utf_8_with_mark(lines: Lines, layout: Layout, rng: Random) -> bytes:
    return _encoded(lines, "utf-8-sig")


def _with_old_line_ends(lines: Lines, layout: Layout, rng: Random) -> bytes:
    return _encoded(lines, layout.encoding).replace(b"\n", b"\r")


def _with_nul(lines: Lines, layout: Layout, rng: Random) -> bytes:
    raw = bytearray(_encoded(lines, layout.encoding))
    raw[rng.randrange(len(raw))] = 0
    return bytes(raw)


def _with_foreign_byte(lines: Lines, layout: Layout, rng: Random) -> bytes:
    """Put a byte that no number holds into a row of points."""
    raw = bytearray(_encoded(lines, layout.encoding))
    start = len(_encoded(lines[: layout.first], layout.encoding))
    raw[rng.randrange(start, len(raw))] = rng.randrange(128, 256)
    return bytes(raw)


def _rising(lines: Lines, layout: Layout, rng: Random) -> Lines:
    if layout.name.startswith("ec_lab"):
        return lines[: layout.first - 1] + lines[: layout.first - 2 : -1]
    return lines[: layout.first] + lines[: layout.first - 1 : -1] if layout.first else lines[::-1]


def _shuffled(lines: Lines, layout: Layout, rng: Random) -> Lines:
    rows = lines[layout.first : layout.first + 13]
    return lines[: layout.first] + rng.sample(rows, len(rows)) + lines[layout.first + len(rows) :]


def _with_row_twice(lines: Lines, layout: Layout, rng: Random) -> Lines:
    row = _row(lines, layout, rng)
    return [*lines[: row + 1], *lines[row:]]


def _without_row(lines: Lines, layout: Layout, rng: Random) -> Lines:
    row = _row(lines, layout, rng)
    return [*lines[:row], *lines[row + 1 :]]


def _with_blank_lines(lines: Lines, layout: Layout, rng: Random) -> Lines:
    row = _row(lines, layout, rng)
    return [*lines[:row], "", " ", *lines[row:]]


def _with_header_again(lines: Lines, layout: Layout, rng: Random) -> Lines:
    row = layout.first + 6
    return [*lines[:row], lines[layout.header], *lines[row:]]


def _exchange(line: str, layout: Layout, first: int, second: int) -> str:
    cells = line.split(layout.separator)
    if max(first, second) < len(cells):
        cells[first], cells[second] = cells[second], cells[first]
    return layout.separator.join(cells)


def _with_columns_exchanged(lines: Lines, layout: Layout, rng: Random) -> Lines:
    """Exchange header and numbers, as another program orders them."""
    first, second = rng.sample(layout.parts, 2)
    start = layout.first if layout.header is None else layout.header
    return lines[:start] + [_exchange(line, layout, first, second) for line in lines[start:]]


def _with_headers_exchanged(lines: Lines, layout: Layout, rng: Random) -> Lines:
    """Exchange the headers alone: they stand over the wrong columns."""
    first, second = rng.sample(layout.parts, 2)
    lines[layout.header] = _exchange(lines[layout.header], layout, first, second)
    return lines


def _with_cell(content: str) -> Mutant:
    def mutant(lines: Lines, layout: Layout, rng: Random) -> Lines:
        row = _row(lines, layout, rng)
        cells = lines[row].split(layout.separator)
        cells[rng.choice(layout.parts)] = content
        lines[row] = layout.separator.join(cells)
        return lines

    return mutant


def _with_frequency(content: str) -> Mutant:
    """Write a frequency that does not belong where it stands; at an end it may be any."""

    def mutant(lines: Lines, layout: Layout, rng: Random) -> Lines:
        row = _row(lines, layout, rng, margin=1)
        cells = lines[row].split(layout.separator)
        cells[layout.parts[0]] = content
        lines[row] = layout.separator.join(cells)
        return lines

    return mutant


def _with_other_mark(text: str) -> str:
    return re.sub(r"(?<=\d)[.,](?=\d)", lambda mark: ",."[mark[0] == ","], text)


def _with_other_marks(lines: Lines, layout: Layout, rng: Random) -> Lines:
    """Write every number of a row with the other decimal mark."""
    separator = ";" if layout.separator == "," else layout.separator
    rows = [line.replace(layout.separator, separator) for line in lines]
    if layout.header is not None and separator != layout.separator:
        rows[layout.header] = rows[layout.header].replace('"Z"" (Ohms)"', 'Z" (Ohms)')
    start = 0 if layout.header is None else layout.header + 1
    return [*rows[:start], *(_with_other_mark(row) for row in rows[start:])]


def _with_one_other_mark(lines: Lines, layout: Layout, rng: Random) -> Lines:
    row = _row(lines, layout, rng)
    cells = lines[row].split(layout.separator)
    part = rng.choice(layout.parts[1:])
    cells[part] = _with_other_mark(cells[part])
    lines[row] = layout.separator.join(cells)
    return lines


def _with_mark_of_thousands(lines: Lines, layout: Layout, rng: Random) -> Lines:
    row = _row(lines, layout, rng)
    cells = lines[row].split(layout.separator)
    cells[layout.parts[1]] = "1.234,5" if rng.random() < 0.5 else "1,234.5"
    lines[row] = layout.separator.join(cells)
    return lines


def _with_extra_cell(lines: Lines, layout: Layout, rng: Random) -> Lines:
    row = _row(lines, layout, rng)
    lines[row] += layout.separator + "1"
    return lines


def _with_missing_cell(lines: Lines, layout: Layout, rng: Random) -> Lines:
    row = _row(lines, layout, rng)
    lines[row] = layout.separator.join(lines[row].split(layout.separator)[:-1])
    return lines


def _with_minus_changed(lines: Lines, layout: Layout, rng: Random) -> Lines:
    """Leave the minus of the imaginary part or phase away, or write one that is not meant."""
    cells = lines[layout.header].split(layout.separator)
    name = cells[layout.parts[2]]
    quote = '"' if name.startswith('"') else ""
    bare = name.removeprefix(quote)
    cells[layout.parts[2]] = quote + (bare[1:] if bare[0] in "-−" else f"-{bare}")
    lines[layout.header] = layout.separator.join(cells)
    return lines


def _with_unit(content: str) -> Mutant:
    def mutant(lines: Lines, layout: Layout, rng: Random) -> Lines:
        lines[layout.header] = re.sub(r"m?(Ohms?|Ω)", content, lines[layout.header])
        below = lines[layout.header + 1]
        lines[layout.header + 1] = re.sub(r"\bohm\b", content, below)
        return lines

    return mutant


def _with_angle_in_radians(lines: Lines, layout: Layout, rng: Random) -> Lines:
    lines[layout.header] = lines[layout.header].replace("/deg", "/rad")
    return lines


def _without_a_column(lines: Lines, layout: Layout, rng: Random) -> Lines:
    part = rng.choice(layout.parts)
    start = layout.first if layout.header is None else layout.header
    kept = [line.split(layout.separator) for line in lines[start:]]
    rows = [layout.separator.join(row[:part] + row[part + 1 :]) for row in kept]
    return lines[:start] + rows


MUTANTS: dict[str, tuple[Mutant, set[str]]] = {
    "cut anywhere": (_cut_anywhere, _ANYTHING),
    "cut behind a row": (_cut_behind_a_row, _ANYTHING),
    "UTF-16": (_in_utf_16, {"read"}),
    "UTF-16 without its mark": (_in_utf_16_without_mark, {"refused"}),
    "UTF-8 with its mark": (_in_utf_8_with_mark, {"read"}),
    "old line ends": (_with_old_line_ends, {"read"}),
    "a NUL": (_with_nul, {"refused"}),
    "a foreign byte": (_with_foreign_byte, _ANYTHING),
    "rising": (_rising, {"read", "refused"}),
    "shuffled": (_shuffled, {"remarked", "refused"}),
    "a row twice": (_with_row_twice, {"remarked"}),
    "a row less": (_without_row, {"read", "remarked"}),
    "blank lines": (_with_blank_lines, {"read"}),
    "the header again": (_with_header_again, _ANYTHING),
    "columns exchanged": (_with_columns_exchanged, {"read", "remarked"}),
    "headers exchanged": (_with_headers_exchanged, {"remarked", "refused"}),
    "NaN": (_with_cell("NaN"), {"remarked", "refused"}),
    "an empty cell": (_with_cell(""), {"remarked", "refused"}),
    "infinity": (_with_cell("inf"), {"refused"}),
    "text": (_with_cell("overload"), {"refused"}),
    "0 Hz": (_with_frequency("0"), {"remarked"}),
    "a negative frequency": (_with_frequency("-10"), {"refused"}),
    "a frequency elsewhere": (_with_frequency("77777777"), {"remarked", "refused"}),
    "the other decimal mark": (_with_other_marks, {"read"}),
    "one other decimal mark": (_with_one_other_mark, {"refused"}),
    "a mark of thousands": (_with_mark_of_thousands, {"refused"}),
    "a cell more": (_with_extra_cell, {"refused"}),
    "a cell less": (_with_missing_cell, {"refused"}),
    "the minus changed": (_with_minus_changed, _ANYTHING),
    "per area": (_with_unit("Ohm.cm2"), {"refused", "read"}),
    "an unknown unit": (_with_unit("S"), {"refused", "read"}),
    "no unit": (_with_unit(""), _ANYTHING),
    "degrees called radians": (_with_angle_in_radians, {"refused", "read"}),
    "a column less": (_without_a_column, {"refused", "read"}),
}


OF_THE_HEADER = {
    "the header again",
    "headers exchanged",
    "the minus changed",
    "per area",
    "an unknown unit",
    "no unit",
    "degrees called radians",
}
CASES = [
    pytest.param(layout, mutant, seed, id=f"{layout.name}, {mutant}, {seed}")
    for layout in LAYOUTS
    for mutant in MUTANTS
    for seed in range(2)
    if layout.header is not None or mutant not in OF_THE_HEADER
]


@pytest.mark.parametrize(("layout", "mutant", "seed"), CASES)
def test_a_broken_file_is_refused_or_right_or_remarked(
    layout: Layout, mutant: str, seed: int, samples: Path, tmp_path: Path
):
    """Never another number in silence, and never a traceback."""
    original = samples / layout.name
    lines = original.read_bytes().decode(layout.encoding).splitlines()
    change, fates = MUTANTS[mutant]
    content = change(lines, layout, Random(f"{layout.name} {mutant} {seed}"))
    path = tmp_path / original.name
    path.write_bytes(content if isinstance(content, bytes) else _encoded(content, layout.encoding))

    outcome = _outcome(path)

    assert _fate(outcome, read_spectra(original), path) in fates


def _outcome(path: Path) -> tuple[ImpedanceSpectrum, ...] | IngestError:
    """Return what is read, or the error that refuses it; any other is a failure."""
    try:
        return read_spectra(path)
    except IngestError as error:
        return error


def _fate(
    outcome: tuple[ImpedanceSpectrum, ...] | IngestError,
    original: tuple[ImpedanceSpectrum, ...],
    path: Path,
) -> str:
    """Return what became of a file; ``wrong in silence`` is never among the fates."""
    if isinstance(outcome, IngestError):
        return "refused" if str(path) in outcome.where and outcome.fix else "refused nowhere"
    if _remarks(outcome) - _remarks(original):
        return "remarked"
    return "read" if _are_points_of(outcome, original) else "wrong in silence"


def _remarks(spectra: tuple[ImpedanceSpectrum, ...]) -> set[tuple[str, str]]:
    """Return the codes of all findings, with what they say."""
    return {(finding.code, finding.what) for spectrum in spectra for finding in spectrum.findings}


def _are_points_of(
    spectra: tuple[ImpedanceSpectrum, ...], original: tuple[ImpedanceSpectrum, ...]
) -> bool:
    """Return whether every point is one of the original's, to the digits that the file holds."""
    frequency_hz = np.concatenate([spectrum.frequency_hz for spectrum in original])
    impedance_ohm = np.concatenate([spectrum.impedance_ohm for spectrum in original])
    return all(
        np.any(
            np.isclose(frequency_hz, frequency, rtol=1e-9)
            & (np.abs(impedance_ohm - impedance) <= 1e-6 * np.abs(impedance))
        )
        for spectrum in spectra
        for frequency, impedance in zip(spectrum.frequency_hz, spectrum.impedance_ohm, strict=True)
    )
