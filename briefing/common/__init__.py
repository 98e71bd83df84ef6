"""What every format shares: the content of a briefing, its words and names, links and sources."""
