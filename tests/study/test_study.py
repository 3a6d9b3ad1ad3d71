"""What a study says about itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import EFFORTS, Effort, Study, read_study


def test_settings_can_be_changed_and_none_changes_nothing(declare: Callable[..., Path]):
    """An option that was not given leaves the study's own value."""
    study = read_study(declare()).with_settings(seed=None, effort="quick")

    assert (study.settings.seed, study.settings.effort) == (7, Effort.QUICK)


@pytest.mark.parametrize("change", [{"seed": -1}, {"seed": 2**32}, {"effort": "fast"}])
def test_an_impossible_setting_is_refused(declare: Callable[..., Path], change: dict[str, object]):
    """A setting from the command line is checked as one in the file is."""
    study = read_study(declare())

    with pytest.raises(StudyError) as caught:
        study.with_settings(**change)

    assert next(iter(change)) in caught.value.where


def test_columns_are_named_once_in_order(declare: Callable[..., Path]):
    """The table must have these, and no column is asked for twice."""
    study = read_study(declare('group = "run"', 'group = "run"\ncontext = ["run", "day"]'))

    assert study.columns == ("run", "day", "porosity", "roll_gap_um", "adhesion_strength_kpa")


@pytest.mark.parametrize("effort", list(Effort))
def test_own_numbers_overrule_the_effort(declare: Callable[..., Path], effort: Effort):
    """What a study sets by itself stands above its effort."""
    settings = read_study(declare()).with_settings(effort=effort, n_repeats=3).settings

    assert settings.plan.n_repeats == 3
    assert settings.plan.n_bootstraps == EFFORTS[effort].n_bootstraps


def test_a_study_cannot_be_changed(declare: Callable[..., Path]):
    """A declaration is frozen once it is read."""
    study = read_study(declare())

    with pytest.raises(ValueError, match="frozen"):
        study.title = "another"


def test_a_study_written_out_in_full_is_the_same_study():
    """Defaults that are spelled out mean what they mean unsaid."""
    study = Study.model_validate({"title": "a", "factors": {"x": {}}, "responses": {"y": {}}})

    assert Study.model_validate(study.model_dump()) == study
