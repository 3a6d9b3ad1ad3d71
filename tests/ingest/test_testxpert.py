"""Exports of testXpert: the real one, hand-made ones in every layout, and broken ones."""

from pathlib import Path

import numpy as np
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import read_pull_off

FILES = Path(__file__).parents[1] / "files" / "testxpert"


def _written(folder: Path, text: str, encoding: str = "latin-1") -> Path:
    """Return a file with some text."""
    path = folder / "export.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _german() -> str:
    return (FILES / "german_tab.csv").read_text(encoding="latin-1")


def test_the_real_header_states_the_curves_own_maximum(shared_data: Path):
    """37.9483 N/mm² is the maximum force over b0 times a0, both of the header."""
    (curve,) = read_pull_off(
        shared_data / "pull-off-machine-exports" / "zwick_testxpert_german_latin1.csv"
    )

    assert curve.area_mm2 == pytest.approx(11.4 * 0.2)
    assert curve.force_n.max() / curve.area_mm2 == pytest.approx(37.9483, abs=5e-5)
    assert curve.header["Kraftmaximum"] == "37.9483 N/mm²"
    assert curve.header["Messlänge"] == "nicht bekannt"
    assert (curve.force_n.size, curve.lines[0], curve.lines[-1]) == (18_876, 19, 18_894)
    assert curve.findings == ()


def test_a_german_export_keeps_its_words_and_its_numbers():
    """As the lines of the file say."""
    (curve,) = read_pull_off(FILES / "german_tab.csv")

    first = _german().splitlines()[8].split("\t")
    assert curve.lines[0] == 9
    assert [curve.time_s[0], curve.travel_mm[0], curve.force_n[0]] == [*map(float, first[:3])]
    assert curve.header["Datum"] == "14.03.2023"
    assert curve.area_mm2 == pytest.approx(np.pi * 16.0)


def test_an_english_export_with_a_decimal_comma_is_in_our_units():
    """kN, µm and ms become N, mm and s; two specimens stand one below the other."""
    curves = read_pull_off(FILES / "english_below.csv")

    (german,) = read_pull_off(FILES / "german_tab.csv")
    assert [each.specimen for each in curves] == [1, 2]
    assert [each.header["Specimen no."] for each in curves] == ["1", "2"]
    np.testing.assert_allclose(curves[0].force_n, german.force_n, atol=1e-4)
    np.testing.assert_allclose(curves[0].travel_mm, german.travel_mm, atol=1e-5)
    np.testing.assert_allclose(curves[0].time_s, german.time_s)
    assert curves[1].lines[0] == curves[0].lines[-1] + 7


def test_specimens_side_by_side_are_distinguished():
    """Each with its title; the shorter one ends where its cells are empty."""
    first, second = read_pull_off(FILES / "german_beside.csv")

    below = read_pull_off(FILES / "english_below.csv")
    assert (first.header["Specimen"], second.header["Specimen"]) == ("Probe 1", "Probe 2")
    assert second.force_n.size == first.force_n.size - 2
    np.testing.assert_allclose(second.force_n, below[1].force_n[:-2], atol=1e-4)
    assert first.findings == second.findings == ()


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding_gives_the_same_curve(tmp_path: Path, encoding: str):
    """Also with the line ends of Windows."""
    text = _german().replace("\n", "\r\n")

    (curve,) = read_pull_off(_written(tmp_path, text, encoding))

    (plain,) = read_pull_off(FILES / "german_tab.csv")
    np.testing.assert_array_equal(curve.force_n, plain.force_n)
    assert curve.header == plain.header


@pytest.mark.parametrize(
    ("old", "new", "what", "where"),
    [
        ('"N"\t"mm"\n0\t', '"MN"\t"mm"\n0\t', "no column holds a force", "line 9"),
        ('"Prüfzeit"\t', '"Uhr"\t', "no column holds time_s", "line 7"),
        ('"Standardweg"', '"Prüfkraft"', "no column holds a force", "line 9"),
        ("0.05\t", "0.05.1\t", "'0.05.1' where a number", "line 10, column '0'"),
        ("0.05\t", "0.05\t\t", "5 cells where the header has 4", "line 10"),
    ],
)
def test_a_fault_is_reported_with_its_line(
    tmp_path: Path, old: str, new: str, what: str, where: str
):
    """A unit of another size, a missing column, a broken number, a cell too many."""
    text = _german().replace(old, new, 1)
    if "Prüfkraft" in new:
        text = text.replace('"Standardkraft"', '"Weg 2"', 1)

    with pytest.raises(IngestError) as caught:
        read_pull_off(_written(tmp_path, text))

    assert what in caught.value.what
    assert caught.value.where.endswith(where)


def test_a_stress_in_the_units_row_takes_the_files_own_area(tmp_path: Path):
    """N/mm² times the stated area; the force is what the file without the unit would say."""
    text = _german().replace('"mm"\t"N"\t"mm"', '"mm"\t"N/mm²"\t"mm"', 1)

    (curve,) = read_pull_off(_written(tmp_path, text), 1.0)

    (plain,) = read_pull_off(FILES / "german_tab.csv")
    np.testing.assert_allclose(curve.force_n, plain.force_n * np.pi * 16.0)
    assert [each.code for each in curve.findings] == ["D232"]


def test_oddities_of_a_curve_are_findings(tmp_path: Path):
    """An empty force, a clock that stands still, a header with another maximum, a cut last line."""
    lines = _german().splitlines()
    cells = lines[30].split("\t")
    lines[30] = "\t".join([cells[0], cells[1], "", cells[3]])
    lines[40] = "\t".join([lines[39].split("\t")[0], *lines[40].split("\t")[1:]])
    lines[4] = '"Kraftmaximum"\t9000\t"N"'

    (curve,) = read_pull_off(_written(tmp_path, "\n".join(lines)))

    assert [each.code for each in curve.findings] == ["D201", "D230", "D231", "D233"]
    assert curve.findings[1].where.endswith("line 31")
    assert curve.findings[2].where.endswith("line 41")
