"""``new`` and ``check``: from the scaffold to findings."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from electrodoe.findings import FINDING_COLUMNS


@pytest.fixture
def copied(example: Path, tmp_path: Path) -> Path:
    """Return a copy of the calendering study."""
    folder = tmp_path / "study"
    folder.mkdir()
    for name in ("study.toml", "cells.csv"):
        shutil.copy(example / name, folder / name)
    return folder


def _files(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_new_study_asks_for_its_rows(electrodoe: Callable, tmp_path: Path):
    """The scaffold is valid; its empty table is what is missing."""
    made = electrodoe("new", tmp_path / "study")
    checked = electrodoe("check", tmp_path / "study")

    assert made.code == 0
    assert _files(tmp_path / "study") == ["measurements.csv", "study.toml"]
    assert checked.code == 2
    assert checked.err.startswith("the table has no rows\n  where: ")


def _unmarked(scaffold: str, keys: str, until: str = "# What to ask") -> str:
    """Return a scaffold with the marks taken off some keys from its inputs to its plan, or on."""
    before, start, rest = scaffold.partition("# Inputs")
    planned, end, after = rest.partition(until)
    return before + start + re.sub(rf"(?m)^# (?={keys})", "", planned) + end + after


def test_a_new_study_plans_once_it_is_reported_where(electrodoe: Callable, tmp_path: Path):
    """Marks taken off as the scaffold tells; then off all that it shows; its runs are checked."""
    electrodoe("new", tmp_path)
    file, table = tmp_path / "study.toml", tmp_path / "measurements.csv"
    scaffold = file.read_text(encoding="utf-8")

    file.write_text(_unmarked(scaffold, r"\[plan\]|runs =|region =|levels ="), encoding="utf-8")
    as_reported = json.loads(electrodoe("plan", tmp_path, "--json").out)["plan"]
    file.write_text(_unmarked(scaffold, r"\[\w+\]|\w+ = ", "# Which inputs"), encoding="utf-8")
    everything = json.loads(electrodoe("plan", tmp_path, "--json").out)["plan"]
    runs = pl.read_csv(tmp_path / "results" / "run_plan.csv").with_columns(
        sample="run",
        configuration=pl.struct("mass_loading_mg_cm2", "porosity", "whole_plot").rank("dense"),
        coating_date=pl.lit("2026-01-0") + pl.col("whole_plot").cast(pl.String),
        adhesion_strength_kpa=300.0 + 7.0 * pl.col("run"),
    )
    runs.select(table.read_text().strip().split(",")).write_csv(table)
    checked = electrodoe("check", tmp_path)

    assert as_reported["runs"] == everything["runs"] == 20
    assert as_reported["extra_runs"] == []
    assert len(everything["extra_runs"]) == 3
    assert as_reported["pure_error_degrees_of_freedom_between_groups"] is None
    assert everything["pure_error_degrees_of_freedom_between_groups"] >= 0
    assert everything["pure_error_degrees_of_freedom"] >= 3
    assert (checked.code, checked.err) == (0, "")


def test_a_new_study_overwrites_nothing(electrodoe: Callable, copied: Path):
    """A folder that holds a study is left as it is."""
    before = (copied / "study.toml").read_bytes()

    answer = electrodoe("new", copied)

    assert answer.code == 2
    assert "is there already" in answer.err
    assert (copied / "study.toml").read_bytes() == before


def test_new_tells_machines_its_files(electrodoe: Callable, tmp_path: Path):
    """As JSON."""
    answer = electrodoe("new", tmp_path / "study", "--json")

    reported = json.loads(answer.out)
    assert reported["status"] == "done"
    assert all(Path(file).is_file() for file in reported["files"])


@pytest.mark.parametrize("name", [".", "study.toml"])
def test_the_example_is_in_order(electrodoe: Callable, copied: Path, name: str):
    """Named by its folder or its file; nothing is written."""
    before = _files(copied)

    answer = electrodoe("check", copied / name)

    assert answer.code == 0
    assert "D105 warning" in answer.out
    assert "DD020" in answer.out
    assert _files(copied) == before


def test_without_its_decisions_the_example_has_errors(electrodoe: Callable, copied: Path):
    """The exit code says so."""
    text = (copied / "study.toml").read_text(encoding="utf-8")
    declared = text[: text.index("[[set_aside]]")] + text[text.index("[settings]") :]
    (copied / "study.toml").write_text(declared, encoding="utf-8")

    answer = electrodoe("check", copied)
    reported = electrodoe("check", copied, "--json")

    assert (answer.code, reported.code) == (1, 1)
    assert "3 errors" in answer.out
    assert json.loads(reported.out)["status"] == "findings"


def test_findings_are_reported_to_machines(electrodoe: Callable, copied: Path):
    """With the columns of ``findings.csv``."""
    reported = json.loads(electrodoe("check", copied, "--json").out)

    assert reported["status"] == "done"
    assert {tuple(finding) for finding in reported["findings"]} == {FINDING_COLUMNS}


def test_an_unknown_key_is_reported_in_three_lines(electrodoe: Callable, copied: Path):
    """What, where with its line, fix; as JSON where a machine asks."""
    file = copied / "study.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("title", "ttitle", 1), encoding="utf-8"
    )

    answer = electrodoe("check", copied)
    reported = json.loads(electrodoe("check", copied, "--json").out)

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err == (
        f"unknown key 'ttitle'\n  where: {file}, line 1\n  fix:   did you mean 'title'?\n"
    )
    assert reported == {
        "status": "error",
        "what": "unknown key 'ttitle'",
        "where": f"{file}, line 1",
        "fix": "did you mean 'title'?",
    }
