"""Laws that every result must obey, for any parameters within their low-high ranges and any disruption."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from helpers.by_hand import ends
from helpers.each import each
from helpers.strategies import CATALOGUE, DRAWS, ECONOMIES, KINDS, SPREAD, between, scenarios
from hypothesis import given, settings
from hypothesis import strategies as st

from model.catalogue.load import Catalogue
from model.estimation import analysis
from model.estimation.economy import economy
from model.estimation.economy import income_of as income
from model.estimation.estimate import Estimate, estimate, estimate_many, export_split
from model.estimation.flows import clear_caches, flows
from model.estimation.sampling import Draws, resolved
from model.scenario.scenario import Scenario
from model.text.report import result_of

DEGRADATIONS = {kind.quality_input: kind.key for kind in CATALOGUE.kinds.values() if kind.quality_input}
SEVERITY_KINDS = tuple(kind.key for kind in CATALOGUE.kinds.values() if kind.severity_from == "table")
HOME = ("PAK",)  # the one economy with regions and with money of its own parameters
REGIONS = tuple(CATALOGUE.regions)
TINY = 1e-9  # relative: sums taken in another order
CENT = 0.01  # USD
FEW = 64  # draws where each example runs every sector by itself
HARD_CORNER = {
    "recapture.spare_capacity": "high",
    "recapture.share_of_ceiling": "high",
    "recapture.overtime_premium": "low",
    "recapture.patience_scale": "low",
}


def money(result: Estimate) -> dict[str, np.ndarray]:
    return {name: values for name, values in result.draws.items() if name != "work_days"}


def priced(*scenarios: Scenario) -> list[Estimate]:
    """Results on the same draws, at the scenarios' own lengths: what a law on draws needs, without the curves."""
    return estimate_many(CATALOGUE, scenarios, curves=False)


def not_below(more: np.ndarray, less: np.ndarray) -> bool:
    """Whether `more` is nowhere below `less`, but for rounding."""
    return bool(np.all(more >= less - TINY * np.abs(less) - CENT * TINY))


# Zero


@given(scenarios())
def test_no_time_no_place_costs_exactly_nothing(scenario: Scenario) -> None:
    for result in priced(scenario.with_changes(hours=0.0), scenario.with_changes(place=0.0)):
        for name, values in result.draws.items():
            assert not np.any(values), name


@given(scenarios(SEVERITY_KINDS))
def test_no_severity_costs_exactly_nothing(scenario: Scenario) -> None:
    off = {f"severity.{scenario.kind}.{name}": 0.0 for name in CATALOGUE.class_keys}
    (result,) = priced(scenario.with_changes(assumptions={**scenario.assumptions, **off}))
    for name, values in result.draws.items():
        assert not np.any(values), name


@given(scenarios(tuple(DEGRADATIONS.values())))
def test_undisturbed_quality_costs_exactly_nothing(scenario: Scenario) -> None:
    quality = CATALOGUE.kinds[scenario.kind].quality_input
    (result,) = priced(scenario.with_changes(**{quality: 1.0 if quality == "ratio" else 0.0}))
    for name, values in result.draws.items():
        assert not np.any(values), name


# Bounds and identities, draw by draw


@pytest.mark.slow
@given(scenarios())
def test_identities_order_and_bounds(scenario: Scenario) -> None:
    result = estimate(CATALOGUE, scenario)
    draws = result.draws
    gross, net = draws["gross"], draws["net_direct"]
    scale = TINY * gross.max() + CENT * TINY
    for name, values in draws.items():
        assert np.all(np.isfinite(values)), name
        assert np.all(values >= -scale), name
    np.testing.assert_allclose(net, gross - draws["caught_up"] + draws["overtime"], rtol=TINY, atol=scale)
    by_sector = sum(draws[f"net_direct.{sector.key}"] for sector in CATALOGUE.sectors)
    by_class = sum(draws[f"net_direct.class.{name}"] for name in CATALOGUE.class_keys)
    np.testing.assert_allclose(by_sector, net, rtol=TINY, atol=scale)
    np.testing.assert_allclose(by_class, net, rtol=TINY, atol=scale)
    table = resolved(CATALOGUE, scenario.assumptions)
    sample = Draws(CATALOGUE, table, scenario.draws, scenario.seed)
    overtime = sample.of("recapture.overtime_premium") * sample.of("recapture.labour_share")
    assert not_below(gross * (1 + overtime), net)
    assert not_below(gross, draws["caught_up"])
    for amount in result.amounts:
        if amount.median is not None:
            low, median, high = ends(amount)
            assert low <= median <= high, amount.id
    for name, curve in result.curves.items():
        parts = (*curve, result.means[name])
        assert all(np.all(np.isfinite(part)) for part in parts), name
        assert np.all(curve.low <= curve.median), name
        assert np.all(curve.median <= curve.high), name


# What is lost is at most what would have been made, draw by draw


def hours_lost(scenario: Scenario, income_of: str) -> tuple[np.ndarray, np.ndarray]:
    """Interrupted and lost for good in each sector, in hours of its own value added, (sector, draw).

    `income_of` is the economy whose income decides how digital the sectors are.
    """
    table = resolved(CATALOGUE, scenario.assumptions)
    place = economy(CATALOGUE, income_of, export_split(CATALOGUE, table))
    sample = Draws(CATALOGUE, table, scenario.draws, scenario.seed)
    count = len(CATALOGUE.sectors)
    alone = [replace(place, value_added=row) for row in np.eye(count) * 8760.0]
    flow = flows(CATALOGUE, [scenario] * count, alone, [sample] * count, np.array([scenario.hours]))
    own = np.arange(count)
    return flow.gross[:, 0], flow.sector_net[own, own]


@pytest.mark.slow
@settings(max_examples=20)  # twenty sectors in each example
@given(scenarios())
def test_no_sector_interrupts_more_than_it_makes_in_the_time(scenario: Scenario) -> None:
    # with a start an hour weighs more than an hour
    scenario = scenario.with_changes(start=None, place=None, draws=FEW)
    gross, _ = hours_lost(scenario, scenario.country)
    restart = Draws(CATALOGUE, resolved(CATALOGUE, scenario.assumptions), scenario.draws, scenario.seed).of(
        "restart.hours"
    )
    for sector, lost in zip(CATALOGUE.sectors, gross, strict=True):
        most = scenario.spells * (scenario.hours + restart * sector.buffered)
        assert not_below(np.broadcast_to(most, lost.shape), lost), (sector.key, scenario)


@pytest.mark.slow
@settings(max_examples=15)  # twenty sectors of two economies in each example
@given(scenarios(), st.sampled_from(ECONOMIES), st.sampled_from(ECONOMIES))
def test_a_richer_economy_never_loses_a_smaller_share_of_a_sector(
    scenario: Scenario, one: str, other: str
) -> None:
    scenario = scenario.with_changes(draws=FEW)
    poorer, richer = sorted((one, other), key=lambda iso3: income(CATALOGUE, iso3))
    for less, more in zip(hours_lost(scenario, poorer), hours_lost(scenario, richer), strict=True):
        assert not_below(more, less), (poorer, richer, scenario)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_economy_loses_more_than_it_makes_in_the_time(kind: str) -> None:
    """A day and a year: interrupted, lost for good, and the receipts of the horizon.

    Each kind meets a sixth of the economies at either length, each economy two or three of the kinds, both lengths.
    """
    for place, hours in enumerate((24.0, 8760.0), KINDS.index(kind)):
        some = ECONOMIES[place % 6 :: 6]
        cases = [Scenario(country=iso3, kind=kind, hours=hours, draws=DRAWS) for iso3 in some]
        for result in estimate_many(CATALOGUE, cases, curves=False):
            held_to_what_is_made(result)


@pytest.mark.slow
@settings(max_examples=40)
@given(scenarios())
def test_no_corner_loses_more_than_is_made_in_the_time(scenario: Scenario) -> None:
    held_to_what_is_made(estimate_many(CATALOGUE, [scenario.with_changes(start=None)], curves=False)[0])


def held_to_what_is_made(result: Estimate) -> None:
    """Gross and net within the value added of the time, later losses within the receipts of the horizon."""
    scenario, place, rate = result.scenario, result.economy, result.money.per_usd
    sample = Draws(CATALOGUE, result.table, scenario.draws, scenario.seed)
    share = 1.0 if scenario.place is None else scenario.place
    hours = scenario.spells * (scenario.hours + sample.of("restart.hours"))
    made = np.broadcast_to(place.value_added.sum() * share * hours / 8760 * rate, (scenario.draws,))
    for name in ("gross", "net_direct"):
        assert not_below(made, result.draws[name]), (name, scenario)
    if place.receipts_measured:
        months = sample.of("churn.horizon_months")
        received = place.receipts * place.receipts_held * share * months / 12 * rate
        assert not_below(np.broadcast_to(received, made.shape), result.draws["lagged_receipts"]), scenario


# Monotone


@given(scenarios())
def test_a_longer_disruption_costs_no_less(scenario: Scenario) -> None:
    """But for several spells with a start time: longer ones push the next into other hours, quieter ones perhaps."""
    if scenario.spells > 1:
        scenario = scenario.with_changes(start=None)
    result = estimate(CATALOGUE, scenario)
    for name, curve in result.curves.items():
        for part in (*curve, result.means[name]):
            assert not_below(part[1:], part[:-1]), (name, scenario)


def test_longer_spells_can_move_the_next_into_quieter_hours() -> None:
    """Of 12 hours from 10:30 with half a day between, both start at 10:30; of 18 hours the second starts at 16:30."""
    day = Scenario(start="2026-01-05T10:30", spells=2, gap_days=0.5, draws=DRAWS)
    shorter, longer = priced(day.with_changes(hours=12.0), day.with_changes(hours=18.0))
    assert not not_below(longer.draws["gross"], shorter.draws["gross"])


@pytest.mark.parametrize("kind", ["cable_cut", "slowdown"])
def test_a_longer_disruption_costs_no_less_where_service_comes_back_by_itself(kind: str) -> None:
    """The hardest corner: great loss at first, most of it won back slowly, much spare capacity to catch up with."""
    pins = {key: getattr(SPREAD[key], end) for key, end in HARD_CORNER.items()}
    pins |= {
        f"adaptation.{kind}.{part}": SPREAD[f"adaptation.{kind}.{part}"].high for part in ("share", "days")
    }
    quality = CATALOGUE.kinds[kind].quality_input
    levels = np.linspace(0, 1, 21)
    base = Scenario(kind=kind, assumptions=pins, draws=DRAWS)
    results = estimate_many(CATALOGUE, [base.with_changes(**{quality: float(level)}) for level in levels])
    for level, result in zip(levels, results, strict=True):
        curve = result.curves["net_direct"]
        ends = {
            "low": curve.low,
            "median": curve.median,
            "high": curve.high,
            "mean": result.means["net_direct"],
        }
        for part, values in ends.items():
            fall = np.min(np.diff(values) / np.maximum(values[:-1], CENT))
            assert fall >= -TINY, f"{quality} {level:.2f}: the {part} falls by {-fall:.2%}"


@given(scenarios(SEVERITY_KINDS), between(0, 1), between(0, 1), st.data())
def test_a_more_severe_disruption_costs_no_less(
    scenario: Scenario, first: float, second: float, data: st.DataObject
) -> None:
    names = data.draw(st.lists(st.sampled_from(CATALOGUE.class_keys), min_size=1, unique=True))
    pair = []
    for part in sorted((first, second)):
        pins = dict(scenario.assumptions)
        for name in names:
            key = f"severity.{scenario.kind}.{name}"
            default = SPREAD[key]
            pins[key] = min(default.high, default.low + part * (default.high - default.low))
        pair.append(scenario.with_changes(assumptions=pins))
    mild, severe = priced(*pair)
    for name, values in mild.draws.items():
        if name != "caught_up" and name != "overtime":  # less of a more severe cut can be caught up
            assert not_below(severe.draws[name], values), name


@given(scenarios(tuple(DEGRADATIONS.values())), between(0, 1), between(0, 1))
def test_worse_quality_costs_no_less(scenario: Scenario, first: float, second: float) -> None:
    quality = CATALOGUE.kinds[scenario.kind].quality_input
    mild_first = sorted((first, second), reverse=quality == "ratio")
    mild, severe = priced(*(scenario.with_changes(**{quality: value}) for value in mild_first))
    for name in ("gross", "net_direct", "lagged_receipts"):
        if name in mild.draws:  # receipts are not measured everywhere
            assert not_below(severe.draws[name], mild.draws[name]), name


@given(scenarios(), between(0, 1), between(0, 1))
def test_a_larger_place_costs_no_less(scenario: Scenario, first: float, second: float) -> None:
    small, large = priced(*(scenario.with_changes(place=value) for value in sorted((first, second))))
    for name, values in small.draws.items():
        assert not_below(large.draws[name], values), name


@pytest.mark.slow
@settings(max_examples=25)
@given(scenarios(), between(0, 1))
def test_the_kernels_give_the_share_that_the_estimate_takes(scenario: Scenario, share: float) -> None:
    """An estimate multiplies the whole country's amounts; the kernels know the share from the start."""
    result = estimate(CATALOGUE, scenario.with_changes(place=share))
    sample = Draws(CATALOGUE, result.table, DRAWS, scenario.seed)
    flow = flows(CATALOGUE, [result.scenario], [result.economy], [sample], result.durations)
    by_kernels = {
        "gross": flow.gross, "net_direct": flow.net, "caught_up": flow.caught_up,
        "overtime": flow.overtime, "lagged_receipts": flow.lagged, "coping": flow.coping,
    }  # fmt: skip
    if not result.economy.receipts_measured:
        del by_kernels["lagged_receipts"]
    for name, values in by_kernels.items():
        values = values * result.money.per_usd  # an old GDP gives shares of it
        kernels = values[0, result.chosen] if values.ndim == 3 else values[0]
        np.testing.assert_allclose(result.draws[name], kernels, rtol=1e-8, atol=CENT, err_msg=name)
        ends = [*np.quantile(kernels, [0.05, 0.5, 0.95]), kernels.mean()]
        amount = result.amount(name)
        assert [*amount.range, amount.mean] == pytest.approx(ends, rel=1e-8, abs=CENT)
        if name in result.curves:
            curve = result.curves[name]
            median = np.median(values[0], axis=-1)
            np.testing.assert_allclose(curve.median, median, rtol=1e-8, atol=CENT, err_msg=name)
    whole = {row.key: row for row in analysis.tornado(result)}
    for bar in result.tornado:
        row = whole.pop(bar.key)
        expected = (row.at_low, row.at_high, row.centre)
        assert (bar.at_low, bar.at_high, bar.centre) == pytest.approx(expected, rel=1e-8, abs=CENT)
    assert not whole


# Additive, repeatable, unchanged by money


@pytest.mark.slow
@settings(max_examples=20)  # eight scenarios in each example
@given(scenarios(economies=HOME))
def test_the_regions_of_pakistan_add_up_to_the_whole(scenario: Scenario) -> None:
    whole = scenario.with_changes(place=None)
    parts = [whole.with_changes(regions=(name,)) for name in REGIONS]
    everywhere, *regions = priced(whole, *parts)
    for name, values in everywhere.draws.items():
        if not name.startswith("lagged"):
            added = sum(region.draws[name] for region in regions)
            np.testing.assert_allclose(added, values, rtol=1e-8, atol=CENT, err_msg=name)


@pytest.mark.slow
@given(scenarios(economies=HOME), st.sets(st.sampled_from(REGIONS), min_size=2))
def test_regions_together_cost_what_they_cost_apart(scenario: Scenario, names: set[str]) -> None:
    base = scenario.with_changes(place=None)
    together, *apart = priced(
        base.with_changes(regions=tuple(sorted(names))),
        *(base.with_changes(regions=(name,)) for name in sorted(names)),
    )
    for name in ("gross", "net_direct", "caught_up", "coping"):
        added = sum(part.draws[name] for part in apart)
        np.testing.assert_allclose(added, together.draws[name], rtol=1e-8, atol=CENT, err_msg=name)


def numbers_of(result: Estimate, *, with_levers: bool = False) -> tuple[object, ...]:
    """Every number of a result to the last bit, and what its measures are worth where that is asked for."""
    curves = (part for curve in result.curves.values() for part in curve)
    arrays = (*result.draws.values(), *curves, *result.means.values())
    return *(values.tobytes() for values in arrays), result.amounts, with_levers and result.levers


def warm_and_cold(before: Scenario, after: Scenario) -> tuple[object, object]:
    """The numbers of a step from another scenario, and the same with nothing kept from before."""
    estimate(CATALOGUE, before)
    warm = numbers_of(estimate(CATALOGUE, after))
    clear_caches()
    return warm, numbers_of(estimate(CATALOGUE, after))


@pytest.mark.slow
@settings(max_examples=30)
@given(
    scenarios(),
    scenarios(),
    st.sampled_from(["country", "spells", "gap_days", "hours", "kind", "start", "assumptions"]),
)
def test_what_is_kept_between_estimates_changes_no_byte(one: Scenario, other: Scenario, step: str) -> None:
    """Losses in one spell and effective hours are kept; a step of one field must find only what is its own."""
    changes = {step: "KEN" if step == "country" else getattr(other, step)}
    if step == "kind":
        changes |= {"ratio": other.ratio, "capacity_lost": other.capacity_lost}
    warm, cold = warm_and_cold(one, one.with_changes(**changes))
    assert warm == cold


MEASURES = {key: 0.4 for key in CATALOGUE.parameters if key.endswith(".coverage")}


@pytest.mark.slow
@each(("first", "kind"), enumerate(["full_blackout", "vpn_block"]))
def test_a_step_of_one_parameter_finds_only_its_own(first: int, kind: str) -> None:
    """Every second parameter in each kind, beside all that the steps before have left; then with nothing kept."""
    base = Scenario(kind=kind, hours=72.0, spells=3, gap_days=2.0, draws=DRAWS, assumptions=MEASURES)
    values = {key: default.low for key, default in SPREAD.items()} | dict.fromkeys(MEASURES, 0.9)
    steps = {
        key: base.with_changes(assumptions={**MEASURES, key: values[key]}) for key in sorted(values)[first::2]
    }
    estimate(CATALOGUE, base)
    warm = {
        key: numbers_of(estimate(CATALOGUE, step), with_levers=key in MEASURES) for key, step in steps.items()
    }
    for key, step in steps.items():
        clear_caches()
        assert warm[key] == numbers_of(estimate(CATALOGUE, step), with_levers=key in MEASURES), key


def test_a_step_between_two_stops_finds_only_its_own() -> None:
    """With and without curves: the durations are the same but for the one that is asked for."""
    base = Scenario(hours=24.0, draws=DRAWS)
    for hours in (72.0, 168.0, 24.0):
        warm, cold = warm_and_cold(base, base.with_changes(hours=hours))
        assert warm == cold
        (alone,) = priced(base.with_changes(hours=hours))
        assert estimate(CATALOGUE, base.with_changes(hours=hours)).amounts == alone.amounts


@given(scenarios(economies=HOME))
def test_the_currency_changes_no_amount(scenario: Scenario) -> None:
    dollars, rupees = priced(scenario, scenario.with_changes(currency="PKR"))
    rate = CATALOGUE.figures["PAK"]["fx"].value
    assert rupees.money.unit == "PKR"
    for name, values in money(dollars).items():
        np.testing.assert_allclose(money(rupees)[name], values * rate, rtol=TINY, err_msg=name)
    np.testing.assert_allclose(rupees.draws["work_days"], dollars.draws["work_days"], rtol=TINY)


@pytest.mark.slow
@settings(max_examples=10)
@given(scenarios())
def test_the_same_seed_gives_the_same_bytes(scenario: Scenario) -> None:
    first, second = (result_of(estimate(CATALOGUE, scenario)).in_form("json") for _ in range(2))
    assert first == second
    json.loads(first)


def test_another_seed_gives_other_draws() -> None:
    first, second = (estimate(CATALOGUE, Scenario(seed=seed)).draws["net_direct"] for seed in (1, 2))
    assert not np.array_equal(first, second)


@pytest.mark.slow
@settings(max_examples=25)
@given(scenarios(), scenarios())
def test_company_changes_no_result(one: Scenario, other: Scenario) -> None:
    """A scenario costs the same alone and beside another in one call, but for the extra grid points."""
    other = other.with_changes(seed=one.seed)
    alone = estimate(CATALOGUE, one)
    beside = estimate_many(CATALOGUE, [one, other])[0]
    # The integrals are right to about 1e-5: of all that is interrupted, of which a small part may be lost for good, and
    # of exposure, a little more of which is a larger share of what exceeds the grace.
    for name, values in alone.draws.items():
        whole = alone.draws["gross"] if name.startswith("net_direct") else np.abs(values)
        near = CENT + 3e-5 * (whole.max() if name.startswith("lagged") else whole)
        np.testing.assert_array_less(np.abs(beside.draws[name] - values), near, err_msg=name)


@each("iso3", ["PAK", "EGY", "IND", "DEU", "KEN", "IRN"])
def test_laws_hold_in_other_economies(catalogue: Catalogue, iso3: str) -> None:
    for kind in KINDS:
        result = estimate(catalogue, Scenario(country=iso3, kind=kind, draws=DRAWS))
        draws = result.draws
        by_sector = sum(draws[f"net_direct.{sector.key}"] for sector in catalogue.sectors)
        np.testing.assert_allclose(by_sector, draws["net_direct"], rtol=TINY)
        np.testing.assert_allclose(
            draws["gross"] - draws["caught_up"] + draws["overtime"], draws["net_direct"], rtol=TINY
        )
        for curve in result.curves.values():
            assert not_below(curve.median[1:], curve.median[:-1])
