"""What a public function says of itself: every argument, no argument that is gone, and the errors that it raises."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

import pytest

from model.catalogue.load import ROOT

# Rooms in which every public function says it. Add a room once it is whole; take none away.
WHOLE = ("model/kernels", "model/estimation", "model/methods", "model/compare")
# What holds an equation also says what comes back, and where it is from.
EQUATIONS = ROOT / "model" / "kernels"
UNUSED = "_"  # an argument of this name is there for the caller alone
# An argument under `Args:`; a line that goes on stands deeper.
LISTED = re.compile(r"^ {4}(\w+): ", re.MULTILINE)


def gaps(function: ast.FunctionDef, sections: Sequence[str]) -> Iterator[str]:
    """What the docstring of a function leaves out, one of the `sections` among it, or has too much, in words."""
    said = ast.get_docstring(function) or ""
    given = function.args
    every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
    names = {one.arg for one in every if one} - {UNUSED}
    listed = set(LISTED.findall(said.partition("Args:\n")[2].partition("\n\n")[0]))
    for name in sorted(names - listed):
        if f"`{name}`" not in said:
            yield f"does not describe its argument `{name}`"
    for name in sorted(listed - names):
        yield f"describes `{name}`, which is no argument of it"
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            error = ast.unparse(node.exc.func)
            if error not in said:
                yield f"does not say that it raises {error}"
    for section in sections:
        if f"\n{section}:" not in said:
            yield f"has no section `{section}:`"


@pytest.mark.parametrize("room", WHOLE)
def test_every_public_function_names_its_arguments_and_errors(room: str) -> None:
    paths = sorted((ROOT / room).glob("*.py"))
    assert paths, f"{room} has no files"
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {gap}"
        for path in paths
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        for gap in gaps(node, ("Returns", "Source") if path.parent == EQUATIONS else ())
    ]
    how = "say unit, axes and meaning of an argument, as `name:` under Args or in backticks:"
    assert not wrong, "\n".join([how, *wrong])
