"""``electrodoe simulate``."""

import json
from pathlib import Path

import pytest

from electrodoe.study import declare_study, write_study
from strategies.plants import plant_plan, plant_study

SAMPLES = {"adhesion": 4, "green": 3, "eis": 4, "green_eis": 3, "cells": 4}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a planned study with a planted short."""
    write_study(plant_study(samples=SAMPLES, faults=("short",)), tmp_path)
    (tmp_path / "results").mkdir()
    plant_plan().frame.write_csv(tmp_path / "results" / "run_plan.csv")
    return tmp_path


def test_it_tells_what_was_written_and_planted(electrodoe, folder: Path):
    """Files by protocol, the fault, both folders."""
    answer = electrodoe("simulate", folder)

    assert answer.code == 0
    assert "   4 files  adhesion" in answer.out
    assert "planted: eis: short, run" in answer.out
    assert str(folder / "truth") in answer.out


def test_it_tells_machines_the_same(electrodoe, folder: Path):
    """As JSON; another seed plays another plant."""
    first = json.loads(electrodoe("simulate", folder, "--json").out)
    own = (folder / "raw" / "eis" / "run01_cell1.mpt").read_bytes()
    electrodoe("simulate", folder / "study.toml", "--seed", "99", "--json")

    assert (first["status"], first["files"]["cells"]) == ("done", 5)
    assert (folder / "raw" / "eis" / "run01_cell1.mpt").read_bytes() != own


def test_a_study_without_instruments_leaves_in_three_lines(electrodoe, folder: Path):
    """What, where, fix; exit code 2."""
    declared = plant_study().model_dump(mode="json", exclude_none=True, exclude_unset=True)
    bare = {
        name: part for name, part in declared.items() if name not in {"protocols", "simulation"}
    }
    (folder / "study.toml").unlink()
    write_study(declare_study(bare, "here"), folder)

    answer = electrodoe("simulate", folder)

    assert answer.code == 2
    assert "no protocol says which instruments there are" in answer.err
