"""What an internet disruption costs: a range with a stated basis, from figures that can each be traced.

Begin with `estimate(load(), Scenario(hours=72.0))`. On the command line: `nettoll --help`.
"""

from typing import TYPE_CHECKING

from model import MODEL_VERSION
from model import __getattr__ as __getattr__

if TYPE_CHECKING:
    from model import Scenario, estimate, load

__all__ = ["MODEL_VERSION", "Scenario", "estimate", "load"]
__version__ = MODEL_VERSION
