"""From the model's quantities to an observed one: what an operator of `data/operators.csv` computes.

Every function returns draws (draw,) of a change relative to the baseline (-0.3 is a fall of 30 %), or of the
share observed. No noise of the measuring series is in them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.catalogue.evidence import Operator
from model.catalogue.load import Catalogue, shipped_file
from model.common.errors import InputError
from model.estimation.estimate import Estimate, estimate_many
from model.estimation.inputs import loss_with_levers, onset_of, sector_dependence, time_constant
from model.estimation.sampling import (
    Draws,
    centre,
    resolved,
)
from model.kernels import chain, churn, severity
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
    """One value per draw."""
    return np.array(np.broadcast_to(values, (size,)), dtype=float)


def connectivity_lost(catalogue: Catalogue, scenario: Scenario, name: str, begin: float, end: float) -> Array:
    """[J_c(end) - J_c(begin)] / (end - begin): mean share of connectivity that a class loses in those hours.

    Hours since the start of the disruption, every hour of the week weighing the same.
    """
    sample = sample_of(catalogue, scenario)
    grid = Grid.over(np.array([begin, end]))
    lost = chain.lost_on(
        grid, chain.losing_on(grid, onset_of(sample)), sample.of(f"adaptation.{scenario.kind}.share"),
        time_constant(catalogue, scenario, sample),
    )  # fmt: skip
    hours = grid.at_durations(chain.effective_hours_on(grid, lost))
    at_first = loss_with_levers(catalogue, scenario, sample, name)
    return full(at_first * (hours[1] - hours[0]) / (end - begin), sample.size)


def sector_activity_lost(
    catalogue: Catalogue, scenario: Scenario, name: str, begin: float, end: float
) -> Array:
    """delta_s x sum over classes of m_sc x connectivity lost: share of a sector's activity interrupted."""
    sector = next(item for item in catalogue.sectors if item.key == name)
    lost = {user: connectivity_lost(catalogue, scenario, user, begin, end) for user in sector.mix}
    needing = sector_dependence(catalogue, sample_of(catalogue, scenario), sector, scenario.country)
    return np.asarray(needing * severity.lost_by_sector(sector.mix, lost))


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
    """k(m) = m / lag up to the lag, then 0.5^((m - lag) / half-life)."""
    after = np.power(0.5, np.maximum(0.0, month - lag) / half_life)
    return np.asarray(np.where(month <= lag, np.divide(month, lag), after))


def predicted(catalogue: Catalogue, row: Operator) -> Array:
    """Draws of what the operator stands for, without trend and without noise; raises `InputError`."""
    begin, end = row.from_hours or 0.0, row.to_hours or 0.0
    if row.operator == "onset":
        sample = sample_of(catalogue, Scenario())
        return full(EVER_LOSE * share_losing(np.array(end), *onset_of(sample)), sample.size)
    scenario = scenario_of(catalogue, row.event)
    if row.operator == "activity_of_class":
        return -connectivity_lost(catalogue, scenario, row.subject, begin, end)
    if row.operator == "activity_of_sector":
        return -sector_activity_lost(catalogue, scenario, row.subject, begin, end)
    if row.operator.startswith("receipts_"):
        year = row.operator == "receipts_of_year"
        return -receipts_lost(catalogue, scenario, begin, end, row.months_after or 0, year=year)
    raise InputError("operator", row.operator, "predicts nothing", "an operator other than none")
