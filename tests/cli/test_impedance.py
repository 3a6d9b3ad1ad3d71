"""``electrodoe impedance``: the table, the gallery, exit codes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.physics import transmission_line

COLUMNS = [
    "file",
    "r0_ohm",
    "r_ion_ohm",
    "r_ion_low_ohm",
    "r_ion_high_ohm",
    "q",
    "gamma",
    "kk_rms",
    "accepted",
    "flags",
]


def write_spectrum(path: Path, r_ion_ohm: float, *, seed: int = 0) -> None:
    frequency = np.logspace(4, -1, 51)
    clean = transmission_line(frequency, 20.0, r_ion_ohm, 1e-3, 0.95)
    real, imaginary = np.random.default_rng(seed).normal(size=(2, 51))
    noisy = clean + 0.003 * np.abs(clean) * (real + 1j * imaginary)
    rows = zip(frequency, noisy.real, noisy.imag, strict=True)
    text = "".join(f"{f:.8g},{re:.8g},{im:.8g}\n" for f, re, im in rows)
    path.write_text(f"Frequency (Hz),Z' (Ohm),Z'' (Ohm)\n{text}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two spectra."""
    raw = tmp_path / "raw"
    raw.mkdir()
    write_spectrum(raw / "a.csv", 150.0)
    write_spectrum(raw / "b.csv", 300.0, seed=1)
    return raw


def test_a_folder_becomes_a_table(electrodoe: Callable, folder: Path, tmp_path: Path):
    """One row per spectrum, in exactly the promised columns."""
    answer = electrodoe("impedance", folder, "--out", tmp_path / "r.csv")

    table = pl.read_csv(tmp_path / "r.csv")
    assert answer.code == 0
    assert table.columns == COLUMNS
    assert table["r_ion_ohm"].to_list() == pytest.approx([150.0, 300.0], rel=0.02)
    assert table["accepted"].to_list() == [True, True]
    assert "accepted" in answer.out


def test_a_gallery_is_written(electrodoe: Callable, folder: Path, tmp_path: Path):
    """With a line to overrule each."""
    electrodoe("impedance", folder, "--gallery", tmp_path / "g.html")

    page = (tmp_path / "g.html").read_text(encoding="utf-8")
    assert page.count("<article") == 2
    assert "a.csv" in page


def test_a_bad_file_does_not_stop_the_others(electrodoe: Callable, folder: Path, tmp_path: Path):
    """It is reported in three lines, and the exit code says so."""
    (folder / "c.csv").write_text("no spectrum\n")

    answer = electrodoe("impedance", folder, "--out", tmp_path / "r.csv")

    assert answer.code == 2
    assert "c.csv" in answer.err
    assert "fix:" in answer.err
    assert pl.read_csv(tmp_path / "r.csv").height == 2


def test_the_window_and_the_model_are_taken(electrodoe: Callable, folder: Path, tmp_path: Path):
    """Other points, other weights, nearly the same resistance."""
    files = [folder / "a.csv", folder / "b.csv"]
    settings = ["--model", "line", "--weighting", "unit", "--lowest-hz", 0.5, "--highest-hz", 2e3]

    answer = electrodoe("impedance", *files, *settings, "--out", tmp_path / "r.csv")

    assert answer.code == 0
    found = pl.read_csv(tmp_path / "r.csv")["r_ion_ohm"].to_list()
    assert found == pytest.approx([150.0, 300.0], rel=0.05)


def test_a_window_without_points_is_an_error_with_rows(
    electrodoe: Callable, folder: Path, tmp_path: Path
):
    """The rows stay, without values; exit code 1 asks for a person."""
    answer = electrodoe("impedance", folder, "--lowest-hz", 1e5, "--out", tmp_path / "r.csv")

    assert answer.code == 1
    assert pl.read_csv(tmp_path / "r.csv")["flags"].to_list() == ["too few points for a fit"] * 2


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--model", "warburg"), "'warburg' is no choice"),
        (("--weighting", "none"), "'none' is no choice"),
        (("--lowest-hz", 10.0, "--highest-hz", 1.0), "no frequency lies between 10 and 1 Hz"),
        (("--highest-hz", -1.0), "no frequency lies between 0 and -1 Hz"),
    ],
)
def test_a_wrong_option_is_reported_with_its_fix(
    electrodoe: Callable, folder: Path, options: tuple[object, ...], what: str
):
    """In three lines, before any file is read."""
    answer = electrodoe("impedance", folder, *options)

    assert answer.code == 2
    assert what in answer.err
    assert "fix:" in answer.err
