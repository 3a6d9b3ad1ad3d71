"""What an electrode is made of, and how electrodes are paired in a cell."""

from typing import Literal

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.strict import STRICT


class Component(BaseModel):
    """One solid of a coating.

    Attributes
    ----------
    mass_fraction : float
        Fraction of the coating's solids by mass, from 0 to 1.
    density_g_cm3 : float
        Density of the solid itself.
    """

    model_config = STRICT
    mass_fraction: float = Field(gt=0.0, le=1.0)
    density_g_cm3: float = Field(gt=0.0, le=25.0)


class Material(BaseModel):
    """A coating and the slurry it comes from (Table 3 of the paper).

    Attributes
    ----------
    active_mass_fraction : float
        Active material over all solids, from 0 to 1.
    theoretical_density_g_cm3 : float or None
        Of the solids without pores; follows from ``components`` where it is not given.
    components : dict
        The solids by name; their mass fractions add up to one.
    solid_content : float or None
        Solids over slurry, by mass, from 0 to 1.
    solvent_density_g_cm3 : float
        Of the slurry's liquid; water where it is not given.
    specific_capacity_mah_g : float or None
        Of the active material.
    """

    model_config = STRICT
    active_mass_fraction: float = Field(gt=0.0, le=1.0)
    theoretical_density_g_cm3: float | None = Field(default=None, gt=0.0, le=25.0)
    components: dict[str, Component] = Field(default_factory=dict)
    solid_content: float | None = Field(default=None, gt=0.0, le=1.0)
    solvent_density_g_cm3: float = Field(default=1.0, gt=0.0, le=5.0)
    specific_capacity_mah_g: float | None = Field(default=None, gt=0.0, le=5000.0)

    @model_validator(mode="after")
    def _density_is_known(self) -> "Material":
        """Refuse a coating without density, and components that do not add up."""
        if self.theoretical_density_g_cm3 is None and not self.components:
            raise ValueError(
                "the theoretical density is not known;"
                " give 'theoretical_density_g_cm3' or 'components'"
            )
        total = sum(component.mass_fraction for component in self.components.values())
        if self.components and abs(total - 1.0) > 1e-6:
            raise ValueError(f"mass fractions add up to {total:g}, not 1; correct 'components'")
        return self


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
