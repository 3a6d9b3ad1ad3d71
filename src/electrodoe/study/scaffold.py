"""A new study to fill in: a commented ``study.toml`` and an empty table."""

from pathlib import Path
from typing import Final

from electrodoe.errors import StudyError
from electrodoe.storage import write_atomically
from electrodoe.study.files import STUDY_FILE

SCAFFOLD: Final[dict[str, str]] = {
    STUDY_FILE: """\
# A study for ElectroDoE. Check it with:   electrodoe check .
# Run it with:                             electrodoe run .
# Plan its runs before there are any:      electrodoe plan .     (see [plan] below)
# Samples may come from instruments' files in place of a table: [protocols.NAME], as in the example
# anode-coating of this project.                                   electrodoe condense .
# Give a response a goal (below), and the report recommends settings; after another goal, without
# another run:                                electrodoe recommend .

title = "Adhesion of a graphite anode"
question = "How do mass loading, drying temperature and porosity set the adhesion strength?"
# process_steps = ["coating", "drying", "calendering"]   # in their order, if not the usual ones
# credit = "Where the data come from, licence and doi; printed in the report."

[measurements]
table = "measurements.csv"      # CSV, XLSX or Parquet, beside this file; one row per sample
group = "configuration"         # the column that names the set of factor levels
# rows = "runs"                 # if rows of one group are runs made anew, not samples of one run
id = "sample"                   # optional: the column that names a row
context = ["coating_date"]      # optional: columns that may be mixed up with an input
# block = "coil"                # its levels add to every response; fitted beside the inputs
# whole_plot = "section"        # runs between two resets of a hard-to-change factor (below)
# How the table is written is found by itself, and said; these lines overrule it.
# decimal = ","                 # for tables written as 3,27
# separator = ";"
# header_row = 4                # the line of the names, as an editor or a spreadsheet counts
# units_row = 5                 # the line of the units
# sheet = "Sheet1"              # for Excel files
# encoding = "latin-1"

# Inputs, by their column. A name ends in its unit; fractions (porosity) have none.
[factors.mass_loading_mg_cm2]
label = "Mass loading"          # also found as the column's heading
# unit = "mg/cm²"               # of a column whose name does not end in it
# process = "coating"           # the step that sets it; samples of an earlier one do not have it
# region = [6.0, 12.0]          # for a plan: anywhere between these ends
[factors.drying_temperature_c]
label = "Drying temperature"
# levels = [50, 60, 70]         # these settings alone; names, ["PVDF", "PAA"], are a category
# hard_to_change = true         # set once for several runs: a whole plot
[factors.porosity]
range = [0.2, 0.6]              # optional: values outside become findings
# region = [0.25, 0.45]

# What is to be predicted.
[responses.adhesion_strength_kpa]
label = "Adhesion strength"
range = [0.0, 2000.0]
# goal = "maximize"             # what is wanted: maximize, minimize, target or range
# lower = 500.0                 # a product below is not good; likewise: upper = ...
# after = "calendering"         # measured after this step: what is set later cannot explain it
# measured_per = "configuration"  # if one value was copied to every row of its configuration
# kind = "number"               # or "binary": pass or fail (event = "pass" counts as 1); or "count"
# transform = "log"             # modeled on another scale: log, sqrt, logit, box-cox
# expected = { porosity = "falls" }  # what physics says; models that say otherwise are a finding

# Which runs to make. Take the mark off [plan], its runs, and the region or levels of each factor;
# the lines below runs are for those who want more. Then:   electrodoe plan .
# [plan]
# runs = 20
# constraints = ["mass_loading_mg_cm2 + 20*porosity <= 19"]
# whole_plots = 6               # how often the hard-to-change factors are set
# (where factors have levels, distinct_settings wishes for numbers of different settings)
# center_runs = 2               # to see curvature and drift
# replicate_runs = 2            # to know the error
# lack_of_fit_runs = 1          # to see what the model misses

# What to ask a finished run for. Each line may be left out.
# [recommend]
# probability = 0.9             # of all specifications at once, inside the operating window
# confidence = 0.9              # in what fraction of studies that is true at every setting inside
# runs = 5                      # exploration runs, and as many exploitation runs
# confirmation_runs = 3         # at the recommended settings
# shape_runs = 2                # where replicates contradict a quadratic; 0 for none

# Whose curves the figures show. Each line may be left out.
# [report]
# bruggeman_curve = "polynomial"  # beside Bruggeman's relation; without it: the one that decides
# fds = ["polynomial", "svm"]   # fraction of design space; without it: the best and the default
# fds_scale = "variance"        # in place of the standard deviation
# parity = ["mlr", "polynomial", "svm"]   # predicted against observed
# explained = "xgboost"         # Shapley values, effects, contours
# mdi = ["random_forest"]       # impurities
# order_by = ["mass_loading_mg_cm2", "porosity", "drying_temperature_c"]   # configurations
# side_by_side = [["adhesion_strength_kpa"]]   # what drives these responses, in one figure

# Which inputs a model may see together; without this block: all of them.
[scenarios.product]
inputs = ["mass_loading_mg_cm2", "drying_temperature_c", "porosity"]

# Rows left out of the models, with the reason; they stay in every table.
# [[set_aside]]
# rows = ["A17"]
# responses = ["adhesion_strength_kpa"]   # without this line: for all responses
# reason = "the tape came off before the coating"

# Samples far from their run are flagged and kept. Each line may be left out.
# [outliers]
# rule = "grubbs"               # or sd (beyond 1.5 standard deviations, as in the paper), mad, none
# set_aside = false             # true: flagged samples are left out of the models

# Hyperparameters that are known, such as a publication's; the others are searched. A family with a
# block is fitted beside the rest.
# [models.xgboost]
# max_depth = 3
# [models.reduced_polynomial]    # a quadratic with fewer terms, beside the full one
# select = "aicc"                # or "p": terms leave whose p value is above alpha (0.1)

[settings]
seed = 2023
effort = "standard"             # quick, standard or full
# test_fraction = 0.2              # of the random split
# n_repeats = 20                # random splits beside the one that is printed
# n_bootstraps = 30             # behind every band
""",
    "measurements.csv": (
        "sample,configuration,coating_date,mass_loading_mg_cm2,drying_temperature_c,porosity,"
        "adhesion_strength_kpa\n"
    ),
}
"""File names and texts of a new study."""


def write_scaffold(folder: Path) -> list[Path]:
    """Write a new study into a folder and return the files.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    StudyError
        If one of the files is there already; nothing is overwritten.
    """
    for name in SCAFFOLD:
        if (folder / name).exists():
            raise StudyError(
                f"'{name}' is there already",
                where=str(folder),
                fix="name a new folder; nothing was written",
            )
    for name, text in SCAFFOLD.items():
        write_atomically(folder / name, text.encode())
    return [folder / name for name in SCAFFOLD]
