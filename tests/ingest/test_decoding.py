"""Text files of any machine: their letters, their line ends, their damage."""

import codecs
from pathlib import Path

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest.decoding import read_text

TEXT = "Prüfzeit;°C\n1;2\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("latin-1"), "cp1252"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode("cp1252"), "cp1252"),
    ],
)
def test_every_encoding_and_line_end_gives_the_same_lines(
    tmp_path: Path, raw: bytes, encoding: str
):
    """German Windows, UTF-8 and UTF-16 alike."""
    file = tmp_path / "a.txt"
    file.write_bytes(raw)

    read = read_text(file)

    assert read.lines == ["Prüfzeit;°C", "1;2"]
    assert read.encoding == encoding
    assert not read.is_open_ended


def test_a_byte_that_windows_does_not_know_is_read_as_latin_1(tmp_path: Path):
    """0x81 has no letter in the code page."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"a\x81\xff\n")

    assert read_text(file).encoding == "latin-1"


@pytest.mark.parametrize(
    ("raw", "what", "where"),
    [
        (b"1\n2\x003\n", "NUL", "line 2"),
        (b"", "empty", "a.txt"),
        (b" \n\n", "empty", "a.txt"),
    ],
)
def test_damage_is_reported_with_its_line(tmp_path: Path, raw: bytes, what: str, where: str):
    """A NUL among text is a damaged file."""
    file = tmp_path / "a.txt"
    file.write_bytes(raw)

    with pytest.raises(IngestError, match=what) as caught:
        read_text(file)

    assert where in caught.value.where


def test_a_declared_encoding_is_kept_to(tmp_path: Path):
    """What a person says is not guessed around."""
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode("latin-1"))

    assert read_text(file, "latin-1").lines[0] == "Prüfzeit;°C"
    with pytest.raises(IngestError, match="is not utf-8") as caught:
        read_text(file, "utf-8")
    assert "line 1" in caught.value.where
