"""A filled run sheet against its plan."""

from datetime import datetime

import polars as pl
import pytest

from electrodoe.design.run_plan import RunPlan
from electrodoe.design.run_sheet.deviations import DEVIATIONS, Deviations, deviations
from electrodoe.errors import DesignError, IngestError
from electrodoe.findings import Severity
from electrodoe.study import Study
from strategies.run_plans import SETTINGS, anode_plan, anode_study, run_plan

STUDY = anode_study()
PLAN = anode_plan()
NAMES = PLAN.factors


def _filled(study: Study = STUDY, plan: RunPlan = PLAN) -> dict[str, list[object]]:
    """Return a sheet on which everything was made as planned."""
    sheet: dict[str, list[object]] = {"run": plan.frame["run"].to_list()}
    for name in plan.factors:
        sheet[name] = plan.frame[name].to_list()
        sheet[f"measured_{name}"] = plan.frame[name].to_list()
    sheet["made_on"] = [f"2026-03-31 1{hour}:00" for hour in range(plan.n_runs)]
    sheet |= dict.fromkeys(study.responses, [1.0] * plan.n_runs)
    return sheet


def _compare(sheet: dict[str, list[object]], **options: object) -> Deviations:
    """Compare a sheet of text and numbers with the plan; its rows start in line 2."""
    frame = pl.DataFrame({name: pl.Series(cells, strict=False) for name, cells in sheet.items()})
    lines = range(2, frame.height + 2)
    return deviations(STUDY, PLAN, frame, lines, source="sheet.csv", **options)


def _found(compared: Deviations, code: str) -> list[str]:
    """Return what the findings of one number say."""
    return [finding.what for finding in compared.findings if finding.code == code]


def test_a_sheet_as_planned_has_one_remark():
    """That no tolerance was declared for the temperature; every row is within."""
    compared = _compare(_filled())

    assert [finding.code for finding in compared.findings] == ["P109"]
    assert "dryer_2_temperature_c" in _found(compared, "P109")[0]
    assert DEVIATIONS.check(compared.frame).height == len(SETTINGS) * len(NAMES)
    assert compared.frame["is_within"].to_list() == [True] * compared.frame.height
    assert (
        compared.frame.filter(factor="dryer_2_temperature_c")["tolerance"].unique().item() == 0.05
    )


@pytest.mark.parametrize(("measured", "is_within"), [(9.66, True), (8.74, True), (9.67, False)])
def test_a_tolerance_includes_its_ends(measured: float, is_within: bool):
    """5 % of 9.2 mg/cm², whatever the last bit says."""
    sheet = _filled()
    sheet["measured_active_mass_loading_mg_cm2"][2] = measured

    compared = _compare(sheet)

    row = compared.frame.row(6, named=True)
    assert (row["run"], row["line"], row["planned"], row["measured"]) == (3, 4, 9.2, measured)
    assert row["deviation"] == pytest.approx(measured - 9.2)
    assert row["relative_deviation"] == pytest.approx(measured / 9.2 - 1.0)
    assert row["is_within"] is is_within
    assert bool(_found(compared, "P104")) is not is_within


def test_a_deviation_is_reported_as_people_read_it():
    """Share in percent, sign, unit, line."""
    sheet = _filled()
    sheet["measured_porosity"][1] = 0.3
    sheet["measured_dryer_2_temperature_c"][0] = 55.0

    compared = _compare(sheet)

    assert _found(compared, "P104") == [
        "Dryer 2 temperature, beyond 5 %: run 1 (55 for 50 °C, +10.0 %)",
        "Porosity, beyond 10 %: run 2 (30 for 40 %, −25.0 %)",
    ]
    assert [f.where for f in compared.findings if f.code == "P104"] == [
        "sheet.csv, lines 2",
        "sheet.csv, lines 3",
    ]


def test_a_run_without_any_measurement_was_not_made():
    """It has rows without a line, and a warning."""
    sheet = _filled()
    for name, cells in sheet.items():
        if name not in ("run", *NAMES):
            cells[1] = None

    compared = _compare(sheet)

    assert _found(compared, "P101") == ["1 of 4: run 2"]
    rows = compared.frame.filter(run=2)
    assert rows["line"].is_null().all()
    assert rows["is_within"].is_null().all()
    assert rows["planned"].to_list() == list(SETTINGS[1])


def test_a_run_made_twice_is_kept_twice():
    """A repeated run is worth something."""
    sheet = {name: [*cells, cells[0]] for name, cells in _filled().items()}
    sheet["measured_porosity"][4] = 0.26

    compared = _compare(sheet)

    assert _found(compared, "P102") == ["run 1 is filled in 2 times; all are kept"]
    assert compared.frame.filter(run=1, factor="porosity")["measured"].to_list() == [0.25, 0.26]


@pytest.mark.parametrize("number", [7, None])
def test_a_row_of_no_planned_run_is_an_error_and_stays(number: int | None):
    """Nothing says what was planned for it."""
    sheet = {name: [*cells, cells[0]] for name, cells in _filled().items()}
    sheet["run"][4] = number

    compared = _compare(sheet)

    (finding,) = [each for each in compared.findings if each.code == "P103"]
    assert (finding.severity, finding.where) == (Severity.ERROR, "sheet.csv, line 6")
    last = compared.frame.row(-1, named=True)
    assert (last["run"], last["planned"], last["measured"]) == (number, None, 0.25)


def test_the_sheet_of_another_plan_is_an_error():
    """Its planned values are not ours; rounding is no difference."""
    sheet = _filled()
    sheet["active_mass_loading_mg_cm2"][0] = 8.2004
    sheet["dryer_2_temperature_c"][1] = 60.0

    compared = _compare(sheet)

    assert _found(compared, "P105") == ["Dryer 2 temperature: run 2 (60.0 for 65.0)"]
    assert compared.findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "times",
    [
        ["2026-03-31 10:00", "2026-03-31 13:00", "2026-03-31 12:00", "2026-03-31 14:00"],
        ["31.03.2026 10:00", "31.03.2026 13:00", "31.03.2026 12:00", "31.03.2026 14:00"],
        [46112.4, 46112.6, 46112.5, 46112.7],
        [datetime.fromisoformat(f"2026-03-31 {hour}:00") for hour in (10, 13, 12, 14)],
    ],
)
def test_another_order_is_read_from_the_times(times: list[object]):
    """However they are written."""
    compared = _compare(_filled() | {"made_on": times})

    assert _found(compared, "P106") == ["run 3 before run 2"]
    assert _found(compared, "P107") == []


def test_sorting_the_rows_changes_nothing_where_times_are_known():
    """Only the lines are others."""
    sheet = _filled()
    turned = {name: cells[::-1] for name, cells in sheet.items()}

    compared = _compare(turned)

    assert _found(compared, "P106") == []
    assert compared.frame.drop("line").equals(_compare(sheet).frame.drop("line"))


def test_without_times_the_rows_tell_the_order():
    """And that is said."""
    sheet = {name: cells[::-1] for name, cells in _filled().items()}
    sheet["made_on"][1] = "in the morning"

    compared = _compare(sheet)

    assert _found(compared, "P107")[0].startswith("1 of 4 runs")
    assert _found(compared, "P106") == [
        "run 4 before run 3, run 3 before run 2, run 2 before run 1"
    ]


def test_a_cell_that_was_forgotten_is_not_filled_with_the_plan():
    """The planned value is no measurement."""
    sheet = _filled()
    sheet["measured_porosity"][2] = "n/a"

    compared = _compare(sheet)

    assert _found(compared, "P108") == ["Porosity: run 3"]
    row = compared.frame.filter(run=3, factor="porosity").row(0, named=True)
    assert (row["measured"], row["is_within"]) == (None, None)


@pytest.mark.parametrize(
    ("column", "cell", "what", "fix"),
    [
        ("measured_porosity", "about 30", "'about 30' where a number", "the remarks"),
        ("measured_porosity", "26", "26 where a fraction", "0.26 or 26%"),
        ("measured_dryer_2_temperature_c", "50,5", "'50,5' where a number", "write 50.5"),
        ("measured_dryer_2_temperature_c", "50%", "'50%' where a number", "9.8"),
        ("adhesion_strength_kpa", "broken", "'broken' where a number", "leave it empty"),
        ("run", "2.5", "run 2.5 where a whole", "as the plan has it"),
        ("run", "R2", "'R2' where a number", "number"),
    ],
)
def test_text_in_a_number_is_reported_with_its_cell(column: str, cell: str, what: str, fix: str):
    """What, where and the fix."""
    sheet = _filled()
    sheet[column] = [str(value) for value in sheet[column]]
    sheet[column][1] = cell

    with pytest.raises((DesignError, IngestError)) as caught:
        _compare(sheet)

    assert what in caught.value.what
    assert caught.value.where == f"sheet.csv, line 3, column '{column}'"
    assert fix in caught.value.fix


def test_percent_signs_and_decimal_commas_are_understood():
    """As a spreadsheet writes them into a text table."""
    sheet = {name: [str(cell) for cell in cells] for name, cells in _filled().items()}
    for name, cells in sheet.items():
        sheet[name] = [cell.replace(".", ",") for cell in cells] if name != "made_on" else cells
    sheet["measured_porosity"][2] = "30,0 %"

    compared = _compare(sheet, decimal=",")

    measured = compared.frame.filter(factor="porosity")["measured"].to_list()
    assert measured == pytest.approx([0.25, 0.4, 0.3, 0.25])


@pytest.mark.parametrize("column", ["run", "measured_porosity"])
def test_a_missing_column_is_named_and_the_nearest_offered(column: str):
    """By its name and by its title."""
    sheet = _filled()
    sheet[column + "x"] = sheet.pop(column)

    with pytest.raises(DesignError, match=f"no column '{column}'") as caught:
        _compare(sheet)

    assert f"{column}x" in caught.value.fix


def test_categories_are_compared_as_names():
    """Another binder is another category, whatever the tolerance."""
    study = anode_study(factors={"binder": {"levels": ["CMC", "PVDF"]}}, cell=None)
    plan = run_plan({"binder": ["CMC", "PVDF", "CMC"]})
    sheet = pl.DataFrame(_filled(study, plan)).with_columns(
        measured_binder=pl.Series(["CMC", " PVDF ", "PVDF"])
    )

    compared = deviations(study, plan, sheet, range(2, 5))

    assert compared.frame["is_within"].to_list() == [True, True, False]
    assert compared.frame["measured_category"].to_list() == ["CMC", "PVDF", "PVDF"]
    assert _found(compared, "P104") == ["Binder, another category: run 3 (PVDF for CMC)"]


def test_existing_runs_are_not_asked_for():
    """An augmented plan lists them, its sheet does not."""
    plan = anode_plan(purpose=["existing", "existing", "planned", "planned"])
    sheet = pl.DataFrame(_filled()).tail(2)

    compared = deviations(STUDY, plan, sheet, range(2, 4))

    assert compared.frame["run"].unique().sort().to_list() == [3, 4]
    assert _found(compared, "P101") == []


@pytest.mark.parametrize(("measured", "is_within"), [(61.0, True), (59.0, True), (61.1, False)])
def test_an_absolute_tolerance_is_the_same_at_every_setting(measured: float, is_within: bool):
    """1 °C is 1 °C at 60 °C and at 20 °C; the sheet shows its ends, the finding the unit."""
    name = "dryer_2_temperature_c"
    study = anode_study(factors={name: {"tolerance": "1 K"}}, cell=None)
    plan = run_plan({name: [60.0, 20.0]})
    sheet = pl.DataFrame(_filled(study, plan)).with_columns(
        pl.Series(f"measured_{name}", [measured, 20.9])
    )

    compared = deviations(study, plan, sheet, range(2, 4))

    assert compared.frame["is_within"].to_list() == [is_within, True]
    assert compared.frame["absolute_tolerance"].to_list() == [1.0, 1.0]
    assert compared.frame["tolerance"].to_list() == [None, None]
    assert is_within or "beyond 1 °C" in _found(compared, "P104")[0]


def test_of_a_planned_zero_only_zero_is_within():
    """A fraction of nothing is nothing."""
    study = anode_study(factors={"additive_pct": {"tolerance": 0.05}}, cell=None)
    plan = run_plan({"additive_pct": [0.0, 0.0]})
    sheet = pl.DataFrame(_filled(study, plan)).with_columns(
        measured_additive_pct=pl.Series([0.0, 0.01])
    )

    compared = deviations(study, plan, sheet, range(2, 4))

    assert compared.frame["is_within"].to_list() == [True, False]
    assert compared.frame["relative_deviation"].to_list() == [None, None]
