"""What the report's figures show: whose curves, in which scale, and what stands side by side."""

from typing import Literal

from pydantic import BaseModel, Field

from electrodoe.study.strict import STRICT


class ReportRequest(BaseModel):
    """The block ``[report]`` of ``study.toml``; every key may be left out.

    Attributes
    ----------
    bruggeman_curve : str or None
        Family whose tortuosities stand beside Bruggeman's relation; the one that decides without
        it.
    fds : tuple of str or None
        Families whose fraction of design space is drawn; the best and the default without it.
    fds_scale : {"standard deviation", "variance"}
        What the fraction of design space is drawn of: in the response's unit, or in its square.
    parity : tuple of str or None
        Families in the parity plots; the paper's, the default and the best without it.
    explained : str, dict of str to str, or None
        Family whose Shapley values, effects and contours are drawn, of every response or by
        response; the one that decides without it.
    mdi : tuple of str or None
        Families whose impurities are drawn; the first that has some without it.
    order_by : tuple of str
        Factors by which configurations are ordered and named, the slowest first; as declared
        without it.
    side_by_side : tuple of tuple of str
        Responses that share a figure, from the left: ``[["ionic_resistance_ohm", "tortuosity"]]``,
        in the first scenario that has them all.
    """

    model_config = STRICT
    bruggeman_curve: str | None = None
    fds: tuple[str, ...] | None = Field(default=None, min_length=1, max_length=4)
    fds_scale: Literal["standard deviation", "variance"] = "standard deviation"
    parity: tuple[str, ...] | None = Field(default=None, min_length=1)
    explained: str | dict[str, str] | None = None
    mdi: tuple[str, ...] | None = Field(default=None, min_length=1)
    order_by: tuple[str, ...] = ()
    side_by_side: tuple[tuple[str, ...], ...] = ()

    @property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Return the families that are asked for, by key."""
        several = {
            "bruggeman_curve": (self.bruggeman_curve,) if self.bruggeman_curve else None,
            "explained": self._explained_families,
            "fds": self.fds,
            "parity": self.parity,
            "mdi": self.mdi,
        }
        return {key: names for key, names in several.items() if names is not None}

    @property
    def explained_responses(self) -> tuple[str, ...]:
        """Return the responses of which a family of their own is to be explained."""
        return tuple(self.explained) if isinstance(self.explained, dict) else ()

    @property
    def _explained_families(self) -> tuple[str, ...] | None:
        """Return the families that are to be explained."""
        if isinstance(self.explained, dict):
            return tuple(dict.fromkeys(self.explained.values()))
        return None if self.explained is None else (self.explained,)

    def explained_of(self, response: str) -> str | None:
        """Return the family that is asked to explain a response."""
        if isinstance(self.explained, dict):
            return self.explained.get(response)
        return self.explained
