"""The rooms of the house and their order, the modules in them and what each imports."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from model.catalogue.load import ROOT

# From the lowest floor to the highest; rooms of one floor do not know each other. A file may import from floors
# below its own and from its own room. `model` and `briefing` alone mean the package's own file.
FLOORS = (
    ("model.common",), ("model.reading",), ("model.catalogue",), ("model.language",), ("model.kernels",),
    ("model.scenario",), ("model.estimation",), ("model.compare", "model.methods", "model.rates"),
    ("model.layouts",), ("model.lists",),
    ("model.evidence",), ("model.claims",), ("model.industry",), ("model.text",),
    ("model.cli",), ("model", "model.__main__"),
    ("charts",),
    ("briefing.common",), ("briefing.slides",), ("briefing.package", "briefing.report", "briefing.workbook"),
    ("briefing",), ("briefing.pages", "briefing.pocket"), ("briefing.__main__",),
    ("door.common",), ("door.api",), ("door.links",), ("door",),
    ("views.words", "views.components"), ("views.session",), ("views.parts", "views.frame"), ("views.pages",),
    ("views",), ("dashboard",),
)  # fmt: skip


@cache
def files() -> dict[str, Path]:
    """Every module of the program by its name; a package's name stands for its `__init__.py`."""
    roots = (*sorted({room.partition(".")[0] for floor in FLOORS for room in floor} - {"dashboard"}),)
    paths = [ROOT / "dashboard.py", *(path for root in roots for path in (ROOT / root).rglob("*.py"))]
    parts = {path: path.relative_to(ROOT).with_suffix("").parts for path in paths}
    return {".".join(p[:-1] if p[-1] == "__init__" else p): path for path, p in parts.items()}


def arrows() -> dict[str, set[str]]:
    """What each module imports, wherever in the file; `from room import file` is an arrow to the file."""
    return {name: imports for name, (imports, _) in _read().items()}


def named() -> dict[str, dict[str, str]]:
    """What each module names at its top level: a class stands for itself, a value for what it is written as."""
    return {name: names for name, (_, names) in _read().items()}


@cache
def _read() -> dict[str, tuple[set[str], dict[str, str]]]:
    """Imports and names of every module. Each file is parsed once; all trees together would take 100 MB."""
    trees = ((name, ast.parse(path.read_text(encoding="utf-8"))) for name, path in files().items())
    return {name: (_imports(name, tree), _names(name, tree)) for name, tree in trees}


def _imports(name: str, tree: ast.Module) -> set[str]:
    imports: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{name} has a relative import"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            imports |= {one if one in files() else node.module for one in inside}
    return imports


def _names(name: str, tree: ast.Module) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            names[node.name] = f"class of {name}"
        elif isinstance(node, ast.Assign):
            names |= {ast.unparse(target): ast.unparse(node.value) for target in node.targets}
        elif isinstance(node, ast.AnnAssign) and node.value:
            names[ast.unparse(node.target)] = ast.unparse(node.value)
    return names
