"""What a reader chose: the scenario, its link, its file, and what differs from another."""
