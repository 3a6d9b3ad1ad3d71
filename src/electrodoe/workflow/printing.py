"""The report of a finished run on paper."""

from pathlib import Path
from typing import Final

from electrodoe.report.paper import report_pdf
from electrodoe.storage import write_atomically
from electrodoe.study import Study
from electrodoe.workflow.finished import finished_run
from electrodoe.workflow.stages.report import document_of

REPORT_PDF: Final = "report.pdf"


def print_report(study: Study, folder: Path, file: Path | None = None) -> Path:
    """Write the report of a finished run as PDF.

    Parameters
    ----------
    study : Study
        The declaration.
    folder : Path
        The study's.
    file : Path or None
        What to write; ``results/report.pdf`` where it is not given.

    Returns
    -------
    Path
        The file, written whole.

    Raises
    ------
    ElectrodeError
        If there is no finished run, or Typst is not installed.
    """
    run = finished_run(study, folder)
    target = file or run.folder.path / REPORT_PDF
    write_atomically(target, report_pdf(document_of(run)))
    return target
