"""Tables 1 to 5 of the paper, as far as a study declares and a run finds them."""

from dataclasses import replace
from pathlib import Path

import pytest

from electrodoe.report import ReportContent
from electrodoe.report.sections import data
from electrodoe.report.sections.models import summary_of_models
from electrodoe.study import read_study


@pytest.fixture
def paper(content: ReportContent, repository: Path) -> ReportContent:
    return replace(content, study=read_study(repository / "examples" / "anode-coating"))


def test_table_1_names_every_parameter_with_its_rating(paper: ReportContent):
    """Eleven product parameters; wet film thickness is of high importance and low complexity."""
    table = data.parameter_table(paper)

    assert table is not None
    assert len(table.rows) == 11
    assert table.rows[0][:5] == ("coating", "Wet film thickness", "high", "high", "low")


def test_table_2_gives_the_ranges_of_the_paper(paper: ReportContent):
    """8.2 to 11.2 mg/cm², 50 to 65 °C, 25 to 40 %."""
    table = data.factor_table(paper)

    assert table is not None
    assert [row[2] for row in table.rows] == ["8.2 to 11.2", "50 to 65", "25 to 40"]
    assert [row[0] for row in table.rows] == ["coating", "drying", "calendering"]


def test_table_3_sets_anode_beside_cathode(paper: ReportContent):
    """94 and 95.5 % of active material, 2.158 and 4.447 g/cm³, 52 and 78 %."""
    table = data.material_table(paper)

    assert table is not None
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Active material"] == ("94\N{NO-BREAK SPACE}%", "95.5\N{NO-BREAK SPACE}%")
    assert rows["Theoretical density"] == ("2.158 g/cm³", "4.447 g/cm³")
    assert rows["Solid content"] == ("52\N{NO-BREAK SPACE}%", "78\N{NO-BREAK SPACE}%")
    assert rows["Specific capacity"] == ("355 mAh/g", "170 mAh/g")


def test_table_4_gives_the_settings_of_a_protocol_with_their_units(content: ReportContent):
    """Whatever a study declares of a measurement, under its name."""
    notes = {"recipe_a": "2 % CMC & SBR", "viscosity_pa_s": 2, "is_dried": True}
    protocols = {
        "adhesion": {
            "instrument": "adhesion",
            "files": ["raw/*.csv"],
            "compression_velocity_mm_min": 0.75,
            "notes": notes,
        }
    }
    declaration = content.study.model_dump(exclude={"measurements"}) | {"protocols": protocols}
    study = type(content.study).model_validate(declaration)

    table = data.protocol_table(replace(content, study=study))

    assert table is not None
    assert table.headings[0] == "Adhesion"
    rows = dict(table.rows)
    assert rows["Files"] == "raw/*.csv"
    assert rows["Compression stress"] == "1500 kPa"
    assert rows["Pull off speed"] == "100 mm/min"
    assert rows["Compression velocity"] == "0.75 mm/min"
    assert rows["Tension sign"] == "auto"
    assert [row for row in table.rows if row[0] in ("Recipe a", "Viscosity", "Is dried")] == [
        ("Recipe a", "2 % CMC & SBR"),
        ("Viscosity", "2 Pa·s"),
        ("Is dried", "yes"),
    ]


def test_a_study_that_declares_nothing_has_no_such_tables(content: ReportContent):
    """No empty tables."""
    assert data.parameter_table(content) is None
    assert data.factor_table(content) is None
    assert data.material_table(content) is None
    assert data.protocol_table(content) is None


def test_table_5_has_the_papers_columns_and_new_configurations_beside_them(content: ReportContent):
    """Under the name of the random split; one row per target, scenario and family."""
    table = summary_of_models(content)

    assert [column.title for column in table.columns[1:6]] == [
        "R² train", "R² test", "RMSE train", "RMSE test", "MSE train/test",
    ]  # fmt: skip
    assert table.groups[1] == ("new replicates of known configurations (random 80/20)", 5)
    assert table.groups[2][0].startswith("new configurations")
    assert len(table.rows) == content.evaluation.height
    assert table.headings[0].startswith("Discharge capacity 5C (mAh) from Coating mass loading")
