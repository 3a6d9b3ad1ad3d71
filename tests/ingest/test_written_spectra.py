"""Any spectrum, in any format and any usual way of writing, is read as it was."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.ingest import ImpedanceSpectrum, read_spectra
from strategies import spectra as written
from strategies.spectra import Style, Sweep

MARKS = st.sampled_from([".", ","])
PLAIN = ("Frequency (Hz)", 1.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the files of this module."""
    return tmp_path_factory.mktemp("spectra")


def _read(folder: Path, text: str) -> tuple[ImpedanceSpectrum, ...]:
    """Return what is read from a text."""
    path = folder / "sweep.txt"
    path.write_text(text, encoding="utf-8")
    return read_spectra(path)


def _require_equal(found: ImpedanceSpectrum, sweep: Sweep) -> None:
    """Fail where a point is not the one that was written."""
    np.testing.assert_allclose(found.frequency_hz, [f for f, _ in sweep], rtol=1e-14)
    np.testing.assert_allclose(found.impedance_ohm.real, [z.real for _, z in sweep], rtol=1e-13)
    np.testing.assert_allclose(found.impedance_ohm.imag, [z.imag for _, z in sweep], rtol=1e-13)


@given(sweep=written.sweeps(), style=written.styles)
def test_a_table_with_a_header_is_read_as_written(sweep: Sweep, style: Style, folder: Path):
    """Any separator, mark, order of columns and points, unit, and sign, said or left away."""
    rows = written.table_rows(sweep, style)

    (found,) = _read(folder, "\n".join([written.table_header(style), *rows]) + "\n")

    _require_equal(found, sweep)
    is_turned = style.imaginary[1] < 0 and not style.imaginary[0].startswith(("-", "−"))
    assert [finding.code for finding in found.findings] == ["D213"] * is_turned
    lines = range(len(sweep) + 1, 1, -1) if style.is_rising else range(2, len(sweep) + 2)
    assert found.lines.tolist() == list(lines)


@given(sweep=written.sweeps(min_size=8), style=written.styles, sign=st.sampled_from([1, -1]))
def test_a_table_without_a_header_is_read_as_written(
    sweep: Sweep, style: Style, sign: int, folder: Path
):
    """The frequency is the even column, the real part the one without a minus."""
    plain = Style(
        **{**vars(style), "frequency": PLAIN, "ohm": ("Ohm", 1.0), "imaginary": ("", sign)}
    )

    (found,) = _read(folder, "\n".join(written.table_rows(sweep, plain)) + "\n")

    _require_equal(found, sweep)
    assert {finding.code for finding in found.findings} == {"D217"} | (
        {"D213"} if sign < 0 else set()
    )


@given(sweep=written.sweeps(), style=written.styles, in_degrees=st.booleans())
def test_modulus_and_phase_are_read_as_written(
    sweep: Sweep, style: Style, in_degrees: bool, folder: Path
):
    """In degrees and radians."""
    (found,) = _read(folder, written.polar_table(sweep, style, in_degrees=in_degrees))

    np.testing.assert_allclose(found.frequency_hz, [f for f, _ in sweep], rtol=1e-14)
    impedance = np.array([z for _, z in sweep])
    assert np.all(np.abs(found.impedance_ohm - impedance) <= 1e-13 * np.abs(impedance))


@pytest.mark.parametrize("write", [written.ec_lab, written.gamry])
@given(sweeps=st.lists(written.sweeps(), min_size=1, max_size=3), mark=MARKS)
def test_a_file_of_several_sweeps_is_read_as_written(write, sweeps, mark, folder: Path):
    """By cycle number in EC-Lab's files, by table in Gamry's."""
    found = _read(folder, write(sweeps, mark))

    assert [spectrum.sweep for spectrum in found] == list(range(1, len(sweeps) + 1))
    for spectrum, sweep in zip(found, sweeps, strict=True):
        _require_equal(spectrum, sweep)
        assert spectrum.findings == ()


@given(sweep=written.sweeps(), mark=MARKS)
def test_a_zplot_file_is_read_as_written(sweep: Sweep, mark: str, folder: Path):
    """With as many points as its comments say."""
    (found,) = _read(folder, written.zplot(sweep, mark))

    _require_equal(found, sweep)
    assert found.findings == ()


@given(sweep=written.sweeps(), style=written.styles, n=st.integers(2, 3))
def test_sweeps_below_one_header_are_parted(sweep: Sweep, style: Style, n: int, folder: Path):
    """Where the frequencies begin anew."""
    rows = written.table_rows(sweep, style) * n

    found = _read(folder, "\n".join([written.table_header(style), *rows]) + "\n")

    assert len(found) == n
    for spectrum in found:
        _require_equal(spectrum, sweep)
    assert "D215" in [finding.code for finding in found[-1].findings]
