"""The impedance analyzer: a sweep of a symmetric cell, written as EC-Lab does."""

import re
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Complexes, Floats
from electrodoe.physics import contact_arc, shorted_cell, transmission_line
from electrodoe.study import ImpedanceProtocol
from electrodoe.virtual_line.failing_cells import (
    CONDITION,
    IN_FILE,
    NOISY,
    PLANTED,
    SHORTED,
    SOUND,
    as_filed,
    with_failures,
    with_faults,
)
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.raw_files import MARK, hand_table, moment, specimen_file
from electrodoe.virtual_line.specimens import punch, resistance_of
from electrodoe.virtual_line.streams import stream

_POINTS_A_DECADE: Final = 10  # of the paper, as the ends below
_HIGHEST: Final = 4  # power of ten: 10 kHz
_LOWEST: Final = -1
"""Power of ten: 100 mHz, where the paper's sweeps end."""
_SEPARATOR_OHM: Final = (45.0, 3.0)
"""Level as of 250 µm glass fiber (porosity 0.9, 350 µS/cm); its scatter is an assumption."""
_CAPACITY: Final = (1.0e-3, 0.05)
"""Level and relative scatter of Q: graphite of a 15 mm disc in a blocking electrolyte."""
_GAMMA: Final = (0.94, 0.008)
"""Level and scatter of the exponent: assumptions; below 1, as pores are not all alike."""
_CONTACT_OHM: Final = (35.0, 6.0)
"""Level and scatter of an uncalendered coating's contact: assumptions."""
_CONTACT_Q: Final = 3.0e-6  # an assumption; the arc's top lies near 8 kHz
_CONTACT_GAMMA: Final = 0.85
"""Exponent of the contact's arc: an assumption."""
_SHORT_OHM: Final = (150.0, 400.0)
"""Between which the resistance of a short lies: an assumption."""
_NOISY: Final = 12.0
"""How many times noisier a bad cable makes a spectrum."""


def sweep_hz() -> Floats:
    """Return the frequencies of the paper's sweep: 10 kHz to 100 mHz, ten a decade.

    Examples
    --------
    >>> sweep_hz().size, float(sweep_hz()[-1])
    (51, 0.1)
    """
    n = _POINTS_A_DECADE * (_HIGHEST - _LOWEST) + 1
    return np.logspace(_HIGHEST, _LOWEST, n)


def sweep(
    r_ion_ohm: float,
    noise: float,
    rng: np.random.Generator,
    *,
    has_contact: bool = False,
    is_shorted: bool = False,
    is_noisy: bool = False,
) -> Complexes:
    """Return the impedance over :func:`sweep_hz`, with a planted arc, short or bad cable."""
    r0, capacity, gamma, contact, short = _of_the_cell(rng)
    hz = sweep_hz()
    impedance = transmission_line(hz, r0, r_ion_ohm, capacity, gamma)
    if has_contact:
        impedance = impedance + contact_arc(hz, contact, _CONTACT_Q, _CONTACT_GAMMA)
    if is_shorted:
        impedance = shorted_cell(impedance, short)
    parts = rng.standard_normal((2, hz.size)) * noise * (_NOISY if is_noisy else 1.0)
    seen: Complexes = impedance + np.abs(impedance) * (parts[0] + 1j * parts[1])
    return seen


def _of_the_cell(rng: np.random.Generator) -> tuple[float, float, float, float, float]:
    """Return separator, Q, gamma, contact and short of one cell."""
    z = rng.standard_normal(4)
    return (
        _SEPARATOR_OHM[0] + _SEPARATOR_OHM[1] * float(np.clip(z[0], -3.0, 3.0)),
        _CAPACITY[0] * (1.0 + _CAPACITY[1] * float(np.clip(z[1], -3.0, 3.0))),
        _GAMMA[0] + _GAMMA[1] * float(np.clip(z[2], -3.0, 3.0)),
        _CONTACT_OHM[0] + _CONTACT_OHM[1] * float(np.clip(z[3], -3.0, 3.0)),
        float(rng.uniform(*_SHORT_OHM)),
    )


_MINUTES: Final = 20.0
"""From one sweep to the next, for the date in the file: an assumption."""
_SETTINGS: Final = (
    ("Mode", "Single sine"),
    ("E (V)", "0.0000"),
    ("vs.", "Eoc"),
    ("fi", "10.000"),
    ("unit fi", "kHz"),
    ("ff", "100.000"),
    ("unit ff", "mHz"),
    ("Nd", "10"),
    ("Points", "per decade"),
    ("spacing", "Logarithmic"),
    ("Va (mV)", "20.0"),
    ("pw", "0.10"),
    ("Na", "3"),
    ("corr", "0"),
    ("I Range", "Auto"),
    ("Bandwidth", "8"),
    ("nc cycles", "0"),
)
_EXPONENT: Final = re.compile(r"(?<=\d)e(-?)(\d+)")
"""EC-Lab writes 1.5E-003."""
_AMPLITUDE_V: Final = 0.02
"""The paper's 20 mV."""
_PERIODS: Final = 4.0
"""Measured at each frequency, for the column of times: an assumption."""


def ec_lab_text(frequency_hz: Floats, impedance_ohm: Complexes, sample: str, number: int) -> bytes:
    """Return one sweep, the ``number``-th of the instrument, as EC-Lab writes it."""
    head = _header(sample, number)
    head[1] = f"Nb header lines : {len(head) + 1:<28}"
    table = _export(frequency_hz, impedance_ohm).write_csv(
        separator="\t", float_scientific=True, float_precision=7, line_terminator="\r\n"
    )
    numbers = _EXPONENT.sub(lambda found: f"E{found[1] or '+'}{int(found[2]):03d}", table)
    return ("\r\n".join(head) + "\r\n" + numbers).encode("latin-1")


def _header(sample: str, number: int) -> list[str]:
    """Return the lines above the table's header."""
    began = moment(number, _MINUTES).strftime("%m/%d/%Y %H:%M:%S")
    return [
        "EC-Lab ASCII FILE",
        "",
        "",
        "Potentio Electrochemical Impedance Spectroscopy",
        "",
        f"Run on channel : {number % 8 + 1} (SN 00000)",
        "User : virtual line",
        "Electrode connection : standard",
        f"Acquisition started on : {began}",
        "Saved on :",
        f"\tFile : {sample}.mpr",
        "\tDirectory : simulated\\",
        "Device : VSP-3e (SN 0000)",
        "EC-Lab for windows v11.50 (software)",
        "Electrode material : graphite, symmetric cell",
        "Electrolyte : 0.01 M TBAClO4 in EC:EMC",
        f"Comments : {MARK}",
        "Cycle Definition : Charge/Discharge alternance",
        *(f"{name:<20}{value:<20}" for name, value in _SETTINGS),
        "",
    ]


def _export(frequency_hz: Floats, impedance_ohm: Complexes) -> pl.DataFrame:
    """Return the columns of an export, the instrument's own arithmetic included."""
    modulus = np.abs(impedance_ohm)
    return pl.DataFrame(
        {
            "freq/Hz": frequency_hz,
            "Re(Z)/Ohm": impedance_ohm.real,
            "-Im(Z)/Ohm": -impedance_ohm.imag,
            "|Z|/Ohm": modulus,
            "Phase(Z)/deg": np.angle(impedance_ohm, deg=True),
            "time/s": np.cumsum(_PERIODS / frequency_hz),
            "<Ewe>/V": np.zeros(frequency_hz.size),
            "<I>/mA": np.zeros(frequency_hz.size),
            "cycle number": np.ones(frequency_hz.size),
            "|Ewe|/V": np.full(frequency_hz.size, _AMPLITUDE_V),
            "|I|/A": _AMPLITUDE_V / modulus,
        }
    )


CONDUCTIVITY_US_CM: Final = 350.0
"""Of the paper's blocking electrolyte."""
DISC_MM: Final = 15.0
"""Not printed for symmetric cells; that of the paper's full cells."""


def measure_impedance(made: Production, name: str, protocol: ImpedanceProtocol) -> Measured:
    """Return one spectrum per symmetric cell."""
    specimens = punch(name, made.coil, made.sheets, made.effects, made.study.simulation)
    is_calendered = name not in made.study.simulation.uncalendered
    cells = specimens.with_columns(pl.lit(SOUND).alias(CONDITION))
    if is_calendered:
        cells = with_failures(made, name, cells)
    truth = resistance_of(
        cells,
        made.levels,
        made.seed,
        name,
        conductivity_us_cm=protocol.conductivity_us_cm or CONDUCTIVITY_US_CM,
        disc_diameter_mm=protocol.disc_diameter_mm or DISC_MM,
    )
    faults: tuple[str, ...] = ()
    if is_calendered:
        truth, faults = with_faults(made, name, truth)
    paths = [
        specimen_file(name, protocol, run, str(sample))
        for run, sample in truth.select("run", "sample").iter_rows()
    ]
    truth = as_filed(truth).with_columns(pl.Series("file", paths))
    files = _spectra(made, name, truth)
    if protocol.index is not None:
        files[protocol.index] = hand_table(_index(made, truth), protocol.index)
    return Measured(files=files, truth=truth, faults=faults)


def _spectra(made: Production, name: str, truth: pl.DataFrame) -> dict[str, bytes]:
    """Return the files of all cells."""
    files, hz = {}, sweep_hz()
    columns = ("file", "run", "sample", CONDITION, IN_FILE)
    for number, (file, run, sample, condition, ohm) in enumerate(truth.select(columns).iter_rows()):
        impedance = sweep(
            ohm,
            made.levels.impedance,
            stream(made.seed, name, run, sample),
            has_contact=name in made.study.simulation.uncalendered,
            is_shorted=condition in {SHORTED, PLANTED},
            is_noisy=condition == NOISY,
        )
        files[file] = ec_lab_text(hz, impedance, f"run {run}, cell {sample}", number)
    return files


def _index(made: Production, truth: pl.DataFrame) -> pl.DataFrame:
    """Return the list of cells with the thickness and the porosity of their discs, as measured."""
    is_calendered = bool(truth["is_calendered"].all())
    before = "" if is_calendered else "uncalendered_"
    noise = stream(made.seed, "discs", truth["file"][0]).standard_normal(truth.height)
    measured = pl.col(f"{before}coating_thickness_um") + made.levels.micrometer_um * pl.Series(
        noise
    )
    density = made.recipe.anode.density_g_cm3
    return truth.select(
        "file",
        "run",
        "sample",
        measured.alias("coating_thickness_um"),
        "coating_mass_loading_mg_cm2",
    ).select(
        "file",
        "run",
        "sample",
        pl.col("coating_thickness_um").round(2),
        (
            1.0
            - 10.0
            * pl.col("coating_mass_loading_mg_cm2")
            / density
            / pl.col("coating_thickness_um")
        )
        .round(5)
        .alias("porosity"),
    )
