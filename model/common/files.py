"""Files of a reader: what is read is a file with an end, and what is written is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from model.common import limits
from model.common.errors import SHOWN, InputError


def bytes_of(field: str, path: Path, allowed: str, most: int) -> bytes:
    """The bytes of a file that a reader named, at most `most`; raises `InputError` under `field`.

    A folder, a device and a pipe are no files: they have no end, or none that comes by itself.
    """
    try:
        if endless(path):
            raise InputError(field, shown(path), "is not a file", allowed)
        with path.open("rb") as handle:
            content = handle.read(most + 1)
    except (OSError, ValueError) as problem:  # a name may hold what no file system takes
        if isinstance(problem, InputError):
            raise
        raise InputError(field, shown(path), why_not(problem, "cannot be read"), allowed) from None
    check_size(field, shown(path), content, allowed, most)
    return content


def check_size(field: str, name: str, content: bytes, allowed: str, most: int) -> None:
    """Raises `InputError` under `field` for a file of more than `most` bytes."""
    if len(content) > most:
        size = f"{most // limits.MB} MB" if most >= limits.MB else f"{most // 1024} kB"
        raise InputError(field, name, "is too large", f"{allowed} of at most {size}")


def shown(path: Path) -> str:
    """A path as an error names it: whole where it is short, else by its last part."""
    return str(path) if len(str(path)) <= SHOWN else f"…{os.sep}{path.name}"


def why_not(problem: Exception, otherwise: str) -> str:
    """What the system says of a file, or that it is so."""
    return getattr(problem, "strerror", None) or otherwise


def endless(path: Path) -> bool:
    """Whether something is there that is no file: a folder, a device, a pipe."""
    return path.exists() and not path.is_file()


@contextmanager
def folder_at(path: Path) -> Iterator[None]:
    """A folder to write into, made where it is missing; where that fails or the writing, no empty one is left."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):  # it holds something, or was never made
                folder.rmdir()
        raise


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to write into, which takes its place at the end; where that fails, all is as it was.

    So a full disk neither costs a good file of before nor leaves a cut one. What is no file, such as a device, is
    written as it stands. Raises `OSError`, which names `path`.
    """
    target = Path(os.path.realpath(path))  # a link stays, what it leads to is replaced
    if endless(target):
        yield path
        return
    with _naming(path):
        handle, name = tempfile.mkstemp(prefix=".nettoll.", suffix=".part", dir=target.parent)
        os.close(handle)
    beside = Path(name)
    try:
        with _naming(path):
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        yield beside
        with _naming(path):
            with beside.open("r+b") as written:
                os.fsync(written.fileno())
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """An error of the system names the file that was asked for."""
    try:
        yield
    except OSError as problem:
        problem.filename, problem.filename2 = str(path), None
        raise


def _umask() -> int:
    """What the system takes from the rights of a new file; it can only be read by setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all or none as far as a disk allows: they take their places once each is written whole.

    Raises `OSError`, which names the file.
    """
    with ExitStack() as stack:
        for path, content in contents.items():
            beside = stack.enter_context(replacing(path))
            with _naming(path):
                beside.write_bytes(content)
