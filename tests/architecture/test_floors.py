"""Imports point down, and one import stays light."""

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

_HEAVY = {"matplotlib", "sklearn", "xgboost", "polars", "pydantic", "scipy", "rich", "shap"}


def test_the_floors_are_kept(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """All contracts of ``pyproject.toml``, by import-linter."""
    monkeypatch.chdir(repository)

    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import electrodoe", _HEAVY | {"numpy"}),
        ("import electrodoe.cli.app", {"matplotlib", "sklearn", "xgboost", "polars", "numpy"}),
        (
            "import electrodoe.workflow.tasks, electrodoe.workflow.condensing.galleries",
            {"matplotlib"},
        ),
        ("import electrodoe.dataset", {"matplotlib", "sklearn", "xgboost", "scipy"}),
    ],
)
def test_an_import_brings_in_nothing_heavy(statement: str, unwanted: set[str]):
    """What is not used is not loaded."""
    script = f"import sys; {statement}; print(*sys.modules)"

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert unwanted.isdisjoint(run.stdout.split())


def test_every_name_at_the_door_can_be_had():
    """They are loaded on first use, and nothing else is offered."""
    import electrodoe

    assert [name for name in electrodoe.__all__ if not getattr(electrodoe, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        electrodoe.nothing  # noqa: B018 - the look-up is what is tested
