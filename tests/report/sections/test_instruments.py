"""How the samples were measured, as the report prints it."""

from dataclasses import replace

import pytest

from electrodoe.report.content import InstrumentSummary
from electrodoe.report.sections.instruments import (
    condition_table,
    flagged_blocks,
    instrument_blocks,
)
from electrodoe.study import Condition, OutlierRule

PULL_OFF = InstrumentSummary(
    name="pull_off",
    instrument="adhesion",
    n_runs=17,
    n_samples=51,
    n_rejected=0,
    files=("condensed/pull_off_samples.csv",),
    conditions=(
        Condition(name="compression_velocity_mm_min", value=0.75, is_declared=True),
        Condition(name="dwell_time_s", value=30.0, is_declared=False),
        Condition(name="viscosity_pa_s", value=2, is_declared=True),
        Condition(name="recipe_a", value="2 % CMC & SBR", is_declared=True),
        Condition(name="is_dried", value=True, is_declared=True),
    ),
)


def test_how_was_measured_is_printed_with_units():
    """A number with the unit its name ends in; of a default it is said that it is one."""
    assert condition_table([PULL_OFF]).rows == (
        ("pull_off", "Compression velocity", "0.75 mm/min", "study"),
        ("pull_off", "Dwell time", "30 s", "default"),
        ("pull_off", "Viscosity", "2 Pa·s", "study"),
        ("pull_off", "Recipe a", "2 % CMC & SBR", "study"),
        ("pull_off", "Is dried", "yes", "study"),
    )


def test_the_table_stands_in_the_section_of_instruments():
    """Behind the one of what was condensed; nothing where there is no instrument."""
    assert condition_table([PULL_OFF]) in instrument_blocks([PULL_OFF], OutlierRule())
    assert instrument_blocks([], OutlierRule()) == ()


@pytest.mark.parametrize(
    ("rule", "done", "caption"),
    [
        (OutlierRule(), "kept", "(Grubbs' test at 5 %). Kept: they count everywhere."),
        (
            OutlierRule(rule="sd", set_aside=True),
            "set aside",
            "(beyond 1.5 SD of the run). Left out of the models; counted in pure error",
        ),
        (OutlierRule(rule="mad"), "kept", "(beyond 3.5 robust SD of the run). Kept"),
    ],
)
def test_what_the_outlier_rule_did_to_each_sample_is_printed(
    rule: OutlierRule, done: str, caption: str
):
    """Sample by sample: flag, and kept or set aside."""
    measured = replace(PULL_OFF, flagged=(("run 3, sample 2", "outlier in strength: 2.0 SD away"),))

    (folded,) = flagged_blocks([measured], rule)
    (table,) = folded.blocks

    assert folded.title == "Flagged by the outlier rule: 1 sample"
    assert table.rows == (
        ("pull_off", "run 3, sample 2", "outlier in strength: 2.0 SD away", done),
    )
    assert caption in table.caption
    assert flagged_blocks([PULL_OFF], rule) == ()
