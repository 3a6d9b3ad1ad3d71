"""How the report speaks of a response that is modeled on another scale than its own."""

from dataclasses import replace
from typing import Final

from electrodoe.dataset import Transform, box_cox, known_transform
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import Shown, family_title, in_sentence, is_binary, shown
from electrodoe.report.rounding import brief_score, significant
from electrodoe.report.selection import best_scenario, deciding_row
from electrodoe.study import Study

_SIGNS: Final = {"log": "ln", "sqrt": "√", "logit": "logit", "box-cox": "Box–Cox scale"}
"""What stands in the place of a unit in a table or on an axis."""
SCALE_WORDS: Final = {
    "log": "natural logarithm",
    "sqrt": "square root",
    "logit": "logit",
    "box-cox": "Box–Cox power",
}
"""The scales in words, for the middle of a sentence."""


_LINKS: Final = {"binary": "logit", "count": "ln"}
"""What stands in the place of a unit where outcomes and counts are tested."""
RATIOS: Final = "ratios"
"""Of a figure's label ``scale``: equal ways are equal ratios."""


def ratio_label(content: ReportContent, target: str, scenario: str) -> dict[str, str]:
    """Return the label that lets a figure draw a response in ratios: of logarithms alone."""
    scale = scale_of(content, target, scenario)
    return {"scale": RATIOS} if scale is not None and scale.power == 0.0 else {}


def shown_on_scale(study: Study, target: str) -> Shown:
    """Return how a response is shown on the scale of its models; as always where that is its own.

    Examples
    --------
    >>> study = Study(title="a", measurements={"table": "a.csv"},
    ...     factors={"porosity": {}}, responses={"resistance_ohm": {"transform": "log"}})
    >>> shown_on_scale(study, "resistance_ohm").axis
    'Resistance (ln)'
    """
    look = shown_as_predicted(study, target)
    if study.responses[target].kind in _LINKS:
        return replace(look, unit=_LINKS[study.kind_of(target)], factor=1.0)
    return look


def shown_as_predicted(study: Study, target: str) -> Shown:
    """Return how predictions of a model are shown where they are on the scale of a transform.

    A probability and a mean count are shown as they are.
    """
    look, transform = shown(study, target), study.responses[target].transform
    return look if transform is None else replace(look, unit=_SIGNS[transform], factor=1.0)


def scale_of(content: ReportContent, target: str, scenario: str) -> Transform | None:
    """Return the scale that a response is modeled on in a scenario, or None."""
    if content.study.responses[target].transform is None:
        return None
    return known_transform(content.dataset.training_data(target, scenario))


def scale_of_tests(study: Study, target: str) -> str:
    """Return on which scale a response is tested, as a sentence; nothing where on its own."""
    transform = study.responses[target].transform
    if study.responses[target].kind in _LINKS:
        return (
            f" On the {'logit' if study.kind_of(target) == 'binary' else 'logarithm'}, sample by"
            " sample: t is the signed root of the likelihood ratio (Firth's penalty); without"
            " degrees of freedom it is normal."
        )
    if transform is None:
        return ""
    return f" On the scale of the models: the {SCALE_WORDS[transform]} of the response."


def scale_sentences(content: ReportContent, target: str) -> list[str]:
    """Return how a response on another scale is modeled, and what its numbers are."""
    scenario = best_scenario(content, target)
    transform = None if scenario is None else scale_of(content, target, scenario)
    if scenario is None or transform is None:
        return []
    look = shown(content.study, target)
    unit = look.unit or "the response's own unit"
    sentence = (
        f"Modeled on the scale of its {SCALE_WORDS[transform.name]}"
        f"{_power(content, target, scenario, transform)}. Predictions are medians in {unit};"
        " hyperparameters are chosen and intervals found on that scale and brought back, so that"
        f" they are not symmetric. R² and RMSE are of {unit}{_score(content, target, scenario)}."
    )
    return [sentence]


def _power(content: ReportContent, target: str, scenario: str, transform: Transform) -> str:
    """Return how a Box-Cox power was found; nothing for other scales."""
    if transform.name != "box-cox":
        return ""
    found = box_cox(content.dataset.training_data(target, scenario))
    return (
        f" {transform.power:g} (likeliest {significant(found.best)}, 95 % interval"
        f" {significant(found.low)} to {significant(found.high)}; estimated anew wherever"
        " configurations are left out)"
    )


def _score(content: ReportContent, target: str, scenario: str) -> str:
    """Return R² on the scale of the models, of the family that decides."""
    best = deciding_row(content, target, scenario)
    scaled = None if best is None else best.get("r2_loco_on_scale")
    if best is None or scaled is None:
        return ""
    return (
        "; the verdict goes by R² on new configurations on the scale of the"
        f" models, {brief_score(scaled)} ({family_title(str(best['family']))})"
    )


def explained_in(content: ReportContent, target: str) -> str | None:
    """Return what the explanations of a response on another scale are of, or None."""
    transform = content.study.responses[target].transform
    if is_binary(content.study, target):
        return (
            f"What is explained is the {in_sentence(content.study, target)} in percent: effects add"
            " up on the logit, so that near 0 and 100 % they show here as interactions."
            " Permutation importance is the rise of the root of the Brier score."
        )
    if transform is None:
        return None
    look = shown(content.study, target)
    unit = look.unit or "its own unit"
    return (
        f"Shapley values, permutation importance and effects explain the predicted median of the"
        f" {in_sentence(content.study, target)} in {unit}: what acts as a factor on all values"
        " shows there as interactions. Impurity and coefficients are of the scale of the models,"
        f" the {SCALE_WORDS[transform]}."
    )
