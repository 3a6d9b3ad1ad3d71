"""What physics says about how a response follows a factor, by the names of quantities."""

from dataclasses import dataclass
from typing import Final, Literal

from electrodoe.quantities import c_rate_of, quantity_of
from electrodoe.study import Study

Sign = Literal["rises", "falls"]
_PAPER: Final = "Haghi et al. 2023"


@dataclass(frozen=True, kw_only=True)
class SignLaw:
    """How one quantity follows another while the rest stays as it is.

    Attributes
    ----------
    response, factor : str
        Names of quantities.
    sign : {"rises", "falls"}
        What the response does as the factor rises.
    source : str
        Why.
    unit : str or None
        Unit suffix of the response to which it is limited.
    max_c_rate : float or None
        Largest C-rate up to which it holds.
    not_beside : tuple of str
        Quantities that, held constant as inputs, take the law its ground.
    """

    response: str
    factor: str
    sign: Sign
    source: str
    unit: str | None = None
    max_c_rate: float | None = None
    not_beside: tuple[str, ...] = ()


SIGN_LAWS: Final[tuple[SignLaw, ...]] = (
    SignLaw(
        response="tortuosity",
        factor="porosity",
        sign="falls",
        source=f"Bruggeman's relation, {_PAPER}, eq. (4)",
    ),
    SignLaw(
        response="tortuosity",
        factor="compaction_rate",
        sign="rises",
        source=f"less pore space after more compaction, {_PAPER}, eqs. (1), (3) and (4)",
        not_beside=("porosity",),
    ),
    SignLaw(
        response="ionic_resistance",
        factor="porosity",
        sign="falls",
        source=f"{_PAPER}, eqs. (1), (2) and (4); for porosities below 0.6",
        not_beside=("coating_thickness", "electrode_thickness"),
    ),
    SignLaw(
        response="ionic_resistance",
        factor="mass_loading",
        sign="rises",
        source=f"a thicker coating is a longer way, {_PAPER}, eqs. (1) and (2)",
        not_beside=("coating_thickness", "electrode_thickness"),
    ),
    SignLaw(
        response="ionic_resistance",
        factor="compaction_rate",
        sign="rises",
        source=f"less pore space after more compaction, {_PAPER}, eqs. (1) to (4)",
        not_beside=("porosity",),
    ),
    SignLaw(
        response="discharge_capacity",
        factor="mass_loading",
        sign="rises",
        source="more active material per cell, and time enough to use it",
        unit="mah",
        max_c_rate=0.2,
    ),
    SignLaw(
        response="coating_thickness",
        factor="mass_loading",
        sign="rises",
        source=f"balance of mass, {_PAPER}, eq. (1)",
    ),
    SignLaw(
        response="electrode_thickness",
        factor="mass_loading",
        sign="rises",
        source=f"balance of mass, {_PAPER}, eq. (1)",
    ),
    SignLaw(
        response="mass_loading",
        factor="coating_gap",
        sign="rises",
        source="a wider gap leaves a thicker wet film",
        not_beside=("mass_loading", "wet_film_thickness"),
    ),
    SignLaw(
        response="mass_loading",
        factor="wet_film_thickness",
        sign="rises",
        source="balance of solids over drying",
        not_beside=("mass_loading",),
    ),
)
"""Laws that hold whatever the material. A study adds its own, or takes one back."""


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What one response is expected to do as one factor rises.

    Attributes
    ----------
    factor : str
        An input of the scenario.
    sign : {"rises", "falls"}
        Which way.
    source : str
        Who says so.
    """

    factor: str
    sign: Sign
    source: str

    @property
    def direction(self) -> float:
        """Return +1 where the response rises, -1 where it falls."""
        return 1.0 if self.sign == "rises" else -1.0

    def agrees(self, low: float, high: float) -> bool:
        """Return whether an interval of a change lies wholly on the expected side of zero."""
        return low > 0.0 if self.sign == "rises" else high < 0.0


def expectations(study: Study, target: str, inputs: tuple[str, ...]) -> tuple[Expectation, ...]:
    """Return what is expected of a response in a scenario.

    Parameters
    ----------
    study : Study
        Its ``expected`` comes first; ``"any"`` takes a law back.
    target : str
        A declared response.
    inputs : tuple of str
        The scenario's inputs.

    Returns
    -------
    tuple of Expectation
        In the order of the inputs. A law is not applied where two inputs are of its factor's
        quantity: nobody knows which of them is meant to be held.

    Examples
    --------
    >>> study = Study(title="a", factors={"porosity": {}, "roll_temperature_c": {}},
    ...     responses={"tortuosity": {"expected": {"roll_temperature_c": "falls"}}})
    >>> for found in expectations(study, "tortuosity", ("porosity", "roll_temperature_c")):
    ...     print(found.factor, found.sign, found.source)
    porosity falls Bruggeman's relation, Haghi et al. 2023, eq. (4)
    roll_temperature_c falls declared in study.toml
    """
    declared = study.responses[target].expected
    found = []
    for name in inputs:
        sign = declared.get(name)
        if sign is None:
            law = _law(target, name, inputs)
            if law is not None:
                found.append(Expectation(factor=name, sign=law.sign, source=law.source))
        elif sign != "any":
            found.append(Expectation(factor=name, sign=sign, source="declared in study.toml"))
    return tuple(found)


def _law(target: str, factor: str, inputs: tuple[str, ...]) -> SignLaw | None:
    """Return the law that links a response with one of the inputs, or None."""
    response, cause = quantity_of(target), quantity_of(factor)
    if response is None or cause is None:
        return None
    held = [other.name for name in inputs if name != factor and (other := quantity_of(name))]
    if cause.name in held:
        return None
    rate = c_rate_of(target)
    for law in SIGN_LAWS:
        is_it = (law.response, law.factor) == (response.name, cause.name)
        has_unit = law.unit in (None, response.unit_suffix)
        is_slow = law.max_c_rate is None or (rate is not None and rate <= law.max_c_rate)
        if is_it and has_unit and is_slow and not set(law.not_beside) & set(held):
            return law
    return None
