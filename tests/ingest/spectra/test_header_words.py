"""Headers as programs and people spell them."""

import math

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest.spectra import Part, read_header
from electrodoe.ingest.spectra.units import factor_of

SPELLINGS = {
    "f": (Part.FREQUENCY, 1, 1.0),
    "freq": (Part.FREQUENCY, 1, 1.0),
    "freq/Hz": (Part.FREQUENCY, 1, 1.0),
    "Freq(Hz)": (Part.FREQUENCY, 1, 1.0),
    "Frequency (Hz)": (Part.FREQUENCY, 1, 1.0),
    "FREQUENCY [HZ]": (Part.FREQUENCY, 1, 1.0),
    "frequency/kHz": (Part.FREQUENCY, 1, 1e3),
    "Frequency in MHz": (Part.FREQUENCY, 1, 1e6),
    "frequency_mhz": (Part.FREQUENCY, 1, 1e-3),
    "frequency_hz": (Part.FREQUENCY, 1, 1.0),
    "Frequenz, Hz": (Part.FREQUENCY, 1, 1.0),
    "Z'": (Part.REAL, 1, 1.0),
    "Z' (Ohms)": (Part.REAL, 1, 1.0),
    "Z′ / Ω": (Part.REAL, 1, 1.0),
    "Zreal": (Part.REAL, 1, 1.0),
    "Z real [mOhm]": (Part.REAL, 1, 1e-3),
    "z_real_ohm": (Part.REAL, 1, 1.0),
    "Re(Z)/Ohm": (Part.REAL, 1, 1.0),
    "Re(Z) (kΩ)": (Part.REAL, 1, 1e3),
    "Re(Z)/\u2126": (Part.REAL, 1, 1.0),
    "ReZ [MOhm]": (Part.REAL, 1, 1e6),
    'Z"': (Part.IMAGINARY, 1, 1.0),
    "Z''": (Part.IMAGINARY, 1, 1.0),
    'Z" (Ohms)': (Part.IMAGINARY, 1, 1.0),
    '-Z"': (Part.IMAGINARY, -1, 1.0),
    "−Z″ [mΩ]": (Part.IMAGINARY, -1, 1e-3),
    "- Z'' / Ohm": (Part.IMAGINARY, -1, 1.0),
    "-Im(Z)/Ohm": (Part.IMAGINARY, -1, 1.0),
    "minus Im(Z) (ohm)": (Part.IMAGINARY, -1, 1.0),
    "Zimag": (Part.IMAGINARY, 1, 1.0),
    "Imag(Z) µOhm": (Part.IMAGINARY, 1, 1e-6),
    "|Z|/Ohm": (Part.MODULUS, 1, 1.0),
    "Zmod (ohm)": (Part.MODULUS, 1, 1.0),
    "Impedance magnitude (kOhm)": (Part.MODULUS, 1, 1e3),
    "Phase(Z)/deg": (Part.PHASE, 1, math.pi / 180.0),
    "Phase angle (°)": (Part.PHASE, 1, math.pi / 180.0),
    "Zphz (\ufffd)": (Part.PHASE, 1, math.pi / 180.0),
    "-Phase [deg]": (Part.PHASE, -1, math.pi / 180.0),
    "theta (rad)": (Part.PHASE, 1, 1.0),
    "φ/mrad": (Part.PHASE, 1, 1e-3),
    "phase": (Part.PHASE, 1, None),
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
