"""Spectra of any cell, and how instruments, programs and people would write them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from hypothesis import strategies as st

Sweep = list[tuple[float, complex]]
"""Points, frequency in hertz and impedance in ohm, highest frequency first."""


@dataclass(frozen=True)
class Style:
    """How a table of points is written."""

    separator: str
    decimal: str
    order: tuple[int, int, int]
    is_rising: bool
    frequency: tuple[str, float]
    ohm: tuple[str, float]
    imaginary: tuple[str, int]


def _rounded(value: float) -> float:
    """Return a number that survives writing with eight digits."""
    return float(f"{value:.7e}")


@st.composite
def sweeps(draw: st.DrawFn, min_size: int = 6) -> Sweep:
    """Draw a sweep: capacitive in its lower part, inductive at one high point at least."""
    n = draw(st.integers(min_size, 20))
    top = draw(st.floats(1e3, 1e6))
    ratio = draw(st.floats(1.1, 10.0))
    size = st.floats(1e-3, 1e5)
    real = draw(st.lists(size, min_size=n, max_size=n))
    imaginary = draw(st.lists(size, min_size=n, max_size=n))
    signs = [1, *draw(st.lists(st.sampled_from([1, -1]), min_size=n // 3, max_size=n // 3))]
    signs += [-1] * (n - len(signs))
    return [
        (
            _rounded(top * ratio**-index),
            complex(_rounded(real[index]), signs[index] * _rounded(imaginary[index])),
        )
        for index in range(n)
    ]


FREQUENCIES = [
    ("Frequency (Hz)", 1.0),
    ("freq/Hz", 1.0),
    ("f [kHz]", 1e-3),
    ("frequency_hz", 1.0),
    ("Freq in MHz", 1e-6),
    ("F / mHz", 1e3),
]
OHMS = [
    ("Ohm", 1.0),
    ("ohms", 1.0),
    ("Ω", 1.0),
    ("\u2126", 1.0),
    ("mOhm", 1e3),
    ("kΩ", 1e-3),
    ("MOhm", 1e-6),
]
IMAGINARIES = [
    ("-Im(Z)", -1),
    ('-Z"', -1),
    ("−Z″", -1),
    ("-Zimag", -1),
    ("Im(Z)", 1),
    ("Zimag", 1),
    ("Z''", 1),
    ("Z imag", -1),
    ("Z''", -1),
]
"""The last two are written by people who leave the minus away."""

styles = st.builds(
    Style,
    separator=st.sampled_from(["\t", ";", "|"]),
    decimal=st.sampled_from([".", ","]),
    order=st.permutations([0, 1, 2]).map(tuple),
    is_rising=st.booleans(),
    frequency=st.sampled_from(FREQUENCIES),
    ohm=st.sampled_from(OHMS),
    imaginary=st.sampled_from(IMAGINARIES),
) | st.builds(
    Style,
    separator=st.sampled_from([",", ", "]),
    decimal=st.just("."),
    order=st.permutations([0, 1, 2]).map(tuple),
    is_rising=st.booleans(),
    frequency=st.sampled_from(FREQUENCIES),
    ohm=st.sampled_from(OHMS),
    imaginary=st.sampled_from(IMAGINARIES),
)


def _number(value: float, decimal: str) -> str:
    """Return a number as text, all its digits kept."""
    return f"{value:.16e}".replace(".", decimal)


def table_rows(sweep: Sweep, style: Style) -> list[str]:
    """Return the rows of a table, in its order of columns and points."""
    rows = []
    for frequency, impedance in reversed(sweep) if style.is_rising else sweep:
        cells = (
            _number(frequency * style.frequency[1], style.decimal),
            _number(impedance.real * style.ohm[1], style.decimal),
            _number(style.imaginary[1] * impedance.imag * style.ohm[1], style.decimal),
        )
        rows.append(style.separator.join(cells[index] for index in style.order))
    return rows


def table_header(style: Style) -> str:
    """Return the header of a table."""
    unit = style.ohm[0]
    cells = (style.frequency[0], f"Re(Z) ({unit})", f"{style.imaginary[0]}/{unit}")
    quoted = [
        '"' + cell.replace('"', '""') + '"' if '"' in cell and "," in style.separator else cell
        for cell in cells
    ]
    return style.separator.strip(" ").join(quoted[index] for index in style.order)


def polar_table(sweep: Sweep, style: Style, *, in_degrees: bool) -> str:
    """Return a table of modulus and phase."""
    unit = "deg" if in_degrees else "rad"
    lines = [f"f/Hz\t|Z|/Ohm\tPhase(Z)/{unit}"]
    for frequency, impedance in reversed(sweep) if style.is_rising else sweep:
        phase = math.atan2(impedance.imag, impedance.real)
        angle = math.degrees(phase) if in_degrees else phase
        cells = (frequency, abs(impedance), angle)
        lines.append("\t".join(_number(cell, style.decimal) for cell in cells))
    return "\n".join(lines) + "\n"


def ec_lab(sweeps_of_file: Sequence[Sweep], decimal: str) -> str:
    """Return an EC-Lab text file, one cycle per sweep."""
    lines = ["EC-Lab ASCII FILE", "Nb header lines : 4", ""]
    lines.append("freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\tcycle number\t")
    for cycle, sweep in enumerate(sweeps_of_file, start=1):
        for frequency, impedance in sweep:
            cells = (frequency, impedance.real, -impedance.imag, float(cycle))
            lines.append("\t".join(_number(cell, decimal) for cell in cells))
    return "\n".join(lines) + "\n"


def gamry(sweeps_of_file: Sequence[Sweep], decimal: str) -> str:
    """Return a DTA file, one table per sweep."""
    lines = ["EXPLAIN", "TAG\tEISPOT"]
    for sweep in sweeps_of_file:
        lines += ["ZCURVE\tTABLE", "\tPt\tZreal\tFreq\tZimag", "\t#\tohm\tHz\tohm"]
        for point, (frequency, impedance) in enumerate(sweep):
            cells = (impedance.real, frequency, impedance.imag)
            lines.append("\t".join(["", str(point), *(_number(cell, decimal) for cell in cells)]))
    return "\n".join(lines) + "\n"


def zplot(sweep: Sweep, decimal: str) -> str:
    """Return a ZPlot file."""
    rows = (
        "\t".join(_number(cell, decimal) for cell in (f, 0.01, z.real, z.imag)) for f, z in sweep
    )
    header = [f"  Data Points:  {len(sweep)}", "  Freq(Hz)\tAmpl\tZ'(a)\tZ''(b)", "End Comments"]
    return "\n".join(chain(["ZPLOT2 ASCII"], header, rows)) + "\n"
