"""All samples in one table: settings joined, doubts kept, gaps reported."""

from pathlib import Path

import polars as pl
import pytest

from electrodoe.dataset import Dataset, assemble, inspect
from electrodoe.errors import DatasetError
from electrodoe.ingest import RawTable
from electrodoe.preprocess.condensed import Condensed
from electrodoe.study import Study
from electrodoe.workflow.condensing.galleries import settings_in_words
from electrodoe.workflow.condensing.measurement import Measurement
from electrodoe.workflow.condensing.measurement_table import flag_measurements, measurement_table
from electrodoe.workflow.condensing.runs import run_settings

STUDY = Study.model_validate(
    {
        "title": "a",
        "factors": {"porosity": {}, "dryer_2_temperature_c": {}},
        "responses": {"adhesion_strength_kpa": {}, "tortuosity": {}},
        "measurements": {"context": ["date"]},
    }
)
SETTINGS = pl.DataFrame(
    {
        "run": ["1", "2"],
        "porosity": [0.25, 0.35],
        "dryer_2_temperature_c": [50.0, 60.0],
        "date": ["Monday", "Tuesday"],
    }
)


def _table(**columns: list[object]) -> pl.DataFrame:
    """Return a condensed table; every sample is accepted where nothing else is said."""
    n = len(columns["run"])
    about = {"file": ["f"] * n, "lines": ["1-2"] * n, "accepted": [True] * n, "flags": [""] * n}
    return pl.DataFrame({**about, **columns})


ADHESION = _table(run=["1", "2"], sample=["1", "1"], adhesion_strength_kpa=[900.0, 700.0])
CELLS = _table(
    run=["1", "1", "2"],
    sample=["1", "2", "1"],
    tortuosity=[4.0, 9.0, 3.0],
    accepted=[True, False, True],
    flags=["", "shorted", ""],
)
SHEETS = _table(
    run=["1", "1", "1", "2"],
    sample=["1", "2", "3", "1"],
    porosity=[0.26, 0.28, 0.90, 0.34],
    accepted=[True, True, False, True],
)


def test_what_is_measured_comes_before_what_was_planned():
    """Porosity from the accepted sheets, temperature from the table of runs."""
    found = measurement_table(
        STUDY, {"sheets": SHEETS, "pull_off": ADHESION, "cells": CELLS}, SETTINGS
    )

    first = found.frame.row(0, named=True)
    assert first["porosity"] == pytest.approx(0.27)
    assert first["dryer_2_temperature_c"] == 50.0
    assert first["date"] == "Monday"
    assert found.runs.filter(factor="porosity", run="1")["n"].item() == 2
    assert set(found.runs["source"]) == {"mean of 'sheets'", "table of runs"}


def test_no_sample_is_lost_and_each_keeps_its_place():
    """Rejected ones stand in the table and are set aside with their reason."""
    found = measurement_table(STUDY, {"pull_off": ADHESION, "cells": CELLS}, SETTINGS)

    assert found.frame["sample"].to_list() == [
        "pull_off-1-1",
        "pull_off-2-1",
        "cells-1-1",
        "cells-1-2",
        "cells-2-1",
    ]
    assert found.frame["tortuosity"].to_list() == [None, None, 4.0, 9.0, 3.0]
    (entry,) = found.set_aside
    assert (entry.rows, entry.responses) == (("cells-1-2",), ("tortuosity",))
    assert "shorted" in entry.reason


def test_a_run_without_settings_is_reported():
    """Its samples stay, and a finding names a file."""
    found = measurement_table(
        STUDY, {"pull_off": ADHESION, "cells": CELLS}, SETTINGS.filter(run="1")
    )

    assert [finding.code for finding in found.findings] == ["D204"]
    assert found.frame.height == 5


@pytest.mark.parametrize(
    ("tables", "settings", "what"),
    [
        ({"cells": CELLS}, SETTINGS, "no protocol measures 'adhesion_strength_kpa'"),
        ({"a": ADHESION, "b": ADHESION, "c": CELLS}, SETTINGS, "measured by 2 protocols: a, b"),
        ({"a": ADHESION, "c": CELLS}, SETTINGS.drop("porosity"), "neither measured nor set"),
    ],
)
def test_gaps_and_doubles_are_refused(
    tables: dict[str, pl.DataFrame], settings: pl.DataFrame, what: str
):
    """Nobody has to guess which of two values was meant."""
    with pytest.raises(DatasetError, match=what):
        measurement_table(STUDY, tables, settings)


def test_what_was_measured_on_the_sample_itself_comes_first():
    """A cell whose own discs were measured keeps their porosity; the others have the run's."""
    cells = CELLS.with_columns(porosity=pl.Series([0.21, None, 0.33]))

    found = measurement_table(
        STUDY, {"sheets": SHEETS, "pull_off": ADHESION, "cells": cells}, SETTINGS
    )

    own = found.frame.filter(measurement="cells")["porosity"].to_list()
    assert own == pytest.approx([0.21, 0.27, 0.33])


STEPWISE = Study.model_validate(
    {
        "title": "a",
        "factors": {"dryer_2_temperature_c": {}, "porosity": {}, "roll_gap_um": {}},
        "responses": {"adhesion_strength_kpa": {}, "uncalendered_adhesion_strength_kpa": {}},
        "scenarios": {
            "product": {
                "inputs": ["dryer_2_temperature_c", "porosity"],
                "responses": ["adhesion_strength_kpa"],
            },
            "uncalendered": {
                "inputs": ["dryer_2_temperature_c"],
                "responses": ["uncalendered_adhesion_strength_kpa"],
            },
        },
        "protocols": {
            "uncalendered": {"instrument": "adhesion", "files": ["u/*"], "after": "drying"},
            "calendered": {"instrument": "adhesion", "files": ["c/*"]},
        },
    }
)
RUNS = pl.DataFrame(
    {
        "run": ["1", "2", "3", "4"],
        "dryer_2_temperature_c": [50.0, 60.0, 55.0, 65.0],
        "porosity": [0.25, 0.35, 0.3, 0.4],
        "roll_gap_um": [80.0, 90.0, 85.0, 95.0],
    }
)
UNCALENDERED = _table(
    run=["1", "2", "3", "4"],
    sample=["1", "1", "1", "1"],
    uncalendered_adhesion_strength_kpa=[400.0, 300.0, 350.0, 200.0],
)
CALENDERED = _table(
    run=["1", "2", "3", "4"],
    sample=["1", "1", "1", "1"],
    adhesion_strength_kpa=[900.0, 700.0, 800.0, 600.0],
)


def _assembled(study: Study, tables: dict[str, pl.DataFrame]) -> Dataset:
    """Return the dataset of condensed tables."""
    frame = measurement_table(study, tables, RUNS).frame
    rows = study.measurements.model_copy(update={"group": "run", "id": "sample"})
    return assemble(
        study.model_copy(update={"measurements": rows}),
        RawTable.as_written(Path("results/measurements.csv"), frame),
    )


def test_a_sample_has_of_its_run_only_what_was_set_before_it_was_taken():
    """Uncalendered specimens have a temperature, and no porosity and no roll gap."""
    found = measurement_table(
        STEPWISE, {"uncalendered": UNCALENDERED, "calendered": CALENDERED}, RUNS
    ).frame

    before, behind = found.filter(after="drying"), found.filter(pl.col("after").is_null())
    assert before["dryer_2_temperature_c"].to_list() == [50.0, 60.0, 55.0, 65.0]
    assert before["porosity"].null_count() == before["roll_gap_um"].null_count() == 4
    assert behind["porosity"].to_list() == [0.25, 0.35, 0.3, 0.4]


def test_a_study_that_declares_nothing_keeps_its_table():
    """Every sample has every value of its run, and there is no column of steps."""
    silent = STEPWISE.model_copy(update={"protocols": {}})

    found = measurement_table(
        silent, {"uncalendered": UNCALENDERED, "calendered": CALENDERED}, RUNS
    ).frame

    assert "after" not in found.columns
    assert found["porosity"].null_count() == 0


def test_what_was_measured_on_an_uncalendered_sample_is_its_own_and_not_its_run_s():
    """Discs with a porosity of their own keep it; the calendered ones have the planned one."""
    own = UNCALENDERED.with_columns(porosity=pl.Series([0.51, 0.52, None, 0.53]))

    found = measurement_table(STEPWISE, {"uncalendered": own, "calendered": CALENDERED}, RUNS)

    assert found.frame.filter(after="drying")["porosity"].to_list() == [0.51, 0.52, None, 0.53]
    behind = found.frame.filter(measurement="calendered")
    assert behind["porosity"].to_list() == [0.25, 0.35, 0.3, 0.4]
    assert set(found.runs.filter(factor="porosity")["source"]) == {"table of runs"}


def test_a_scenario_that_needs_what_its_samples_never_had_is_refused_by_name():
    """The error says which input, of which response, why, and what to do."""
    product = STEPWISE.scenarios["product"].model_copy(update={"responses": None})
    study = STEPWISE.model_copy(update={"scenarios": {"product": product}})
    dataset = _assembled(study, {"uncalendered": UNCALENDERED, "calendered": CALENDERED})

    assert dataset.training_data("adhesion_strength_kpa", "product").n_samples == 4
    with pytest.raises(DatasetError) as caught:
        dataset.training_data("uncalendered_adhesion_strength_kpa", "product")

    assert caught.value.what == (
        "'porosity' is empty in all 4 samples of 'uncalendered_adhesion_strength_kpa': they were"
        " taken after drying, and a run has it from calendering on"
    )
    assert caught.value.where == "study.toml, scenario 'product'"
    assert "a scenario without 'porosity'" in caught.value.fix


def test_uncalendered_samples_alone_are_modeled_by_what_they_had():
    """A factor that no sample has yet is no error as long as no scenario needs it."""
    study = STEPWISE.model_copy(
        update={
            "responses": {
                "uncalendered_adhesion_strength_kpa": STEPWISE.responses[
                    "uncalendered_adhesion_strength_kpa"
                ]
            },
            "scenarios": {"uncalendered": STEPWISE.scenarios["uncalendered"]},
        }
    )
    dataset = _assembled(study, {"uncalendered": UNCALENDERED})

    data = dataset.training_data("uncalendered_adhesion_strength_kpa", "uncalendered")
    assert data.inputs.ravel().tolist() == [50.0, 60.0, 55.0, 65.0]
    assert inspect(dataset)


def test_a_factor_of_which_nothing_is_accepted_is_refused_by_name():
    """With the flag that rejects most of its values, and the way out."""
    sheets = SHEETS.with_columns(
        accepted=pl.lit(value=False),
        flags=pl.Series(
            ["no coating left", "impossible sheet", "no coating left; x", "no coating left"]
        ),
    )

    with pytest.raises(DatasetError, match="3 of them for 'no coating left'") as caught:
        measurement_table(STUDY, {"sheets": sheets, "pull_off": ADHESION, "cells": CELLS}, SETTINGS)

    assert "none of 4 values is accepted" in caught.value.what
    assert "column 'porosity' of protocol 'sheets'" in caught.value.where
    assert "check the foil's mass" in caught.value.fix


INLINE = Study.model_validate(
    {
        "title": "a",
        "factors": {"coating_gap_um": {}, "dry_mass_loading_mg_cm2": {}},
        "responses": {"dry_mass_loading_mg_cm2": {}, "adhesion_strength_kpa": {}},
        "scenarios": {
            "line": {"inputs": ["coating_gap_um"], "responses": ["dry_mass_loading_mg_cm2"]},
            "combined": {"inputs": ["dry_mass_loading_mg_cm2"]},
        },
        "protocols": {
            "coil": {"instrument": "sheets", "files": ["s/*"]},
            "calendered": {"instrument": "adhesion", "files": ["c/*"]},
        },
    }
)
GAPS = pl.DataFrame({"run": ["1", "2", "3", "4"], "coating_gap_um": [80.0, 100.0, 90.0, 110.0]})
COIL = _table(
    run=["1", "1", "2", "3", "4", "4"],
    sample=["1", "2", "1", "1", "1", "2"],
    dry_mass_loading_mg_cm2=[7.9, 8.1, 10.0, 9.0, 11.0, None],
)


def test_what_a_line_measures_is_a_response_there_and_an_input_elsewhere():
    """Each web segment answers for itself; a pull-off specimen has the mean of its run."""
    frame = measurement_table(INLINE, {"coil": COIL, "calendered": CALENDERED}, GAPS).frame
    rows = INLINE.measurements.model_copy(update={"group": "run", "id": "sample"})
    dataset = assemble(
        INLINE.model_copy(update={"measurements": rows}),
        RawTable.as_written(Path("results/measurements.csv"), frame),
    )

    line = dataset.training_data("dry_mass_loading_mg_cm2", "line")
    combined = dataset.training_data("adhesion_strength_kpa", "combined")

    assert sorted(line.response.tolist()) == [7.9, 8.1, 9.0, 10.0, 11.0]
    assert all(name.startswith("coil-") for name in line.sample_names)
    assert combined.inputs.ravel().tolist() == pytest.approx([8.0, 10.0, 9.0, 11.0])
    assert dataset.rows("line").sum() == 5
    assert dataset.rows("combined").sum() == 4
    assert inspect(dataset)


def test_a_category_of_the_table_of_runs_reaches_the_models_by_name(tmp_path: Path):
    """What was measured comes before what was planned; a misspelt level is refused by its line."""
    declared = STUDY.model_dump(mode="json", exclude_unset=True)
    declared["factors"] = {"binder": {"levels": ["CMC/SBR", "PVDF"]}, "porosity": {}}
    del declared["scenarios"]
    study = Study.model_validate(declared | {"measurements": {"runs": "runs.csv"}})
    text = "run,binder,measured_binder,porosity\n1,CMC/SBR,,0.25\n2,CMC/SBR,pvdf,0.35\n"
    (tmp_path / "runs.csv").write_text(text, encoding="utf-8")

    settings, _ = run_settings(study, tmp_path)
    table = measurement_table(study, {"pull_off": ADHESION, "cells": CELLS}, settings)
    dataset = assemble(study, RawTable.as_written(tmp_path / "m.csv", table.frame))

    assert table.frame["binder"].unique().sort().to_list() == ["CMC/SBR", "PVDF"]
    words = settings_in_words(study, settings).filter(factor="Binder")
    assert dict(words.select("run", "words").iter_rows()) == {"1": "CMC/SBR", "2": "PVDF"}
    assert dataset.named_frame["binder"].to_list()[-1] == "PVDF"
    (tmp_path / "runs.csv").write_text(text.replace("pvdf", "PVFD"), encoding="utf-8")
    with pytest.raises(DatasetError, match="'PVFD' is no level of 'binder'") as caught:
        run_settings(study, tmp_path)
    assert "line 3" in caught.value.where
    assert "did you mean 'PVDF'?" in caught.value.fix


@pytest.mark.parametrize(("is_set_aside", "n_aside"), [(False, 0), (True, 1)])
def test_an_outlier_is_set_aside_only_where_the_study_says_so(is_set_aside: bool, n_aside: int):
    """By default it is flagged and stays in the models."""
    values = [900.0, 901.0, 899.0, 900.5, 899.5, 950.0]
    table = _table(run=["1"] * 6, sample=list("123456"), adhesion_strength_kpa=values)
    rule = {"rule": "sd", "set_aside": is_set_aside}
    study = Study.model_validate(STUDY.model_dump() | {"outliers": rule})

    found = flag_measurements(
        study, {"a": Measurement(condensed=Condensed(table=table), pictures={})}
    )

    assert found.tables["a"]["outliers"].to_list()[5].startswith("outlier in adhesion_strength")
    assert [entry.rows for entry in found.set_aside] == [("a-1-6",)] * n_aside
