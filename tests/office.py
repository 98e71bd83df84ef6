"""LibreOffice without a screen, for the tests of files that people open with an office program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

# Compute every formula on loading: LibreOffice otherwise shows what the file says it last showed.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def program(name: str) -> str:
    """The path of a program; a missing one fails the test, since a skip would hide it."""
    found = shutil.which(name)
    assert found, f"{name} is missing: apt install libreoffice-calc libreoffice-impress poppler-utils"
    return found


def convert(kind: str, folder: Path, *sources: Path) -> list[Path]:
    """Files in another format, made in `folder` by one LibreOffice with a profile of its own."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    target = folder / kind
    target.mkdir(exist_ok=True)
    done = subprocess.run(
        [program("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(target), *map(str, sources)],
        capture_output=True, text=True, timeout=420, check=False,
    )  # fmt: skip
    made = [target / f"{source.stem}.{kind}" for source in sources]
    assert done.returncode == 0 and all(path.exists() for path in made), done.stdout + done.stderr
    return made
