"""Levels in plain words: which is the best, how sure that is, what the others come to."""

from collections.abc import Sequence
from typing import Final

from electrodoe.optimize import MOST_CERTAIN, LevelSettings
from electrodoe.report.naming import format_value, in_sentence, listed
from electrodoe.report.recommendation.phrases import predicted
from electrodoe.report.rounding import bounded_percent
from electrodoe.study import Study

_MOST_LEVELS: Final = 3
"""Levels beside the best that are told in words; the table has all."""
_CLEAR: Final = 0.8
"""Chance from which a level is called the best without a further word; chosen."""


def level_paragraph(study: Study, levels: Sequence[LevelSettings]) -> str:
    """Return how sure the recommended level is, and what the next best would come to.

    Parameters
    ----------
    study : Study
        Names of columns.
    levels : sequence of LevelSettings
        The recommended first; at least one.

    Returns
    -------
    str
        A few sentences.
    """
    best, *others = levels
    chance = bounded_percent(best.chance_best, MOST_CERTAIN)
    named = _level_words(study, best, is_named=True)
    named = f"{named} is the best" if len(best.levels) == 1 else f"the best combination is {named}"
    sentences = [f"{named[:1].upper()}{named[1:]}, with an estimated chance of {chance}."]
    if others:
        rest = [
            f"{_level_words(study, row)} {bounded_percent(row.chance_best, MOST_CERTAIN)}"
            f" ({_predicted(study, row)})"
            for row in sorted(others, key=lambda row: -row.chance_best)[:_MOST_LEVELS]
        ]
        sentences.append(f"Others, each at its own best settings: {'; '.join(rest)}.")
    if best.chance_best < _CLEAR:
        sentences.append("That is not clear: run the confirmation with the next best as well.")
    return " ".join(sentences)


def _level_words(study: Study, row: LevelSettings, *, is_named: bool = False) -> str:
    """Return a combination of levels in words."""
    if not is_named:
        return " with ".join(row.levels.values())
    return listed([f"{in_sentence(study, name)} {level}" for name, level in row.levels.items()])


def _predicted(study: Study, row: LevelSettings) -> str:
    """Return what is predicted at a level's best settings."""
    values = predicted(row.set_point.responses)
    return ", ".join(
        f"{in_sentence(study, n)} {format_value(study, n, v)}" for n, v in values.items()
    )
