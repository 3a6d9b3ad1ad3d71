"""A screening's files: all there, the same twice, none where it is refused."""

import io
import json
from pathlib import Path

import polars as pl
import pytest

from electrodoe.design.screening.screening import SCREENING_SCHEMA
from electrodoe.errors import StudyError
from electrodoe.study import Factor, Study, read_study
from electrodoe.workflow.screening import screen_study

TABLE_1 = Path(__file__).parents[1] / "design" / "screening" / "table_1.toml"
FILES = {
    "screening.csv",
    "screening.json",
    "screening.html",
    "figures/portfolio.svg",
}


def _contents(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_a_screening_writes_the_same_files_twice(tmp_path: Path):
    """Table, JSON, page and picture, to the byte."""
    study = read_study(TABLE_1)

    outcome = screen_study(study, tmp_path / "one")
    screen_study(study, tmp_path / "other")

    first = _contents(tmp_path / "one" / "results")
    assert first.keys() == FILES == set(outcome.files)
    assert first == _contents(tmp_path / "other" / "results")


def test_the_files_say_what_was_found(tmp_path: Path):
    """The table reads back; the JSON names the selection and the laws."""
    outcome = screen_study(read_study(TABLE_1), tmp_path)
    files = _contents(outcome.folder)
    reported = json.loads(files["screening.json"])

    table = pl.read_csv(io.BytesIO(files["screening.csv"]), schema=dict(SCREENING_SCHEMA.columns))
    assert table["rank"].to_list() == outcome.screening.table["rank"].to_list()
    assert [each["name"] for each in reported["selection"]] == [
        "active_mass_loading_mg_cm2",
        "dryer_2_temperature_c",
        "porosity",
    ]
    assert set(reported["laws"]) == {"porosity", "wet_film_thickness"}


def test_a_refused_screening_writes_nothing(tmp_path: Path):
    """Not even a folder."""
    with pytest.raises(StudyError):
        screen_study(Study(title="none", factors={"a": Factor()}), tmp_path)

    assert _contents(tmp_path) == {}
