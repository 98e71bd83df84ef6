"""The report as PDF and as HTML."""
