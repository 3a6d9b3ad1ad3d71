"""Search for the settings of the runs: exchange, local refinement, choice among equals."""
