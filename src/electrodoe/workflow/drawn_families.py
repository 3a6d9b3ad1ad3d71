"""The families that figures are to show: known, and among those that are fitted."""

from electrodoe.errors import WorkflowError
from electrodoe.study import Study, or_nearest


def require_drawn_families(study: Study) -> None:
    """Raise where ``[report]`` asks for a family that does not exist, or that is not fitted.

    Parameters
    ----------
    study : Study
        The declaration.

    Raises
    ------
    WorkflowError
        With the key that names the family, and what to write.
    """
    if not study.report.families:
        return
    from electrodoe.models import FAMILIES, STUDIED_FAMILIES

    fitted = study.settings.families or STUDIED_FAMILIES
    for key, families in study.report.families.items():
        for family in families:
            where = f"study.toml, report.{key}"
            if family not in FAMILIES:
                raise WorkflowError(
                    f"no model family '{family}'", where=where, fix=or_nearest(family, FAMILIES)
                )
            if family not in fitted:
                raise WorkflowError(
                    f"'{family}' is to be drawn and is not fitted",
                    where=where,
                    fix=f"add '{family}' to families in [settings]",
                )
