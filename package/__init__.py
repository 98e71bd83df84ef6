"""How the project is given away: the package, and what is needed with it. Nothing here is part of the program."""
