"""The dashboard as the public meets it, in a real browser."""
