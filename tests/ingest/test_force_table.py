"""Plain tables of force and time: any order, any unit in the header, and what is missing."""

from pathlib import Path

import numpy as np
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import read_pull_off

FILES = Path(__file__).parents[1] / "files"


@pytest.mark.parametrize("name", ["plain.csv", "kraft_semikolon.txt", "stress.csv"])
def test_units_of_a_header_become_ours(name: str):
    """N and mN, mm and µm, s and ms; a stress by its area."""
    (curve,) = read_pull_off(FILES / "force_table" / name, 50.26)

    (plain,) = read_pull_off(FILES / "testxpert" / "german_tab.csv")
    np.testing.assert_allclose(curve.force_n, plain.force_n, atol=1e-3)
    np.testing.assert_allclose(curve.time_s, plain.time_s)
    assert (curve.travel_mm is None) == (name == "stress.csv")


def test_a_stress_needs_an_area():
    """Which no one may guess."""
    with pytest.raises(IngestError, match="no area to turn it back") as caught:
        read_pull_off(FILES / "force_table" / "stress.csv")

    assert "--area-mm2" in caught.value.fix
    assert caught.value.where.endswith("line 2")


@pytest.mark.parametrize(
    ("header", "force"),
    [
        ("Zeit / s,Kraft / N", 2.0),
        ("time_ms,force_kn", 2000.0),
        ("Time [min]\tLoad [mN]", 0.002),
        ("elapsed time (s);Stress (kPa)", 0.02),
    ],
)
def test_many_headers_are_understood(tmp_path: Path, header: str, force: float):
    """Slash, bracket, underscore; German and English."""
    mark = next(mark for mark in ",\t;" if mark in header)
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n0{mark}1\n1{mark}2\n")

    (curve,) = read_pull_off(path, 10.0)

    assert curve.force_n[1] == pytest.approx(force)


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("time (s),force\n0,1\n", "no column holds a force with its unit", "line 2"),
        ("time (s),force (MN)\n0,1\n", "no column holds a force with its unit", "line 2"),
        ("time,force (N)\n0,1\n", "no column holds time_s", "line 1"),
        ("time (s),force (N),load (N)\n0,1,1\n", "both hold force_n", "line 1"),
        ("time (s),force (N)\n", "no rows of numbers", "line 2"),
        ("time (s),force (N)\n0,1,5\n", "3 cells where the header has 2", "line 2"),
        ("time (s),force (N)\n0,\n1,\n", "no row with both", "line 2"),
        ("time (s),voltage (V)\n0,1\n", "not a pull-off test in a known format", "a.csv"),
        ("", "the file is empty", "a.csv"),
    ],
)
def test_what_is_missing_is_reported_with_its_line(
    tmp_path: Path, text: str, what: str, where: str
):
    """No unit, no force, no rows: never a guess."""
    path = tmp_path / "a.csv"
    path.write_text(text)

    with pytest.raises(IngestError) as caught:
        read_pull_off(path)

    assert what in caught.value.what
    assert caught.value.where.endswith(where)
