"""Pull-off tests on a testing machine."""

from typing import Literal

from pydantic import Field

from electrodoe.study.protocols.raw_files import RawFiles
from electrodoe.study.tolerance import Fraction


class AdhesionProtocol(RawFiles):
    """Pull-off tests on a testing machine; the defaults are Table 4 of the paper.

    Attributes
    ----------
    instrument : {"adhesion"}
        Says which protocol this is.
    area_mm2 : float
        Of the specimen under the stamp.
    compression_stress_kpa : float or None
        With which the stamp is pressed on before the pull; None where it is not.
    compression_velocity_mm_min : float or None
        With which the stamp comes down; .75 in the paper. Printed, not compared.
    dwell_time_s : float or None
        For how long; None where nothing is to be compared.
    pull_off_speed_mm_min : float or None
        Of the crosshead during the pull; None where nothing is to be compared.
    data_rate_hz : float or None
        Points per second; None where nothing is to be compared.
    tension_sign : {"auto", "positive", "negative"}
        Sign of the machine's force while it pulls; found from the order of compression and pull.
    load_cell_n : float or None
        Nominal force of the load cell, where known.
    temperature_c : float or None
        At which was pulled; printed.
    tolerance : float
        Fraction by which compression, dwell and speed may differ from what is said here;
        ``"20 %"`` is taken too.
    """

    instrument: Literal["adhesion"]
    area_mm2: float = Field(default=50.26, gt=0.0, le=1e6)
    compression_stress_kpa: float | None = Field(default=1500.0, gt=0.0, le=1e6)
    compression_velocity_mm_min: float | None = Field(default=None, gt=0.0, le=1e5)
    dwell_time_s: float | None = Field(default=30.0, ge=0.0, le=86_400.0)
    pull_off_speed_mm_min: float | None = Field(default=100.0, gt=0.0, le=1e5)
    data_rate_hz: float | None = Field(default=2000.0, gt=0.0, le=1e6)
    tension_sign: Literal["auto", "positive", "negative"] = "auto"
    load_cell_n: float | None = Field(default=None, gt=0.0, le=1e7)
    temperature_c: float | None = Field(default=None, gt=-273.15, le=1000.0)
    tolerance: Fraction = 0.2
