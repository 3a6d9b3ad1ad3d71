"""How a log of sensors is written: its clock, its marks, its encoding."""

from typing import Final, Literal

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.protocols.coil_sensor import CoilSensor
from electrodoe.study.protocols.raw_files import require_inside
from electrodoe.study.strict import STRICT

SECONDS_PER: Final = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0}


class SensorLog(BaseModel):
    """How a log of sensors is written.

    Attributes
    ----------
    time : str
        Header of the clock's column.
    time_unit : {"s", "ms", "min", "h"}
        Of a clock that is a number.
    time_format : str or None
        Of a clock that is text, in the signs of ``strftime``: ``%d.%m.%Y %H:%M:%S%.f``.
    time_zone : str or None
        Of a clock that is text without a zone of its own: ``Europe/Berlin``. With it, the night
        in which summer time ends does not read as a clock that jumps back.
    clock_ahead_s : float, s
        How much this log's clock is ahead of the clock of the log that holds the speed.
    decimal : {".", ","} or None
        Decimal mark; found from the first rows where it is not given.
    separator : str or None
        Between two cells; the header tells it where it is not given.
    encoding : str or None
        Of a text log; its first bytes tell it where it is not given.
    n_unit_rows : int
        Lines below the header that hold units.
    """

    model_config = STRICT
    time: str = "time_s"
    time_unit: Literal["s", "ms", "min", "h"] = "s"
    time_format: str | None = None
    time_zone: str | None = None
    clock_ahead_s: float = 0.0
    decimal: Literal[".", ","] | None = None
    separator: Literal[",", ";", "\t", "|"] | None = None
    encoding: str | None = None
    n_unit_rows: int = Field(default=0, ge=0, le=20)

    @model_validator(mode="after")
    def _marks_differ(self) -> "SensorLog":
        """Refuse a separator that is the decimal mark, and a zone of a clock that is a number."""
        if self.separator == "," and self.decimal == ",":
            raise ValueError("separator and decimal are both ','; correct one of the two")
        if self.time_zone is not None and self.time_format is None:
            raise ValueError("time_zone is given without time_format; say how the clock is written")
        return self


class OtherLog(SensorLog):
    """A log beside the one that holds the speed, with its own clock and rate.

    Attributes
    ----------
    files : tuple of str
        Patterns relative to the study's folder.
    sensors : tuple of CoilSensor
        Whose readings it holds.
    """

    files: tuple[str, ...] = Field(min_length=1, max_length=1000)
    sensors: tuple[CoilSensor, ...] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _stay_in_the_study(self) -> "OtherLog":
        """Refuse files outside the study's folder."""
        require_inside(self.files)
        return self
