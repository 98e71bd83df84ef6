"""What people type, before it is held against any table: numbers, days, names, texts, links."""
