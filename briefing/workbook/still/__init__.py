"""Sheets that stand still: how to use the file, what the model computed when it was made, sources and notes."""
