"""Files that are no spectra at all: one error each, and soon."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import ImpedanceSpectrum, read_spectra

Read = Callable[..., tuple[ImpedanceSpectrum, ...]]

HEADER = 'Frequency (Hz),Re(Z) (Ohm),"Im(Z) (Ohm)"\n'
GAMRY = b"EXPLAIN\nZCURVE\tTABLE\n\tPt\tFreq\tZreal\tZimag\n\t#\tHz\tohm\tohm\n"
NOISE = Random(1).randbytes(200_000)
HOSTILE = {
    "numbers in one line of 10 MB": b"1,2,3," * 1_700_000,
    "letters in one line of 10 MB": b"f" * 10_000_000,
    "blanks in one line of 10 MB": b"1 " * 5_000_000,
    "a cell of 5 MB": b"1" * 5_000_000 + b",2,3\n",
    "a quoted cell of 5 MB": b'"' + b"f" * 5_000_000 + b'",2,3\n',
    "a header of 10 MB": b"freq," * 2_000_000,
    "ten thousand columns": ",".join(["freq", "Re(Z)", "Im(Z)", *map(str, range(10_000))]).encode(),
    "ten thousand numbers in a row": (b"1," * 10_000 + b"1\n") * 10,
    "noise": NOISE,
    "noise without NUL": NOISE.replace(b"\x00", b"\x01"),
    "nothing": b"",
    "blank lines": b"\n \n\n",
    "a header alone": HEADER.encode(),
    "headers alone": HEADER.encode() * 3000,
    "two columns": b"1,2\n3,4\n",
    "quotation marks": b'"' * 100_001,
    "EC-Lab's title alone": b"EC-Lab ASCII FILE\n",
    "EC-Lab without rows": b"EC-Lab ASCII FILE\nfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t\n",
    "Gamry's title alone": b"EXPLAIN\nTAG\tCV\n",
    "Gamry without a header": b"EXPLAIN\nZCURVE\tTABLE\n",
    "Gamry without a frequency": b"EXPLAIN\nZCURVE\tTABLE\n\tPt\tZreal\n\t#\tohm\n\t0\t1\n",
    "Gamry without rows": GAMRY,
    "Gamry aborted at once": GAMRY + b"EXPERIMENTABORTED\tTOGGLE\tT\tExperiment Aborted\n",
    "ZPlot's title alone": b"ZPLOT2 ASCII\n",
    "ZPlot without a header": b"ZPLOT2 ASCII\nEnd Comments\n",
    "ZPlot without rows": b"ZPLOT2 ASCII\n Freq(Hz)\tZ'(a)\tZ''(b)\nEnd Comments\n",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_one_error(content: bytes, read_as_spectra: Read):
    """With what, where and fix."""
    with pytest.raises(IngestError) as caught:
        read_as_spectra(content)

    assert caught.value.what
    assert "sweep.txt" in caught.value.where
    assert caught.value.fix


@pytest.mark.parametrize("name", [".", "missing.csv"])
def test_a_folder_or_a_missing_file_is_reported(name: str, tmp_path: Path):
    """Neither is a spectrum."""
    with pytest.raises(IngestError, match="no such file"):
        read_spectra(tmp_path / name)
