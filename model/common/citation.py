"""What the project is called, and how it is cited: everything is read from `CITATION.cff`, and nothing stands twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[2] / "CITATION.cff"
ADDRESS = "{address}"  # in a citation: put in by whoever knows where the reader stands
_BIBTEX = {"\\": r"\textbackslash{}"} | {sign: f"\\{sign}" for sign in "{}$&#%_"} | {
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True)
class Project:
    """The project as `CITATION.cff` has it; `code` and `contact` are "" where the file names none."""

    title: str
    authors: tuple[str, ...]
    version: str
    released: str
    licence: str
    code: str
    contact: str

    @property
    def name(self) -> str:
        """The name alone."""
        return self.title.partition(": ")[0]

    @property
    def purpose(self) -> str:
        """What it tells, in a few words."""
        return self.title.partition(": ")[2]


@cache
def project() -> Project:
    """The project, read once."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Project:
    """The project of a citation file: its own lines alone, no nested ones but the authors' names.

    Raises `ValueError` naming the line that is missing.
    """
    lines = {
        key: value.strip().strip("\"'") for key, value in re.findall(r"^([a-z-]+):(.*)$", text, re.MULTILINE)
    }
    for key in ("title", "version", "date-released", "license"):
        if not lines.get(key):
            raise ValueError(f"CITATION.cff has no line `{key}: ...`")
    block = re.search(r"^authors:\n((?:[ -].*\n?)+)", text, re.MULTILINE)
    contact = re.search(r"^contact:\n(?:[ -].*\n)*?[ -]+(?:email|website): *(\S+)", text, re.MULTILINE)
    return Project(
        lines["title"],
        tuple(name.strip().strip("\"'") for name in re.findall(r"name: *(.+)", block[1] if block else "")),
        lines["version"], lines["date-released"], lines["license"],
        lines.get("repository-code", ""), contact[1].strip("\"'") if contact else "",
    )  # fmt: skip


def short(scenario: str, data_version: str, day: date) -> str:
    """One line for a text: who, when, what, which versions, which scenario, where and when it was read.

    Like the two below it has `{address}` where the address of the page belongs.
    """
    own = project()
    return (
        f"{', '.join(own.authors)} ({own.released[:4]}). {own.title}. Model {own.version}, data {data_version}. "
        f"{scenario}. {ADDRESS} (accessed {day.day} {day:%B} {day.year})."
    )


def bibtex(scenario: str, data_version: str, day: date) -> str:
    """The same for LaTeX: an entry `@misc`, which every style knows."""
    own, note = project(), _bibtex(f"Model {project().version}, data {data_version}. {scenario}.")
    lines = {
        "author": " and ".join(f"{{{_bibtex(name)}}}" for name in own.authors),
        "title": f"{{{_bibtex(own.title)}}}", "year": own.released[:4], "version": own.version, "note": note,
        "url": ADDRESS, "urldate": day.isoformat(),
    }  # fmt: skip
    key = f"{own.name.lower()}{own.released[:4]}"
    return f"@misc{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in lines.items()) + "}\n"


def ris(scenario: str, data_version: str, day: date) -> str:
    """The same for reference managers: a computer program in RIS."""
    own = project()
    rows = (
        ("TY", "COMP"), *(("AU", name) for name in own.authors), ("TI", own.title),
        ("PY", own.released[:4]), ("ET", own.version), ("N1", f"Model {own.version}, data {data_version}. {scenario}."),
        ("UR", ADDRESS), ("Y2", day.isoformat().replace("-", "/")), ("ER", ""),
    )  # fmt: skip
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows)


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX.get(letter, letter) for letter in " ".join(text.split()))
