"""What the tables of `data/` and `seeds/` may hold, and the one place that reads them."""
