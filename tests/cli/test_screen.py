"""``electrodoe screen``: words, JSON, exit codes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

TABLE_1 = Path(__file__).parents[1] / "design" / "screening" / "table_1.toml"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a folder with Table 1 as a study."""
    shutil.copy(TABLE_1, tmp_path / "study.toml")
    return tmp_path


@pytest.mark.parametrize("name", [".", "study.toml"])
def test_the_selection_is_named_with_its_laws(electrodoe: Callable, study: Path, name: str):
    """The paper's three factors, and why the thickness goes."""
    answer = electrodoe("screen", study / name)

    assert answer.code == 0
    assert "temperature of the second dryer standing for adhesion (drying)" in answer.out
    assert "by eq. (1), porosity = 1 − mass loading" in answer.out
    assert (study / "results" / "screening.html").is_file()


def test_machines_get_json(electrodoe: Callable, study: Path):
    """With the status, the files and every row."""
    reported = json.loads(electrodoe("screen", study, "--json").out)

    assert reported["status"] == "done"
    assert len(reported["parameters"]) == 11
    assert all((study / "results" / file).is_file() for file in reported["files"])


def test_a_study_without_parameters_is_reported_the_fix(electrodoe: Callable, study: Path):
    """What, where, fix; exit code 2; nothing is written."""
    text = TABLE_1.read_text(encoding="utf-8")
    (study / "study.toml").write_text(text[: text.index("# Choosing")], encoding="utf-8")

    answer = electrodoe("screen", study)

    assert answer.code == 2
    assert answer.err.startswith("no parameters to rank\n  where: study.toml\n  fix:   add a block")
    assert not (study / "results").exists()


def test_a_misspelt_law_is_reported_with_its_line(electrodoe: Callable, study: Path):
    """The nearest law is offered."""
    text = TABLE_1.read_text(encoding="utf-8").replace('law = "porosity"', 'law = "porosty"', 1)
    (study / "study.toml").write_text(text, encoding="utf-8")

    answer = electrodoe("screen", study)

    assert answer.code == 2
    assert "no law 'porosty'" in answer.err
    assert "did you mean 'porosity'?" in answer.err
    assert ", line " in answer.err
