"""Who is told how far a run has come."""

from typing import Protocol


class Observer(Protocol):
    """A listener; the faces show what it hears."""

    def time_estimated(self, sentence: str) -> None:
        """Hear how long the work will take, where it is more than a minute."""
        ...

    def stage_started(self, name: str, n_tasks: int) -> None:
        """Hear that a stage begins and how many parts it has."""
        ...

    def task_done(self) -> None:
        """Hear that one part of the stage is done."""
        ...

    def stage_finished(self, name: str, seconds: float, *, is_fresh: bool) -> None:
        """Hear that a stage is done, or was fresh and needed nothing."""
        ...


class Silence:
    """An observer that keeps to itself."""

    def time_estimated(self, sentence: str) -> None:
        """Do nothing."""

    def stage_started(self, name: str, n_tasks: int) -> None:
        """Do nothing."""

    def task_done(self) -> None:
        """Do nothing."""

    def stage_finished(self, name: str, seconds: float, *, is_fresh: bool) -> None:
        """Do nothing."""
