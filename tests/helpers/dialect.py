"""Words in private senses, which no reader shall meet."""

from __future__ import annotations

import re

DIALECT = re.compile(
    r"""\b(
    spells? | draws? | caught\ up | catch(es|ing)?\ up | lagged | receipts? | bottom-up | inside\ cited | coping
    | recaptur\w* | own\ scenario | sidebar | ledgers? | gross(?!\ (value|domestic)) | net(?!\ outage) | shipped
    | pinned | baselines? | in\ the\ dark | reset\ all | back\ to\ (the|how) | take\ away | lost\ for\ good | touched
    | 90\ ?%\ range | beside\ it | ours | copes? | band | severity | user\ class(es)? | onset | from\ memory | bears\ it
    )\b | \d\ %""",
    re.VERBOSE | re.IGNORECASE,
)
# What a machine reads: addresses, commands, file names, keys, the options of the command line.
MACHINE = re.compile(
    r"\]\([^)]*\)|python -m .*|<[^>]+>|--[a-z-]+( [A-Z_]+)?|\S*[._=/]\w\S*|\S*_\S*|\w+ \[[^\]]*\]"
)


def dialect(text: str) -> str:
    """The first such word of a text, with what stands around it; empty where there is none."""
    read = MACHINE.sub(" ", re.sub(r"\\(.)", r"\1", text))
    match = DIALECT.search(read)
    return "" if match is None else f"“{match[0]}” in “{read[max(0, match.start() - 60) : match.end() + 60]}”"
