"""The version of the equations; that of the tables stands in `data/version.toml`."""

MODEL_VERSION = "1.2.0"
