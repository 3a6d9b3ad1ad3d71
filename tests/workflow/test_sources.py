"""Files of a measurement: which runs and samples they are of."""

from pathlib import Path

import pytest

from electrodoe.errors import IngestError
from electrodoe.study import Measurements, RawFiles
from electrodoe.workflow.condensing.sources import find_sources


def _touch(folder: Path, *names: str) -> None:
    """Make empty files."""
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")


def test_a_name_tells_run_and_sample(tmp_path: Path):
    """Zeros before a number mean nothing, and what does not fit is a finding."""
    _touch(tmp_path, "raw/run07_cell2.mpt", "raw/run7_cell10_again.mpt", "raw/blank.mpt")
    protocol = RawFiles(files=("raw/*.mpt",), name="run{run}_cell{sample}")

    sources, findings = find_sources(tmp_path, protocol, Measurements(), "cells")

    assert [(s.file, s.run, s.sample) for s in sources] == [("raw/run07_cell2.mpt", "7", "2")]
    assert [f.code for f in findings] == ["D203", "D203"]
    assert {f.where for f in findings} == {"raw/blank.mpt", "raw/run7_cell10_again.mpt"}


def test_an_index_table_tells_more(tmp_path: Path):
    """Numbers of the table go with the file; text does not."""
    _touch(tmp_path, "raw/a.mpt", "raw/b.mpt", "raw/c.mpt")
    (tmp_path / "index.csv").write_text(
        "file,run,sample,coating_thickness_um,remark\na.mpt,01,s1,61.5,ok\nraw/b.mpt,2,,,-\n"
    )
    protocol = RawFiles(files=("raw/*.mpt",), index="index.csv")

    sources, findings = find_sources(tmp_path, protocol, Measurements(), "cells")

    assert [(s.run, s.sample, s.about) for s in sources] == [
        ("1", "s1", {"coating_thickness_um": 61.5}),
        ("2", "b", {}),
    ]
    assert [f.where for f in findings] == ["raw/c.mpt"]


@pytest.mark.parametrize(
    ("row", "what", "where"),
    [
        ("z.mpt,1", "no file 'z.mpt'", "line 2, column 'file'"),
        ("a.mpt,", "no run for 'a.mpt'", "line 2, column 'run'"),
    ],
)
def test_a_wrong_index_is_reported_with_its_line(tmp_path: Path, row: str, what: str, where: str):
    """The row is named."""
    _touch(tmp_path, "raw/a.mpt")
    (tmp_path / "index.csv").write_text(f"file,run\n{row}\n")
    protocol = RawFiles(files=("raw/*.mpt",), index="index.csv")

    with pytest.raises(IngestError, match=what) as caught:
        find_sources(tmp_path, protocol, Measurements(), "cells")

    assert where in caught.value.where


def test_a_pattern_without_files_is_an_error(tmp_path: Path):
    """Nothing is condensed from nothing."""
    with pytest.raises(IngestError, match="no file matches 'raw/"):
        find_sources(tmp_path, RawFiles(files=("raw/*.mpt",)), Measurements(), "cells")
