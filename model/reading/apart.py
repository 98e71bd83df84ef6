"""Work on what a stranger gave in a process of its own, with a limit of time, of memory and of what comes back.

That bounds what a file can cost. It is no wall: the process has the rights of the one that starts it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Thread, Timer

from model.common import limits

# Runs in the other process first. Windows has no such limits: there time, and what comes back, bound the work.
CONFINED = """
import sys
from runpy import run_path
script, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
try:
    import resource
except ImportError:
    pass
else:
    for what, most in (
        (resource.RLIMIT_CPU, seconds + 1), (resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
run_path(script, run_name="__main__")
"""
AT_ONCE = 64 * 1024  # bytes that are read from it in one go
ADMITTED = BoundedSemaphore(limits.AT_ONCE)  # processes at the same time: each may take its memory


class ApartError(Exception):
    """The work took too long, gave too much, or ended without an answer: then it needed too much memory or crashed."""


def run_apart(
    script: Path, content: bytes, *, seconds: int = 10, memory: int = 1024, answer: int = 64
) -> bytes:
    """What a script writes that reads `content`, in a process that has nothing of ours in its memory.

    Args:
        script: a Python file that needs none of the project's own: it reads its standard input and writes bytes.
        content: what it works on.
        seconds: of processor time, and of the clock, that it may take.
        memory: MB that it may ask for.
        answer: MB that it may write.

    Raises:
        ApartError: it kept to none of these, or failed.
    """
    command = [sys.executable, "-I", "-c", CONFINED, str(script), str(seconds), str(memory * limits.MB)]
    with (
        ADMITTED,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process,
    ):
        late: list[bool] = []

        def end() -> None:
            late.append(True)
            process.kill()

        timer = Timer(seconds, end)
        timer.start()
        feeder = Thread(target=_feed, args=(process, content), daemon=True)
        feeder.start()
        try:
            written = _written(process, answer * limits.MB)
        finally:
            timer.cancel()
            process.kill()
            feeder.join()
    if late or written is None:
        raise ApartError("takes too long" if late else "unpacks to too much")
    if process.returncode:
        raise ApartError("needs too much memory or time")
    return written


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    assert process.stdin is not None
    with suppress(OSError):  # it may end before it has read all
        process.stdin.write(content)
    with suppress(OSError):
        process.stdin.close()


def _written(process: subprocess.Popen[bytes], most: int) -> bytes | None:
    """All that the process writes, None where that is more than `most` bytes; it has ended then, or is to be ended."""
    assert process.stdout is not None
    read: Callable[[int], bytes] = process.stdout.read
    parts: list[bytes] = []
    size = 0
    while part := read(AT_ONCE):
        parts.append(part)
        size += len(part)
        if size > most:
            return None
    process.wait()
    return b"".join(parts)
