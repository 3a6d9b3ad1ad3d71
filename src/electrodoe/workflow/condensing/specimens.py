"""One measurement with a file per sample: read, condense, and say what is known of each sample."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.preprocess import Condensed
from electrodoe.study import Measurements, RawFiles
from electrodoe.workflow.condensing.measurement import Measurement
from electrodoe.workflow.condensing.of_run import filled_from_runs
from electrodoe.workflow.condensing.sources import Source, find_sources
from electrodoe.workflow.run_folder import Products

_FILE, _RUN, _SAMPLE = "file", "run", "sample"


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """An instrument that leaves one file per sample.

    Attributes
    ----------
    read : callable
        From a path and the protocol to its records; more than one where a file holds several
        sweeps or specimens.
    condense : callable
        From records, protocol and what is known of each file to one row per record.
    picture : callable
        From records, protocol, what they were condensed into and a name to files to look at.
    """

    read: Callable[[Path, Any], Sequence[Any]]
    condense: Callable[[Sequence[Any], Any, pl.DataFrame | None], Condensed]
    picture: Callable[..., Products]


def condense_specimens(
    folder: Path,
    name: str,
    protocol: RawFiles,
    instrument: Instrument,
    measurements: Measurements,
    known: pl.DataFrame,
    *,
    is_simulated: bool = False,
) -> Measurement:
    """Return one row per sample of a measurement, and its gallery.

    Parameters
    ----------
    folder : Path
        The study's folder.
    name : str
        The protocol's.
    protocol : RawFiles
        The declaration.
    instrument : Instrument
        Reader and arithmetic.
    measurements : Measurements
        How an index table is written.
    known : polars.DataFrame
        ``run`` and numbers that are known of every run from sheets.
    is_simulated : bool
        Whether pictures say that nobody measured the samples.

    Returns
    -------
    Measurement
        ``run, sample``, then the instrument's own columns under their new names.

    Raises
    ------
    IngestError
        If no file matches, or none can be read.
    """
    sources, findings = find_sources(folder, protocol, measurements, name)
    if not sources:
        raise IngestError(
            f"{findings[0].what}; no other file of it does either",
            where=f"{folder}, protocols.{name}",
            fix=findings[0].fix,
        )
    records: list[Any] = []
    for source in sources:
        try:
            records += instrument.read(source.path, protocol)
        except IngestError as error:
            findings.append(_unreadable(error, source))
    if not records:
        raise IngestError(
            f"none of {len(sources)} files can be read",
            where=f"{folder}, protocols.{name}",
            fix=findings[-1].fix,
        )
    condensed = instrument.condense(records, protocol, _samples(sources, known))
    table = _with_samples(condensed.table, sources).rename(protocol.columns, strict=False)
    return Measurement(
        condensed=Condensed(table=table, findings=(*findings, *condensed.findings)),
        pictures=instrument.picture(records, protocol, condensed, name, is_simulated=is_simulated),
    )


def _samples(sources: Sequence[Source], known: pl.DataFrame) -> pl.DataFrame:
    """Return what is known of each file: from its run, and before that from the index table."""
    rows: list[dict[str, object]] = [
        {_FILE: str(source.path), _RUN: source.run, _SAMPLE: source.sample, **source.about}
        for source in sources
    ]
    own = pl.DataFrame(rows, infer_schema_length=None)
    return filled_from_runs(own, known, known.columns[1:]).drop(_RUN)


def _with_samples(table: pl.DataFrame, sources: Sequence[Source]) -> pl.DataFrame:
    """Return a table with run, sample and the file's short name; several of a file are numbered."""
    by_path: Mapping[str, Source] = {str(source.path): source for source in sources}
    own = [by_path[file] for file in table[_FILE]]
    named = table.with_columns(
        pl.Series(_RUN, [source.run for source in own]),
        pl.Series(_SAMPLE, [source.sample for source in own]),
        pl.Series(_FILE, [source.file for source in own]),
    ).with_columns(
        nth=pl.int_range(pl.len()).over(_RUN, _SAMPLE) + 1, n=pl.len().over(_RUN, _SAMPLE)
    )
    numbered = pl.when(pl.col("n") > 1).then(pl.format("{}.{}", _SAMPLE, "nth"))
    rest = [column for column in table.columns if column not in (_FILE, _RUN, _SAMPLE)]
    return named.select(_RUN, numbered.otherwise(_SAMPLE).alias(_SAMPLE), _FILE, *rest)


def _unreadable(error: IngestError, source: Source) -> Finding:
    """Return the finding about a file that cannot be read."""
    return found(
        "D202", error.what, error.where.replace(str(source.path), source.file), fix=error.fix
    )
