"""What makes and reads the files of a scenario for the tests."""
