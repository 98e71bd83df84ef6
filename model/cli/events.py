"""The command `events`: a list of events in, a priced list out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.catalogue.load import Catalogue
from model.cli.parser import not_beside
from model.common.errors import InputError
from model.common.files import bytes_of, folder_at, why_not
from model.reading.dates import day_of
from model.scenario.fields import FIELDS
from model.scenario.readers import whole

if TYPE_CHECKING:
    from model.lists.reading import EventList

LIST = "a list of events: CSV, XLSX or JSON, in any of the layouts"
UNFINISHED = "unfinished"
MOST_WORKERS = 256
CHOSEN = ("draws", "seed")


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("events", help="a list of events in, a priced list out")
    parser.add_argument("file", nargs="?", help=LIST)
    parser.add_argument(
        "--shipped", action="store_true", help="the documented events of this project, instead"
    )
    add_reading(parser)
    parser.add_argument("--to", required=True, metavar="DIR", help="folder for CSV, XLSX and JSON")
    parser.add_argument("--workers", help="processes on this machine (default 1)")
    parser.add_argument(
        "--dask", default="", metavar="ADDRESS", help="a Dask scheduler that spreads the work"
    )
    for name in CHOSEN:
        for flag in FIELDS[name].flags:
            parser.add_argument(flag.name, help=flag.help)
    parser.set_defaults(run=run, out=None)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """The arguments that say how a list is read; see `listed`."""
    parser.add_argument(
        "--layout", help="auto, stop, cloudflare, ioda, ioda_checked, ooni or own (default auto)"
    )
    parser.add_argument(
        "--until", help="day until which what goes on is counted (default: the last in the list)"
    )


def listed(catalogue: Catalogue, file: str, options: argparse.Namespace) -> EventList:
    """The list in a file as the arguments of `add_reading` say; raises `InputError`."""
    from model.layouts.files import MAX_FILE
    from model.lists.reading import AUTO, read_list

    path = Path(file)
    until = None if options.until is None else day_of("--until", options.until)
    layout = AUTO if options.layout is None else options.layout
    return read_list(catalogue, path.name, bytes_of("events", path, LIST, MAX_FILE), layout, until)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    """Price a list and write its files; raises `InputError` for what cannot be used, and where it was stopped."""
    from model.lists.priced import price  # a second to load, and no other command should wait for it
    from model.lists.shipped import shipped_list
    from model.lists.work import ChunkStore
    from model.text.lists_report import NAMES, ListReport

    workers = whole("--workers", options.workers or 1, 1, MOST_WORKERS)
    chosen = {
        name: FIELDS[name].form.check(catalogue, name, getattr(options, name) or FIELDS[name].default)
        for name in CHOSEN
    }
    if options.shipped == (options.file is not None):
        raise InputError("events", options.file or "", "needs one list", "a file, or --shipped")
    not_beside(options, "shipped", "layout", "until")
    not_beside(options, "dask", "workers")
    events = shipped_list(catalogue) if options.shipped else listed(catalogue, options.file, options)
    folder = Path(options.to)
    try:
        interrupted = (folder / UNFINISHED).exists()  # what it wrote by then is not whole
        for name in () if interrupted else NAMES:
            if (folder / name).exists():
                raise InputError("--to", str(folder), f"holds {name} already", "a folder without results")
        with folder_at(folder), folder_at(folder / UNFINISHED):
            store = ChunkStore(folder / UNFINISHED)
            with ProgressBar(sys.stderr.isatty()) as bar:
                priced = price(
                    catalogue,
                    events,
                    store=store,
                    workers=workers,
                    dask=options.dask,
                    tick=bar.tick,
                    **chosen,
                )
            report = ListReport(priced)
            paths = report.write(folder)
        store.clear()
    except KeyboardInterrupt:
        raise InputError(
            "events", events.name, "was stopped", "the same command again, which goes on"
        ) from None
    except OSError as problem:
        raise InputError("--to", str(folder), why_not(problem, "cannot be written"), "a folder") from None
    return "\n".join([*report.lines, "", *(f"Wrote {path}" for path in paths), ""])


class ProgressBar:
    """How far it is, on a terminal; silent elsewhere."""

    def __init__(self, shown: bool) -> None:
        self.shown, self._bar = shown, None

    def __enter__(self) -> ProgressBar:
        if self.shown:
            from tqdm import tqdm

            form = "{desc} {percentage:3.0f}% |{bar}| {elapsed} gone, {remaining} to go"
            self._bar = tqdm(total=1.0, desc="Pricing", bar_format=form)
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def tick(self, done: float) -> None:
        """Show that the share `done` of the work is done, 0 to 1."""
        if self._bar is not None:
            self._bar.update(done - self._bar.n)
