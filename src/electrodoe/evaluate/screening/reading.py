"""A screening design read as one: effects, their error, their aliases, and what parts them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import scipy.stats

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import TrainingData
from electrodoe.evaluate.screening.contrasts import (
    Contrast,
    orthogonal_contrasts,
    pure_error,
)
from electrodoe.evaluate.screening.definitive import TwoStages, is_definitive, two_stages
from electrodoe.evaluate.screening.lenth import (
    MIN_CONTRASTS,
    ErrorOfContrasts,
    known_error,
    lenth_error,
)
from electrodoe.evaluate.screening.nominal_design import NominalDesign, nominal_design
from electrodoe.evaluate.screening.parting_runs import (
    IsPossible,
    PartingRuns,
    de_aliasing_runs,
    foldover,
    plausible,
)
from electrodoe.evaluate.screening.supersaturated import forward_selection, nearest_rivals
from electrodoe.evaluate.screening.terms import Term, aliases, chain, letters, named

Kind = Literal["two_level", "definitive", "supersaturated"]
Verdict = Literal["active", "possibly", "not"]
MIN_FACTORS: Final = 3
"""Two factors in four runs have three contrasts, too few to show their own error."""
_MOST_CORRELATED: Final = 0.5
"""Correlation of two main effects above which two levels are no design, but happened; chosen."""
_MOST_RUNS: Final = 256
"""More runs are no screening: they have degrees of freedom enough for the tests of terms."""
_THIRD_ORDER: Final = 16
"""Factors up to which aliases of third order are listed: 560 terms for each contrast."""
_LENTH_FREEDOM: Final = 3
"""Lenth's error is worth a third as many degrees of freedom as there are contrasts (Lenth 1989)."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One effect of a screening design.

    Attributes
    ----------
    term, name, letters : tuple of int, str, str
        In numbers of factors, in the columns' names, in letters.
    estimate : float
        Mean response at the high level less that at the low level; of a square, the ends less the
        middle.
    sum_of_squares : float or None
        With one degree of freedom; None where it is not the contrast's alone.
    standard_error, margin, simultaneous_margin : float or None
        Of the estimate.
    verdict : {"active", "possibly", "not"}
        Beyond the simultaneous margin; beyond the margin of its own alone; within.
    chain : str
        What the contrast estimates, in letters; its own letters where nothing else.
    stage : int
        1, or 2 for second order among heirs.
    """

    term: Term
    name: str
    letters: str
    estimate: float
    sum_of_squares: float | None
    standard_error: float | None
    margin: float | None
    simultaneous_margin: float | None
    verdict: Verdict
    chain: str
    stage: int = 1


@dataclass(frozen=True, kw_only=True, eq=False)
class ScreeningReading:
    """What a screening design says of one response.

    Attributes
    ----------
    kind : {"two_level", "definitive", "supersaturated"}
        Of the design.
    design : NominalDesign
        The runs.
    effects : tuple of Effect
        In canonical order.
    error : {"lenth", "pure_error", "fake_factors", "simulated_noise"}
        Where the error comes from.
    degrees_of_freedom : int or None
        Of the error, where it has some.
    n_rivals : int
        Other sets of second-order terms that fit as well (definitive screening).
    curvature, curvature_p : float or None
        Mean of the center runs less that of the corners, and its p against pure error.
    runs : PartingRuns or None
        What parts the effects that cannot be told apart.
    """

    kind: Kind
    design: NominalDesign
    effects: tuple[Effect, ...]
    error: Literal["lenth", "pure_error", "fake_factors", "simulated_noise"]
    degrees_of_freedom: int | None = None
    n_rivals: int = 0
    curvature: float | None = None
    curvature_p: float | None = None
    runs: PartingRuns | None = None


def read_screening(data: TrainingData, is_possible: IsPossible) -> ScreeningReading | None:
    """Return what a screening design says, or None where the runs are no such design.

    Parameters
    ----------
    data : TrainingData
        One response; judged on the scale of its transform.
    is_possible : callable
        Of settings in the factors' own units, shape (n_runs, n_factors), which keep the limits of
        the plan: next runs do.

    Returns
    -------
    ScreeningReading or None
        Two levels (regular, Plackett-Burman, irregular; center runs beside them), definitive
        screening or OMARS, or supersaturated; None for all other data, and for outcomes and counts.
    """
    if data.kind != "number":  # contrasts of outcomes have no common error
        return None
    design = nominal_design(data)
    if design is None or not _is_readable(design):
        return None
    is_corner = np.all(design.coded != 0.0, axis=1)

    def keeps_limits(coded: Floats) -> Booleans:
        return is_possible(design.settings(coded))

    if np.all(is_corner | design.is_center):
        return _two_levels(design, is_corner, keeps_limits)
    if design.blocks is None and is_definitive(design.coded):
        return _definitive(design, keeps_limits)
    return None


def _is_readable(design: NominalDesign) -> bool:
    """Return whether factors, runs and response are such that contrasts say something."""
    is_size = len(design.names) >= MIN_FACTORS and len(design.coded) <= _MOST_RUNS
    return is_size and len(np.unique(design.response)) > 2  # pass and fail have no normal error


def _two_levels(
    design: NominalDesign, is_corner: Booleans, is_possible: IsPossible
) -> ScreeningReading | None:
    """Return the reading of two levels, or None where they only happened to be two."""
    X = design.coded[is_corner]
    n_distinct = len(np.unique(X, axis=0))
    if len(X) < MIN_CONTRASTS + 1 or np.any(np.ptp(X, axis=0) == 0.0):
        return None
    if n_distinct <= X.shape[1]:
        if design.blocks is not None:
            return None
        return _supersaturated(design, is_corner, is_possible)
    r = np.corrcoef(X.T) - np.eye(X.shape[1])
    if np.abs(r).max() > _MOST_CORRELATED:
        return None
    blocks = None if design.blocks is None else design.blocks[is_corner]
    found = orthogonal_contrasts(X, blocks)
    if len(found) < MIN_CONTRASTS:
        return None
    response = design.response[is_corner]
    values = np.array([contrast.weights @ response for contrast in found])
    squares, freedom = pure_error(design.coded, design.blocks, design.response)
    is_known = freedom >= max(_LENTH_FREEDOM, len(found) / _LENTH_FREEDOM)
    error = (
        known_error(float(np.sqrt(squares / freedom)), freedom, len(found))
        if is_known
        else lenth_error(values)
    )
    verdicts = _verdicts(values, error)
    curvature, p = _curvature(design, is_corner, squares, freedom)
    return ScreeningReading(
        kind="two_level",
        design=design,
        effects=_effects(design, X, found, values, error, verdicts),
        error="pure_error" if is_known else "lenth",
        degrees_of_freedom=error.degrees_of_freedom,
        curvature=curvature,
        curvature_p=p,
        runs=_parting(X, found, verdicts, is_possible),
    )


def _verdicts(values: Floats, error: ErrorOfContrasts) -> list[Verdict]:
    """Return what is to be thought of each contrast."""
    sizes = np.abs(values)
    beyond_all, beyond_own = sizes > error.simultaneous_margin, sizes > error.margin
    return [
        "active" if surely else "possibly" if maybe else "not"
        for surely, maybe in zip(beyond_all, beyond_own, strict=True)
    ]


def _effects(
    design: NominalDesign,
    X: Floats,
    found: Sequence[Contrast],
    values: Floats,
    error: ErrorOfContrasts,
    verdicts: Sequence[Verdict],
) -> tuple[Effect, ...]:
    """Return the contrasts as effects with their alias chains."""
    effects, n_rest, n_factors = [], 0, len(design.names)
    for contrast, value, verdict in zip(found, values, verdicts, strict=True):
        others = _aliases(contrast, X)
        own, name = letters(contrast.term, n_factors), named(contrast.term, design.names)
        if contrast.is_rest:
            n_rest += 1
            own = name = f"unassigned {n_rest}"
        size = abs(contrast.factor)
        effects.append(
            Effect(
                term=contrast.term,
                name=name,
                letters=own,
                estimate=float(value) * contrast.factor,
                sum_of_squares=float(value) ** 2,
                standard_error=size * error.standard_error,
                margin=size * error.margin,
                simultaneous_margin=size * error.simultaneous_margin,
                verdict=verdict,
                chain=chain(contrast.term, others, n_factors),
            )
        )
    return tuple(effects)


def _aliases(contrast: Contrast, X: Floats) -> dict[Term, float]:
    """Return what a contrast is aliased with: to second order, or where there is none to third."""
    second = aliases(contrast.weights, X, contrast.term, 2)
    if second or X.shape[1] > _THIRD_ORDER:
        return second
    return aliases(contrast.weights, X, contrast.term, 3)


def _curvature(
    design: NominalDesign, is_corner: Booleans, squares: float, freedom: int
) -> tuple[float | None, float | None]:
    """Return how far the center lies above the corners, and its p against pure error."""
    if is_corner.all() or design.blocks is not None:
        return None, None
    center, corner = design.response[~is_corner], design.response[is_corner]
    apart = float(center.mean() - corner.mean())
    if not freedom or squares == 0.0:
        return apart, None
    error = np.sqrt(squares / freedom * (1.0 / len(center) + 1.0 / len(corner)))
    return apart, float(2.0 * scipy.stats.t.sf(abs(apart) / error, freedom))


def _parting(
    X: Floats,
    found: Sequence[Contrast],
    verdicts: Sequence[Verdict],
    is_possible: IsPossible,
) -> PartingRuns | None:
    """Return the runs that part what active contrasts leave open, if anything is.

    Where none is active, those that possibly are count.
    """
    believed: Verdict = "active" if "active" in verdicts else "possibly"
    seen = [one for one, verdict in zip(found, verdicts, strict=True) if verdict == believed]
    factors = {contrast.term[0] for contrast in seen if len(contrast.term) == 1}
    groups = [_rivals(contrast, X, factors) for contrast in seen if not contrast.is_rest]
    open_groups = tuple(group for group in groups if len(group) > 1)
    if not open_groups:
        return None
    if any(len(group[0]) == 1 for group in open_groups):
        return foldover(X, open_groups, is_possible)
    model = _model([contrast.term for contrast in seen], open_groups)
    return de_aliasing_runs(X, model, open_groups, is_possible)


def _rivals(contrast: Contrast, X: Floats, factors: set[int]) -> tuple[Term, ...]:
    """Return the terms up to second order that may stand behind a contrast."""
    others = aliases(contrast.weights, X, contrast.term, 2)
    return plausible([contrast.term, *others], factors) if others else (contrast.term,)


def _model(terms: Iterable[Term], groups: Iterable[tuple[Term, ...]]) -> list[Term]:
    """Return all terms once, main effects of their factors first."""
    every = list(dict.fromkeys([*terms, *(term for group in groups for term in group)]))
    mains = sorted({(factor,) for term in every for factor in term})
    return [*mains, *(term for term in every if len(term) > 1)]


def _definitive(design: NominalDesign, is_possible: IsPossible) -> ScreeningReading:
    """Return the reading of a definitive screening design."""
    found = two_stages(design.coded, design.response)
    n_factors = len(design.names)
    scale = found.standard_errors / found.error.standard_error
    lengths = np.linalg.norm(design.coded, axis=0)
    values = 0.5 * found.estimates * lengths
    verdicts = _verdicts(values, found.error)
    mains = [
        Effect(
            term=(factor,),
            name=design.names[factor],
            letters=letters((factor,), n_factors),
            estimate=float(found.estimates[factor]),
            sum_of_squares=float(values[factor] ** 2),
            standard_error=float(found.standard_errors[factor]),
            margin=float(scale[factor] * found.error.margin),
            simultaneous_margin=float(scale[factor] * found.error.simultaneous_margin),
            verdict=verdicts[factor],
            chain=letters((factor,), n_factors),
        )
        for factor in range(n_factors)
    ]
    is_lenth = found.error.degrees_of_freedom is None
    return ScreeningReading(
        kind="definitive",
        design=design,
        effects=(*mains, *_second_order(design, found)),
        error="lenth" if is_lenth else "fake_factors",
        degrees_of_freedom=found.error.degrees_of_freedom,
        n_rivals=len(found.rivals),
        runs=_parting_heirs(design.coded, found, is_possible),
    )


def _second_order(design: NominalDesign, found: TwoStages) -> Iterable[Effect]:
    """Yield the squares and interactions that were needed."""
    for term, estimate in zip(found.second_order, found.second_order_estimates, strict=True):
        own = letters(term, len(design.names))
        yield Effect(
            term=term,
            name=named(term, design.names),
            letters=own,
            estimate=float(estimate),
            sum_of_squares=None,
            standard_error=None,
            margin=None,
            simultaneous_margin=None,
            verdict="active" if not found.rivals else "possibly",
            chain=own,
            stage=2,
        )


def _parting_heirs(coded: Floats, found: TwoStages, is_possible: IsPossible) -> PartingRuns | None:
    """Return the runs that part sets of second-order terms that fit alike."""
    if not found.rivals:
        return None
    rivals = tuple(dict.fromkeys(term for one in found.rivals for term in one))
    group = tuple(dict.fromkeys([*found.second_order, *rivals]))
    mains: list[Term] = [(int(factor),) for factor in np.flatnonzero(found.is_active)]
    levels = (-1.0, 0.0, 1.0)
    return de_aliasing_runs(coded, [*mains, *group], (group,), is_possible, levels)


def _supersaturated(
    design: NominalDesign, is_corner: Booleans, is_possible: IsPossible
) -> ScreeningReading:
    """Return the reading of a design with more factors than runs."""
    found = forward_selection(design.coded[is_corner], design.response[is_corner])
    n_factors = len(design.names)
    effects = tuple(
        Effect(
            term=(factor,),
            name=name,
            letters=letters((factor,), n_factors),
            estimate=float(found.estimates[factor]),
            sum_of_squares=None,
            standard_error=None,
            margin=None,
            simultaneous_margin=None,
            verdict="active" if factor in found.selected else "not",
            chain=letters((factor,), n_factors),
        )
        for factor, name in enumerate(design.names)
    )
    return ScreeningReading(
        kind="supersaturated",
        design=design,
        effects=effects,
        error="simulated_noise",
        runs=_parting_selected(design.coded[is_corner], found.selected, is_possible),
    )


def _parting_selected(
    coded: Floats, selected: Sequence[int], is_possible: IsPossible
) -> PartingRuns | None:
    """Return the runs that part selected factors from those most like them, if any are selected."""
    if not selected:
        return None
    groups = tuple(
        ((factor,), *((rival,) for rival in rivals))
        for factor, rivals in zip(selected, nearest_rivals(coded, selected), strict=True)
    )
    model = list(dict.fromkeys(term for group in groups for term in group))
    return de_aliasing_runs(coded, model, groups, is_possible)
