"""The configurations that were made in the space of what set them: the paper's Figure 1."""

import polars as pl

from electrodoe.dataset import CONFIGURATION
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import scenario_title, shown
from electrodoe.report.panels.level_names import level_labels


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure of the first scenario's rows, configuration by configuration."""
    study = content.study
    scenario = next(iter(study.scenarios))
    names = study.scenarios[scenario].inputs
    means = (
        content.dataset.frame.filter(content.dataset.rows(scenario))
        .group_by(CONFIGURATION, maintain_order=True)
        .agg(pl.col(names).mean())
        .group_by(names, maintain_order=True)
        .agg(pl.len().alias("n_runs"))
    )
    if len(names) < 2 or means.is_empty():
        return []
    return [
        FigureData(
            name="experimental_space",
            title="Experimental space",
            caption=(
                f"The {means['n_runs'].sum()} configurations as they were made"
                f" (mean over their samples), scenario {scenario_title(study, scenario)}."
            ),
            kind="experimental_space",
            frame=means.select(
                *(
                    (pl.col(name) * shown(study, name).factor).alias(f"x{index}")
                    for index, name in enumerate(names)
                ),
                "n_runs",
                pl.lit(value=False).alias("is_misplaced"),
            ),
            labels={f"x{index}": shown(study, name).axis for index, name in enumerate(names)}
            | {
                key: level
                for index, name in enumerate(names)
                for key, level in level_labels(study, name, f"x{index}").items()
            },
        )
    ]
