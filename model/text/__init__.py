"""Results as sentences and tables: text, JSON and CSV."""
