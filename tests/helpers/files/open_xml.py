"""Whether an office file keeps to the schemas and rules of Office Open XML, by a port of Microsoft's own validator."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator


@cache
def _validator() -> OpenXmlValidator:
    """One for all: it reads its schemas once."""
    return OpenXmlValidator(file_format=FileFormat.OFFICE_2019)


def faults(data: bytes, folder: Path, ending: str) -> list[str]:
    """What is wrong with a file of this ending (xlsx, pptx); empty where nothing is."""
    path = folder / f"checked.{ending}"
    path.write_bytes(data)
    return [str(error) for error in _validator().validate(path).errors]
