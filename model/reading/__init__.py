"""What people type, before it is compared with any table: numbers, days, names, texts, links."""
