"""What is odd about one cell or one of its cycles: a short flag, and the finding behind it."""

from dataclasses import dataclass

from electrodoe.findings import Finding, Severity


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """One oddity of a cell.

    Attributes
    ----------
    code, title, what, fix : str
        As of a finding.
    flag : str
        A few words for a table's cell.
    place : str
        Where it stands, for a person to open.
    severity : Severity
        A cell with an error is not accepted.
    cycle : int or None
        Position of its cycle, from 0; None where it is about the whole cell.
    """

    code: str
    title: str
    flag: str
    what: str
    place: str
    fix: str
    severity: Severity = Severity.WARNING
    cycle: int | None = None

    @property
    def finding(self) -> Finding:
        """Return it as a finding."""
        return Finding(
            code=self.code,
            severity=self.severity,
            title=self.title,
            what=self.what,
            where=self.place,
            fix=self.fix,
        )
