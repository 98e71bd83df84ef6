"""Looks up every package of requirements*.txt in the database of known faults, and says what came of it.

Without a database nothing is known, and that is said; it is no failure of the project.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FILES = (
    "requirements-dev.txt",
    "requirements-dask.txt",
    "requirements-supply.txt",
)  # these hold the run time's too
AUDIT = (
    "-m",
    "pip_audit",
    "--disable-pip",
    "--require-hashes",
    "--progress-spinner",
    "off",
    "--format",
    "json",
)


def main() -> int:
    """Run pip-audit on the compiled files; 1 when a package has a known fault, else 0."""
    files = [part for name in FILES for part in ("--requirement", str(ROOT / name))]
    done = subprocess.run([sys.executable, *AUDIT, *files], capture_output=True, text=True, check=False)
    try:
        text, failed = verdict(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        text, failed = f"audit: nothing was looked up: {reason}", False
    print(text)
    return int(failed)


def verdict(packages: list[dict[str, Any]]) -> tuple[str, bool]:
    """What to say of packages as pip-audit lists them, and whether one has a known fault.

    Each has a `name`, and either `version` and `vulns`, or `skip_reason` where it could not be looked up.
    """
    looked_up = [one for one in packages if "skip_reason" not in one]
    if not looked_up:
        return (
            f"audit: the database of known faults did not answer for any of {len(packages)} packages",
            False,
        )
    bad = [
        f"audit: {one['name']} {one['version']} has {fault['id']}; mended in: {', '.join(fault['fix_versions'])}"
        for one in looked_up
        for fault in one["vulns"]
    ]
    counts = f"audit: {len(looked_up)} of {len(packages)} packages looked up, {len(bad)} known faults"
    return "\n".join([*bad, counts]), bool(bad)


if __name__ == "__main__":
    sys.exit(main())
