"""The command line, called inside this process."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from electrodoe.cli.app import main


class Answer(NamedTuple):
    """What a command printed, and how it left."""

    code: int
    out: str
    err: str


@pytest.fixture
def electrodoe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """Return a function that calls the command with arguments."""

    def call(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["electrodoe", *map(str, arguments)])
        code: object = 0
        try:
            main()
        except SystemExit as left:
            code = left.code or 0
        assert isinstance(code, int)
        return Answer(code, *capsys.readouterr())

    return call
