"""One file per stage of a run; each makes files from the files of the stages before it."""
