"""From scenarios to amounts with ranges: the one call behind the screen, the command line and every file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model import MODEL_VERSION
from model.catalogue import Catalogue, Sector
from model.durations import with_stops
from model.economy import Economy, ExportSplit, economy
from model.errors import InputError
from model.flows import EXPORT_RECEIPTS, MILLION, Flows, active_levers, flows
from model.formatting import duration_text
from model.ledger import Amount, Basis, Ledger
from model.parameters import Distribution
from model.scenario import Scenario, checked
from model.uncertainty import Draws, OneAtATime, Sample, centre, dimensions, quantiles, resolved, tornado_bars

Array = NDArray[np.float64]
CURVES = ("net_direct", "gross", "lagged_receipts", "coping")  # what follows the hand
TYPED_RATE = "currency.lcu_per_usd"
INDIRECT = "indirect.include"


@dataclass(frozen=True)
class Curve:
    """Quantiles of one amount over the durations, shape (duration,) each."""

    low: Array
    median: Array
    high: Array
    mean: Array


@dataclass(frozen=True)
class Money:
    """The currency of a result, and what one US dollar is in it."""

    unit: str
    per_usd: float
    note: str


@dataclass(frozen=True)
class LeverResult:
    """What one continuity measure (or all together) is worth in this disruption."""

    key: str
    label: str
    avoided: tuple[float, float, float]  # 5 %, median, 95 %; a negative amount is a measure that exposes
    cost_per_year: float | None
    ratio: tuple[float, float, float] | None
    break_even_days: float | None


@dataclass(frozen=True)
class TornadoRow:
    """Net direct loss when one input stands at its 5 % and 95 % point and all others at their median."""

    key: str
    label: str
    unit: str
    input_low: float
    input_high: float
    at_low: float
    at_high: float
    centre: float

    @property
    def swing(self) -> float:
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Estimate:
    """One scenario's result. Money in `money.unit`; `draws` maps amount ids to values (draw,)."""

    catalogue: Catalogue
    scenario: Scenario
    economy: Economy
    money: Money
    durations: Array  # hours, ascending, the scenario's own among them
    amounts: tuple[Amount, ...]
    curves: dict[str, Curve]
    draws: dict[str, Array]
    table: dict[str, Distribution | None]
    warnings: tuple[str, ...]
    model_version: str = MODEL_VERSION
    data_version: str = field(default="")

    @property
    def chosen(self) -> int:
        """Index of the scenario's own duration."""
        return int(np.searchsorted(self.durations, self.scenario.hours))

    def amount(self, identifier: str) -> Amount:
        """The amount with this id; raises KeyError."""
        found = {item.id: item for item in self.amounts}
        return found[identifier]

    @cached_property
    def tornado(self) -> tuple[TornadoRow, ...]:
        """Which inputs carry the band of the net direct loss, the widest swing first."""
        return _tornado(self)

    @cached_property
    def levers(self) -> tuple[LeverResult, ...]:
        """What the continuity measures of the scenario are worth; empty where none covers anything."""
        return _levers(self)


class _Recorder:
    """A sample that remembers which parameters were asked for."""

    def __init__(self, sample: Draws) -> None:
        self.sample, self.used = sample, set[str]()
        self.table, self.size = sample.table, sample.size

    def of(self, key: str, member: str = "") -> Array:
        self.used.add(key)
        return self.sample.of(key, member)

    def multiplier(self, key: str) -> Array:
        self.used.add(key)
        return self.sample.multiplier(key)


def estimate(catalogue: Catalogue, scenario: Scenario) -> Estimate:
    """The estimate of one scenario; raises `InputError` for one that cannot be used."""
    return estimate_many(catalogue, [scenario])[0]


def at_duration(known: Estimate, hours: float) -> Estimate:
    """The same scenario at another duration that its curves already hold: only that one is computed."""
    if hours not in known.durations:
        return estimate(known.catalogue, known.scenario.but(hours=hours))
    point = estimate_many(known.catalogue, [known.scenario.but(hours=hours)], curves=False)[0]
    return replace(point, durations=known.durations, curves=known.curves)


def estimate_many(catalogue: Catalogue, scenarios: Sequence[Scenario], *, curves: bool = True) -> list[Estimate]:
    """Estimates of several scenarios in one vectorised call, on the same draws.

    Without `curves` only the scenarios' own durations are computed. Raises `InputError` when a scenario cannot
    be used or when they differ in seed or number of draws.
    """
    ready = [checked(catalogue, scenario) for scenario in scenarios]
    if len({(scenario.draws, scenario.seed) for scenario in ready}) > 1:
        raise InputError("draws, seed", "different", "cannot be compared", "one seed and one number of draws")
    index = dimensions(catalogue)
    tables = [resolved(catalogue, scenario.assumptions) for scenario in ready]
    samples = [
        _Recorder(Draws(catalogue, table, index, scenario.draws, scenario.seed))
        for scenario, table in zip(ready, tables, strict=True)
    ]
    economies = [
        economy(catalogue, scenario.country, export_split(catalogue, table))
        for scenario, table in zip(ready, tables, strict=True)
    ]
    own = [scenario.hours for scenario in ready]
    durations = with_stops(*own) if curves else np.array(sorted(set(own)))
    flow = flows(catalogue, ready, economies, samples, durations)
    return [
        _one(catalogue, scenario, economies[i], samples[i], flow, i, durations) for i, scenario in enumerate(ready)
    ]


def export_split(catalogue: Catalogue, table: dict[str, Distribution | None]) -> ExportSplit:
    """The central figures that divide the IT row."""
    receipts = centre(table[EXPORT_RECEIPTS])
    names = [sector.export_group for sector in catalogue.sectors if sector.export_group]
    return ExportSplit(
        value_added_share=centre(table["exports.value_added_share"]) or 0.0,
        shares=tuple((name, centre(table[f"exports.share.{name}"]) or 0.0) for name in names),
        receipts=None if receipts is None else receipts * MILLION,
    )


def _one(
    catalogue: Catalogue, scenario: Scenario, place: Economy, sample: _Recorder, flow: Flows, i: int, durations: Array
) -> Estimate:
    warnings = list(place.warnings)
    money = _money(scenario, place, sample, warnings)
    chosen = int(np.searchsorted(durations, scenario.hours))
    over_time = {
        "net_direct": flow.net[i], "gross": flow.gross[i], "caught_up": flow.caught_up[i],
        "overtime": flow.overtime[i], "lagged_receipts": flow.lagged[i], "coping": flow.coping[i],
    }  # fmt: skip
    draws = {name: values[chosen] * money.per_usd for name, values in over_time.items()}
    curves = {}
    for name in CURVES:
        values = over_time[name]
        if name == "lagged_receipts" and not place.receipts_measured:
            continue
        low, median, high = quantiles(values)
        curves[name] = Curve(*(part * money.per_usd for part in (low, median, high, values.mean(axis=-1))))
    draws["lagged_value_added"] = draws["lagged_receipts"] * sample.of("exports.value_added_share")
    draws["tax"] = draws["net_direct"] * sample.of("fiscal.tax_share")
    if place.workers:
        per_day = place.gva / (place.workers * sample.of("work.days_per_year"))
        draws["work_days"] = draws["net_direct"] / money.per_usd / per_day
    share = sample.of(INDIRECT)
    if np.any(share > 0):
        draws["indirect"] = draws["net_direct"] * (sample.of("indirect.multiplier") - 1) * share
    for index, sector in enumerate(catalogue.sectors):
        draws[f"net_direct.{sector.key}"] = flow.sector_net[i, index] * money.per_usd
    for index, item in enumerate(catalogue.classes):
        draws[f"net_direct.class.{item.key}"] = flow.class_net[i, index] * money.per_usd
    if not place.receipts_measured:
        del draws["lagged_receipts"], draws["lagged_value_added"]
    used = {*sample.used, "exports.value_added_share"}
    used |= {f"{key.rpartition('.')[0]}.cost_musd_per_year" for key in used if key.startswith("lever.") and key.endswith((".effect", ".time_factor"))}
    for key in scenario.assumptions:
        if key not in used and key != TYPED_RATE and not key.startswith("claims."):
            warnings.append(f"{key} does not enter this scenario; the value given changes nothing.")
        if key.startswith("claims."):
            warnings.append(f"{key} belongs to the claims view; it changes nothing in this estimate.")
    shares = sum(centre(sample.table[f"exports.share.{s.export_group}"]) or 0 for s in catalogue.sectors if s.export_group)
    if shares > 1 + 1e-9:
        warnings.append(f"The shares of IT export receipts sum to {shares:g}; more than 1 counts some twice.")
    return Estimate(
        catalogue=catalogue,
        scenario=scenario,
        economy=place,
        money=money,
        durations=durations,
        amounts=_amounts(catalogue, scenario, place, money, draws, curves, chosen),
        curves=curves,
        draws=draws,
        table=sample.table,
        warnings=tuple(warnings),
        data_version=catalogue.data_version,
    )


def _money(scenario: Scenario, place: Economy, sample: _Recorder, warnings: list[str]) -> Money:
    """Dollars, or the country's money where a rate can be used: the reader's, else a fresh official one."""
    if scenario.currency == "USD":
        return Money("USD", 1.0, "")
    typed = centre(sample.table[TYPED_RATE])
    if typed is not None:
        return Money(scenario.currency, typed, f"{typed:g} {scenario.currency} per USD, typed by the reader")
    if place.rate is not None:
        rate = place.rate
        note = f"{rate.value:g} {scenario.currency} per USD, official rate, average of {rate.year}"
        return Money(scenario.currency, rate.value, note)
    figure = place.figures.get("fx")
    why = "there is none" if figure is None else f"the latest, of {figure.year}, is too old or not the rate people pay"
    warnings.append(
        f"{place.country.name}: no usable official exchange rate ({why}), so amounts are in US dollars. "
        f"Type a rate ({TYPED_RATE}) to see {scenario.currency}."
    )
    return Money("USD", 1.0, "")


def _amounts(
    catalogue: Catalogue, scenario: Scenario, place: Economy, money: Money, draws: dict[str, Array],
    curves: dict[str, Curve], chosen: int,
) -> tuple[Amount, ...]:  # fmt: skip
    """Every amount with its ledger, basis and period."""
    event = f"{scenario.spells} x {duration_text(scenario.hours)}"
    sectors = tuple(f"net_direct.{sector.key}" for sector in catalogue.sectors)
    classes = tuple(f"net_direct.class.{item.key}" for item in catalogue.classes)
    horizon = "the months after" if not place.receipts_measured else f"up to {_horizon(catalogue, scenario)} months after"

    def amount(
        name: str, label: str, ledger: Ledger, basis: Basis, period: str = event, unit: str = money.unit,
        contains: tuple[str, ...] = (), overlaps: tuple[str, ...] = (),
    ) -> Amount:  # fmt: skip
        if name not in draws:
            label = f"{label}: not measured"
            return Amount(name, label, ledger, basis, period, unit, contains, None, None, None, None, overlaps)
        values = draws[name]
        if name in curves:
            curve = curves[name]
            numbers = [float(part[chosen]) for part in (curve.median, curve.low, curve.high, curve.mean)]
        else:
            low, median, high = quantiles(values)
            numbers = [float(median), float(low), float(high), float(values.mean())]
        return Amount(name, label, ledger, basis, period, unit, contains, *numbers, overlaps)

    rows = [
        amount("gross", "Gross: activity interrupted", "output", "gross", contains=("caught_up", "net_direct", *sectors, *classes)),
        amount("net_direct", "Net direct loss", "output", "net",
               contains=("overtime", "work_days", *sectors, *classes), overlaps=("caught_up",)),
        amount("caught_up", "Caught up later", "output", "gross"),
        amount("overtime", "Overtime paid to catch up", "output", "net"),
        amount("lagged_receipts", "Lagged: export receipts lost later", "receipts", "lagged", horizon,
               contains=("lagged_value_added",)),
        amount("lagged_value_added", "Lagged: value added in those receipts", "output", "lagged", horizon),
        amount("coping", "Coping: cost of working around the block", "operating cost", "coping"),
        amount("work_days", "Work-days lost", "output", "net", unit="work_days"),
        amount("tax", "Tax not raised on the net loss (a transfer)", "fiscal", "net"),
    ]  # fmt: skip
    if "indirect" in draws:
        rows.append(amount("indirect", "Knock-on loss in other firms", "output", "indirect"))
    for sector in catalogue.sectors:
        rows.append(_sector_amount(amount, sector, place, catalogue, classes))
    for item in catalogue.classes:
        touching = tuple(f"net_direct.{s.key}" for s in catalogue.sectors if item.key in s.mix)
        rows.append(amount(f"net_direct.class.{item.key}", f"Net direct loss: {item.label}", "output", "net", overlaps=touching))
    return tuple(rows)


def _sector_amount(amount, sector: Sector, place: Economy, catalogue: Catalogue, classes: tuple[str, ...]) -> Amount:  # type: ignore[no-untyped-def]
    label = f"Net direct loss: {sector.label}"
    domestic = sector.value_added_part == "domestic"
    if domestic and place.value_added[catalogue.sectors.index(sector)] == 0:
        label += " (not separable)"
    return amount(f"net_direct.{sector.key}", label, "output", "net")


def _horizon(catalogue: Catalogue, scenario: Scenario) -> str:
    return f"{centre(resolved(catalogue, scenario.assumptions)['churn.horizon_months']):g}"


def _tornado(result: Estimate) -> tuple[TornadoRow, ...]:
    """One model run in which every column moves one input; see `uncertainty.OneAtATime`."""
    catalogue, scenario = result.catalogue, result.scenario
    bars = tornado_bars(catalogue, result.table)
    sample = OneAtATime(catalogue, result.table, bars)
    flow = flows(catalogue, [scenario], [result.economy], [sample], np.array([scenario.hours]))
    net = flow.net[0, 0] * result.money.per_usd
    rows = [
        TornadoRow(bar.key, bar.label, bar.unit, bar.low, bar.high, float(net[2 * i + 1]), float(net[2 * i + 2]), float(net[0]))
        for i, bar in enumerate(bars)
    ]
    return tuple(sorted(rows, key=lambda row: -row.swing))


def _levers(result: Estimate) -> tuple[LeverResult, ...]:
    """Loss avoided by each measure alone and by all together, draw by draw against none."""
    catalogue, scenario = result.catalogue, result.scenario
    sample: Sample = Draws(catalogue, result.table, dimensions(catalogue), scenario.draws, scenario.seed)
    active = [
        key for acts_on in ("severity", "adaptation_time", "seats")
        for key in active_levers(catalogue, scenario, sample, acts_on)
    ]  # fmt: skip
    if not active:
        return ()
    off = {f"lever.{key}.coverage": 0.0 for key in active}
    variants = [scenario.but(assumptions={**scenario.assumptions, **off})]
    for key in active:
        others = {name: value for name, value in off.items() if name != f"lever.{key}.coverage"}
        variants.append(scenario.but(assumptions={**scenario.assumptions, **others}))
    variants.append(scenario)
    tables = [resolved(catalogue, variant.assumptions) for variant in variants]
    index = dimensions(catalogue)
    samples = [Draws(catalogue, table, index, scenario.draws, scenario.seed) for table in tables]
    flow = flows(catalogue, variants, [result.economy] * len(variants), samples, result.durations)
    net = flow.net * result.money.per_usd
    results = []
    for position, key in enumerate([*active, "all"], start=1):
        avoided = net[0] - net[position]
        own = [key] if key != "all" else active
        costs = [centre(result.table[f"lever.{name}.cost_musd_per_year"]) for name in own]
        cost = None if any(c is None for c in costs) else sum(c or 0.0 for c in costs) * MILLION * result.money.per_usd
        low, median, high = (float(part) for part in quantiles(avoided[result.chosen]))
        label = "All measures together" if key == "all" else catalogue.levers[key].label
        results.append(
            LeverResult(
                key, label, (low, median, high), cost,
                (low / cost, median / cost, high / cost) if cost else None,
                _break_even(result.durations, np.median(avoided, axis=-1), cost),
            )
        )  # fmt: skip
    return tuple(results)


def _break_even(durations: Array, avoided: Array, cost: float | None) -> float | None:
    """Days after which the median loss avoided reaches a year's cost; None when it never does or is unknown."""
    if cost is None or not np.any(avoided >= cost):
        return None
    return float(np.interp(cost, np.maximum.accumulate(avoided), durations)) / 24
