"""Hyperparameters that a person gives, so that a published model can be built again."""

from collections.abc import Mapping, Sequence
from typing import Any

from electrodoe.errors import ModelError
from electrodoe.models.catalogue import FAMILIES
from electrodoe.models.family import Setting


def given_hyperparameters(family: str, declared: Mapping[str, object]) -> dict[str, Any]:
    """Return what a study gives to one family, under the family's own names.

    Parameters
    ----------
    family : str
        Key of :data:`FAMILIES`.
    declared : mapping of str to object
        By the name of this package or by that of scikit-learn or XGBoost: ``penalty`` or ``C``.

    Returns
    -------
    dict
        Whole numbers as int, others as float, choices as str. What is not given is searched.

    Raises
    ------
    ModelError
        If a name is unknown or stands twice, or a value cannot be; with all names and bounds.

    Examples
    --------
    >>> given_hyperparameters("svm", {"C": 10, "gamma": 0.2})
    {'penalty': 10.0, 'kernel_width': 0.2}
    """
    settings = FAMILIES[family].settings
    by_name = {name: setting for setting in settings for name in (setting.name, *setting.also)}
    found: dict[str, Any] = {}
    for name, value in declared.items():
        setting = by_name.get(name)
        if setting is None:
            raise _error(f"no hyperparameter '{name}'", family, name, _offer(family, settings))
        if setting.name in found:
            raise _error(f"'{setting.name}' is given twice", family, name, "keep one of the two")
        found[setting.name] = _value(family, name, setting, value)
    return found


def _value(family: str, name: str, setting: Setting, value: object) -> int | float | str:
    """Return a given value as its setting has it."""
    if isinstance(value, str) and value in setting.choices:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and not setting.choices:
        is_fit = not setting.is_whole or float(value).is_integer()
        if is_fit and setting.low <= value <= setting.high:
            return int(value) if setting.is_whole else float(value)
    raise _error(f"{value!r} is not possible", family, name, f"give {_bounds(setting)}")


def _bounds(setting: Setting) -> str:
    """Return what a value may be, in words."""
    if setting.choices:
        return " or ".join(f'"{choice}"' for choice in setting.choices)
    kind = "a whole number" if setting.is_whole else "a number"
    return f"{kind} from {setting.low:g} to {setting.high:g}"


def _offer(family: str, settings: Sequence[Setting]) -> str:
    """Return all that can be given to a family."""
    if not settings:
        return f"leave it out: nothing can be given to '{family}'"
    names = [
        f"{each.name} ({', '.join(each.also)})" if each.also else each.name for each in settings
    ]
    return f"give one of {', '.join(names)}"


def _error(what: str, family: str, name: str, fix: str) -> ModelError:
    """Return a complaint about one key."""
    return ModelError(what, where=f"study.toml, [models.{family}], key '{name}'", fix=fix)
