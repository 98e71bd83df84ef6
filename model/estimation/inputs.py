"""What the kernels need, stacked over the scenarios: (scenario or 1, 1, draw or 1).

Severity with continuity measures, class mixes, value added inside the place, and the stakes of later losses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.catalogue.disruptions import matches
from model.catalogue.economies import HOME, Sector
from model.catalogue.load import Catalogue
from model.common.numbers import MILLION
from model.common.program.progress import Tick
from model.estimation.economy import Economy, income_of
from model.estimation.sampling import Sample
from model.kernels import churn, severity
from model.kernels.chain import Activity, Course
from model.kernels.dependence import dependence_in_economy, digital_factor
from model.scenario.places import place_shares
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
EXPORT_RECEIPTS = "exports.receipts_musd"
Courses = tuple[Course, Course]  # of sectors without a buffer, and with one


class Stack:
    """Values of parameters for several scenarios, shape (scenario or 1, 1, draw or 1).

    `tick` hears 0 before each of them; what it raises ends the work.
    """

    def __init__(
        self, scenarios: Sequence[Scenario], samples: Sequence[Sample], tick: Tick | None = None
    ) -> None:
        self.scenarios, self.samples, self._tick = scenarios, samples, tick

    def each(self, value: Callable[[Scenario, Sample], Array]) -> Array:
        """What `value` gives for each scenario and its sample, (draw,) or (), stacked; once where all are the same."""
        rows = [
            value(scenario, sample) for scenario, sample in zip(self.scenarios, self.samples, strict=True)
        ]
        if all(np.array_equal(rows[0], row, equal_nan=True) for row in rows[1:]):
            return rows[0].reshape(1, 1, -1)
        size = max(row.size for row in rows)
        return np.stack([np.broadcast_to(row, (size,)) for row in rows])[:, None, :]

    def of(self, key: str, member: str = "") -> Array:
        """Values of the parameter `key` in its unit, once where all scenarios share them; `member` as in `Draws.of`."""
        if self._tick:
            self._tick(0.0)
        if all(same_value(self.samples[0], sample, key) for sample in self.samples[1:]):
            return self.samples[0].of(key, member).reshape(1, 1, -1)
        return self.each(lambda _, sample: sample.of(key, member))

    def multiplier(self, key: str) -> Array:
        """Multipliers as `Draws.multiplier` gives them for `key`, once where all scenarios have the same."""
        if all(same_value(self.samples[0], sample, key) for sample in self.samples[1:]):
            return self.samples[0].multiplier(key).reshape(1, 1, -1)
        return self.each(lambda _, sample: sample.multiplier(key))


def same_value(first: Sample, second: Sample, key: str) -> bool:
    """Whether the samples `first` and `second` have one distribution for `key`; KeyError where it is no key."""
    return first.table[key] == second.table[key]


def first_loss(catalogue: Catalogue, scenario: Scenario, sample: Sample, name: str) -> Array:
    """q_c of one class: share of useful connectivity lost at first, before continuity measures; (draw,) or ().

    Args:
        catalogue: the tables.
        scenario: what is disrupted, with the quality left or the capacity lost where the reader gave it, shares.
        sample: the draws of its parameters.
        name: a user class of the catalogue.

    Raises:
        KeyError: the tables lack a parameter that is asked for.
    """
    kind = catalogue.kinds[scenario.kind]
    if kind.severity_from == "table":
        lost = sample.of(f"severity.{kind.severity_rows}.{name}")
        if kind.weighed_by:
            lost = np.minimum(1.0, lost * sample.of(kind.weighed_by))
        return np.asarray(lost)
    if kind.quality_input == "capacity_lost":
        given = scenario.capacity_lost
        lost_capacity = sample.of("degradation.default_capacity_lost") if given is None else np.array(given)
        ratio = severity.ratio_after_cut(lost_capacity, sample.of("degradation.utilisation"))
    else:
        ratio = sample.of("degradation.default_ratio") if scenario.ratio is None else np.array(scenario.ratio)
    half = sample.of(f"degradation.half_ratio.{name}") * sample.of("degradation.half_ratio_scale")
    full = sample.of(f"severity.{kind.severity_rows}.{name}")
    return severity.degraded(full, ratio, half, sample.of("degradation.steepness"))


def loss_with_levers(catalogue: Catalogue, scenario: Scenario, sample: Sample, name: str) -> Array:
    """q_c of the user class `name` after every continuity measure that acts on severity; share, (draw,) or ().

    `catalogue`, `scenario`, `sample` and the error as in `first_loss`.
    """
    lost = first_loss(catalogue, scenario, sample, name)
    for lever in active_levers(catalogue, scenario, sample, "severity"):
        if matches(catalogue.levers[lever].classes, name):
            lost = severity.shielded(
                lost, sample.of(f"lever.{lever}.coverage"), sample.of(f"lever.{lever}.effect")
            )
    return lost


def _loss_of_class(catalogue: Catalogue, name: str, scenario: Scenario, sample: Sample) -> Array:
    return loss_with_levers(catalogue, scenario, sample, name)


def time_constant(catalogue: Catalogue, scenario: Scenario, sample: Sample) -> Array:
    """tau in hours, shortened where a help desk runs; (draw,) or ().

    `catalogue`, `scenario` (its kind sets tau), `sample` and the error as in `first_loss`.
    """
    hours = sample.of(f"adaptation.{scenario.kind}.days") * 24
    for lever in active_levers(catalogue, scenario, sample, "adaptation_time"):
        coverage, factor = sample.of(f"lever.{lever}.coverage"), sample.of(f"lever.{lever}.time_factor")
        hours = hours * (1 - coverage * (1 - factor))
    return np.asarray(hours)


def moved_seats(catalogue: Catalogue, scenario: Scenario, sample: Sample) -> Array:
    """Share of exporter seats moved to home connections, (draw,) or ().

    `catalogue`, `scenario` (which measures act in it), `sample` and the error as in `first_loss`.
    """
    share = np.array(0.0)
    for lever in active_levers(catalogue, scenario, sample, "seats"):
        share = np.asarray(1 - (1 - share) * (1 - sample.of(f"lever.{lever}.coverage")))
    return share


def active_levers(catalogue: Catalogue, scenario: Scenario, sample: Sample, acts_on: str) -> list[str]:
    """Keys of the levers in `catalogue` that act in `scenario` and cover anything in some draw of `sample`.

    `acts_on` is the sort of lever: `severity`, `adaptation_time` or `seats`.
    """
    ordered = scenario.ordered(catalogue)
    return [
        key
        for key, lever in catalogue.levers.items()
        if lever.acts_on == acts_on
        and lever.acts_in(scenario.kind, ordered)
        and bool(np.any(sample.of(f"lever.{key}.coverage") > 0))
    ]


@dataclass(frozen=True)
class Inputs:
    """Stacked inputs of one call; every array (scenario or 1, 1, draw or 1), lists by sector in catalogue order."""

    won_back: Array  # sigma, share
    tau: Array  # hours
    onset: tuple[Array, Array, Array]  # immediate share, scale in hours, shape
    restart: Array  # hours
    value_added: list[Array]  # inside the place, USD an hour
    dependence: list[Array]  # share, in the economy of the scenario
    lost: dict[str, Array]  # share of connectivity lost at first, by user class
    mixes: list[dict[str, Array]]  # share of each user class
    profiles: tuple[str, ...]  # hour profile
    buffered: tuple[bool, ...]  # whether losses begin after a while
    spare: Array  # share
    patience: list[Array]  # days
    ceiling: list[Array]  # share
    overtime_rate: Array  # of what is caught up
    spells: Array
    lag: list[
        tuple[Array, Array, Array]
    ]  # by export group: share of connectivity, readiness to leave, USD at stake
    grace: Array  # days
    rate: Array  # contracts lost per day
    adoption_cost: Array  # USD a year

    def part(self, row: int, block: slice) -> Inputs:
        """The inputs of the scenario at `row` in the draws of `block`; arrays that several fields share stay shared."""
        parts: dict[int, Array] = {}

        def cut(item: Array) -> Array:
            own = item[..., row : row + 1, :, :] if item.shape[-3] > 1 else item
            return own[..., block] if own.shape[-1] > 1 else own

        def part(item: Any) -> Any:
            if isinstance(item, np.ndarray):  # most of all items
                if id(item) not in parts:
                    parts[id(item)] = cut(item)
                return parts[id(item)]
            if isinstance(item, dict):
                return {name: part(value) for name, value in item.items()}
            if isinstance(item, list | tuple):
                return type(item)([part(value) for value in item])
            return item

        return Inputs(**{one.name: part(getattr(self, one.name)) for one in fields(self)})

    def class_parts(self, sector: int) -> dict[str, Array]:
        """Share of connectivity that a sector loses through each of its user classes, (scenario or 1, 1, draw or 1).

        `sector` is its index in the catalogue.
        """
        return severity.lost_by_class(self.mixes[sector], self.lost)

    def _sector_lost(self, sector: int) -> Array:
        """Share of connectivity lost at first in a sector; `sector` is its index in the catalogue."""
        return severity.lost_by_sector(self.mixes[sector], self.lost)

    def activity(self, sector: int, courses: Courses, lost: Array | None = None) -> Activity:
        """What the sector with the index `sector` has at stake, on its time course among `courses`.

        `lost` stands for its own share of connectivity lost at first, (scenario or 1, 1, draw or 1).
        """
        return Activity(
            value_added=self.value_added[sector], dependence=self.dependence[sector],
            lost=self._sector_lost(sector) if lost is None else lost, ceiling=self.ceiling[sector],
            patience=self.patience[sector], course=courses[self.buffered[sector]], profile=self.profiles[sector],
        )  # fmt: skip


def stacked_inputs(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    economies: Sequence[Economy],
    samples: Sequence[Sample],
    tick: Tick | None = None,
) -> Inputs:
    """What the loss chain needs of several scenarios.

    Args:
        catalogue: the tables.
        scenarios: what is disrupted, checked.
        economies: the economy of each, USD a year.
        samples: the draws of the parameters of each, all of one size.
        tick: hears 0 again and again while values are drawn; what it raises ends the work.

    Returns:
        Arrays (scenario or 1, 1, draw or 1), units as said at `Inputs`.

    Raises:
        KeyError: the tables lack a parameter that the equations ask for.
    """
    stack = Stack(scenarios, samples, tick)
    overtime_rate = stack.of("recapture.overtime_premium") * stack.of("recapture.labour_share")
    places = [place_shares(catalogue, s.country, s.regions, s.place) for s in scenarios]
    lost = {name: stack.each(partial(_loss_of_class, catalogue, name)) for name in catalogue.class_keys}
    moved = stack.each(lambda s, sample: moved_seats(catalogue, s, sample))
    patience_scale = stack.of("recapture.patience_scale")
    mixes, patience, ceiling, value_added = [], [], [], []
    waiting: dict[tuple[object, ...], Array] = {}  # sectors with the same patience share one array
    for index, sector in enumerate(catalogue.sectors):
        shares = {name: np.array([[[share]]]) for name, share in sector.mix.items()}
        mixes.append(severity.mix_after_moves(shares, moved, catalogue.office_class, catalogue.home_class))
        key = f"sector.{sector.key}.patience_days"
        same = tuple(sample.table[key] for sample in samples)
        if same not in waiting or any(item is None or item.spread for item in same):
            waiting[same] = stack.of(key) * patience_scale
        patience.append(waiting[same])
        top = stack.of(f"sector.{sector.key}.recapture_ceiling")
        ceiling.append(top * stack.of("recapture.share_of_ceiling", sector.key))
        inside = np.array(
            [e.value_added[index] * p[0][index] / 8760 for e, p in zip(economies, places, strict=True)]
        )
        value_added.append(inside[:, None, None])
    return Inputs(
        won_back=stack.each(lambda s, sample: sample.of(f"adaptation.{s.kind}.share")),
        tau=stack.each(lambda s, sample: time_constant(catalogue, s, sample)),
        onset=(stack.of("onset.immediate"), stack.of("onset.scale_hours"), stack.of("onset.shape")),
        restart=stack.of("restart.hours"),
        value_added=value_added,
        dependence=dependence_by_sector(catalogue, stack, economies),
        lost=lost,
        mixes=mixes,
        profiles=tuple(sector.hour_profile for sector in catalogue.sectors),
        buffered=tuple(sector.buffered for sector in catalogue.sectors),
        spare=stack.of("recapture.spare_capacity"),
        patience=patience,
        ceiling=ceiling,
        overtime_rate=overtime_rate,
        spells=np.array([float(s.spells) for s in scenarios])[:, None, None],
        lag=_lagged_inputs(catalogue, stack, economies, places, mixes, lost),
        grace=stack.of("churn.grace_days"),
        rate=stack.of("churn.rate"),
        adoption_cost=_adoption_cost(catalogue, stack, economies, places, lost),
    )


def dependence_by_sector(catalogue: Catalogue, stack: Stack, economies: Sequence[Economy]) -> list[Array]:
    """Share of each sector's activity that needs the internet, in each economy: (economy or 1, 1, draw).

    Args:
        catalogue: the tables; the list has its sectors' order.
        stack: the parameters of one scenario, or of one for each economy.
        economies: their income counts, USD a head and year.
    """
    reference, cap = stack.of("digital.reference_gdp_per_head"), stack.of("digital.cap")
    incomes = np.array([economy.income for economy in economies])
    if np.all(incomes == incomes[0]):
        incomes = incomes[:1]
    factor = digital_factor(incomes[:, None, None], reference, stack.of("digital.elasticity"), cap)
    doubt = stack.multiplier("structure.gsd")
    return [
        dependence_in_economy(
            stack.of(f"sector.{sector.key}.dependence"), 1.0 if sector.digital else factor, doubt
        )
        for sector in catalogue.sectors
    ]


def onset_of(sample: Sample) -> tuple[Array, Array, Array]:
    """Immediate share, scale in hours and shape of the onset in the draws of `sample`, (draw,) or ()."""
    return sample.of("onset.immediate"), sample.of("onset.scale_hours"), sample.of("onset.shape")


def sector_dependence(catalogue: Catalogue, sample: Sample, sector: Sector, country: str = HOME) -> Array:
    """Share of a sector's activity that needs the internet in a country, without the model's doubt; by draw, or one.

    `catalogue` is the tables and `sample` the draws; `sector` is one of the tables, `country` the code (ISO3) of an
    economy that has figures.
    """
    factor = np.ones(1)
    if not sector.digital:
        factor = digital_factor(
            income_of(catalogue, country), sample.of("digital.reference_gdp_per_head"),
            sample.of("digital.elasticity"), sample.of("digital.cap"),
        )  # fmt: skip
    return dependence_in_economy(sample.of(f"sector.{sector.key}.dependence"), factor, 1.0)


def receipts_of(sample: Sample, economy: Economy) -> Array:
    """IT export receipts in USD a year, (draw,) or (): what `sample` has of the reader's, else the `economy`'s own.

    Held to what the IT row makes.
    """
    typed = sample.of(EXPORT_RECEIPTS)
    return np.where(np.isnan(typed), economy.receipts, typed * MILLION) * economy.receipts_held


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
    exposures: dict[tuple[tuple[str, float], ...], Array] = {}  # one array for every group of the same mix
    for sector, mix in zip(catalogue.sectors, mixes, strict=True):
        if sector.export_group:
            same = tuple(sector.mix.items())
            exposures.setdefault(same, severity.lost_by_sector(mix, lost))
            exposed = exposures[same]
            stake = receipts / 12 * stack.of(f"exports.share.{sector.export_group}") * months
            groups.append((exposed, stack.of(f"churn.multiplier.{sector.export_group}"), stake))
    return groups


def _adoption_cost(
    catalogue: Catalogue, stack: Stack, economies: Sequence[Economy], places: Sequence[tuple[Array, float]],
    lost: dict[str, Array],
) -> Array:  # fmt: skip
    """Added cost of full adoption inside the place, USD a year; 0 for other kinds and where no one is hit."""
    rows = []
    for index, (scenario, sample) in enumerate(zip(stack.scenarios, stack.samples, strict=True)):
        if not catalogue.kinds[scenario.kind].copes:
            rows.append(np.zeros(1))
            continue
        cost = sample.of("coping.full_adoption_musd_per_year") * MILLION * places[index][1]
        if scenario.country != HOME:
            reference = sample.of("coping.reference_receipts_musd") * MILLION
            cost = cost * receipts_of(sample, economies[index]) / reference
        rows.append(np.atleast_1d(cost))
    size = max(row.size for row in rows)
    cost = np.stack([np.broadcast_to(row, (size,)) for row in rows])[:, None, :]
    return np.asarray(cost * ((lost[catalogue.office_class] > 0) | (lost[catalogue.home_class] > 0)))
