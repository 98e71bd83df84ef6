"""`datapackage.json` of a data package: what is in it, column by column, whose it is and how to use it.

The form is that of the Frictionless Data Package (https://specs.frictionlessdata.io), which many programs read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from briefing.common.beside import SourceLine
from briefing.package.dictionary import COUNT, DATE, TEXT, Meaning, header_of
from model.common.citation import project
from model.text import writer

NAME = "datapackage.json"
TYPES = {TEXT: "string", DATE: "date", COUNT: "integer"}  # by unit; all other units measure something
MEDIA = {".csv": "text/csv", ".json": "application/json", ".toml": "application/toml"}


def descriptor(
    name: str,
    title: str,
    description: str,
    files: Mapping[str, str],
    meaning: Callable[[str, str], Meaning],
    sources: Iterable[SourceLine],
    extras: Mapping[str, Any],
) -> str:
    """The package of `files`, text by path; `meaning` gives unit and description of a table's column.

    `extras` are said of the whole package under the project's own name: scenario, versions, date.
    """
    own = project()
    return writer.json_text(
        {
            "profile": "data-package",
            "name": name.lower().replace("_", "-"),
            "title": title,
            "description": description,
            "version": extras["data_version"],
            "created": f"{extras['date']}T00:00:00Z",
            "licenses": [{"name": own.licence, "title": f"{own.licence} licence", "path": "LICENSE"}],
            "contributors": [{"title": author, "role": "author"} for author in own.authors],
            "sources": [_source(line) for line in sources],
            "resources": [
                _resource(path, text, meaning)
                for path, text in files.items()
                if PurePosixPath(path).suffix in MEDIA
            ],
            own.name.lower(): dict(extras),
        }
    )


def _source(line: SourceLine) -> dict[str, str]:
    parts = {"title": line.text}
    return parts | {"path": line.url} if line.url.startswith(("https://", "http://")) else parts


def _resource(path: str, text: str, meaning: Callable[[str, str], Meaning]) -> dict[str, Any]:
    kind, data = PurePosixPath(path).suffix, writer.file_bytes(path, text)
    own: dict[str, Any] = {
        "name": path.removesuffix(kind).replace("/", "-").replace("_", "-").lower() + kind.replace(".", "-"),
        "path": path,
        "profile": "tabular-data-resource" if kind == ".csv" else "data-resource",
        "format": kind[1:],
        "mediatype": MEDIA[kind],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    if kind == ".csv":
        fields = [_field(column, meaning(path, column)) for column in header_of(text)]
        own["schema"] = {"fields": fields, "missingValues": [""]}
    return own


def _field(column: str, meaning: Meaning) -> dict[str, str]:
    unit, description = meaning
    field = {"name": column, "type": TYPES.get(unit, "number"), "description": description}
    return field if unit in TYPES else field | {"unit": unit}
