"""The API: what may be asked, what is answered, and its description for programs."""
