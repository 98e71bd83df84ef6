"""Kinds, places and scenarios side by side, always on the same draws.

A difference or a ratio has its own range, computed draw by draw; it is never the difference of two ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import GDP_SHARE, exact_percent, significant
from model.common.program.progress import Tick, part_of_progress
from model.common.ranges import UNDEFINED, Range
from model.estimation.amounts import of_gdp
from model.estimation.estimate import Estimate, estimate_many, in_money
from model.estimation.words import quality_of
from model.estimation.world import moved, world
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
DRAWS_AT_ONCE = 65_536  # scenarios x draws in one call; more would only need more memory
DRAWS_KEPT = ("net_direct", "gross")  # what is compared and what explains it; all other draws are let go


@dataclass(frozen=True)
class Compared:
    """One of several results beside a reference: its amount, and what it is more or less, draw by draw."""

    label: str
    result: Estimate
    amount: Range[float | None]
    difference: Range[float | None]  # this less the reference, in the result's money
    ratio: Range[float | None]  # this over the reference
    per_hour: Range[float | None]
    per_head: Range[float | None]  # per person in the place, where the population is known
    share_of_gdp: Range[float | None]  # of the GDP that the whole country makes in the time of the disruption
    times_before: Range[float | None] | None = None  # this over the row before, where the rows are steps
    more_than_before: Range[float | None] | None = None  # and this less the row before


def spread(values: Array | None) -> Range[float | None]:
    """The range of `values`, draws of any unit; draws that are not finite (a ratio to nothing) leave it undefined."""
    return UNDEFINED if values is None or not np.all(np.isfinite(values)) else Range.of(values)


def side_by_side(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    labels: Sequence[str],
    *,
    amount: str = "net_direct",
    reference: int = 0,
    tick: Tick | None = None,
) -> list[Compared]:
    """Every scenario at its own duration, all on the same draws, each beside one of them.

    Args:
        catalogue: the tables.
        scenarios: what is compared, in one currency, with one seed and number of draws.
        labels: the name of each.
        amount: id of the amount that is compared.
        reference: index of the one that the others are compared with.
        tick: hears the share that is done; what it raises ends the work.

    Raises:
        InputError: a scenario cannot be used, or currencies, seeds or draws differ.
    """
    one_currency(scenarios)
    results = estimated(catalogue, scenarios, amount, tick)
    units = {result.money.unit for result in results}
    if len(units) > 1 and GDP_SHARE not in units:  # one country had no usable rate
        results = estimated(catalogue, [s.with_changes(currency="USD") for s in scenarios], amount, tick)
    return beside(in_one_money(results), labels, amount, reference)


def in_one_money(results: Sequence[Estimate]) -> Sequence[Estimate]:
    """The same `results`, in shares of GDP each where the GDP of one is too old for money."""
    units = {result.money.unit for result in results}
    if len(units) > 1 and GDP_SHARE in units:
        return [in_money(result, of_gdp(result.economy)) for result in results]
    return results


def beside(results: Sequence[Estimate], labels: Sequence[str], amount: str, reference: int) -> list[Compared]:
    """The `results` with their `labels`, each beside the one at the index `reference`; `amount` is an amount's id."""
    base = results[reference].draws.get(amount)
    return [_compared(label, result, amount, base) for label, result in zip(labels, results, strict=True)]


def estimated(
    catalogue: Catalogue, scenarios: Sequence[Scenario], amount: str, tick: Tick | None
) -> list[Estimate]:
    """Estimates at the scenarios' own durations, on the same draws, with those that a comparison needs kept.

    Scenarios of one duration share a call: a call prices every one of its scenarios at all its durations.

    Args:
        catalogue: the tables.
        scenarios: what is estimated, with one seed and number of draws.
        amount: id of an amount whose draws are kept beside the usual ones.
        tick: hears the share that is done; what it raises ends the work.

    Raises:
        InputError: a scenario cannot be used, or seeds or draws differ.
    """
    if len({(scenario.draws, scenario.seed) for scenario in scenarios}) > 1:
        raise InputError(
            "draws, seed", "different", "cannot be compared", "one seed and one number of simulations"
        )
    by_index: dict[int, Estimate] = {}
    for hours in dict.fromkeys(scenario.hours for scenario in scenarios):
        group = [index for index, scenario in enumerate(scenarios) if scenario.hours == hours]
        size = max(1, DRAWS_AT_ONCE // scenarios[group[0]].draws)
        for first in range(0, len(group), size):
            part = group[first : first + size]
            inside = part_of_progress(tick, len(by_index), len(part), len(scenarios))
            results = estimate_many(
                catalogue, [scenarios[index] for index in part], curves=False, tick=inside
            )
            for index, result in zip(part, results, strict=True):
                draws = {name: result.draws[name] for name in {*DRAWS_KEPT, amount} if name in result.draws}
                by_index[index] = replace(result, draws=draws)
    return [by_index[index] for index in range(len(scenarios))]


def one_currency(scenarios: Sequence[Scenario]) -> None:
    """Raises `InputError` where amounts of `scenarios` would stand beside amounts in other money."""
    if len({scenario.currency for scenario in scenarios}) > 1:
        raise InputError("currency", "different", "cannot be compared", "one currency for all")


def without_draws(rows: Sequence[Compared]) -> list[Compared]:
    """The same `rows` without the draws behind them: what a page may keep."""
    return [replace(row, result=row.result.without_draws) for row in rows]


def aligned(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The `scenarios` with draws and seed of the first, in US dollars where their money differs."""
    first = scenarios[0]
    same = len({(item.currency, item.country) for item in scenarios}) == 1
    money = first.currency if same else "USD"
    return [item.with_changes(draws=first.draws, seed=first.seed, currency=money) for item in scenarios]


def _compared(label: str, result: Estimate, amount: str, base: Array | None) -> Compared:
    values = result.draws.get(amount)
    hours = result.scenario.hours * result.scenario.spells
    difference = ratio = None
    if values is not None and base is not None:
        difference, ratio = values - base, ratio_of(values, base)
    return Compared(
        label=label,
        result=result,
        amount=spread(values),
        difference=spread(difference),
        ratio=spread(ratio),
        per_hour=spread(None if values is None or hours == 0 else values / hours),
        per_head=spread(_per_head(result, values)),
        share_of_gdp=spread(_of_gdp(result, values, hours)),
    )


def ratio_of(values: Array, base: Array) -> Array | None:
    """`values` over `base`, both (draw,) in one unit; a draw in which both are nothing says nothing and is left out.

    None where that is so in every draw; infinite in a draw in which only the base is nothing.
    """
    both = (values != 0) | (base != 0)
    with np.errstate(divide="ignore"):
        return np.asarray(values[both] / base[both]) if np.any(both) else None


def _per_head(result: Estimate, values: Array | None) -> Array | None:
    """Loss per inhabitant of the affected place."""
    people = result.economy.population
    if values is None or people is None or result.money.unit == GDP_SHARE:
        return None
    scenario = result.scenario
    if scenario.regions:
        people = sum(result.catalogue.regions[name].population for name in scenario.regions)
    elif scenario.place is not None:
        people *= scenario.place
    return values / people if people else None


def _of_gdp(result: Estimate, values: Array | None, hours: float) -> Array | None:
    gdp = result.economy.gdp / 8760 * hours * result.money.per_usd
    return None if values is None or gdp == 0 else values / gdp


def first_that_costs(amounts: Sequence[Range[float | None]]) -> int:
    """Index of the first of `amounts` that is not nothing, 0 where all are: what is nothing can be no reference."""
    return next((at for at, amount in enumerate(amounts) if amount.high), 0)


def kinds(catalogue: Catalogue, scenario: Scenario, tick: Tick | None = None) -> list[Compared]:
    """Every kind of disruption at the scenario's duration and place; its own kind is the reference.

    `catalogue`, `tick` and the errors as in `side_by_side`; a quality or an order in `scenario` is of its kind alone.
    """
    variants = [
        scenario.with_changes(kind=key, ratio=scenario.ratio if key == scenario.kind else None,
                     capacity_lost=scenario.capacity_lost if key == scenario.kind else None,
                     ordered_by_authority=scenario.ordered_by_authority if key == scenario.kind else None)
        for key in catalogue.kinds
    ]  # fmt: skip
    own = list(catalogue.kinds).index(scenario.kind)
    rows = side_by_side(catalogue, variants, list(catalogue.kinds), reference=own, tick=tick)
    return [replace(row, label=kind_label(row.result)) for row in rows]


def kind_label(result: Estimate) -> str:
    """The kind of `result`, its quality given or shipped: `Full blackout`, `Slowdown to 65%`, `Cable cut of 43%`."""
    kind, share = result.catalogue.kinds[result.scenario.kind], quality_of(result)
    if share is None:
        return kind.label
    return f"{kind.label} {'to' if kind.quality_input == 'ratio' else 'of'} {exact_percent(share)}"


def regions(catalogue: Catalogue, scenario: Scenario, tick: Tick | None = None) -> list[Compared]:
    """The same disruption in each region of Pakistan alone; the first row, the reference, is the whole country.

    `catalogue`, `tick` and the errors as in `side_by_side`; country, regions and share of `scenario` do not enter.
    """
    whole = moved(scenario, HOME).with_changes(place=None)
    variants = [whole, *(whole.with_changes(regions=(name,)) for name in catalogue.regions)]
    return side_by_side(catalogue, variants, ["Whole country", *catalogue.regions], tick=tick)


def countries(
    catalogue: Catalogue, scenario: Scenario, codes: Sequence[str], tick: Tick | None = None
) -> list[Compared]:
    """The same disruption in several countries (a share of the country stays one), in US dollars.

    In shares of its own GDP each, where that of one of them is too old for money.

    Args:
        catalogue: the tables.
        scenario: what is disrupted; its own country is the reference where it is among them, else the first.
        codes: the countries (ISO3), in the order of the rows.
        tick: hears the share that is done; what it raises ends the work.

    Raises:
        InputError: the scenario or a country cannot be used.
    """
    own = codes.index(scenario.country) if scenario.country in codes else 0
    results = in_one_money(world(catalogue, scenario, codes=codes, tick=tick).estimates)
    return beside(results, [catalogue.countries[code].name for code in codes], "net_direct", own)


SMALL = 0.1  # a ratio under it is written as a fraction


def part_text(ratio: float, *, small: bool | None = None) -> str:
    """`ratio` as people say it: `9.2`, `0.29`, `1/70`; `small` says whether it is a fraction, beside another one."""
    small = ratio < SMALL if small is None else small
    if not small or ratio <= 0:
        return significant(ratio)
    times = 1 / ratio
    return f"1/{significant(times, 2 if times < 10 or f'{times:e}'[0] == '1' else 1)}"


def _parts(ratio: Range[float]) -> Range[str]:
    """A ratio and its ends, all three as fractions or none."""
    small = 0 < ratio.median < SMALL
    return ratio.each(lambda part: part_text(part, small=small))


def ratio_text(ratio: Range[float | None]) -> str:
    """`ratio` with its range and no word: `9.2 (7.8 to 11)`."""
    numbers = ratio.measured
    return "not defined" if numbers is None else _parts(numbers).full


def part_of_economy(result: Estimate) -> float:
    """The share of the country's GDP that is made in the affected place of `result`."""
    scenario = result.scenario
    if scenario.regions:
        return sum(result.catalogue.regions[name].gdp_share for name in scenario.regions)
    return 1.0 if scenario.place is None else scenario.place


def times_text(
    ratio: Range[float | None], reference: str = "", before_range: str = "", *, of: str = "of "
) -> str:
    """A ratio with its range: `9.2 times 1 day (7.8 to 11)`, `about 1/70 of 1 day (1/90 to 1/60)`.

    No range where it would say nothing more.

    Args:
        ratio: how many times, with its ends.
        reference: what it is a multiple of, in words; nothing where the sentence says it.
        before_range: words inside the bracket before the range, with a space behind them.
        of: what stands between a fraction and the reference: nothing where that is told as `as much as 1 day`.
    """
    if (numbers := ratio.measured) is None:
        return "not defined"
    words = _parts(numbers)
    ends = words.bracket(before_range)
    if 0 < numbers.median < SMALL:
        return f"about {words.median}{f' {of}{reference}' if reference else ''}{ends}"
    return f"{words.median} times{' ' + reference if reference else ''}{ends}"
