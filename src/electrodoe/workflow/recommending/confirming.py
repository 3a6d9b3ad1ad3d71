"""The verdict on a recommendation: what was promised on disk, and what came back."""

from pathlib import Path

from electrodoe.errors import WorkflowError
from electrodoe.ingest import numbers, read_table
from electrodoe.optimize import Recommendation, Verdict, verdicts
from electrodoe.study import Measurements, Study
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE
from electrodoe.workflow.run_folder import RESULTS


def confirm_study(study: Study, folder: Path, table: Path) -> tuple[Verdict, ...]:
    """Return the verdict on the recommendation that a results folder holds.

    Parameters
    ----------
    study : Study
        Says how its tables are written.
    folder : Path
        The study's folder.
    table : Path
        Confirmation runs: a column for each response that was measured.

    Returns
    -------
    tuple of Verdict
        One for each promised response that came back.

    Raises
    ------
    WorkflowError
        If there is no recommendation to confirm.
    RecommendationError
        If nothing that was promised came back.
    IngestError
        If a cell of the table is no number.
    """
    file = folder / RESULTS / RECOMMENDATION_FILE
    try:
        point = Recommendation.from_json(file.read_bytes()).set_point
    except (OSError, ValueError) as error:
        raise WorkflowError(
            "no recommendation to confirm",
            where=str(file),
            fix=f"make it first: electrodoe recommend {folder}",
        ) from error
    written = study.measurements
    layout = Measurements(decimal=written.decimal, separator=written.separator)
    came_back = read_table(table, layout)
    measured = {
        promised.response_name: numbers(came_back, promised.response_name, written.decimal)
        for promised in point.responses
        if promised.response_name in came_back.frame.columns
    }
    return verdicts(point.responses, measured)
