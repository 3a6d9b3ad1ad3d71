"""``electrodoe predict``: CSV on the screen or in a file, notes beside it, exit codes."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.runner import run_study

STUDY = """\
title = "Small simulated study"

[measurements]
table = "samples.csv"
group = "run"

[factors.mass_loading_mg_cm2]
region = [8.0, 12.0]
[factors.porosity]

[responses.adhesion_strength_kpa]
[responses.tortuosity]

[settings]
effort = "quick"
n_repeats = 2
n_bootstraps = 2
families = ["mlr"]
"""
NEW = """\
coil,porosity,mass_loading_mg_cm2
A,0.28,9.0
B,0.30,13.0
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a finished run of 6 configurations, 2 samples each; to be copied."""
    folder = tmp_path_factory.mktemp("finished")
    rng = np.random.default_rng(0)
    loading, porosity = np.meshgrid([8.0, 10.0, 12.0], [0.25, 0.35])
    loading, porosity = np.repeat(loading.ravel(), 2), np.repeat(porosity.ravel(), 2)
    pl.DataFrame(
        {
            "run": np.repeat(np.arange(6), 2),
            "mass_loading_mg_cm2": loading,
            "porosity": porosity,
            "adhesion_strength_kpa": 300.0 - 400.0 * porosity + rng.normal(0.0, 3.0, 12),
            "tortuosity": 8.0 - 10.0 * porosity + rng.normal(0.0, 0.1, 12),
        }
    ).write_csv(folder / "samples.csv")
    (folder / "study.toml").write_text(STUDY)
    run_study(read_study(folder), folder, LocalEngine(n_workers=1))
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """Return a copy with a table of new settings."""
    copied = tmp_path / "study"
    shutil.copytree(finished, copied)
    (copied / "new.csv").write_text(NEW)
    return copied


def test_the_screen_gets_csv_and_nothing_else(electrodoe: Callable, folder: Path) -> None:
    """Notes go to the other stream, so that the table can be piped."""
    answer = electrodoe("predict", folder, folder / "new.csv", "--target", "tortuosity")

    table = pl.read_csv(io.BytesIO(answer.out.encode()))
    assert answer.code == 0
    assert table.columns[:4] == ["coil", "porosity", "mass_loading_mg_cm2", "target"]
    assert table["coil"].to_list() == ["A", "B"]
    assert table["predicted"][0] == pytest.approx(5.2, abs=0.4)
    assert table["in_design_region"].to_list() == [True, False]
    assert "tortuosity: MLR of scenario 'all', stored by the finished run" in answer.err
    assert "1 of 2 rows outside the design region" in answer.err


def test_a_file_is_written_whole_or_not_at_all(electrodoe: Callable, folder: Path) -> None:
    """A refused table leaves what was there; an accepted one replaces it."""
    file = folder / "out" / "predictions.csv"
    file.parent.mkdir()
    file.write_text("old")
    (folder / "bad.csv").write_text(NEW.replace("0.30", ""))

    refused = electrodoe("predict", folder, folder / "bad.csv", "--output", file)
    assert refused.code == 2
    assert "'porosity' is empty in 1 of 2 rows" in refused.err
    assert "line 3" in refused.err
    assert file.read_text() == "old"

    answer = electrodoe("predict", folder, folder / "new.csv", "--output", file)
    assert answer.code == 0
    assert f"Predictions: {file}" in answer.out
    assert pl.read_csv(file).height == 4  # two rows, two targets
    assert [each.name for each in file.parent.iterdir()] == ["predictions.csv"]


def test_machines_get_json(electrodoe: Callable, folder: Path) -> None:
    """Rows, notes, status; an error is JSON, too."""
    answer = electrodoe("predict", folder, folder / "new.csv", "--json", "--level", "0.8")
    content = json.loads(answer.out)
    wrong = electrodoe("predict", folder, folder / "new.csv", "--json", "--target", "tortosity")

    assert content["status"] == "done"
    assert len(content["predictions"]) == 4
    assert content["predictions"][0]["level"] == 0.8
    assert wrong.code == 2
    assert json.loads(wrong.out)["fix"] == "did you mean 'tortuosity'?"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"coil\n", b"{}", b"a,b\n1\n", "porosity\n½\n".encode("latin-1")],
)
def test_what_is_no_such_table_is_refused_in_three_lines(
    electrodoe: Callable, folder: Path, content: bytes
) -> None:
    """What, where, fix; no traceback."""
    (folder / "odd.csv").write_bytes(content)

    answer = electrodoe("predict", folder, folder / "odd.csv")

    assert answer.code == 2
    assert "where:" in answer.err
    assert "Traceback" not in answer.err
    assert not answer.out


def test_a_table_that_is_not_there_is_named(electrodoe: Callable, folder: Path) -> None:
    """With its path."""
    answer = electrodoe("predict", folder, folder / "nowhere.csv")

    assert answer.code == 2
    assert "nowhere.csv" in answer.err
