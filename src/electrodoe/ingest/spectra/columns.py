"""Which columns of a table make a spectrum, and the complex impedance they hold."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Complexes, Floats
from electrodoe.errors import IngestError
from electrodoe.ingest.spectra.header_words import HeaderWord, ImpedancePart, read_header
from electrodoe.ingest.spectra.units import factor_of

MAX_COLUMNS: Final = 1000
"""A row of more cells is no table of points."""
_BEYOND: Final = 1.01
"""A phase may lie as much beyond its range, for it is rounded."""
_CARTESIAN: Final = {ImpedancePart.REAL, ImpedancePart.IMAGINARY}
_POLAR: Final = {ImpedancePart.MODULUS, ImpedancePart.PHASE}


@dataclass(frozen=True, kw_only=True)
class PartColumn:
    """Where a table holds one part.

    Attributes
    ----------
    index : int
        Position, from 0.
    sign : {1, -1}
        Of the part, as the header says it.
    factor : float or None
        To hertz, ohm or radian; None for an angle in an unknown unit.
    """

    index: int
    sign: int
    factor: float | None


@dataclass(frozen=True, kw_only=True)
class SpectrumColumns:
    """The columns of a spectrum in a table.

    Attributes
    ----------
    parts : mapping of ImpedancePart to PartColumn
        Frequency, and real and imaginary part, or modulus and phase, or all of them.
    is_sign_said : bool
        Whether the header says the sign: a minus before the imaginary part or the phase.
    without_unit : tuple of str
        Headers that name no unit.
    """

    parts: Mapping[ImpedancePart, PartColumn]
    is_sign_said: bool
    without_unit: tuple[str, ...] = ()

    @property
    def is_cartesian(self) -> bool:
        """Return whether real and imaginary part are there."""
        return self.parts.keys() >= _CARTESIAN


def words_of(headers: Sequence[str]) -> dict[int, HeaderWord]:
    """Return what each header that names a part says, by position."""
    if len(headers) > MAX_COLUMNS:
        return {}
    words = ((index, read_header(header)) for index, header in enumerate(headers))
    return {index: word for index, word in words if word}


def is_spectrum_header(headers: Sequence[str]) -> bool:
    """Return whether a row names a frequency and an impedance."""
    found = {word.part for word in words_of(headers).values()}
    return ImpedancePart.FREQUENCY in found and (found >= _CARTESIAN or found >= _POLAR)


def spectrum_columns(headers: Sequence[str], place: str) -> SpectrumColumns:
    """Return the columns of a spectrum."""
    words = _needed(words_of(headers))
    parts: dict[ImpedancePart, PartColumn] = {}
    for index, word in words.items():
        if word.part in parts:
            first = headers[parts[word.part].index].strip()
            raise IngestError(
                f"'{first}' and '{headers[index].strip()}' both hold the {word.part}",
                where=place,
                fix="rename or delete one of the two columns",
            )
        parts[word.part] = PartColumn(
            index=index,
            sign=-1 if word.is_negated else 1,
            factor=factor_of(word, headers[index], place),
        )
    deciding = ImpedancePart.IMAGINARY if ImpedancePart.IMAGINARY in parts else ImpedancePart.PHASE
    return SpectrumColumns(
        parts=parts,
        is_sign_said=any(word.is_negated for word in words.values() if word.part is deciding),
        without_unit=tuple(
            headers[index].strip() for index, word in words.items() if not word.unit
        ),
    )


def _needed(words: dict[int, HeaderWord]) -> dict[int, HeaderWord]:
    """Return the words without half a pair: a modulus without a phase says nothing."""
    found = {word.part for word in words.values()}
    pairs = [pair for pair in (_CARTESIAN, _POLAR) if pair <= found]
    kept = {ImpedancePart.FREQUENCY}.union(*pairs)
    return {index: word for index, word in words.items() if word.part in kept}


def frequency_hz(frame: pl.DataFrame, columns: SpectrumColumns) -> Floats:
    """Return the frequencies of a table's rows, NaN where a cell is empty."""
    return _values(frame, columns, ImpedancePart.FREQUENCY)


def impedance_ohm(frame: pl.DataFrame, columns: SpectrumColumns, place: str) -> Complexes:
    """Return the impedance of a table's rows, NaN where a cell is empty.

    From real and imaginary part where they are there, else from modulus and phase.
    """
    if columns.is_cartesian:
        imaginary = _values(frame, columns, ImpedancePart.IMAGINARY)
        return _values(frame, columns, ImpedancePart.REAL) + 1j * imaginary
    return polar_ohm(frame, columns, place)


def polar_ohm(frame: pl.DataFrame, columns: SpectrumColumns, place: str) -> Complexes:
    """Return the impedance from modulus and phase; see ``impedance_ohm``."""
    phase = _values(frame, columns, ImpedancePart.PHASE)
    unit_is_said = columns.parts[ImpedancePart.PHASE].factor is not None
    phase_rad = phase if unit_is_said else np.deg2rad(phase)
    if not columns.is_cartesian:
        _require_degrees_or_radians(phase_rad, place, unit_is_said=unit_is_said)
    modulus = _values(frame, columns, ImpedancePart.MODULUS)
    if np.any(modulus < 0.0):
        raise IngestError(
            f"a modulus of {np.nanmin(modulus):.4g} ohm is negative",
            where=place,
            fix="check the headers: modulus and phase may be exchanged",
        )
    direction: Complexes = np.exp(1j * phase_rad)
    return modulus * direction


def _require_degrees_or_radians(phase_rad: Floats, place: str, *, unit_is_said: bool) -> None:
    """Raise where phases fit the other unit better, or fit both and none is said."""
    largest_rad = float(np.nanmax(np.abs(phase_rad), initial=0.0))
    if largest_rad > _BEYOND * math.pi:
        what = f"a phase of {largest_rad:.4g} rad where at most π is meant"
    elif 0.0 < largest_rad <= _BEYOND * math.radians(0.5 * math.pi):
        what = f"all phases are within ±{math.degrees(largest_rad):.3g}°, which may be radians"
    elif not unit_is_said and largest_rad <= _BEYOND * math.radians(math.pi):
        what = "a phase without a unit, which may be in degrees or radians"
    else:
        return
    raise IngestError(
        what,
        where=place,
        fix="check the unit of the phase in the header, or export real and imaginary part",
    )


def _values(frame: pl.DataFrame, columns: SpectrumColumns, part: ImpedancePart) -> Floats:
    """Return a part in its canonical unit."""
    column = columns.parts[part]
    values = frame.to_series(column.index).to_numpy().astype(np.float64)
    return values * (column.sign * (column.factor or 1.0))
