"""ZPlot's text files: comments, a header at their end, rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import ImpedanceSpectrum, read_spectra

Read = Callable[..., tuple[ImpedanceSpectrum, ...]]
TEXT = (
    "ZPLOT2 ASCII\n  Data Points: 3\n  Freq(Hz)\tAmpl\tZ'(a)\tZ''(b)\nEnd Comments\n"
    "1E+03\t1E-02\t20\t1\n1E+01\t1E-02\t25\t-5\n1E-01\t1E-02\t40\t-80\n"
)


def test_a_file_is_read(samples: Path):
    """Every point with its line, and no remark where all are there."""
    (spectrum,) = read_spectra(samples / "zplot" / "sweep.z")

    assert spectrum.format == "ZPlot"
    assert spectrum.lines.tolist() == list(range(11, 24))
    assert spectrum.impedance_ohm[[0, -1]].tolist() == [20.70845 + 1.230067j, 241.8794 - 1551.48j]
    assert spectrum.findings == ()


def test_a_rising_file_with_commas_between_cells_is_read(read_as_spectra: Read):
    """As older versions write it."""
    *comments, first, second, third = TEXT.replace("\t", ", ").splitlines()

    (spectrum,) = read_as_spectra("\n".join([*comments, third, second, first, ""]))

    assert spectrum.frequency_hz.tolist() == [1e3, 10.0, 0.1]
    assert spectrum.lines.tolist() == [7, 6, 5]
    assert spectrum.impedance_ohm.tolist() == [20 + 1j, 25 - 5j, 40 - 80j]


def test_missing_points_are_remarked(read_as_spectra: Read):
    """The comments count them."""
    (spectrum,) = read_as_spectra(TEXT.replace("Points: 3", "Points: 56"))

    assert [(f.code, f.what) for f in spectrum.findings] == [
        ("D219", "3 rows where the comments say 56")
    ]
    assert spectrum.findings[0].where.endswith("line 2")


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        (("End Comments\n", ""), "no line 'End Comments'", "line 6"),
        (("Z'(a)", "Y'(a)"), "where the header with", "line 3"),
        (("25", "25 ohm"), "'25 ohm' where a number", "line 6, column 'Z''"),
    ],
)
def test_a_fault_is_reported_with_its_line(
    change: tuple[str, str], what: str, where: str, read_as_spectra: Read
):
    """A person can open the place."""
    with pytest.raises(IngestError, match=what) as caught:
        read_as_spectra(TEXT.replace(*change))

    assert where in caught.value.where
