"""One reader for every table that a person brings: title lines, units, decimal commas, words."""

from pathlib import Path

import pytest
from tests.workflow.conftest import Ran

from electrodoe.study import RawFiles, SheetsProtocol, Study, declare_study
from electrodoe.workflow.condensing.coil import coil_of
from electrodoe.workflow.condensing.runs import run_settings
from electrodoe.workflow.condensing.sheets import condense_sheet_tables
from electrodoe.workflow.condensing.sources import find_sources
from electrodoe.workflow.confirm import confirm_study
from electrodoe.workflow.planning import plan_study
from electrodoe.workflow.run_tables import existing_runs, import_sheet
from strategies.made_up_coil import RUNS, declared, made_up_coil

PLANNED = {
    "title": "a plan",
    "factors": {
        "gap_um": {"region": [40.0, 60.0]},
        "porosity": {"region": [0.25, 0.4]},
    },
    "responses": {"adhesion_strength_kpa": {}},
    "plan": {"runs": 6, "model": "linear"},
}


def _study(**more: object) -> Study:
    """Return a study that plans two factors."""
    return declare_study({**PLANNED, **more}, source="test")


def test_a_run_sheet_comes_back_from_a_german_office(tmp_path: Path):
    """Semicolons, decimal commas, percent, a title, n.a. and a note: what was measured."""
    study = _study()
    plan_study(study, tmp_path)
    plan = (tmp_path / "results/run_plan.csv").read_text().splitlines()
    gap, porosity = (plan[0].split(",").index(name) for name in ("gap_um", "porosity"))
    lines = ["Pilotanlage, Woche 12", "", "Run;Gap, measured (µm);Porosity, measured (%);Haftung"]
    lines[2] = "Run;Gap, measured (µm);Porosity, measured (%);Adhesion strength (kPa)"
    for row in plan[1:]:
        cells = row.split(",")
        shown = f"{float(cells[gap]):g};{100.0 * float(cells[porosity]):.1f} %".replace(".", ",")
        lines.append(f"{cells[0]};{shown};{'n.a.' if cells[0] == '3' else '512,5'}")
    (tmp_path / "back.csv").write_text("\n".join([*lines, "", "Hinweis: Ofen warm"]) + "\n")

    found = import_sheet(study, tmp_path, tmp_path / "back.csv")

    assert found.frame["is_within"].to_list() == [True] * 12
    assert "the decimal mark is the comma" in " ".join(one.what for one in found.findings)


def test_a_run_list_is_read_as_it_is(tmp_path: Path):
    """With its units, and what was taken as what among the findings."""
    text = "Versuchsplan\n\nRun;Gap [mm];Porosity [%];Anlage\n01;0,045;30;A\n02;0,055;35;B\n"
    (tmp_path / "runs.csv").write_text(text)
    study = _study(measurements={"runs": "runs.csv", "context": ["Anlage"]})

    settings, findings = run_settings(study, tmp_path)

    assert settings["run"].to_list() == ["1", "2"]
    assert settings["gap_um"].to_list() == [45.0, 55.0]
    assert settings["porosity"].to_list() == pytest.approx([0.3, 0.35])
    assert {finding.code for finding in findings} == {"D250", "D257"}


def test_existing_runs_may_be_coded(tmp_path: Path):
    """As another tool exported them."""
    (tmp_path / "made.csv").write_text("gap_um;porosity\n-1;-1\n1;-1\n0;0\n-1;1\n1;1\n")
    study = _study(plan={"runs": 8, "model": "linear", "existing_runs": "made.csv"})

    runs = existing_runs(study, tmp_path)

    assert runs is not None
    assert runs.design.round(9).tolist() == [[-1, -1], [1, -1], [0, 0], [-1, 1], [1, 1]]
    assert [finding.code for finding in plan_study(study, tmp_path).findings[:1]] == ["D258"]


def test_tables_about_a_coil_are_read_as_they_are(tmp_path: Path):
    """Runs and thickness samples with a title, units and decimal commas."""
    (tmp_path / "raw").mkdir()
    made_up_coil(2.0).frame.write_csv(tmp_path / "raw" / "part.csv")
    rows = [f"0{run};{start};{end}" for run, (start, end) in RUNS.items()]
    runs = ["Coil 12", "", "run;start_m;end_m", *[row.replace(".", ",") for row in rows]]
    (tmp_path / "runs.csv").write_text("\n".join(runs))
    (tmp_path / "thickness.csv").write_text(
        "position_m;coating_thickness_um;Bemerkung\nm;µm;\n2,1;80;\n7,3;101;Rand\n4,0;n.a.;\n"
    )
    tables = {"runs": (), "runs_table": "runs.csv", "thickness_table": "thickness.csv"}
    protocol = _coil(**tables)

    coil = coil_of(protocol, tmp_path, "line")

    assert coil.runs["run"].to_list() == list(RUNS)
    assert coil.runs["coating_thickness_um"].to_list()[:2] == [80.0, 101.0]
    said = " ".join(one.what for one in coil.condensed.findings if one.code in ("D250", "D254"))
    assert "the names stand in line 3" in said
    assert "'Rand'" in said


def _coil(**changes: object):
    """Return the made-up line's protocol."""
    from electrodoe.study import CoilProtocol

    return CoilProtocol.model_validate(declared(**changes))


def test_an_index_of_files_is_read_as_it_is(tmp_path: Path):
    """Beside a title, with a decimal comma."""
    (tmp_path / "a.mpt").write_text("x")
    (tmp_path / "index.csv").write_text("Zellen\n\nfile;run;sample;thickness_um\na.mpt;01;s;61,5\n")
    protocol = RawFiles(files=("*.mpt",), index="index.csv")

    sources, findings = find_sources(tmp_path, protocol, _study().measurements, "cells")

    assert sources[0].about == {"thickness_um": 61.5}
    assert [finding.code for finding in findings] == ["D250"]


def test_weighed_sheets_are_read_as_they_are(tmp_path: Path):
    """German headings, a mean below."""
    (tmp_path / "sheets.csv").write_text(
        "Blätter Mai\nLauf;Masse [g];Fläche [cm²];Dicke [µm]\n1;0,45;20;72,5\n2;0,47;20;n.a.\n"
        "Mittelwert;0,46;20;72,5\n"
    )
    protocol = SheetsProtocol(
        instrument="sheets",
        files=("sheets.csv",),
        foil_mass_loading_mg_cm2=8.96,
        foil_thickness_um=10.0,
    )
    study = _study(protocols={"sheets": {"instrument": "sheets", "files": ["sheets.csv"]}})

    settings, _ = run_settings(study, tmp_path)
    found = condense_sheet_tables(study, tmp_path, "sheets", protocol, settings)

    assert found.table["run"].to_list() == ["1", "2"]
    assert found.table["coating_thickness_um"].to_list() == [62.5, None]
    assert {"D250", "D252"} <= {finding.code for finding in found.findings}


def test_confirmation_runs_are_read_as_they_are(wanting_run: Ran):
    """In another unit, with decimal commas; the verdict speaks the promise's unit."""
    from electrodoe.study import read_study
    from electrodoe.workflow.recommend import recommend_study

    study = read_study(wanting_run.folder)
    recommend_study(study, wanting_run.folder)
    table = wanting_run.folder / "back.csv"
    table.write_text("Bestätigung\n\nLauf;Adhesion strength [MPa]\n1;0,360\n2;0,3612\n3;n.a.\n")

    found = confirm_study(study, wanting_run.folder, table)
    (verdict,) = found.verdicts

    assert verdict.values == (360.0, 361.2)
    assert {finding.code for finding in found.findings} == {"D250", "D257"}
