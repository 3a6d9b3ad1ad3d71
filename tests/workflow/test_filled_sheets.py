"""What somebody has written into a sheet of next runs is never lost."""

from pathlib import Path

import pytest
from tests.workflow.conftest import Ran

from electrodoe.storage import digest
from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.recommend import recommend_study
from electrodoe.workflow.recommending.files import set_filled_sheets_aside
from electrodoe.workflow.run_folder import RunFolder
from electrodoe.workflow.runner import run_study


@pytest.fixture
def filled(wanting_run: Ran) -> Path:
    """Return a folder with a finished run whose sheet has a measured value."""
    sheet = wanting_run.folder / "results" / "next_runs.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8-sig") + "14;measured: 333 kPa\n")
    return wanting_run.folder


def asides(folder: Path) -> list[Path]:
    return sorted((folder / "results").glob("next_runs_filled_in_*"))


@pytest.mark.parametrize("command", ["run", "recommend"])
def test_a_filled_sheet_is_set_aside_before_a_new_one_is_written(filled: Path, command: str):
    """Under its content's hash, beside the empty one."""
    sheet = filled / "results" / "next_runs.csv"
    content = sheet.read_bytes()

    if command == "run":
        run_study(read_study(filled), filled, LocalEngine(n_workers=1))
    else:
        recommend_study(read_study(filled), filled)

    (aside,) = asides(filled)
    assert aside.read_bytes() == content
    assert aside.name == f"next_runs_filled_in_{digest(content)[:8]}.csv"
    assert "333" not in sheet.read_text(encoding="utf-8-sig")


def test_a_filled_sheet_outlives_the_goal(filled: Path):
    """The other products of the recommendation do not."""
    file = filled / "study.toml"
    file.write_text(file.read_text().replace('goal = "maximize"\nlower = 310.0\n', ""))

    run_study(read_study(filled), filled, LocalEngine(n_workers=1))

    assert len(asides(filled)) == 1
    assert not (filled / "results" / "next_runs.csv").exists()


def test_untouched_sheets_are_simply_replaced(wanting_run: Ran):
    """No heap of copies."""
    assert set_filled_sheets_aside(RunFolder(path=wanting_run.folder / "results")) == ()
    assert asides(wanting_run.folder) == []


def test_a_folder_without_a_recommendation_has_nothing_to_set_aside(tmp_path: Path):
    """Nor has one whose account is damaged."""
    assert set_filled_sheets_aside(RunFolder(path=tmp_path)) == ()
    (tmp_path / "recommendation.json").write_text("{")

    assert set_filled_sheets_aside(RunFolder(path=tmp_path)) == ()
