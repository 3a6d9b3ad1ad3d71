"""One sensor of the coating line: what it measures, and where it stands."""

from typing import Literal

from pydantic import BaseModel, Field, field_validator, model_validator

from electrodoe.study.strict import STRICT


class Traverse(BaseModel):
    """How a sensor moves across the web.

    Attributes
    ----------
    width_mm : float
        Way from edge to edge of the coating.
    column : str or None
        Column with the sensor's place in mm from the first (left) edge.
    period_s : float or None
        Time there and back, both dwells included, where no column tells the place.
    dwell_s, leaves_first_edge_s : float
        Rest at each turn, and the clock's time at which the sensor leaves the first edge once.
    edge_mm : float or None
        Width of the lane at each edge; a quarter of the width where it is not given.
    """

    model_config = STRICT
    width_mm: float = Field(gt=0.0, le=10_000.0)
    column: str | None = None
    period_s: float | None = Field(default=None, gt=0.0)
    dwell_s: float = Field(default=0.0, ge=0.0)
    leaves_first_edge_s: float = 0.0
    edge_mm: float | None = Field(default=None, gt=0.0)

    @model_validator(mode="after")
    def _one_way_to_know_the_place(self) -> "Traverse":
        """Refuse a traverse whose place is not known, or known twice."""
        if (self.column is None) == (self.period_s is None):
            raise ValueError("a traverse needs either column or period_s; give one of the two")
        if self.period_s is not None and self.dwell_s >= 0.5 * self.period_s:
            raise ValueError("dwell_s leaves no time to move; give the rest at one turn")
        if self.edge_mm is not None and self.edge_mm >= 0.5 * self.width_mm:
            raise ValueError("edge_mm leaves no center; give less than half of width_mm")
        return self

    @property
    def lane_edges_mm(self) -> tuple[float, float]:
        """Return where the center lane begins and ends."""
        edge_mm = 0.25 * self.width_mm if self.edge_mm is None else self.edge_mm
        return edge_mm, self.width_mm - edge_mm


class CoilSensor(BaseModel):
    """One sensor of the coating line.

    Attributes
    ----------
    name : str
        What it measures, without the unit: ``coating_gap``, ``mass_loading``.
    unit : str
        Ending of our column's name: ``um``, ``mg_cm2``, ``c``; empty for a fraction.
    column : str
        The log's header.
    factor : float
        From the log's unit to ours: 0.1 from g/m² to mg/cm².
    distance_m : float
        From the blade to the sensor along the web; negative before the blade.
    side : {"left", "right"} or None
        Of a sensor that stands at one side: two of one name give a mean and a tilt.
    film : {"wet", "dry"} or None
        Whether it sees the film before or after drying; becomes part of the name.
    traverse : Traverse or None
        Of a sensor that moves across the web.
    """

    model_config = STRICT
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)
    unit: str = Field(pattern=r"^[a-z0-9_]*$", max_length=20)
    column: str
    factor: float = 1.0
    distance_m: float = Field(default=0.0, ge=-1000.0, le=1000.0)
    side: Literal["left", "right"] | None = None
    film: Literal["wet", "dry"] | None = None
    traverse: Traverse | None = None

    @field_validator("factor")
    @classmethod
    def _is_not_zero(cls, factor: float) -> float:
        """Refuse a factor that wipes every reading out."""
        if factor == 0.0:
            raise ValueError("factor is 0; give the factor from the log's unit to ours")
        return factor

    @model_validator(mode="after")
    def _stands_or_moves(self) -> "CoilSensor":
        """Refuse a sensor that stands at a side and moves across the web."""
        if self.side is not None and self.traverse is not None:
            raise ValueError("side and traverse are both given; keep one of the two")
        return self

    @property
    def key(self) -> str:
        """Return the sensor's own name: ``coating_gap_left``, ``wet_mass_loading``."""
        return "_".join(part for part in (self.film, self.name, self.side) if part)

    @property
    def quantity(self) -> str:
        """Return the name without the side: what two sensors of one name measure together."""
        return "_".join(part for part in (self.film, self.name) if part)

    def value_column(self, part: str = "") -> str:
        """Return the column of our table: ``coating_gap_tilt_um`` for the part ``tilt``."""
        return "_".join(piece for piece in (self.quantity, part, self.unit) if piece)
