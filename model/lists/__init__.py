"""Lists of events: one reader per layout, one record per row, and what each costs, priced once."""
