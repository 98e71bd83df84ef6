"""From scenarios to amounts with ranges."""
