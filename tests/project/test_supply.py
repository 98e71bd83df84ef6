"""What the project needs: declared once in pyproject.toml, used, and compiled with all below it and with hashes."""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache
from importlib.metadata import distribution, packages_distributions
from itertools import pairwise

import pytest
from helpers.rooms import arrows
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as canonical

from model.catalogue.load import ROOT
from package.audit import verdict

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
    "requirements-dask.txt": PROJECT["project"]["dependencies"]
    + PROJECT["project"]["optional-dependencies"]["dask"],
    "requirements-supply.txt": PROJECT["dependency-groups"]["supply"],
}
# Called or read by a tool, never imported.
TOOLS = {
    "axe-playwright-python", "httpx2", "mypy", "pandas-stubs", "pytest-random-order", "pytest-rerunfailures",
    "pytest-xdist", "ruff", "scipy-stubs", "types-cachetools", "tzdata", "uvloop",
}  # fmt: skip
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


@cache
def pinned(file: str) -> dict[str, tuple[str, str]]:
    """The version of each package of a compiled file, and the systems that it is for ("" is all)."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return {canonical(name): (version, marker or "") for name, version, marker in PIN.findall(text)}


@pytest.mark.parametrize("file", DECLARED)
def test_compiled_requirements_are_fresh(file: str) -> None:
    """Every declared package is there in a version that was asked for, or `./dev lock` was forgotten."""
    pins = pinned(file)
    for line in DECLARED[file]:
        wanted = Requirement(line)
        assert canonical(wanted.name) in pins, f"{file} lacks {line}: ./dev lock"
        version, _ = pins[canonical(wanted.name)]
        assert wanted.specifier.contains(version), (
            f"{file} has {wanted.name} {version}, not {line}: ./dev lock"
        )


def needed_by(names: list[str]) -> set[str]:
    """These packages and all that they need on this system, by what the installed ones say of themselves."""
    needed: set[tuple[str, str]] = set()
    waiting = [
        (canonical(wanted.name), extra)
        for wanted in map(Requirement, names)
        for extra in ("", *wanted.extras)
    ]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in needed:
            continue
        needed.add((name, extra))
        for line in distribution(name).requires or ():
            below = Requirement(line)
            if below.marker is None or below.marker.evaluate({"extra": extra}):
                waiting += [(canonical(below.name), more) for more in ("", *below.extras)]
    return {name for name, _ in needed}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_compiled_requirements_hold_all_that_is_needed_and_no_more(file: str) -> None:
    needed = needed_by(DECLARED[file])
    assert not needed - set(pinned(file)), f"{file} lacks packages: ./dev lock"
    left = {name for name, (_, marker) in pinned(file).items() if name not in needed and not marker}
    assert not left, f"{file} has packages that nothing needs: ./dev lock"


@pytest.mark.parametrize("file", DECLARED)
def test_every_package_has_hashes_and_comes_from_no_named_host(file: str) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        kind = line.lstrip()[:1]
        assert kind == "#" or HASH.match(line) or PIN.match(line), f"{file}: {line}"
        assert not PIN.match(before) or HASH.match(line), f"{file}: {before} has no hash"
    assert len(pinned(file)) == sum(line[:1].isalnum() for line in lines)


def test_files_agree_on_every_version() -> None:
    """One environment can hold them all."""
    seen: dict[str, str] = {}
    for file in DECLARED:
        for name, (version, _) in pinned(file).items():
            assert seen.setdefault(name, version) == version, f"{file}: {name}"


@cache
def module_names() -> dict[str, set[str]]:
    """The names under which each installed package is imported."""
    names: dict[str, set[str]] = {}
    for module, packages in packages_distributions().items():
        for package in packages:
            names.setdefault(canonical(package), set()).add(module)
    return names


def test_every_declared_package_is_used_and_every_used_one_is_declared() -> None:
    """By the rooms, where it is installed with them; else by the tests or as a tool."""
    shipped = {target.partition(".")[0] for targets in arrows().values() for target in targets}
    tested = shipped | {
        name
        for folder in ("tests", "bench", "package")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    for line in DECLARED["requirements-dev.txt"]:
        name = canonical(Requirement(line).name)
        used = shipped if line in DECLARED["requirements.txt"] else tested
        assert name in TOOLS or module_names()[name] & used, f"{name} is not used"
    declared = {canonical(Requirement(line).name) for line in DECLARED["requirements.txt"]}
    declared_modules = {module for name in declared for module in module_names()[name]} | {
        "distributed"
    }  # in requirements-dask
    own = {name.partition(".")[0] for name in arrows()}
    undeclared = shipped - declared_modules - own - sys.stdlib_module_names
    assert not undeclared, "imported, and only there because another package needs it"


def test_the_audit_says_what_it_could_not_look_up() -> None:
    unknown = {"name": "one", "skip_reason": "not found"}
    sound = {"name": "two", "version": "2.0", "vulns": []}
    bad = {"name": "three", "version": "3.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1"]}]}
    assert verdict([unknown]) == (
        "audit: the database of known faults did not answer for any of 1 packages", False,
    )  # fmt: skip
    assert verdict([unknown, sound]) == ("audit: 1 of 2 packages looked up, 0 known faults", False)
    text, failed = verdict([sound, bad])
    assert failed and text.startswith("audit: three 3.0 has PYSEC-1; mended in: 3.1\n")
