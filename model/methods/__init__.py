"""What others would print for the same disruption: one file per published method.

The registry finds the files by itself: a module of this package that holds a `METHOD` is a method, so
adding a method is adding a file (and its constants to `data/method_constants.csv`).
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from model.common.cache import cached

if TYPE_CHECKING:
    from model.methods.base import Method


@cached(1)
def methods() -> dict[str, Method]:
    """Every method by name, in alphabetical order."""
    by_name: dict[str, Method] = {}
    for module in sorted(iter_modules(__path__), key=lambda item: item.name):
        method = getattr(import_module(f"{__name__}.{module.name}"), "METHOD", None)
        if method is not None:
            by_name[method.name] = method
    return by_name
