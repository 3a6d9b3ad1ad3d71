"""The verbs that show a finished run: without one, they say how to get it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

_STUDY = """\
title = "t"
[measurements]
table = "cells.csv"
[factors.porosity]
[responses.tortuosity]
"""


@pytest.mark.parametrize("verb", ["figures", "report"])
def test_without_a_finished_run_the_fix_is_to_run_it(
    electrodoe: Callable, tmp_path: Path, verb: str
):
    """Exit code 2, and nothing is written."""
    (tmp_path / "study.toml").write_text(_STUDY)

    answer = electrodoe(verb, str(tmp_path))

    assert answer.code == 2
    assert "there is no finished run" in answer.err
    assert f"electrodoe run {tmp_path}" in answer.err
    assert not (tmp_path / "results").exists()


def test_the_error_is_json_where_json_is_asked_for(electrodoe: Callable, tmp_path: Path):
    """With what, where and fix."""
    (tmp_path / "study.toml").write_text(_STUDY)

    answer = electrodoe("report", str(tmp_path), "--json")

    assert json.loads(answer.out)["status"] == "error"


def test_a_format_that_no_journal_takes_is_refused(electrodoe: Callable, tmp_path: Path):
    """Before anything is read."""
    answer = electrodoe("figures", str(tmp_path), "--format", "gif")

    assert answer.code == 2


@pytest.mark.parametrize("width_mm", ["20", "500", "wide"])
def test_a_width_that_no_journal_has_is_refused(
    electrodoe: Callable, tmp_path: Path, width_mm: str
):
    """Letters would lie on one another."""
    answer = electrodoe("figures", str(tmp_path), "--width", width_mm)

    assert answer.code == 2
