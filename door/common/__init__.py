"""What every answer of the server shares: who asks and how often, turns of work, files, heads and problems."""
