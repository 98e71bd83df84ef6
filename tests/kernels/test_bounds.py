"""Every parameter at its ends, alone and together: finite, not negative, ordered."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from helpers.each import each

from model.catalogue.load import Catalogue, load
from model.catalogue.parameters import Parameter
from model.estimation.estimate import Estimate, estimate, estimate_many
from model.scenario.scenario import Scenario

DRAWS = 256
CATALOGUE = load()
KINDS = tuple(CATALOGUE.kinds)
ENDS = ("min", "max", "low", "high")
FAMILIES = ("full_blackout", "vpn_block", "cable_cut")
# What acts in one family alone; the claims act in none.
ALONE = {"claims": ("full_blackout",), "coping": ("vpn_block",), "degradation": ("cable_cut",)}
HOURS = (1.0, 168.0, 17_520.0)  # an hour, a week, two years


def end_of(parameter: Parameter, end: str) -> float | None:
    value: float | None = getattr(parameter, end)
    return value


def kinds_for(number: int, key: str) -> tuple[str, ...]:
    """The kinds in which a parameter can act: its own, else one of each family; sectors share these out in threes."""
    own = tuple(kind for kind in KINDS if f".{kind}." in key) or ALONE.get(key.partition(".")[0], ())
    return own or ((FAMILIES[number // 3 % 3],) if key.startswith("sector.") else FAMILIES)


def sound(result: Estimate) -> None:
    for name, values in result.draws.items():
        assert values.min() >= 0 and values.max() < np.inf, name  # neither is so of what is not a number
    for amount in result.amounts:
        if amount.median is None:
            assert amount.low is None and amount.high is None and amount.mean is None
            continue
        assert amount.low is not None and amount.high is not None and amount.mean is not None
        assert amount.low <= amount.median <= amount.high, amount.id
        assert np.isfinite(amount.mean), amount.id
    for name, curve in result.curves.items():
        for part in (*curve, result.means[name]):
            assert np.all(np.isfinite(part)) and np.all(part >= 0), name
        assert np.all(curve.low <= curve.median) and np.all(curve.median <= curve.high), name


def sound_sides(result: Estimate) -> None:
    """What is worked out only on demand: the tornado and the measures."""
    for row in result.tornado:
        assert np.isfinite([row.at_low, row.at_high, row.centre, row.swing]).all(), row.key
    for lever in result.levers:  # a measure may cost more than it saves, so a negative result is one
        assert np.isfinite([*lever.avoided]).all(), lever.key
        assert lever.avoided.low <= lever.avoided.median <= lever.avoided.high, lever.key


@pytest.mark.slow
@each(("number", "key"), enumerate(sorted(CATALOGUE.parameters)))
def test_each_parameter_alone_at_its_ends(catalogue: Catalogue, number: int, key: str) -> None:
    parameter = catalogue.parameters[key]
    scenarios = [
        Scenario(kind=kind, assumptions={key: value}, draws=DRAWS)
        for kind in kinds_for(number, key)
        for value in (parameter.min, parameter.max)
    ]
    for result in estimate_many(catalogue, scenarios):
        sound(result)


@pytest.mark.slow
@each(("end", "kind", "hours"), product(ENDS, KINDS, HOURS))
def test_all_parameters_at_one_end(catalogue: Catalogue, end: str, kind: str, hours: float) -> None:
    values = {key: end_of(p, end) for key, p in catalogue.parameters.items()}
    pins = {key: value for key, value in values.items() if value is not None}
    result = estimate(catalogue, Scenario(kind=kind, hours=hours, assumptions=pins, draws=DRAWS))
    sound(result)
    sound_sides(result)


@pytest.mark.slow
@each("seed", range(12))
def test_a_random_corner(catalogue: Catalogue, seed: int) -> None:
    """Every parameter at one of its hard limits, picked by a coin."""
    coin = np.random.default_rng(seed)
    pins = {key: p.max if coin.random() < 0.5 else p.min for key, p in catalogue.parameters.items()}
    scenarios = [
        Scenario(kind=kind, hours=hours, spells=spells, gap_days=gap, assumptions=pins, draws=DRAWS)
        for kind in KINDS for hours, spells, gap in ((1.0, 1, 7.0), (168.0, 3, 0.0), (17_520.0, 2, 0.0))
    ]  # fmt: skip
    for result in estimate_many(catalogue, scenarios):
        sound(result)


def test_nothing_is_caught_up_when_customers_do_not_wait_and_all_is_lost(catalogue: Catalogue) -> None:
    """The corner in which (1 - qbar) D is exactly 0: rounding must not turn it into a negative amount."""
    pins = {
        "onset.immediate": 1.0, "adaptation.full_blackout.share": 0.0, "recapture.spare_capacity": 1.0,
        **{f"severity.full_blackout.{name}": 1.0 for name in catalogue.class_keys},
    }  # fmt: skip
    for hours in (1.0, 7.3, 24.0, 1000.0):
        result = estimate(
            catalogue, Scenario(hours=hours, spells=2, gap_days=0.0, assumptions=pins, draws=DRAWS)
        )
        assert np.all(result.draws["caught_up"] >= 0)
        assert result.draws["caught_up"].max() <= 1e-9 * result.draws["gross"].max()


@each(("key", "end"), product(CATALOGUE.parameters, ("min", "max")))
def test_numbers_beyond_an_end_are_refused(catalogue: Catalogue, key: str, end: str) -> None:
    limit = getattr(catalogue.parameters[key], end)
    beyond = limit - 1e-6 * max(1, abs(limit)) if end == "min" else limit + 1e-6 * max(1, abs(limit))
    with pytest.raises(ValueError, match=r"is out of range; allowed") as caught:
        estimate(catalogue, Scenario(assumptions={key: beyond}, draws=DRAWS))
    assert key in str(caught.value)
