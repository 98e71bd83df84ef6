"""How the programs start: imported by them first of all, before NumPy.

Ctrl+C is never a traceback: until they listen, it ends them at once and without a word; from `listen` on it is a
`KeyboardInterrupt`, which they answer with one line. A product of matrices takes one thread, as with `./dev run`: more
of them wait for each other, and their number would be seen in the last bit.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import PurePath

PROGRAMS = ("model", "briefing", "nettoll")


def listen() -> None:
    """Let Ctrl+C be a `KeyboardInterrupt` from here on, where it was the end."""
    if _is_program() and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_program() -> bool:
    """Whether this process is one of the programs: a server or a test that imports them has its own way."""
    started = getattr(sys.modules.get("__main__"), "__spec__", None)
    package = started.parent if started is not None else ""
    # The script that an installer writes for the command belongs to no package.
    name = package.rpartition(".")[2] or PurePath(sys.argv[0] if sys.argv else "").stem
    return threading.current_thread() is threading.main_thread() and name in PROGRAMS


if _is_program():
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is to be ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)
