"""What a plan is evaluated by: terms, moments, information and the optimality criterion."""
