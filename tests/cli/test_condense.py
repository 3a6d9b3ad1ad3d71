"""``electrodoe condense``: what it prints, and how it leaves."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.study import Study, write_study
from electrodoe.workflow.run_folder import RunFolder
from electrodoe.workflow.simulate import simulate_study
from strategies.plants import plant_plan, plant_study

SAMPLES = {"adhesion": 8, "green": 3, "eis": 4, "green_eis": 3, "cells": 4}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a simulated study of pull-off tests."""
    (tmp_path / "results").mkdir()
    plant_plan().frame.write_csv(tmp_path / "results" / "run_plan.csv")
    whole = plant_study(samples=SAMPLES)
    simulate_study(whole, tmp_path)
    declared = whole.model_dump(mode="json", exclude_unset=True)
    declared["protocols"] = {"pull_off": declared["protocols"]["adhesion"]}
    declared["responses"] = {"adhesion_strength_kpa": {}}
    del declared["simulation"]
    write_study(Study.model_validate(declared), tmp_path)
    return tmp_path


def test_samples_are_counted(study: Path, electrodoe: Callable[..., object]):
    """By measurement, in words and as JSON."""
    reported = electrodoe("condense", study)
    counted = json.loads(electrodoe("condense", study, "--json").out)

    assert reported.code == 0
    assert "pull_off" in reported.out
    assert counted["measurements"] == [
        {"measurement": "pull_off", "runs": 4, "samples": 8, "not_accepted": 0, "outliers": 0}
    ]
    assert (study / "results" / "measurements.csv").is_file()
    assert (study / "results" / "condensed" / "pull_off_samples.csv").is_file()


@pytest.mark.parametrize(("option", "is_made_anew"), [([], False), (["--force"], True)])
def test_force_condenses_again_what_is_kept(
    study: Path, electrodoe: Callable[..., object], option: list[str], *, is_made_anew: bool
):
    """A kept part that is not what the files say stands until somebody forces it."""
    electrodoe("condense", study)
    (part,) = (study / "results" / "work").glob("*.zip")
    kept = RunFolder(path=study / "results")
    products = dict(kept.part(part.stem))
    kept.keep_part(part.stem, {**products, "findings": products["findings"], "extra": b"mine"})

    electrodoe("condense", study, *option)

    assert ("extra" not in kept.part(part.stem)) == is_made_anew


def test_an_unreadable_file_turns_the_exit_code(study: Path, electrodoe: Callable[..., object]):
    """And the other files are condensed."""
    min((study / "raw" / "adhesion").iterdir()).write_bytes(b"\x00\x01")

    reported = electrodoe("condense", study)

    assert reported.code == 1
    assert "D202" in reported.out


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("raw/adhesion/*.TRA", "raw/nothing/*", "no file matches 'raw/nothing/*'"),
        ("adhesion_strength_kpa", "tortuosity", "no protocol measures 'tortuosity'"),
        ("run{run}_specimen{sample}", "x{run}", "its name does not read 'x{run}'"),
    ],
)
def test_what_cannot_be_condensed_is_reported_in_three_lines(
    study: Path, electrodoe: Callable[..., object], old: str, new: str, what: str
):
    """What, where, fix; exit code 2."""
    file = study / "study.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    reported = electrodoe("condense", study)

    assert reported.code == 2
    assert what in reported.err
    assert "fix:" in reported.err
