"""LibreOffice without a screen, for the tests of files that people open with an office program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

# Compute every formula on loading: LibreOffice otherwise shows what the file says it last showed.
COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
# Commas, quotes, UTF-8; nothing as it is shown, which would be rounded; -1: every sheet in a file of its own.
TABLES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{code}</script:module>
"""


def program(name: str) -> str:
    """The path of a program; a missing one fails the test, since a skip would hide it."""
    path = shutil.which(name)
    assert path, f"{name} is missing: apt install libreoffice-calc libreoffice-impress poppler-utils"
    return path


def convert(kind: str, folder: Path, *sources: Path) -> list[Path]:
    """Files in another format, made in `folder` by one LibreOffice."""
    said = _converted(kind, folder, folder / kind, *sources)
    made = [folder / kind / f"{source.stem}.{kind}" for source in sources]
    assert all(path.exists() for path in made), said
    return made


def tables_of(folder: Path, *sources: Path) -> Path:
    """Where each sheet of workbooks stands as `NAME-SHEET.csv`, every formula computed anew by one LibreOffice.

    In all digits, and in half the time that it takes to write a workbook again.
    """
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(COMPUTE, encoding="utf-8")
    _converted(TABLES, folder, folder / "tables", *sources)
    return folder / "tables"


def _converted(how: str, folder: Path, target: Path, *sources: Path) -> str:
    return _office(folder / "profile", 420, "--convert-to", how, "--outdir", str(target), *map(str, sources))


def run_basic(folder: Path, code: str, seconds: int = 420) -> None:
    """Run `Sub Main` of a Basic module in a LibreOffice as people install it: no setting is changed."""
    profile = folder / "plain_profile"
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    if not module.exists():  # the first start makes the profile, and would write over a module in it
        _office(profile, 120, "--terminate_after_init")
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(MODULE.format(code=escape(code)), encoding="utf-8")
    _office(profile, seconds, "macro:///Standard.Module1.Main")


def _office(profile: Path, seconds: int, *arguments: str) -> str:
    """One LibreOffice with a profile of its own; returns what it printed."""
    done = subprocess.run(
        [program("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless", *arguments],
        capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said
