"""``electrodoe analyze``: what it takes a table for, and says."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
import xlsxwriter

from electrodoe.study import Study, read_study
from electrodoe.workflow.loading import load_dataset


def test_a_certain_group_column_is_taken_and_said(
    electrodoe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The study that is written holds it; nothing is fitted here."""
    monkeypatch.setattr("electrodoe.cli.run.run_and_show", lambda *_args, **_options: None)
    generator, run = np.random.default_rng(3), np.repeat(np.arange(9), 3)
    table = pl.DataFrame(
        {
            "sheet": [f"S{number}" for number in run],
            "gap_um": 80.0 + 5.0 * run + generator.normal(0.0, 0.1, 27),
            "strength_kpa": generator.normal(500.0, 20.0, 27),
        }
    )
    table.write_csv(tmp_path / "runs.csv")

    names = ("--inputs", "gap_um", "--responses", "strength_kpa")
    said = electrodoe("analyze", tmp_path / "runs.csv", *names)

    assert said.code == 0
    assert "Rows of one 'sheet' have nearly the same inputs" in said.err
    assert read_study(tmp_path / "runs-study").measurements.group == "sheet"


def test_what_a_row_is_can_be_said(electrodoe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """--rows goes into the study; another word is refused with those that are meant."""
    monkeypatch.setattr("electrodoe.cli.run.run_and_show", lambda *_args, **_options: None)
    lines = [f"{a},{b},{a + b}" for a, b in [(0, 0), (0, 1), (1, 0), (1, 1)] * 3]
    (tmp_path / "t.csv").write_text("\n".join(["a,b,y", *lines]))
    names = ("--inputs", "a,b", "--responses", "y")

    for word, n_runs in (("runs", 12), ("samples", 4)):
        folder = tmp_path / word
        asked = (*names, "--rows", word, "--out", folder)
        assert electrodoe("analyze", tmp_path / "t.csv", *asked).code == 0
        study = read_study(folder)
        data = load_dataset(study, folder).training_data("y", "all")
        assert study.measurements.rows == word
        assert len(np.unique(data.run_numbers)) == n_runs
    said = electrodoe("analyze", tmp_path / "t.csv", *names, "--rows", "cells")
    assert said.code != 0
    assert "'runs' or 'samples'" in said.err


def test_a_pilot_lines_workbook_goes_to_a_decision_in_one_command(
    electrodoe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Cover sheet, title, units row, merged runs, n.a., a row of means, two coils: no edit."""
    asked: dict[str, Study] = {}
    monkeypatch.setattr(
        "electrodoe.cli.run.run_and_show", lambda study, *_args, **_more: asked.update(it=study)
    )
    book = xlsxwriter.Workbook(tmp_path / "Anode KW38.xlsx")
    book.add_worksheet("Deckblatt").write(0, 0, "Pilotlinie 3")
    sheet, row = book.add_worksheet("Messwerte"), 4
    sheet.write(0, 0, "Versuchsplan Anode, KW 38")
    sheet.write_row(2, 0, ["Versuch", "Coil", "Flächengewicht", "Porosität", "Haftfestigkeit"])
    sheet.write_row(3, 2, ["mg/cm²", "%", "kPa"])
    generator = np.random.default_rng(1)
    for run in range(12):
        loading, porosity = 8.0 + 2.0 * (run % 3), (25.0, 32.0, 40.0)[run // 3 % 3]
        sheet.merge_range(row, 0, row + 2, 0, f"V{run + 1:02d}")
        for _ in range(3):
            value = 500.0 - 20.0 * (loading - 10.0) + float(generator.normal(0.0, 5.0))
            sheet.write_row(
                row, 1, ["AB"[run % 2], loading, porosity, value if row != 9 else "n.a."]
            )
            row += 1
    sheet.write_row(row, 0, ["Mittelwert", "", "", "", 498.0])
    book.close()

    said = electrodoe(
        *("analyze", tmp_path / "Anode KW38.xlsx", "--inputs", "Flächengewicht,Porosität"),
        *("--responses", "Haftfestigkeit", "--block", "Coil"),
        *("--goal", "Haftfestigkeit max >= 450"),
    )
    dataset = load_dataset(asked["it"], tmp_path / "Anode KW38-study")

    assert said.code == 0, said.err
    assert asked["it"].responses["Haftfestigkeit"].lower == 450.0
    assert asked["it"].measurements.block == "Coil"
    assert dataset.n_samples == 36
    assert np.isnan(dataset.values("Haftfestigkeit")).sum() == 1
    assert dataset.training_data("Haftfestigkeit", "all").block_offsets is not None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("ionic resistance log", None),
        ("ionic resistanc log", "no response 'ionic resistanc'"),
        ("ionic resistance cube", "'log', 'sqrt', 'logit' or 'box-cox'"),
    ],
)
def test_a_scale_is_declared_by_name(
    electrodoe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, said: str | None
):
    """A name may hold a blank; a wrong name or scale is refused with what may stand there."""
    monkeypatch.setattr("electrodoe.cli.run.run_and_show", lambda *_args, **_options: None)
    generator = np.random.default_rng(3)
    table = pl.DataFrame(
        {
            "gap_um": np.repeat(80.0 + 5.0 * np.arange(9), 3),
            "ionic resistance": np.exp(generator.normal(2.0, 1.0, 27)),
        }
    )
    table.write_csv(tmp_path / "runs.csv")

    names = ("--inputs", "gap_um", "--responses", "ionic resistance", "--transform", given)
    answer = electrodoe("analyze", tmp_path / "runs.csv", *names)

    if said is None:
        assert answer.code == 0
        written = read_study(tmp_path / "runs-study")
        assert written.responses["ionic resistance"].transform == "log"
    else:
        assert answer.code == 2
        assert said in answer.err


@pytest.fixture
def binders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a table with a column of names, of which nothing is fitted here."""
    monkeypatch.setattr("electrodoe.cli.run.run_and_show", lambda *_args, **_options: None)
    run = np.repeat(np.arange(9), 2)
    strength = np.random.default_rng(4).normal(500.0, 20.0, 18)
    table = pl.DataFrame(
        {
            "run": [f"R{number}" for number in run],
            "binder": np.array(["PVDF", "CMC/SBR", "PAA"])[run % 3],
            "batch": [f"B{number}" for number in run],
            "gap_um": 80.0 + 5.0 * (run // 3),
            "strength_kpa": strength,
        }
    )
    table.write_csv(tmp_path / "runs.csv")
    return tmp_path / "runs.csv"


def test_a_column_of_names_becomes_a_category_by_itself(electrodoe, binders: Path):
    """It is said, written down, and has its levels in the order of the alphabet."""
    names = ("--inputs", "gap_um,binder", "--responses", "strength_kpa", "--group", "run")

    said = electrodoe("analyze", binders, *names)

    assert said.code == 0
    levels = ("CMC/SBR", "PAA", "PVDF")
    assert f"'binder' holds names: it is a category with the levels {', '.join(levels)}" in said.err
    assert read_study(binders.with_name("runs-study")).factors["binder"].levels == levels


def test_a_name_per_run_is_refused_with_the_way_out(electrodoe, binders: Path):
    """Nine names in nine runs explain everything and nothing."""
    names = ("--inputs", "gap_um,batch", "--responses", "strength_kpa", "--group", "run")

    said = electrodoe("analyze", binders, *names)

    assert said.code != 0
    assert "'batch' holds 9 names in 9 configurations" in said.err
    assert "take it out of the inputs" in said.err
