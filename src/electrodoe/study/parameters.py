"""What a process could be steered by, and how much each of it matters (Table 1 of the paper)."""

from typing import Literal, Self

from pydantic import BaseModel, Field, field_validator, model_validator

from electrodoe.study.laws import LAWS
from electrodoe.study.nearest import or_nearest
from electrodoe.study.strict import STRICT

Rating = Literal["low", "medium", "high"]


class Relevance(BaseModel):
    """How much a parameter matters to one kind of source: two numbers, or one plain rating.

    Attributes
    ----------
    interdependencies : int or None
        Number of other parameters that it acts on or that act on it.
    impact : float or None
        Strength of these effects on the quality of the product, from 0 to 1.
    rating : {"low", "medium", "high"} or None
        What the source says where it gives no numbers; ``literature = "high"`` is short for it.
    """

    model_config = STRICT
    interdependencies: int | None = Field(default=None, ge=0, le=1000)
    impact: float | None = Field(default=None, ge=0.0, le=1.0)
    rating: Rating | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_word_is_a_rating(cls, declared: object) -> object:
        """Read a bare word as the rating."""
        return {"rating": declared} if isinstance(declared, str) else declared

    @model_validator(mode="after")
    def _numbers_or_rating(self) -> Self:
        """Refuse half of the numbers, and numbers beside a rating."""
        numbers = (self.interdependencies, self.impact)
        n_given = sum(number is not None for number in numbers)
        if n_given != (0 if self.rating else 2):
            raise ValueError(
                "importance is neither two numbers nor a rating; give 'interdependencies' and"
                " 'impact', or one of low, medium, high"
            )
        return self


class Parameter(BaseModel):
    """One candidate for a factor.

    Attributes
    ----------
    label : str or None
        Words for figures.
    process : str
        The process step it belongs to.
    importance : {"low", "medium", "high"} or None
        A rating, where the sources are not distinguished.
    literature, experts : Relevance or None
        What publications and what interviews say, kept apart.
    complexity : {"low", "medium", "high"}
        How hard it is to digitize: to measure inline and to store.
    factor : str or None
        The declared factor that is this parameter, or that stands for it.
    because : str or None
        Why the factor, another quantity, stands for this parameter; without it the factor is the
        parameter itself.
    left_out : str or None
        Why the study leaves it out, where a person has decided so.
    follows_from : tuple of str
        Parameters or factors that fix it.
    law : str or None
        The law that makes it dependent: a name in :data:`electrodoe.study.laws.LAWS`.
    """

    model_config = STRICT
    label: str | None = None
    process: str = Field(min_length=1)
    importance: Rating | None = None
    literature: Relevance | None = None
    experts: Relevance | None = None
    complexity: Rating
    factor: str | None = None
    because: str | None = Field(default=None, min_length=1)
    left_out: str | None = Field(default=None, min_length=1)
    follows_from: tuple[str, ...] = ()
    law: str | None = None

    @field_validator("law")
    @classmethod
    def _law_is_known(cls, law: str | None) -> str | None:
        """Refuse a law that is not in the table."""
        if law is not None and law not in LAWS:
            raise ValueError(f"no law '{law}'; {or_nearest(law, LAWS)}")
        return law

    @model_validator(mode="after")
    def _importance_is_known(self) -> Self:
        """Refuse a parameter that cannot be ranked, and one that is ranked twice."""
        sources = (self.literature, self.experts)
        if self.importance is None and sources == (None, None):
            raise ValueError(
                "nothing says how important it is; give 'importance', 'literature' or 'experts'"
            )
        if self.importance is not None and sources != (None, None):
            raise ValueError(
                "importance is given by itself and by its sources; keep 'importance' or"
                " 'literature' and 'experts'"
            )
        return self

    @model_validator(mode="after")
    def _words_have_their_subject(self) -> Self:
        """Refuse reasons without what they are the reason of, and contradictory decisions."""
        if self.because is not None and self.factor is None:
            raise ValueError("'because' says why a factor stands for it; add 'factor'")
        if self.left_out is not None and self.factor is not None:
            raise ValueError("it is left out and has a factor; keep 'left_out' or 'factor'")
        if self.law is not None and not self.follows_from:
            raise ValueError(f"law '{self.law}' needs to know from what; add 'follows_from'")
        if len(set(self.follows_from)) != len(self.follows_from):
            raise ValueError("'follows_from' names a parameter twice; name each once")
        return self

    @property
    def has_stand_in(self) -> bool:
        """Return whether another quantity stands for it in the plan."""
        return self.factor is not None and self.because is not None
