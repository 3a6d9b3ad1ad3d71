"""Instruments with a file per sample: read, condense, and say what is known of each sample."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest import (
    CyclerRecord,
    ImpedanceSpectrum,
    PullOffCurve,
    read_cycler_record,
    read_pull_off,
    read_spectra,
)
from electrodoe.preprocess import Condensed
from electrodoe.preprocess.adhesion import condense_adhesion
from electrodoe.preprocess.cycling import condense_cycling
from electrodoe.preprocess.impedance import condense_impedance
from electrodoe.study import (
    AdhesionProtocol,
    ImpedanceProtocol,
    Measurements,
    RateCapabilityProtocol,
    RawFiles,
)
from electrodoe.workflow.condensing.galleries import (
    picture_cells,
    picture_curves,
    picture_spectra,
)
from electrodoe.workflow.condensing.measurement import (
    FILE,
    RUN,
    SAMPLE,
    Measurement,
    filled_from_runs,
)
from electrodoe.workflow.condensing.sources import Source, find_sources
from electrodoe.workflow.run_folder import Products

RecordT = TypeVar("RecordT")
ProtocolT = TypeVar("ProtocolT", bound=RawFiles)


@dataclass(frozen=True, kw_only=True, eq=False)
class About:
    """What is known of a measurement before a file of it is read."""

    place: str
    name: str
    sources: Sequence[Source]
    known: pl.DataFrame
    settings: pl.DataFrame
    is_simulated: bool

    @property
    def runs(self) -> dict[str, str]:
        """Return each file's run."""
        return {str(source.path): source.run for source in self.sources}


@dataclass(frozen=True, kw_only=True)
class Instrument(Generic[RecordT, ProtocolT]):
    """An instrument that leaves one file per sample.

    Attributes
    ----------
    read : callable
        From a path and the protocol to its records; more than one where a file holds several
        sweeps or specimens.
    condense : callable
        From records, protocol and what is known of each file to one row per record.
    picture : callable
        From records, protocol, what they were condensed into and what was known before to files to
        look at.
    """

    read: Callable[[Path, ProtocolT], Sequence[RecordT]]
    condense: Callable[[Sequence[RecordT], ProtocolT, pl.DataFrame | None], Condensed]
    picture: Callable[[Sequence[RecordT], ProtocolT, Condensed, About], Products]


_TESTING_MACHINE: Final = Instrument[PullOffCurve, AdhesionProtocol](
    read=lambda path, protocol: read_pull_off(path, protocol.area_mm2),
    condense=condense_adhesion,
    picture=lambda curves, protocol, _, about: picture_curves(
        curves, protocol, about.name, is_simulated=about.is_simulated
    ),
)
_IMPEDANCE_ANALYZER: Final = Instrument[ImpedanceSpectrum, ImpedanceProtocol](
    read=lambda path, _: read_spectra(path),
    condense=condense_impedance,
    picture=lambda spectra, protocol, condensed, about: picture_spectra(
        spectra, protocol, condensed, about.name, is_simulated=about.is_simulated
    ),
)
_CYCLER: Final = Instrument[CyclerRecord, RateCapabilityProtocol](
    read=lambda path, _: (read_cycler_record(path),),
    condense=condense_cycling,
    picture=lambda _, __, condensed, about: picture_cells(
        condensed, about.runs, about.settings, about.name, is_simulated=about.is_simulated
    ),
)


def condense_specimens(
    folder: Path,
    name: str,
    protocol: AdhesionProtocol | ImpedanceProtocol | RateCapabilityProtocol,
    tables: Measurements,
    known: pl.DataFrame,
    settings: pl.DataFrame,
    *,
    is_simulated: bool,
) -> Measurement:
    """Return one row per sample of a measurement, and its gallery.

    ``tables`` says how an index table is written, ``known`` what sheets tell of every run,
    ``settings`` what each run was set to, in words.
    """
    sources, findings = find_sources(folder, protocol, tables, name)
    if not sources:
        raise IngestError(
            f"{findings[0].what}; no other file of it does either",
            where=f"{folder}, protocols.{name}",
            fix=findings[0].fix,
        )
    about = About(
        place=f"{folder}, protocols.{name}",
        name=name,
        sources=sources,
        known=known,
        settings=settings,
        is_simulated=is_simulated,
    )
    match protocol:
        case AdhesionProtocol():
            return _condense(_TESTING_MACHINE, protocol, about, findings)
        case ImpedanceProtocol():
            return _condense(_IMPEDANCE_ANALYZER, protocol, about, findings)
        case RateCapabilityProtocol():
            return _condense(_CYCLER, protocol, about, findings)


def _condense(
    instrument: Instrument[RecordT, ProtocolT],
    protocol: ProtocolT,
    about: About,
    findings: list[Finding],
) -> Measurement:
    """Return the measurement of one instrument; files that cannot be read are findings."""
    records: list[RecordT] = []
    for source in about.sources:
        try:
            records += instrument.read(source.path, protocol)
        except IngestError as error:
            findings.append(_unreadable(error, source))
    if not records:
        raise IngestError(
            f"none of {len(about.sources)} files can be read",
            where=about.place,
            fix=findings[-1].fix,
        )
    condensed = instrument.condense(records, protocol, _samples(about.sources, about.known))
    table = _with_samples(condensed.table, about.sources).rename(protocol.columns, strict=False)
    return Measurement(
        condensed=Condensed(table=table, findings=(*findings, *condensed.findings)),
        pictures=instrument.picture(records, protocol, condensed, about),
    )


def _samples(sources: Sequence[Source], known: pl.DataFrame) -> pl.DataFrame:
    """Return what is known of each file: from its run, and before that from the index table."""
    rows: list[dict[str, object]] = [
        {FILE: str(source.path), RUN: source.run, SAMPLE: source.sample, **source.about}
        for source in sources
    ]
    own = pl.DataFrame(rows, infer_schema_length=None)
    return filled_from_runs(own, known, known.columns[1:]).drop(RUN)


def _with_samples(table: pl.DataFrame, sources: Sequence[Source]) -> pl.DataFrame:
    """Return a table with run, sample and the file's short name; several of a file are numbered."""
    by_path: Mapping[str, Source] = {str(source.path): source for source in sources}
    own = [by_path[file] for file in table[FILE]]
    named = table.with_columns(
        pl.Series(RUN, [source.run for source in own]),
        pl.Series(SAMPLE, [source.sample for source in own]),
        pl.Series(FILE, [source.file for source in own]),
    ).with_columns(nth=pl.int_range(pl.len()).over(RUN, SAMPLE) + 1, n=pl.len().over(RUN, SAMPLE))
    numbered = pl.when(pl.col("n") > 1).then(pl.format("{}.{}", SAMPLE, "nth"))
    rest = [column for column in table.columns if column not in (FILE, RUN, SAMPLE)]
    return named.select(RUN, numbered.otherwise(SAMPLE).alias(SAMPLE), FILE, *rest)


def _unreadable(error: IngestError, source: Source) -> Finding:
    """Return the finding about a file that cannot be read."""
    return found(
        "D202", error.what, error.where.replace(str(source.path), source.file), fix=error.fix
    )
