"""How far long work is: whoever waits for it gives a `Tick`, and the work calls it."""

from __future__ import annotations

from collections.abc import Callable

Tick = Callable[[float], None]  # hears the share that is done, 0 to 1; what it raises ends the work


def part_of_progress(tick: Tick | None, before: int, now: int, every: int) -> Tick | None:
    """Progress inside one call, as progress of the whole: `now` of `every`, after `before` of them."""
    return tick and (lambda done: tick((before + done * now) / every))
