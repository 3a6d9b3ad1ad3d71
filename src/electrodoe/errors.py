"""What stops the work: one root error that says what happened, where, and how to mend it."""


class ElectrodeError(Exception):
    """Root of all errors this package raises on purpose.

    Parameters
    ----------
    what : str
        The value that was met, with its unit, and what would have been right.
    where : str
        Something the reader can open: file and line, table and column, argument.
    fix : str
        One instruction.

    Examples
    --------
    >>> print(StudyError("unknown key 'titel'", "study.toml, line 3", "write 'title'"))
    unknown key 'titel'
      where: study.toml, line 3
      fix:   write 'title'
    """

    def __init__(self, what: str, where: str, fix: str) -> None:
        super().__init__(what, where, fix)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        """Return the three lines that a face shows."""
        return f"{self.what}\n  where: {self.where}\n  fix:   {self.fix}"


class QuantityError(ElectrodeError, ValueError):
    """A number lies outside what its quantity can be."""


class PhysicsError(ElectrodeError, ValueError):
    """A law is asked for what nature does not have."""


class StudyError(ElectrodeError, ValueError):
    """A declaration cannot be read or contradicts itself."""


class IngestError(ElectrodeError, ValueError):
    """A file cannot be read as what it is said to be."""


class DatasetError(ElectrodeError, ValueError):
    """Declaration and table do not fit together."""


class ModelError(ElectrodeError, ValueError):
    """A model cannot be estimated from, or asked for, what it was given."""


class EvaluationError(ElectrodeError, ValueError):
    """A score or a test is not defined for these data."""


class ExplanationError(ElectrodeError, ValueError):
    """An explanation would mislead and is refused."""


class VerificationError(ElectrodeError, ValueError):
    """A verification would say nothing and is refused."""


class WorkflowError(ElectrodeError, RuntimeError):
    """A run cannot start or go on."""


class DesignError(ElectrodeError, ValueError):
    """A plan is asked for that cannot be made."""


class RecommendationError(ElectrodeError, ValueError):
    """A recommendation is asked for that the goals or the models cannot carry."""


class ReportError(ElectrodeError, RuntimeError):
    """A report cannot be made in the form that is asked for."""


class SimulationError(ElectrodeError, ValueError):
    """The virtual line is asked to play what it cannot."""
