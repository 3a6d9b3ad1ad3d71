"""How far the notebook's numbers are from ElectroDoE's, and both from the truth of the simulation.

Run: python agreement.py STUDY OUT, where STUDY holds results and truth, and OUT what the notebook
wrote. Prints lines of text. The notebook itself never looks at either.
"""

import argparse
from pathlib import Path

import pandas as pd

RESPONSES = [
    "ionic_resistance_ohm",
    "uncalendered_ionic_resistance_ohm",
    "adhesion_strength_kpa",
    "uncalendered_adhesion_strength_kpa",
    *(f"discharge_capacity_{rate}_mah" for rate in ("c10", "1c", "3c", "5c")),
]
TRUE = {  # by column: the protocol's table in truth, and its column there
    "ionic_resistance_ohm": ("impedance", "ionic_resistance_in_file_ohm"),
    "uncalendered_ionic_resistance_ohm": (
        "uncalendered_impedance",
        "ionic_resistance_in_file_ohm",
    ),
    "adhesion_strength_kpa": ("adhesion", "specimen_adhesion_strength_kpa"),
    "uncalendered_adhesion_strength_kpa": (
        "uncalendered_adhesion",
        "specimen_adhesion_strength_kpa",
    ),
    **{
        f"discharge_capacity_{rate}_mah": ("cells", f"specimen_discharge_capacity_{rate}_mah")
        for rate in ("c10", "1c", "3c", "5c")
    },
}


def by_run(samples: pd.DataFrame, run: str, response: str) -> pd.Series:
    """Return the means of each configuration."""
    return samples.dropna(subset=[response]).groupby(run)[response].mean()


def without_set_aside(samples: pd.DataFrame, response: str) -> pd.DataFrame:
    """Return ElectroDoE's samples but those that its rule sets aside for a response."""
    named = samples["set_aside_for"].fillna("").str.split("; ")
    return samples[[response not in each for each in named]]


def off(found: pd.Series, known: pd.Series) -> str:
    """Return the largest relative difference, as text."""
    return f"{100.0 * (found / known - 1.0).abs().max():.3f} %"


def print_samples(study: Path, theirs: pd.DataFrame) -> None:
    """Print differences per configuration, and of each specimen from its truth."""
    ours = pd.read_csv(study / "results" / "samples.csv")
    theirs = theirs.assign(name=[Path(str(path)).name for path in theirs["file"]])
    for response in RESPONSES:
        mine = by_run(without_set_aside(ours, response), "configuration", response)
        protocol, column = TRUE[response]
        truth = pd.read_csv(study / "truth" / f"{protocol}.csv")
        truth.index = pd.Index([Path(path).name for path in truth["file"]])
        specimens = theirs.dropna(subset=[response]).set_index("name")[response]
        print(
            f"{response}: configurations differ by at most"
            f" {off(by_run(theirs, 'run', response), mine)};"
            f" the notebook's specimens are off the truth by at most"
            f" {off(specimens, truth.loc[specimens.index, column])}"
        )


def print_scores(study: Path, theirs: pd.DataFrame) -> None:
    """Print R² of both on left-out configurations, and the largest difference of MLR."""
    keys = ["target", "scenario", "family"]
    mine = pd.read_csv(study / "results" / "evaluation.csv")
    both = theirs.replace({"family": {"average": "ensemble"}}).merge(mine, on=keys)
    for name, rows in both.groupby(["target", "scenario"], sort=False):
        reported = ", ".join(
            f"{row.family} {row.r2_loco_x:.3f} ({row.r2_loco_y:.3f})" for row in rows.itertuples()
        )
        print(f"R² on left-out configurations, notebook (ElectroDoE), {'@'.join(name)}: {reported}")
    plane = both[both["family"] == "mlr"]
    worst = (plane["r2_loco_x"] - plane["r2_loco_y"]).abs().max()
    print(f"R² of MLR on left-out configurations differs by at most {worst:.5f}")


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("study", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    print_samples(asked.study, pd.read_csv(asked.out / "samples.csv"))
    print_scores(asked.study, pd.read_csv(asked.out / "evaluation.csv"))


if __name__ == "__main__":
    main()
