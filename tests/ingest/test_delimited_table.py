"""Text tables: read with the right lines, or refused with the right place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import RawTable, names, numbers, require_columns
from electrodoe.ingest.readers.delimited_table import read_delimited_table
from electrodoe.study import Measurements

Read = Callable[..., RawTable]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separator_and_line_end_are_found(read: Read, separator: str, end: str):
    """A comma, a semicolon, a tab or a bar, with the line ends of any system."""
    table = read(end.join(separator.join(row) for row in (["a", "b"], ["1", "2"], ["3", "4.5"])))

    assert numbers(table, "b").tolist() == [2.0, 4.5]
    assert table.lines == (2, 3)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " "])
def test_a_declared_separator_is_used(read: Read, separator: str):
    """Also where another mark is more frequent in the header."""
    header = separator.join(['"x,;|\t y,;|\t"', "b"])
    table = read(f"{header}\n1{separator}2\n", separator=separator)

    assert numbers(table, "b").tolist() == [2.0]


def test_marks_inside_quotation_marks_separate_nothing(read: Read):
    """A header may hold the separator of other tables in its names."""
    table = read('"mass, dry";"mass, wet, total"\n1;2\n')

    assert table.frame.columns == ["mass, dry", "mass, wet, total"]


def test_lines_are_counted_as_an_editor_does(read: Read):
    """Quoted line ends and empty lines do not shift what follows."""
    table = read('\na,note\n1,"two\nlines"\n\n , \n2,"x\n\ny"\n3,z\n')

    assert table.lines == (3, 7, 10)
    assert table.header_line == 2
    assert names(table, "note") == ["two\nlines", "x\n\ny", "z"]


def test_a_byte_order_mark_is_no_part_of_the_header(read: Read):
    """Excel puts one before the first column's name."""
    assert read(b"\xef\xbb\xbfa,b\n1,2\n").frame.columns == ["a", "b"]
    assert read(b"\xef\xbb\xbfa,b\n1,2\n", encoding="UTF_8").frame.columns == ["a", "b"]


def test_names_in_the_header_lose_their_blanks(read: Read):
    """A blank after a separator is no part of a name."""
    assert read("a , b\n1,2\n").frame.columns == ["a", "b"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-8-sig"])
def test_a_declared_encoding_is_used(read: Read, encoding: str):
    """The table of a machine that knows no UTF-8 can be read as it is."""
    table = read("prüfer,kraft\nMüller,3\n".encode(encoding), encoding=encoding)

    assert names(table, "prüfer") == ["Müller"]


@pytest.mark.parametrize(("encoding", "said"), [("latin-1", "cp1252"), ("utf-16", "utf-16")])
def test_what_is_no_utf_8_is_read_as_windows_writes_it_and_said(
    read: Read, encoding: str, said: str
):
    """As a German Excel saves CSV, with and without its Unicode."""
    table = read("name,kraft\nMeier,2\nMüller,3\n".encode(encoding))

    assert names(table, "name") == ["Meier", "Müller"]
    assert f"is read as {said}" in table.findings[0].what


def test_bytes_that_fit_neither_are_reported_with_their_line(read: Read):
    """Byte 0x81 is nothing in cp1252."""
    with pytest.raises(IngestError, match="0x81 is not utf-8") as caught:
        read(b"name,kraft\nMeier,2\nM\x81ller,3\n")

    assert caught.value.where.endswith("table.csv, line 3")
    assert 'encoding = "latin-1"' in caught.value.fix


@pytest.mark.parametrize("encoding", ["latin-9000", "hex", "undefined", "punycode", "a\0b"])
def test_an_unknown_encoding_is_reported(read: Read, encoding: str):
    """Whatever is declared, there are three lines and no traceback."""
    with pytest.raises(IngestError):
        read("a,ü\n1,2\n".encode(), encoding=encoding)


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        ("", "the file is empty", None),
        ("\n \n,,\n", "the file is empty", None),
        ("a,b\n", "the table has no rows", None),
        ("a,b\n\n,\n", "the table has no rows", None),
        ("a,b\n1,2\n3\n", "1 cells where the header has 2 columns", 3),
        ("a,b\n1,2,3\n", "3 cells where the header has 2 columns", 2),
        ("a,b,a\n1,2,3\n", "'a' names two columns, 1 and 3", 1),
        ("a,,b\n1,2,3\n", "column 2 has no name", 1),
        ('a,b\n1,2\n3,"x\n4,5\n', "unexpected end of data", 3),
        ('a,b\n1,"2"x\n', "expected after", 2),
        (f"a,b\n1,{'x' * 200_000}\n", "field larger than field limit", 2),
        (b"a,b\n1,\x002\n", "not a table in a known format", None),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a table in a known format", None),
    ],
)
def test_a_broken_table_is_refused_with_its_line(
    read: Read, content: bytes | str, what: str, line: int | None
):
    """The place is the line in which the fault begins."""
    with pytest.raises(IngestError) as caught:
        read(content)

    assert what in caught.value.what
    assert caught.value.where.endswith(f"table.csv, line {line}" if line else "table.csv")
    assert caught.value.fix


@pytest.mark.parametrize(("asked", "offered"), [("porosty", "porosity"), ("Gap_UM", "gap_um")])
def test_a_missing_column_is_reported_with_the_nearest(read: Read, asked: str, offered: str):
    """A misspelt name is offered its nearest, and the header's line is reported."""
    table = read("\nporosity,gap_um\n1,2\n")

    with pytest.raises(IngestError, match=f"no column '{asked}'") as caught:
        require_columns(table, ["porosity", asked])

    assert caught.value.where.endswith("table.csv, line 2")
    assert caught.value.fix == f"did you mean '{offered}'?"


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("Beladung, trocken [g/m²];Temperatur", ["Beladung, trocken", "Temperatur"]),
        ("gap_um;speed", []),
    ],
)
def test_two_decimal_commas_a_line_are_no_separators(
    tmp_path: Path, header: str, wanted: list[str]
):
    """As many commas as semicolons: the names that are looked for decide, else the semicolon."""
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n100,5;60\n99,5;70\n", encoding="utf-8")

    table = read_delimited_table(path, Measurements(), wanted)

    assert table.frame.columns == header.split(";")
    assert table.frame.rows() == [("100,5", "60"), ("99,5", "70")]


@pytest.mark.parametrize("line", [3, 5])
def test_a_declared_row_of_units_that_holds_numbers_is_refused(tmp_path: Path, line: int):
    """It was left out with all rows above it, and samples were lost without a word."""
    path = tmp_path / "a.csv"
    path.write_text("gap;y\nµm;kPa\n60;1,5\n61;1,7\n62;1,8\n", encoding="utf-8")

    with pytest.raises(IngestError, match="where a unit is meant") as caught:
        read_delimited_table(path, Measurements(units_row=line))
    assert f"units_row = {line}" in caught.value.where
