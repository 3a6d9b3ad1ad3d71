"""Files look like those of the instruments, and say that they are simulated."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.study import AdhesionProtocol
from electrodoe.virtual_line.instruments.adhesion import pull_off, pull_off_text
from electrodoe.virtual_line.instruments.cycler import basytec_text, programme, record
from electrodoe.virtual_line.instruments.impedance import ec_lab_text, sweep, sweep_hz
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.raw_files import hand_table

LEVELS = NoiseLevels()
CAPACITY = {0.1: 4.05, 0.2: 4.03, 1.0: 3.8, 3.0: 2.1, 5.0: 0.9}


@pytest.fixture(scope="module")
def spectrum() -> np.ndarray:
    """Return the impedance of one sound cell."""
    return sweep(400.0, 0.0, np.random.default_rng(1))


@pytest.fixture(scope="module")
def sweep_lines(spectrum: np.ndarray) -> list[str]:
    """Return an impedance file, line by line."""
    return ec_lab_text(sweep_hz(), spectrum, "run 1, cell 1", 0).decode("latin-1").split("\r\n")


@pytest.fixture(scope="module")
def cycler_lines() -> list[str]:
    """Return a cycler's file, line by line."""
    table = record(programme(CAPACITY), 4.4, LEVELS, np.random.default_rng(1))
    return basytec_text(table, "run 1, cell 1", 0).decode("latin-1").split("\r\n")


@pytest.fixture(scope="module")
def pull_lines() -> list[str]:
    """Return a testing machine's file, line by line."""
    protocol = AdhesionProtocol(instrument="adhesion", files=["raw/*.TRA"])
    curve = pull_off(300.0, protocol, (1500.0, 30.0, 0.75, 100.0), LEVELS, np.random.default_rng(1))
    return pull_off_text(curve, "run 1, specimen 1", 0).decode("latin-1").split("\r\n")


def _lines(path: Path) -> list[str]:
    """Return a real file's lines."""
    return path.read_text(encoding="latin-1").splitlines()


def test_ec_lab_says_how_long_its_header_is(sweep_lines: list[str]):
    """The table's header is the last of its lines."""
    n = int(re.fullmatch(r"Nb header lines : (\d+) *", sweep_lines[1])[1])

    assert sweep_lines[0] == "EC-Lab ASCII FILE"
    assert sweep_lines[n - 1].startswith("freq/Hz\t")
    assert len(sweep_lines) == n + 51 + 1


def test_ec_lab_stores_minus_the_imaginary_part(sweep_lines: list[str], spectrum: np.ndarray):
    """In seven digits, with exponents of three."""
    n = int(sweep_lines[1].split(":")[1])
    table = np.array([line.split("\t") for line in sweep_lines[n:-1]])

    assert all(re.fullmatch(r"-?\d\.\d{7}E[+-]\d{3}", cell) for cell in table.ravel())
    values = table.astype(float)
    np.testing.assert_allclose(values[:, 1] - 1j * values[:, 2], spectrum, rtol=1e-6)
    np.testing.assert_allclose(values[:, 3], np.abs(spectrum), rtol=1e-6)


def test_ec_lab_has_the_lines_of_a_real_file(shared_data: Path, sweep_lines: list[str]):
    """The header's keys and the table's columns are those of the instrument."""
    real = _lines(shared_data / "eis-instrument-files" / "exampleDataBioLogic.mpt")
    n, n_real = (int(lines[1].split(":")[1]) for lines in (sweep_lines, real))
    keys, real_keys = (
        {line[:20].strip() for line in lines[: count - 1] if not re.search(r" : |\t", line)}
        for lines, count in ((sweep_lines, n), (real, n_real))
    )

    assert keys - {""} <= real_keys | {"Potentio Electrochem"}
    assert set(sweep_lines[n - 1].split("\t")) <= set(real[n_real - 1].split("\t"))


def test_basytec_begins_with_tildes(shared_data: Path, cycler_lines: list[str]):
    """The same keys and columns as in a real export."""
    real = _lines(shared_data / "cycler-exports" / "pyprobe" / "sample_data_basytec.txt")
    preamble, real_preamble = (
        [line for line in lines if line.startswith("~")] for lines in (cycler_lines, real)
    )
    keys = [line.split(":")[0] for line in preamble[:-1]]
    columns = preamble[-1].split("\t")

    assert keys == [line.split(":")[0] for line in real_preamble[:-1]]
    assert {name for name in columns if not name.startswith("T1")} <= set(
        real_preamble[-1].split("\t")
    )


def test_basytec_sums_charge_over_the_whole_test(cycler_lines: list[str]):
    """Its running sum is the integral of the current, row by row."""
    start = next(n for n, line in enumerate(cycler_lines) if line.startswith("~Time"))
    table = pl.read_csv(io.StringIO("\n".join(cycler_lines[start:-1])), separator="\t")
    time, current = table["~Time[s]"].to_numpy(), table["I[A]"].to_numpy()
    steps = 0.5 * (current[1:] + current[:-1]) * np.diff(time)
    within = table["Line"].to_numpy()[1:] == table["Line"].to_numpy()[:-1]

    assert np.all(np.diff(time) >= 0.0)
    assert table["Ah[Ah]"][-1] == pytest.approx(np.sum(steps[within]) / 3600.0, rel=0.02)
    assert table["Cyc-Count"].max() == 11


def test_test_xpert_writes_quoted_keys_and_bare_numbers(shared_data: Path, pull_lines: list[str]):
    """Tabs, units in the third cell, and the real export's names of columns."""
    real = list(
        csv.reader(
            _lines(shared_data / "pull-off-machine-exports" / "zwick_testxpert_german_latin1.csv"),
            delimiter="\t",
        )
    )
    rows = list(csv.reader(pull_lines[:-1], delimiter="\t"))
    head = next(n for n, row in enumerate(rows) if row[0] == "Prüfzeit")

    assert rows[head] == [name for name in real[16] if name in rows[head]]
    assert rows[head + 1] == ["s", "mm", "N"]
    assert ["Prüfgeschwindigkeit", "100", "mm/min"] in rows
    assert np.array(rows[head + 2 :], dtype=float).shape[1] == 3


@pytest.mark.parametrize("lines", ["sweep_lines", "cycler_lines", "pull_lines"])
def test_every_file_says_that_it_is_simulated(lines: str, request: pytest.FixtureRequest):
    """In its header, in words."""
    head = "\n".join(request.getfixturevalue(lines)[:40])

    assert "simulated by the virtual line of ElectroDoE, not measured" in head


def test_tables_kept_by_hand_are_marked_in_a_column():
    """As text and as a workbook, whose bytes do not depend on the day."""
    frame = pl.DataFrame({"run": ["1"], "mass_g": [10.5]})
    text, book = (hand_table(frame, f"table{ending}") for ending in (".csv", ".xlsx"))

    assert text.decode().splitlines() == ["run,mass_g,note", "1,10.5,simulated"]
    assert book == hand_table(frame, "table.xlsx")
    assert pl.read_excel(io.BytesIO(book))["note"].to_list() == ["simulated"]
