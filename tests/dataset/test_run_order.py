"""The order of runs is read from their names, among the samples that are asked about."""

from collections.abc import Callable

from electrodoe.dataset import Dataset, known_run_order

Columns = dict[str, list[object]]


def test_other_rows_may_be_numbered_in_their_own_way(
    assembled: Callable[..., Dataset], columns: Columns
):
    """Two runs with the number 1 have no order together; those of one response have theirs."""
    runs = [str(run) for run in columns["run"]]
    names = list(dict.fromkeys(runs))
    own = [f"run {1 + names.index(run)}" for run in runs]
    others = {name: [*values, values[-1]] for name, values in columns.items()}
    others |= {"run": [*own, "uncalendered 1"], "cell": [*columns["cell"], "another"]}
    dataset = assembled(others)
    cells = [str(cell) for cell in columns["cell"]]

    found = known_run_order(dataset, cells)

    assert [found[cell] for cell in cells] == [1 + names.index(run) for run in runs]
    assert known_run_order(dataset, [*cells, "another"]) == {}
