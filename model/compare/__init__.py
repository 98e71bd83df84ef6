"""Scenarios side by side, along durations, and until a figure is passed."""
