"""The steps of a process in order, and the step from which on a quantity has its value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from electrodoe.study.nearest import or_nearest

PROCESS_STEPS: Final = (
    "mixing",
    "coating",
    "drying",
    "calendering",
    "slitting",
    "cutting",
    "assembly",
    "filling",
    "formation",
    "aging",
)
"""In the order of a cell factory; a study may declare its own."""

_BEFORE_THE_CALENDER: Final = {
    "uncalendered": "drying",
    "pre_calendering": "drying",
    "before_calendering": "drying",
}
"""Words that say so themselves, whatever quantity it is."""
_STEP_OF_QUANTITY: Final = {
    **_BEFORE_THE_CALENDER,
    "wet_mass_loading": "coating",
    "wet_film_thickness": "coating",
    "coating_gap": "coating",
    "coating_speed": "coating",
    "dry_mass_loading": "drying",
    "mass_loading": "coating",
    "drying": "drying",
    "dryer": "drying",
    "porosity": "calendering",
    "compaction": "calendering",
    "compaction_rate": "calendering",
    "roll_gap": "calendering",
    "roll_temperature": "calendering",
    "roll_speed": "calendering",
    "line_load": "calendering",
    "line_force": "calendering",
    "calender": "calendering",
    "calendering": "calendering",
    "calendered": "calendering",
    "slurry": "mixing",
    "mixing": "mixing",
    "viscosity": "mixing",
}
"""By the words of a column's name; the first that stand in it count. What may as well be a value
before the calender as one behind it, such as a thickness, is not here."""


def usual_step(column: str, steps: Sequence[str] = PROCESS_STEPS) -> str | None:
    """Return the process step from which on a known quantity has its value, or None.

    Parameters
    ----------
    column : str
        A column's name.
    steps : sequence of str
        The steps of the process, in order; one that is not among them is nobody's.

    Returns
    -------
    str or None
        Only where the name leaves no doubt. A name that ends in a step, such as
        ``thickness_after_drying_um``, is of that step.

    Examples
    --------
    >>> usual_step("porosity"), usual_step("dryer_2_temperature_c"), usual_step("roll_gap_um")
    ('calendering', 'drying', 'calendering')
    >>> usual_step("uncalendered_porosity"), usual_step("porosity_after_drying_pct")
    ('drying', 'drying')
    >>> usual_step("coating_thickness_um") is None
    True
    """
    return _named(column, steps, _STEP_OF_QUANTITY)


def named_step(column: str, steps: Sequence[str] = PROCESS_STEPS) -> str | None:
    """Return the process step after which a column was measured, where its name says so.

    Parameters
    ----------
    column : str
        A response's name.
    steps : sequence of str
        The steps of the process, in order.

    Returns
    -------
    str or None
        Only where the name tells the time, not where it tells a quantity.

    Examples
    --------
    >>> named_step("uncalendered_adhesion_strength_kpa"), named_step("thickness_after_drying_um")
    ('drying', 'drying')
    >>> named_step("porosity") is None
    True
    """
    return _named(column, steps, _BEFORE_THE_CALENDER)


def _named(column: str, steps: Sequence[str], known: Mapping[str, str]) -> str | None:
    """Return the step that a name says, or that one of the known words in it belongs to."""
    stem = f"_{column.lower()}_"
    found = [step for step in steps if f"_after_{step}_" in stem]
    found += [step for words, step in known.items() if f"_{words}_" in stem]
    return next((step for step in found if step in steps), None)


@dataclass(frozen=True, kw_only=True)
class Process:
    """The order of a process, and where in it factors are set.

    Attributes
    ----------
    steps : tuple of str
        In their order.
    declared : mapping of str to str
        The step that sets a factor, where the study says so.
    """

    steps: tuple[str, ...]
    declared: Mapping[str, str]

    def step_of(self, column: str) -> str | None:
        """Return the step from which on a run has its value of a column, where known.

        What the study declares comes first, then what is usual of a quantity of that name.
        """
        return self.declared.get(column) or usual_step(column, self.steps)

    def holds(self, column: str, after: str | None) -> bool:
        """Return whether samples that are taken after a step have their run's value of a column.

        They have every value where nothing says after which step they are taken, and one of a step
        that is not among the process's.
        """
        step = self.step_of(column)
        if after is None or step not in self.steps:
            return True
        return self.steps.index(step) <= self.steps.index(after)

    def require_once(self) -> None:
        """Raise where a step stands twice."""
        for step in self.steps:
            if self.steps.count(step) > 1:
                raise ValueError(f"process_steps: '{step}' stands twice; name each step once")

    def require(self, step: str, what: str) -> None:
        """Raise where a step is not one of the process."""
        if step not in self.steps:
            raise ValueError(
                f"{what}: '{step}' is no process step; {or_nearest(step, self.steps)}"
                " A process of other steps is declared in their order: process_steps = [...]"
            )

    def require_placed(self, factors: Iterable[str], samples: str, after: str) -> None:
        """Raise where nothing says from which step on a factor has its value."""
        for name in factors:
            if name in self.declared:
                self.require(self.declared[name], f"factor '{name}': process")
            if self.step_of(name) is None:
                raise ValueError(
                    f"factor '{name}': {samples} are taken after {after}, and nothing says from"
                    f' which step on a run has its value; add process = "..." to [factors.{name}]'
                )
