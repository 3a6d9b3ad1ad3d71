"""All measurements of a study, in the order in which one needs the other, each kept once done."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.findings import Finding
from electrodoe.preprocess import Condensed
from electrodoe.preprocess.coil import Coil
from electrodoe.storage import digest, file_digest
from electrodoe.study import CoilProtocol, Protocol, SheetsProtocol, Study
from electrodoe.workflow.condensing.coil import coil_of, coil_products
from electrodoe.workflow.condensing.instruments import INSTRUMENTS
from electrodoe.workflow.condensing.known import known_of_runs
from electrodoe.workflow.condensing.measurement import Measurement
from electrodoe.workflow.condensing.sheets import condense_sheet_tables
from electrodoe.workflow.condensing.sources import protocol_files
from electrodoe.workflow.condensing.specimens import condense_specimens
from electrodoe.workflow.frames import from_arrow, to_arrow
from electrodoe.workflow.manifest import code_fingerprint
from electrodoe.workflow.origin import is_simulated_study
from electrodoe.workflow.run_folder import Products, RunFolder

_LEANED_ON: Final = ("sheets", "coil")
"""Instruments whose means others need; they are condensed first."""
_TABLE, _FINDINGS, _PICTURE = "table", "findings", "picture/"


def condense_protocols(
    study: Study, folder: Path, settings: pl.DataFrame, kept: RunFolder, *, is_forced: bool = False
) -> tuple[dict[str, Measurement], frozenset[str]]:
    """Return every measurement of a study.

    Parameters
    ----------
    study : Study
        With protocols.
    folder : Path
        The study's folder.
    settings : polars.DataFrame
        What each run was set to.
    kept : RunFolder
        Where finished measurements are kept, under the hash of all they depend on.
    is_forced : bool
        Condense again what is kept.

    Returns
    -------
    tuple of dict of str to Measurement and frozenset of str
        By the protocol's name, in the order of declaration; and the keys of what was kept.
    """
    found: dict[str, Measurement] = {}
    keys = set()
    known = pl.DataFrame(schema={"run": pl.String})
    for name in sorted(study.protocols, key=lambda each: _rank(study.protocols[each])):
        protocol = study.protocols[name]
        key = _key(study, folder, name, protocol, settings, known)
        products = None if is_forced else kept.part(key)
        if products is None:
            made = _condense(study, folder, name, protocol, settings, known)
            products = _as_products(_within(folder, made))
            kept.keep_part(key, products)
        keys.add(key)
        found[name] = _from_products(products)
        if isinstance(protocol, SheetsProtocol):
            sheets = {
                each: one.condensed.table
                for each, one in found.items()
                if isinstance(study.protocols[each], SheetsProtocol)
            }
            known = known_of_runs(sheets)
    return {name: found[name] for name in study.protocols}, frozenset(keys)


def _rank(protocol: Protocol) -> int:
    """Return when a protocol's turn comes."""
    own = protocol.instrument
    return _LEANED_ON.index(own) if own in _LEANED_ON else len(_LEANED_ON)


def _condense(
    study: Study,
    folder: Path,
    name: str,
    protocol: Protocol,
    settings: pl.DataFrame,
    known: pl.DataFrame,
) -> Measurement:
    """Return one measurement."""
    if isinstance(protocol, SheetsProtocol):
        table = condense_sheet_tables(study, folder, name, protocol, settings)
        return Measurement(condensed=table, pictures={})
    if isinstance(protocol, CoilProtocol):
        return _coil(study, folder, name, protocol)
    instrument = INSTRUMENTS[protocol.instrument]
    return condense_specimens(
        folder,
        name,
        protocol,
        instrument,
        study.measurements,
        known,
        is_simulated=is_simulated_study(study, folder),
    )


def _coil(study: Study, folder: Path, name: str, protocol: CoilProtocol) -> Measurement:
    """Return a coil's stretches, with its runs, lags and map beside them."""
    coil = coil_of(protocol, folder, name, study.measurements)
    table = coil.condensed.table
    numbered = table.with_columns(
        pl.col("stretch").cast(pl.String).alias("sample"),
        pl.col("file").map_elements(
            lambda file: Path(file).relative_to(folder).as_posix(), return_dtype=pl.String
        ),
    )
    rest = [column for column in table.columns if column not in ("run", "stretch")]
    named = numbered.select("run", "sample", *rest).rename(protocol.columns, strict=False)
    return Measurement(
        condensed=Condensed(table=named, findings=coil.condensed.findings),
        pictures=_beside(coil, protocol, name, is_simulated=is_simulated_study(study, folder)),
    )


def _beside(coil: Coil, protocol: CoilProtocol, name: str, *, is_simulated: bool) -> Products:
    """Return what a coil leaves beside its samples: runs, lags, pictures."""
    products = coil_products(coil, protocol, name, is_simulated=is_simulated)
    return {file: content for file, content in products.items() if "_stretches." not in file}


def _key(
    study: Study,
    folder: Path,
    name: str,
    protocol: Protocol,
    settings: pl.DataFrame,
    known: pl.DataFrame,
) -> str:
    """Return the hash of everything that a measurement depends on."""
    declared = [
        protocol.model_dump(mode="json"),
        study.measurements.model_dump(mode="json"),
        {each: one.model_dump(mode="json") for each, one in study.materials.items()},
        None if study.cell is None else study.cell.model_dump(mode="json"),
        None if study.line is None else study.line.model_dump(mode="json"),
        name,
        is_simulated_study(study, folder),
    ]
    files = protocol_files(folder, protocol, name)
    return digest(
        b"condense",
        code_fingerprint().encode(),
        json.dumps(declared).encode(),
        to_arrow(settings),
        to_arrow(known),
        *(path.relative_to(folder).as_posix().encode() for path in files),
        *(file_digest(path).encode() for path in files),
    )


def _within(folder: Path, measurement: Measurement) -> Measurement:
    """Return a measurement whose findings name files as they lie in the study's folder."""
    prefix = f"{folder.as_posix()}/"
    findings = [
        replace(finding, where=finding.where.replace(prefix, ""))
        for finding in measurement.condensed.findings
    ]
    condensed = replace(measurement.condensed, findings=tuple(findings))
    return replace(measurement, condensed=condensed)


def _as_products(measurement: Measurement) -> Products:
    """Return a measurement as bytes."""
    findings = [finding.to_row() for finding in measurement.condensed.findings]
    return {
        _TABLE: to_arrow(measurement.condensed.table),
        _FINDINGS: json.dumps(findings).encode(),
        **{f"{_PICTURE}{name}": content for name, content in measurement.pictures.items()},
    }


def _from_products(products: Mapping[str, bytes]) -> Measurement:
    """Return the measurement that some bytes hold."""
    rows: Sequence[dict[str, str]] = json.loads(products[_FINDINGS])
    findings = [Finding.from_row(row) for row in rows]
    return Measurement(
        condensed=Condensed(table=from_arrow(products[_TABLE]), findings=tuple(findings)),
        pictures={
            name.removeprefix(_PICTURE): content
            for name, content in products.items()
            if name.startswith(_PICTURE)
        },
    )
