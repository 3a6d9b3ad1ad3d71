"""How a recommendation is made, kept and confirmed: goals, tasks, files."""
