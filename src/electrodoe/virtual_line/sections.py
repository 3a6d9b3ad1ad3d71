"""The coil: sections of one mass loading and temperature, and in them the web of every run."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.errors import SimulationError

LOADING: Final = "active_mass_loading_mg_cm2"
TEMPERATURE: Final = "dryer_2_temperature_c"
POROSITY: Final = "porosity"
PLANNED: Final = (LOADING, TEMPERATURE, POROSITY)

LEAD_M: Final = 6.0
"""Web at the coil's start that belongs to nobody."""
TRANSITION_M: Final = 6.0
"""Web at the start of a section, until the dryer has its new temperature."""
RUN_M: Final = 6.0
"""Web of one run: several A4 sheets long."""
TAIL_M: Final = 9.0
"""Web after the last run, which carries it past the last sensor."""


@dataclass(frozen=True, kw_only=True)
class Coil:
    """What is coated where; positions are lengths of web that had passed the blade.

    Attributes
    ----------
    sections : polars.DataFrame
        ``section`` (1, 2, ...), ``start_m, end_m``, loading and temperature as planned, and
        ``run``: the first run that is cut from it, which stands for its uncalendered web.
    runs : polars.DataFrame
        ``run, section, start_m, end_m`` and the planned settings, in the order of the web.
    """

    sections: pl.DataFrame
    runs: pl.DataFrame

    @property
    def length_m(self) -> float:
        """Return the coil's length."""
        return float(self.sections["end_m"].to_numpy().max()) + TAIL_M


def lay_out(plan: RunPlan) -> Coil:
    """Return where the web of every run lies on the one coil.

    Parameters
    ----------
    plan : RunPlan
        With mass loading, temperature and porosity.

    Returns
    -------
    Coil
        Sections in the order in which the plan first asks for them; runs of one section follow
        one another and are told apart by the calender alone.

    Raises
    ------
    SimulationError
        If the plan has other factors.
    """
    _require_factors(plan)
    at_m, sections, runs = LEAD_M, [], []
    groups = plan.frame.group_by(LOADING, TEMPERATURE, maintain_order=True)
    for number, ((loading, temperature), rows) in enumerate(groups, start=1):
        settings = {"section": number, LOADING: loading, TEMPERATURE: temperature}
        start_m, at_m = at_m, at_m + TRANSITION_M
        for run, porosity in rows.select(RUN, POROSITY).iter_rows():
            span = {"start_m": at_m, "end_m": at_m + RUN_M}
            runs.append({RUN: str(run), **settings, POROSITY: porosity, **span})
            at_m += RUN_M
        first = str(rows[RUN][0])
        sections.append({**settings, RUN: first, "start_m": start_m, "end_m": at_m})
    return Coil(sections=pl.DataFrame(sections), runs=pl.DataFrame(runs))


def _require_factors(plan: RunPlan) -> None:
    """Refuse a plan whose factors the plant has no knob for."""
    missing = [name for name in PLANNED if name not in plan.factors]
    other = [name for name in plan.factors if name not in PLANNED]
    if missing or other:
        named = f"without '{missing[0]}'" if missing else f"of '{other[0]}'"
        raise SimulationError(
            f"a plan {named} cannot be played",
            where="results/run_plan.csv",
            fix=f"plan with the factors {', '.join(PLANNED)}",
        )
