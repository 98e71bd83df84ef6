"""Comparisons by hand: differences and ratios draw by draw, shapes in words, break-even, what differs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import Tables

from model import breakeven, compare
from model.catalogue import Catalogue
from model.changes import LABELS, changes
from model.compare import Range
from model.errors import DataError, InputError
from model.estimate import estimate, estimate_many
from model.formatting import duration_text, percent
from model.inputs import EXPORT_RECEIPTS
from model.scenario import BASELINE, PLAIN_FIELDS, Header, Scenario, hours_of
from model.thresholds import figure_of, load_thresholds, suggestions
from views import compare_charts, compare_frames, compare_words
from views.charts import Caption, Form

QUICK = Scenario(draws=1024)
WEEK = QUICK.but(hours=168.0)
SAME = 1e-12


def points(values: np.ndarray) -> list[float]:
    return [float(point) for point in np.quantile(values, [0.05, 0.5, 0.95])]


def ends(value: Range) -> list[float]:
    assert value.low is not None and value.median is not None and value.high is not None
    return [value.low, value.median, value.high]


def test_differences_and_ratios_are_draw_by_draw(catalogue: Catalogue) -> None:
    other = WEEK.but(kind="mobile_only")
    rows = compare.side_by_side(catalogue, [WEEK, other], ["a", "b"])
    first, second = (result.draws["net_direct"] for result in estimate_many(catalogue, [WEEK, other]))
    assert ends(rows[1].difference) == pytest.approx(points(second - first), rel=SAME)
    assert ends(rows[1].ratio) == pytest.approx(points(second / first), rel=SAME)
    apart = [a - b for a, b in zip(points(second), points(first), strict=True)]
    assert ends(rows[1].difference) != pytest.approx(apart, rel=0.01), (
        "the difference of ranges is another thing"
    )
    assert ends(rows[0].difference) == [0, 0, 0] and ends(rows[0].ratio) == [1, 1, 1]


def test_amounts_are_those_of_the_estimate_alone(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK, [168.0, 1.0, 24.0, 24.0])
    assert [row.label for row in rows] == ["1 hour", "1 day", "7 days"]
    for row in rows:
        alone = estimate(catalogue, row.result.scenario).amount("net_direct")
        assert ends(row.amount) == pytest.approx([alone.low, alone.median, alone.high], rel=1e-9)
        hours = row.result.scenario.hours
        assert ends(row.per_hour) == pytest.approx([value / hours for value in ends(row.amount)], rel=SAME)


def test_per_head_and_share_of_gdp_by_hand(catalogue: Catalogue) -> None:
    four = WEEK.but(spells=4)
    (row,) = compare.side_by_side(catalogue, [four], ["four weeks"])
    people = catalogue.figures["PAK"]["population"].value
    gdp = catalogue.figures["PAK"]["gdp"].value
    assert ends(row.per_head) == pytest.approx([value / people for value in ends(row.amount)], rel=SAME)
    assert ends(row.share_of_gdp) == pytest.approx(
        [value / (gdp / 365 * 28) for value in ends(row.amount)], rel=SAME
    )
    assert ends(row.per_hour) == pytest.approx([value / (4 * 168) for value in ends(row.amount)], rel=SAME)


def test_a_region_counts_its_own_people(catalogue: Catalogue) -> None:
    rows = compare.regions(catalogue, WEEK)
    assert [row.label for row in rows] == ["Whole country", *catalogue.regions]
    by_name = {row.label: row for row in rows}
    people = catalogue.regions["Sindh"].population
    assert ends(by_name["Sindh"].per_head) == pytest.approx(
        [v / people for v in ends(by_name["Sindh"].amount)], rel=SAME
    )
    for row in rows[1:]:
        assert (
            row.amount.high is not None
            and rows[0].amount.high is not None
            and row.amount.high < rows[0].amount.high
        )


def test_part_of_a_country_counts_part_of_its_people(catalogue: Catalogue) -> None:
    tenth, whole = compare.side_by_side(catalogue, [WEEK.but(place=0.1), WEEK], ["tenth", "whole"])
    assert ends(tenth.per_head) == pytest.approx(ends(whole.per_head), rel=1e-9)


def test_regions_are_pakistans_from_any_country(catalogue: Catalogue) -> None:
    kenya = WEEK.but(country="KEN", currency="KES", place=0.3, assumptions={EXPORT_RECEIPTS: 900.0})
    rows = compare.regions(catalogue, kenya)
    assert {row.result.scenario.country for row in rows} == {"PAK"}
    assert {row.result.money.unit for row in rows} == {"USD"}
    assert ends(rows[0].amount) == pytest.approx(ends(compare.regions(catalogue, WEEK)[0].amount), rel=SAME)


def test_countries_do_not_borrow_each_others_receipts(catalogue: Catalogue) -> None:
    typed = WEEK.but(assumptions={EXPORT_RECEIPTS: 5000.0}, regions=("Sindh",), currency="PKR")
    rows = compare.countries(catalogue, typed, ["IND", "PAK"])
    plain = compare.countries(catalogue, WEEK, ["IND", "PAK"])
    assert ends(rows[0].amount) == pytest.approx(ends(plain[0].amount), rel=SAME)
    assert ends(rows[1].amount) != pytest.approx(ends(plain[1].amount), rel=1e-6)
    assert ends(rows[1].difference) == [0, 0, 0], "the reader's own country is the reference"


def test_every_kind_stands_beside_the_readers(catalogue: Catalogue) -> None:
    slow = WEEK.but(kind="slowdown", ratio=0.5)
    rows = compare.kinds(catalogue, slow)
    assert [row.result.scenario.kind for row in rows] == list(catalogue.kinds)
    own = next(row for row in rows if row.result.scenario.kind == "slowdown")
    assert own.result.scenario.ratio == 0.5 and ends(own.ratio) == [1, 1, 1]
    assert all(row.result.scenario.ratio is None for row in rows if row is not own)


def test_what_cannot_be_compared_says_so(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="one currency"):
        compare.side_by_side(catalogue, [WEEK, WEEK.but(currency="PKR")], ["a", "b"])
    with pytest.raises(InputError, match="one seed"):
        compare.side_by_side(catalogue, [WEEK, QUICK.but(seed=2)], ["a", "b"])
    kept = compare.aligned(
        [WEEK, QUICK.but(seed=2, draws=256, currency="PKR"), WEEK.but(country="KEN", currency="KES")]
    )
    assert {(item.draws, item.seed, item.currency) for item in kept} == {(1024, 1, "USD")}
    assert {item.currency for item in compare.aligned([WEEK.but(currency="PKR")] * 2)} == {"PKR"}


def test_progress_is_heard_and_ends_at_one(catalogue: Catalogue) -> None:
    heard: list[float] = []
    compare.durations(catalogue, QUICK, [1.0, 24.0, 168.0], heard.append)
    thirds = {round(3 * share, 9) for share in heard}
    assert heard == sorted(heard) and heard[-1] == 1 and {1, 2, 3} <= thirds
    for scenario in (QUICK, QUICK.but(place=0.5)):
        (row,) = compare.without_draws(compare.durations(catalogue, scenario, [1.0]))
        assert not row.result.draws
        assert row.result.whole is None or not row.result.whole.draws


def test_where_it_is_no_straight_line_is_said(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK, [24.0, 168.0])
    (text,) = compare.shape_in_words(rows)
    found = compare.step(*rows)
    assert found is not None and found.times == 7 and found.bend == "more"
    assert found.ratio.median is not None and 8 < found.ratio.median < 11
    assert (
        text.startswith("7 days cost 9.")
        and "more than the 7 times of a straight line, because firms" in text
    )
    said = compare_words.durations_headline(rows)
    assert said.startswith(
        "A full blackout across Pakistan: 7 days cost 9.1 times as much as 1 day (90 % range 7."
    )
    assert said.endswith("), not 7 times, because firms cannot catch up and customers stop waiting.")


def by_hand(rows: list[compare.Compared], name: str) -> np.ndarray:
    """The longer of two results over the shorter, draw by draw."""
    short, long = (row.result.draws[name] for row in rows)
    return np.asarray(long / short)


def test_the_reason_is_what_moves_an_hours_cost_draw_by_draw(catalogue: Catalogue) -> None:
    """From 1 hour to 2 nothing changes in what is lost for good: only more has stopped by then."""
    plain = QUICK.but(draws=4096)
    rows = compare.durations(catalogue, plain, [1.0, 2.0])
    net, gross = by_hand(rows, "net_direct"), by_hand(rows, "gross")
    found = compare.causes(*rows)
    assert found["lost"] == pytest.approx(float(np.median(net / gross)), rel=SAME)
    assert found["interrupted"] == pytest.approx(float(np.median(gross / 2)), rel=SAME)
    assert found["lost"] == pytest.approx(1, abs=2e-3) and found["interrupted"] > 1.05 and len(found) == 2
    (text,) = compare.shape_in_words(rows)
    assert "cannot catch up" not in text and "because" not in text
    slow = plain.but(assumptions={"onset.immediate": 0.1, "restart.hours": 0.0})  # then every draw bends
    (text,) = compare.shape_in_words(compare.durations(catalogue, slow, [1.0, 2.0]))
    assert text.endswith(
        "more than the 2 times of a straight line, because not everything stops in the first hours."
    )


def test_a_restart_that_takes_no_longer_is_not_called_a_workaround(catalogue: Catalogue) -> None:
    """All stops at once and nothing adapts: an hour of the longer one is cheaper for the restart alone."""
    pinned = {"onset.immediate": 1.0, "adaptation.full_blackout.share": 0.0, "restart.hours": 2.0}
    rows = compare.durations(catalogue, QUICK.but(assumptions=pinned), [2.0, 24.0])
    assert by_hand(rows, "gross") == pytest.approx(np.full(1024, 26 / 3), rel=1e-6), "2 h and half of 2 h"
    (text,) = compare.shape_in_words(rows)
    assert text.endswith(
        "less than the 12 times of a straight line, because the restart afterwards takes no longer."
    )


def test_the_larger_of_two_causes_is_named_and_a_near_one_is_not_hidden(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK.but(draws=4096), [24.0, 72.0, 168.0])
    near, far = compare.shape_in_words(rows)
    found = compare.causes(rows[0], rows[1])
    assert 0.5 < np.log(found["lost"]) / np.log(found["interrupted"]) < 1
    assert near.endswith("straight line, in part because not everything stops in the first hours.")
    assert far.endswith("straight line, because firms cannot catch up and customers stop waiting.")


def test_with_a_start_time_the_clock_is_a_cause_of_its_own(catalogue: Catalogue) -> None:
    """From ten at night the next hours are quiet and the day after is busy; that is no workaround."""
    clock = QUICK.but(start="2026-01-05T22:00")
    rows = compare.durations(catalogue, clock, [2.0, 6.0, 24.0])
    plain = compare.durations(catalogue, QUICK, [2.0, 6.0])
    found, bare = compare.causes(*rows[:2]), compare.causes(*plain)
    gross = by_hand(rows[:2], "gross") / by_hand(plain, "gross")
    assert found["clock"] == pytest.approx(float(np.median(gross)), rel=1e-9) and found["clock"] < 0.7
    assert found["interrupted"] == pytest.approx(bare["interrupted"], rel=1e-9) and "clock" not in bare
    down, up = compare.shape_in_words(rows)
    assert down.endswith(
        "less than the 3 times of a straight line, because the hours that follow are quieter."
    )
    assert up.endswith("more than the 4 times of a straight line, because the hours that follow are busier.")
    spells = compare.shape_in_words(compare.durations(catalogue, clock.but(spells=3), [2.0, 6.0]))
    assert spells[0].startswith("Spells of 6 hours cost ") and "because their hours are busier" in spells[0]
    long = compare.durations(catalogue, QUICK.but(start="2026-01-05T09:00"), [168.0, 720.0])
    assert "firms cannot catch up" in compare.shape_in_words(long)[0], "a month is past the clock"


def test_what_the_clock_does_is_computed_only_where_there_is_one(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = compare._estimated

    def counted(*args: Any) -> Any:
        asked.append(len(args[1]))
        return real(*args)

    monkeypatch.setattr(compare, "_estimated", counted)
    clock = QUICK.but(start="2026-01-05T22:00")
    for scenario, hours in ((QUICK, [1.0, 2.0]), (clock, [1.0, 2.0]), (clock, [1.0])):
        compare.durations(catalogue, scenario, hours)
    assert asked == [2, 4, 1]


def test_a_bend_that_the_range_does_not_bear_out_is_said_with_care(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK.but(draws=4096), [1.0, 24.0])
    assert compare.shape_in_words(rows) == [
        "1 day costs 26 times 1 hour (23 to 32): rather more than the 24 times of a straight line, but that still "
        "lies inside the range."
    ]
    assert compare_words.durations_headline(rows) == (
        "A full blackout across Pakistan: 1 day costs 26 times as much as 1 hour (90 % range 23 to 32); a straight "
        "line, 24 times, still lies inside the range."
    )
    night = QUICK.but(draws=4096, start="2026-01-05T09:00")
    (text,) = compare.shape_in_words(compare.durations(catalogue, night, [1.0, 24.0]))
    assert "(18 to 24): rather less than the 24 times of a straight line, but that" in text, (
        "an end that reads alike"
    )


@pytest.mark.parametrize("kind", ["full_blackout", "single_platform_block", "cable_cut", "vpn_block"])
@pytest.mark.parametrize("start", [None, "2026-01-05T09:00", "2026-01-09T22:00"])
def test_no_sentence_says_more_than_its_range(catalogue: Catalogue, kind: str, start: str | None) -> None:
    hours = [1.0, 2.0, 6.0, 24.0, 72.0, 168.0, 720.0, 8760.0]
    rows = compare.durations(catalogue, QUICK.but(kind=kind, start=start), hours)
    for before, after in pairwise(rows):
        found = compare.step(before, after)
        assert found is not None
        low, middle, high = ends(found.ratio)
        if found.sure:
            assert low > found.times if found.bend == "more" else high < found.times
        assert bool(found.why) <= found.sure
        assert (found.bend == "straight") == (abs(middle / found.times - 1) <= compare.LINEAR_BAND)


def test_spells_and_places_stand_in_the_headline_which_stays_short(catalogue: Catalogue) -> None:
    four = compare.durations(catalogue, QUICK.but(spells=4), [24.0, 72.0])
    said = compare_words.durations_headline(four)
    assert said.startswith(
        "4 spells of full blackout across Pakistan: spells of 3 days cost 4.2 times as much as spells"
    )
    far = QUICK.but(kind="cable_cut", spells=14, regions=("Punjab", "Sindh", "Khyber Pakhtunkhwa"))
    said = compare_words.durations_headline(compare.durations(catalogue, far, [24.0, 720.0]))
    assert (
        said.startswith("14 spells of cable cut in 3 regions of Pakistan: ")
        and len(said) <= compare_words.LONGEST
    )
    one = compare.durations(catalogue, QUICK.but(kind="slowdown", place=0.3), [24.0])
    said = compare_words.durations_headline(one)
    assert (
        said.startswith("A slowdown to 65 % of normal quality in 30 % of Pakistan costs $")
        and "(90 % range" in said
    )


def test_workarounds_bend_it_down_and_nothing_bends_nothing(catalogue: Catalogue) -> None:
    platform = QUICK.but(kind="single_platform_block")
    (text,) = compare.shape_in_words(compare.durations(catalogue, platform, [24.0, 720.0]))
    assert "less than the 30 times" in text and "workarounds win time back" in text
    pinned = {"onset.immediate": 1.0, "adaptation.full_blackout.share": 0.0, "recapture.spare_capacity": 0.0}
    (text,) = compare.shape_in_words(
        compare.durations(catalogue, QUICK.but(assumptions=pinned), [24.0, 720.0])
    )
    assert text.startswith("30 days cost 29 times 1 day (27 to 30)") and "about a straight line" in text


def test_no_time_costs_nothing_and_no_ratio_is_invented(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK, [0.0, 24.0])
    assert compare.step(*rows) is None
    assert rows[0].ratio == Range(0, 0, 0) and rows[1].ratio == Range(1, 1, 1), (
        "what costs nothing is no reference"
    )
    headline = compare_words.durations_headline(rows)
    assert headline.startswith("A full blackout across Pakistan costs $0 in 0 hours and $")
    assert compare_words.durations_headline(rows[1:]).endswith("add another length to compare.")
    nowhere = compare.durations(catalogue, QUICK.but(place=0.0), [24.0, 168.0])
    assert (
        nowhere[1].ratio == Range(None, None, None) and compare.times_text(nowhere[1].ratio) == "not defined"
    )


def test_nothing_stands_beside_the_shortest_that_costs_something(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK, [0.0, 1.0, 24.0])
    hour, day = (row.result.draws["net_direct"] for row in rows[1:])
    assert ends(rows[2].ratio) == pytest.approx(points(day / hour), rel=SAME)
    assert ends(rows[0].difference) == pytest.approx(
        [-value for value in reversed(ends(rows[1].amount))], rel=SAME
    )
    extra = ["difference", "times_before", "per_hour", "share_of_gdp"]
    table = compare_frames.in_words(rows, "USD", "Duration", "1 hour", extra)
    assert table["Times 1 hour"].tolist()[:2] == ["0", "1.0"] and table["Net loss"][0] == "$0"
    assert table["An hour"][0] == table["Of GDP in that time"][0] == "no time"
    assert table["Times the one before"].tolist()[:2] == ["–", "the one before costs nothing"]
    assert not table.map(lambda cell: "not " in cell).any(axis=None)


def test_every_step_is_over_the_row_before_draw_by_draw(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK, [1.0, 24.0, 168.0])
    assert rows[0].times_before is None
    for before, after in pairwise(rows):
        assert after.times_before is not None
        known = after.result.draws["net_direct"] / before.result.draws["net_direct"]
        assert ends(after.times_before) == pytest.approx(points(known), rel=SAME)
    frame, last = compare_frames.numbers(rows), rows[-1].times_before
    assert last is not None and frame["times_before_median"][2] == last.median
    assert np.isnan(frame["times_before_median"][0])
    assert "times_before_median" not in compare_frames.numbers(compare.kinds(catalogue, QUICK))


@pytest.mark.parametrize(
    ("text", "hours"),
    [("90 minutes", 1.5), ("30 min", 0.5), ("1 minute", 1 / 60), ("1,5 days", 36.0), (",5 h", 0.5), ("0,125 d", 3.0),
     ("36 hours", 36.0), ("3d", 72.0), ("2 weeks", 336.0), ("6 mo", 4380.0), ("2y", 17520.0)],
)  # fmt: skip
def test_a_duration_as_people_type_it(text: str, hours: float) -> None:
    assert hours_of(text) == pytest.approx(hours, rel=1e-15)
    assert hours_of(duration_text(hours_of(text))) == pytest.approx(hours, rel=1e-4), (
        "read back from the chip"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,500 hours", "could be read in two ways; allowed: a number without a comma, such as 1500 or 1.5"),
        ("3 years", "'3 years' is more than 730 days; allowed: "),
        ("731 days", "'731 days' is more than 730 days; allowed: "),
        ("5m", "'5m' is not a duration; allowed: a number and minutes, hours, days"),  # minutes or months
        ("1,500,000 h", "is not a duration"), ("-1 day", "is not a duration"), ("soon", "is not a duration"),
    ],
)  # fmt: skip
def test_a_duration_that_cannot_be_read_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        hours_of(text)
    assert said in str(caught.value)


def test_a_length_of_minutes_reads_as_it_is() -> None:
    assert [duration_text(minutes / 60) for minutes in (1, 20, 30, 80)] == [
        "1 minute", "20 minutes", "0.5 hours", "80 minutes",
    ]  # fmt: skip
    assert duration_text(1 / 7) == "0.142857 hours"


def test_draws_in_which_both_cost_nothing_say_nothing(catalogue: Catalogue) -> None:
    kept = compare.ratio_of(np.array([0.0, 2.0, 9.0]), np.array([0.0, 1.0, 3.0]))
    assert kept is not None and kept.tolist() == [2.0, 3.0]
    assert compare.spread(compare.ratio_of(np.array([1.0, 2.0]), np.array([0.0, 1.0]))) == Range(
        None, None, None
    )
    rows = compare.durations(catalogue, QUICK.but(kind="cable_cut"), [24.0, 168.0])
    assert rows[0].amount.low is not None and compare.step(*rows) is not None


def test_break_even_agrees_with_an_estimate_of_that_length(catalogue: Catalogue) -> None:
    figure = 3e8
    result = estimate(catalogue, QUICK)
    found = breakeven.crossing(result, figure)
    assert found.soonest is not None and found.median is not None and found.latest is not None
    assert found.soonest < found.median < found.latest
    for hours, end in ((found.soonest, "high"), (found.median, "median"), (found.latest, "low")):
        there = estimate(catalogue, QUICK.but(hours=hours)).amount("net_direct")
        assert getattr(there, end) == pytest.approx(figure, rel=1e-3)
    passed = estimate(catalogue, QUICK.but(hours=found.soonest)).draws["net_direct"] >= figure
    assert passed.mean() == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize(
    "scenario",
    [
        QUICK.but(start="2026-01-05T10:30"),
        QUICK.but(start="2026-01-09T22:00", kind="mobile_only", place=0.4, currency="PKR"),
        QUICK.but(start="2026-01-05T23:15", regions=("Sindh",), spells=3),
    ],
)
@pytest.mark.parametrize("hours", [7.3, 26.0, 70.0, 130.0])
def test_break_even_with_a_start_time_is_exact_too(
    catalogue: Catalogue, scenario: Scenario, hours: float
) -> None:
    """Between the stops the cost follows the hours of the week: nights are cheap and mornings dear."""
    figure = estimate(catalogue, scenario.but(hours=hours)).amount("net_direct").median
    assert figure is not None
    found = breakeven.crossing(estimate(catalogue, scenario), figure)
    assert found.median is not None
    there = estimate(catalogue, scenario.but(hours=found.median)).amount("net_direct").median
    assert there == pytest.approx(figure, rel=1e-3)
    assert found.median <= hours * 1.001, "the first time that it is passed"


def test_spells_with_a_start_are_said_to_be_an_exception(catalogue: Catalogue) -> None:
    clock = QUICK.but(start="2026-01-05T10:30", spells=2)
    assert "quieter hours" in compare_words.rising_text(clock)
    for plain in (QUICK, clock.but(spells=1), clock.but(start=None)):
        assert compare_words.rising_text(plain).startswith("Cost rises with duration in every draw")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (0.0, "Any cost passes $0: type a figure to hold the loss against."),
        (1e4, "passes $10k within the first hour."),
        (1e14, "does not pass $100tn within 730 days in at least 95 % of the draws."),
        (3e8, "after 6.9 days (90 % range 3.3"),
    ],
)
def test_break_even_in_words(catalogue: Catalogue, figure: float, words: str) -> None:
    result = estimate(catalogue, QUICK)
    assert words in compare_words.crossing_headline(result, figure, breakeven.crossing(result, figure))


def test_a_break_even_that_few_draws_reach(catalogue: Catalogue) -> None:
    result = estimate(catalogue, QUICK.but(kind="vpn_block"))
    curve = result.curves["net_direct"]
    figure = float(curve.median[-1] + curve.high[-1]) / 2
    found = breakeven.crossing(result, figure)
    assert found.soonest is not None and found.median is None and found.latest is None
    assert "in fewer than half of the draws" in compare_words.crossing_headline(result, figure, found)


def test_suggested_figures(catalogue: Catalogue) -> None:
    wall, cable, week = suggestions(estimate(catalogue, QUICK))
    assert wall.value == 300e6 and "seed001_05" in wall.basis and "claim" in wall.basis
    assert cable.value == 59.5e6 and "Dawn, 2025-02" in cable.basis
    assert week.value == pytest.approx(catalogue.figures["PAK"]["it_export_receipts"].value * 7 / 365)
    rupees = estimate(catalogue, QUICK.but(currency="PKR"))
    assert suggestions(rupees)[1].value == pytest.approx(59.5e6 * rupees.money.per_usd)
    iran = suggestions(estimate(catalogue, QUICK.but(country="IRN")))
    assert [item.key for item in iran] == ["firewall", "cable"], "no week of exports that nobody measured"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("musd", "-3", "musd"), ("musd", "", "a figure or a seed"), ("seed", "seed001_05", "a figure or a seed"),
     ("source", "hearsay", "not in sources.csv"), ("status", "heard", "status")],
)  # fmt: skip
def test_a_bad_figure_to_pass_is_named(tables: Tables, column: str, value: str, said: str) -> None:
    tables.set("data/thresholds.csv", "cable", column, value)
    with pytest.raises(DataError, match=r"thresholds\.csv row .*cable") as caught:
        load_thresholds(tables.load())
    assert said in str(caught.value)


def test_a_figure_to_pass_of_a_statement_without_a_value_is_named(tables: Tables) -> None:
    tables.set("data/thresholds.csv", "firewall", "seed", "seed001_01")
    with pytest.raises(DataError, match=r"thresholds\.csv row firewall column seed"):
        load_thresholds(tables.load())


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("300", "USD", 300e6), (" 59.5 ", "USD", 59.5e6), ("300M", "USD", 300e6), ("$1.5bn", "USD", 1.5e9),
        ("1,500", "USD", 1.5e9), ("1,234,567.5k", "USD", 1_234_567_500.0), ("PKR 2 billion", "PKR", 2e9),
        (".5", "USD", 5e5), ("0", "USD", 0.0), ("usd 3 tn", "USD", 3e12),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_people_write_it(text: str, unit: str, value: float) -> None:
    assert figure_of(text, unit) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,5", "is not a figure"), ("1.5.0", "is not a figure"), ("soon", "is not a figure"), ("", "is not a figure"),
        ("-3", "is not a figure"), ("1e9", "is not a figure"), ("12,34", "is not a figure"),
        ("PKR 300", "is in other money than the scenario, USD"), ("9999999 tn", "is out of range"),
    ],
)  # fmt: skip
def test_a_figure_that_could_be_misread_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match="figure to pass") as caught:
        figure_of(text, "USD")
    assert said in str(caught.value)


def test_durations_that_read_alike_are_told_apart(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK, [1.0, 24.0, 1000.01, 1000.02])
    assert [row.label for row in rows] == ["1 hour", "1 day", "1000.01 hours", "1000.02 hours"]
    assert compare.duration_labels([1000.01]) == ["41.67 days"], "alone it needs no more digits"


def test_a_figure_passed_before_the_first_length_is_under_it(catalogue: Catalogue) -> None:
    result = estimate(catalogue, QUICK)
    curve, first = result.curves["net_direct"], 1.0
    at = int(np.flatnonzero(result.durations == first)[0])
    figure = float(curve.median[at] + curve.low[at]) / 2  # half of the draws pass it within the hour, not all
    found = breakeven.crossing(result, figure)
    assert found.first == first and found.soonest == found.median == first
    assert found.latest is not None and found.latest > first
    assert compare_words.crossing_texts(found)[:2] == ("under 1 hour", "under 1 hour")
    said = compare_words.crossing_headline(result, figure, found)
    assert " in under 1 hour (90 % range under 1 hour to " in said
    assert compare_words.length_text(1.5, first) == "1.5 hours"


def test_what_a_comparison_of_places_sets_aside_is_said() -> None:
    sindh = WEEK.but(regions=("Sindh",), currency="PKR", assumptions={EXPORT_RECEIPTS: 900.0})
    text = " ".join(compare_words.place_notes(sindh, regions=False))
    assert "(Sindh) is set aside here: each country is taken whole" in text
    assert "in US dollars" in text and "typed for one country" in text
    assert compare_words.place_notes(sindh, regions=True) == [
        "The choice of regions in the sidebar (Sindh) is set aside here: each region stands here alone."
    ]
    kenya = WEEK.but(country="KEN", place=0.3)
    text = " ".join(compare_words.place_notes(kenya, regions=True))
    assert "Pakistan only" in text and "(30 %) is set aside here" in text
    assert compare_words.place_notes(kenya, regions=False) == [], "a share holds in every country"
    assert (
        compare_words.place_notes(WEEK, regions=True) == compare_words.place_notes(WEEK, regions=False) == []
    )


def test_draws_that_are_not_the_sidebars_are_said() -> None:
    others = [WEEK, QUICK.but(draws=4096), WEEK.but(seed=7)]
    said = compare_words.draws_note(others, ["mine", "a day", "other seed"])
    assert said.startswith(
        "All are computed on the same draws, those of the scenario in the sidebar (1,024, seed 1)"
    )
    assert "“a day” was kept with 4,096 draws and seed 1" in said
    assert "“other seed” was kept with 1,024 draws and seed 7" in said and "“mine”" not in said
    assert compare_words.draws_note([WEEK, QUICK], ["a", "b"]) == ""


def test_an_estimate_says_how_far_it_is_and_can_be_ended(catalogue: Catalogue) -> None:
    heard: list[float] = []
    many = QUICK.but(draws=16_384)
    watched = estimate(catalogue, many, heard.append)
    assert len(heard) > 3 and heard == sorted(heard) and heard[-1] == 1
    alone = estimate(catalogue, many).amount("net_direct")
    assert watched.amount("net_direct").median == alone.median

    class EnoughError(Exception):
        pass

    def stop(done: float) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        estimate(catalogue, many, stop)


def test_what_differs_names_every_field(catalogue: Catalogue) -> None:
    mine = Scenario(
        country="KEN", kind="slowdown", hours=36.0, spells=2, gap_days=3.0, ratio=0.55, place=0.125,
        start="2026-01-05T10:00", ordered_by_authority=True, currency="KES", draws=256, seed=7,
        assumptions={"sector.trade.dependence": (0.05, 0.06, 0.5), "churn.rate": 0.01},
    )  # fmt: skip
    rows = {row.field: row for row in changes(catalogue, mine)}
    assert set(rows) == {*PLAIN_FIELDS, "churn.rate", "sector.trade.dependence"} - {
        "regions",
        "capacity_lost",
    }
    assert (rows["country"].before, rows["country"].after) == ("Pakistan", "Kenya")
    assert (rows["hours"].before, rows["hours"].after) == ("1 day", "36 hours")
    assert (rows["place"].after, rows["ratio"].after, rows["ratio"].before) == ("12.5 %", "55 %", "as usual")
    assert rows["sector.trade.dependence"].after == "5 % to 50 %, most likely 6 %"
    assert rows["churn.rate"].after == "exactly 0.01 per day"
    assert set(LABELS) == set(PLAIN_FIELDS)
    assert not changes(catalogue, mine, mine) and not changes(
        catalogue, BASELINE.but(header=Header(title="x"))
    )


def test_sentences_of_every_part(catalogue: Catalogue) -> None:
    regions = compare_words.places_headline(compare.regions(catalogue, WEEK), regions=True)
    assert regions.startswith("Punjab would lose the most") and "per head it is Islamabad" in regions
    rows = compare.side_by_side(catalogue, [WEEK, QUICK], ["Seven days", "One day"], reference=1)
    text = compare_words.scenarios_headline(rows, 0, 1)
    assert text.startswith("“Seven days” costs $2") and "more than “One day”, 9." in text
    same = compare.side_by_side(catalogue, [WEEK, WEEK], ["a", "b"], reference=1)
    assert compare_words.scenarios_headline(same, 0, 1) == "“a” costs the same as “b” in every draw."


def test_the_headline_of_kinds_is_draw_by_draw_and_names_what_it_is_of(catalogue: Catalogue) -> None:
    order = list(catalogue.kinds)
    four = QUICK.but(spells=4, place=0.3)
    rows = compare.kinds(catalogue, four)
    said = compare_words.kinds_headline(rows, order.index("full_blackout"))
    assert said.startswith(
        "Of 7 kinds, a full blackout costs the most in 4 spells of 1 day in 30 % of Pakistan, $40M (90"
    )
    assert " in all; next is a cut of mobile data with " in said
    by_kind = {row.result.scenario.kind: row.result.draws["net_direct"] for row in rows}
    low, middle, high = (
        percent(share) for share in points(by_kind["mobile_only"] / by_kind["full_blackout"])
    )
    assert said.endswith(f"with {middle} of that ({low} to {high}).")
    table = compare_frames.in_words(rows, "USD", "Kind", "a full blackout", ["difference"])
    told = table["Times a full blackout"][order.index("mobile_only")]
    assert told.startswith(f"0.{middle[:2]} (0.{low[:2]} to"), "table and headline agree"
    assert table["Difference from a full blackout"][order.index("mobile_only")].startswith("−$")


def test_the_headline_of_kinds_has_an_amount_whatever_the_readers_kind(catalogue: Catalogue) -> None:
    order = list(catalogue.kinds)
    other = compare.kinds(catalogue, WEEK.but(kind="vpn_block"))
    none = compare.Range(0.0, 0.0, 0.0)  # another kind that costs the very same is not the reader's
    other = [replace(row, difference=none) for row in other]
    vpn = compare_words.kinds_headline(other, order.index("vpn_block"))
    assert vpn.startswith("In 7 days across Pakistan a full blackout costs the most, $3")
    assert "M (90 % range $1" in vpn and " times a VPN block (" in vpn
    cut = QUICK.but(kind="cable_cut", capacity_lost=0.3)  # costs nothing in some draws: no ratio
    said = compare_words.kinds_headline(compare.kinds(catalogue, cut), order.index("cable_cut"))
    assert ", against $" in said and said.endswith(
        "of a cable cut that takes 30 % of international capacity."
    )
    nowhere = compare.kinds(catalogue, QUICK.but(place=0.0))
    assert (
        compare_words.kinds_headline(nowhere, 0)
        == "None of the 7 kinds costs anything in 1 day in no part of Pakistan."
    )


def test_which_kind_costs_the_most_is_said_with_care_where_draws_differ(catalogue: Catalogue) -> None:
    rows = compare.kinds(catalogue, QUICK)
    known = {row.result.scenario.kind: row for row in rows}
    pair = [known["slowdown"], known["vpn_block"]]
    said = compare_words.kinds_headline(pair, 0)
    assert "costs the most in the median in 1 day" in said
    sure = compare_words.kinds_headline([known["full_blackout"], known["vpn_block"]], 0)
    assert "costs the most in 1 day" in sure


def test_kinds_say_how_slow_and_how_much_is_cut(catalogue: Catalogue) -> None:
    """From the parameters of the estimate: a reader's own default counts, and so does a quality that was given."""

    def labels(scenario: Scenario) -> list[str]:
        return [row.label for row in compare.kinds(catalogue, scenario)]

    ratio, capacity = (
        percent(catalogue.parameters[f"degradation.default_{name}"].mode or 0.0)
        for name in ("ratio", "capacity_lost")
    )
    assert labels(QUICK)[-2:] == [f"Slowdown to {ratio}", f"Cable cut of {capacity}"]
    assert labels(QUICK.but(kind="slowdown", ratio=0.5))[-2:] == [
        "Slowdown to 50 %",
        f"Cable cut of {capacity}",
    ]
    own = QUICK.but(assumptions={"degradation.default_capacity_lost": 0.6})
    assert labels(own)[-2:] == [f"Slowdown to {ratio}", "Cable cut of 60 %"]
    assert labels(QUICK)[0] == catalogue.kinds["full_blackout"].label


CAPTION = Caption("Title", "range", "basis", "source", "stamp", "alternative words for the chart")


@pytest.mark.parametrize("form", ["screen", "picture"])
def test_the_curve_with_its_marks(catalogue: Catalogue, form: Form) -> None:
    result = estimate(catalogue, QUICK)
    curve = result.curves["net_direct"]
    frame = pd.DataFrame(
        {"days": result.durations / 24, "low": curve.low, "median": curve.median, "high": curve.high}
    )
    marks = frame[frame["days"].isin([1.0, 7.0])].assign(label=["1 day", "7 days"])
    figure = compare_charts.marked_curve(
        frame, marks, "USD", CAPTION, form, "{:.3g}".format, level=("Figure", 1e12), ends=[("median", 30.0)]
    )
    words = [note.text for note in figure.layout.annotations]
    assert {"1 day", "7 days"} <= set(words) and any(text.startswith("Figure ") for text in words)
    assert any(text.endswith("median") for text in words)
    assert figure.layout.yaxis.range[1] > 12, "the figure to pass is inside the picture"
    points = next(trace for trace in figure.data if trace.name == "compared")
    assert list(points.x) == [1.0, 7.0]


def test_numbers_of_the_table_are_the_rows(catalogue: Catalogue) -> None:
    rows = compare.durations(catalogue, QUICK, [24.0, 168.0])
    frame = compare_frames.numbers(rows)
    assert list(frame["link"]) == ["v=1&draws=1024", "v=1&duration=7d&draws=1024"]
    assert frame["ratio_median"][1] == rows[1].ratio.median
    assert frame["amount_low"][1] == pytest.approx(ends(rows[1].amount)[0] / 1e6)
    assert set(compare_frames.units("USD")) <= set(frame.columns)
