"""Symmetric cells in a blocking electrolyte, measured by an impedance analyzer."""

from typing import Literal

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.protocols.raw_files import RawFiles
from electrodoe.study.strict import STRICT

ImpedanceModel = Literal["auto", "line", "cut", "contact", "inductive", "shorted"]
ImpedanceWeighting = Literal["modulus", "unit"]


class Overrule(BaseModel):
    """A person's word against that of the screening.

    Attributes
    ----------
    file, sample : str or None
        Which spectrum: a file, with as much of its path as distinguishes it, or a sample's name.
    sweep : int or None
        Which of a file's sweeps, from 1; all where it is not given.
    verdict : {"accept", "reject"}
        What holds from now on.
    reason : str
        Why; it is kept beside the values.
    """

    model_config = STRICT
    file: str | None = None
    sample: str | None = None
    sweep: int | None = Field(default=None, ge=1)
    verdict: Literal["accept", "reject"]
    reason: str = Field(min_length=3)

    @model_validator(mode="after")
    def _names_one_thing(self) -> "Overrule":
        """Refuse an overrule of nothing, or of two things."""
        if (self.file is None) == (self.sample is None):
            raise ValueError("an overrule names either a file or a sample")
        return self

    @property
    def subject(self) -> str:
        """Return what is named, in words."""
        name = f"file '{self.file}'" if self.file else f"sample '{self.sample}'"
        return f"{name}, sweep {self.sweep}" if self.sweep else name


class ImpedanceProtocol(RawFiles):
    """Symmetric cells in a blocking electrolyte, measured by an impedance analyzer.

    Attributes
    ----------
    instrument : {"impedance"}
        Says which protocol this is.
    model : {"auto", "line", "cut", "contact", "inductive", "shorted"}
        ``line`` is the transmission line alone, ``cut`` the line below the frequency from which on
        it explains, the last three have one more element. ``auto`` takes the line where it
        explains a spectrum and otherwise the element that does.
    weighting : {"modulus", "unit"}
        Whether residuals count relative to each point, or in ohm.
    lowest_hz, highest_hz : float or None
        Frequencies that a fit sees; for uncalendered electrodes Haghi et al. (2023) stop at 1000.
        An arc or an inductance above a declared ``highest_hz`` does not reject a spectrum whose
        resistance it moves by less than ``interval_limit``.
    noise_limit : float
        Residual of Kramers and Kronig over the modulus that calls a spectrum noisy.
    short_limit : float
        Fraction of the slowest point's current through a short that calls a cell shorted.
    interval_limit, spread_limit : float
        Half-width of the 95 % interval, and span over weightings and croppings, of the ionic
        resistance, over itself: a spectrum beyond the first is rejected, one beyond the second
        where the line does not explain it.
    amplitude_mv : float or None
        Of the excitation; 20 in the paper. Printed.
    temperature_c : float or None
        Of the cells; printed.
    electrolyte : str or None
        What it was; printed.
    conductivity_us_cm, conductivity_uncertainty_us_cm : float or None, float, µS/cm
        Of the electrolyte, with its standard uncertainty.
    disc_diameter_mm, disc_diameter_uncertainty_mm : float or None, float, mm
        Of the electrodes, with its standard uncertainty.
    overrules : tuple of Overrule
        What a person saw in the gallery.
    """

    instrument: Literal["impedance"]
    model: ImpedanceModel = "auto"
    weighting: ImpedanceWeighting = "modulus"
    lowest_hz: float | None = Field(default=None, gt=0.0)
    highest_hz: float | None = Field(default=None, gt=0.0)
    noise_limit: float = Field(default=0.01, gt=0.0, lt=1.0)
    short_limit: float = Field(default=0.08, gt=0.0, lt=1.0)
    interval_limit: float = Field(default=0.1, gt=0.0)
    spread_limit: float = Field(default=0.25, gt=0.0)
    amplitude_mv: float | None = Field(default=None, gt=0.0, le=1e4)
    temperature_c: float | None = Field(default=None, gt=-273.15, le=1000.0)
    electrolyte: str | None = Field(default=None, min_length=1, max_length=200)
    conductivity_us_cm: float | None = Field(default=None, gt=0.0)
    conductivity_uncertainty_us_cm: float = Field(default=0.0, ge=0.0)
    disc_diameter_mm: float | None = Field(default=None, gt=0.0)
    disc_diameter_uncertainty_mm: float = Field(default=0.0, ge=0.0)
    overrules: tuple[Overrule, ...] = ()

    @model_validator(mode="after")
    def _has_a_window(self) -> "ImpedanceProtocol":
        """Refuse a window without frequencies."""
        lowest, highest = self.lowest_hz, self.highest_hz
        if lowest is not None and highest is not None and lowest >= highest:
            raise ValueError(f"lowest_hz {lowest:g} is not below highest_hz {highest:g}")
        return self
