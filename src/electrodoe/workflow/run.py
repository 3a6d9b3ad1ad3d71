"""One run of a study: what every stage is given, who is reported, how parts run side by side."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from electrodoe.dataset import Dataset, TrainingData
from electrodoe.findings import Finding
from electrodoe.study import Study
from electrodoe.workflow.engines import Engine
from electrodoe.workflow.run_folder import Products, RunFolder


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


def seed_for(seed: int, purpose: str) -> int:
    """Return a seed from 0 to 2³¹ − 1 that follows from the study's and from what it is for.

    The purpose is a word of ours; never a name that a person gave, which may change without a
    reason for the results to change.

    Examples
    --------
    >>> seed_for(1, "models") == seed_for(1, "models") != seed_for(2, "models")
    True
    """
    text = f"{seed}\x1f{purpose}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1


class KeyedPart(Protocol):
    """A task that knows the hash of everything its products depend on."""

    @property
    def key(self) -> str:
        """Return that hash."""
        ...


PartT = TypeVar("PartT", bound=KeyedPart)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What every stage is given.

    Attributes
    ----------
    dataset : Dataset
        The study's samples.
    folder : RunFolder
        Where products and finished parts lie.
    engine : Engine
        Where parts are computed.
    observer : Observer
        Who is informed.
    findings : tuple of Finding
        About the instruments' files.
    is_forced : bool
        Whether finished parts are done again.
    seconds : dict of str to float
        How long the finished stages took.
    asked_for : set of str
        Keys of the parts that this run has used.
    """

    dataset: Dataset
    folder: RunFolder
    engine: Engine
    observer: Observer
    findings: tuple[Finding, ...] = ()
    is_forced: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    asked_for: set[str] = field(default_factory=set)

    @property
    def study(self) -> Study:
        """Return the declaration."""
        return self.dataset.study

    @cached_property
    def training_data(self) -> tuple[TrainingData, ...]:
        """Return the samples of every declared response and scenario."""
        return tuple(
            self.dataset.training_data(response, scenario)
            for scenario in self.study.scenarios
            for response in self.study.responses_of(scenario)
        )

    def parts(
        self, stage: str, function: Callable[[PartT], Products], tasks: Sequence[PartT]
    ) -> list[Products]:
        """Return the products of some tasks, in their order, whatever the engine.

        The function is pure; what a killed run finished is read back. The observer hears of them
        under the stage's name.
        """
        keys = [task.key for task in tasks]
        self.asked_for.update(keys)
        done = {
            position: None if self.is_forced else self.folder.part(key)
            for position, key in enumerate(keys)
        }
        open_positions = [position for position, products in done.items() if products is None]
        self.observer.stage_started(stage, len(open_positions))
        with self.engine.run(function, [tasks[position] for position in open_positions]) as results:
            for number, products in results:
                position = open_positions[number]
                self.folder.keep_part(keys[position], products)
                done[position] = products
                self.observer.task_done()
        return [done[position] or {} for position in range(len(tasks))]
