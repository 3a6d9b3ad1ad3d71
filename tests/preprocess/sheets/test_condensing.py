"""Sheets: the paper's anodes found again, units, foil, plan, and what is odd."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import RawTable, read_table
from electrodoe.preprocess.condensed import Condensed
from electrodoe.preprocess.sheets import SHEETS_SCHEMA, SheetMaterial, condense_sheets
from electrodoe.study import SheetsProtocol

ANODES = Path(__file__).parents[2] / "files" / "sheets" / "anodes.csv"
COPPER_MG_CM2 = 8.96
"""10 µm of copper."""
MATERIAL = SheetMaterial(
    theoretical_density_g_cm3=2.158, active_mass_fraction=0.94, foil_thickness_um=10.0
)


def protocol(**changes: object) -> SheetsProtocol:
    return SheetsProtocol.model_validate(
        {
            "instrument": "sheets",
            "files": ("*",),
            "foil_mass_loading_mg_cm2": COPPER_MG_CM2,
            **changes,
        }
    )


def table_of(text: str, folder: Path, **changes: object) -> RawTable:
    path = folder / "sheets.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path, protocol(**changes).measurements)


def condensed(text: str, folder: Path, **changes: object) -> Condensed:
    return condense_sheets(table_of(text, folder, **changes), protocol(**changes), MATERIAL)


def codes(found: Condensed) -> list[str]:
    return [each.code for each in found.findings]


def test_loading_and_porosity_are_the_balances_and_the_papers(tmp_path: Path):
    """8.2 mg/cm² active over .94 at 62.19 µm is a porosity of .35; with 10 µm of copper below."""
    mass_g = (8.2 / 0.94 + COPPER_MG_CM2) * 623.7 / 1000.0
    text = f"sheet,mass (g),area (cm²),thickness (µm)\na,{mass_g},623.7,72.190\n"

    row = condensed(text, tmp_path).table.row(0, named=True)

    assert row["coating_mass_loading_mg_cm2"] == pytest.approx(8.7234, abs=1e-4)
    assert row["active_mass_loading_mg_cm2"] == pytest.approx(8.2)
    assert row["coating_thickness_um"] == pytest.approx(62.19)
    assert row["porosity"] == pytest.approx(0.35, abs=1e-4)
    assert row["accepted"]
    assert row["flags"] == ""


def test_compaction_is_that_of_the_coatings_without_foil(tmp_path: Path):
    """Eq. (3): 1 - 70/92.5, whether the foil is in both readings or in neither."""
    with_foil = "thickness (µm),uncalendered thickness (µm)\n80,102.5\n"
    without = "coating_thickness_um,uncalendered_coating_thickness_um\n70,92.5\n"

    for text in (with_foil, without):
        rate = condensed(text, tmp_path).table["compaction_rate"][0]
        assert rate == pytest.approx(0.2432432, abs=5e-8)


@pytest.mark.parametrize(
    "text",
    [
        "thickness (µm),uncalendered thickness (µm)\n80,102.5\n",
        "coating_thickness_um,uncalendered_coating_thickness_um\n70,92.5\n",
    ],
)
def test_compaction_of_coating_and_foil_is_declared(tmp_path: Path, text: str):
    """Eq. (3) with the foil's 10 µm in both thicknesses: 1 - 80/102.5; the rule says so."""
    row = condensed(text, tmp_path, compaction_of="electrode").table.row(0, named=True)

    assert row["compaction_rate"] == pytest.approx(1.0 - 80.0 / 102.5)
    assert row["coating_thickness_um"] == pytest.approx(70.0)
    assert row["rule"].endswith("compaction eq. 3 of coating and foil")


def test_readings_with_the_foil_need_no_foil_for_their_compaction(tmp_path: Path):
    """Both thicknesses hold it already; the coating's own stays unknown."""
    table = table_of("thickness (µm),uncalendered thickness (µm)\n80,102.5\n", tmp_path)

    found = condense_sheets(table, protocol(compaction_of="electrode"), SheetMaterial())

    assert found.table["compaction_rate"][0] == pytest.approx(1.0 - 80.0 / 102.5)
    assert found.table["coating_thickness_um"][0] is None


def test_compaction_with_an_unknown_foil_is_empty_and_reported(tmp_path: Path):
    """The coating's own thickness does not tell that of the electrode."""
    text = "coating_thickness_um,uncalendered_coating_thickness_um\n70,92.5\n"
    settings = protocol(compaction_of="electrode")
    table = table_of(text, tmp_path)

    found = condense_sheets(table, settings, SheetMaterial())

    assert found.table["compaction_rate"][0] is None
    assert "D704" in codes(found)


def test_readings_are_averaged_with_their_spread():
    """Three per sheet; mean and sample standard deviation, foil taken off the mean."""
    found = condense_sheets(read_table(ANODES, protocol().measurements), protocol(), MATERIAL)

    table = SHEETS_SCHEMA.check(found.table)
    readings = np.array([72.1, 72.4, 72.0])
    assert table["coating_thickness_um"][0] == pytest.approx(readings.mean() - 10.0)
    assert table["coating_thickness_sd_um"][0] == pytest.approx(readings.std(ddof=1))
    assert table["n_thickness_readings"].to_list() == [3] * 6
    assert table["sheet"].to_list() == ["A1", "A2", "B1", "B2", "C1", "C2"]
    assert table["lines"].to_list() == ["2", "3", "4", "5", "6", "7"]
    assert found.findings == ()


@pytest.mark.parametrize(
    ("header", "row", "changes"),
    [
        ("mass (mg),area (mm²),thickness (mm)", "11029.1,62370,0.07219", {}),
        ("Masse [kg];Fläche [m²];Dicke [µm]", "0,0110291;0,06237;72,19", {"decimal": ","}),
        ("sheet_mass_g,thickness 1 [um],thickness 2 [um]", "11.0291,72.0,72.38", "area"),
        ("coating_mass_mg,area_cm2,coating_thickness_um", "5440.8,623.7,62.19", {}),
        ("mass (g),foil mass (g),area (cm²),thickness (µm)", "11.0291,5.58835,623.7,72.19", {}),
    ],
)
def test_usual_headers_and_units_mean_the_same_sheet(
    header: str, row: str, changes: object, tmp_path: Path
):
    """Whatever unit, language and decimal mark."""
    settings = {"area_cm2": 623.7} if changes == "area" else dict(changes)

    found = condensed(f"{header}\n{row}\n", tmp_path, **settings).table.row(0, named=True)

    assert found["coating_mass_loading_mg_cm2"] == pytest.approx(8.7234, abs=2e-3)
    assert found["porosity"] == pytest.approx(0.35, abs=1e-3)


def test_an_excel_sheet_is_read_as_well(tmp_path: Path):
    """Through the same reader of tables."""
    path = tmp_path / "sheets.xlsx"
    pl.read_csv(ANODES).write_excel(path)

    found = condense_sheets(read_table(path, protocol().measurements), protocol(), MATERIAL)

    plain = condense_sheets(read_table(ANODES, protocol().measurements), protocol(), MATERIAL)
    assert found.table.drop("file").equals(plain.table.drop("file"))


def test_a_loading_beyond_five_percent_of_the_plan_is_reported_with_its_sheet():
    """8.2 mg/cm² active are planned in run 1; run 3 is off by a tenth."""
    planned = pl.DataFrame(
        {"run": ["1", "2", "3"], "active_mass_loading_mg_cm2": [8.2, 11.2, 11.2]}
    )

    found = condense_sheets(
        read_table(ANODES, protocol().measurements), protocol(), MATERIAL, planned
    )

    off = [each for each in found.findings if each.code == "D701"]
    assert [each.where[-8:] for each in off] == ["sheet C1", "sheet C2"]
    assert "(-9." in off[0].what
    assert found.table["accepted"].all()
    assert found.table["planned_coating_mass_loading_mg_cm2"][0] == pytest.approx(8.7234, abs=1e-4)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("D702", "mass (g),area (cm²),thickness (µm)\n11,623.7,7219\n"),
        ("D702", "mass (g),area (cm²),thickness (µm)\n11,62.37,72.19\n"),
        ("D703", "thickness 1 (µm),thickness 2 (µm)\n72,52\n"),
        ("D705", "mass (g),area (cm²),thickness (µm)\n11,623.7,72\n11,623.7,\n"),
        ("D706", "sheet,thickness (µm)\na,72\na,73\n"),
        ("D707", "thickness (µm),uncalendered thickness (µm)\n102.5,80\n"),
        ("D708", "thickness (µm)\n9\n"),
        ("D708", "thickness (µm),uncalendered thickness (µm)\n80,0\n"),
        ("D708", "mass (g),area (cm²)\n5,623.7\n"),
    ],
)
def test_an_odd_sheet_is_flagged_and_stays(code: str, text: str, tmp_path: Path):
    """With its line; rejected where it cannot be."""
    found = condensed(text, tmp_path)

    assert code in codes(found)
    assert found.table.height == len(text.splitlines()) - 1
    assert all("sheets.csv, line" in each.where for each in found.findings)
    if code in {"D702", "D708"}:
        assert not found.table["accepted"][0]
        assert found.table["porosity"].is_null().all()


def test_an_unknown_foil_leaves_values_empty_and_is_reported(tmp_path: Path):
    """Once for its mass, once for its thickness; nothing is guessed."""
    text = "mass (g),area (cm²),thickness (µm)\n11,623.7,72\n12,623.7,75\n"
    table = table_of(text, tmp_path)

    found = condense_sheets(
        table, protocol(foil_mass_loading_mg_cm2=None), SheetMaterial(theoretical_density_g_cm3=2.1)
    )

    assert codes(found) == ["D704", "D704"]
    assert found.table["porosity"].is_null().all()
    assert found.table["coating_thickness_um"].is_null().all()


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("mass,area (cm²)\n1,2\n", "'mass' has no unit", "line 1"),
        ("mass (lb),area (cm²)\n1,2\n", "'mass (lb)' is in lb", "line 1"),
        ("mass (g),weight (g)\n1,2\n", "both hold sheet_mass_mg", "line 1"),
        ("sheet,run\n1,2\n", "no column holds a mass", "line 1"),
        ("mass (g)\nx\n", "'x' where a number is meant", "line 2, column 'mass (g)'"),
        ('mass (g)\n"1,5"\n2.5\n', "two decimal marks", "line 3, column 'mass (g)'"),
    ],
)
def test_a_fault_is_reported_with_its_place(text: str, what: str, where: str, tmp_path: Path):
    """A unit is never guessed."""
    with pytest.raises(IngestError) as caught:
        condensed(text, tmp_path)

    assert what in caught.value.what
    assert caught.value.where.endswith(where)


def test_published_porosities_of_a_pilot_line_are_found_again(shared_data: Path, tmp_path: Path):
    """18 conditions at 4.45 g/cm³, to .06 %: theirs are means of discs, ours of mean values."""
    published = pl.read_csv(shared_data / "wmg-nmc622-calendering" / "wmg_conditions_18.csv")
    sheets = published.select(
        run="group",
        coating_mass_mg=pl.col("cal_coat_weight_gsm") / 10.0,
        area_cm2=pl.lit(1.0),
        coating_thickness_um="cal_thickness_discs_um",
        uncalendered_coating_thickness_um="precal_thickness_discs_um",
    )
    table = table_of(sheets.write_csv(), tmp_path)

    found = condense_sheets(table, protocol(), SheetMaterial(theoretical_density_g_cm3=4.45)).table

    np.testing.assert_allclose(
        100.0 * found["porosity"].to_numpy(), published["cal_porosity_pct"].to_numpy(), atol=0.06
    )
    assert found["accepted"].all()
    assert found["compaction_rate"].is_between(0.05, 0.4).all()


@pytest.mark.parametrize(("second_um", "n_reported"), [(65.2, 0), (64.9, 1)])
def test_readings_scatter_from_a_tenth_of_their_mean_on(
    second_um: float, n_reported: int, tmp_path: Path
):
    """Of two readings the standard deviation is their difference over √2: 9.88 % and 10.18 %."""
    text = f"thickness 1 (µm),thickness 2 (µm)\n75,{second_um}\n"

    found = condensed(text, tmp_path)

    assert codes(found).count("D703") == n_reported
