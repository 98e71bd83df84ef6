"""No word of the project's old private dialect stands in a file that people read."""

from __future__ import annotations

import pytest
from helpers.dialect import dialect
from helpers.files.readers import READERS

# The title of a manual, and the name of a formula's cell, which no reader has to understand.
QUOTED = ("recapture factors", "\nspells\n")


@pytest.mark.parametrize("key", ["pptx", "pdf", "html", "xlsx"])
def test_no_file_speaks_the_old_dialect(vpn_files: dict[str, bytes], key: str) -> None:
    text = READERS[key](vpn_files[key])
    for quoted in QUOTED:
        text = text.replace(quoted, "\n")
    lines = [line for part in text.splitlines() for line in part.split(". ")]
    assert not [word for line in lines if (word := dialect(line))]
