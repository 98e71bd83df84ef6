"""The look of a deck: our own template, written in code, or a reader's, cleaned."""
