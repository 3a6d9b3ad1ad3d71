"""A study's samples as a dataset, checked; light enough to look before anything is fitted."""

import os
from dataclasses import dataclass
from pathlib import Path

from electrodoe.dataset import Dataset, assemble, inspect
from electrodoe.findings import Finding, sort_findings
from electrodoe.ingest import RawTable, read_table
from electrodoe.study import Study


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A study's samples, and what was remarked on the way to them.

    Attributes
    ----------
    dataset : Dataset
        Checked cell by cell.
    findings : tuple of Finding
        Of the instruments' files; none where samples come from a table.
    kept : frozenset of str
        Keys of the measurements that are kept in the results folder.
    """

    dataset: Dataset
    findings: tuple[Finding, ...] = ()
    kept: frozenset[str] = frozenset()


def table_path(study: Study, folder: Path) -> Path:
    """Return where a study's table lies; the path may lead through a folder not made yet."""
    return Path(os.path.normpath(folder / study.measurements.table))


def load_samples(study: Study, folder: Path, *, is_forced: bool = False) -> Loaded:
    """Return a study's samples and what was remarked about their files.

    Parameters
    ----------
    study : Study
        The declaration. Where it declares protocols, the instruments' files are condensed, and the
        table is written into ``results``.
    folder : Path
        The folder that the table's path starts from.
    is_forced : bool
        Condense again what is kept from an earlier run.

    Returns
    -------
    Loaded
        The samples and the findings about files.

    Raises
    ------
    ElectrodeError
        If declaration, file and content do not fit together, or a response cannot be modeled.
    """
    if not study.protocols:
        return Loaded(
            dataset=_modeled(study, read_table(table_path(study, folder), study.measurements))
        )
    from electrodoe.workflow.condense import condense_study

    condensed = condense_study(study, folder, is_forced=is_forced)
    return Loaded(
        dataset=_modeled(condensed.study, condensed.table),
        findings=condensed.findings,
        kept=condensed.keys,
    )


def load_dataset(study: Study, folder: Path) -> Dataset:
    """Return a study's samples alone; as :func:`load_samples`."""
    return load_samples(study, folder).dataset


def check_study(study: Study, folder: Path) -> tuple[Finding, ...]:
    """Return the findings about a study's declaration, files and data; nothing is fitted."""
    loaded = load_samples(study, folder)
    return sort_findings([*loaded.findings, *inspect(loaded.dataset)])


def _modeled(study: Study, table: RawTable) -> Dataset:
    """Return a table's samples once every response can be modeled."""
    dataset = assemble(study, table)
    for scenario in study.scenarios:
        for response in study.responses_of(scenario):
            dataset.training_data(response, scenario)
    return dataset
