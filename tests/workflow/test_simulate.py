"""A simulated study on disk: planned where it has to be, made anew, never over measurements."""

from pathlib import Path

import polars as pl
import pytest

from electrodoe.errors import SimulationError, WorkflowError
from electrodoe.workflow.condense import condense
from electrodoe.workflow.manifest import MARK_FILE, is_simulated
from electrodoe.workflow.simulate import FINISHED, UNFINISHED, simulate_study
from strategies.plants import plant_plan, plant_study

SAMPLES = {"adhesion": 4, "green": 3, "eis": 4, "green_eis": 3, "cells": 4}


def _planned(folder: Path) -> None:
    """Write a plan of four runs."""
    (folder / "results").mkdir(exist_ok=True)
    plant_plan().frame.write_csv(folder / "results" / "run_plan.csv")


def test_raw_and_truth_are_written_beside_the_plan(tmp_path: Path):
    """Every file the outcome counts is there."""
    _planned(tmp_path)

    outcome = simulate_study(plant_study(samples=SAMPLES), tmp_path)

    files = [path for path in (tmp_path / "raw").rglob("*") if path.is_file()]
    assert len(files) == sum(outcome.counts.values()) + 1
    mark = (tmp_path / MARK_FILE).stat().st_size
    assert sum(path.stat().st_size for path in files) == outcome.n_bytes + mark
    assert not outcome.is_planned
    assert (tmp_path / MARK_FILE).read_bytes() == FINISHED
    assert pl.read_csv(tmp_path / "truth" / "runs.csv").height == 4


def test_that_it_is_simulated_is_no_remark_on_its_tables(tmp_path: Path):
    """Every page says so; somebody else's tables that say it are told (the mark file is gone)."""
    whole = plant_study(samples=SAMPLES)
    _planned(tmp_path)
    simulate_study(whole, tmp_path)
    once = {name: one for name, one in whole.protocols.items() if "green" not in name}
    study = whole.model_copy(update={"protocols": once})

    own = [one for one in condense(study, tmp_path).findings if one.code == "D254"]
    (tmp_path / MARK_FILE).unlink()
    other = [one for one in condense(study, tmp_path).findings if one.code == "D254"]

    assert own == []
    assert "'note' says 'simulated' in all rows" in other[0].what


def test_a_second_simulation_takes_the_place_of_the_first(tmp_path: Path):
    """No file of fewer specimens stays behind."""
    _planned(tmp_path)
    simulate_study(plant_study(samples={**SAMPLES, "adhesion": 8}), tmp_path)

    simulate_study(plant_study(samples=SAMPLES), tmp_path)

    assert len(list((tmp_path / "raw" / "adhesion").iterdir())) == 4


def test_an_interrupted_simulation_is_known_and_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The mark is there before the first file, and says that some are missing."""
    _planned(tmp_path)
    written = []

    def stop_after_five(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) > 5:
            raise KeyboardInterrupt
        with path.open("wb") as file:
            return file.write(content)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", stop_after_five)
        with pytest.raises(KeyboardInterrupt):
            simulate_study(plant_study(samples=SAMPLES), tmp_path)

    assert is_simulated(tmp_path)
    assert (tmp_path / MARK_FILE).read_bytes() == UNFINISHED
    simulate_study(plant_study(samples=SAMPLES), tmp_path)
    assert (tmp_path / MARK_FILE).read_bytes() == FINISHED


def test_measured_files_are_never_overwritten(tmp_path: Path):
    """They are reported, and stay."""
    _planned(tmp_path)
    own = tmp_path / "raw" / "eis" / "run01_cell1.mpt"
    own.parent.mkdir(parents=True)
    own.write_text("measured")

    with pytest.raises(SimulationError, match="not simulated"):
        simulate_study(plant_study(samples=SAMPLES), tmp_path)

    assert own.read_text() == "measured"
    assert not (tmp_path / "truth").exists()


def test_a_truth_that_is_not_ours_is_never_overwritten(tmp_path: Path):
    """A folder of that name may be somebody's."""
    _planned(tmp_path)
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "mine.txt").write_text("mine")

    with pytest.raises(SimulationError, match="not simulated"):
        simulate_study(plant_study(samples=SAMPLES), tmp_path)

    assert (tmp_path / "truth" / "mine.txt").read_text() == "mine"


def test_a_plan_is_made_where_there_is_none(tmp_path: Path):
    """As ``electrodoe plan`` would make it."""
    study = plant_study(samples=SAMPLES)
    asked = study.model_validate(
        {**study.model_dump(exclude_unset=True), "plan": {"runs": 6, "model": "linear"}}
    )

    outcome = simulate_study(asked, tmp_path)

    assert outcome.is_planned
    assert pl.read_csv(tmp_path / "results" / "run_plan.csv").height == 6


def test_a_plan_of_another_study_is_refused(tmp_path: Path):
    """Before anything is written."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "run_plan.csv").write_text("run,speed\n1,2\n")

    with pytest.raises(WorkflowError):
        simulate_study(plant_study(samples=SAMPLES), tmp_path)

    assert not (tmp_path / "raw").exists()
