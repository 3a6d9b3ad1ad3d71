"""Spectra that are copies, and a person's word over the screening."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

import polars as pl

from electrodoe.findings import Finding, found
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.study import ImpedanceProtocol
from electrodoe.study.protocols.impedance import Overrule


def duplicates(spectra: Sequence[ImpedanceSpectrum]) -> Mapping[int, int]:
    """Return, for each spectrum that repeats another, the position of the first.

    Two measurements never agree in every bit of every point.
    """
    first: dict[bytes, int] = {}
    repeated = {}
    for row, spectrum in enumerate(spectra):
        content = spectrum.frequency_hz.tobytes() + spectrum.impedance_ohm.tobytes()
        if first.setdefault(content, row) != row:
            repeated[row] = first[content]
    return repeated


def duplicate_finding(copy: ImpedanceSpectrum, original: ImpedanceSpectrum) -> Finding:
    """Return what is found in a spectrum that repeats another."""
    return found(
        "D313", f"all {len(copy.frequency_hz)} points are those of {original.path}", copy.place
    )


def overruled(
    table: pl.DataFrame, protocol: ImpedanceProtocol
) -> tuple[pl.DataFrame, list[Finding]]:
    """Return the table with a person's verdicts, and what is found in them."""
    accepted, flags = table["accepted"].to_list(), table["flags"].to_list()
    because = [""] * table.height
    findings = []
    for overrule in protocol.overrules:
        rows = _rows(table, overrule)
        findings.append(_reported(overrule, [accepted[row] for row in rows]))
        for row in rows:
            accepted[row] = overrule.verdict == "accept"
            because[row] = overrule.reason
            reported = f"{overrule.verdict}ed by a person"
            flags[row] = f"{flags[row]}; {reported}" if flags[row] else reported
    columns = {"accepted": accepted, "flags": flags, "overruled_because": because}
    return table.with_columns(pl.Series(*each) for each in columns.items()), findings


def _rows(table: pl.DataFrame, overrule: Overrule) -> Sequence[int]:
    """Return which spectra an overrule names."""
    if overrule.file is not None:
        tail = PurePath(overrule.file).parts
        is_met = [PurePath(file).parts[-len(tail) :] == tail for file in table["file"]]
    elif "sample" in table.columns:
        is_met = [sample == overrule.sample for sample in table["sample"].cast(pl.String)]
    else:
        is_met = [PurePath(file).stem == overrule.sample for file in table["file"]]
    return [
        row
        for row, sweep in enumerate(table["sweep"])
        if is_met[row] and overrule.sweep in {None, sweep}
    ]


def _reported(overrule: Overrule, before: Sequence[bool]) -> Finding:
    """Return what an overrule did."""
    if not before:
        return found(
            "D316",
            f"{overrule.subject} is to be {overrule.verdict}ed, but no such spectrum was read",
            f"overrules: {overrule.subject}",
        )
    n_changed = sum(accepted != (overrule.verdict == "accept") for accepted in before)
    return found(
        "D315",
        f"{overrule.verdict}ed because: {overrule.reason}; {n_changed} of {len(before)}"
        " spectra change",
        f"overrules: {overrule.subject}",
    )
