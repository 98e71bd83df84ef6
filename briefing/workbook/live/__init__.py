"""Sheets that follow a changed input."""
