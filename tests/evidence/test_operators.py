"""Operators by hand, unrest and noise, the one-sided bound, and the declaration: none of it needs an outcome."""

from __future__ import annotations

import re

import numpy as np
import pytest
from helpers.tables import Tables

from model.catalogue.evidence import Observation, Operator
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.ranges import Range
from model.evidence import declared, quantities
from model.evidence.operators import OPERATORS, loss
from model.evidence.outcomes import within
from model.evidence.unrest import UNREST_SD, measured, noise_of, reach_of, unrest_of
from model.scenario.scenario import Scenario

SIGMA, TAU = 0.4, 48.0
PINS = {
    "severity.full_blackout.small": 0.5, "severity.full_blackout.consumer": 0.8,
    "severity.full_blackout.enterprise": 0.3, "severity.full_blackout.online_seller": 0.9,
    "adaptation.full_blackout.share": SIGMA, "adaptation.full_blackout.days": TAU / 24, "structure.gsd": 1.0,
    "sector.telecom.dependence": 0.6, "recapture.share_of_ceiling": 0.5, "recapture.spare_capacity": 1.0,
    "recapture.patience_scale": 10.0, "onset.immediate": 0.2, "onset.scale_hours": 5.0, "onset.shape": 1.0,
    "restart.hours": 1.0,
}  # fmt: skip


def observation(**values: object) -> Observation:
    given = {
        "id": "own_1", "grade": "M1", "event": "own", "country": "UGA", "kind": "full_blackout", "outcome": "takings",
        "unit": "index", "change": -0.1, "use": "yes", "status": "assumption", "source_title": "x", "publisher": "x",
        "url": "https://example.org", **values,
    }  # fmt: skip
    return Observation.model_validate(given)


def operator(name: str, **values: object) -> Operator:
    given = {"observation": "own_1", "operator": name, "compares": "change", "reason": "by hand", **values}
    return Operator.model_validate(given)


@pytest.fixture(scope="module")
def pinned(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The tables with every figure of `PINS` fixed."""
    tables = Tables.copied(tmp_path_factory.mktemp("pinned"))
    cells = tables.read("data/parameters.csv")
    at = {name: number for number, name in enumerate(cells[0])}
    for row in cells:
        if row[0] in PINS:
            for column in ("low", "mode", "high"):
                row[at[column]] = str(PINS[row[0]])
            if row[0] != "structure.gsd":
                row[at["distribution"]], row[at["correlation"]] = "fixed", ""
    tables.write("data/parameters.csv", cells)
    for column in ("dependence_low", "dependence_mode", "dependence_high"):
        tables.set("data/sectors.csv", "telecom", column, "0.6")
    assert catalogue.parameters["severity.full_blackout.small"].mode != 0.5
    return tables.load()


def left(begin: float, end: float) -> float:
    """Mean over the hours of 1 - sigma (1 - exp(-t / tau)), by its integral."""
    decay = TAU * (np.exp(-begin / TAU) - np.exp(-end / TAU)) / (end - begin)
    return float(1 - SIGMA + SIGMA * decay)


def test_a_payment_is_connectivity_over_clock_hours(pinned: Catalogue) -> None:
    row = operator(
        "payment_at_terminal", subject="small", hours=48, from_hours=12, to_hours=36, period_hours=48
    )
    assert loss(pinned, observation(), row) == pytest.approx(0.5 * left(12, 36) * 24 / 48, rel=1e-4)
    traffic = operator("traffic_of_class", subject="consumer", hours=4)
    assert loss(pinned, observation(), traffic) == pytest.approx(0.8 * left(0, 4), rel=1e-4)


def test_mobile_data_sell_nothing_while_they_are_off(pinned: Catalogue) -> None:
    row = operator("mobile_data_revenue", subject="consumer", hours=240, period_hours=2400)
    assert loss(pinned, observation(), row) == pytest.approx(0.8 * 0.1)


def test_revenue_of_telecom_by_hand(pinned: Catalogue) -> None:
    """No buffer, so B = 1 and nothing restarts; it is digital by nature, so no factor of the economy."""
    gross = 0.6 * 0.8 * left(0, 120) * 120 / 2160
    row = operator("activity_of_sector", subject="telecom", hours=120, period_hours=2160)
    assert loss(pinned, observation(), row) == pytest.approx(gross, rel=1e-4)
    ceiling = next(sector for sector in pinned.sectors if sector.key == "telecom").recapture_ceiling
    caught = 0.5 * ceiling  # spare capacity and patience are ample
    net = operator("revenue_of_sector", subject="telecom", hours=120, period_hours=2160)
    share = operator("recapture_of_sector", subject="telecom", hours=120)
    assert loss(pinned, observation(), share) == pytest.approx(caught, rel=1e-4)
    assert loss(pinned, observation(), net) == pytest.approx(gross * (1 - caught), rel=1e-4)


def test_payments_of_a_period_are_the_mix_less_what_comes_back(pinned: Catalogue) -> None:
    trade = next(sector for sector in pinned.sectors if sector.key == "trade")
    lost = sum(share * PINS[f"severity.full_blackout.{name}"] for name, share in trade.mix.items())
    caught = 0.5 * trade.recapture_ceiling
    row = operator("payments_of_period", subject="trade", hours=72, period_hours=720)
    assert loss(pinned, observation(), row) == pytest.approx(
        lost * left(0, 72) * 0.1 * (1 - caught), rel=1e-4
    )


def test_two_events_of_one_period_add_up(catalogue: Catalogue) -> None:
    names = ("bgd_2024_07_blackout", "bgd_2024_07_mobile_data_cut")
    item = observation(country="BGD")
    rows = [
        operator("revenue_of_sector", subject="ecommerce", event=event, period_hours=744)
        for event in (*names, ";".join(names))
    ]
    first, second, both = (loss(catalogue, item, row) for row in rows)
    np.testing.assert_allclose(first + second, both, rtol=1e-12)


def test_inputs_and_workarounds_by_hand(pinned: Catalogue) -> None:
    by = operator("worked_around_by", to_hours=96, compares="observed")
    assert loss(pinned, observation(), by) == pytest.approx(1 - np.exp(-96 / TAU))
    within_day = operator("substitution_in_time", hours=24, compares="observed")
    assert loss(pinned, observation(), within_day) == pytest.approx(1 - left(0, 24), rel=1e-4)
    value = operator("input_value", subject="severity.full_blackout.small")
    assert loss(pinned, observation(), value) == pytest.approx(0.5)
    expected = 0.7 * (0.2 + 0.8 * (1 - np.exp(-8 / 5)))
    onset = operator("onset", to_hours=8, compares="observed")
    assert loss(pinned, observation(), onset) == pytest.approx(expected)


def test_the_net_share_is_that_of_the_estimate(catalogue: Catalogue) -> None:
    from model.estimation.estimate import estimate

    item, row = observation(country="ESP"), operator("net_share_of_gdp", hours=12, period_hours=24)
    estimated = estimate(catalogue, Scenario(country="ESP", hours=12.0))
    expected = estimated.draws["net_direct"] / (estimated.economy.gdp / 365)
    np.testing.assert_allclose(loss(catalogue, item, row), expected, rtol=1e-9)


def test_reach_is_even_between_its_ends() -> None:
    assert reach_of(operator("onset"), 8) == 1
    assert reach_of(operator("outage_of_carrier", share_low=0.25), 8) == 0.25
    drawn = reach_of(operator("outage_of_carrier", share_low=0.2, share_high=0.4), 40_000)
    assert drawn.min() >= 0.2 and drawn.max() <= 0.4
    assert np.quantile(drawn, [0.25, 0.5, 0.75]) == pytest.approx([0.25, 0.3, 0.35], abs=0.003)


def test_a_carriers_outage_is_its_share(pinned: Catalogue) -> None:
    from model.evidence.backtest import _outcome

    item = observation(change=-0.2)
    row = operator("outage_of_carrier", subject="consumer", hours=12, share_low=0.25)
    outcome = _outcome(pinned, pinned.evidence, item, row)
    assert outcome.predicted is not None
    assert outcome.predicted.median == pytest.approx(-0.25 * 0.8 * left(0, 12), rel=1e-4)


def test_unrest_is_half_normal_by_grade_and_shared_by_an_event() -> None:
    """Mean of a half-normal: sd sqrt(2 / pi); median 0.6745 sd."""
    assert UNREST_SD == (0.0, 0.10, 0.25)
    assert not unrest_of("any", 0, 100).any()
    for grade in (1, 2):
        drawn = unrest_of("any", grade, 200_000)
        assert drawn.min() >= 0
        assert drawn.mean() == pytest.approx(UNREST_SD[grade] * np.sqrt(2 / np.pi), rel=0.01)
        assert np.median(drawn) == pytest.approx(UNREST_SD[grade] * 0.6745, rel=0.01)
    np.testing.assert_array_equal(unrest_of("one", 2, 64), unrest_of("one", 2, 64))
    assert not np.array_equal(unrest_of("one", 2, 64), unrest_of("two", 2, 64))
    assert not np.array_equal(noise_of("obs_001", 64), noise_of("obs_002", 64))


def test_what_a_series_would_show_by_hand() -> None:
    lost, unrest, noise = np.array([0.3, 0.9]), np.array([0.2, 0.5]), np.array([0.1, 0.0])
    change = operator("onset", unrest=0.5)
    expected = [1.02 * (1 - 0.4) * np.exp(0.1) - 1, -1.0]  # no more than everything
    assert measured(change, lost, 0.02, unrest, noise) == pytest.approx(expected)
    share = operator("onset", compares="observed", unrest=0.5)
    assert measured(share, lost, 0.02, unrest, np.array([0.1, 0.3])) == pytest.approx([0.4, 1.0])


def test_a_ceiling_is_one_sided() -> None:
    fall, share = operator("onset", side="ceiling"), operator("onset", side="ceiling", compares="observed")
    near, far = Range(-0.2, -0.15, -0.1), Range(-0.4, -0.2, -0.1)
    assert within(fall, -0.34, near) and not within(fall, -0.34, far)
    assert within(share, 0.09, Range(0.02, 0.03, 0.05)) and not within(share, 0.09, Range(0.02, 0.05, 0.1))
    both = operator("onset")
    assert within(both, -0.34, far) and not within(both, -0.34, near)


def test_the_operators_are_those_that_were_declared(catalogue: Catalogue) -> None:
    """A change after the declaration of 29 November 2026 is named here; rows seen before it test nothing."""
    evidence = catalogue.evidence
    assert evidence.declared is not None and evidence.declared.date == "2026-11-29"
    assert declared.operators_hash(evidence) == evidence.declared.sha256, (
        "operators, unrest grades or their spread changed after the declaration: data/declaration.toml keeps its date "
        "and hash, so undo the change, or mark the rows in-sample and declare anew in a row of the changelog"
    )
    assert declared.as_declared(evidence) and evidence.declared.sha256 in declared.declared_text(evidence)
    for name in evidence.declared.in_sample:
        assert evidence.observations[name].in_sample, f"{name} is in-sample for good"


@pytest.mark.parametrize(
    ("table", "key", "column", "value"),
    [
        ("data/operators.csv", "obs_053", "subject", "consumer"),
        ("data/operators.csv", "obs_053", "noise", "0.2"),
        ("data/unrest.csv", "bd_2024_07", "grade", "1"),
    ],
)
def test_a_change_after_the_declaration_is_said(
    tables: Tables, table: str, key: str, column: str, value: str
) -> None:
    tables.set(table, key, column, value)
    text = declared.declared_text(tables.load().evidence)
    assert "changed after their declaration of 2026-11-29" in text


def test_better_words_are_no_change(tables: Tables) -> None:
    tables.set("data/operators.csv", "obs_053", "reason", "the same, said better")
    assert declared.as_declared(tables.load().evidence)


def test_every_operator_says_what_it_does(catalogue: Catalogue) -> None:
    used = {row.operator for row in catalogue.evidence.operators.values()} - {"none"}
    assert used <= set(OPERATORS)
    assert all(
        item.words and item.subject in ("", "class", "sector", "parameter") for item in OPERATORS.values()
    )
    with pytest.raises(InputError, match=re.escape("predicts nothing")):
        loss(catalogue, observation(), operator("guess"))


def test_windows_of_a_sector_add_up(catalogue: Catalogue) -> None:
    scenario = Scenario(kind="slowdown", hours=96.0)
    parts = [
        quantities.sector_hours_lost(catalogue, scenario, "telecom", a, a + 24)[0] for a in (0, 24, 48, 72)
    ]
    whole = quantities.sector_hours_lost(catalogue, scenario, "telecom", 0, 96)[0]
    np.testing.assert_allclose(sum(parts), whole, rtol=1e-4)
