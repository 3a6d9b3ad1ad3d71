"""What every configuration has of its own, beyond its settings.

A configuration is made once in the paper, so that it is a run; where a plan repeats settings, each
run has an effect of its own: what is not repeated within a run, such as the set-up of the calender,
is not the same the second time.
"""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.virtual_line.coatings import Floats
from electrodoe.virtual_line.sections import Coil
from electrodoe.virtual_line.streams import stream

EFFECTS: Final = ("adhesion", "tortuosity", "capacity", "rate_time", "porosity")


def configuration_effects(coil: Coil, section_share: float, seed: int) -> pl.DataFrame:
    """Return standard normal effects of every run, part of which its coil section has in common.

    Parameters
    ----------
    coil : Coil
        Runs and sections.
    section_share : float
        Share of the variance that a section has in common.
    seed : int
        The study's.

    Returns
    -------
    polars.DataFrame
        ``run``, then ``z_NAME`` for calendered and ``z_uncalendered_NAME`` for uncalendered web;
        to be multiplied by the declared levels.
    """
    n_sections, place = coil.sections.height, coil.runs["section"].to_numpy() - 1
    columns: dict[str, Floats] = {}
    for name in EFFECTS:
        section = stream(seed, "section effect", name).standard_normal(n_sections)[place]
        run = stream(seed, "run effect", name).standard_normal(coil.runs.height)
        mixed = np.sqrt(section_share) * section + np.sqrt(1.0 - section_share) * run
        columns |= {f"z_{name}": mixed, f"z_uncalendered_{name}": section}
    return coil.runs.select("run").with_columns(**{k: pl.Series(v) for k, v in columns.items()})
