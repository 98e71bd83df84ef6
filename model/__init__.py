"""What an internet disruption costs: a range with a stated basis, from figures that can each be traced.

The package imports neither Streamlit nor Plotly and reads no screen. Begin with
`estimate(load(), Scenario(hours=72.0))`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from model.common.version import MODEL_VERSION

if TYPE_CHECKING:
    from model.catalogue.load import load
    from model.estimation.estimate import estimate
    from model.scenario.scenario import Scenario

__all__ = ["MODEL_VERSION", "Scenario", "estimate", "load"]
# Where each name stands. It is imported when it is first asked for: every module of the package passes through here.
PLACES = {
    "Scenario": "scenario.scenario",
    "estimate": "estimation.estimate",
    "load": "catalogue.load",
}


def __getattr__(name: str) -> object:
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{PLACES[name]}"), name)
