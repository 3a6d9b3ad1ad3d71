"""The block [report]: what figures may be asked for, and how a wrong wish is refused."""

from pathlib import Path

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import read_study
from electrodoe.study.report_request import ReportRequest

STUDY = """\
title = "a"
[measurements]
table = "a.csv"
[factors.porosity]
[responses.tortuosity]
[responses.ionic_resistance_ohm]
[report]
"""


def declared(folder: Path, wish: str) -> ReportRequest:
    (folder / "study.toml").write_text(f"{STUDY}{wish}\n")
    return read_study(folder).report


def test_families_are_known_by_their_keys():
    """So that an unknown one is refused with the place where it stands."""
    wish = ReportRequest(bruggeman_curve="polynomial", fds=("polynomial", "svm"), mdi=("xgboost",))

    assert wish.families == {
        "bruggeman_curve": ("polynomial",),
        "fds": ("polynomial", "svm"),
        "mdi": ("xgboost",),
    }
    assert ReportRequest().families == {}


def test_responses_side_by_side_are_read(tmp_path: Path):
    """In the order of the columns."""
    wish = declared(tmp_path, 'side_by_side = [["ionic_resistance_ohm", "tortuosity"]]')

    assert wish.side_by_side == (("ionic_resistance_ohm", "tortuosity"),)


@pytest.mark.parametrize(
    ("wish", "fix"),
    [
        ('fsd = ["svm"]', "did you mean 'fds'?"),
        ('side_by_side = [["tortuosty"]]', "did you mean 'tortuosity'?"),
        ('explained = { tortuosty = "mlr" }', "did you mean 'tortuosity'?"),
        ('order_by = ["porosty"]', "did you mean 'porosity'?"),
    ],
)
def test_what_is_misspelt_is_refused_with_the_nearest_name(tmp_path: Path, wish: str, fix: str):
    """A key, a response, a factor."""
    with pytest.raises(StudyError) as error:
        declared(tmp_path, wish)

    assert error.value.fix == fix
    assert "line" in error.value.where
