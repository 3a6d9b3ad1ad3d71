"""How the samples were measured, as the report prints it."""

from electrodoe.report.content import InstrumentSummary
from electrodoe.report.sections.instruments import condition_table, instrument_blocks
from electrodoe.study import Condition

PULL_OFF = InstrumentSummary(
    name="pull_off",
    instrument="adhesion",
    n_runs=17,
    n_samples=51,
    n_rejected=0,
    n_outliers=3,
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
    assert condition_table([PULL_OFF]) in instrument_blocks([PULL_OFF])
    assert instrument_blocks([]) == ()
