"""What to run next: exploration, exploitation, lack of fit; a file for each, and its parts."""
