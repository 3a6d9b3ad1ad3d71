"""S210: an input that was set only after the response was measured, by their names."""

from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import listed
from electrodoe.study import named_step


def later_inputs(dataset: Dataset) -> list[Finding]:
    """Return one finding per scenario and response whose name is earlier than its inputs.

    Where the study says after which step the samples were taken, nothing is left to suspect: what
    did not hold then is empty, and a scenario that needs it is refused.
    """
    findings = []
    study = dataset.study
    for scenario, asked in study.scenarios.items():
        for response in study.responses_of(scenario):
            after = named_step(response, study.process_steps)
            if after is None or response in dataset.taken_after:
                continue
            later = [name for name in asked.inputs if not study.process.holds(name, after)]
            if later:
                findings.append(
                    found(
                        "S210",
                        f"by its name '{response}' was measured after {after}, and"
                        f" {listed([repr(name) for name in later])} set later",
                        f"scenario '{scenario}', response '{response}'",
                    )
                )
    return findings
