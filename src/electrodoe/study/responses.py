"""What was measured at the end and is to be predicted."""

from itertools import pairwise
from typing import Final, Literal

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.strict import STRICT

Direction = Literal["rises", "falls", "any"]
"""How a response follows a factor while the others stay; ``any`` expects nothing."""
ResponseKind = Literal["number", "binary", "count"]
"""What a value of a response is: a measured number, one of two outcomes, or how often."""


_OF_A_GOAL: Final = ("upper", "importance", "lower", "target", "weight")
"""Keys that say nothing where no goal is declared."""
GOAL_KEYS: Final = ("goal", *_OF_A_GOAL)
"""What a response says about a decision, and nothing else depends on."""


class Response(BaseModel):
    """One target variable, and what is wanted of it.

    Attributes
    ----------
    label : str or None
        Words for figures; made from the column's name where it is not given.
    unit : str or None
        Unit of the column, as it is to be shown; that of its name or of the table's header where it
        is not given. A table in another unit is converted to it.
    range : (float, float) or None
        Minimum and maximum value that can be true, in the column's unit; others become findings.
    measured_per : {"sample", "configuration"}
        Whether each row was measured by itself, or one value was copied to every row of its
        configuration. The second is modeled on one row per configuration.
    kind : {"number", "binary", "count"} or None
        A measured number; one of two outcomes such as pass and fail, whose probability is modeled;
        or how often something happened, whose mean is. None is taken as a number, and asked about
        where a column holds 0 and 1 alone.
    event : str or None
        The outcome of a binary response that counts as 1, as its cells write it; needed where
        they are neither 0 and 1 nor a known pair such as ``pass`` and ``fail``.
    transform : {"log", "sqrt", "logit", "box-cox"} or None
        On whose scale it is modeled: natural logarithm, square root, ln(y/(1 - y)) of a fraction or
        percentage, or the power that its samples make likeliest. Everything a person reads stays in
        the column's unit, predictions as medians.
    after : str or None
        The process step after which it was measured, such as ``drying``; an input that is set
        later cannot explain it. Samples of an instrument say so in their protocol.
    goal : {"maximize", "minimize", "target", "range"} or None
        What ``electrodoe recommend`` looks for; None leaves the response out.
    lower, upper : float or None
        Specification: a product outside is not good, whatever else it is. Of a binary response
        what its probability is to keep, such as ``lower = 0.9``.
    target : float or None
        The wanted value; for ``maximize`` and ``minimize``: beyond it nothing more is gained.
    weight : float
        Exponent of the desirability: above 1 only values near the target count much.
    importance : float
        How much this response counts beside others.
    expected : dict of str to {"rises", "falls", "any"}
        How physics lets the response follow a factor, by the factor's name. It adds to the laws
        that are known by the quantities' names, and overrules them.
    """

    model_config = STRICT
    label: str | None = None
    unit: str | None = Field(default=None, min_length=1)
    range: tuple[float, float] | None = None
    kind: ResponseKind | None = None
    event: str | None = Field(default=None, min_length=1)
    measured_per: Literal["sample", "configuration"] = "sample"
    transform: Literal["log", "sqrt", "logit", "box-cox"] | None = None
    after: str | None = None
    goal: Literal["maximize", "minimize", "target", "range"] | None = None
    lower: float | None = None
    upper: float | None = None
    target: float | None = None
    weight: float = Field(default=1.0, gt=0.0, le=100.0)
    importance: float = Field(default=1.0, gt=0.0, le=100.0)
    expected: dict[str, Direction] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _range_rises(self) -> "Response":
        """Refuse a range whose ends are swapped."""
        if self.range is not None and self.range[0] >= self.range[1]:
            raise ValueError(f"range {list(self.range)} does not rise; write [min, max]")
        return self

    @model_validator(mode="after")
    def _goal_is_whole(self) -> "Response":
        """Refuse limits without a goal, a goal without what it needs, and values out of order."""
        given = [name for name in _OF_A_GOAL if getattr(self, name) != _default(name)]
        if self.goal is None and given:
            raise ValueError(
                f"{' and '.join(given)} without a goal;"
                ' add goal = "maximize", "minimize", "target" or "range"'
            )
        if self.goal == "target" and self.target is None:
            raise ValueError('goal = "target" needs the wanted value; add target = ...')
        if self.goal == "range" and (self.target is not None or self._is_unlimited):
            raise ValueError('goal = "range" needs lower or upper, and knows no target')
        ends = [end for end in (self.lower, self.target, self.upper) if end is not None]
        if any(first >= second for first, second in pairwise(ends)):
            raise ValueError(f"{ends} do not rise; lower < target < upper is meant")
        return self

    @model_validator(mode="after")
    def _kind_fits(self) -> "Response":
        """Refuse what has no meaning beside two outcomes or a count."""
        if self.event is not None and self.kind != "binary":
            raise ValueError('event is the outcome that counts as 1; add kind = "binary"')
        if self.kind in {"binary", "count"} and self.transform is not None:
            raise ValueError(
                f'kind = "{self.kind}" has its own scale; leave transform = "{self.transform}" out'
            )
        if self.kind == "binary" and (self.unit is not None or self.range is not None):
            raise ValueError('kind = "binary" has no unit and no range; leave them out')
        ends = [end for end in (self.lower, self.target, self.upper) if end is not None]
        if self.kind == "binary" and not all(0.0 < end < 1.0 for end in ends):
            raise ValueError(
                f"{ends}: of a binary response lower, target and upper are probabilities, between"
                " 0 and 1, both excluded"
            )
        return self

    @property
    def _is_unlimited(self) -> bool:
        """Return whether no specification is given."""
        return self.lower is None and self.upper is None


def _default(name: str) -> object:
    """Return what a key of a response is where nobody declares it."""
    return Response.model_fields[name].default
