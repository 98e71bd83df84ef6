"""The kernels wired along fixed axes: (scenario, duration, draw). No labels, no rounding, no ledger.

Work goes through blocks of draws so that every temporary array stays in the processor's cache.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from model import churn, coping, effective_hours, onset, recapture, severity
from model.catalogue import Catalogue
from model.economy import Economy, place_shares
from model.scenario import Scenario
from model.uncertainty import Sample

Array = NDArray[np.float64]
BLOCK_VALUES = 49_152  # scenario x duration x draw values in one block: about 400 kB an array
FLAT = "flat"
EXPORT_RECEIPTS = "exports.receipts_musd"
MILLION = 1e6


_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
_WORKERS = ThreadPoolExecutor(max_workers=_CORES, thread_name_prefix="draws")


@dataclass(frozen=True)
class Flows:
    """Results in USD. Axes: (scenario, duration, draw); by sector or class (scenario, sector or class, draw)
    at each scenario's own duration.
    """

    gross: Array
    caught_up: Array
    overtime: Array
    lagged: Array
    coping: Array
    sector_net: Array
    class_net: Array

    @property
    def net(self) -> Array:
        return np.asarray(self.gross - self.caught_up + self.overtime)


class Stack:
    """Values of parameters for several scenarios, shape (scenario or 1, 1, draw or 1)."""

    def __init__(self, scenarios: Sequence[Scenario], samples: Sequence[Sample]) -> None:
        self.scenarios, self.samples = scenarios, samples

    def each(self, value: Callable[[Scenario, Sample], Array]) -> Array:
        """One value per scenario, stacked."""
        rows = [value(scenario, sample) for scenario, sample in zip(self.scenarios, self.samples, strict=True)]
        if len(rows) == 1:
            return rows[0].reshape(1, 1, -1)
        size = max(row.size for row in rows)
        return np.stack([np.broadcast_to(row, (size,)) for row in rows])[:, None, :]

    def of(self, key: str, member: str = "") -> Array:
        """A parameter that all scenarios share by name; kept once where they share its value too."""
        if all(same_value(self.samples[0], sample, key) for sample in self.samples[1:]):
            return self.samples[0].of(key, member).reshape(1, 1, -1)
        return self.each(lambda _, sample: sample.of(key, member))

    def multiplier(self, key: str) -> Array:
        if all(same_value(self.samples[0], sample, key) for sample in self.samples[1:]):
            return self.samples[0].multiplier(key).reshape(1, 1, -1)
        return self.each(lambda _, sample: sample.multiplier(key))


def same_value(first: Sample, second: Sample, key: str) -> bool:
    return first.table[key] == second.table[key]


def first_loss(catalogue: Catalogue, scenario: Scenario, sample: Sample, name: str) -> Array:
    """q_c of one class: share of useful connectivity lost at first, before continuity measures."""
    kind = catalogue.kinds[scenario.kind]
    if kind.severity_from == "table":
        lost = sample.of(f"severity.{kind.key}.{name}")
        if kind.key == "single_platform_block":
            lost = np.minimum(1.0, lost * sample.of("platform.weight"))
        return np.asarray(lost)
    if kind.quality_input == "capacity_lost":
        given = scenario.capacity_lost
        lost_capacity = sample.of("degradation.default_capacity_lost") if given is None else np.array(given)
        ratio = severity.ratio_after_cut(lost_capacity, sample.of("degradation.utilisation"))
    else:
        ratio = sample.of("degradation.default_ratio") if scenario.ratio is None else np.array(scenario.ratio)
    half = sample.of(f"degradation.half_ratio.{name}") * sample.of("degradation.half_ratio_scale")
    full = sample.of(f"severity.full_blackout.{name}")
    return severity.degraded(full, ratio, half, sample.of("degradation.steepness"))


def loss_with_levers(catalogue: Catalogue, scenario: Scenario, sample: Sample, name: str) -> Array:
    """q_c after every continuity measure that acts on severity."""
    lost = first_loss(catalogue, scenario, sample, name)
    for lever in active_levers(catalogue, scenario, sample, "severity"):
        if name in (classes := catalogue.levers[lever].classes.split()) or classes == ["*"]:
            lost = severity.shielded(
                lost, sample.of(f"lever.{lever}.coverage"), sample.of(f"lever.{lever}.effect")
            )
    return lost


def time_constant(catalogue: Catalogue, scenario: Scenario, sample: Sample) -> Array:
    """tau in hours, shortened where a help desk runs."""
    hours = sample.of(f"adaptation.{scenario.kind}.days") * 24
    for lever in active_levers(catalogue, scenario, sample, "adaptation_time"):
        coverage, factor = sample.of(f"lever.{lever}.coverage"), sample.of(f"lever.{lever}.time_factor")
        hours = hours * (1 - coverage * (1 - factor))
    return np.asarray(hours)


def moved_seats(catalogue: Catalogue, scenario: Scenario, sample: Sample) -> Array:
    """Share of exporter seats moved to home connections."""
    share = np.array(0.0)
    for lever in active_levers(catalogue, scenario, sample, "seats"):
        share = np.asarray(1 - (1 - share) * (1 - sample.of(f"lever.{lever}.coverage")))
    return share


def active_levers(catalogue: Catalogue, scenario: Scenario, sample: Sample, acts_on: str) -> list[str]:
    """Levers of one sort that act in this kind of disruption and cover anything."""
    ordered = scenario.ordered(catalogue)
    return [
        key
        for key, lever in catalogue.levers.items()
        if lever.acts_on == acts_on
        and lever.acts_in(scenario.kind, ordered)
        and bool(np.any(sample.of(f"lever.{key}.coverage") > 0))
    ]


@dataclass(frozen=True)
class _Inputs:
    """Stacked inputs of one call; every array (scenario or 1, 1, draw or 1)."""

    won_back: Array
    tau: Array
    onset: tuple[Array, Array, Array]
    restart: Array
    scale: Array
    lost: dict[str, Array]
    mixes: list[dict[str, Array]]
    spare: Array
    patience: list[Array]
    ceiling: list[Array]
    saved_by_catching_up: Array
    overtime_rate: Array
    spells: Array
    lag: list[tuple[Array, Array, Array]]
    grace: Array
    rate: Array
    adoption_cost: Array


def flows(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    economies: Sequence[Economy],
    samples: Sequence[Sample],
    durations: Array,
) -> Flows:
    """Run every scenario over every duration (hours, ascending) on every draw.

    Each scenario's own duration must be among `durations`. All samples must have the same size.
    """
    size = samples[0].size
    chosen = [int(np.searchsorted(durations, scenario.hours)) for scenario in scenarios]
    grid = _Grid.build(catalogue, scenarios, durations)
    inputs = _inputs(catalogue, scenarios, economies, samples)
    count = len(scenarios), len(durations)
    result = Flows(
        *(np.empty((*count, size)) for _ in range(5)),
        sector_net=np.empty((count[0], len(catalogue.sectors), size)),
        class_net=np.zeros((count[0], len(catalogue.classes), size)),
    )
    step = max(64, BLOCK_VALUES // (count[0] * count[1]))
    blocks = [slice(begin, min(size, begin + step)) for begin in range(0, size, step)]
    if len(blocks) == 1:
        _run_block(catalogue, inputs, grid, result, chosen, blocks[0])
    else:  # NumPy lets go of the interpreter, so blocks run side by side; each writes its own slice
        list(_WORKERS.map(lambda block: _run_block(catalogue, inputs, grid, result, chosen, block), blocks))
    return result


@dataclass(frozen=True)
class _Grid:
    """Nodes, the flat weight matrix and one per hour profile when a start is given."""

    durations: Array
    nodes: Array
    flat: Array
    by_profile: dict[str, Array]

    @classmethod
    def build(cls, catalogue: Catalogue, scenarios: Sequence[Scenario], durations: Array) -> _Grid:
        starts = [None if s.start is None else datetime.fromisoformat(s.start) for s in scenarios]
        edges = effective_hours.grid_edges(durations, tuple(start for start in starts if start))
        flat = effective_hours.weights_of(edges, durations)[None]
        by_profile: dict[str, Array] = {}
        if any(starts):
            for profile in dict.fromkeys(sector.hour_profile for sector in catalogue.sectors):
                rows = []
                for scenario, start in zip(scenarios, starts, strict=True):
                    if start is None:
                        rows.append(flat[0])
                        continue
                    weights = effective_hours.hour_weights(
                        edges, durations, catalogue.profiles[profile], start, scenario.spells, scenario.gap_days
                    )
                    rows.append(effective_hours.weights_of(edges, durations, weights))
                by_profile[profile] = np.stack(rows)
        return cls(durations, effective_hours.nodes_of(edges), flat, by_profile)


def _inputs(
    catalogue: Catalogue, scenarios: Sequence[Scenario], economies: Sequence[Economy], samples: Sequence[Sample]
) -> _Inputs:
    stack = Stack(scenarios, samples)
    overtime_rate = stack.of("recapture.overtime_premium") * stack.of("recapture.labour_share")
    places = [place_shares(catalogue, s.country, s.regions, s.place) for s in scenarios]
    multiplier = stack.multiplier("structure.gsd")
    lost = {
        name: stack.each(lambda s, sample, name=name: loss_with_levers(catalogue, s, sample, name))
        for name in catalogue.class_keys
    }
    moved = stack.each(lambda s, sample: moved_seats(catalogue, s, sample))
    gaps = np.array([np.inf if s.spells == 1 else s.gap_days for s in scenarios])[:, None, None]
    patience_scale = stack.of("recapture.patience_scale")
    mixes, patience, ceiling, scales = [], [], [], []
    waiting: dict[tuple[object, ...], Array] = {}  # sectors with the same patience share one array
    for index, sector in enumerate(catalogue.sectors):
        mixes.append(_mix_with_moves(sector.mix, moved))
        key = f"sector.{sector.key}.patience_days"
        same = tuple(sample.table[key] for sample in samples)
        if same not in waiting or any(item is None or item.spread for item in same):
            waiting[same] = np.minimum(stack.of(key) * patience_scale, gaps)
        patience.append(waiting[same])
        top = stack.of(f"sector.{sector.key}.recapture_ceiling")
        ceiling.append(top * stack.of("recapture.share_of_ceiling", sector.key))
        inside = np.array([e.value_added[index] * p[0][index] / 8760 for e, p in zip(economies, places, strict=True)])
        scales.append(inside[:, None, None] * stack.of(f"sector.{sector.key}.dependence") * multiplier)
    return _Inputs(
        won_back=stack.each(lambda s, sample: sample.of(f"adaptation.{s.kind}.share")),
        tau=stack.each(lambda s, sample: time_constant(catalogue, s, sample)),
        onset=(stack.of("onset.immediate"), stack.of("onset.scale_hours"), stack.of("onset.shape")),
        restart=stack.of("restart.hours"),
        scale=np.stack(np.broadcast_arrays(*scales)),
        lost=lost,
        mixes=mixes,
        spare=stack.of("recapture.spare_capacity"),
        patience=patience,
        ceiling=ceiling,
        saved_by_catching_up=1 - overtime_rate,
        overtime_rate=overtime_rate,
        spells=np.array([float(s.spells) for s in scenarios])[:, None, None],
        lag=_lagged_inputs(catalogue, stack, economies, places, mixes, lost),
        grace=stack.of("churn.grace_days"),
        rate=stack.of("churn.rate"),
        adoption_cost=_adoption_cost(stack, economies, places, lost),
    )


def _mix_with_moves(mix: dict[str, float], moved: Array) -> dict[str, Array]:
    """The class mix after seats move from exporter offices to home connections."""
    shares = {name: np.array([[[share]]]) for name, share in mix.items()}
    if "exporter" in mix and np.any(moved > 0):
        at_home = mix["exporter"] * moved
        shares["exporter"] = mix["exporter"] - at_home
        shares["freelance"] = shares.get("freelance", np.zeros((1, 1, 1))) + at_home
    return shares


def receipts_of(sample: Sample, economy: Economy) -> Array:
    """IT export receipts in USD a year: the reader's, else the economy's own."""
    typed = sample.of(EXPORT_RECEIPTS)
    return np.where(np.isnan(typed), economy.receipts, typed * MILLION)


def _lagged_inputs(
    catalogue: Catalogue,
    stack: Stack,
    economies: Sequence[Economy],
    places: Sequence[tuple[Array, float]],
    mixes: list[dict[str, Array]],
    lost: dict[str, Array],
) -> list[tuple[Array, Array, Array]]:
    """Per export group: connectivity lost, multiplier, and receipts lost per contract share lost (USD)."""
    months = churn.discounted_months(
        stack.of("churn.lag_months"), stack.of("churn.half_life_months"),
        stack.of("churn.horizon_months"), stack.of("churn.discount_rate"),
    )  # fmt: skip
    receipts = np.stack(
        [
            np.broadcast_to(receipts_of(sample, economy) * place[1], (sample.size,))
            for sample, economy, place in zip(stack.samples, economies, places, strict=True)
        ]
    )[:, None, :]
    groups = []
    for sector, mix in zip(catalogue.sectors, mixes, strict=True):
        if sector.export_group:
            exposed = sum_of(share * lost[name] for name, share in mix.items())
            stake = receipts / 12 * stack.of(f"exports.share.{sector.export_group}") * months
            groups.append((exposed, stack.of(f"churn.multiplier.{sector.export_group}"), stake))
    return groups


def _adoption_cost(
    stack: Stack, economies: Sequence[Economy], places: Sequence[tuple[Array, float]], lost: dict[str, Array]
) -> Array:
    """Added cost of full adoption inside the place, USD a year; 0 for other kinds and where no one is hit."""
    rows = []
    for index, (scenario, sample) in enumerate(zip(stack.scenarios, stack.samples, strict=True)):
        if scenario.kind != "vpn_block":
            rows.append(np.zeros(1))
            continue
        cost = sample.of("coping.full_adoption_musd_per_year") * MILLION * places[index][1]
        if scenario.country != "PAK":
            reference = sample.of("coping.reference_receipts_musd") * MILLION
            cost = cost * receipts_of(sample, economies[index]) / reference
        rows.append(np.atleast_1d(cost))
    size = max(row.size for row in rows)
    cost = np.stack([np.broadcast_to(row, (size,)) for row in rows])[:, None, :]
    return np.asarray(cost * ((lost["exporter"] > 0) | (lost["freelance"] > 0)))


def sum_of(parts: object) -> Array:
    total = np.zeros((1, 1, 1))
    for part in parts:  # type: ignore[attr-defined]
        total = total + part
    return total


def _cut(array: Array, block: slice) -> Array:
    return array[..., block] if array.shape[-1] > 1 else array


def _run_block(
    catalogue: Catalogue, inputs: _Inputs, grid: _Grid, result: Flows, chosen: list[int], block: slice
) -> None:
    """All results for one block of draws."""
    days = (grid.durations / 24)[None, :, None]
    hours = grid.durations[None, :, None]
    begun = onset.begun(grid.nodes[None, :, None], *(_cut(item, block) for item in inputs.onset))
    won_back, tau = _cut(inputs.won_back, block), _cut(inputs.tau, block)
    integrand = effective_hours.eroded(begun, np.exp(grid.nodes[None, :, None] / -tau), won_back)
    flat = grid.flat @ integrand  # effective hours at severity 1, (scenario or 1, duration, draw)
    restart = np.minimum(_cut(inputs.restart, block), hours / 2)
    spare, overtime = _cut(inputs.spare, block), _cut(inputs.overtime_rate, block)
    lost = {name: _cut(array, block) for name, array in inputs.lost.items()}
    times = {name: weights @ integrand + restart for name, weights in grid.by_profile.items()}
    times = times or {FLAT: flat + restart}
    flat_days = flat / 24
    shape = result.gross[..., block].shape
    gross, caught = np.zeros(shape), np.zeros(shape)
    rows = np.arange(len(chosen))
    saved = _cut(inputs.saved_by_catching_up, block)[:, 0, :]
    coefficients = {name: np.zeros(1) for name in times}
    recaptured = {name: np.zeros(shape) for name in times}
    waits: dict[int, Array] = {}
    for index, sector in enumerate(catalogue.sectors):
        parts = {name: _cut(share, block) * lost[name] for name, share in inputs.mixes[index].items()}
        sector_lost = sum_of(parts.values())
        coefficient = _cut(inputs.scale[index], block) * sector_lost
        name = sector.hour_profile if sector.hour_profile in times else FLAT
        patience = inputs.patience[index]
        if id(patience) not in waits:
            waits[id(patience)] = recapture.waited(_cut(patience, block), days, flat_days)
        ceiling = _cut(inputs.ceiling[index], block) * coefficient
        share = recapture.share_caught_up(ceiling, spare, sector_lost, waits[id(patience)])
        recaptured[name] += share
        coefficients[name] = coefficients[name] + coefficient
        own_time = np.broadcast_to(times[name], shape)[rows, chosen]
        net = own_time * (coefficient[:, 0, :] - share[rows % len(share), chosen] * saved)
        result.sector_net[:, index, block] = net
        for class_name, part in parts.items():
            portion = np.divide(part, sector_lost, out=np.zeros_like(sector_lost), where=sector_lost > 0)
            result.class_net[:, catalogue.class_keys.index(class_name), block] += net * portion[:, 0, :]
    for name, time in times.items():
        gross += coefficients[name] * time
        caught += recaptured[name] * time
    spells = inputs.spells
    result.gross[..., block] = gross * spells
    result.caught_up[..., block] = caught * spells
    result.overtime[..., block] = caught * overtime * spells
    result.sector_net[..., block] *= spells
    result.class_net[..., block] *= spells
    lagged = np.zeros_like(gross)
    for exposed, multiplier, stake in inputs.lag:
        exposure = spells * _cut(exposed, block) * flat_days
        lagged += _cut(stake, block) * churn.share_of_contracts_lost(
            exposure, _cut(inputs.grace, block), _cut(inputs.rate, block), _cut(multiplier, block)
        )
    result.lagged[..., block] = lagged
    adoption = coping.adoption_years(won_back, tau, hours) if np.any(inputs.adoption_cost) else 0.0
    result.coping[..., block] = _cut(inputs.adoption_cost, block) * adoption * spells
