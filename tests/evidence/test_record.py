"""The record: gaps and limits by hand, conflicts kept, sentences that follow from the numbers."""

from __future__ import annotations

import math
import re
from datetime import date

import numpy as np
import pytest
from helpers.tables import Tables

from model.catalogue.load import Catalogue
from model.catalogue.receipts import MonthlyReceipts
from model.claims.claims import HORIZON, claims
from model.common.errors import DataError, InputError
from model.evidence import record, record_events, trends
from model.kernels import growth
from model.scenario.events import load_events


@pytest.fixture
def months(catalogue: Catalogue) -> tuple[MonthlyReceipts, ...]:
    return catalogue.evidence.months


def gaps(catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]) -> dict[str, record.Gap]:
    rows = record.gaps(catalogue, months, *record.PERIOD, claimed=0.3, own=0.1)
    return {item.baseline.key: item for item in rows}


def level_by_hand(months: tuple[MonthlyReceipts, ...]) -> float:
    """Standard deviation of log receipts about their least-squares line, in sums written out."""
    logs = [math.log(row.value_musd) for row in months]
    n = len(logs)
    mean_x, mean_y = (n - 1) / 2, sum(logs) / n
    slope = sum((x - mean_x) * (y - mean_y) for x, y in enumerate(logs)) / sum(
        (x - mean_x) ** 2 for x in range(n)
    )
    rest = [y - mean_y - slope * (x - mean_x) for x, y in enumerate(logs)]
    return math.sqrt(sum(value**2 for value in rest) / (n - 2))


def test_gap_of_the_claimed_baseline_by_hand(
    catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]
) -> None:
    """August to December: 298 + 292 + 330 + 324 + 348 = 1592 in 2024, 1241 in 2023; 1241 x 1.3 - 1592 = 21.3."""
    claimed = gaps(catalogue, months)["claimed"]
    assert claimed.observed == 298 + 292 + 330 + 324 + 348
    assert claimed.gap == pytest.approx(1241 * 1.3 - 1592)
    assert claimed.verdict == "not detectable" and "not detectable" in claimed.sentence
    level = level_by_hand(months)
    own = math.sqrt(298**2 + 292**2 + 330**2 + 324**2 + 348**2)
    before = 1.3 * math.sqrt(235**2 + 206**2 + 238**2 + 259**2 + 303**2)
    assert claimed.limit_known == pytest.approx(1.645 * level * own)
    assert claimed.limit == pytest.approx(1.645 * level * math.hypot(own, before))
    wide = claimed.limit_known * 1.96 / 1.645
    print(
        f"limits {claimed.limit_known:.0f} and {claimed.limit:.0f} M USD at 90%; {wide:.0f} at 95% (published: 125)"
    )
    assert wide == pytest.approx(125, rel=0.05)  # a published reckoning: about 125 with the baseline known


def test_other_baselines(catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]) -> None:
    by_baseline = gaps(catalogue, months)
    assert set(by_baseline) == {"claimed", "last_year", "five_year", "fy22_25", "official_target", "own"}
    assert (
        by_baseline["last_year"].gap == pytest.approx(1241 * 3810 / 3223 - 1592)
        and by_baseline["last_year"].gap < 0
    )
    for item in by_baseline.values():
        assert (abs(item.gap) < item.limit) == (item.verdict == "not detectable")
        assert item.baseline.label in item.sentence and "$" in item.sentence


def test_limit_by_hand(months: tuple[MonthlyReceipts, ...]) -> None:
    chosen = record.between(months, "2024-08", "2024-12")
    values = np.array([298, 292, 330, 324, 348])
    before = np.array([235, 206, 238, 259, 303]) * 1.3
    level = record.noise(months).level
    limit_known, limit = record.limits(months, chosen, 0.3)
    assert limit_known == pytest.approx(1.645 * level * math.sqrt((values**2).sum()))
    assert limit == pytest.approx(1.645 * level * math.sqrt((values**2).sum() + (before**2).sum()))


def test_noise_of_a_series_without_noise_is_nothing(months: tuple[MonthlyReceipts, ...]) -> None:
    smooth = tuple(
        row.model_copy(update={"value_musd": 200 * 1.01**index}) for index, row in enumerate(months)
    )
    noise = record.noise(smooth)
    assert noise.level == pytest.approx(0, abs=1e-9) and noise.forecast == pytest.approx(0, abs=1e-9)


def test_noise_is_about_nine_percent(months: tuple[MonthlyReceipts, ...]) -> None:
    assert record.noise(months).level == pytest.approx(0.09, abs=0.01)


def test_conflicts_are_kept(catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]) -> None:
    conflicts = {item.period: item for item in record.conflicts(catalogue, months)}
    assert (conflicts["2025-05"].low, conflicts["2025-05"].used, conflicts["2025-05"].high) == (317, 329, 329)
    assert (conflicts["2023-06"].low, conflicts["2023-06"].high) == (224, 236)
    assert (conflicts["FY23"].low, conflicts["FY23"].used, conflicts["FY23"].high) == (2593, 2596, 2605)
    assert all(item.why and item.low < item.high for item in conflicts.values())


def test_months_are_whole_and_in_order(months: tuple[MonthlyReceipts, ...]) -> None:
    assert len(months) == 44 and [row.month for row in months] == sorted(row.month for row in months)
    with pytest.raises(InputError, match="2021-01"):
        record.between(months, "2021-01", "2023-01")
    with pytest.raises(InputError, match="growth"):
        record.known_growth(months, "2023-05")


def test_growth_by_hand(months: tuple[MonthlyReceipts, ...]) -> None:
    assert record.growth_on_year(months)["2024-11"] == pytest.approx(324 / 259 - 1)


def marks_of(catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]) -> dict[str, record_events.Marked]:
    return record_events.marked_months(months, catalogue.evidence.disruptions)


def test_months_are_marked_by_the_days_of_the_disruptions(
    catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]
) -> None:
    """The X block ran from 17 February 2024 to 7 May 2025, the cable fault from 18 June to 31 October 2024."""
    marks = marks_of(catalogue, months)
    blocked = [f"2024-{month:02d}" for month in range(2, 13)] + [f"2025-{month:02d}" for month in range(1, 6)]
    running = [month for month, mark in marks.items() if mark.nationwide and "2024-02" <= month <= "2025-07"]
    assert running == blocked
    faults = {
        month
        for month, mark in marks.items()
        for item in (*mark.began, *mark.ran_on)
        if (item.kind, item.start) == ("cable_cut", "2024-06-18")
    }
    assert faults == {f"2024-{month:02d}" for month in range(6, 11)}
    assert [item.start for item in marks["2024-06"].began] == ["2024-06-18"]
    assert not marks["2024-12"].began and [item.start for item in marks["2024-12"].ran_on] == ["2024-02-17"]
    assert "2025-06" not in marks and not marks["2025-11"].nationwide


def test_events_and_the_record_tell_the_same_days(catalogue: Catalogue) -> None:
    """Every event of Pakistan in the record's years is listed, with its day; its range of lengths fits the days."""
    items = {item.event: item for item in catalogue.evidence.disruptions if item.event}
    events = {event.id: event for event in load_events(catalogue) if event.scenario.country == "PAK"}
    inside = {name for name, event in events.items() if "2022-07-01" <= event.day.isoformat() < "2026-03-01"}
    assert set(items) == inside and len(inside) >= 20
    for name, item in items.items():
        event = events[name]
        assert item.start == event.day.isoformat(), name
        if item.end:
            days = (date.fromisoformat(item.end) - event.day).days + 1
            low = min(
                [item.low for item in event.ranges if item.field == "hours"], default=event.scenario.hours
            )
            assert low <= days * 24, name  # the shortest length fits between the first and the last day


def test_the_dip_sentences_count(catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]) -> None:
    """32 months from July 2023 on; 329 after 332 in May 2025 is the one that fell, 1 - 329 / 332 = 0.90%.

    Began: December 2023, January, February, June, July, August and November 2024, January, August, September and
    October 2025: 11. Ran: those, and March to May, September, October and December 2024, February to May 2025: 21.
    """
    marks = marks_of(catalogue, months)
    first, second = record_events.dip_sentences(months, marks)
    assert "Of the 32 months" in first and "began in 11: none of them fell below it." in first
    assert "in 21: 1 fell below it, 2025-05 (−0.90%)." in first and "None ran in the other 11: none" in first
    assert "2 (2024-06, 2024-12) fell short by more than the noise among the 21" in second
    fallen = tuple(
        row.model_copy(update={"value_musd": 100.0}) if row.month == "2024-11" else row for row in months
    )
    lower, short = record_events.dip_sentences(fallen, marks)
    assert "began in 11: 1 fell below it, 2024-11 (−61%)." in lower  # 1 - 100 / 259
    assert "2024-11" in short


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("end", "2024-02-01"),
        ("end", ""),
        ("kind", "outage"),
        ("event", "pak_1999_nothing"),
        ("where", "Lahore"),
    ],
)
def test_a_bad_disruption_names_row_and_column(tables: Tables, column: str, value: str) -> None:
    tables.set("data/record_disruptions.csv", "dis_15", column, value)
    with pytest.raises(DataError, match=rf"record_disruptions.*dis_15.*{column}"):
        tables.load().complete()


def test_months_are_said_in_words() -> None:
    assert record.span_text("2024-08", "2024-12") == "August to December 2024"
    assert record.span_text("2024-11", "2025-02") == "November 2024 to February 2025"
    assert record.span_text("2024-05", "2024-05") == "May 2024"


def test_each_baseline_says_where_its_growth_is_from(
    catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]
) -> None:
    for item in gaps(catalogue, months).values():
        assert bool(item.baseline.sources) != ("assumption" in item.baseline.basis)
        assert all(title and url.startswith("https://") for title, url in item.baseline.sources)
    for conflict in record.conflicts(catalogue, months):
        assert conflict.sources and all(url.startswith("http") for _, url in conflict.sources)


def test_definitions_of_the_limit_are_told_apart(
    catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]
) -> None:
    """1.96 in place of 1.645 standard deviations: both limits 19.1% wider."""
    claimed = gaps(catalogue, months)["claimed"]
    text = record.limits_sentence([claimed])
    for limit in (
        claimed.limit,
        claimed.limit_known,
        claimed.limit * 1.96 / 1.645,
        claimed.limit_known * 1.96 / 1.645,
    ):
        assert f"${limit:.0f} million" in text


@pytest.mark.parametrize(
    ("horizon", "expected"), [(1.0, 20.0), (2.0, 40.0), (2.5, 50.0), (2.75, 55.0), (3.0, 60.0)]
)
def test_shortfall_counts_a_part_year_for_its_part(horizon: float, expected: float) -> None:
    """100 a year without growth, a fifth lost from the start and never won back: 20 a year."""
    years = growth.years_to_horizon(horizon)
    assert years[-1] == horizon and years[0] == 0
    undisturbed = growth.path(100.0, 0.0, years)
    disturbed = growth.disturbed(
        100.0, 0.0, years, initial_loss=0.2, drag=0.0, disrupted_years=9.0, half_life_years=1.0
    )
    assert growth.shortfall(undisturbed, disturbed, years) == pytest.approx(expected)


def test_a_horizon_inside_a_year_is_the_one_that_is_named(catalogue: Catalogue) -> None:
    changes = {"claims.initial_loss": 0.2, "claims.disrupted_years": 10.0}
    by_horizon = {years: claims(catalogue, {**changes, HORIZON: years}) for years in (4.0, 4.5, 5.0)}
    middle = by_horizon[4.5]
    assert middle.years[-1] == 4.5
    (amount,) = [item for item in middle.amounts if item.id == "claims.shortfall"]
    assert amount.period == "4.5 years" and amount.median == pytest.approx(middle.shortfall * 1e6)
    assert by_horizon[4.0].shortfall < middle.shortfall < by_horizon[5.0].shortfall


def test_the_long_trend_starts_where_the_table_says(tables: Tables, catalogue: Catalogue) -> None:
    """FY22 2,619 and FY25 3,810: (3810 / 2619)^(1/3) - 1; from FY23 with 2,596 it is a square root."""
    trend = trends.baselines(catalogue, 0.3, 0.1)["fy22_25"]
    assert trend.growth == pytest.approx((3810 / 2619) ** (1 / 3) - 1) and trend.label == "Trend FY22 to FY25"
    tables.set("data/exports_fiscal_year.csv", "xfy_09", "baseline", "")
    tables.set("data/exports_fiscal_year.csv", "xfy_12", "baseline", "trend_from")
    moved = trends.baselines(tables.load(), 0.3, 0.1)["fy22_25"]
    assert moved.growth == pytest.approx((3810 / 2596) ** 0.5 - 1) and moved.label == "Trend FY23 to FY25"


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("exports_fiscal_year", "xfy_09", "column baseline"),  # FY22, the start of the long trend
        ("exports_fiscal_year", "xfy_07", "'FY20' is missing"),  # five years before the newest
        ("exports_fiscal_year", "xfy_15", "'FY24' is missing"),
        ("export_targets", "mac_237", "column baseline"),
    ],
)
def test_a_removed_row_is_named(tables: Tables, table: str, row: str, message: str) -> None:
    tables.change(f"data/{table}.csv", lambda cells: [line for line in cells if line[0] != row])
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        trends.baselines(tables.load(), 0.3, 0.1)
    assert f"data/{table}.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("exports_fiscal_year", "xfy_08", "baseline", "trend_from"),  # a second start
        ("exports_fiscal_year", "xfy_08", "baseline", "start"),
        ("exports_fiscal_year", "xfy_08", "fiscal_year", "2021"),
        ("export_targets", "mac_237", "target_year", "2025"),  # not ahead of FY25
        ("export_targets", "mac_237", "target_year", ""),
        ("export_targets", "mac_236", "baseline", "official_target"),
    ],
)
def test_a_bad_role_is_refused(tables: Tables, table: str, row: str, column: str, value: str) -> None:
    tables.set(f"data/{table}.csv", row, column, value)
    with pytest.raises(DataError, match=f"data/{table}.csv"):
        trends.baselines(tables.load(), 0.3, 0.1)
