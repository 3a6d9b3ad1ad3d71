"""A study's table as a dataset, checked; light enough to look before anything is fitted."""

import os
from pathlib import Path

from electrodoe.dataset import Dataset, assemble, inspect
from electrodoe.findings import Finding
from electrodoe.ingest import read_table
from electrodoe.study import Study


def table_path(study: Study, folder: Path) -> Path:
    """Return where a study's table lies; the path may lead through a folder not made yet."""
    return Path(os.path.normpath(folder / study.measurements.table))


def load_dataset(study: Study, folder: Path) -> Dataset:
    """Return a study's samples, and raise where any response could not be modeled.

    Parameters
    ----------
    study : Study
        The declaration.
    folder : Path
        The folder that the table's path starts from.

    Returns
    -------
    Dataset
        Checked cell by cell.

    Raises
    ------
    ElectrodeError
        If declaration, file and content do not fit together.
    """
    table = read_table(table_path(study, folder), study.measurements)
    dataset = assemble(study, table)
    for scenario in study.scenarios:
        for response in study.responses_of(scenario):
            dataset.training_data(response, scenario)
    return dataset


def check_study(study: Study, folder: Path) -> tuple[Finding, ...]:
    """Return the findings about a study's declaration and data; nothing is fitted or written."""
    return inspect(load_dataset(study, folder))
