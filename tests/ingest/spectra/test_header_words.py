"""Headers as programs and people spell them."""

import math

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest.spectra import ImpedancePart, read_header
from electrodoe.ingest.spectra.units import factor_of

SPELLINGS = {
    "f": (ImpedancePart.FREQUENCY, 1, 1.0),
    "freq": (ImpedancePart.FREQUENCY, 1, 1.0),
    "freq/Hz": (ImpedancePart.FREQUENCY, 1, 1.0),
    "Freq(Hz)": (ImpedancePart.FREQUENCY, 1, 1.0),
    "Frequency (Hz)": (ImpedancePart.FREQUENCY, 1, 1.0),
    "FREQUENCY [HZ]": (ImpedancePart.FREQUENCY, 1, 1.0),
    "frequency/kHz": (ImpedancePart.FREQUENCY, 1, 1e3),
    "Frequency in MHz": (ImpedancePart.FREQUENCY, 1, 1e6),
    "frequency_mhz": (ImpedancePart.FREQUENCY, 1, 1e-3),
    "frequency_hz": (ImpedancePart.FREQUENCY, 1, 1.0),
    "Frequenz, Hz": (ImpedancePart.FREQUENCY, 1, 1.0),
    "Z'": (ImpedancePart.REAL, 1, 1.0),
    "Z' (Ohms)": (ImpedancePart.REAL, 1, 1.0),
    "Z′ / Ω": (ImpedancePart.REAL, 1, 1.0),
    "Zreal": (ImpedancePart.REAL, 1, 1.0),
    "Z real [mOhm]": (ImpedancePart.REAL, 1, 1e-3),
    "z_real_ohm": (ImpedancePart.REAL, 1, 1.0),
    "Re(Z)/Ohm": (ImpedancePart.REAL, 1, 1.0),
    "Re(Z) (kΩ)": (ImpedancePart.REAL, 1, 1e3),
    "Re(Z)/\u2126": (ImpedancePart.REAL, 1, 1.0),
    "ReZ [MOhm]": (ImpedancePart.REAL, 1, 1e6),
    'Z"': (ImpedancePart.IMAGINARY, 1, 1.0),
    "Z''": (ImpedancePart.IMAGINARY, 1, 1.0),
    'Z" (Ohms)': (ImpedancePart.IMAGINARY, 1, 1.0),
    '-Z"': (ImpedancePart.IMAGINARY, -1, 1.0),
    "−Z″ [mΩ]": (ImpedancePart.IMAGINARY, -1, 1e-3),
    "- Z'' / Ohm": (ImpedancePart.IMAGINARY, -1, 1.0),
    "-Im(Z)/Ohm": (ImpedancePart.IMAGINARY, -1, 1.0),
    "minus Im(Z) (ohm)": (ImpedancePart.IMAGINARY, -1, 1.0),
    "Zimag": (ImpedancePart.IMAGINARY, 1, 1.0),
    "Imag(Z) µOhm": (ImpedancePart.IMAGINARY, 1, 1e-6),
    "|Z|/Ohm": (ImpedancePart.MODULUS, 1, 1.0),
    "Zmod (ohm)": (ImpedancePart.MODULUS, 1, 1.0),
    "Impedance magnitude (kOhm)": (ImpedancePart.MODULUS, 1, 1e3),
    "Phase(Z)/deg": (ImpedancePart.PHASE, 1, math.pi / 180.0),
    "Phase angle (°)": (ImpedancePart.PHASE, 1, math.pi / 180.0),
    "Zphz (\ufffd)": (ImpedancePart.PHASE, 1, math.pi / 180.0),
    "-Phase [deg]": (ImpedancePart.PHASE, -1, math.pi / 180.0),
    "theta (rad)": (ImpedancePart.PHASE, 1, 1.0),
    "φ/mrad": (ImpedancePart.PHASE, 1, 1e-3),
    "phase": (ImpedancePart.PHASE, 1, None),
}
FOREIGN = (
    *("time/s", "Pt", "Re(Y)/Ohm-1", "Im(Y)/Ohm-1", "|Y|/Ohm-1", "Cs/µF", "<I>/mA", "Ecell/V"),
    *("-f", "-|Z|", "-Re(Z)/Ohm", "cycle number", "", "Range", "Zsig", "R/Ohm", "Temperature"),
)


@pytest.mark.parametrize("header", SPELLINGS)
def test_a_usual_spelling_is_understood(header: str):
    """Quantity, sign, and the factor to hertz, ohm or radian."""
    part, sign, factor = SPELLINGS[header]

    word = read_header(header)

    assert word is not None
    assert (word.part, word.is_negated) == (part, sign < 0)
    assert factor_of(word, header, "a.csv, line 1") == factor


@pytest.mark.parametrize("header", FOREIGN)
def test_another_quantity_is_passed_over(header: str):
    """An admittance is no impedance."""
    assert read_header(header) is None


@pytest.mark.parametrize(
    "header",
    ["Z' (Ohm cm2)", "Re(Z)/Ohm.cm²", "Z'' [Ω·cm^2]", "|Z| (ohm*m2)", "Zreal (kOhmcm2)"],
)
def test_an_impedance_per_area_is_refused(header: str):
    """The reason is said: the area is not known."""
    word = read_header(header)
    assert word is not None

    with pytest.raises(IngestError, match="the area it was multiplied by is not known") as caught:
        factor_of(word, header, "a.csv, line 3")

    assert caught.value.where == f"a.csv, line 3, column '{header}'"
    assert caught.value.fix == "export the impedance in ohm, not per area"


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("Frequency (rpm)", "mHz, Hz, kHz or MHz"),
        ("f (rad/s)", "mHz, Hz, kHz or MHz"),
        ("f (Ohm)", "mHz, Hz, kHz or MHz"),
        ("Z' (S)", "mOhm, Ohm, kOhm or MOhm"),
        ("Z'' (Hz)", "mOhm, Ohm, kOhm or MOhm"),
        ("Phase (grad)", "deg or rad"),
    ],
)
def test_an_unknown_unit_is_refused(header: str, known: str):
    """With the units that are known."""
    word = read_header(header)
    assert word is not None

    with pytest.raises(IngestError, match="which is none of") as caught:
        factor_of(word, header, "a.csv, line 1")

    assert known in caught.value.fix
