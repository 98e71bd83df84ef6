"""From scenarios to amounts with ranges: the one call behind the screen, the command line and every file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Distribution
from model.common.durations import with_stops
from model.common.errors import InputError
from model.common.ledger import Amount
from model.common.numbers import MILLION
from model.common.program.progress import Tick
from model.common.ranges import Range
from model.common.version import MODEL_VERSION
from model.estimation import analysis
from model.estimation.amounts import (
    TAX_SHARE,
    TYPED_RATE,
    Money,
    amounts_of,
    money_of,
)
from model.estimation.analysis import LeverResult, TornadoRow
from model.estimation.case import Case
from model.estimation.economy import Economy, ExportSplit, economy
from model.estimation.flows import Flows, flows, side_by_side
from model.estimation.inputs import EXPORT_RECEIPTS, active_levers
from model.estimation.sampling import (
    Draws,
    Sample,
    centre,
    resolved,
)
from model.scenario.scenario import BASELINE, Scenario, checked

Array = NDArray[np.float64]
CURVES = ("net_direct", "gross", "lagged_receipts", "coping")  # what follows the hand
INDIRECT = "indirect.include"


@dataclass(frozen=True, kw_only=True)
class Estimate(Case):
    """One scenario's result. Money in `money.unit`; `draws` maps amount ids to values (draw,)."""

    amounts: tuple[Amount, ...]
    curves: dict[str, Range[Array]]  # over the durations
    means: dict[str, Array]  # the mean of each curve
    draws: dict[str, Array]
    warnings: tuple[str, ...]
    model_version: str = MODEL_VERSION
    data_version: str = ""
    used: frozenset[str] = frozenset()  # keys of the parameters that enter it
    whole: Estimate | None = None  # of the whole country, where this is a share of it

    def amount(self, identifier: str) -> Amount:
        """The amount whose id is `identifier`; raises KeyError."""
        by_id = {item.id: item for item in self.amounts}
        return by_id[identifier]

    @cached_property
    def without_draws(self) -> Estimate:
        """The same with what a page may keep for long."""
        return replace(self, draws={})

    @cached_property
    def tornado(self) -> tuple[TornadoRow, ...]:
        """Which inputs carry the band of the net direct loss, the widest swing first."""
        if self.whole is None or self.scenario.place is None:
            return analysis.tornado(self)
        return tuple(row.times(self.scenario.place) for row in self.whole.tornado)

    @cached_property
    def levers(self) -> tuple[LeverResult, ...]:
        """What the continuity measures of the scenario are worth; empty where none covers anything."""
        return analysis.levers(self)


class Recorder:
    """A sample that remembers which parameters were asked for."""

    def __init__(self, sample: Draws) -> None:
        self.sample, self.used = sample, set[str]()
        self.table, self.size = sample.table, sample.size

    def apart(self) -> Recorder:
        """One that remembers the same and goes on by itself."""
        other = Recorder(self.sample)
        other.used |= self.used
        return other

    def of(self, key: str, member: str = "") -> Array:
        """As `Draws.of`, with the same `key` and `member`; remembers the key."""
        self.used.add(key)
        return self.sample.of(key, member)

    def multiplier(self, key: str) -> Array:
        """As `Draws.multiplier`, with the same `key`; remembers it."""
        self.used.add(key)
        return self.sample.multiplier(key)


def estimate(catalogue: Catalogue, scenario: Scenario, tick: Tick | None = None) -> Estimate:
    """The estimate of one `scenario` on the tables `catalogue`; raises `InputError` for one that cannot be used.

    `tick` hears the share that is done; what it raises ends the work.
    """
    return estimate_many(catalogue, [scenario], tick=tick)[0]


def at_duration(with_curves: Estimate, hours: float) -> Estimate:
    """The scenario of `with_curves` at another length, `hours`: that alone is computed, and the curves take it in.

    Raises `InputError` for a length that is not allowed.
    """
    point = estimate_many(with_curves.catalogue, [with_curves.scenario.lasting(hours)], curves=False)[0]
    durations, curves, means = with_curves.durations, with_curves.curves, with_curves.means
    if hours not in durations:
        at = int(np.searchsorted(durations, hours))
        durations = np.insert(durations, at, hours)
        curves = {
            name: Range(
                *(np.insert(old, at, new) for old, new in zip(curve, point.curves[name], strict=True))
            )
            for name, curve in curves.items()
        }
        means = {name: np.insert(mean, at, point.means[name]) for name, mean in means.items()}
    return replace(point, durations=durations, curves=curves, means=means)


def at_place(whole: Estimate, place: float) -> Estimate:
    """The disruption of `whole`, an estimate of a whole country, in `place`, a share of it (0 to 1).

    Every amount is that share of the whole's.
    """
    return replace(
        whole,
        scenario=whole.scenario.with_changes(place=place),
        amounts=tuple(item.times(place) for item in whole.amounts),
        curves={name: curve.each(lambda part: part * place) for name, curve in whole.curves.items()},
        means={name: mean * place for name, mean in whole.means.items()},
        draws={name: values * place for name, values in whole.draws.items()},
        whole=whole.without_draws,
    )


def in_money(result: Estimate, money: Money) -> Estimate:
    """The same `result` with every amount and curve in other `money`, or in shares of GDP."""
    factor, old = money.per_usd / result.money.per_usd, result.money.unit
    return replace(
        result,
        money=money,
        amounts=tuple(
            replace(item.times(factor), unit=money.unit) if item.unit == old else item
            for item in result.amounts
        ),
        curves={name: curve.each(lambda part: part * factor) for name, curve in result.curves.items()},
        means={name: mean * factor for name, mean in result.means.items()},
        draws={
            name: values if name == "work_days" else values * factor for name, values in result.draws.items()
        },
        whole=result.whole and in_money(result.whole, money),
    )


@dataclass(frozen=True)
class Run:
    """What the kernels gave for several scenarios of whole countries on the same draws, in their order."""

    scenarios: tuple[Scenario, ...]
    economies: tuple[Economy, ...]
    samples: tuple[Recorder, ...]
    durations: Array  # hours, ascending
    flow: Flows

    def row(self, scenario: Scenario) -> int:
        """Index of `scenario`, or of the whole country that it is a share of, along the scenarios of the run."""
        return self.scenarios.index(scenario.with_changes(place=None))


def usable(catalogue: Catalogue, scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The `scenarios`, checked against the tables `catalogue`, in their order.

    Raises `InputError` when one cannot be used, or when they differ in seed or number of draws.
    """
    ready = [checked(catalogue, scenario) for scenario in scenarios]
    if len({(scenario.draws, scenario.seed) for scenario in ready}) > 1:
        raise InputError(
            "draws, seed", "different", "cannot be compared", "one seed and one number of simulations"
        )
    return ready


def run(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    durations: Array,
    tick: Tick | None = None,
    *,
    net_alone: bool = False,
) -> Run:
    """One vectorised call for checked `scenarios`; those that differ in their share of the country share a row.

    `catalogue` is the tables; `durations` in hours, ascending, with each scenario's own among them; `tick` and
    `net_alone` as in `flows`.
    """
    wholes = tuple(dict.fromkeys(scenario.with_changes(place=None) for scenario in scenarios))
    tables = [resolved(catalogue, scenario.assumptions) for scenario in wholes]
    samples = tuple(
        Recorder(Draws(catalogue, table, scenario.draws, scenario.seed))
        for scenario, table in zip(wholes, tables, strict=True)
    )
    economies = tuple(
        economy(catalogue, scenario.country, export_split(catalogue, table))
        for scenario, table in zip(wholes, tables, strict=True)
    )
    flow = flows(catalogue, wholes, economies, samples, durations, tick, net_alone=net_alone)
    return Run(wholes, economies, samples, durations, flow)


def estimate_many(
    catalogue: Catalogue, scenarios: Sequence[Scenario], *, curves: bool = True, tick: Tick | None = None
) -> list[Estimate]:
    """Estimates of several `scenarios` on the tables `catalogue`, in one vectorised call and on the same draws.

    Without `curves` only the scenarios' own durations are computed; `tick` as in `estimate`. Raises `InputError`
    when a scenario cannot be used or when they differ in seed or number of draws.
    """
    asked = usable(catalogue, scenarios)
    lengths = dict.fromkeys(scenario.hours for scenario in asked)
    if not curves and len(lengths) > 1:  # apart: together every scenario would run at every length
        alike = {hours: [s for s in asked if s.hours == hours] for hours in lengths}
        by_hours = {
            hours: iter(estimate_many(catalogue, same, curves=False)) for hours, same in alike.items()
        }
        return [next(by_hours[scenario.hours]) for scenario in asked]
    done = run(catalogue, asked, with_stops(*lengths) if curves else np.array(sorted(lengths)), tick)
    wholes = []
    for row in range(len(done.scenarios)):
        wholes.append(_one(catalogue, done, row))
        if tick:
            tick(1.0)
    return [
        wholes[done.row(item)] if item.place is None else at_place(wholes[done.row(item)], item.place)
        for item in asked
    ]


def _covering(catalogue: Catalogue, scenario: Scenario, sample: Sample) -> list[str]:
    """Coverage keys of the levers that do something in this scenario."""
    return [
        f"lever.{key}.coverage"
        for acts_on in ("severity", "adaptation_time", "seats")
        for key in active_levers(catalogue, scenario, sample, acts_on)
    ]


def export_split(catalogue: Catalogue, table: dict[str, Distribution | None]) -> ExportSplit:
    """The central figures that divide the IT row: of the export groups in `catalogue`, by `table`, from `resolved`."""
    receipts = centre(table[EXPORT_RECEIPTS])
    names = [sector.export_group for sector in catalogue.sectors if sector.export_group]
    return ExportSplit(
        value_added_share=centre(table["exports.value_added_share"]) or 0.0,
        shares=tuple((name, centre(table[f"exports.share.{name}"]) or 0.0) for name in names),
        receipts=None if receipts is None else receipts * MILLION,
    )


def _curve(values: Array, per_usd: float) -> tuple[Range[Array], Array]:
    """Range and mean of one amount over the durations, from (duration, draw) in USD."""
    moments = np.zeros((4, len(values)))
    cost = np.any(values, axis=-1)  # most of the work is to sort, and what costs nothing needs none
    if np.any(cost):
        some = values if np.all(cost) else values[cost]
        moments[:, cost] = (*Range.along(some), some.mean(axis=-1))
    low, median, high, mean = moments * per_usd
    return Range(low, median, high), mean


def _one(catalogue: Catalogue, done: Run, i: int) -> Estimate:
    scenario, place, sample = done.scenarios[i], done.economies[i], done.samples[i]
    flow, durations = done.flow, done.durations
    warnings = list(place.warnings)
    money = money_of(scenario, place, sample.table, warnings)
    chosen = int(np.searchsorted(durations, scenario.hours))
    over_time = {
        "net_direct": flow.net[i], "gross": flow.gross[i], "lagged_receipts": flow.lagged[i], "coping": flow.coping[i],
    }  # fmt: skip
    at_chosen = {name: values[chosen] for name, values in over_time.items()}
    at_chosen |= {"caught_up": flow.caught_up[i], "overtime": flow.overtime[i]}
    draws = {name: values * money.per_usd for name, values in at_chosen.items()}
    names = [name for name in CURVES if name != "lagged_receipts" or place.receipts_measured]
    bands = side_by_side(lambda name: _curve(over_time[name], money.per_usd), names)
    curves = {name: band for name, (band, _) in zip(names, bands, strict=True)}
    means = {name: mean for name, (_, mean) in zip(names, bands, strict=True)}
    draws["lagged_value_added"] = draws["lagged_receipts"] * sample.of("exports.value_added_share")
    draws |= _following(scenario, place, sample, draws["net_direct"], money)
    for index, sector in enumerate(catalogue.sectors):
        draws[f"net_direct.{sector.key}"] = flow.sector_net[i, index] * money.per_usd
    for index, item in enumerate(catalogue.classes):
        draws[f"net_direct.class.{item.key}"] = flow.class_net[i, index] * money.per_usd
    if not place.receipts_measured:
        del draws["lagged_receipts"], draws["lagged_value_added"]
    used = _said(catalogue, scenario, place, money, sample, warnings)
    return Estimate(
        catalogue=catalogue,
        scenario=scenario,
        economy=place,
        money=money,
        durations=durations,
        amounts=amounts_of(catalogue, scenario, place, money, sample.table, draws, curves, means, chosen),
        curves=curves,
        means=means,
        draws=draws,
        table=sample.table,
        warnings=tuple(warnings),
        data_version=catalogue.data_version,
        used=used,
    )


def net_alone(
    catalogue: Catalogue, scenario: Scenario, place: Economy, sample: Recorder, net: Array
) -> Estimate:
    """The estimate of a scenario whose net direct loss is known, with no other amount and no curve.

    `catalogue` is the tables, `scenario` a checked one and `place` its economy; `sample` has its draws, and `net` is
    the loss in USD, (draw,).
    """
    warnings = list(place.warnings)
    money = money_of(scenario, place, sample.table, warnings)
    draws = {"net_direct": net * money.per_usd}
    draws |= _following(scenario, place, sample, draws["net_direct"], money)
    return Estimate(
        catalogue=catalogue, scenario=scenario, economy=place, money=money, durations=np.array([scenario.hours]),
        amounts=(), curves={}, means={}, draws=draws, table=sample.table,
        used=_said(catalogue, scenario, place, money, sample, warnings), warnings=tuple(warnings),
        data_version=catalogue.data_version,
    )  # fmt: skip


def _following(
    scenario: Scenario, place: Economy, sample: Sample, net: Array, money: Money
) -> dict[str, Array]:
    """What follows from the net direct loss, (draw,) in `money`: tax, work-days, knock-on losses."""
    draws = {}
    if scenario.country == HOME or TAX_SHARE in scenario.assumptions:
        draws["tax"] = net * sample.of(TAX_SHARE)
    elif place.tax is not None:
        draws["tax"] = net * place.tax.value
    if place.workers:
        per_day = place.gva / (place.workers * sample.of("work.days_per_year"))
        draws["work_days"] = net / money.per_usd / per_day
    share = sample.of(INDIRECT)
    if np.any(share > 0):
        draws["indirect"] = net * (sample.of("indirect.multiplier") - 1) * share
    return draws


def _said(
    catalogue: Catalogue, scenario: Scenario, place: Economy, money: Money, sample: Recorder, warnings: list[str]
) -> frozenset[str]:  # fmt: skip
    """The keys of the parameters that enter an estimate; `warnings` takes a sentence for each choice that does not."""
    used = {*sample.used, "exports.value_added_share"}
    used |= {
        key.replace(".coverage", ".cost_musd_per_year") for key in _covering(catalogue, scenario, sample)
    }
    if money.unit == scenario.currency != "USD":
        used.add(TYPED_RATE)
    for key in scenario.assumptions:
        if key not in used and not key.startswith("claims."):
            warnings.append(f"{key} does not enter this scenario; the value given changes nothing.")
        if key.startswith("claims."):
            warnings.append(f"{key} belongs to the claims view; it changes nothing in this estimate.")
    if scenario.ordered_by_authority is not None:
        other = scenario.with_changes(ordered_by_authority=not scenario.ordered_by_authority)
        if _covering(catalogue, other, sample) == _covering(catalogue, scenario, sample):
            warnings.append("Whether an authority ordered it changes nothing here: no measure depends on it.")
    for name in ("gap_days", "period_days"):
        if scenario.spells == 1 and getattr(scenario, name) != getattr(BASELINE, name):
            warnings.append(f"{name} changes nothing with one outage.")
    if scenario.old_money is not None and not place.money_old:
        warnings.append("old_money changes nothing here: the GDP is recent enough for amounts in money.")
    shares = sum(
        centre(sample.table[f"exports.share.{s.export_group}"]) or 0
        for s in catalogue.sectors
        if s.export_group
    )
    if shares > 1 + 1e-9:
        warnings.append(f"The shares of IT export earnings sum to {shares:g}; more than 1 counts some twice.")
    return frozenset(used)
