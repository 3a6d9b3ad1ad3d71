"""Which parameters to plan with: ranked, freed of dependent ones, each with its role and reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from electrodoe.design.screening.case import ScreeningCase, screening_case
from electrodoe.design.screening.findings import screening_findings
from electrodoe.design.screening.relevance import ranks
from electrodoe.design.screening.roles import (
    Role,
    advice_for,
    in_words,
    inside,
    reason_for,
    role_of,
)
from electrodoe.errors import StudyError
from electrodoe.findings import Finding
from electrodoe.quantities import TableSchema
from electrodoe.study.factors import Factor
from electrodoe.study.parameters import Parameter

SCREENING_SCHEMA: Final = TableSchema(
    name="screening",
    columns={
        "rank": pl.Int64,
        "n_sharing_rank": pl.Int64,
        "parameter": pl.String,
        "label": pl.String,
        "process": pl.String,
        "literature": pl.Float64,
        "experts": pl.Float64,
        "importance": pl.Float64,
        "importance_level": pl.String,
        "complexity_level": pl.String,
        "sources_disagree": pl.Boolean,
        "role": pl.String,
        "factor": pl.String,
        "follows_from": pl.String,
        "law": pl.String,
        "advice": pl.String,
        "reason": pl.String,
    },
)
"""Importance from 0 to 1; ``follows_from`` joins names with a comma; most important first."""

_SUMMARIZED: Final = {
    Role.ELIMINATED: "Eliminated, since laws fix them",
    Role.CANDIDATE_FACTOR: "Important, and not yet factors",
    Role.CANDIDATE_RESPONSE: "To be predicted from others",
    Role.LEFT_OUT: "Left out by the study",
}
"""Roles that the summary lists."""


@dataclass(frozen=True, kw_only=True)
class SelectedFactor:
    """A declared factor that the screening leaves in the plan.

    Attributes
    ----------
    name, label : str
        The factor.
    stands_for : tuple of str
        Labels of the parameters in whose place it stands; empty where it is one itself.
    """

    name: str
    label: str
    stands_for: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the factor in a sentence."""
        if not self.stands_for:
            return self.label
        return f"{self.label} standing for {in_words([inside(each) for each in self.stands_for])}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Screening:
    """Ranked parameters and the factors they lead to; one is equal to itself only.

    Attributes
    ----------
    table : polars.DataFrame
        One row per parameter, as :data:`SCREENING_SCHEMA`.
    selection : tuple of SelectedFactor
        In the order of the declared factors.
    findings : tuple of Finding
        Contradictions and oddities, gravest first.
    """

    table: pl.DataFrame
    selection: tuple[SelectedFactor, ...]
    findings: tuple[Finding, ...]

    @property
    def sentence(self) -> str:
        """Return the selected factors as a sentence."""
        reported = [inside(factor.words) for factor in self.selection]
        return (
            f"Factors: {'; '.join(reported)}." if reported else "No parameter is a declared factor."
        )

    @property
    def summary(self) -> tuple[str, ...]:
        """Return what was chosen, what goes and what may be predicted, in sentences."""
        reported = [self.sentence]
        for role, words in _SUMMARIZED.items():
            labels = self.table.filter(pl.col("role") == role)["label"].to_list()
            if labels:
                reported.append(f"{words}: {in_words([inside(label) for label in labels])}.")
        return tuple(reported)


def screen(parameters: Mapping[str, Parameter], factors: Mapping[str, Factor]) -> Screening:
    """Rank parameters, let the dependent ones go, and say what becomes of each.

    Parameters
    ----------
    parameters : mapping of str to Parameter
        Candidates by name.
    factors : mapping of str to Factor
        Declared factors by name.

    Returns
    -------
    Screening
        The same for the same declaration.

    Raises
    ------
    StudyError
        If there are no parameters, one follows from itself, or two are the same factor.

    See Also
    --------
    electrodoe.design.screening.relevance.importances : How importance is counted.
    electrodoe.design.screening.elimination.eliminate : Which of dependent parameters goes.

    Examples
    --------
    >>> rated = {"importance": "high", "complexity": "low"}
    >>> screening = screen(
    ...     {
    ...         "mass_loading": Parameter(process="drying", **rated),
    ...         "wet_film_thickness": Parameter(process="coating", **rated,
    ...             follows_from=("mass_loading",), law="wet_film_thickness"),
    ...     },
    ...     {"mass_loading": Factor()},
    ... )
    >>> screening.sentence
    'Factors: mass loading.'
    >>> screening.table["role"].to_list()
    ['factor', 'eliminated']
    """
    if not parameters:
        raise StudyError(
            "no parameters to rank",
            where="study.toml",
            fix="add a block [parameters.NAME] with process, importance and complexity for each"
            " candidate",
        )
    case = screening_case(parameters, factors)
    return Screening(
        table=SCREENING_SCHEMA.frame(_rows(case)).sort("rank", maintain_order=True),
        selection=_selection(case),
        findings=screening_findings(case),
    )


def _rows(case: ScreeningCase) -> list[dict[str, object]]:
    """Return one row per parameter, in the order of declaration."""
    places = ranks(case.parameters, case.importance)
    return [
        {
            "rank": places[name][0],
            "n_sharing_rank": places[name][1],
            "parameter": name,
            "label": case.labels[name],
            "process": parameter.process,
            "literature": case.importance[name].literature,
            "experts": case.importance[name].experts,
            "importance": case.importance[name].overall,
            "importance_level": case.importance[name].level,
            "complexity_level": parameter.complexity,
            "sources_disagree": case.importance[name].sources_disagree,
            "role": str(role_of(case, name)),
            "factor": parameter.factor or case.own_factor.get(name, ""),
            "follows_from": ", ".join(_bases(case, name)),
            "law": _law(case, name),
            "advice": advice_for(case, name),
            "reason": reason_for(case, name),
        }
        for name, parameter in case.parameters.items()
    ]


def _bases(case: ScreeningCase, name: str) -> tuple[str, ...]:
    """Return what a parameter follows from: by its elimination, else as it is declared."""
    link = case.gone.get(name)
    return link.others(name) if link else case.parameters[name].follows_from


def _law(case: ScreeningCase, name: str) -> str:
    """Return the law by which a parameter follows from others; empty where there is none."""
    link = case.gone.get(name)
    return (link.law if link else case.parameters[name].law) or ""


def _selection(case: ScreeningCase) -> tuple[SelectedFactor, ...]:
    """Return the factors that parameters lead to, without those that follow from others."""
    lost = {case.own_factor[name] for name in case.gone if name in case.own_factor}
    chosen = []
    for factor in case.factors:
        stands_for = tuple(
            case.labels[name]
            for name, parameter in case.parameters.items()
            if parameter.has_stand_in and parameter.factor == factor
        )
        owners = [name for name, its in case.own_factor.items() if its == factor]
        if factor not in lost and (owners or stands_for):
            label = case.labels[owners[0]] if owners else case.labels[factor]
            chosen.append(SelectedFactor(name=factor, label=label, stands_for=stands_for))
    return tuple(chosen)
