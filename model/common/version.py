"""The name of the tool and the version of the equations; that of the tables stands in `data/version.toml`."""

NAME = "NetToll"
MODEL_VERSION = "2.0.0"
