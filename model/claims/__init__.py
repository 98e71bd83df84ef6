"""Published claims: quoted, computed, never repaired."""
