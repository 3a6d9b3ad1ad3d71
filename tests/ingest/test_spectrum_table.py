"""Plain tables of spectra, as spreadsheets and people write them."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from electrodoe.errors import IngestError
from electrodoe.findings import Severity
from electrodoe.ingest import ImpedanceSpectrum, read_spectra

Read = Callable[..., tuple[ImpedanceSpectrum, ...]]
FREQUENCY_HZ = [1000.0, 100.0, 10.0, 1.0]
IMPEDANCE_OHM = [20 + 2j, 21 - 1j, 25 - 9j, 40 - 80j]
ROWS = "1000,20,2\n100,21,-1\n10,25,-9\n1,40,-80\n"
HEADER = "Frequency (Hz),Z' (Ohm),Z'' (Ohm)\n"


def _codes(spectrum: ImpedanceSpectrum) -> list[str]:
    """Return the codes of a spectrum's findings."""
    return [finding.code for finding in spectrum.findings]


@pytest.mark.parametrize(
    ("name", "first_line", "last_line", "codes"),
    [
        ("semicolon.csv", 15, 3, []),
        ("quoted.csv", 2, 14, []),
        ("no_header.csv", 1, 13, ["D217"]),
        ("polar.txt", 2, 14, []),
    ],
)
def test_one_cell_is_read_alike_from_every_table(
    name: str, first_line: int, last_line: int, codes: list[str], samples: Path
):
    """The closed form of its transmission line, R0 20, R_ion 300 ohm, at 0.1 Hz and 10 Hz."""
    (spectrum,) = read_spectra(samples / "spectrum_table" / name)

    assert spectrum.format == "text table"
    assert spectrum.lines[[0, -1]].tolist() == [first_line, last_line]
    assert _codes(spectrum) == codes
    np.testing.assert_allclose(
        spectrum.impedance_ohm[[-1, 8]],
        [241.879398836 - 1551.480002j, 76.7512686722 - 51.9104927408j + 6e-5j * math.pi],
        rtol=1e-6,
    )


@pytest.mark.parametrize(
    "text",
    [
        HEADER + ROWS,
        HEADER.replace(",", "\t") + ROWS.replace(",", "\t"),
        "# made on Monday\n\n" + HEADER + ROWS,
        "f,Re(Z),Im(Z)\nHz,Ohm,Ohm\n" + ROWS,
        "f Z' Z''\n" + ROWS.replace(",", " "),
        "Frequency (Hz)   Z' (Ohm)  Z'' (Ohm)\n" + ROWS.replace(",", "   "),
        "  f/Hz Z'/Ohm Z''/Ohm\n"
        + "".join(f"  {row}\n" for row in ROWS.replace(",", "  ").split("\n")),
        '"f (Hz)","Z\' (Ohm)","Z"" (Ohm)"\n' + ROWS,
        ",f/Hz,Z'/Ohm,Z''/Ohm\n" + "".join(f"0,{row}\n" for row in ROWS.split()),
        HEADER + ROWS.replace(",", ", "),
        HEADER.strip() + ",Remark\n" + "".join(f"{row},ok\n" for row in ROWS.split()),
        HEADER + "".join(",".join(f'"{c}"' for c in row.split(",")) + "\n" for row in ROWS.split()),
        HEADER + "\n".join(reversed(ROWS.split())) + "\n",
    ],
    ids=[
        *("commas", "tabs", "a comment above", "a row of units", "blanks", "blanks and units"),
        *("blanks at the start", "quotation marks", "an index", "blanks behind commas", "a remark"),
        *("every cell quoted", "rising"),
    ],
)
def test_a_table_is_read_however_it_is_laid_out(text: str, read_as_spectra: Read):
    """Four points, highest frequency first."""
    (spectrum,) = read_as_spectra(text)

    assert spectrum.frequency_hz.tolist() == FREQUENCY_HZ
    assert spectrum.impedance_ohm.tolist() == IMPEDANCE_OHM
    assert set(_codes(spectrum)) <= {"D217"}
    lines = text.split("\n")
    assert all(
        f"{f:g}" in lines[line - 1]
        for f, line in zip(FREQUENCY_HZ, spectrum.lines.tolist(), strict=True)
    )


def test_a_header_without_units_is_remarked(read_as_spectra: Read):
    """Hertz and ohm are taken."""
    (spectrum,) = read_as_spectra("freq,Zreal,Zimag\n" + ROWS)

    assert [(f.code, f.what) for f in spectrum.findings] == [
        ("D217", "no unit in 'freq', 'Zreal', 'Zimag': read as Hz, ohm and degrees")
    ]


def test_a_positive_imaginary_part_below_a_header_without_minus_is_turned(read_as_spectra: Read):
    """The points say that −Im Z was stored, and the finding says that they were turned."""
    (spectrum,) = read_as_spectra(HEADER + ROWS.replace("-", "").replace(",2\n", ",-2\n"))

    assert spectrum.impedance_ohm.tolist() == IMPEDANCE_OHM
    assert _codes(spectrum) == ["D213"]
    assert spectrum.findings[0].where.endswith("lines 2 to 5")


def test_a_sweep_that_ends_in_its_cable_is_not_turned(read_as_spectra: Read):
    """All points are positive and rise with frequency; the remark says what is odd."""
    (spectrum,) = read_as_spectra(HEADER + "300000,11,1.5\n200000,11.1,1.2\n100000,11.2,0.7\n")

    assert spectrum.impedance_ohm.imag.tolist() == [1.5, 1.2, 0.7]
    assert _codes(spectrum) == ["D211"]


def test_a_wrong_minus_in_the_header_is_remarked(read_as_spectra: Read):
    """The header is believed, and doubted aloud."""
    (spectrum,) = read_as_spectra(HEADER.replace("Z''", "-Z''") + ROWS)

    assert spectrum.impedance_ohm.imag.tolist() == [-2.0, 1.0, 9.0, 80.0]
    assert _codes(spectrum) == ["D211"]


def test_rows_without_a_point_are_left_out_and_named(read_as_spectra: Read):
    """A frequency of zero, an empty cell, NaN."""
    (spectrum,) = read_as_spectra(HEADER + "0,1,2\n" + ROWS + "0.1,,-700\n0.01,NaN,-7000\n")

    assert spectrum.frequency_hz.tolist() == FREQUENCY_HZ
    assert _codes(spectrum) == ["D210"]
    assert spectrum.findings[0].where.endswith("lines 2, 7, 8")


def test_a_frequency_twice_is_kept_and_remarked(read_as_spectra: Read):
    """In the file's order."""
    (spectrum,) = read_as_spectra(HEADER + ROWS.replace("10,25", "10,24,-8\n10,25"))

    assert spectrum.impedance_ohm[2:4].tolist() == [24 - 8j, 25 - 9j]
    assert _codes(spectrum) == ["D212"]
    assert spectrum.findings[0].where.endswith("line 5")


def test_points_out_of_order_are_sorted_and_remarked(read_as_spectra: Read):
    """Each keeps its line."""
    first, second, third, fourth = ROWS.split()

    (spectrum,) = read_as_spectra(HEADER + f"{first}\n{third}\n{second}\n{fourth}\n")

    assert spectrum.impedance_ohm.tolist() == IMPEDANCE_OHM
    assert spectrum.lines.tolist() == [2, 4, 3, 5]
    assert _codes(spectrum) == ["D216"]


def test_sweeps_below_one_another_are_parted(read_as_spectra: Read):
    """By a header in the middle, or where the frequencies begin anew."""
    by_header = read_as_spectra(HEADER + ROWS + HEADER + ROWS)
    by_frequency = read_as_spectra(HEADER + ROWS + ROWS)

    for spectra in (by_header, by_frequency):
        assert [spectrum.sweep for spectrum in spectra] == [1, 2]
        assert all(spectrum.impedance_ohm.tolist() == IMPEDANCE_OHM for spectrum in spectra)
    assert [_codes(spectrum) for spectrum in by_header] == [[], []]
    assert [_codes(spectrum) for spectrum in by_frequency] == [[], ["D215"]]


def test_a_header_in_the_middle_may_order_columns_otherwise(read_as_spectra: Read):
    """Each header speaks for its own rows."""
    _, second = read_as_spectra(
        HEADER + ROWS + "Z'/mOhm,f/Hz,-Z''/Ohm\n20000,1000,-2\n25000,10,9\n"
    )

    assert second.frequency_hz.tolist() == [1000.0, 10.0]
    assert second.impedance_ohm.tolist() == [20 + 2j, 25 - 9j]


@pytest.mark.parametrize(
    "name", ["Phase (deg)", "Phase", "-Phase (deg)", "Phase (rad)", "-theta/mrad"]
)
def test_modulus_and_phase_become_real_and_imaginary_part(name: str, read_as_spectra: Read):
    """Whatever the angle's unit and sign."""
    turn = -1.0 if name.startswith("-") else 1.0
    unit = 1.0 if "(rad" in name else 1e3 if "mrad" in name else 180.0 / math.pi
    rows = [
        f"{f},{abs(z)},{turn * unit * math.atan2(z.imag, z.real)}"
        for f, z in zip(FREQUENCY_HZ, IMPEDANCE_OHM, strict=True)
    ]

    (spectrum,) = read_as_spectra("\n".join([f"f (Hz),|Z| (Ohm),{name}", *rows, ""]))

    np.testing.assert_allclose(spectrum.impedance_ohm, IMPEDANCE_OHM, rtol=1e-12)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0)], ids=str)
@pytest.mark.parametrize("sign", [1, -1])
def test_three_columns_without_a_header_are_distinguished(
    order: tuple[int, int, int], sign: int, read_as_spectra: Read
):
    """The finding says which was read as what."""
    frequency_hz = np.geomspace(1e4, 0.1, 11)
    interface = 1e-3 * (2j * np.pi * frequency_hz) ** 0.95
    impedance = np.sqrt(300.0 / interface) / np.tanh(np.sqrt(300.0 * interface))
    impedance += 2j * np.pi * frequency_hz * 1e-4
    columns = np.array([frequency_hz, impedance.real, sign * impedance.imag])
    rows = ["\t".join(map(repr, map(float, row))) for row in columns[list(order)].T]

    (spectrum,) = read_as_spectra("\n".join([*rows, ""]))

    np.testing.assert_array_equal(spectrum.frequency_hz, frequency_hz)
    np.testing.assert_array_equal(spectrum.impedance_ohm, impedance)
    assert _codes(spectrum) == ["D217", "D213"][: 1 if sign > 0 else 2]
    assert f"frequency in Hz (column {order.index(0) + 1})" in spectrum.findings[0].what
    assert spectrum.findings[0].severity is Severity.NOTE


def test_columns_that_could_be_exchanged_are_a_warning(read_as_spectra: Read):
    """Both positive: the first of the two is taken for the real part."""
    (spectrum,) = read_as_spectra("1e4,19,2\n1000,20,1\n100,21,3\n10,25,9\n1,40,80\n0.1,50,900\n")

    assert spectrum.impedance_ohm[-1] == 50 - 900j
    assert _codes(spectrum) == ["D217", "D213"]
    assert spectrum.findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("5,20,-1\n9,21,-3\n2,25,-9\n", "none of them looks like a frequency", "line 1"),
        ("80,81,-1\n40,41,-3\n20,21,-9\n1,2,-20\n", "more than one of them looks", "line 1"),
        ("100,-2,-1\n10,-3,-3\n1,5,-9\n", "both hold negative numbers", "line 1"),
        ("1000,20,1\n100,21,-1\n10,20,1\n1,21,-1\n", "the sign of the imaginary", "line 1"),
        ("1,2,3,4\n5,6,7,8\n", "no header names", "line 1"),
        ("1000,20,-1\n100,21\n", "2 cells where the header has 3", "line 2"),
        (HEADER + "1000,20,-1\n100,1e300,-3\n", "1e\\+300 is no frequency", "line 3, column 'Z' "),
        ("1000,20,-1\n1e300,21,-3\n", "1e\\+300 is no frequency", "line 2, column 'column 1'"),
        (HEADER + "1000,20,-1\n-100,21,-3\n", "frequency -100 Hz is negative", "line 3"),
        (HEADER + "0,20,-1\n0,21,-3\n", "no row holds a frequency above 0 Hz", "line 2"),
        (HEADER + ROWS + "end of sweep\n", "1 cells where the header has 3", "line 6"),
        ("f;Re(Z) (Ohm cm2);Im(Z)\n1;2;3\n", "the area", "line 1, column 'Re(Z) (Ohm cm2)'"),
        ("f,Re(Z),Im(Z)\nHz,Ohm cm2,Ohm cm2\n" + ROWS, "the area", "line 1, column 'Re(Z)"),
        ("f,Re(Z),time\n1,2,3\n", "no column holds the imaginary part", "line 1"),
        ("f,|Z|,time\n1,2,3\n", "no column holds the phase", "line 1"),
        ("f,-Im(Z),time\n1,2,3\n", "no column holds the real part", "line 1"),
        ("Re(Z),Im(Z),time\n1,2,3\n", "no column holds the frequency", "line 1"),
        ("f,|Z|,phase\n1,2,-1.5\n", "which may be radians|degrees or radians", "line 1"),
        ("f,|Z|,phase (rad)\n1,2,-80\n", "a phase of 80 rad", "line 1"),
        ("f,|Z|,phase (deg)\n1,2,-1.5\n9,3,-.9\n", "may be radians", "line 1"),
        ("f,|Z|,phase (deg)\n1,-2,-85\n", "a modulus of -2 ohm is negative", "line 1"),
        ("f,Re(Z),Im(Z),|Z|,Phase (deg)\n1,3,-4,6,-53.13\n", "5 ohm at -53.13°", "line 2"),
    ],
)
def test_what_cannot_be_determined_is_refused(
    text: str, what: str, where: str, read_as_spectra: Read
):
    """With its line, and a header or a unit to write."""
    with pytest.raises(IngestError, match=what) as caught:
        read_as_spectra(text)

    assert where in caught.value.where
