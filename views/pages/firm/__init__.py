"""The page My firm."""
