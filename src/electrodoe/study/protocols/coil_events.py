"""What happened along a coil: runs from here to there, splices."""

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.strict import STRICT


class RunSpan(BaseModel):
    """The web of one run, in meters that had passed the blade or in times of the speed's clock.

    Attributes
    ----------
    run : str
        Which run of the plan.
    start_m, end_m : float or None
        Lengths of web that had passed the blade.
    start_time, end_time : str, float or None
        In place of meters: as the clock writes them.
    """

    model_config = STRICT
    run: str = Field(min_length=1)
    start_m: float | None = None
    end_m: float | None = None
    start_time: str | float | None = None
    end_time: str | float | None = None

    @model_validator(mode="after")
    def _in_meters_or_times(self) -> "RunSpan":
        """Refuse a span without start or end, with both kinds, or of no length."""
        if (self.start_m is None) == (self.start_time is None) or (self.end_m is None) == (
            self.end_time is None
        ):
            raise ValueError(
                f"run '{self.run}' needs one start and one end; give start_m and end_m, or"
                " start_time and end_time"
            )
        if self.start_m is not None and self.end_m is not None and self.start_m >= self.end_m:
            raise ValueError(
                f"run '{self.run}' ends at {self.end_m:g} m, before it starts; correct start_m"
            )
        return self


class Splice(BaseModel):
    """Where two webs are joined.

    Attributes
    ----------
    at_m : float or None
        Length of web that had passed the blade when the splice's front came.
    at_time : str, float or None
        In place of meters: as the speed's clock writes it.
    length_m : float
        Web that is tape or bare foil; its segment is not accepted.
    """

    model_config = STRICT
    at_m: float | None = None
    at_time: str | float | None = None
    length_m: float = Field(default=0.0, ge=0.0, le=100.0)

    @model_validator(mode="after")
    def _in_meters_or_time(self) -> "Splice":
        """Refuse a splice that is nowhere, or at two places."""
        if (self.at_m is None) == (self.at_time is None):
            raise ValueError("a splice needs either at_m or at_time; give one of the two")
        return self
