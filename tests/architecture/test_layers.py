"""Imports point down, and one import stays light."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

_HEAVY = {"matplotlib", "sklearn", "xgboost", "polars", "pydantic", "scipy", "rich", "shap"}


def test_the_layers_are_kept(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """All contracts of ``pyproject.toml``, by import-linter."""
    monkeypatch.chdir(repository)

    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_the_picture_shows_the_layers_that_are_kept(repository: Path):
    """``docs/architecture.md`` draws what ``pyproject.toml`` declares."""
    settings = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {each["id"]: each for each in settings["tool"]["importlinter"]["contracts"]}
    kept = [re.findall(r"(?<!\()\b\w+\b(?!\))", layer) for layer in contracts["layers"]["layers"]]
    page = (repository / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture = page.split("```")[1].strip().splitlines()

    assert [re.findall(r"\w+", re.split(r"\s{2,}", line)[0]) for line in picture] == kept


def test_the_page_names_files_that_are_there(repository: Path):
    """A newcomer follows every path of ``docs/architecture.md``."""
    page = (repository / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+(?:/[a-z_]+)+(?:\.\w+)?|\w+\.py)\b", page)

    assert len(named) > 20
    for name in named:
        places = [repository / "src" / "electrodoe" / name, repository / name]
        assert any(place.exists() for place in places), name


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import electrodoe", _HEAVY | {"numpy"}),
        ("import electrodoe.cli.app", {"matplotlib", "sklearn", "xgboost", "polars", "numpy"}),
        (
            "import electrodoe.workflow.tasks, electrodoe.workflow.condensing.galleries",
            {"matplotlib"},
        ),
        ("import electrodoe.models, electrodoe.explain", {"sklearn", "xgboost", "scipy.stats"}),
        (
            "import electrodoe.workflow.condense",
            {"matplotlib", "sklearn", "xgboost", "scipy", "electrodoe.models", "electrodoe.report"},
        ),
        ("import electrodoe.dataset", {"matplotlib", "sklearn", "xgboost", "scipy"}),
    ],
)
def test_an_import_brings_in_nothing_heavy(statement: str, unwanted: set[str]):
    """What is not used is not loaded."""
    script = f"import sys; {statement}; print(*sys.modules)"

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert unwanted.isdisjoint(run.stdout.split())


_SMALL_STUDY = """
title = "Two runs"
[measurements]
table = "table.csv"
group = "run"
[factors.porosity]
[responses.adhesion_strength_kpa]
"""
_SMALL_TABLE = "run,porosity,adhesion_strength_kpa\n" + "".join(
    f"{run},{0.3 + 0.02 * run},{300 + 7 * run + sample}\n"
    for run in range(6)
    for sample in range(3)
)
_COMMAND = """
import sys
from electrodoe.cli.app import main
try:
    main()
except SystemExit as left:
    print(left.code, *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "code", "unwanted"),
    [
        (["check", "study"], "0", {"matplotlib", "sklearn", "xgboost", "scipy.stats", "joblib"}),
        (["check", "nowhere"], "2", _HEAVY - {"pydantic", "rich"} | {"numpy"}),
        (["run", "nowhere"], "2", _HEAVY - {"pydantic", "rich"} | {"numpy"}),
        (["--help"], "0", _HEAVY | {"numpy"}),
    ],
    ids=["check", "check of nothing", "run of nothing", "help"],
)
def test_a_command_loads_what_it_uses(
    arguments: list[str], code: str, unwanted: set[str], tmp_path: Path
):
    """A look at a small study draws, fits and tests nothing; a wrong path is reported at once."""
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "study.toml").write_text(_SMALL_STUDY, encoding="utf-8")
    (tmp_path / "study" / "table.csv").write_text(_SMALL_TABLE, encoding="utf-8")

    run = subprocess.run(
        [sys.executable, "-c", _COMMAND, *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    left, *loaded = run.stderr.splitlines()[-1].split()
    assert left == code, run.stderr
    assert unwanted.isdisjoint(loaded)


def test_a_run_loads_each_stage_as_its_turn_comes():
    """The runner itself neither draws nor fits; every stage it names is there."""
    script = (
        "import sys, electrodoe.cli.run, electrodoe.workflow.runner as r; print(*sys.modules);"
        " [r.work_of(stage) for stage in r.STAGES]"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert {"matplotlib", "sklearn", "xgboost", "scipy"}.isdisjoint(run.stdout.split())


def test_every_name_at_the_door_can_be_had():
    """They are loaded on first use, and nothing else is offered."""
    import electrodoe

    assert [name for name in electrodoe.__all__ if not getattr(electrodoe, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        electrodoe.nothing  # noqa: B018 - the look-up is what is tested
