"""What to run next: to learn, to improve, to check the shape; a file for each, and its parts."""
