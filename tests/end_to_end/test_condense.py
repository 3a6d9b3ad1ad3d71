"""Condensing on disk: what is kept, what is done again, what a broken file does."""

import shutil
from pathlib import Path

import pytest

from electrodoe.errors import IngestError, WorkflowError
from electrodoe.study import declare_study, read_study
from electrodoe.workflow.condense import condense, condense_study
from end_to_end.conftest import Played


@pytest.fixture
def copy(anode: Played, tmp_path: Path) -> Path:
    """Return a copy of the study with its results, which a test may spoil."""
    folder = tmp_path / "study"
    shutil.copytree(anode.folder, folder)
    return folder


def test_a_second_time_gives_the_same_bytes(anode: Played, copy: Path):
    """From what is kept, or made anew."""
    study = read_study(copy)
    kept = condense_study(study, copy)

    assert kept.products == anode.condensed.products
    assert kept.keys == anode.condensed.keys


def test_a_changed_file_condenses_its_measurement_alone(anode: Played, copy: Path):
    """The others keep their keys."""
    file = next((copy / "raw" / "cells").glob("*.txt"))
    file.write_bytes(file.read_bytes() + b"\n")

    changed = condense(read_study(copy), copy)

    assert len(anode.condensed.keys - changed.keys) == 1


def test_a_broken_file_is_reported_and_the_others_are_condensed(anode: Played, copy: Path):
    """One finding of severity error with file and line; no other sample is lost."""
    file = min((copy / "raw" / "impedance" / "calendered").glob("*.mpt"))
    file.write_bytes(file.read_bytes()[:3000].replace(b"freq", b"fr\x00q"))

    condensed = condense(read_study(copy), copy)

    (reported,) = [finding for finding in condensed.findings if finding.code == "D202"]
    assert reported.where.startswith("raw/impedance/calendered/")
    before = anode.condensed.tables["impedance"].height
    assert condensed.tables["impedance"].height == before - 1


def test_what_is_not_accepted_is_set_aside_with_its_reason(anode: Played):
    """It stays in the table, and no model sees it."""
    table = anode.condensed.tables["impedance"]
    rejected = table.filter(~table["accepted"])

    entries = {row: entry for entry in anode.condensed.study.set_aside for row in entry.rows}

    assert rejected.height > 0
    for run, sample in rejected.select("run", "sample").rows():
        assert "not accepted" in entries[f"impedance-{run}-{sample}"].reason
    assert anode.condensed.table.frame.filter(measurement="impedance").height == table.height


def test_a_measurement_without_files_is_an_error(copy: Path):
    """It names protocol and pattern."""
    shutil.rmtree(copy / "raw" / "cells")

    with pytest.raises(IngestError, match="no file matches 'raw/cells") as caught:
        condense(read_study(copy), copy)

    assert "protocols.cells" in caught.value.where


def test_a_study_of_a_table_has_nothing_to_condense(tmp_path: Path):
    """The fix says what to declare."""
    study = declare_study({"title": "a", "factors": {"x": {}}, "responses": {"y": {}}}, "here")

    with pytest.raises(WorkflowError, match="no measurement is declared") as caught:
        condense(study, tmp_path)

    assert "[protocols.NAME]" in caught.value.fix
