"""All measurements of a study, in the order in which one needs the other, each kept once done."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.findings import Finding
from electrodoe.preprocess import Condensed
from electrodoe.storage import digest, file_digest
from electrodoe.study import CoilProtocol, Protocol, SheetsProtocol, Study
from electrodoe.workflow.condensing.measurement import RUN, Measurement, within
from electrodoe.workflow.condensing.sheets import (
    condense_sheet_tables,
    known_after,
    known_of_runs,
    renamed_after,
)
from electrodoe.workflow.condensing.sources import protocol_files
from electrodoe.workflow.manifest import code_fingerprint, is_simulated_study
from electrodoe.workflow.run_folder import Products, RunFolder, from_arrow, to_arrow

_LEANED_ON: Final = ("sheets", "coil")
"""Instruments whose means others need; they are condensed first."""
_TABLE, _FINDINGS, _PICTURE = "table", "findings", "picture/"


def condense_protocols(
    study: Study, folder: Path, settings: pl.DataFrame, kept: RunFolder, *, is_forced: bool = False
) -> tuple[dict[str, Measurement], frozenset[str]]:
    """Return every measurement of a study, in the order of declaration, and the keys they have.

    ``settings`` say what each run was set to; ``kept`` is where finished measurements are, under
    the hash of all they depend on.
    """
    found: dict[str, Measurement] = {}
    keys = set()
    known = pl.DataFrame(schema={RUN: pl.String})
    for name in sorted(study.protocols, key=lambda each: _rank(study.protocols[each])):
        own = known_after(study, study.protocols[name].after, known)
        key = _key(study, folder, name, settings, own)
        keys.add(key)
        products = None if is_forced else kept.part(key)
        if products is None:
            found[name] = _within(folder, _condense(study, folder, name, settings, own))
            kept.keep_part(key, _as_products(found[name]))
        else:
            found[name] = _from_products(products)
        if isinstance(study.protocols[name], SheetsProtocol):
            known = known_of_runs(
                renamed_after(study, study.protocols[each].after, one.condensed.table)
                for each, one in found.items()
                if isinstance(study.protocols[each], SheetsProtocol)
            )
    return {name: found[name] for name in study.protocols}, frozenset(keys)


def _rank(protocol: Protocol) -> int:
    """Return when a protocol's turn comes."""
    own = protocol.instrument
    return _LEANED_ON.index(own) if own in _LEANED_ON else len(_LEANED_ON)


def _condense(
    study: Study, folder: Path, name: str, settings: pl.DataFrame, known: pl.DataFrame
) -> Measurement:
    """Return one measurement; what is kept needs none of what is imported here."""
    from electrodoe.workflow.condensing.coil import condense_coil_logs
    from electrodoe.workflow.condensing.galleries import settings_in_words
    from electrodoe.workflow.condensing.specimens import condense_specimens

    protocol = study.protocols[name]
    is_simulated = is_simulated_study(study, folder)
    if isinstance(protocol, SheetsProtocol):
        table = condense_sheet_tables(study, folder, name, protocol, settings)
        return Measurement(condensed=table, pictures={})
    tables = study.measurements
    if isinstance(protocol, CoilProtocol):
        return condense_coil_logs(folder, name, protocol, tables, is_simulated=is_simulated)
    words = settings_in_words(study, settings)
    return condense_specimens(
        folder, name, protocol, tables, known, words, is_simulated=is_simulated
    )


def _key(study: Study, folder: Path, name: str, settings: pl.DataFrame, known: pl.DataFrame) -> str:
    """Return the hash of everything that a measurement depends on."""
    protocol = study.protocols[name]
    declared = [
        protocol.model_dump(mode="json", exclude={"notes"}),
        study.measurements.model_dump(mode="json"),
        {each: one.model_dump(mode="json") for each, one in study.materials.items()},
        None if study.cell is None else study.cell.model_dump(mode="json"),
        None if study.line is None else study.line.model_dump(mode="json"),
        {each: [one.label, one.levels, one.tolerance] for each, one in study.factors.items()},
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
    findings = within(folder, measurement.condensed.findings)
    condensed = replace(measurement.condensed, findings=findings)
    return replace(measurement, condensed=condensed)


def _as_products(measurement: Measurement) -> Products:
    """Return a measurement as it is kept for another run."""
    findings = [finding.to_row() for finding in measurement.condensed.findings]
    return {
        _TABLE: to_arrow(measurement.condensed.table),
        _FINDINGS: json.dumps(findings).encode(),
        **{f"{_PICTURE}{name}": content for name, content in measurement.pictures.items()},
    }


def _from_products(products: Products) -> Measurement:
    """Return the measurement that an earlier run has kept."""
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
