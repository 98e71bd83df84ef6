"""The page As claimed."""
