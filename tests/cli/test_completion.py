"""What the shell offers when the tabulator is pressed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_PRESSED = """
source <(_ELECTRODOE_COMPLETE=source_bash {command})
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_electrodoe_completion electrodoe
printf '%s\\n' "${{COMPREPLY[@]}}"
complete -p electrodoe
"""
"""Bash, as it calls what was installed; an empty last word is written ''."""


def _command(folder: Path) -> Path:
    """Return a command of the name that is installed, for this Python."""
    command = folder / "electrodoe"
    called = "import sys; sys.argv[0] = 'electrodoe'; from electrodoe.cli.app import main; main()"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{called}" "$@"\n')
    command.chmod(0o755)
    return command


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("electrodoe an", ["analyze"]),
        ("electrodoe re", ["recommend", "report"]),
        ("electrodoe run --eff", ["--effort"]),
        ("electrodoe run --effort ''", ["quick", "standard", "full"]),
        ("electrodoe run my-st", [""]),
        ("electrodoe recommend my-study --confirm ba", [""]),
    ],
)
def test_bash_completes_verbs_options_and_values(tmp_path: Path, words: str, offered: list[str]):
    """Where nothing of ours fits a file is meant, which bash completes itself (-o default)."""
    command = _command(tmp_path)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}

    pressed = subprocess.run(
        ["bash", "-c", _PRESSED.format(command=command, words=words)],
        env={**os.environ, **path},
        capture_output=True,
        text=True,
        check=True,
    )

    *found, completed = pressed.stdout.splitlines()
    assert found == offered
    assert completed.startswith("complete -o default -F")


@pytest.mark.parametrize(
    ("shell", "kept"),
    [("bash", "complete -o"), ("zsh", "#compdef"), ("fish", "complete --command")],
)
def test_each_shell_has_its_script(tmp_path: Path, shell: str, kept: str):
    """Printed, to be kept by hand where --install-completion may not write."""
    shown = subprocess.run(
        [_command(tmp_path)],
        env={**os.environ, "_ELECTRODOE_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert kept in shown.stdout
    assert "electrodoe" in shown.stdout
