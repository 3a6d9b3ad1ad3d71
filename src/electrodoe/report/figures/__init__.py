"""The figures, one file each; none knows another."""
