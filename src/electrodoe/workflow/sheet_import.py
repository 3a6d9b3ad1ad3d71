"""A run sheet that comes back filled in."""

from pathlib import Path
from typing import Final

from electrodoe.design.run_sheet.deviations import Deviations, deviations
from electrodoe.study import Study
from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.plan_on_disk import plan_on_disk
from electrodoe.workflow.run_folder import RunFolder
from electrodoe.workflow.runs_made import read_runs

_RESULTS: Final = "results"


def import_sheet(study: Study, folder: Path, sheet: Path) -> Deviations:
    """Compare a filled run sheet with the plan that it came from.

    Parameters
    ----------
    study : Study
        Tolerances of the factors.
    folder : Path
        The study's folder, with ``results/run_plan.csv`` in it.
    sheet : Path
        The filled sheet: CSV, XLSX or Parquet.

    Returns
    -------
    Deviations
        Run by run; also written to ``results/plan_deviations.csv``.

    Raises
    ------
    ElectrodeError
        If there is no plan, or the sheet cannot be read.
    """
    plan = plan_on_disk(study, folder)
    raw = read_runs(study, sheet)
    decimal = study.measurements.decimal
    found = deviations(study, plan, raw.frame, raw.lines, source=str(sheet), decimal=decimal)
    RunFolder(path=folder / _RESULTS).write({"plan_deviations.csv": to_csv(found.frame)})
    return found
