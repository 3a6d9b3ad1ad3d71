"""What a recommendation does not know, in plain words."""

from collections.abc import Sequence
from typing import Final

from electrodoe.evaluate import Predictability, predictability
from electrodoe.models import FAMILIES
from electrodoe.optimize import Learned, OptimizationResult
from electrodoe.report.naming import in_sentence, listed, shown
from electrodoe.report.recommendation.phrases import score_word
from electrodoe.report.rounding import brief_score, significant
from electrodoe.study import Study

_OTHER_THINGS: Final = (
    "Whatever was not varied in the runs, or changed together with a factor, is taken to stay as it"
    " was: another batch, coil or season is not part of the intervals."
)


def unknowns(
    study: Study,
    found: OptimizationResult,
    confounded: Sequence[tuple[str, str]] = (),
    left_alone: Sequence[Learned] = (),
) -> list[str]:
    """Return what the recommendation does not know, in sentences.

    Parameters
    ----------
    study : Study
        Names of columns.
    found : OptimizationResult
        What was found.
    confounded : sequence of (str, str)
        Factors that cannot be distinguished from a circumstance, each with that column.
    left_alone : sequence of Learned
        Responses with a goal that nothing predicts.

    Returns
    -------
    list of str
        Never empty.
    """
    return [
        *_left_alone(study, left_alone),
        *_weak_models(study, found),
        *_confounding(study, found, confounded),
        *_of_blocks(study),
        *_extrapolation(study, found),
        *_of_the_region(study, found),
        *_of_the_search(found),
        _OTHER_THINGS,
    ]


def _left_alone(study: Study, left_alone: Sequence[Learned]) -> list[str]:
    """Return a sentence for each response that takes no part in the choice."""
    return [
        f"{shown(study, each.response_name).label} takes no part in the choice of settings: new"
        f" configurations are predicted no better than by its mean"
        f" ({score_word(study, each)} {brief_score(each.r2_loco)})."
        " Whether its goal is reached there is not known."
        for each in left_alone
    ]


def _weak_models(study: Study, found: OptimizationResult) -> list[str]:
    """Return a sentence for each response that is not well predicted."""
    sentences = []
    for learned in found.learned:
        word = predictability(learned.r2_loco)
        if word in {Predictability.NOT, Predictability.WEAKLY}:
            verb = "is not" if word is Predictability.NOT else "is only weakly"
            sentences.append(
                f"{shown(study, learned.response_name).label} {verb} predicted for new"
                f" configurations: {score_word(study, learned)} {brief_score(learned.r2_loco)} by"
                f" the model that decides ({FAMILIES[learned.family].title}). Its part in the"
                f" choice of settings is"
                f" {'a guess' if word is Predictability.NOT else 'uncertain'}."
            )
    return sentences


def _confounding(
    study: Study, found: OptimizationResult, confounded: Sequence[tuple[str, str]]
) -> list[str]:
    """Return a sentence for each setting that went together with a circumstance."""
    return [
        f"{shown(study, factor).label} cannot be distinguished from {in_sentence(study, context)}:"
        " what looks like an effect of one may be one of the other. Repeat some settings under"
        " other circumstances before relying on it."
        for factor, context in confounded
        if factor in found.decision.region.names
    ]


def _of_blocks(study: Study) -> list[str]:
    """Return for which block the recommendation speaks, where one is declared."""
    block = study.measurements.block
    if block is None:
        return []
    sentence = (
        f"What is expected holds for the mean of the levels of '{block}'. What each adds stands in"
        " the findings (D114); a new one will differ as these do."
    )
    return [sentence]


def _extrapolation(study: Study, found: OptimizationResult) -> list[str]:
    """Return what lies beyond the existing runs."""
    away, sentences = found.set_point.distance, []
    if away.outside:
        names = listed([in_sentence(study, name) for name in away.outside])
        sentences.append(f"The settings extrapolate: {names} beyond what was measured.")
    elif away.hull > 0.0:
        sentences.append(
            "The settings extrapolate: every factor is within its measured range, but no mixture of"
            f" runs comes closer than {significant(away.hull, 2)} of a range."
        )
    return sentences


def _of_the_region(study: Study, found: OptimizationResult) -> list[str]:
    """Return what was not declared about the factors."""
    possible, sentences = found.possible, []
    if possible.ends_from_data:
        names = listed([in_sentence(study, name) for name in possible.ends_from_data])
        sentences.append(
            f"Where {names} may be set is not declared; the ends of what was measured were taken."
        )
    axes = zip(found.decision.region.axes, found.decision.tolerances, strict=True)
    exact = [
        in_sentence(study, axis.name)
        for axis, tolerance in axes
        if not tolerance and not axis.is_categorical
    ]
    if exact and found.search is not None:
        them = "it" if len(exact) == 1 else "them"
        sentences.append(
            f"No tolerance is declared for {listed(exact)}: the window takes {them} as exactly"
            " kept."
        )
    sentences += [
        f"The limit '{text}' names a factor that is no input here, and was left out."
        for text in possible.limits_left_out
    ]
    return sentences


def _of_the_search(found: OptimizationResult) -> list[str]:
    """Return whether searches from several places agree."""
    point = found.set_point
    if point.searches.reached > 1 or point.searches.started == 1:  # every setting was tried
        return []
    sentence = (
        f"Only one of {point.searches.started} searches ended at these settings; others may be"
        " about as good."
    )
    return [sentence]
