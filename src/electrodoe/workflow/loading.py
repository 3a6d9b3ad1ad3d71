"""Stage 1: a study's samples as a dataset, checked; light enough to look before a fit."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from electrodoe.arrays import Booleans
from electrodoe.dataset import FROM_RUN, Dataset, assemble, assemble_declared, inspect, levels_found
from electrodoe.findings import Finding, sort_findings
from electrodoe.ingest import (
    RawTable,
    declared_regions,
    declared_table,
    decoded_table,
    read_table,
    wanted_columns,
    with_one_name_per_run,
    with_units,
)
from electrodoe.study import Study
from electrodoe.workflow.requested_models import require_models
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products, to_csv


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A study's samples, and what was remarked on the way to them.

    Attributes
    ----------
    dataset : Dataset
        Checked cell by cell.
    findings : tuple of Finding
        Of the instruments' files, or how the table was read.
    kept : frozenset of str
        Keys of the measurements that are kept in the results folder.
    """

    dataset: Dataset
    findings: tuple[Finding, ...] = ()
    kept: frozenset[str] = frozenset()


def table_path(study: Study, folder: Path) -> Path:
    """Return where a study's table lies; the path may lead through a folder not made yet."""
    return Path(os.path.normpath(folder / study.measurements.table))


def read_samples(study: Study, path: Path) -> RawTable:
    """Return a table of samples, its declared columns under their names and in their units."""
    wanted = wanted_columns(study)
    raw = read_table(path, study.measurements, [column.name for column in wanted])
    table = decoded_table(declared_table(raw, wanted), declared_regions(study))
    group = study.measurements.group
    if group is None or group not in table.frame.columns:
        return table
    inputs = [name for name, factor in study.factors.items() if not factor.is_categorical]
    return with_one_name_per_run(table, group, inputs)


def in_units_of_samples(study: Study, folder: Path) -> Study:
    """Return a study with the units that only the header of its samples' table says.

    Another table in another unit is then converted to them, as the samples' own table is.
    """
    columns = {**study.factors, **study.responses}
    path = table_path(study, folder)
    if study.protocols or all(map(study.unit_of, columns)) or not path.is_file():
        return study
    headings = read_samples(study, path).headings
    return with_units(study, {name: heading.unit for name, heading in headings.items()})


def load_samples(study: Study, folder: Path, *, is_forced: bool = False) -> Loaded:
    """Return a study's samples and what was remarked about their files.

    Where a study declares protocols, the instruments' files are condensed (again what is kept, if
    forced), and the table is written into ``results``. Declaration, file and content have to fit
    together, and every response has to be one that can be modeled.
    """
    if not study.protocols:
        table = read_samples(study, table_path(study, folder))
        units = {name: heading.unit for name, heading in table.headings.items()}
        dataset = assemble_declared(with_units(study, units), table)
        return Loaded(dataset=_modeled(dataset), findings=table.findings)
    from electrodoe.workflow.condense import condense_study

    condensed = condense_study(study, folder, is_forced=is_forced)
    return Loaded(
        dataset=_modeled(assemble(condensed.study, condensed.table)),
        findings=condensed.findings,
        kept=condensed.keys,
    )


def load_dataset(study: Study, folder: Path) -> Dataset:
    """Return a study's samples alone; as :func:`load_samples`."""
    return load_samples(study, folder).dataset


def text_levels(study: Study, folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the levels of those factors whose column in the table holds names, not numbers."""
    wanted = [replace(column, is_number=False) for column in wanted_columns(study)]
    names = [column.name for column in wanted]
    raw = read_table(table_path(study, folder), study.measurements, names)
    return levels_found(declared_table(raw, wanted), study.factors, study.measurements.group)


def check_study(study: Study, folder: Path) -> tuple[Finding, ...]:
    """Return the findings about a study's declaration, files and data; nothing is fitted."""
    require_models(study)
    loaded = load_samples(study, folder)
    return sort_findings([*loaded.findings, *inspect(loaded.dataset)])


def _modeled(dataset: Dataset) -> Dataset:
    """Return a table's samples once every response can be modeled."""
    for scenario in dataset.study.scenarios:
        for response in dataset.study.responses_of(scenario):
            dataset.training_data(response, scenario)
    return dataset


def make_samples(run: Run) -> Products:
    """Return every row of the table, with the responses it is set aside for.

    Where a response is an input elsewhere, also with those that the sample has from its run.
    """
    dataset = run.dataset
    frame = dataset.named_frame.with_columns(
        _named(dataset.set_aside, dataset.n_samples, "set_aside_for")
    )
    if dataset.from_run:
        frame = frame.with_columns(_named(dataset.from_run, dataset.n_samples, FROM_RUN))
    return {"samples.csv": to_csv(frame)}


def _named(masks: Mapping[str, Booleans], n_samples: int, column: str) -> pl.Series:
    """Return, for each sample, the names of the masks that it is in."""
    entries = [
        "; ".join(name for name, mask in masks.items() if mask[row]) for row in range(n_samples)
    ]
    return pl.Series(column, entries, dtype=pl.String)
