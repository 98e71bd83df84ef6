"""The page of all economies: a map and a table of one disruption everywhere."""
