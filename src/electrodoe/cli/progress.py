"""Progress at the terminal: one line per stage, a bar while it lasts."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


class TerminalObserver:
    """An observer that shows bars on standard error."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<16}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._current: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def time_estimated(self, sentence: str) -> None:
        """Print the sentence above the bars."""
        self._progress.console.print(sentence, highlight=False, soft_wrap=True)

    def stage_started(self, name: str, n_tasks: int) -> None:
        """Show a bar for the stage's parts."""
        self._drop_bar()
        self._current = self._progress.add_task(name, total=max(n_tasks, 1))

    def task_done(self) -> None:
        """Move the bar by one part."""
        if self._current is not None:
            self._progress.advance(self._current)

    def stage_finished(self, name: str, seconds: float, *, is_fresh: bool) -> None:
        """Replace the bar by a line."""
        self._drop_bar()
        reported = "[dim]fresh[/dim]" if is_fresh else f"{seconds:6.1f} s"
        self._progress.console.print(f"{name:<16} {reported}", highlight=False)

    def _drop_bar(self) -> None:
        """Take the bar away."""
        if self._current is not None:
            self._progress.remove_task(self._current)
            self._current = None
