"""Impedance spectra as EC-Lab exports them: a header of settings, tabs, -Im(Z)."""

import re
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.virtual_line.coatings import Floats
from electrodoe.virtual_line.files.marks import MARK, moment

_MINUTES: Final = 20.0
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
_PERIODS: Final = 4.0


def ec_lab_text(
    frequency_hz: Floats, impedance_ohm: NDArray[np.complex128], sample: str, number: int
) -> bytes:
    """Return one sweep as EC-Lab writes it.

    Parameters
    ----------
    frequency_hz : array of shape (n_points,), Hz
        In the order of the sweep.
    impedance_ohm : complex array of shape (n_points,), ohm
        Capacitive points have a negative imaginary part; EC-Lab writes its negative.
    sample : str
        What is written into the header.
    number : int
        Which test of the instrument this was; its clock follows.

    Returns
    -------
    bytes
        Latin-1, with DOS line ends.
    """
    head = _header(sample, number)
    head[1] = f"Nb header lines : {len(head) + 1:<28}"
    table = _table(frequency_hz, impedance_ohm).write_csv(
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


def _table(frequency_hz: Floats, impedance_ohm: NDArray[np.complex128]) -> pl.DataFrame:
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
