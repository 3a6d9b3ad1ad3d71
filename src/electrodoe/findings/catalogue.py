"""Every code of a finding: its title, its usual severity and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How much a finding matters; ``error`` turns the exit code to 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Kind:
    """What all findings of one code have in common.

    Attributes
    ----------
    title : str
        A heading.
    severity : Severity
        Whether the work can be trusted without a person's look, unless the case says otherwise.
    fix : str
        One instruction, unless the case has its own.
    flag : str
        How the words begin that it leaves in the table of samples; the title in small letters where
        it is not given.
    """

    title: str
    severity: Severity
    fix: str
    flag: str = ""

    @property
    def flag_words(self) -> str:
        """Return how the words begin that a finding leaves in the table of samples."""
        return self.flag or self.title.lower()


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

KINDS: Final[dict[str, Kind]] = {
    # D1..: tables of samples
    "D101": Kind(
        "Missing values", _N, "measure them, or accept that these rows are not modeled here"
    ),
    "D102": Kind(
        "Failed measurements stored as numbers",
        _E,
        "set them aside in study.toml with the reason, or leave the cells empty",
    ),
    "D103": Kind(
        "Impossible value",
        _E,
        "correct the cell, or set the row aside in study.toml with the reason",
    ),
    "D104": Kind(
        "Far from its replicates",
        _W,
        "look at these samples; set them aside in study.toml if there is a reason",
    ),
    "D105": Kind(
        "Input confounded with circumstances",
        _W,
        "repeat some settings under other circumstances before acting on an effect",
    ),
    "D106": Kind("Two distinct values only", _W, "measure at a third level"),
    "D107": Kind(
        "One value per configuration",
        _W,
        'say measured_per = "configuration" in study.toml; a random split would find every test'
        " value in its training rows",
    ),
    "D108": Kind("Duplicated rows", _W, "delete the copies; a copy is not a replicate"),
    "D109": Kind("Set aside by the study", _N, "nothing; the rows stay in every table"),
    "D110": Kind(
        "No replicates",
        _N,
        "repeat a few runs, so that lack of fit can be distinguished from noise",
    ),
    "D111": Kind(
        "Rows taken as samples of one run",
        _W,
        "name the run in a column, and say group = COLUMN in study.toml",
    ),
    "D112": Kind(
        "Input most likely mistyped",
        _W,
        "look the value up; correct the cell, or set the row aside",
    ),
    "D113": Kind(
        "A circumstance acts",
        _W,
        "fit it as a block, or find what differs and make it an input",
    ),
    "D114": Kind("Fitted as a block", _N, "nothing; read it as for the mean of the blocks"),
    "D115": Kind(
        "A response that asks for another scale",
        _W,
        "say transform in [responses.NAME]; predictions stay in its unit, as medians",
    ),
    "D116": Kind(
        "Workbook that hides its formats",
        _N,
        "save it as XLSX, if rows are hidden or cells shown in percent",
    ),
    "D118": Kind(
        "What is a run",
        _N,
        'if these rows are samples of one run, say rows = "samples" in [measurements], or --rows'
        " samples; or name the run's column as group",
    ),
    "D119": Kind(
        "Block confounded with an interaction",
        _N,
        "read the two as one; runs of other settings in these blocks would part them",
    ),
    "D120": Kind(
        "Runs that share a whole plot or a block",
        _W,
        "say whole_plot or block in [measurements]; else nothing",
    ),
    "D121": Kind(
        "Pass or fail, or a number?",
        _W,
        'say kind = "binary" in [responses.NAME], or kind = "number"',
    ),
    "D124": Kind(
        "Scatter that grows with the value",
        _W,
        "trust intervals at large values less, and measure more samples there; try a transform in"
        " [responses.NAME] if the scatter is a fraction of the value",
    ),
    # D2..: files
    "D201": Kind(
        "Last line without an end",
        _N,
        "compare the last row with the instrument, or export the file anew",
    ),
    "D202": Kind("File cannot be read", _E, "mend the file, or export it anew"),
    "D203": Kind(
        "File of no run",
        _E,
        "rename the file, correct 'name' of the protocol, or name the file in an index table",
    ),
    "D204": Kind(
        "Run without settings", _E, "add the run to the table of runs, or correct the file's name"
    ),
    "D210": Kind(
        "Points left out",
        _N,
        "nothing, if these are pauses of the instrument; else export the file anew",
    ),
    "D211": Kind(
        "Inductive at low frequencies",
        _W,
        "check the minus sign in the header, and that the sweep reaches low frequencies",
    ),
    "D212": Kind("Frequency more than once", _N, "delete the rows that are copies"),
    "D213": Kind("Sign turned", _W, "write the header with its minus, -Im(Z), if that is right"),
    "D214": Kind(
        "Measurement aborted",
        _W,
        "check that the sweep reaches the low frequencies that the fit needs",
    ),
    "D215": Kind(
        "Sweeps parted by frequency",
        _N,
        "export one sweep per file, or the column that counts the sweeps",
    ),
    "D216": Kind(
        "Points out of order",
        _W,
        "check that the rows are of one sweep, and that the frequencies are right",
    ),
    "D217": Kind("Header incomplete", _N, "write the units in the header"),
    "D218": Kind(
        "Negative real part", _W, "check the headers: real and imaginary part may be exchanged"
    ),
    "D219": Kind("Not as many points as announced", _W, "copy the file anew from the instrument"),
    "D220": Kind(
        "Clock jumps back", _W, "compare with the cycler's own capacities, or export the file anew"
    ),
    "D221": Kind(
        "Sign of the current",
        _W,
        "look at one charge and one discharge; export the current with its sign",
    ),
    "D222": Kind(
        "Voltage that no cell has",
        _E,
        "correct the unit in the header, or look at what the cycler measured there",
    ),
    "D223": Kind(
        "Unit of time recognized by the date", _N, "nothing, if that is what the cycler was set to"
    ),
    "D230": Kind(
        "Points without a value", _W, "look whether they lie at the peak; export the curve anew"
    ),
    "D231": Kind(
        "Time does not rise",
        _W,
        "check that the columns are not swapped, and export time with more digits",
    ),
    "D232": Kind(
        "Force from a stress",
        _N,
        "export the force itself, or check that the machine used that area",
    ),
    "D233": Kind(
        "Header and curve disagree",
        _W,
        "check that curve and header are of one specimen, and that the unit is right",
    ),
    "D240": Kind(
        "The clock steps back",
        _W,
        "compare with the line's own archive; nothing is to be done if the logger is known",
    ),
    "D241": Kind(
        "Times that repeat",
        _W,
        "compare with the line's own archive; nothing is to be done if the logger is known",
    ),
    "D242": Kind(
        "Rows without a time",
        _W,
        "compare with the line's own archive; nothing is to be done if the logger is known",
    ),
    "D243": Kind(
        "Gaps in the speed", _W, "add the files that are missing; their segments are flagged 'gap'"
    ),
    # D3..: impedance
    "D250": Kind(
        "How a table was read",
        _N,
        "nothing, if that is right; else say header_row, units_row, sheet or decimal in"
        " [measurements] of study.toml",
    ),
    "D251": Kind(
        "Below or above a limit",
        _W,
        "say how these cells are to be read: a number in the table, or nothing; without them the"
        " models see the others only",
    ),
    "D252": Kind(
        "Computed rows left out",
        _N,
        "nothing, if they are; else give each sample a name of its own",
    ),
    "D253": Kind(
        "Hidden rows", _W, "show the rows and look at them; delete those that do not count"
    ),
    "D254": Kind("Remarks in the table", _N, "read them beside what is odd about these samples"),
    "D255": Kind(
        "Column of words",
        _N,
        "nothing; or declare it: a factor with levels = [...], or context = [...]",
    ),
    "D256": Kind(
        "Names that are spelled differently", _W, "spell each run's name in one way in the table"
    ),
    "D257": Kind(
        "Converted to another unit", _N, "nothing, if the unit in the table's header is right"
    ),
    "D258": Kind(
        "Settings look coded",
        _W,
        "nothing, if -1 and 1 mean the ends of the declared region; else write the settings",
    ),
    "D301": Kind(
        "Contact arc",
        _W,
        'look at the fit in the gallery; model = "auto" takes the element into the fit,'
        ' model = "cut" or a lower highest_hz leaves it out',
    ),
    "D302": Kind(
        "Electronic short",
        _W,
        'open the cell, or say model = "shorted" and accept it with a reason',
        flag="short",
    ),
    "D303": Kind(
        "Inductive points left out",
        _W,
        "nothing, where they are the fastest ones; otherwise check cables and sign",
        flag="inductive points",
    ),
    "D304": Kind(
        "Inductive cell",
        _W,
        'look at the fit in the gallery; model = "auto" takes the element into the fit',
    ),
    "D305": Kind(
        "The cell changed during the sweep",
        _W,
        "let the cell rest at the temperature of the measurement, and measure again",
        flag="drift",
    ),
    "D306": Kind("Mains in the signal", _N, "shield the cell and its cables", flag="mains"),
    "D307": Kind(
        "Noisy spectrum",
        _W,
        "raise the amplitude or average more; the interval of R_ion says what it costs",
        flag="noise",
    ),
    "D308": Kind("Outlying points", _N, "look at the gallery"),
    "D309": Kind(
        "The transmission line does not explain the spectrum",
        _W,
        "look at the fit in the gallery; a narrower window may help",
        flag="not a line",
    ),
    "D310": Kind(
        "Exponent at its bound",
        _W,
        "look at the fit in the gallery; there is no interval",
        flag="exponent at bound",
    ),
    "D311": Kind(
        "The spectrum disagrees with Kramers and Kronig",
        _W,
        "measure again with a smaller amplitude, at rest",
        flag="Kramers-Kronig",
    ),
    "D312": Kind(
        "The ionic resistance is poorly determined",
        _W,
        "measure to lower frequencies, or with less noise",
        flag="wide interval",
    ),
    "D313": Kind(
        "The same spectrum twice",
        _W,
        "find out which cell was measured, and take the other file out",
        flag="copy",
    ),
    "D314": Kind(
        "Too few points for a fit",
        _E,
        "widen the window; where all points are inductive, export them with the right sign",
    ),
    "D315": Kind(
        "A person overruled the screening", _N, "nothing; the reason stays beside the values"
    ),
    "D316": Kind("An overrule names no spectrum", _E, "correct the name, or take the entry out"),
    "D317": Kind(
        "Negative series resistance",
        _W,
        "look at the fit in the gallery; subtract less for the cables, or narrow the window",
        flag="negative R0",
    ),
    # D4..: pull-off
    "D401": Kind("Too few points", _E, "export the whole curve, not its results"),
    "D402": Kind(
        "Time falls", _E, "check that columns are not swapped and that the file holds one test"
    ),
    "D403": Kind(
        "No contact",
        _E,
        "check that the stamp touched the specimen and that the load cell was connected",
    ),
    "D404": Kind("No tension", _E, "the bond did not hold, or the pull is not in the file"),
    "D405": Kind(
        "Sign against the protocol",
        _E,
        "say tension_sign = 'auto', or check that the curve is of this machine",
    ),
    "D406": Kind(
        "No rupture",
        _E,
        "record until after the rupture; a bond that does not part has no strength yet",
    ),
    "D407": Kind(
        "Peak at the end", _E, "record until after the rupture, or export the whole curve"
    ),
    "D408": Kind(
        "Load cell at its limit",
        _E,
        "the strength is a lower bound; test with a larger load cell or a smaller stamp",
    ),
    "D409": Kind(
        "Two peaks", _E, "look at the specimen; repeat the test if only a part of it came off"
    ),
    "D410": Kind("Peak within the noise", _E, "use a more sensitive load cell or a larger stamp"),
    "D411": Kind(
        "No compression", _W, "export the whole test, from before the contact to after the rupture"
    ),
    "D412": Kind(
        "Other compression",
        _W,
        "check the unit of the force and the area; if both are right, correct"
        " compression_stress_kpa",
    ),
    "D413": Kind(
        "Other dwell",
        _W,
        "check the machine's programme and the unit of time; a tape bonds more in more time",
    ),
    "D414": Kind(
        "Low data rate",
        _N,
        "record at the protocol's rate; a sudden rupture may lie between two points",
    ),
    "D415": Kind(
        "Zero seen on one side",
        _N,
        "record a second of free travel before the contact and after the rupture",
    ),
    "D416": Kind("Large drift", _W, "let the load cell warm up, and zero it before each test"),
    "D417": Kind("Few points at the peak", _W, "record at a higher rate"),
    "D418": Kind(
        "Other speed", _W, "check the machine's programme; a faster pull shows a stronger bond"
    ),
    "D419": Kind(
        "Other area in the file", _W, "correct area_mm2 (--area-mm2), or the machine's programme"
    ),
    "D420": Kind(
        "Force that no machine reads",
        _E,
        "check the force's column and unit; the file is damaged, or another column was taken",
    ),
    # D5..: cycling
    "D501": Kind("Steps recognized by the current", _N, "export the step index too"),
    "D502": Kind(
        "Half cell of an anode",
        _W,
        "say half_cell_anode = true in the protocol (--half-cell-anode)",
    ),
    "D503": Kind(
        "Rate without a name",
        _W,
        "give nominal_capacity_mah in the protocol (--nominal-capacity-mah)",
    ),
    "D504": Kind(
        "Fewer cycles at a rate than the rule counts to",
        _N,
        "cycle as often at each rate as cycle_at_rate says, or lower it",
    ),
    "D505": Kind("Incomplete step", _W, "let the step reach its limit, or do not use this cycle"),
    "D506": Kind("No capacity", _E, "look at the cell's contacts; set the cell aside"),
    "D507": Kind(
        "Charge is lost",
        _E,
        "look for a short or a side reaction; set the cell aside",
        flag="short or leak",
    ),
    "D508": Kind(
        "More capacity than possible",
        _E,
        "correct the active mass or the nominal capacity, or set the cell aside",
        flag="capacity beyond possible",
    ),
    "D509": Kind(
        "Test ended early",
        _W,
        "find out why the test ended, or correct rates in the protocol",
        flag="no cycle at",
    ),
    "D510": Kind(
        "Coulombic efficiency out of range",
        _W,
        "look at the curves of this cycle and the one before",
    ),
    "D511": Kind(
        "C-rates without a slow, whole discharge",
        _W,
        "give nominal_capacity_mah in the protocol (--nominal-capacity-mah)",
    ),
    "D512": Kind(
        "Start of a step not recorded",
        _W,
        "record a row where a step begins, or export the step time",
    ),
    "D513": Kind(
        "Current, time and the cycler's counter disagree",
        _W,
        "look at the units in the header and at the clock; export more rows per step",
        flag="counter disagrees",
    ),
    "D514": Kind(
        "Voltage against the current",
        _E,
        "turn the sign of the current, or look whether two columns are swapped",
        flag="voltage against current",
    ),
    # D6..: coils
    "D601": Kind(
        "A distance differs from what the readings say",
        _W,
        "measure the distance along the web, and correct distance_m",
    ),
    "D602": Kind(
        "A distance cannot be estimated",
        _N,
        "measure the distance by hand, or step the reference once on purpose",
    ),
    "D603": Kind(
        "The web stood", _N, "nothing is to be done; the segment under the blade is flagged 'stop'"
    ),
    "D604": Kind("The web ran back", _W, "check the sign of the speed if the line cannot run back"),
    "D605": Kind(
        "Segments seen in part",
        _W,
        "raise segment_m to the web that passes while the sensor crosses it",
    ),
    "D606": Kind(
        "Dry over wet is not the solid content",
        _W,
        "check the calibration and the distance of both sensors, and the slurry",
    ),
    "D607": Kind(
        "Not on the logged web", _W, "correct its start and end, or add the files that hold it"
    ),
    "D608": Kind(
        "A speed that no line runs at",
        _E,
        "correct speed_factor (60 from m/s, 0.001 from mm/min) or time_unit",
    ),
    "D609": Kind("Sample away from its web", _W, "correct its position or its run"),
    "D610": Kind("Readings are missing", _W, "check the column's name and the sensor's distance"),
    "D611": Kind(
        "Readings outside the log of the speed",
        _W,
        "compare the clocks of both logs: time_zone, time_unit, clock_ahead_s",
    ),
    # D7..: electrode sheets, replicates
    "D701": Kind(
        "Loading beyond its tolerance",
        _W,
        "keep the measured loading as the input; make the run again if the plan needs it",
    ),
    "D702": Kind("Impossible sheet", _E, "check mass, thickness, area, foil and their units"),
    "D703": Kind("Thickness readings scatter", _W, "measure the sheet again"),
    "D704": Kind("Foil not known", _W, "say it in the protocol, or add a column for it"),
    "D705": Kind("Value missing", _W, "weigh and measure the sheet, or leave it out of the table"),
    "D706": Kind(
        "Sheet measured twice", _W, "name the sheets apart, or delete the row that is wrong"
    ),
    "D707": Kind("Thicker after the calender", _W, "check that the two columns are not swapped"),
    "D708": Kind(
        "No coating left", _E, "check the foil's mass and thickness, and the units of the columns"
    ),
    "D720": Kind(
        "Outlier by the study's rule",
        _N,
        "look at the sample: keep it where nothing is wrong with it, else set it aside with the"
        " reason",
        flag="outlier in",
    ),
    "D721": Kind(
        "Rule that cannot fire", _W, "measure more replicates, or look at these samples yourself"
    ),
    "D722": Kind(
        "What the rule costs",
        _N,
        "keep flagged samples unless something besides their value speaks against them",
    ),
    "D723": Kind(
        "Samples that seem exchanged",
        _W,
        "look at the labels of both samples; rename the files if they were exchanged",
    ),
    # P1..: run sheets
    "P101": Kind(
        "Runs not made",
        _W,
        "make them, or judge what is left of the plan with 'electrodoe plan --evaluate'",
    ),
    "P102": Kind(
        "Run made more than once",
        _W,
        "leave it if the run was repeated; correct the number if it was not",
    ),
    "P103": Kind("Unknown run", _E, "correct the run's number"),
    "P104": Kind(
        "Beyond the tolerance",
        _W,
        "check the cells; model with the measured values, not with the planned ones",
    ),
    "P105": Kind(
        "Settings are not those of the plan",
        _E,
        "import the sheet of this plan; write what was set as measured",
    ),
    "P106": Kind(
        "Order changed",
        _W,
        "check the times; what drifted with time may now look like a factor's effect",
    ),
    "P107": Kind("Order not recorded", _N, "write day and time of each run as 2026-03-31 14:30"),
    "P108": Kind(
        "Factor not measured",
        _W,
        "fill in what was measured; a planned value is not a measured one",
    ),
    "P109": Kind("Tolerance not declared", _N, "declare 'tolerance' for each of them"),
    "P110": Kind("Derived setting left out", _N, "give what it is computed from"),
    # P2..: screening of parameters
    "P201": Kind("Dependent factors", _W, "plan without one of them"),
    "P202": Kind(
        "Literature and experts disagree", _N, "ask both why before it is chosen or left out"
    ),
    "P203": Kind(
        "Dependence without a fitting law",
        _N,
        "name the 'law', or say why they depend on one another",
    ),
    "P204": Kind(
        "Dependence left open",
        _W,
        "name the 'law', so that it can be solved for the one that no factor sets",
    ),
    "P205": Kind(
        "Important and no factor", _N, "declare it in [factors], or say 'left_out' and why"
    ),
    "P206": Kind("Factor without a rating", _N, "add it to [parameters]"),
    # S2..: scenarios and models
    "S201": Kind(
        "Inputs that move together",
        _W,
        "explain a scenario with independent inputs; its predictions may still be used",
    ),
    "S202": Kind(
        "Not predictable from these inputs",
        _W,
        "do not use these models for new settings; look for the input that is missing",
    ),
    "S203": Kind("The random split flatters", _N, "judge models for new settings by r2_loco"),
    "S204": Kind("Model cannot be estimated", _W, "read why, beside the finding"),
    "S205": Kind("Explanation refused", _W, "read why, beside the finding"),
    "S206": Kind("Recommendation refused", _W, "read why, beside the finding"),
    "S207": Kind(
        "Configurations left out in groups",
        _N,
        "nothing: each prediction is still made by a model that has not seen the configuration",
    ),
    "S208": Kind(
        "Learned from a fraction of the rows",
        _N,
        "nothing; where rows are readings of one sample, condense them to one row each",
    ),
    "S209": Kind("Near settings gathered", _N, "nothing; replicates with one setting lose nothing"),
    "S210": Kind(
        "Input set after the response was measured",
        _W,
        'say after = "drying" in the protocol of its samples, or with the response, and give it a'
        " scenario without that input",
    ),
    "S211": Kind("Rows not scored as new", _N, "nothing; the plan needs these runs"),
    "S212": Kind(
        "Nothing to test against",
        _W,
        "repeat some settings as runs, the center first, or read the estimates without tests",
    ),
    "S215": Kind("Whole plots left out", _N, "nothing; a new setting is a new whole plot"),
    "S216": Kind(
        "Whole plots cannot be left out",
        _N,
        "add whole plots, so that each setting of a hard-to-change factor is met in two",
    ),
    "S217": Kind(
        "Active effect aliased with others",
        _W,
        "make the runs that part them: next_runs.csv, or the table in the report's screening",
    ),
    "S218": Kind(
        "Effects show their own error",
        _N,
        "make some runs again, at the center or elsewhere, to measure the error",
    ),
    "S219": Kind(
        "More factors than runs",
        _W,
        "take the selected factors for candidates, and make runs that part them",
    ),
    "S220": Kind(
        "Outcomes that the inputs separate",
        _N,
        "make runs between the outcomes; how steep the change is, a penalty says, not the samples",
    ),
    "S221": Kind(
        "Few of the rarer outcome",
        _N,
        "make runs where it is likely; until then read probabilities with their intervals",
    ),
    "S222": Kind(
        "Pattern in residuals",
        _W,
        "look at the residuals in section 5 of the report, and at the records of these runs",
    ),
    "S224": Kind(
        "Confirmation missed, with a cause",
        _W,
        "check what the finding names before anything else is changed",
    ),
    "S225": Kind(
        "Confirmation missed, cause not told",
        _N,
        "make the runs that tell: the nearest run again, beside more confirmation runs",
    ),
    "S226": Kind(
        "Runs of a setting left out together",
        _N,
        "nothing; a model that has seen one run of a setting knows what the next one is",
    ),
    # V3..: physics
    "V301": Kind(
        "Against physics",
        _W,
        "look for a wrong unit, swapped samples or columns, or another input that goes along",
    ),
    "V302": Kind(
        "Sign left open", _N, "add configurations that differ in this factor, or replicates"
    ),
    "V303": Kind(
        "A fit that proves nothing",
        _N,
        "judge by the exponent that all categories share, or measure a third porosity",
    ),
    "V304": Kind(
        "One exponent does not fit all categories",
        _N,
        "do not carry the exponent over from one category to another",
    ),
    "V305": Kind(
        "A model predicts what cannot be",
        _W,
        "do not use the model there; look for a wrong unit or an outlier",
    ),
    "V306": Kind(
        "Inputs outside the declared region",
        _W,
        "declare the region that was studied, or correct the column",
    ),
    "V307": Kind(
        "Expectation that is not checked",
        _N,
        "add the factor to a scenario, or take the expectation out",
    ),
    "V308": Kind("Verification refused", _W, "read why, beside the finding"),
}
"""By code. A number never changes its meaning; ``docs/findings.md`` explains each."""

READING: Final = frozenset(f"D25{digit}" for digit in range(9))
"""Codes of what was taken as what in a person's table; they are printed where it was read."""


def kind_of_flag(flag: str) -> Kind | None:
    """Return the kind of finding that leaves a flag in a table of samples; None where none does.

    Examples
    --------
    >>> kind_of_flag("contact arc").title, kind_of_flag("no cycle at 5C").title
    ('Contact arc', 'Test ended early')
    >>> kind_of_flag("came from another box") is None
    True
    """
    fitting = [kind for kind in KINDS.values() if flag.startswith(kind.flag_words)]
    return max(fitting, key=lambda kind: len(kind.flag_words), default=None)
