"""EC-Lab's text files: preamble, cycles, copies in one file, and what is no spectrum."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import ImpedanceSpectrum, read_spectra

Read = Callable[..., tuple[ImpedanceSpectrum, ...]]
HEADER = "freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\tPhase(Z)/deg\tcycle number\t\n"
ROWS = (
    "1000\t20\t-1\t20.02498\t2.862405\t1\n"
    "10\t25\t5\t25.49510\t-11.30993\t1\n"
    "0.1\t40\t80\t89.44272\t-63.43495\t1\n"
)


def test_cycles_are_sweeps_and_pauses_are_left_out(samples: Path):
    """Latin-1, decimal comma, Windows line ends; −Im(Z) comes out with the sign of the law."""
    first, second = read_spectra(samples / "ec_lab_spectrum" / "two_cycles.mpt")

    assert (first.sweep, second.sweep) == (1, 2)
    assert first.lines.tolist() == list(range(19, 32))
    assert second.lines.tolist() == list(range(33, 46))
    assert first.frequency_hz[[0, -1]].tolist() == [1e5, 0.1]
    assert first.impedance_ohm[-1] == 241.8794 - 1551.48j
    assert second.impedance_ohm[0] == 21.731689 + 1.2085894j
    assert first.findings == ()
    assert [(f.code, f.where.rsplit(", ", 2)[1:]) for f in second.findings] == [
        ("D210", ["lines 18", "32"])
    ]


def test_the_sample_meets_the_transmission_line(samples: Path):
    """R0 20, R_ion 300 ohm, Q 1e-3, γ 0.95: 241.879398836 − 1551.480002j ohm at 0.1 Hz."""
    spectrum, _ = read_spectra(samples / "ec_lab_spectrum" / "two_cycles.mpt")

    assert spectrum.impedance_ohm[-1] == pytest.approx(241.879398836 - 1551.480002j, rel=1e-6)


def test_the_preamble_may_be_missing(read_as_spectra: Read):
    """As where a person copied the table alone."""
    (spectrum,) = read_as_spectra(HEADER + ROWS)

    assert spectrum.format == "EC-Lab text"
    assert spectrum.impedance_ohm.tolist() == [20 + 1j, 25 - 5j, 40 - 80j]


def test_repeated_headers_and_copied_files_are_sweeps(read_as_spectra: Read):
    """Each header begins one; the preamble between two of them is no row."""
    title = "EC-Lab ASCII FILE\nNb header lines : 4\n\n"

    spectra = read_as_spectra(title + HEADER + ROWS + HEADER + ROWS + title + HEADER + ROWS)

    assert [spectrum.lines.tolist() for spectrum in spectra] == [
        [5, 6, 7],
        [9, 10, 11],
        [16, 17, 18],
    ]


def test_columns_may_stand_in_any_order(read_as_spectra: Read):
    """And a frequency behind the impedance."""
    (spectrum,) = read_as_spectra(
        "EC-Lab ASCII FILE\nNb header lines : 3\n-Im(Z)/Ohm\ttime/s\tRe(Z)/Ohm\tfreq/kHz\n"
        "80\t9\t40\t1E-004\n5\t1\t25\t1E-002\n"
    )

    np.testing.assert_allclose(spectrum.frequency_hz, [10.0, 0.1])
    assert spectrum.impedance_ohm.tolist() == [25 - 5j, 40 - 80j]
    assert spectrum.lines.tolist() == [5, 4]


@pytest.mark.parametrize(
    ("change", "what", "line"),
    [
        (("10\t25\t5\t", "10\t25\t5"), "5 cells where the header has 6", 3),
        (("10\t25\t5\t", "10\t25\tx\t"), "'x' where a number", 3),
        (("10\t25\t5\t", "10\t52\t5\t"), "real and imaginary part give 52.24 ohm", 3),
        (("10\t25\t5\t", "-10\t25\t5\t"), "frequency -10 Hz is negative", 3),
        (("Re(Z)/Ohm", "Re(Z)/Ohm.cm2"), "the area", 1),
        (("Re(Z)/Ohm", "Re(Z)/Ohm\tRe(Z)/Ohm"), "both hold the real part", 1),
    ],
)
def test_a_fault_is_reported_with_its_line(
    change: tuple[str, str], what: str, line: int, read_as_spectra: Read
):
    """A person can open the place."""
    with pytest.raises(IngestError, match=what) as caught:
        read_as_spectra((HEADER + ROWS).replace(*change))

    assert f"line {line}" in caught.value.where


def test_an_inductive_low_end_is_remarked_and_not_turned(read_as_spectra: Read):
    """The header says the sign; the program is believed."""
    (spectrum,) = read_as_spectra(
        "freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\n1000\t20\t-9\n100\t20\t-4\n10\t20\t-5\n"
    )

    assert spectrum.impedance_ohm.imag.tolist() == [9.0, 4.0, 5.0]
    assert [finding.code for finding in spectrum.findings] == ["D211"]
