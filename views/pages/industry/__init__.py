"""The page Industry."""
