"""Tables that were refused, or read wrongly without a word: each with what it means.

The files lie in ../shared/cases/tables; what came out at commit 7d294e6 stands beside each.
"""

from pathlib import Path
from typing import Any

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import RawTable, names, numbers
from electrodoe.study import Study, declare_study
from electrodoe.workflow.evaluated_plan import evaluate_table
from electrodoe.workflow.loading import load_samples, read_samples

SETTINGS = ("mass_loading_mg_cm2", "drying_temperature_c", "porosity")
STRENGTH = "adhesion_strength_kpa"


@pytest.fixture
def tables(shared_cases: Path) -> Path:
    """Return the folder of the cases."""
    return shared_cases / "tables"


def _study(factors: dict[str, Any] | None = None, response: str = STRENGTH, **table: Any) -> Study:
    """Return a study of a table."""
    return declare_study(
        {
            "title": "a case",
            "measurements": {"table": "none.csv", **table},
            "factors": factors or {name: {} for name in SETTINGS},
            "responses": {response: {}},
        },
        source="test",
    )


def _said(table: RawTable) -> str:
    """Return what the findings say."""
    return " | ".join(f"{finding.code} {finding.what}" for finding in table.findings)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("title.xlsx", ["the names stand in line 4", "'Adhesion study 12'", "line 48 below"]),
        ("merged.xlsx", ["112 empty cells of run, mass_loading_mg_cm2"]),
        ("units.csv", ["line 2 holds units"]),
        ("percent.csv", ["42 cells of 'porosity' with a percent sign, such as 40 %"]),
        ("meanrow.csv", ["D252 lines 44 to 45 are computed from the others"]),
    ],
)
def test_what_was_refused_or_modeled_as_runs_is_read_and_said(
    tables: Path, file: str, words: list[str]
):
    """title, merged, units, percent: refused; meanrow: Mean and Std were runs."""
    study = _study(group="run")
    table = read_samples(study, tables / file)
    plain = read_samples(study, tables / "typo.csv")  # the same numbers but for one porosity

    assert table.frame.height == 42
    assert numbers(table, STRENGTH).tolist() == numbers(plain, STRENGTH).tolist()
    assert numbers(table, SETTINGS[0]).tolist() == numbers(plain, SETTINGS[0]).tolist()
    assert numbers(table, "porosity").tolist()[:3] == [0.4, 0.4, 0.4]
    assert len(set(names(table, "run"))) == 14
    for word in words:
        assert word in _said(table)


def test_thousands_marks_are_thousands(tables: Path):
    """1.03 kPa; nothing said."""
    factors = {name: {} for name in (*SETTINGS[:2], "porosity_pct")}
    table = read_samples(_study(factors, group="run"), tables / "thousands_amb.csv")

    assert numbers(table, STRENGTH)[:6].tolist() == [874.0, 907.0, 900.0, 1030.0, 1029.0, 1025.0]
    assert numbers(table, STRENGTH).min() > 800.0
    assert "the mark of 1.030" in _said(table)


def test_two_micro_signs_are_one(tables: Path):
    """No column 'thickness_μm', did you mean 'thickness_µm'."""
    factors = {name: {} for name in ("thickness_\N{GREEK SMALL LETTER MU}m", *SETTINGS[1:])}
    table = read_samples(_study(factors), tables / "micro.csv")

    assert numbers(table, next(iter(factors)))[0] == 10.0


@pytest.mark.parametrize("file", ["coarse.csv", "leak.csv", "log.csv", "typo.csv"])
def test_plain_tables_are_read_without_a_word(tables: Path, file: str):
    """What is odd about their numbers is for others to say."""
    response = {"coarse.csv": "peel_strength_n_m", "log.csv": "ionic_resistance_ohm"}
    study = _study(response=response.get(file, STRENGTH), group="run")

    assert read_samples(study, tables / file).findings == ()


def test_a_category_nobody_uses_stands_in_nobodys_way(tables: Path):
    """'CMC/SBR' where a number is meant."""
    factors = {name: {} for name in SETTINGS[:2]}
    study = _study(factors, group="run", table=str(tables / "catstudy" / "m.csv"))

    loaded = load_samples(study, tables)

    assert loaded.dataset.n_samples == 54
    assert [finding.code for finding in loaded.findings] == ["D255"]
    assert "CMC/SBR, PVDF, PAA" in loaded.findings[0].what


def test_a_stray_cell_is_a_clear_error(tables: Path):
    """The process aborted."""
    with pytest.raises(IngestError, match="cells are read") as caught:
        read_samples(_study(), tables / "xlsx_one_far_cell.xlsx")

    assert caught.value.where.endswith("cell XFD1048576")


REGIONS = {
    "mass_loading_mg_cm2": {"region": [8.0, 12.0]},
    "drying_temperature_c": {"region": [50.0, 70.0]},
    "porosity": {"region": [0.25, 0.4]},
}


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("de.csv", "'Factor 1 A:Mass loading mg/cm2' as mass_loading_mg_cm2"),
        ("minitab_coded.csv", "the settings look coded"),
    ],
)
def test_a_plan_of_another_tool_is_evaluated(tables: Path, tmp_path: Path, file: str, words: str):
    """de: refused; minitab_coded: -1 and 1 taken for mg/cm², °C and a porosity."""
    evaluated = evaluate_table(_study(REGIONS), tmp_path, tables / file)

    assert words in " ".join(evaluated.about_runs)
    assert evaluated.n_misplaced == 0
    plan = evaluated.imported.plan.frame
    assert plan["mass_loading_mg_cm2"].unique().sort().to_list() == [8.0, 10.0, 12.0]
    assert plan["porosity"].unique().sort().to_list() == [0.25, 0.325, 0.4]


def test_two_tools_plans_of_one_design_are_as_good(tables: Path, tmp_path: Path):
    """Both files hold the 17 runs of a face-centered composite."""
    found = [
        evaluate_table(
            _study(REGIONS), tmp_path / name, tables / name
        ).imported.evaluated.evaluation
        for name in ("de.csv", "minitab_coded.csv")
    ]

    first, second = (evaluation.criteria["value"].to_list() for evaluation in found)
    assert first == pytest.approx(second)


def test_a_coded_plan_is_decoded(shared_cases: Path, tmp_path: Path):
    """I = 5.9 million."""
    factors = {"load_mg_cm2": {"region": [5.0, 8.0]}, "temp_c": {"region": [50.0, 80.0]}}
    plan = {"title": "a case", "factors": factors, "plan": {"runs": 6, "model": "linear"}}

    evaluated = evaluate_table(
        declare_study(plan, source="test"), tmp_path, shared_cases / "plans" / "coded.csv"
    )

    assert evaluated.n_misplaced == 0
    assert "look coded" in " ".join(evaluated.about_runs)
