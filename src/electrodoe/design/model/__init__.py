"""What a plan is judged by: terms, moments, information and the optimality criterion."""
