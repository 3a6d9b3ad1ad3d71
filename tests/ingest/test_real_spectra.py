"""Real files: points, first and last of them, and their lines, typed from the files."""

import json
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import read_spectra


@dataclass(frozen=True)
class Known:
    """What an editor shows in a file."""

    name: str
    format: str
    n_points: int
    highest: tuple[float, complex, int]
    """Frequency in hertz, impedance in ohm and line of the point of highest frequency."""
    lowest: tuple[float, complex, int]
    codes: tuple[str, ...] = ()


INSTRUMENTS = [
    Known(
        "exampleData.csv",
        "text table",
        66,
        (1e4, 1.577148266048593317e-02 + 1.015747456493823649e-02j, 66),
        (3.1623e-03, 4.949989776405060160e-02 - 2.043869854441892481e-02j, 1),
        ("D217",),
    ),
    Known(
        "exampleDataBioLogic.mpt",
        "EC-Lab text",
        43,
        (1000.3201, 65.470886 - 0.38998979j, 62),
        (0.01689554, 110.97003 - 2.3458567j, 104),
        ("D201",),
    ),
    Known(
        "exampleDataGamry.DTA",
        "Gamry DTA",
        72,
        (200015.6, 825.8584 - 1367.239j, 449),
        (0.0158898, 17007.49 - 6635.557j, 520),
    ),
    Known(
        "exampleDataGamryABORT.DTA",
        "Gamry DTA",
        72,
        (200015.6, 825.8584 - 1367.239j, 100),
        (0.0158898, 17007.49 - 6635.557j, 171),
        ("D214",),
    ),
    Known(
        "exampleDataZPlot.z",
        "ZPlot",
        21,
        (3e5, 147.77 - 11.335j, 124),
        (3e3, 613.68 - 137.13j, 144),
        ("D219",),
    ),
]
BLOCKING = [
    Known(f"test_data_{number:03}.csv", "text table", n, (top, high, 2), (0.0999989, low, n + 1))
    for number, n, top, high, low in [
        (1, 66, 3e5, 11.1089 + 1.55501j, 117.47 - 489.121j),
        (2, 66, 3e5, 10.8849 + 1.27252j, 189.849 - 602.932j),
        (3, 66, 3e5, 14.2356 + 1.68551j, 137.793 - 454.87j),
        (4, 66, 3e5, 96.8614 + 10.3672j, 498.507 - 520.102j),
        (5, 66, 3e5, 12.5275 + 1.28711j, 120.737 - 520.48j),
        (6, 66, 3e5, 14.3578 + 1.60805j, 126.671 - 500.513j),
        (7, 66, 3e5, 13.5594 + 1.71588j, 129.641 - 523.271j),
        (8, 66, 3e5, 9.33303 + 1.41446j, 10.865 - 0.129431j),
        (9, 66, 3e5, 11.3902 + 1.53077j, 105.845 - 18.7451j),
        (10, 66, 3e5, 13.5166 + 1.72131j, 256.167 - 427.045j),
        (11, 66, 3e5, 10.8849 + 1.27252j, 189.849 - 602.932j),
        (12, 66, 3e5, 11.9692 + 1.16692j, 162.586 - 532.978j),
        (13, 68, 5e5, 7.32012 + 7.08368j, 113.257 - 518.832j),
        (14, 68, 5e5, 7.8312 + 1.0184j, 106.743 - 541.621j),
    ]
]
CASES = [("eis-instrument-files", known) for known in INSTRUMENTS] + [
    ("fipt-blocking-eis/spectra", known) for known in BLOCKING
]


@pytest.mark.parametrize(("folder", "known"), CASES, ids=lambda case: getattr(case, "name", ""))
def test_a_real_file_is_read_as_it_stands(folder: str, known: Known, shared_data: Path):
    """Highest frequency first, with the sign of the law, each point with its line."""
    (spectrum,) = read_spectra(shared_data / folder / known.name)

    found = list(
        zip(spectrum.frequency_hz, spectrum.impedance_ohm, spectrum.lines.tolist(), strict=True)
    )
    assert spectrum.format == known.format
    assert len(found) == known.n_points
    assert found[0] == known.highest
    assert found[-1] == known.lowest
    assert np.all(np.diff(spectrum.frequency_hz) < 0.0)
    assert tuple(finding.code for finding in spectrum.findings) == known.codes


@pytest.mark.parametrize("is_mirrored", [False, True])
@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_real_columns_are_distinguished_without_their_header(
    order: tuple[int, int, int], is_mirrored: bool, shared_data: Path, tmp_path: Path
):
    """Fourteen spectra, shorted ones among them, in any order, as Im Z and as −Im Z."""
    for original in sorted((shared_data / "fipt-blocking-eis" / "spectra").glob("*.csv")):
        (known,) = read_spectra(original)
        columns = _columns(original, is_mirrored=is_mirrored)
        copy = tmp_path / original.name
        copy.write_text("\n".join(",".join(row[i] for i in order) for row in columns) + "\n")

        (found,) = read_spectra(copy)

        np.testing.assert_array_equal(found.frequency_hz, known.frequency_hz)
        np.testing.assert_array_equal(found.impedance_ohm, known.impedance_ohm)


def _columns(path: Path, *, is_mirrored: bool) -> list[list[str]]:
    """Return a file's cells below its header, with the last one's sign changed if asked."""
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    if not is_mirrored:
        return rows
    return [[*row[:2], row[2][1:] if row[2].startswith("-") else f"-{row[2]}"] for row in rows]


def test_inductive_points_at_the_high_end_are_kept(shared_data: Path):
    """Eleven of the first spectrum, nine of the second, as in the files."""
    folder = shared_data / "fipt-blocking-eis" / "spectra"
    spectra = [read_spectra(folder / f"test_data_{number:03}.csv")[0] for number in (1, 2)]

    counts = [int(np.sum(spectrum.impedance_ohm.imag > 0.0)) for spectrum in spectra]

    assert counts == [11, 9]


def test_every_point_stands_in_its_line(shared_data: Path):
    """The line's three numbers are the point."""
    path = shared_data / "fipt-blocking-eis" / "spectra" / "test_data_013.csv"
    (spectrum,) = read_spectra(path)
    rows = path.read_text(encoding="utf-8").splitlines()

    written = np.array([[float(cell) for cell in rows[n - 1].split(",")] for n in spectrum.lines])

    np.testing.assert_array_equal(written[:, 0], spectrum.frequency_hz)
    np.testing.assert_array_equal(written[:, 1] + 1j * written[:, 2], spectrum.impedance_ohm)


def test_the_reference_fits_meet_what_was_read(shared_data: Path):
    """Published parameters of the first spectrum give its points to 3 % where it is capacitive."""
    folder = shared_data / "fipt-blocking-eis"
    fits = json.loads((folder / "reference_fits.json").read_text(encoding="utf-8"))
    fit = fits["test_data_001.csv"]
    (spectrum,) = read_spectra(folder / "spectra" / "test_data_001.csv")
    is_fitted = spectrum.frequency_hz < 1e3
    interface = fit["q_s"] * (2j * np.pi * spectrum.frequency_hz[is_fitted]) ** fit["gamma"]

    line = fit["r_sep"] + np.sqrt(fit["r_ion"] / interface) / np.tanh(
        np.sqrt(fit["r_ion"] * interface)
    )

    measured = spectrum.impedance_ohm[is_fitted]
    assert np.median(np.abs(line - measured) / np.abs(measured)) < 0.03


@pytest.mark.parametrize(
    ("name", "what", "where"),
    [
        ("eis-instrument-files/exampleDataBioLogic_MissingFreq.mpt", "the frequency", "line 61"),
        ("cycler-exports/pyprobe/Sample_data_biologic_CA1.txt", "a cycler's record", "line 103"),
        ("cycler-exports/pyprobe/Sample_data_biologic_no_header.mpt", "a cycler's", "line 1"),
        ("cycler-exports/pyprobe/sample_data_arbin.csv", "a cycler's record", "line 1"),
        ("cycler-exports/pyprobe/sample_data_basytec.txt", "a cycler's record", "line 13"),
        ("eis-instrument-files/LICENSE.upstream", "no header names frequency", "line 1"),
        ("fipt-blocking-eis/reference_fits.json", "no header names frequency", "line 1"),
    ],
)
def test_what_is_no_spectrum_is_refused(name: str, what: str, where: str, shared_data: Path):
    """With the line to look at, and what to do instead."""
    with pytest.raises(IngestError, match=what) as caught:
        read_spectra(shared_data / name)

    assert caught.value.where.endswith(where)
    assert ("electrodoe capacity" in caught.value.fix) == ("cycler" in what)
