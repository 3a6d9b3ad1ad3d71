"""Which families a study fits, and with which hyperparameters given."""

from typing import Any

from electrodoe.errors import WorkflowError
from electrodoe.study import ResponseKind, Study, or_nearest


def requested_families(study: Study) -> tuple[str, ...]:
    """Return the families that a study fits, in the order of its tables.

    Parameters
    ----------
    study : Study
        Its ``settings.families``, the usual ones where it names none, and whatever has a block of
        its own under ``[models]``.

    Returns
    -------
    tuple of str
        Keys of ``electrodoe.models.FAMILIES``, none twice.
    """
    from electrodoe.models import STUDIED_FAMILIES

    named = study.settings.families or STUDIED_FAMILIES
    return tuple(dict.fromkeys([*named, *study.models]))


def families_for(study: Study, kind: ResponseKind) -> tuple[str, ...]:
    """Return the families that a study fits to responses of a kind.

    Those that it names for it; the usual ones where it names none of the kind.
    """
    from electrodoe.models import USUAL_FAMILIES, families_of

    named = [name for name in requested_families(study) if name in families_of(kind)]
    if study.settings.families and named:
        return tuple(named)
    return tuple(dict.fromkeys([*USUAL_FAMILIES[kind], *named]))


def given_to(study: Study, family: str) -> dict[str, Any]:
    """Return the hyperparameters that a study gives to a family; none for most."""
    declared = study.models.get(family)
    if not declared:
        return {}
    from electrodoe.models import given_hyperparameters

    return given_hyperparameters(family, declared)


def require_models(study: Study) -> None:
    """Raise where a study asks for an unknown family, or gives what cannot be given.

    Raises
    ------
    WorkflowError
        With the nearest family.
    ModelError
        With the names and bounds of what can be given.
    """
    if not study.settings.families and not study.models:
        return  # nothing heavy is loaded
    from electrodoe.models import FAMILIES

    asked = dict.fromkeys(study.settings.families or (), "settings.families")
    for family, place in {**asked, **dict.fromkeys(study.models, "[models]")}.items():
        if family not in FAMILIES:
            raise WorkflowError(
                f"no model family '{family}'",
                where=f"study.toml, {place}",
                fix=or_nearest(family, FAMILIES),
            )
    for family in study.models:
        given_to(study, family)
