"""Which parameters of a process are worth a factor, by what is known before a run."""
