"""Where everything is set aside, the error says for what, and what can be done about it."""

from collections.abc import Callable

import pytest

from electrodoe.dataset import Dataset
from electrodoe.errors import DatasetError

Columns = dict[str, list[object]]
Assembled = Callable[..., Dataset]


def refused(columns: Columns, assembled: Assembled, aside: list[dict[str, object]]) -> DatasetError:
    """Return the error of a study with rows set aside."""
    with pytest.raises(DatasetError) as caught:
        assembled(columns, set_aside=aside).training_data("strength_kpa", "all")
    return caught.value


@pytest.mark.parametrize(
    ("reason", "flag", "way_out"),
    [
        ("not accepted: contact arc", "contact arc", 'model = "cut" or a lower highest_hz'),
        ("not accepted: wide interval; noise", "wide interval", "measure to lower frequencies"),
        ("not accepted: too few points for a fit", "too few points for a fit", "widen the window"),
        ("not accepted: too few points", "too few points", "export the whole curve"),
        ("not accepted: short or leak; cycles: 1 at 5C", "short or leak", "set the cell aside"),
        ("not accepted: short", "short", "open the cell"),
        ("not accepted: stop; gap", "stop", "'accepted' and 'flags'"),
        ("fell from the table", "fell from the table", "take rows out of [[set_aside]]"),
    ],
)
def test_the_commonest_reason_and_its_way_out_are_named(
    columns: Columns, assembled: Assembled, reason: str, flag: str, way_out: str
):
    """Of 27 rejected samples 26 have one flag; the first of a sample's flags is what rejects."""
    others = {"rows": ["A1"], "reason": "not accepted: copy"}
    most = [{"rows": [f"A{row}"], "reason": reason} for row in range(2, 28)]

    error = refused(columns, assembled, [others, *most])

    assert "0 of 9 measured configurations are left, and 3 are needed" in error.what
    assert f"27 samples 27 are set aside, 26 of them for '{flag}'" in error.what
    assert "column 'strength_kpa', scenario 'all'" in error.where
    assert way_out in error.fix


def test_outliers_are_one_reason_whatever_their_distance(columns: Columns, assembled: Assembled):
    """Each has a number of its own in its reason."""
    aside = [
        {"rows": [f"A{row}"], "reason": f"outlier in strength_kpa: {row} standard deviations"}
        for row in range(1, 28)
    ]

    error = refused(columns, assembled, aside)

    assert "27 of them for 'outlier in'" in error.what
    assert "keep it where nothing is wrong with it" in error.fix


def test_few_configurations_stay_few(columns: Columns, assembled: Assembled):
    """Two that were measured are none too many once nothing is set aside."""
    columns["run"] = ["1"] * 13 + ["2"] * 14

    error = refused(columns, assembled, [{"rows": ["A1"], "reason": "not accepted: copy"}])

    assert error.what.startswith("2 configuration(s) with complete rows")
    assert "measure more configurations" in error.fix


def test_what_is_left_is_modeled(columns: Columns, assembled: Assembled):
    """Three configurations are enough, whatever the others are set aside for."""
    kept = {1, 13, 25}  # one sample of the first, the fifth and the last configuration
    left_out = [f"A{row}" for row in range(1, 28) if row not in kept]
    aside = [{"rows": left_out, "reason": "not accepted: copy"}]

    data = assembled(columns, set_aside=aside).training_data("strength_kpa", "all")

    assert data.n_configurations == 3
