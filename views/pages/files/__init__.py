"""The page of files to take away."""
