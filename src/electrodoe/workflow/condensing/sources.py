"""The files that a protocol speaks of, each with its run and its sample."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest import (
    RawTable,
    declared_table,
    names,
    number_columns,
    numbers,
    read_table,
    require_columns,
)
from electrodoe.study import CoilProtocol, Measurements, Protocol, RawFiles
from electrodoe.study.protocols.raw_files import plain_name
from electrodoe.tables import Wanted
from electrodoe.workflow.condensing.measurement import FILE, RUN, SAMPLE
from electrodoe.workflow.run_tables import layout_of

_MOST_FILES: Final = 100_000
"""More than a study has: a pattern such as ``**`` meant something else."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file of a measurement.

    Attributes
    ----------
    path : Path
        The file.
    file : str
        The same relative to the study's folder, as it is written into tables.
    run, sample : str
        What it was measured on.
    about : dict of str to float
        Further numbers of the index table: a thickness, an active mass.
    """

    path: Path
    file: str
    run: str
    sample: str
    about: dict[str, float] = field(default_factory=dict)


def find_sources(
    folder: Path, protocol: RawFiles, measurements: Measurements, name: str
) -> tuple[list[Source], list[Finding]]:
    """Return a protocol's files in the order of their names; of unknown runs as findings (D203).

    ``measurements`` say how an index table is written.
    """
    paths = matching_files(folder, protocol.files, name)
    if protocol.index is not None:
        return _indexed(folder, protocol.index, measurements, paths)
    sources, findings = [], []
    for path in paths:
        file = path.relative_to(folder).as_posix()
        reported = protocol.sample_of(path.stem)
        if reported is None:
            findings.append(_nameless(file, f"its name does not read '{protocol.name or '{run}'}'"))
        else:
            sources.append(Source(path=path, file=file, run=reported[0], sample=reported[1]))
    return sources, findings


def protocol_files(folder: Path, protocol: Protocol, name: str) -> list[Path]:
    """Return every file that a protocol's table depends on, tables beside its logs included."""
    patterns = list(protocol.files)
    beside = [protocol.index]
    if isinstance(protocol, CoilProtocol):
        patterns += [pattern for log in protocol.other_logs for pattern in log.files]
        beside += [protocol.runs_table, protocol.thickness_table]
    tables = [folder / each for each in beside if each is not None]
    return matching_files(folder, tuple(patterns), name) + [t for t in tables if t.is_file()]


def matching_files(folder: Path, patterns: tuple[str, ...], name: str) -> list[Path]:
    """Return the files that match any pattern, each once, in the order of their names."""
    found: set[Path] = set()
    for pattern in patterns:
        matches = {path for path in folder.glob(pattern) if path.is_file()}
        if not matches:
            raise IngestError(
                f"no file matches '{pattern}'",
                where=f"{folder}, protocols.{name}, key 'files'",
                fix="put the instrument's files there, or correct the pattern",
            )
        found |= matches
    if len(found) > _MOST_FILES:
        raise IngestError(
            f"{len(found)} files match, {_MOST_FILES} are read",
            where=f"{folder}, protocols.{name}, key 'files'",
            fix="narrow the pattern",
        )
    return sorted(found)


def _indexed(
    folder: Path, index: str, measurements: Measurements, paths: list[Path]
) -> tuple[list[Source], list[Finding]]:
    """Return the files that an index table names, with what else it says of them."""
    wanted = [Wanted(name=name, is_number=False) for name in (FILE, RUN, SAMPLE)]
    settings = layout_of(measurements, folder / index)
    raw = read_table(folder / index, settings, [FILE, RUN, SAMPLE])
    table = declared_table(raw, wanted)
    require_columns(table, [FILE, RUN])
    by_name = {path.relative_to(folder).as_posix(): path for path in paths}
    by_name |= {path.name: path for path in paths}
    sources = list(_rows(folder, table, by_name))
    named = {source.path for source in sources}
    findings = list(table.findings)
    findings += [
        _nameless(path.relative_to(folder).as_posix(), f"'{index}' does not name it")
        for path in paths
        if path not in named
    ]
    return sources, findings


def _rows(folder: Path, table: RawTable, by_name: dict[str, Path]) -> Iterator[Source]:
    """Return one source per row of an index table."""
    columns = [name for name in number_columns(table) if name not in (FILE, RUN, SAMPLE)]
    about = {column: numbers(table, column) for column in columns}
    samples = names(table, SAMPLE) if SAMPLE in table.frame.columns else [None] * len(table.lines)
    cells = zip(names(table, FILE), names(table, RUN), samples, strict=True)
    for row, (file, run, sample) in enumerate(cells):
        path = by_name.get((file or "").replace("\\", "/"))
        if path is None or run is None:
            raise IngestError(
                f"no run for '{file}'" if path else f"no file '{file}' among the protocol's",
                where=table.place(row, RUN if path else FILE),
                fix="write the run's name"
                if path
                else "correct the name or the pattern in 'files'",
            )
        yield Source(
            path=path,
            file=path.relative_to(folder).as_posix(),
            run=plain_name(run),
            sample=plain_name(sample or path.stem),
            about={name: float(v[row]) for name, v in about.items() if np.isfinite(v[row])},
        )


def _nameless(file: str, why: str) -> Finding:
    """Return the finding about a file that belongs to no run."""
    return found("D203", f"nobody knows which run the file is of: {why}", file)
