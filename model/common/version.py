"""The version of the equations, as `CITATION.cff` has it; that of the tables stands in `data/version.toml`."""

from model.common.citation import project

MODEL_VERSION = project().version
