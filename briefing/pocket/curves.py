"""The curves that the pocket edition holds: every number is one that an estimate of that length gives.

Net and gross losses are computed for every economy. Two things make them few enough to carry: a share of the country
is a factor, and so is a number of outages above one, since customers then wait until the next at most however many
there are. Later losses and workaround costs are an economy's export earnings times what is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.durations import STOPS
from model.common.ranges import Range
from model.estimation.economy import Economy
from model.estimation.flows import later, net_hours, side_by_side
from model.estimation.world import Everywhere, everywhere
from model.scenario.places import place_shares
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
HearKind = Callable[[str], None]
NO_RECOVERY = {
    "recapture.share_of_ceiling": 0.0
}  # nothing is caught up: the direct loss is all that is disrupted
SEVERAL = 2  # outages; the loss of each is the same for any number above one
# What is disrupted, what is lost in one outage, and what is lost in each of several.
VARIANTS: tuple[dict[str, object], ...] = ({"assumptions": NO_RECOVERY}, {}, {"spells": SEVERAL})
ABROAD = "KEN"  # any economy other than the home one: what is the same in all of them is read off it


@dataclass(frozen=True)
class Curves:
    """Losses in USD along the lengths, each as its 5th percentile, median and 95th percentile."""

    kinds: tuple[str, ...]
    codes: tuple[str, ...]
    hours: tuple[float, ...]
    counts: tuple[int, ...]
    output: Array  # (kind, variant, end, economy and behind them region of home, length), of one outage
    later: Array  # (kind, count, end, length), per USD of export earnings a year, of all outages
    around: (
        Array  # (kind, home or abroad, end, length), of one outage: USD, abroad per USD of export earnings
    )


def curves(
    catalogue: Catalogue,
    hours: Sequence[float],
    counts: Sequence[int],
    *,
    kinds: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    tick: HearKind | None = None,
) -> Curves:
    """The curves of the kinds (None: all) in the economies (ISO3 codes; None: all with figures).

    Args:
        catalogue: the tables.
        hours: lengths of one outage, ascending.
        counts: numbers of outages at which later losses are given.
        kinds: keys of kinds of disruption.
        codes: economies.
        tick: hears which kind is being computed; what it raises ends the work.

    Source: the equations of `model.kernels.chain`.
    """
    names = tuple(catalogue.kinds if kinds is None else kinds)
    output, coming, around = [], [], []
    economies: tuple[str, ...] = ()
    for name in names:
        if tick:
            tick(name)
        each = []
        for changes in VARIANTS:
            scenario = Scenario(kind=name).with_changes(**changes)
            ahead = everywhere(catalogue, [scenario], np.array([scenario.hours]), codes=codes)
            economies = tuple(one.country.iso3 for one in ahead.economies)
            whole = replace(ahead, economies=(*ahead.economies, *_regions(catalogue, ahead.economies)))
            each.append(_everywhere(catalogue, whole, hours) / whole.scenarios[0].spells)
        output.append(each)
        home, abroad = (_later(catalogue, name, code, hours, counts) for code in (HOME, ABROAD))
        coming.append(abroad[0])
        around.append((home[1], abroad[1]))
    return Curves(
        names, economies, tuple(hours), tuple(counts), np.array(output), np.array(coming), np.array(around)
    )


def _regions(catalogue: Catalogue, economies: Sequence[Economy]) -> Iterator[Economy]:
    """Of the home economy, where it is one of them, the part that each of its regions has of every sector."""
    for one in economies:
        if one.country.iso3 == HOME:
            for name in catalogue.regions:
                shares, _ = place_shares(catalogue, HOME, (name,), None)
                yield replace(one, value_added=one.value_added * shares)


def _grids(hours: Sequence[float]) -> list[Array]:
    """The lengths in groups that are computed together, each on the time grid that an estimate of it has.

    An estimate counts at the stops of every curve and at its own length: a further length on the same grid would move
    it in the sixth digit.
    """
    together = np.array([value for value in hours if value in STOPS])
    alone = [np.array([value]) for value in hours if value not in STOPS]
    return [together, *alone] if len(together) else alone


def _in_order(hours: Sequence[float], parts: Sequence[Array]) -> Array:
    """What was computed group by group, along its last axis in the order of the lengths."""
    computed = np.concatenate(_grids(hours))
    return np.concatenate(parts, axis=-1)[..., np.argsort(computed)]


def _everywhere(catalogue: Catalogue, ahead: Everywhere, hours: Sequence[float]) -> Array:
    """Losses of all outages in every economy, (end, economy, length)."""
    one, place = ahead.scenarios[0], ahead.economies[0]
    common = [net_hours(catalogue, one, place, ahead.sample, group) for group in _grids(hours)]
    ready = replace(ahead, hours=(_in_order(hours, common),))
    blocks = side_by_side(lambda block: np.array([*Range.along(ready.net(block)[0])]), ready.blocks)
    return np.concatenate(blocks, axis=1)


def _later(
    catalogue: Catalogue, kind: str, code: str, hours: Sequence[float], counts: Sequence[int]
) -> tuple[Array, Array]:
    """Later losses (count, end, length) and workaround costs of one outage (end, length).

    Both per USD of export earnings a year; at home the workaround costs are in USD.
    """
    ahead = everywhere(catalogue, [Scenario(kind=kind)], np.array([24.0]), codes=[code])
    one, place = ahead.scenarios[0], ahead.economies[0]
    lost: list[list[Array]] = []  # by group of lengths, by count
    paid: list[Array] = []
    for group in _grids(hours):
        rows = list(later(catalogue, one, place, ahead.sample, group, counts))
        lost.append([np.array([*Range.along(row[0])]) for row in rows])
        paid.append(np.array([*Range.along(rows[0][1])]) / counts[0])
    coming = np.array([_in_order(hours, [group[index] for group in lost]) for index in range(len(counts))])
    share = earnings(place)
    return coming / share, _in_order(hours, paid) / (1.0 if code == HOME else share)


def earnings(place: Economy) -> float:
    """Export earnings that later losses and workaround costs are a multiple of, USD a year."""
    return place.receipts * place.receipts_held
