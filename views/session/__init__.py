"""The state of a visit: the scenario of the reader, the address bar, work under way."""
