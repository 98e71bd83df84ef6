"""Errors, numbers in words, ledgers, tables and the cache: what every room of the model uses."""
