"""The layouts in which lists of events come: one reader a file, one record a row, as it was typed."""
