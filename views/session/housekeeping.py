"""Memory that nobody needs any more is given back, and what visitors give stays within its limits.

Once a process, beside the visits: a thread looks every few seconds. When everybody has left, or when the process holds
more than it may, results are dropped; in the second case, and where uploaded files leave no room for another one, also
the visits of those whose browser is gone: the address in a browser holds what its reader set, so a page that comes back
shows it again.
"""

from __future__ import annotations

import ctypes
import gc
import os
import time
from collections.abc import Callable
from contextlib import suppress
from logging import getLogger
from pathlib import Path
from threading import Thread

from model.catalogue.load import Catalogue
from model.common import limits
from model.common.cache import FILES, RESULTS, cached
from views.session import streamlit_private

EVERY, ALONE = 5.0, 30.0  # seconds between two looks, and of nobody there until results are dropped
GROWN = 64  # MB that the process has grown by: worth a look for garbage
STATM = Path("/proc/self/statm")


@cached(1)
def begin(tables: Catalogue) -> None:
    """Once, before the first page; what is loaded by now need not be searched for garbage again and again.

    A full collection takes 0.1 to 0.2 s, in the middle of whatever a reader waits for.
    """
    gc.collect()
    gc.freeze()
    streamlit_private.look_up_one_by_one()  # here, since it takes the run of a page
    if streamlit_private.limit_uploads(limits.VISITOR_MB * limits.MB, limits.UPLOADS_MB * limits.MB):
        Thread(target=_look_after, name="housekeeping", daemon=True).start()


def _look_after() -> None:
    house = House()
    while True:
        time.sleep(EVERY)
        try:
            house.look(time.monotonic())
        except Exception:  # the next look may succeed, and without any the memory only grows
            getLogger(__name__).exception("a look at the memory failed")


class House:
    """What was seen at the last look."""

    def __init__(self) -> None:
        self._alone_since: float | None = None
        self._memory, self._results = memory_mb(), RESULTS.size

    def look(self, now: float) -> None:
        """Give back what nobody needs; `now` in seconds."""
        ended = streamlit_private.forget_expired()
        if not streamlit_private.expected():
            FILES.clear()
        if ended and not streamlit_private.visitors():  # else a collection would make somebody wait
            give_back()
        if streamlit_private.uploaded() > max(limits.UPLOADS_MB - limits.UPLOAD_MB, 0) * limits.MB:
            streamlit_private.forget_absent()  # else there is no room for the next file
        memory, results = memory_mb(), RESULTS.size
        made, self._results = results != self._results, results
        if (
            streamlit_private.visitors() or made
        ):  # whoever asks the API is no visitor, but its results are made anew
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = now
        elif now - self._alone_since >= ALONE and (RESULTS.size or memory > self._memory + GROWN):
            give_back(RESULTS.clear)
            self._memory, self._results = memory_mb(), RESULTS.size
            return
        if memory > limits.MEMORY_MB and memory > self._memory + GROWN / 4:
            give_back(RESULTS.clear, streamlit_private.forget_absent)
            self._memory = memory_mb()
        elif memory > self._memory + GROWN:
            give_back()
            self._memory = memory_mb()


def give_back(*first: Callable[[], None]) -> None:
    """Do what is asked first, collect garbage, and hand what is free to the system."""
    for act in first:
        act()
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):  # glibc alone keeps what was freed, and has this
        ctypes.CDLL(None).malloc_trim(0)


def memory_mb() -> float:
    """MB that this process holds now; 0 where the system does not say."""
    try:
        return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / limits.MB
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.0
