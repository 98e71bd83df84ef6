"""What stands around every page: name, title, style, footer, and where former addresses lead."""
