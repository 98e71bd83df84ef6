"""Economies and whole estimates against arithmetic written here, derived from the equations and not from the code."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from helpers.by_hand import EXACT, QUADRATURE, ends

from model.catalogue.load import Catalogue
from model.estimation.economy import ExportSplit, economy
from model.estimation.estimate import estimate
from model.scenario.places import place_shares
from model.scenario.scenario import Scenario

approx = pytest.approx


# Economy and place

SPLIT = ExportSplit(0.75, (("software", 0.77), ("call_centres", 0.08), ("freelancers", 0.15)))
PAK_GVA = 407_307_214_476 * 0.94111
PAK_IT_SHARE = 0.0096


def value_added(catalogue: Catalogue, split: ExportSplit) -> dict[str, float]:
    values = economy(catalogue, "PAK", split).value_added
    return {sector.key: float(value) for sector, value in zip(catalogue.sectors, values, strict=True)}


def test_sectors_of_pakistan(catalogue: Catalogue) -> None:
    by_sector = value_added(catalogue, SPLIT)
    assert by_sector["telecom"] == approx(PAK_GVA * 0.0048, rel=1e-9)
    assert by_sector["software_exports"] == approx(0.75 * 0.77 * 3_810e6, rel=1e-9)
    assert by_sector["call_centres"] == approx(0.75 * 0.08 * 3_810e6, rel=1e-9)
    assert by_sector["freelancers"] == approx(0.75 * 0.15 * 3_810e6, rel=1e-9)
    assert by_sector["it_domestic"] == approx(PAK_GVA * PAK_IT_SHARE - 0.75 * 3_810e6, rel=1e-9)
    assert sum(by_sector.values()) == approx(PAK_GVA, rel=1e-9)


def test_it_exports_never_exceed_the_row(catalogue: Catalogue) -> None:
    # receipts of 10 bn would carry 7.5 bn of value added, more than the row of 3.7 bn: all scaled alike
    split = ExportSplit(0.75, SPLIT.shares, receipts=10e9)
    by_sector = value_added(catalogue, split)
    row = PAK_GVA * PAK_IT_SHARE
    assert by_sector["it_domestic"] == approx(0, abs=1e-3)
    assert by_sector["software_exports"] == approx(row * 0.77, rel=1e-9)
    assert by_sector["freelancers"] == approx(row * 0.15, rel=1e-9)
    warnings = economy(catalogue, "PAK", split).warnings
    assert any("not separable" in sentence for sentence in warnings)


def test_region_weights(catalogue: Catalogue) -> None:
    # Balochistan and Islamabad: IT by 43 + 3264 of 20711 registered firms, the rest by GDP, telecom by its own weight
    shares, exporters = place_shares(catalogue, "PAK", ("Balochistan", "Islamabad"), None)
    by_sector = dict(zip((sector.key for sector in catalogue.sectors), shares, strict=True))
    firms = (43 + 3264) / (10745 + 6352 + 243 + 43 + 3264 + 29 + 35)
    assert exporters == approx(firms, rel=1e-9)
    assert by_sector["freelancers"] == by_sector["it_domestic"] == approx(firms, rel=1e-9)
    assert by_sector["finance"] == approx(0.033 + 0.02, rel=1e-9)
    assert by_sector["telecom"] == approx(0.06559131182623652 + 0.009800196003920078, rel=1e-9)


# One whole estimate with every input pinned

HOURS, TAU = 48.0, 48.0
PINNED = {
    "adaptation.full_blackout.share": 0.2, "adaptation.full_blackout.days": 2.0, "onset.immediate": 0.2,
    "onset.scale_hours": 5.0, "onset.shape": 1.0, "restart.hours": 1.5, "structure.gsd": 1.0,
    "recapture.patience_scale": 1.0, "recapture.spare_capacity": 0.1, "recapture.overtime_premium": 0.25,
    "recapture.labour_share": 0.6, "recapture.share_of_ceiling": 0.5, "sector.telecom.dependence": 0.8,
    "sector.telecom.recapture_ceiling": 0.3, "sector.telecom.patience_days": 1.0,
    "sector.agriculture.dependence": 0.1, "sector.agriculture.recapture_ceiling": 0.3,
    "sector.agriculture.patience_days": 1.0, "digital.elasticity": 0.3, "digital.reference_gdp_per_head": 40_000.0,
    "severity.full_blackout.small": 0.9,
    "severity.full_blackout.consumer": 0.9, "severity.full_blackout.exporter": 0.6,
    "severity.full_blackout.freelance": 0.95, "churn.grace_days": 0.5, "churn.rate": 0.01, "churn.lag_months": 2.0,
    "churn.half_life_months": 12.0, "churn.horizon_months": 4.0, "churn.discount_rate": 0.0,
    "churn.multiplier.software": 0.5, "churn.multiplier.call_centres": 1.0, "churn.multiplier.freelancers": 2.0,
    "exports.value_added_share": 0.75, "fiscal.tax_share": 0.1,
}  # fmt: skip
# A0 = int [1 - 0.8 e^(-t/5)], A1 = int [1 - 0.8 e^(-t/5)] e^(-t/48), both from 0 to 48 h
A0 = HOURS - 0.8 * 5 * (1 - exp(-HOURS / 5))
BOTH = 1 / 5 + 1 / TAU
A1 = TAU * (1 - exp(-HOURS / TAU)) - 0.8 / BOTH * (1 - exp(-HOURS * BOTH))
AT_FULL = 0.8 * A0 + 0.2 * A1  # effective hours at severity 1
AT_ONCE = 0.8 * HOURS + 0.2 * TAU * (1 - exp(-HOURS / TAU))  # the same where nothing buffers the loss
TELECOM_GROSS = PAK_GVA * 0.0048 / 8760 * 0.8 * 0.9 * AT_ONCE  # from the first minute, and no restart


def farms_per_hour(catalogue: Catalogue) -> float:
    """What farms lose in an effective hour: needs 0.1 in the economy of reference, as digital as Pakistan here."""
    shares, figures = catalogue.shares["PAK"], catalogue.figures["PAK"]
    head = figures["gdp"].value * (1 - shares.of("mining_utilities")) / figures["population"].value
    odds = 0.1 / 0.9 * (head / 40_000) ** 0.3
    return float(PAK_GVA * shares.of("agriculture") / 8760 * odds / (1 + odds) * 0.9)


def test_whole_estimate_of_one_sector(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(hours=HOURS, assumptions=PINNED, draws=256))
    effective_days = 0.9 * AT_ONCE / 24
    share = 0.15 * min(1, 0.1 * (1.0 + 2.0 - effective_days) / effective_days)  # rho = 0.5 x 0.3
    net = TELECOM_GROSS * (1 - share + 0.25 * 0.6 * share)
    telecom = result.amount("net_direct.telecom")
    assert (telecom.low, telecom.median, telecom.high) == approx((net, net, net), rel=QUADRATURE)


def test_whole_estimate_of_a_sector_with_a_buffer(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(hours=HOURS, assumptions=PINNED, draws=256))
    effective_days = 0.9 * AT_FULL / 24
    share = 0.15 * min(1, 0.1 * (1.0 + 2.0 - effective_days) / effective_days)
    restart = 1.5 * (1 - 0.8 * exp(-HOURS / 5))  # of what had begun to lose
    net = farms_per_hour(catalogue) * (AT_FULL + restart) * (1 - share + 0.25 * 0.6 * share)
    assert result.amount("net_direct.agriculture").median == approx(net, rel=QUADRATURE)


def test_whole_estimate_of_lagged_receipts(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(hours=HOURS, assumptions=PINNED, draws=256))
    months = 0.5 + 1 + 0.5 ** (1 / 12) + 0.5 ** (2 / 12)
    office, home = 0.6 * AT_FULL / 24 - 0.5, 0.95 * AT_FULL / 24 - 0.5  # effective days beyond the grace
    lost = (
        0.77 * (1 - exp(-0.5 * 0.01 * office))
        + 0.08 * (1 - exp(-1.0 * 0.01 * office))
        + 0.15 * (1 - exp(-2.0 * 0.01 * home))
    )
    expected = 3_810e6 / 12 * lost * months
    assert result.amount("lagged_receipts").median == approx(expected, rel=1e-4)
    assert result.amount("lagged_value_added").median == approx(0.75 * expected, rel=1e-4)


def test_work_days_and_tax_follow_the_net_loss(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(hours=HOURS, assumptions=PINNED, draws=256))
    net = result.draws["net_direct"]
    workers = 85_158_214 * (1 - 0.0542)
    assert result.draws["work_days"] == approx(net / (PAK_GVA / (workers * 260)), rel=1e-9)
    assert result.draws["tax"] == approx(0.1 * net, rel=1e-9)


def test_several_spells_cap_the_patience_at_the_gap(catalogue: Catalogue) -> None:
    # customers wait 1 day, the gap is half a day: four spells lose four times what one loses with half a day
    result = estimate(catalogue, Scenario(hours=HOURS, spells=4, gap_days=0.5, assumptions=PINNED, draws=256))
    effective_days = 0.9 * AT_ONCE / 24
    share = 0.15 * min(1, 0.1 * (0.5 + 2.0 - effective_days) / effective_days)
    net = 4 * TELECOM_GROSS * (1 - share * (1 - 0.25 * 0.6))
    assert result.amount("net_direct.telecom").median == approx(net, rel=QUADRATURE)


def test_a_period_leaves_customers_what_is_left_of_it(catalogue: Catalogue) -> None:
    # 2 days from every 2.5: half a day to wait, as with half a day between
    daily = Scenario(hours=HOURS, spells=4, period_days=2.5, assumptions=PINNED, draws=256)
    period, gap = (
        estimate(catalogue, daily),
        estimate(catalogue, daily.with_changes(period_days=None, gap_days=0.5)),
    )
    assert period.amount("net_direct").median == approx(gap.amount("net_direct").median, rel=1e-12)
    # 1 day from every 2.5 leaves 1.5 days, more than the day that customers wait: as a long gap does
    day = int(np.searchsorted(period.durations, 24.0))
    free = estimate(catalogue, daily.with_changes(period_days=None, gap_days=1.5, hours=24.0))
    assert period.curves["net_direct"].median[day] == approx(free.amount("net_direct").median, rel=1e-12)


def test_exposure_adds_up_over_spells(catalogue: Catalogue) -> None:
    pins = {**PINNED, "exports.share.software": 0.0, "exports.share.call_centres": 0.0}
    result = estimate(catalogue, Scenario(hours=HOURS, spells=3, assumptions=pins, draws=256))
    exposure = 3 * 0.95 * AT_FULL / 24 - 0.5  # the grace is given once
    months = 0.5 + 1 + 0.5 ** (1 / 12) + 0.5 ** (2 / 12)
    expected = 0.15 * 3_810e6 / 12 * (1 - exp(-0.02 * exposure)) * months
    assert result.amount("lagged_receipts").median == approx(expected, rel=1e-4)


def test_coping_of_a_vpn_block(catalogue: Catalogue) -> None:
    pins = {
        "adaptation.vpn_block.share": 0.5, "adaptation.vpn_block.days": 10.0,
        "coping.full_adoption_musd_per_year": 120.0,
    }  # fmt: skip
    days = 180 - 10 * (1 - exp(-18))
    expected = 120e6 * 0.5 * days / 365
    result = estimate(catalogue, Scenario(kind="vpn_block", hours=180 * 24, assumptions=pins, draws=256))
    assert result.amount("coping").median == approx(expected, rel=1e-9)
    india = estimate(
        catalogue, Scenario(country="IND", kind="vpn_block", hours=180 * 24, assumptions=pins, draws=256)
    )
    receipts = catalogue.figures["IND"]["it_export_receipts"].value
    assert india.amount("coping").median == approx(expected * receipts / 3_223e6, rel=1e-9)
    assert estimate(catalogue, Scenario(draws=256)).amount("coping").high == 0.0  # only in VPN blocks


def test_helpdesk_shortens_the_time_constant(catalogue: Catalogue) -> None:
    # half the industry covered, factor 0.4: tau = 10 d x (1 - 0.5 x 0.6) = 7 d
    pins = {
        "adaptation.vpn_block.share": 0.5, "adaptation.vpn_block.days": 10.0, "lever.help_desk.coverage": 0.5,
        "lever.help_desk.time_factor": 0.4, "coping.full_adoption_musd_per_year": 120.0,
    }  # fmt: skip
    result = estimate(catalogue, Scenario(kind="vpn_block", hours=30 * 24, assumptions=pins, draws=256))
    assert result.amount("coping").median == approx(
        120e6 * 0.5 * (30 - 7 * (1 - exp(-30 / 7))) / 365, rel=1e-9
    )


def test_whitelisted_lines_help_only_where_an_authority_ordered_the_cut(catalogue: Catalogue) -> None:
    # half the seats keep 80%: export offices lose 1 - 0.5 x 0.8 of what they lost (nothing is caught up here)
    pins = {**PINNED, "recapture.share_of_ceiling": 0.0}
    lever = {"lever.whitelisting.coverage": 0.5, "lever.whitelisting.effect": 0.8}
    base = Scenario(hours=HOURS, draws=256, assumptions=pins)
    with_lines = base.with_changes(assumptions={**pins, **lever})
    exporter = "net_direct.class.exporter"
    plain = estimate(catalogue, base).draws
    ordered = estimate(catalogue, with_lines).draws
    accident = estimate(catalogue, with_lines.with_changes(ordered_by_authority=False)).draws
    assert ordered[exporter] == approx(0.6 * plain[exporter], rel=1e-9)
    assert ordered["net_direct.class.freelance"] == approx(plain["net_direct.class.freelance"], rel=1e-9)
    assert accident["net_direct"] == approx(plain["net_direct"], rel=EXACT)


def test_work_from_home_moves_seats_to_the_freelancers_lines(catalogue: Catalogue) -> None:
    # 30% of the seats lose 0.95 instead of 0.6: exposure 0.7 x 0.6 + 0.3 x 0.95
    keep = {
        "exports.share.software": 1.0,
        "exports.share.call_centres": 0.0,
        "exports.share.freelancers": 0.0,
    }
    pins = {**PINNED, **keep, "lever.work_from_home.coverage": 0.3}
    result = estimate(catalogue, Scenario(hours=HOURS, assumptions=pins, draws=256))
    exposure = (0.7 * 0.6 + 0.3 * 0.95) * AT_FULL / 24 - 0.5
    months = 0.5 + 1 + 0.5 ** (1 / 12) + 0.5 ** (2 / 12)
    expected = 3_810e6 / 12 * (1 - exp(-0.005 * exposure)) * months
    assert result.amount("lagged_receipts").median == approx(expected, rel=1e-4)


def test_restart_is_at_most_half_the_cut(catalogue: Catalogue) -> None:
    # one hour with a restart time of 1.5 h: only half an hour of it counts
    result = estimate(catalogue, Scenario(hours=1.0, assumptions=PINNED, draws=256))
    both = 1 / 5 + 1 / TAU
    a0 = 1 - 4 * (1 - exp(-1 / 5))
    a1 = TAU * (1 - exp(-1 / TAU)) - 0.8 / both * (1 - exp(-both))
    lost = farms_per_hour(catalogue) * (0.8 * a0 + 0.2 * a1 + 0.5 * (1 - 0.8 * exp(-1 / 5)))
    net = lost * (1 - 0.15 * 0.85)  # so short a cut can all be caught up: R = rho
    assert result.amount("net_direct.agriculture").median == approx(net, rel=QUADRATURE)


def test_the_doubt_of_the_model_has_the_stated_spread(catalogue: Catalogue) -> None:
    # only the factor on the odds is left free; telecom has odds of 0.6 / 0.4, whose 95% point is gsd^1.645 times that
    pins = {key: p.mode for key, p in catalogue.parameters.items() if p.default and p.default.spread}
    result = estimate(catalogue, Scenario(assumptions={k: v for k, v in pins.items() if v is not None}))
    low, median, high = ends(result.amount("net_direct.telecom"))
    factor, odds = exp(1.6448536 * log(1.5)), 0.6 / 0.4
    assert high / median == approx(odds * factor / (1 + odds * factor) / 0.6, rel=0.01)
    assert low / median == approx(odds / factor / (1 + odds / factor) / 0.6, rel=0.01)
