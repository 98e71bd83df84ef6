"""What the model says of things that can be measured: shares and hours of connectivity, of a sector, of receipts.

Every function returns draws (draw,); losses are positive. No unrest and no noise of a series is in them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue, shipped_file
from model.common.cache import Cache
from model.common.errors import InputError
from model.estimation.economy import economy
from model.estimation.estimate import Estimate, estimate_many, export_split
from model.estimation.flows import Cached, Work
from model.estimation.inputs import loss_with_levers, onset_of, stacked_inputs, time_constant
from model.estimation.sampling import (
    Draws,
    centre,
    resolved,
)
from model.kernels import chain, churn, severity
from model.kernels.effective_hours import share_lost_over_time
from model.kernels.grid import Grid
from model.kernels.onset import share_losing
from model.scenario.file import read_file
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
# The survey behind the onset says how many firms lose money; the curve, how much of those that ever do. It was
# fitted with this share of firms that ever do (see the evidence of onset.immediate).
EVER_LOSE = 0.7


def scenario_of(catalogue: Catalogue, name: str) -> Scenario:
    """The shipped starting point or event of that name; raises `InputError`."""
    path = shipped_file(catalogue, name)
    if path is None:
        raise InputError("scenario", name, "is not shipped", "a file of data/scenarios or data/events")
    return read_file(catalogue, path)


def sample_of(catalogue: Catalogue, scenario: Scenario) -> Draws:
    table = resolved(catalogue, scenario.assumptions)
    return Draws(catalogue, table, scenario.draws, scenario.seed)


def full(values: Array, size: int) -> Array:
    """One of the `values`, (draw,) or (), for each of `size` draws."""
    return np.array(np.broadcast_to(values, (size,)), dtype=float)


def connectivity_lost(catalogue: Catalogue, scenario: Scenario, name: str, begin: float, end: float) -> Array:
    """Mean over the clock hours of q_c(t) = q_c [1 - sigma (1 - exp(-t / tau))]: what a class cannot use.

    Args:
        catalogue: the tables.
        scenario: the disruption.
        name: user class.
        begin: hours after its start.
        end: hours after its start, beyond `begin`.

    Returns:
        Share of connectivity (draw,): no onset, nothing caught up, every hour of the week alike.

    Source: as `effective_hours.share_lost_over_time`.
    """
    sample = sample_of(catalogue, scenario)
    at_first = loss_with_levers(catalogue, scenario, sample, name)
    return full(at_first * _mean_left(catalogue, scenario, sample, begin, end), sample.size)


def connectivity_at_first(catalogue: Catalogue, scenario: Scenario, name: str) -> Array:
    """q_c of a class, before anything is worked around: share of connectivity (draw,)."""
    sample = sample_of(catalogue, scenario)
    return full(loss_with_levers(catalogue, scenario, sample, name), sample.size)


def worked_around(catalogue: Catalogue, scenario: Scenario, begin: float, end: float) -> Array:
    """Mean over the clock hours of sigma (1 - exp(-t / tau)): share of the loss that workarounds win back, (draw,).

    From `begin` to `end`, hours after the start.
    """
    sample = sample_of(catalogue, scenario)
    return full(1 - _mean_left(catalogue, scenario, sample, begin, end), sample.size)


def _mean_left(catalogue: Catalogue, scenario: Scenario, sample: Draws, begin: float, end: float) -> Array:
    """Share of what is lost at first that is lost on average between two hours."""
    grid = Grid.over(np.array([begin, end]))
    tau = time_constant(catalogue, scenario, sample)
    won_back = sample.of(f"adaptation.{scenario.kind}.share")
    lost = share_lost_over_time(chain.losing_on(grid, None), chain.decay_on(grid, tau), won_back)
    hours = grid.at_durations(chain.effective_hours_on(grid, lost))
    return np.asarray((hours[1] - hours[0]) / (end - begin))


def arrived(catalogue: Catalogue, scenario: Scenario, hours: float) -> Array:
    """1 - exp(-t / tau): the part of the workarounds that has come after so many `hours`, (draw,)."""
    sample = sample_of(catalogue, scenario)
    return full(1 - np.exp(-hours / time_constant(catalogue, scenario, sample)), sample.size)


def connectivity_of_sector(
    catalogue: Catalogue, scenario: Scenario, name: str, begin: float, end: float
) -> Array:
    """Sum over classes of m_sc x `connectivity_lost`: what a sector's mix of users cannot use, share (draw,).

    From `begin` to `end`, hours after the start.
    """
    sector = catalogue.sectors[place_of(catalogue, name)]
    lost = {user: connectivity_lost(catalogue, scenario, user, begin, end) for user in sector.mix}
    return severity.lost_by_sector(sector.mix, lost)


def place_of(catalogue: Catalogue, name: str) -> int:
    """Index of a sector in the catalogue."""
    return [item.key for item in catalogue.sectors].index(name)


def sector_hours_lost(
    catalogue: Catalogue, scenario: Scenario, name: str, begin: float, end: float
) -> tuple[Array, Array]:
    """G_s(end) - G_s(begin) of the chain, and what of it is caught up, in hours of what the sector makes.

    Args:
        catalogue: the tables.
        scenario: the disruption; every hour of the week weighs the same.
        name: sector.
        begin: hours after its start.
        end: hours after its start.

    Returns:
        Hours (draw,): dependence in the economy with the model's own doubt, onset and restart where the sector has a
        buffer, workarounds; and hours caught up.

    Source: the equations of `model.kernels.chain`.
    """
    flat = scenario.with_changes(start=None)
    sample = sample_of(catalogue, flat)
    home = economy(catalogue, flat.country, export_split(catalogue, sample.table))
    inputs = stacked_inputs(catalogue, [flat], [home], [sample])
    durations = np.unique([begin, end])
    grid = Grid.over(durations)
    work = Work(catalogue, inputs, grid, 0, Cached.of_one_call(1), Cache(2))
    activity = replace(inputs.activity(place_of(catalogue, name), work.courses()), value_added=1.0)
    lost = chain.losses(
        [activity], spare=inputs.spare, overtime_rate=inputs.overtime_rate,
        shape=(1, len(durations), sample.size),
    )  # fmt: skip
    return tuple(hours[0, -1] - (hours[0, 0] if begin > 0 else 0.0) for hours in (lost.gross, lost.caught_up))


def net_of_economy(catalogue: Catalogue, scenario: Scenario) -> Array:
    """Direct loss of the disruption in hours of GDP (GDP / 8760), (draw,)."""
    whole = estimate_many(catalogue, [scenario], curves=False)[0]
    return np.asarray(whole.draws["net_direct"] / whole.money.per_usd / (whole.economy.gdp / 8760))


def export_sectors(catalogue: Catalogue, group: str = "") -> list[int]:
    """Indices of the sectors that earn export receipts, or of those of one group."""
    return [
        index for index, item in enumerate(catalogue.sectors)
        if item.export_group and group in ("", item.export_group)
    ]  # fmt: skip


def direct_receipts(result: Estimate, group: str = "") -> Array:
    """Export receipts not earned during the disruption, net of what is caught up, in USD (draw,).

    The net loss of value added of the export sectors over the central value-added share of receipts.
    """
    chosen = export_sectors(result.catalogue, group)
    net = np.asarray(sum(result.draws[f"net_direct.{result.catalogue.sectors[i].key}"] for i in chosen))
    value_added = float(sum(result.economy.value_added[i] for i in chosen))
    groups = [result.catalogue.sectors[i].export_group for i in chosen]
    earned = result.economy.receipts * sum(
        centre(result.table[f"exports.share.{name}"]) or 0.0 for name in groups
    )
    return full(net * earned / value_added, result.scenario.draws)


def receipts_lost(
    catalogue: Catalogue,
    scenario: Scenario,
    begin: float,
    end: float,
    months_after: int,
    *,
    year: bool = False,
) -> Array:
    """Share of one month's receipts lost: not earned in hours `begin` to `end`, and contracts lost by then.

    With `year` it is the share of twelve months: the hours of the event and `months_after` months after it.
    Contracts count as lost from the start of the event, so those lost late in a long one are early here.
    """
    ends = [scenario.with_changes(hours=hour) for hour in (begin, end, scenario.hours)]
    before, after, whole = estimate_many(catalogue, ends, curves=False)
    monthly = whole.economy.receipts / 12
    direct = (direct_receipts(after) - direct_receipts(before)) / monthly
    contracts = contracts_lost(whole)
    sample = sample_of(catalogue, scenario)
    lag, half_life = sample.of("churn.lag_months"), sample.of("churn.half_life_months")
    if year:
        shown = sum(visible(month, lag, half_life) for month in range(1, months_after + 1))
        return np.asarray((direct + contracts * shown) / 12)
    return np.asarray(direct + contracts * visible(months_after, lag, half_life))


def contracts_lost(result: Estimate) -> Array:
    """Share of all export contracts lost in the end: lagged receipts over what all contracts would earn."""
    if "lagged_receipts" not in result.draws:
        return np.zeros(result.scenario.draws)
    sample = sample_of(result.catalogue, result.scenario)
    names = ("lag_months", "half_life_months", "horizon_months", "discount_rate")
    months = churn.discounted_months(*(sample.of(f"churn.{name}") for name in names))
    return np.asarray(result.draws["lagged_receipts"] / (result.economy.receipts / 12 * months))


def visible(month: float, lag: Array, half_life: Array) -> Array:
    """k(m) = m / lag up to the lag, then 0.5^((m - lag) / half-life): share of the lost contracts that shows.

    `month` is m, months after the loss; `lag` and `half_life` are in months, (draw,) or ().
    """
    after = np.power(0.5, np.maximum(0.0, month - lag) / half_life)
    return np.asarray(np.where(month <= lag, np.divide(month, lag), after))


def firms_losing(catalogue: Catalogue, hours: float) -> Array:
    """Share of firms that lose money after so many `hours`, (draw,): the onset curve x the share that ever lose."""
    sample = sample_of(catalogue, Scenario())
    return full(EVER_LOSE * share_losing(np.array(hours), *onset_of(sample)), sample.size)
