"""The door: declared columns under their names, in their units, and said what was taken as what."""

import math
from collections.abc import Callable

import pytest

from electrodoe.errors import IngestError, StudyError
from electrodoe.ingest import (
    RawTable,
    declared_table,
    decoded_table,
    names,
    numbers,
    wanted_columns,
    with_one_name_per_run,
    with_units,
)
from electrodoe.study import Study
from electrodoe.tables import Wanted

Read = Callable[..., RawTable]
STRENGTH = "adhesion_strength_kpa"


def _said(table: RawTable, code: str) -> str:
    """Return what the findings of a code say."""
    return " | ".join(finding.what for finding in table.findings if finding.code == code)


@pytest.mark.parametrize(
    ("header", "cells", "values"),
    [
        (STRENGTH, ["500", "612.5"], [500.0, 612.5]),
        ("Adhesion strength [kPa]", ["500", "612.5"], [500.0, 612.5]),
        ("Adhesion strength (MPa)", ["0.5", "0.6125"], [500.0, 612.5]),
        ("Adhesion strength / N/mm²", ["0.5", "0.6125"], [500.0, 612.5]),
        ("Response 1 A:Adhesion strength kPa", ["500", "612.5"], [500.0, 612.5]),
    ],
)
def test_numbers_come_in_the_unit_of_the_declared_name(
    read: Read, header: str, cells: list[str], values: list[float]
):
    """Converted once where the heading says another one."""
    table = declared_table(
        read(f'"{header}";x\n' + "".join(f"{cell};1\n" for cell in cells)),
        [Wanted(name=STRENGTH)],
    )

    assert numbers(table, STRENGTH).tolist() == values
    assert ("converted once" in _said(table, "D257")) == (values[0] != float(cells[0]))
    again = declared_table(table, [Wanted(name=STRENGTH)])
    assert numbers(again, STRENGTH).tolist() == values  # and not twice


def test_a_row_of_units_counts_like_units_in_the_heading(read: Read):
    """Below the names."""
    table = declared_table(
        read(f"run,{STRENGTH},T\n,MPa,K\nA,0.5,300\nB,0.75,310\n"),
        [Wanted(name=STRENGTH), Wanted(name="T", unit="°C")],
    )

    assert numbers(table, STRENGTH).tolist() == [500.0, 750.0]
    assert numbers(table, "T").tolist() == pytest.approx([26.85, 36.85])
    assert "line 2 holds units" in _said(table, "D250")


def test_a_unit_of_another_quantity_is_refused(read: Read):
    """A force is no strength."""
    with pytest.raises(IngestError, match="is in N where kPa is meant") as caught:
        declared_table(read("Adhesion strength [N],x\n5,1\n"), [Wanted(name=STRENGTH)])

    assert caught.value.where.endswith("line 1")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("porosity", ["40 %", "26%"]),
        ("Porosity [%]", ["40", "26"]),
        ("Porosity [%]", ["40 %", "26 %"]),
        ("Porosity (%)", ["0.4", "0.26"]),
        ("porosity", ["0,4", "0,26"]),
    ],
)
def test_a_fraction_is_a_fraction(read: Read, header: str, cells: list[str]):
    """However its percentages are written."""
    content = f"{header};x\n" + "".join(f"{cell};1\n" for cell in cells)

    table = declared_table(read(content), [Wanted(name="porosity")])

    assert numbers(table, "porosity").tolist() == pytest.approx([0.4, 0.26])


def test_a_fraction_among_percent_signs_is_a_question(read: Read):
    """0.4 under a percent sign, beside 26 %: nobody knows."""
    with pytest.raises(IngestError, match="a fraction, or percent") as caught:
        declared_table(read("Porosity [%];x\n26 %;1\n0.4;1\n"), [Wanted(name="porosity")])

    assert caught.value.where.endswith("line 3, column 'Porosity [%]'")


def test_what_was_taken_as_what_is_said(read: Read):
    """Header, units, decimal mark, thousands, headings in the place of names: each once."""
    table = declared_table(
        read("Studie 12;;\nLauf;Dicke [µm];Kraft\nR1;61,5;874\nR2;60,5;1.030\n\nHinweis: warm;;\n"),
        [Wanted(name="coating_thickness_um", labels=("Dicke",)), Wanted(name="Kraft")],
    )

    said = _said(table, "D250")
    for part in (
        "the names stand in line 2; line 1 above them is left out: 'Studie 12'",
        "line 6 below the table is left out: 'Hinweis: warm'",
        "'Dicke [µm]' as coating_thickness_um",
        "the decimal mark of Dicke [µm] is the comma",
        "the mark of 1.030 in 'Kraft', line 4, parts thousands",
    ):
        assert part.replace(" of Dicke [µm]", "") in said.replace(" of Dicke [µm]", "")
    assert numbers(table, "Kraft").tolist() == [874.0, 1030.0]


def test_a_plain_table_needs_no_words(read: Read):
    """Nothing is said of a header and its rows."""
    table = declared_table(read("run,gap_um\nR1,61.5\n"), [Wanted(name="gap_um")])

    assert table.findings == ()


def test_a_heading_without_unit_is_said_with_the_unit_that_is_taken(read: Read):
    """So that somebody can object."""
    table = declared_table(read("run,Roll gap\nR1,61.5\n"), [Wanted(name="roll_gap_um")])

    assert "'Roll gap' as roll_gap_um, in µm" in _said(table, "D250")


def test_limits_are_listed_with_their_lines(read: Read):
    """D251: they hold no number, and leaving them out is no small thing."""
    table = declared_table(read("run,gap_um\nR1,<50\nR2,61.5\n"), [Wanted(name="gap_um")])

    assert "1 cell of 'gap_um'" in _said(table, "D251")
    assert "<50 in line 2" in _said(table, "D251")
    assert math.isnan(numbers(table, "gap_um")[0])


def test_computed_rows_are_said(read: Read):
    """D252 with their words."""
    table = read("run,gap_um\nR1,60\nR2,62\nMean,61\nSD,1\n")

    assert table.frame.height == 2
    assert "lines 4 to 5 are computed" in _said(table, "D252")


def test_remarks_go_along(read: Read):
    """D254 with their lines, whatever the column is called."""
    table = declared_table(
        read("run,gap_um,Bemerkung,\nR1,60,abgelöst,\nR2,62,,neu\nR3,61,,\n"),
        [Wanted(name="gap_um")],
    )

    assert "'Bemerkung' says 'abgelöst' in line 2" in _said(table, "D254")
    assert "'neu' in line 3" in _said(table, "D254")


def test_a_remark_that_repeats_is_said_once(read: Read):
    """With all its lines, or as one of the whole table."""
    rows = "".join(f"R{row},60,{'odd' if row in (2, 4) else ''},made up\n" for row in range(6))
    table = declared_table(read(f"run,gap_um,note,remark\n{rows}"), [Wanted(name="gap_um")])

    assert "'note' says 'odd' in lines 4, 6" in _said(table, "D254")
    assert "'remark' says 'made up' in all rows" in _said(table, "D254")
    (of_all,) = [one for one in table.findings if "all rows" in one.what]
    assert of_all.title == "Remark on the whole table"
    assert of_all.fix.startswith("nothing")


def test_a_category_that_nobody_declares_is_offered(read: Read):
    """D255; it refuses nothing."""
    table = declared_table(
        read("run,binder,gap_um\nR1,PVDF,60\nR2,PAA,62\nR3,PVDF,61\nR4,PAA,61\n"),
        [Wanted(name="gap_um")],
    )

    assert "'binder' holds words, PVDF, PAA" in _said(table, "D255")


def test_a_category_where_a_number_is_meant_is_refused_with_its_levels(read: Read):
    """And with how to declare it."""
    with pytest.raises(IngestError, match="'PVDF' where a number is meant") as caught:
        declared_table(read("run,binder\nR1,PVDF\nR2,PAA\nR3,PVDF\n"), [Wanted(name="binder")])

    assert 'levels = ["PVDF", "PAA"] in [factors.binder]' in caught.value.fix


@pytest.mark.parametrize(
    ("gaps", "runs", "words"),
    [
        (["40", "40", "50"], ["R01", "R01", "R02"], "taken as one run"),
        (["40", "50", "50"], ["R01", "r01", "R02"], "their inputs differ"),
    ],
)
def test_a_run_has_one_name_where_its_inputs_agree(
    read: Read, gaps: list[str], runs: list[str], words: str
):
    """D256: R01 and r01."""
    rows = zip(["R01", "r01 ", "R02"], gaps, strict=True)
    table = read("run,gap_um\n" + "".join(f"{run},{gap}\n" for run, gap in rows))

    found = with_one_name_per_run(table, "run", ["gap_um"])

    assert names(found, "run") == runs
    assert words in _said(found, "D256")


def test_coded_settings_are_decoded_with_the_declared_regions(read: Read):
    """D258: minus one, zero and one of a planning tool."""
    wanted = [Wanted(name="gap_um"), Wanted(name="porosity")]
    content = "gap_um,porosity\n-1,-1\n1,-1\n-1,1\n1,1\n0,0\n-1.5,0\n1.5,0\n0,1\n0,-1\n"

    table = decoded_table(
        declared_table(read(content), wanted), {"gap_um": (40.0, 60.0), "porosity": (0.25, 0.4)}
    )

    assert numbers(table, "gap_um").tolist() == [40, 60, 40, 60, 50, 35, 65, 50, 50]
    assert numbers(table, "porosity").tolist()[:5] == [0.25, 0.25, 0.4, 0.4, 0.325]
    assert "the settings look coded" in _said(table, "D258")


@pytest.mark.parametrize(
    ("content", "ends"),
    [
        ("a,b\n40,0.3\n60,0.4\n", {"a": (40.0, 60.0), "b": (0.25, 0.4)}),
        ("a,b\n-1,-1\n1,1\n", {"a": (-1.0, 1.0), "b": (-2.0, 2.0)}),
        ("a,b\n-1,0.3\n1,0.4\n", {"a": (40.0, 60.0), "b": (0.25, 0.4)}),
        ("a,b\n-5,-5\n5,5\n", {"a": (40.0, 60.0), "b": (20.0, 30.0)}),
        ("a,b\n-1,-1\n1,1\n", {}),
    ],
)
def test_settings_in_their_own_units_are_left_alone(
    read: Read, content: str, ends: dict[str, tuple[float, float]]
):
    """Inside their regions, or beyond what codes reach, or of one factor only."""
    table = read(content)

    assert decoded_table(table, ends) is table


def test_a_tables_unit_goes_into_the_study():
    """Where the name has none and nobody declares another."""
    study = Study(title="a", factors={"Dicke": {}, "gap_um": {}}, responses={"K": {"unit": "N"}})

    found = with_units(study, {"Dicke": "µm", "gap_um": "mm", "K": "kN"})

    assert found.factors["Dicke"].unit == "µm"
    assert found.factors["gap_um"].unit is None
    assert found.responses["K"].unit == "N"


def test_a_declared_unit_is_the_one_of_the_name():
    """A name that ends in kPa holds no MPa."""
    study = Study(title="a", factors={"gap_um": {}}, responses={STRENGTH: {"unit": "MPa"}})

    with pytest.raises(StudyError, match="ends in its unit, kPa"):
        wanted_columns(study)


def test_many_spellings_are_said_in_one_finding(read: Read):
    """Ten runs spelled in two ways each are one remark, not ten."""
    rows = "".join(f"R{n},6{n}\nr{n},6{n}\n" for n in range(8))
    found = with_one_name_per_run(read(f"run,gap_um\n{rows}"), "run", ["gap_um"])

    (said,) = [one.what for one in found.findings if one.code == "D256"]
    assert said.startswith("'R0' and 'r0'; 'R1' and 'r1'")
    assert said.endswith("and 2 more are each taken as one run, since their inputs agree")
