"""What a public function says of itself: its arguments, no argument that is gone, and the errors that it raises."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from model.catalogue.load import ROOT

TOPS = ("model", "charts", "briefing", "door", "views")
ROOMS = sorted({str(path.parent.relative_to(ROOT)) for top in TOPS for path in (ROOT / top).rglob("*.py")})
# Rooms in which every argument is described. Elsewhere numbers and arrays are: only they have a unit and axes.
WHOLE = ("model/kernels", "model/estimation", "model/methods", "model/compare")
NUMBER = re.compile(r"\b(float|int|Array|ArrayLike|NDArray|ndarray)\b")
# What holds an equation also says what comes back, and where it is from.
EQUATIONS = "model/kernels"
UNUSED = "_"  # an argument of this name is there for the caller alone
# An argument under `Args:`; a line that goes on stands deeper.
LISTED = re.compile(r"^ {4}(\w+): ", re.MULTILINE)


def gaps(function: ast.FunctionDef, every: bool, sections: Sequence[str]) -> Iterator[str]:
    """What the docstring of a function leaves out or has too much, in words.

    `every`: also arguments that are no numbers; `sections`: what it must have beside its arguments and errors.
    """
    said = ast.get_docstring(function) or ""
    given = function.args
    arguments = [
        one for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg) if one
    ]
    names = {one.arg for one in arguments}
    wanted = {
        one.arg
        for one in arguments
        if every or (one.annotation and NUMBER.search(ast.unparse(one.annotation)))
    }
    listed = set(LISTED.findall(said.partition("Args:\n")[2].partition("\n\n")[0]))
    for name in sorted(wanted - listed - {UNUSED, "self", "cls"}):
        if f"`{name}`" not in said:
            yield f"does not describe its argument `{name}`"
    for name in sorted(listed - names):
        yield f"describes `{name}`, which is no argument of it"
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            error = ast.unparse(node.exc.func)
            if error[0].isupper() and error not in said:  # not a function that makes the error
                yield f"does not say that it raises {error}"
    for section in sections:
        if f"\n{section}:" not in said:
            yield f"has no section `{section}:`"


def public(path: Path) -> Iterator[ast.FunctionDef]:
    """The public functions of a file, and the public methods of its public classes."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        inside = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else [node]
        for one in inside:
            if isinstance(one, ast.FunctionDef) and not one.name.startswith("_"):
                yield one


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_function_names_its_arguments_and_errors(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {gap}"
        for path in sorted((ROOT / room).glob("*.py"))
        for node in public(path)
        for gap in gaps(node, room in WHOLE, ("Returns", "Source") if room == EQUATIONS else ())
    ]
    how = "say unit, axes and meaning of an argument, as `name:` under Args or in backticks:"
    assert not wrong, "\n".join([how, *wrong])
