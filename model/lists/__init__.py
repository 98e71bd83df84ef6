"""Lists of events: records to scenarios with open values, each disruption priced once."""
