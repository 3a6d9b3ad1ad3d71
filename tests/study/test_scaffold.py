"""The commented example that a new study starts from."""

import re
from pathlib import Path

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import SCAFFOLD, read_study, write_scaffold


def without_marks(text: str) -> str:
    """Return the scaffold with every key and block that it shows as a comment."""
    is_shown = re.compile(r"# (\[|\w+ = )")
    lines = [line.removeprefix("# ") if is_shown.match(line) else line for line in text.split("\n")]
    return "\n".join(lines)


def test_the_scaffold_is_a_valid_study(tmp_path: Path):
    """What ``electrodoe new`` writes can be read, and its table has every column."""
    write_scaffold(tmp_path / "new")

    study = read_study(tmp_path / "new")
    header = SCAFFOLD[study.measurements.table].strip().split(",")

    assert set(study.columns) <= set(header)


def test_each_commented_line_may_be_uncommented(tmp_path: Path):
    """The optional keys that the scaffold shows are real ones."""
    (tmp_path / "study.toml").write_text(without_marks(SCAFFOLD["study.toml"]), encoding="utf-8")

    study = read_study(tmp_path)

    assert study.measurements.decimal == ","
    assert study.set_aside[0].rows == ("A17",)
    assert study.plan is not None
    assert study.plan.whole_plots == 6


@pytest.mark.parametrize("name", list(SCAFFOLD))
def test_nothing_is_overwritten(tmp_path: Path, name: str):
    """A folder that holds one of the files is left as it is."""
    (tmp_path / name).write_text("mine", encoding="utf-8")

    with pytest.raises(StudyError, match="is there already"):
        write_scaffold(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
