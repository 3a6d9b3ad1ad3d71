"""How electrodes are paired in a cell."""

from typing import Literal

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.strict import STRICT

Role = Literal["anode", "cathode"]


class Cell(BaseModel):
    """The cell that the studied electrode is tested in.

    Attributes
    ----------
    electrode, counter_electrode : str
        Names of two declared materials: the one that is planned, and the one that matches it.
    electrode_is : {"anode", "cathode"} or None
        Which of the two the planned one is; needed where neither is called so.
    n_to_p : float
        Areal capacity of the anode over that of the cathode.
    counter_porosity : float or None
        Porosity of the counter electrode, to know its thickness.
    """

    model_config = STRICT
    electrode: str = "anode"
    counter_electrode: str = "cathode"
    electrode_is: Role | None = None
    n_to_p: float = Field(gt=0.0, le=10.0)
    counter_porosity: float | None = Field(default=None, ge=0.0, lt=1.0)

    @model_validator(mode="after")
    def _has_an_anode_and_a_cathode(self) -> "Cell":
        """Refuse a cell of one electrode, and one whose anode nobody can tell."""
        if self.electrode == self.counter_electrode:
            raise ValueError(f"'{self.electrode}' is paired with itself; name two materials")
        if self.role is None:
            raise ValueError(
                f"'{self.electrode}' may be anode or cathode;"
                ' add electrode_is = "anode" or "cathode"'
            )
        return self

    @property
    def role(self) -> Role | None:
        """Return what the planned electrode is, as it is said or as the names say it."""
        if self.electrode_is is not None:
            return self.electrode_is
        planned, counter = self.electrode.lower(), self.counter_electrode.lower()
        if "anode" in planned or "cathode" in counter:
            return "anode"
        return "cathode" if "cathode" in planned or "anode" in counter else None

    @property
    def counter_role(self) -> Role:
        """Return what the counter electrode is."""
        return "cathode" if self.role == "anode" else "anode"
