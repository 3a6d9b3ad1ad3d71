"""Tables of runs, read as the study's own tables are."""

import os
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.design.region.region import DesignRegion, design_region
from electrodoe.design.run_plan import BLOCK, WHOLE_PLOT
from electrodoe.design.structure.existing_runs import MadeRuns, coded_settings, groups_of
from electrodoe.ingest import RawTable, read_table
from electrodoe.study import PlanRequest, Study


def read_runs(study: Study, table: Path) -> RawTable:
    """Return a table of runs in the encoding that the study declares; its separator is found."""
    own = {"table": table.name, "sheet": None, "separator": None}
    settings = study.measurements.model_copy(update=own)
    return read_table(table, settings)


def declared_groups(
    request: PlanRequest, region: DesignRegion, frame: pl.DataFrame, source: str
) -> NDArray[np.int64] | None:
    """Return the whole plots or blocks of a table's runs, or None where there are none.

    Raises
    ------
    DesignError
        If a factor is hard to change, or blocks are declared, and the table does not name them.
    """
    if request.blocks is not None:
        return groups_of(frame, BLOCK, source)
    if any(axis.is_hard_to_change for axis in region.axes):
        return groups_of(frame, WHOLE_PLOT, source)
    return None


def runs_made(study: Study, folder: Path) -> MadeRuns | None:
    """Return the runs that the study says are made already.

    Raises
    ------
    ElectrodeError
        If their table cannot be read, or is no table of this study's factors.
    """
    request = study.plan
    if request is None or request.made is None:
        return None
    region = design_region(study)
    path = Path(os.path.normpath(folder / request.made))
    frame = read_runs(study, path).frame
    return MadeRuns(
        design=coded_settings(region, frame, str(path), study.measurements.decimal),
        groups=declared_groups(request, region, frame, str(path)),
    )
