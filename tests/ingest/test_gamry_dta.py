"""Gamry's DTA files: tables of any language, several of them, and what was aborted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import ImpedanceSpectrum, read_spectra

Read = Callable[..., tuple[ImpedanceSpectrum, ...]]
START = "EXPLAIN\nTAG\tEISPOT\n"
HEADER = "\tPt\tTime\tFreq\tZreal\tZimag\n\t#\ts\tHz\tohm\tohm\n"
ROWS = "\t0\t1\t1000\t20\t1\n\t1\t2\t10\t25\t-5\n\t2\t30\t0.1\t40\t-80\n"
TABLE = "ZCURVE\tTABLE\n" + HEADER + ROWS
ABORTED = "EXPERIMENTABORTED\tTOGGLE\tT\tExperiment Aborted\n"


def test_a_file_with_decimal_commas_is_read(samples: Path):
    """Its open-circuit table is passed over, its degree sign is Latin-1."""
    (spectrum,) = read_spectra(samples / "gamry_dta" / "decimal_comma.DTA")

    assert spectrum.format == "Gamry DTA"
    assert spectrum.lines.tolist() == list(range(18, 31))
    assert spectrum.impedance_ohm[[0, -1]].tolist() == [20.70845 + 1.230067j, 241.8794 - 1551.48j]
    assert spectrum.findings == ()


def test_every_table_is_a_sweep(read_as_spectra: Read):
    """Whatever stands between them."""
    spectra = read_as_spectra(
        START + TABLE + "OCVCURVE\tTABLE\t1\n\tPt\tT\n\t#\ts\n\t0\t1\n" + TABLE
    )

    assert [spectrum.sweep for spectrum in spectra] == [1, 2]
    assert [spectrum.lines.tolist() for spectrum in spectra] == [[6, 7, 8], [16, 17, 18]]


def test_what_was_measured_before_an_abortion_is_kept(read_as_spectra: Read):
    """Also where the next table had only begun."""
    spectra = read_as_spectra(START + TABLE + "ZCURVE\tTABLE\n" + HEADER + ABORTED)

    assert [len(spectrum.lines) for spectrum in spectra] == [3]
    assert [(f.code, f.where.rsplit(", ", 1)[1]) for f in spectra[-1].findings] == [
        ("D214", "line 12")
    ]


def test_a_table_shorter_than_it_says_is_remarked(read_as_spectra: Read):
    """Some versions write the number of rows."""
    (spectrum,) = read_as_spectra(START + TABLE.replace("TABLE", "TABLE\t7"))

    assert [finding.code for finding in spectrum.findings] == ["D219"]
    assert spectrum.findings[0].what == "3 rows where the table announces 7"


def test_the_sign_of_zimag_is_that_of_the_law(read_as_spectra: Read):
    """An inductive sweep is not turned, only remarked."""
    (spectrum,) = read_as_spectra(START + TABLE.replace("-5", "5").replace("-80", "80"))

    assert spectrum.impedance_ohm.imag.tolist() == [1.0, 5.0, 80.0]
    assert [finding.code for finding in spectrum.findings] == ["D211"]


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        (START, "no ZCURVE table", "line 1"),
        (START + "ZCURVE\tTABLE\n\tPt\tFreq\n", "ends within the header", "line 4"),
        (START + TABLE.replace("Zreal", "Zr?"), "the ZCURVE table has", "line 4"),
        (START + "ZCURVE\tTABLE\n" + HEADER + ABORTED, "aborted before the first", "line 6"),
        (START + TABLE.replace("\t25", ""), "5 cells where the header has 6", "line 7"),
        (START + TABLE.replace("25", "2,5"), "a decimal point is meant", "line 7, column 'Zreal"),
    ],
)
def test_a_fault_is_reported_with_its_line(text: str, what: str, where: str, read_as_spectra: Read):
    """A person can open the place."""
    with pytest.raises(IngestError, match=what) as caught:
        read_as_spectra(text)

    assert where in caught.value.where
