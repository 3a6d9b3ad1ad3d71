"""From a declared question to a plan of runs, and how good it is."""
