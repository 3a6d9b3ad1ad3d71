"""Tolerances as people write them: fractions, percentages, and values with a unit."""

import numpy as np
import pytest

from electrodoe.errors import StudyError
from electrodoe.study import SheetsProtocol, declare_study, study_text

TEMPERATURE = "dryer_2_temperature_c"


def _study(name: str, tolerance: object, **more: object):
    return declare_study(
        {
            "title": "a",
            "factors": {name: {"region": [0.1, 90.0], "tolerance": tolerance, **more}},
            "responses": {"y": {}},
        },
        source="study.toml",
    )


@pytest.mark.parametrize(
    ("name", "unit", "written", "at_60", "shown"),
    [
        (TEMPERATURE, None, 0.05, 3.0, "5 %"),
        (TEMPERATURE, None, "5 %", 3.0, "5 %"),
        (TEMPERATURE, None, "0,5%", 0.3, "0.5 %"),
        (TEMPERATURE, None, "1 °C", 1.0, "1 °C"),
        (TEMPERATURE, None, "± 1,5 K", 1.5, "1.5 °C"),
        (TEMPERATURE, None, "+/-2°C", 2.0, "2 °C"),
        ("gap_mm", None, "10 µm", 0.01, "0.01 mm"),
        ("mass_loading_mg_cm2", None, "2 g/m²", 0.2, "0.2 mg/cm²"),
        ("Temperatur", "°C", "1 K", 1.0, "1 °C"),
        ("porosity", None, "2 % absolute", 0.02, "2 % absolute"),
        ("porosity", None, "2 % relative", 1.2, "2 %"),
        ("binder_pct", None, "0.5 % absolute", 0.5, "0.5 % absolute"),
        ("speed", None, "0.3 absolute", 0.3, "0.3"),
    ],
)
def test_it_is_allowed_in_the_unit_of_the_factor(name, unit, written, at_60, shown):
    """A difference: 1 K is 1 °C, and nothing is added to it. 10 µm are 0.01 mm (SI)."""
    found = _study(name, written, unit=unit).tolerance_of(name)

    assert found.allowed(np.array([60.0]))[0] == pytest.approx(at_60)
    assert found.written == shown


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        (TEMPERATURE, 1, ["100 % of it", '"1 %" (or 0.01)', '"1 °C"']),
        (TEMPERATURE, 2.5, ["250 % of it", '"2.5 %" (or 0.025)']),
        (TEMPERATURE, 0.0, ["above 0"]),
        (TEMPERATURE, -0.05, ["above 0"]),
        (TEMPERATURE, True, ["a fraction, or a value with its unit"]),
        (TEMPERATURE, "1", ["says no unit"]),
        (TEMPERATURE, "1.500 °C", ["may be 1500 or 1.5"]),
        (TEMPERATURE, "1 kPa", ["is in kPa", "its column in °C"]),
        (TEMPERATURE, "1 furlong", ["no unit 'furlong' is known"]),
        (TEMPERATURE, "120 %", ["the whole setting and more"]),
        (TEMPERATURE, "about 2 °C", ["is no tolerance"]),
        ("porosity", "2 %", ['"2 % relative" or "2 % absolute"']),
        ("binder_pct", "2 %", ['"2 % relative" or "2 % absolute"']),
    ],
)
def test_what_may_mean_two_things_is_asked_back(name, written, said):
    """With how to write each of them; never taken for one of them."""
    with pytest.raises(StudyError) as caught:
        _study(name, written)

    for words in said:
        assert words in f"{caught.value.what}; {caught.value.fix}"


def test_a_unit_that_only_the_header_knows_is_waited_for():
    """Without a table it is asked for."""
    study = _study("Temperatur", "1 °C")

    with pytest.raises(StudyError, match="the unit of the column is not known") as caught:
        study.tolerance_of("Temperatur")
    assert 'unit = "..."' in caught.value.fix


def test_it_is_written_down_as_it_was_said():
    """A study that is written out says the same again."""
    assert 'tolerance = "1 °C"' in study_text(_study(TEMPERATURE, "1 °C"))


@pytest.mark.parametrize(("written", "taken"), [("5 %", 0.05), ("2,5 %", 0.025), (0.1, 0.1)])
def test_an_instruments_tolerance_may_be_a_percentage(written, taken):
    """Of the value itself; one with a unit is refused."""
    raw = {"instrument": "sheets", "files": ("*.csv",)}
    assert (
        SheetsProtocol.model_validate({**raw, "loading_tolerance": written}).loading_tolerance
        == taken
    )
    with pytest.raises(ValueError, match="write it in percent"):
        SheetsProtocol.model_validate({**raw, "loading_tolerance": "1 mg/cm²"})
