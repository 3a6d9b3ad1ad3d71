"""The verdict on a recommendation: what was promised on disk, and what came back."""

from pathlib import Path

from electrodoe.dataset import outcomes
from electrodoe.errors import WorkflowError
from electrodoe.findings import Finding
from electrodoe.ingest import declared_table, numbers, read_table, wanted_columns
from electrodoe.optimize import Recommendation, Verdict, verdicts
from electrodoe.study import Study
from electrodoe.workflow.loading import in_units_of_samples
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE
from electrodoe.workflow.run_folder import RESULTS
from electrodoe.workflow.run_tables import layout_of


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
    return confirmed(study, folder, table)[0]


def confirmed(
    study: Study, folder: Path, table: Path
) -> tuple[tuple[Verdict, ...], tuple[Finding, ...]]:
    """Return the verdict as :func:`confirm_study`, and how the table was read."""
    file = folder / RESULTS / RECOMMENDATION_FILE
    try:
        point = Recommendation.from_json(file.read_bytes()).set_point
    except (OSError, ValueError) as error:
        raise WorkflowError(
            "no recommendation to confirm",
            where=str(file),
            fix=f"make it first: electrodoe recommend {folder}",
        ) from error
    asked = {promised.response_name for promised in point.responses}
    in_units = in_units_of_samples(study, folder)
    wanted = [column for column in wanted_columns(in_units) if column.name in asked]
    layout = layout_of(study.measurements, table)
    raw = read_table(table, layout, [column.name for column in wanted])
    came_back = declared_table(raw, wanted)
    measured = {
        promised.response_name: (
            outcomes(study, came_back, promised.response_name)
            if study.kind_of(promised.response_name) == "binary"
            else numbers(came_back, promised.response_name)
        )
        for promised in point.responses
        if promised.response_name in came_back.frame.columns
    }
    binary = [name for name in measured if study.kind_of(name) == "binary"]
    return verdicts(point.responses, measured, binary), came_back.findings
