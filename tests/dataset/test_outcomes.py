"""Which cell of a binary response counts as 1, and what is no count."""

from pathlib import Path

import numpy as np
import pytest

from electrodoe.dataset import Dataset
from electrodoe.errors import ElectrodeError, StudyError
from electrodoe.study import Study, declare_study
from electrodoe.workflow.loading import load_dataset


def declared(**response: object) -> Study:
    """Return a study of one factor and a response."""
    return declare_study(
        {
            "title": "Simulated",
            "measurements": {"table": "runs.csv"},
            "factors": {"gap_um": {}},
            "responses": {"result": response},
        },
        source="a test",
    )


def loaded(folder: Path, cells: list[str], **response: object) -> Dataset:
    """Return the samples of a table with some cells of the response."""
    lines = [f"{80 + row},{cell}" for row, cell in enumerate(cells)]
    (folder / "runs.csv").write_text("\n".join(["gap_um,result", *lines]) + "\n")
    return load_dataset(declared(**response), folder)


@pytest.mark.parametrize(
    ("passed", "failed"),
    [
        ("pass", "fail"),
        ("OK", "nok"),
        ("ok", "not ok"),
        ("ja", "nein"),
        ("TRUE", "false"),
        ("1", "0"),
        ("Yes", "no"),
        ("i.O.", "n.i.O."),
    ],
)
def test_known_pairs_need_no_event(tmp_path: Path, passed: str, failed: str):
    """The study then says which of the two it is."""
    dataset = loaded(tmp_path, [passed, failed, passed, "", failed], kind="binary")

    by_gap = dict(zip(dataset.values("gap_um"), dataset.values("result"), strict=True))

    assert [by_gap[gap] for gap in (80.0, 81.0, 82.0, 84.0)] == [1.0, 0.0, 1.0, 0.0]
    assert np.isnan(by_gap[83.0])
    assert dataset.study.responses["result"].event in {*passed.casefold().split(), "i.o."}


def test_other_words_need_an_event(tmp_path: Path):
    """Nothing is guessed of tight and leaking; either may be named."""
    cells = ["leaks", "tight", "tight", "leaks"]
    with pytest.raises(ElectrodeError, match="nobody says which outcome counts as 1") as refused:
        loaded(tmp_path, cells, kind="binary")
    assert 'event = "tight"' in refused.value.fix

    dataset = loaded(tmp_path, cells, kind="binary", event="Leaks")

    assert dataset.values("result").sum() == 2.0
    assert dataset.values("gap_um")[dataset.values("result") == 1.0].tolist() == [80.0, 83.0]


def test_a_third_outcome_and_an_event_that_no_cell_has_are_refused(tmp_path: Path):
    """With the line of the rarest."""
    with pytest.raises(ElectrodeError, match="more than two") as refused:
        loaded(tmp_path, ["ok", "nok", "ok", "nix", "nok"], kind="binary", event="ok")
    assert "line 5" in refused.value.where
    with pytest.raises(ElectrodeError, match="no cell is 'good'"):
        loaded(tmp_path, ["ok", "nok", "ok"], kind="binary", event="good")


def test_counts_are_whole_and_not_negative(tmp_path: Path):
    """2.5 pinholes cannot be."""
    assert loaded(tmp_path, ["0", "3", "1"], kind="count").values("result").sum() == 4.0
    for cell in ("2.5", "-1"):
        with pytest.raises(ElectrodeError, match="is no count") as refused:
            loaded(tmp_path, ["0", cell, "1"], kind="count")
        assert "line 3" in refused.value.where


@pytest.mark.parametrize(
    ("response", "word"),
    [
        ({"event": "ok"}, "kind"),
        ({"kind": "binary", "transform": "logit"}, "transform"),
        ({"kind": "binary", "unit": "kPa"}, "unit"),
        ({"kind": "binary", "goal": "maximize", "lower": 90.0}, "probabilities"),
        ({"kind": "pass/fail"}, "binary"),
    ],
)
def test_what_has_no_meaning_beside_a_kind_is_refused(response: dict[str, object], word: str):
    """Before anything is read."""
    with pytest.raises(StudyError) as refused:
        declared(**response)
    assert word in str(refused.value)


def test_a_block_adds_nothing_to_an_outcome():
    """It is refused with what to do instead."""
    with pytest.raises(StudyError, match="an input with levels"):
        declare_study(
            {
                "title": "Simulated",
                "measurements": {"table": "runs.csv", "block": "coil"},
                "factors": {"gap_um": {}},
                "responses": {"result": {"kind": "binary"}},
            },
            source="a test",
        )


def test_a_column_of_two_words_says_how_to_declare_it(tmp_path: Path):
    """Where it is not declared, it is refused as before, and the key is named."""
    with pytest.raises(ElectrodeError, match="holds 2 words") as refused:
        loaded(tmp_path, ["pass", "fail", "pass", "pass"])
    assert 'kind = "binary" in [responses.result]' in refused.value.fix
