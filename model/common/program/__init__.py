"""What a reader types to run this: in the project's folder, and where it was installed as a package.

The package holds the same rooms under one name of its own (`package/hook.py`).
"""

from __future__ import annotations

INSTALLED = __name__.partition(".")[0] != "model"
FOLDER = "" if INSTALLED else " in the project's folder"  # where the commands below work
_TYPED = {"model": "nettoll", "briefing": "nettoll briefing", "dashboard": "nettoll dashboard"}
_TYPED_HERE = {
    "model": "python -m model", "briefing": "python -m briefing", "dashboard": "streamlit run dashboard.py",
}  # fmt: skip


def command(door: str = "model") -> str:
    """What begins a line that runs a door of the program: `model`, `briefing` or `dashboard`."""
    return (_TYPED if INSTALLED else _TYPED_HERE)[door]
