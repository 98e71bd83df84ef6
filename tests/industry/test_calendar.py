"""Calendars of disruptions: expected cost, Poisson numbers, and the shipped calendars."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.tables import Tables

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.errors import DataError, InputError
from model.common.ranges import Range
from model.estimation.estimate import estimate
from model.industry import calendar
from model.industry.calendar import (
    MINE,
    calendar_of,
    counts,
    lagged_of_year,
    own_calendar,
    year_of,
)
from model.industry.draws import Values
from model.scenario.calendars import calendars
from model.scenario.scenario import Scenario

INDUSTRY = "data/industry.csv"


def test_numbers_of_a_year_are_poisson() -> None:
    numbers = counts({"one": 3.0, "two": 0.5}, draws=40_000)
    assert numbers.mean(axis=1) == pytest.approx([3, 0.5], rel=0.03)
    assert numbers.var(axis=1) == pytest.approx([3, 0.5], rel=0.05)
    assert np.mean(numbers[0] == 0) == pytest.approx(np.exp(-3), rel=0.1)
    assert abs(np.corrcoef(*numbers).item(1)) < 0.02  # two disruptions have luck of their own
    first = counts({"one": 3.0})
    calendar._counts.clear()
    assert np.array_equal(first, counts({"one": 3.0}))


def test_no_disruption_moves_the_numbers_of_another() -> None:
    alone = counts({"blackout": 2.0, "cable": 3.0})
    assert np.array_equal(
        counts({"new": 0.001, "blackout": 2.0, "unlikely": 0.0, "cable": 3.0})[[1, 3]], alone
    )


@pytest.mark.parametrize("often", ["0", "1e-12"])
def test_a_kind_that_all_but_never_happens_moves_no_year_by_a_bit(
    catalogue: Catalogue, tables: Tables, often: str
) -> None:
    """The new kind stands first in the table, so that every other one has another place in the calendar."""
    parts = {"per_year": often, "days": "0.001"}
    for part, value in parts.items():
        new = {"label": f"{part} of the new kind", "low": value, "mode": value, "high": value}
        key = f"calendar.single_platform_block.{part}"
        tables.copy_row(INDUSTRY, f"calendar.mobile_only.{part}", key=key, **new)
    tables.change(INDUSTRY, lambda cells: [cells[0], *cells[-len(parts) :], *cells[1 : -len(parts)]])
    more = tables.load()
    assert more.industry.calendar_kinds[0] == "single_platform_block"
    given: dict[str, Override] = {"calendar.mobile_only.per_year": 1.0}
    before, after = (
        year_of(one, own_calendar(one, Values(one, one.industry, given))) for one in (catalogue, more)
    )
    assert len(after.impacts) == 3 + (often != "0")
    for name in ("totals", "drawn_net", "drawn_lagged", "luck"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name), err_msg=name)


def test_entries_of_a_calendar_have_keys_of_their_own(tables: Tables) -> None:
    """Else two faults of one kind would happen in the same years."""
    one, other = (
        f'label = "x"\nkind = "cable_cut"\nhours = {hours}\nper_year = 1\n' for hours in (24.0, 96.0)
    )
    path = tables.root / "data" / "calendars" / "faults.toml"
    start = f'title = "Short and long"\n[[disruption]]\n{one}[[disruption]]\n{other}'
    path.write_text(start, encoding="utf-8")
    with pytest.raises(DataError, match=r"faults\.toml.*'cable_cut'.*two disruptions.*key ="):
        calendars(tables.load())
    path.write_text(start + 'key = "long"\n', encoding="utf-8")
    keys = [entry.key for entry in calendars(tables.load())["faults"].disruptions]
    assert keys == ["cable_cut", "long"]


def test_expected_cost_is_number_times_cost(catalogue: Catalogue, industry_tables: Industry) -> None:
    values = Values(catalogue, industry_tables, {})
    year = year_of(catalogue, calendar_of(catalogue, industry_tables, values, "cables_and_blackouts"))
    cable, dark = (
        estimate(catalogue, Scenario(kind=kind, hours=hours, draws=1024)).draws["net_direct"].mean()
        for kind, hours in (("cable_cut", 96.0), ("full_blackout", 24.0))
    )
    assert year.expected == pytest.approx(3 * cable + 2 * dark)
    assert float(year.drawn_net.mean()) == pytest.approx(year.expected, rel=0.1)
    low, _, high = Range.of(year.drawn_net)
    assert low < Range.of(year.net).low and high > Range.of(year.net).high  # luck widens the range


def test_own_calendar_starts_as_the_example(catalogue: Catalogue, industry_tables: Industry) -> None:
    values = Values(catalogue, industry_tables, {})
    own, shipped = (
        year_of(catalogue, calendar_of(catalogue, industry_tables, values, key)).expected
        for key in ("own", "cables_and_blackouts")
    )
    assert own == pytest.approx(shipped)


def test_no_dollars_of_an_economy_whose_gdp_is_too_old_for_money(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    values, yemen = Values(catalogue, industry_tables, {}), Scenario(country="YEM")
    with pytest.raises(InputError, match="'Yemen' has a GDP that is too old for amounts in money"):
        calendar_of(catalogue, industry_tables, values, MINE, yemen)
    asked = calendar_of(catalogue, industry_tables, values, MINE, yemen.with_changes(old_money=True))
    assert year_of(catalogue, asked).expected > 0


def test_clients_have_one_patience_a_year(catalogue: Catalogue, industry_tables: Industry) -> None:
    """Later losses of a year are those of as many spells, not of as many separate graces."""
    values = Values(
        catalogue,
        industry_tables,
        {"calendar.cable_cut.per_year": 0.0, "calendar.full_blackout.per_year": 4.0},
    )
    year = year_of(catalogue, calendar_of(catalogue, industry_tables, values, "own"))
    spells = estimate(catalogue, Scenario(spells=4, draws=1024)).draws["lagged_receipts"]
    assert year.lagged == pytest.approx(spells)
    assert year.lagged.mean() > 4 * year.impacts[0].lagged(1.0).mean()


def test_different_places_keep_their_own_clients(catalogue: Catalogue, industry_tables: Industry) -> None:
    values = Values(catalogue, industry_tables, {})
    year = year_of(catalogue, calendar_of(catalogue, industry_tables, values, "pakistan_fy24_fy26"))
    by_place = {(item.scenario.regions, item.scenario.place) for item in year.impacts}
    assert len(by_place) > 5
    assert np.all(lagged_of_year(year.impacts, np.zeros((len(year.impacts), 1))) == 0)


def test_pakistans_own_calendar(catalogue: Catalogue, industry_tables: Industry) -> None:
    calendar = calendars(catalogue)["pakistan_fy24_fy26"]
    assert all(item.per_year == pytest.approx(1 / 3) and item.label for item in calendar.disruptions)
    assert sum(item.per_year for item in calendar.disruptions) == pytest.approx(18 / 3)
    assert all(item.scenario.country == "PAK" for item in calendar.disruptions)


def test_a_year_has_no_more_days_than_a_year(catalogue: Catalogue, industry_tables: Industry) -> None:
    for often, days in ((50.0, 365.0), (2.0, 184.0)):
        given: dict[str, Override] = {
            "calendar.full_blackout.per_year": often, "calendar.full_blackout.days": days,
        }  # fmt: skip
        values = Values(catalogue, industry_tables, given)
        with pytest.raises(
            InputError, match=r"calendar\.full_blackout\.days.*at most .* days at that number"
        ):
            calendar_of(catalogue, industry_tables, values, "own")
    fits = Values(catalogue, industry_tables, {**given, "calendar.full_blackout.days": 183.0})
    assert calendar_of(catalogue, industry_tables, fits, "own").disruptions
    with pytest.raises(InputError, match="make 720 days"):
        calendar_of(catalogue, industry_tables, fits, MINE, Scenario(hours=240, spells=72))


def test_my_scenario_as_a_calendar(catalogue: Catalogue, industry_tables: Industry) -> None:
    mine = Scenario(kind="slowdown", hours=240, spells=2)
    year = year_of(
        catalogue, calendar_of(catalogue, industry_tables, Values(catalogue, industry_tables, {}), MINE, mine)
    )
    assert year.calendar.disruptions[0].per_year == 2 and year.calendar.goes_on
    one = estimate(catalogue, mine.with_changes(spells=1, draws=1024)).draws["net_direct"].mean()
    assert year.expected == pytest.approx(2 * one)


def test_an_empty_calendar_costs_nothing(catalogue: Catalogue, industry_tables: Industry) -> None:
    given: dict[str, Override] = {f"calendar.{kind}.per_year": 0.0 for kind in ("cable_cut", "full_blackout")}
    year = year_of(
        catalogue, calendar_of(catalogue, industry_tables, Values(catalogue, industry_tables, given), "own")
    )
    assert year.expected == 0 and year.lines == () and Range.of(year.drawn_net) == Range(0, 0, 0)


def test_unknown_calendar(catalogue: Catalogue, industry_tables: Industry) -> None:
    with pytest.raises(InputError, match="cables_and_blackouts"):
        calendar_of(catalogue, industry_tables, Values(catalogue, industry_tables, {}), "cables")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("per_year = 0.0", "number of disruptions"),
        ("per_year = 3.0\nhuors = 4.0", "fields of a scenario"),
        ('per_year = 3.0\nevent = "no_such_event"', "event file"),
        ("per_year = 3.0\ncapacity_lost = 43.0", "capacity_lost"),
        ("per_year = 3.0\nkey = 3", "a name in quotation marks"),
    ],
)
def test_a_bad_calendar_is_named(tables: Tables, line: str, message: str) -> None:

    text = f'title = "Bad"\n[[disruption]]\nlabel = "x"\nkind = "cable_cut"\nhours = 24.0\n{line}\n'
    if "huors" in line:
        text = text.replace("hours = 24.0\n", "")
    (tables.root / "data" / "calendars" / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises((DataError, InputError), match=message):
        calendars(tables.load())
