"""A small valid declaration that a test breaks in one place."""

from collections.abc import Callable
from pathlib import Path

import pytest

DECLARATION = """\
title = "Adhesion"

[measurements]
table = "table.csv"
group = "run"

[factors.porosity]
range = [0.2, 0.6]
[factors.roll_gap_um]
[responses.adhesion_strength_kpa]

[scenarios.product]
inputs = ["porosity"]

[[set_aside]]
rows = ["A1"]
reason = "the tape came off"

[[set_aside]]
rows = ["A2"]
responses = ["adhesion_strength_kpa"]
reason = "cut askew"

[settings]
seed = 7
"""


@pytest.fixture
def declare(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the declaration with one passage replaced."""

    def write(old: str = "", new: str = "") -> Path:
        assert DECLARATION.count(old) == 1 or not old
        file = tmp_path / "study.toml"
        file.write_text(DECLARATION.replace(old, new) if old else DECLARATION, encoding="utf-8")
        return file

    return write
