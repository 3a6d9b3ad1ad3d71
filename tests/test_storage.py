"""Bytes on disk: whole or not at all, and safely named."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.storage import digest, file_name, write_atomically


def test_a_file_is_written_with_its_folders(tmp_path: Path):
    """And replaces the one that was there."""
    file = tmp_path / "a" / "b.csv"

    write_atomically(file, b"old")
    write_atomically(file, b"new")

    assert file.read_bytes() == b"new"
    assert [path.name for path in file.parent.iterdir()] == ["b.csv"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failing_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    """Whether the disk is full or the name cannot be given."""
    file = tmp_path / "table.csv"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, step, fail)
    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write_atomically(file, b"new")

    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


@given(parts=st.lists(st.binary(), max_size=4), others=st.lists(st.binary(), max_size=4))
def test_a_digest_distinguishes_parts(parts: list[bytes], others: list[bytes]):
    """Equal where all parts are equal, and only there."""
    assert (digest(*parts) == digest(*others)) == (parts == others)
    assert re.fullmatch("[0-9a-f]{64}", digest(*parts))


@given(text=st.text())
def test_a_file_name_is_safe_everywhere(text: str):
    """No separator, no leading dot, no device, not empty, not too long."""
    name = file_name(text)

    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name)
    assert not name.endswith(".")
    assert len(name) <= 100


@pytest.mark.parametrize("text", ["", ".", "..", "a/b", "a\\b", "nul", "con.csv", "x" * 300, "a:b"])
def test_what_no_file_may_be_called_is_called_otherwise(text: str):
    """Names that a system keeps for itself are never used."""
    assert file_name(text) != text


@given(
    texts=st.lists(st.text(st.sampled_from("aAbB_./ é\u0301")), min_size=2, max_size=6, unique=True)
)
def test_different_texts_have_different_names(texts: list[str]):
    """Also on a disk that does not tell capital letters apart."""
    assert len({file_name(text).lower() for text in texts}) == len(texts)


@given(text=st.text())
def test_a_name_that_was_made_is_not_another_texts_name(text: str):
    """A text that looks like a made name gets one of its own."""
    made = file_name(text)

    assert made == text or file_name(made) != made
