"""The chunks of a list spread over processes, and what is finished kept, so that an interrupted run goes on."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from model.catalogue.load import load
from model.common.errors import InputError
from model.common.files import write_together
from model.common.program.progress import Tick, part_of_progress
from model.common.version import MODEL_VERSION
from model.lists.chunks import name_of
from model.lists.price import priced_chunk

ENDING = ".npz"
ATTEMPTS = 3


@dataclass
class ChunkStore:
    """The finished chunks of a run: files in a folder that is there, by their content; without one, in memory."""

    folder: Path | None = None

    def __post_init__(self) -> None:
        self._memory: dict[str, bytes] = {}

    def has(self, name: str) -> bool:
        return name in self._memory or (
            self.folder is not None and (self.folder / f"{name}{ENDING}").is_file()
        )

    def put(self, name: str, result: dict[str, Any]) -> None:
        """Keep a result whole or not at all."""
        target = io.BytesIO()
        names = sorted(result["sums"])
        sums = np.array([result["sums"][key] for key in names])
        np.savez(target, rows=result["rows"], names=np.array(names), sums=sums)
        if self.folder is None:
            self._memory[name] = target.getvalue()
            return
        write_together({self.folder / f"{name}{ENDING}": target.getvalue()})

    def get(self, name: str) -> dict[str, Any]:
        """A result that is kept."""
        source = (
            io.BytesIO(self._memory[name])
            if name in self._memory
            else (self.folder or Path()) / f"{name}{ENDING}"
        )
        with np.load(source) as arrays:
            return {
                "rows": arrays["rows"],
                "sums": dict(zip(map(str, arrays["names"]), arrays["sums"], strict=True)),
            }

    def clear(self) -> None:
        """Drop what was kept, once all of it is written elsewhere."""
        self._memory.clear()
        if self.folder is not None:
            for path in self.folder.iterdir():
                path.unlink()
            self.folder.rmdir()


def price_all(
    chunks: Sequence[dict[str, Any]],
    store: ChunkStore,
    *,
    workers: int = 1,
    dask: str = "",
    tick: Tick | None = None,
) -> Iterator[dict[str, Any]]:
    """The results of the chunks in their order, whoever computed them.

    Args:
        chunks: of `chunks.chunks_of`.
        store: what is finished already is taken from it, and what is new is put there.
        workers: processes on this machine.
        dask: address of a Dask scheduler that spreads the work instead.
        tick: hears the share that is done; what it raises ends the work, and what is finished stays.

    Raises:
        InputError: there is no scheduler at the address, or workers end again and again.
    """
    names = [name_of(chunk) for chunk in chunks]
    for attempt in range(ATTEMPTS):
        waiting = [
            (name, chunk)
            for name, chunk in dict(zip(names, chunks, strict=True)).items()
            if not store.has(name)
        ]
        try:
            _finish(waiting, len(chunks), store, workers, dask, tick)
            break
        except _lost_worker() as problem:
            if attempt == ATTEMPTS - 1:
                advice = "what is finished is kept: run the same command again, with fewer workers"
                raise InputError(
                    "--workers", workers, f"ended without a result ({problem})", advice
                ) from None
    return (store.get(name) for name in names)


def _finish(
    waiting: Sequence[tuple[str, dict[str, Any]]], count: int, store: ChunkStore, workers: int, dask: str,
    tick: Tick | None,
) -> None:  # fmt: skip
    done = count - len(waiting)
    if tick and waiting:
        tick(done / count)
    for name, result in _results(waiting, count, workers, dask, tick):
        store.put(name, result)
        done += 1
        if tick:
            tick(done / count)


def _results(
    waiting: Sequence[tuple[str, dict[str, Any]]], count: int, workers: int, dask: str, tick: Tick | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and result of each chunk as they come in; `tick` hears of work inside them where it is done here."""
    if not waiting:
        return
    if workers == 1 and not dask:
        for done, (name, chunk) in enumerate(waiting, count - len(waiting)):
            yield name, priced_chunk(chunk, part_of_progress(tick, done, 1, count))
        return
    from joblib import Parallel, delayed, parallel_config

    context: AbstractContextManager[Any] = nullcontext()
    arguments: dict[str, Any] = {"n_jobs": workers}
    if dask:
        _connect(dask)
        context, arguments = parallel_config(backend="dask", n_jobs=-1), {}
    with context:
        spread = Parallel(return_as="generator_unordered", batch_size=1, **arguments)
        yield from spread(delayed(_named)(name, chunk) for name, chunk in waiting)


def _named(name: str, chunk: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return name, priced_chunk(chunk)


def versions() -> tuple[str, str]:
    """The versions of model and data of whoever is asked."""
    return MODEL_VERSION, load().data_version


def _connect(address: str) -> None:
    """Become a client of a Dask scheduler whose workers have this project; raises `InputError`."""
    try:
        from distributed import Client
    except ImportError:
        raise InputError("--dask", address, "needs Dask", "pip install -r requirements-dask.txt") from None
    try:
        client = Client(address, timeout="10s", set_as_default=True)
    except (OSError, ValueError, TimeoutError) as problem:
        allowed = "tcp://HOST:8786 of a scheduler that runs"
        raise InputError("--dask", address, f"does not answer ({type(problem).__name__})", allowed) from None
    same = "workers that were started in the project's folder, with its version"
    try:
        theirs = client.submit(versions, pure=False).result(timeout=60)
    except Exception as problem:  # whatever a worker raises that cannot load the project
        client.close()
        problem_text = f"has no worker that can do it ({type(problem).__name__})"
        raise InputError("--dask", address, problem_text, same) from None
    if tuple(theirs) != versions():
        client.close()
        raise InputError("--dask", address, f"has workers of version {' and '.join(theirs)}", same)


def _lost_worker() -> tuple[type[BaseException], ...]:
    """What joblib raises where a process was killed."""
    from joblib.externals.loky.process_executor import BrokenProcessPool, TerminatedWorkerError

    return (TerminatedWorkerError, BrokenProcessPool)
