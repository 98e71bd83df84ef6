"""The version of the equations; that of the tables stands in `data/version.toml`."""

MODEL_VERSION = "2.1.0"
