"""What the items of a chunk cost, with all that is open drawn too, on the same draws as every other chunk.

A chunk is plain data, so that it can be sent to any process or machine and named by its content. Items that differ
in length and share alone are one call of the model with their lengths as its axis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue, load
from model.common.cache import cached
from model.common.durations import STOPS
from model.common.program.progress import Tick, part_of_progress
from model.common.ranges import Range
from model.estimation.estimate import run, usable
from model.estimation.sampling import uniform, unit_pert_quantile
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
MOST_LENGTHS = 96  # durations in one call: more would only need more memory
COLUMNS = ("low", "median", "high", "mean", "best_low", "best_median", "best_high")


def priced_chunk(chunk: Mapping[str, Any], tick: Tick | None = None) -> dict[str, Any]:
    """The costs of a chunk of `chunks.chunks_of`.

    Returns:
        `rows`: (item, 7) in USD, the columns of `COLUMNS`: the range with all that is open, and that of the link;
        `sums`: the draws (draw,) in USD of each total that the items enter, by its name.
    """
    catalogue = load()
    rows: list[Array] = []
    sums: dict[str, Array] = {}
    for index, group in enumerate(chunk["groups"]):
        heard = part_of_progress(tick, index, 0, len(chunk["groups"]))  # again and again, the same share
        rows += _group(catalogue, group, chunk["draws"], chunk["seed"], sums, heard)
    return {"rows": np.array(rows), "sums": sums}


def _group(
    catalogue: Catalogue, group: Mapping[str, Any], draws: int, seed: int, sums: dict[str, Array], tick: Tick | None
) -> list[Array]:  # fmt: skip
    """The rows of items that share their forms."""
    forms = [_scenario(form, draws, seed) for form in group["forms"]]
    choice = _choice(catalogue, group, draws, seed)
    own = bool(group["own_hours"])
    results: list[Array] = []
    part: list[Mapping[str, Any]] = []
    lengths: set[float] = set()
    for item in group["items"]:
        more = _lengths(item["hours"])
        if part and len(lengths | more) > MOST_LENGTHS:
            results += _part(catalogue, forms, own, choice, part, lengths, sums, tick)
            part, lengths = [], set()
        part.append(item)
        lengths |= more
    return results + _part(catalogue, forms, own, choice, part, lengths, sums, tick)


def _part(
    catalogue: Catalogue, forms: Sequence[Scenario], own: bool, choice: NDArray[np.intp] | None,
    items: Sequence[Mapping[str, Any]], lengths: set[float], sums: dict[str, Array], tick: Tick | None,
) -> list[Array]:  # fmt: skip
    """The rows of a few items; with `own` each form has a length of its own, which the items do not change."""
    hours = np.array(sorted({form.hours for form in forms} if own else lengths))
    ready = usable(catalogue, forms if own else [form.lasting(float(hours[-1])) for form in forms])
    done = run(catalogue, ready, hours, tick, net_alone=True)
    net = np.stack([done.flow.net[done.row(form)] for form in ready])  # (form, duration, draw)
    return [_item(catalogue, item, forms if own else (), net, hours, choice, sums) for item in items]


def _item(
    catalogue: Catalogue, item: Mapping[str, Any], own_hours: Sequence[Scenario], net: Array, hours: Array,
    choice: NDArray[np.intp] | None, sums: dict[str, Array],
) -> Array:  # fmt: skip
    """One item's row, and its draws into the totals; `own_hours` are the forms where each has its own length."""
    draws = net.shape[-1]
    key, low, best, high = item["hours"]
    lengths = [form.hours for form in own_hours] or [best] * len(net)
    at_best = [net[form, int(np.searchsorted(hours, length))] for form, length in enumerate(lengths)]
    if low == high or own_hours:
        by_form = np.stack(at_best)
    else:
        by_form = _at(net, hours, opened_draws(catalogue, key, low, best, high, draws, item["seed"]))
    cost = by_form[0] if choice is None else np.take_along_axis(by_form, choice[None, :], axis=0)[0]
    own = at_best[0]
    key, low, best, high = item["place"]
    if low == high:
        cost = cost * best if best != 1 else cost
    else:
        cost = cost * opened_draws(catalogue, key, low, best, high, draws, item["seed"])
    own = own * best if best != 1 else own
    for name in item["sums"]:
        if name in sums:
            sums[name] += cost
        else:
            sums[name] = np.array(cost)
    whole = Range.of(cost)
    link = whole if cost is own or item["known"] else Range.of(own)
    return np.array([*whole, float(cost.mean()), *link])


def _at(net: Array, hours: Array, lengths: Array) -> Array:
    """Net loss of each draw at its own length, linear between two durations: (form, draw)."""
    above = np.clip(np.searchsorted(hours, lengths, side="left"), 1, len(hours) - 1)
    below = above - 1
    part = (lengths - hours[below]) / (hours[above] - hours[below])
    draw = np.arange(net.shape[-1])
    return np.asarray(net[:, below, draw] * (1 - part) + net[:, above, draw] * part)


def _lengths(opening: Sequence[Any]) -> set[float]:
    """The durations that an item needs: its own, and the stops of every curve between the ends of its range."""
    _, low, best, high = opening
    return {low, best, high, *(stop for stop in STOPS if low < stop < high)}


@cached()
def opened_draws(
    catalogue: Catalogue, key: str, low: float, best: float, high: float, draws: int, seed: int
) -> Array:
    """PERT draws (draw,) of an open value, on the numbers of the Sobol sequence of its reason; read-only.

    Args:
        catalogue: the tables, with the number of each reason.
        key: the reason, a row of data/list_ranges.csv.
        low: low end, in the unit of the value.
        best: mode.
        high: high end, above the low one.
        draws: how many.
        seed: of the scrambling.

    Source: as every uncertain input (`sampling.Draws`); rows that share a reason share these draws.
    """
    points = uniform(catalogue.streams[catalogue.list_ranges[key].draw], draws, seed)
    values = np.asarray(low + (high - low) * unit_pert_quantile(points, (best - low) / (high - low)))
    values.flags.writeable = False
    return values


def _choice(catalogue: Catalogue, group: Mapping[str, Any], draws: int, seed: int) -> NDArray[np.intp] | None:
    """Which form each draw takes, by their weights; None where there is one."""
    if len(group["forms"]) == 1:
        return None
    points = uniform(catalogue.streams[catalogue.list_ranges[group["key"]].draw], draws, seed)
    ends = np.cumsum(group["weights"])
    return np.minimum(np.searchsorted(ends, points, side="right"), len(ends) - 1)


def _scenario(form: Mapping[str, Any], draws: int, seed: int) -> Scenario:
    values: dict[str, Any] = {
        name: tuple(value) if name == "regions" else value for name, value in form.items() if name != "set"
    }
    given = {key: tuple(v) if isinstance(v, list) else v for key, v in form["set"].items()}
    return Scenario(**values, assumptions=given, draws=draws, seed=seed)
