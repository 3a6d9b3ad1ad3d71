"""Help, version, and the ways in."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from electrodoe import __version__

COMMANDS = ["run", "analyze", "check", "new", "figures", "report"]


def test_help_lists_every_command(electrodoe: Callable):
    """With what the exit codes mean."""
    answer = electrodoe("--help")

    assert answer.code == 0
    assert [name for name in COMMANDS if f"  {name} " not in answer.out.replace("│", " ")] == []
    assert "Exit codes" in answer.out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(electrodoe: Callable, command: str):
    """Its own help, with every option reported."""
    answer = electrodoe(command, "--help")

    assert answer.code == 0
    assert f"electrodoe {command}" in answer.out
    assert "--json" in answer.out


def test_the_version_is_the_packages(electrodoe: Callable):
    """As one line."""
    assert electrodoe("--version").out == f"electrodoe {__version__}\n"


def test_the_module_is_the_command():
    """``python -m electrodoe`` works where the script is not on the path."""
    run = subprocess.run(
        [sys.executable, "-m", "electrodoe", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout == f"electrodoe {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["rum"], ["check"], ["check", "x", "--jsn"], ["run", "x", "--seed", "many"]]
)
def test_a_misspelt_command_or_option_leaves_with_two(electrodoe: Callable, arguments: list[str]):
    """It is reported on standard error."""
    answer = electrodoe(*arguments)

    assert answer.code == 2
    assert answer.err
    assert answer.out == ""
