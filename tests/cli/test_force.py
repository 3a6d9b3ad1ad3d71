"""``--force`` reaches the run, and only where it is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.cli import run as session

STUDY = """\
title = "Small"

[measurements]
table = "samples.csv"

[factors.porosity]

[responses.tortuosity]
"""
TABLE = "porosity,tortuosity\n0.25,6\n0.3,5\n0.35,4.5\n0.4,4\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return what runs were asked to be, none of which is made."""
    asked: list[bool] = []

    def take(*_: object, is_forced: bool, as_json: bool) -> None:
        asked.append(is_forced)

    monkeypatch.setattr(session, "run_and_show", take)
    return asked


@pytest.mark.parametrize(("option", "is_forced"), [([], False), (["--force"], True)])
def test_run_is_forced_where_it_is_said(
    electrodoe: Callable, tmp_path: Path, asked: list[bool], option: list[str], *, is_forced: bool
):
    """Of a study."""
    (tmp_path / "study.toml").write_text(STUDY)
    (tmp_path / "samples.csv").write_text(TABLE)

    answer = electrodoe("run", tmp_path, *option)

    assert (answer.code, asked) == (0, [is_forced]), answer.err


@pytest.mark.parametrize(("option", "is_forced"), [([], False), (["--force"], True)])
def test_analyze_is_forced_where_it_is_said(
    electrodoe: Callable, tmp_path: Path, asked: list[bool], option: list[str], *, is_forced: bool
):
    """Of a table."""
    table = tmp_path / "samples.csv"
    table.write_text(TABLE)
    columns = ("--inputs", "porosity", "--responses", "tortuosity")

    answer = electrodoe("analyze", table, *columns, *option)

    assert (answer.code, asked) == (0, [is_forced]), answer.err
