"""What speaks for and against the model: back-tests and the record."""
