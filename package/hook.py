"""Builds the package: the rooms of the house under the one name `nettoll`, so that they take no other name.

In the project's folder the code says `from model.x import y`; in the package the same line says
`from nettoll.model.x import y`. Nothing else is changed: files that are found beside the code lie beside it there too.
"""

from __future__ import annotations

import ast
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "nettoll"
ROOMS = ("model", "charts", "briefing", "door", "views")  # folders of code
BESIDE = ("data", "seeds", "static", ".streamlit")  # folders without
SINGLE = ("dashboard.py", "CHANGELOG.md", "CITATION.cff", "LICENSE")
FROM = re.compile(r"from\s+")


class Hook(BuildHookInterface[Any]):
    """What the builder calls before and after it packs a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Lay the package out in a folder of its own and have that packed."""
        if version == "editable":
            raise ValueError(
                "an editable install is not possible: work in the project's folder, see ./dev help"
            )
        self.folder = Path(tempfile.mkdtemp(prefix=NAME))
        lay_out(Path(self.root), self.folder)
        build_data["force_include"][str(self.folder)] = NAME

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the folder away again."""
        shutil.rmtree(self.folder)


def lay_out(root: Path, target: Path) -> None:
    """Copy the project at `root` into `target`, which becomes the package; raises `ValueError` as `moved` does."""
    shutil.copytree(root / "package" / "front", target, dirs_exist_ok=True, ignore=_left_out)
    for name in (*ROOMS, *BESIDE):
        shutil.copytree(root / name, target / name, ignore=_left_out)
    for name in SINGLE:
        shutil.copy(root / name, target)
    for path in target.rglob("*.py"):
        path.write_bytes(moved(path.read_text(encoding="utf-8")).encode("utf-8"))


def moved(source: str) -> str:
    """The same code with its imports of rooms below the package's name, line by line.

    Raises `ValueError` for `import model...`, which binds a name that the package does not have.
    """
    lines = source.split("\n")
    rooms = {*ROOMS, "dashboard"}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import) and rooms & {alias.name.partition(".")[0] for alias in node.names}:
            raise ValueError(
                f"line {node.lineno}: {lines[node.lineno - 1].strip()!r}; write: from ... import ..."
            )
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] in rooms:
            line = lines[node.lineno - 1].encode("utf-8")
            before, after = line[: node.col_offset].decode("utf-8"), line[node.col_offset :].decode("utf-8")
            lines[node.lineno - 1] = before + FROM.sub(f"from {NAME}.", after, count=1)
    return "\n".join(lines)


def _left_out(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__"}
