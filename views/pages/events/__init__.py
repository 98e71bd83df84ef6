"""The page Events: a list of disruptions and what they cost together."""
