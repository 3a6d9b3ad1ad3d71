"""One run of a study: what every stage is given, and how its parts are done side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from electrodoe.dataset import Dataset, TrainingData
from electrodoe.findings import Finding
from electrodoe.study import Study
from electrodoe.workflow.engines import Engine
from electrodoe.workflow.observer import Observer
from electrodoe.workflow.run_folder import Products, RunFolder


class Part(Protocol):
    """A task that knows the hash of everything its products depend on."""

    @property
    def key(self) -> str:
        """Return that hash."""
        ...


PartT = TypeVar("PartT", bound=Part)


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
        Who is told.
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
        """Return the products of some tasks; those that a killed run finished are read back.

        Parameters
        ----------
        stage : str
            Name told to the observer.
        function : callable
            Pure function from a task to its products.
        tasks : sequence
            Tasks with a key.

        Returns
        -------
        list of mapping
            Products in the order of the tasks, whatever the engine.
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
