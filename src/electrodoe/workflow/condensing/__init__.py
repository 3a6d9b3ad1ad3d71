"""From the files of a study's instruments to its samples."""
