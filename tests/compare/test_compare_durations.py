"""Durations side by side: shapes in words, true reasons, lengths as people type them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from helpers.compared import QUICK, SAME, by_hand, ends, points
from helpers.each import each

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import duration_text
from model.common.ranges import Range
from model.compare import compare_durations, differences, sentences
from model.compare.differences import Compared
from model.estimation.estimate import estimate
from model.scenario.durations import hours_of
from views.pages.compare import frames


def _without(catalogue: Catalogue, *, buffered: bool) -> dict[str, float]:
    """Assumptions under which the buffered sectors, or those that stop at once, lose nothing."""
    return {
        f"sector.{sector.key}.dependence": 0.0 for sector in catalogue.sectors if sector.buffered is buffered
    }


def test_amounts_are_those_of_the_estimate_alone(catalogue: Catalogue) -> None:
    rows = compare_durations.durations(catalogue, QUICK, [168.0, 1.0, 24.0, 24.0])
    assert [row.label for row in rows] == ["1 hour", "1 day", "7 days"]
    for row in rows:
        alone = estimate(catalogue, row.result.scenario).amount("net_direct")
        assert ends(row.amount) == pytest.approx([*alone.range], rel=1e-9)
        hours = row.result.scenario.hours
        assert ends(row.per_hour) == pytest.approx([value / hours for value in ends(row.amount)], rel=SAME)


def test_progress_is_heard_and_ends_at_one(catalogue: Catalogue) -> None:
    heard: list[float] = []
    compare_durations.durations(catalogue, QUICK, [1.0, 24.0, 168.0], heard.append)
    assert heard == sorted(heard) and heard[-1] == 1
    assert {1 / 6, 2 / 6, 3 / 6} <= {round(share, 9) for share in heard} | set(heard), "each length is heard"
    won_back: list[float] = []  # a reason that needs the same without the restart: as much work once more
    platform = QUICK.with_changes(kind="single_platform_block")
    compare_durations.durations(catalogue, platform, [24.0, 168.0, 720.0], won_back.append)
    assert won_back == sorted(won_back) and won_back[-1] == 1 and {4 / 6, 5 / 6} <= set(won_back)
    for scenario in (QUICK, QUICK.with_changes(place=0.5)):
        (row,) = differences.without_draws(compare_durations.durations(catalogue, scenario, [1.0]))
        assert not row.result.draws
        assert row.result.whole is None or not row.result.whole.draws


def test_where_it_is_no_straight_line_is_said(catalogue: Catalogue) -> None:
    rows = compare_durations.durations(catalogue, QUICK, [24.0, 168.0])
    (text,) = compare_durations.shape_in_words(rows)
    step = compare_durations.step(*rows)
    assert step is not None and step.times == 7 and step.bend == "more"
    assert step.ratio.median is not None and 7.5 < step.ratio.median < 9.5
    assert (
        text.startswith("7 days cost 8.")
        and "more than in proportion (7 times), because after a while" in text
    )
    said = sentences.durations_headline(rows)
    assert said.startswith(
        "A full blackout across Pakistan: 7 days cost 8.3 times as much as 1 day (range 7."
    )
    assert said.endswith(
        "), not 7 times, because after a while work can no longer be recovered and customers leave."
    )


def test_the_reason_is_what_moves_an_hours_cost_draw_by_draw(catalogue: Catalogue) -> None:
    """From 1 hour to 2 nothing changes in what a buffered sector loses for good: only more has stopped by then."""
    plain = QUICK.with_changes(draws=4096)
    rows = compare_durations.durations(catalogue, plain, [1.0, 2.0])
    net, gross = by_hand(rows, "net_direct"), by_hand(rows, "gross")
    causes = compare_durations.causes(*rows)
    assert causes["lost"] == pytest.approx(float(np.median(net / gross)), rel=SAME)
    assert causes["interrupted"] == pytest.approx(float(np.median(gross / 2)), rel=SAME)
    assert 0.97 < causes["lost"] < 1, "sectors that stop at once, and win back less, are less of it"
    assert causes["interrupted"] > 1.05 and len(causes) == 2
    buffered = plain.with_changes(assumptions=_without(catalogue, buffered=False))
    alike = compare_durations.causes(*compare_durations.durations(catalogue, buffered, [1.0, 2.0]))
    assert alike["lost"] == pytest.approx(1, abs=2e-3) and alike["interrupted"] > causes["interrupted"]
    (text,) = compare_durations.shape_in_words(rows)
    assert "can no longer be recovered" not in text and "because" not in text
    slow = plain.with_changes(
        assumptions={"onset.immediate": 0.1, "restart.hours": 0.0}
    )  # then every draw bends
    (text,) = compare_durations.shape_in_words(compare_durations.durations(catalogue, slow, [1.0, 2.0]))
    assert text.endswith(
        "more than in proportion (2 times), because not everything stops in the first hours."
    )


def test_a_restart_that_grows_by_less_is_not_called_a_workaround(catalogue: Catalogue) -> None:
    """All stops at once and nothing adapts: an hour of the longer one is cheaper for the restart alone."""
    pinned = {"onset.immediate": 1.0, "adaptation.full_blackout.share": 0.0, "restart.hours": 2.0}

    def rows_of(buffered: bool | None = None) -> list[Compared]:
        pinned_too = {} if buffered is None else _without(catalogue, buffered=not buffered)
        only = QUICK.with_changes(assumptions={**pinned, **pinned_too})
        return compare_durations.durations(catalogue, only, [2.0, 24.0])

    rows, waiting, at_once = rows_of(), rows_of(buffered=True), rows_of(buffered=False)
    assert by_hand(waiting, "gross") == pytest.approx(np.full(1024, 26 / 3), rel=1e-6), "2 h and half of 2 h"
    assert by_hand(at_once, "gross") == pytest.approx(np.full(1024, 24 / 2), rel=1e-6), (
        "nothing to start again"
    )
    of_waiting, of_at_once = (part[0].result.draws["gross"] for part in (waiting, at_once))
    both = (of_waiting * 26 / 3 + of_at_once * 24 / 2) / (of_waiting + of_at_once)
    assert by_hand(rows, "gross") == pytest.approx(both, rel=1e-6)
    (text,) = compare_durations.shape_in_words(rows)
    assert text.endswith("less than in proportion (12 times), because the restart afterwards grows by less.")


def test_the_larger_of_two_causes_is_named_and_a_near_one_is_not_hidden(catalogue: Catalogue) -> None:

    def cause_and_text(*hours: float) -> tuple[float, str]:
        """How far the share lost for good moves beside what is interrupted, and the sentence."""
        rows = compare_durations.durations(catalogue, QUICK.with_changes(draws=4096), hours)
        causes = compare_durations.causes(*rows)
        (text,) = compare_durations.shape_in_words(rows)
        return float(np.log(causes["lost"]) / np.log(causes["interrupted"])), text

    part, text = cause_and_text(8.0, 72.0)
    assert part < 0.5 and text.endswith("times), because not everything stops in the first hours.")
    part, text = cause_and_text(12.0, 96.0)
    assert 0.5 < part < 1
    assert text.endswith("times), in part because not everything stops in the first hours.")
    part, text = cause_and_text(12.0, 168.0)
    assert 1 < part < 2
    assert text.endswith(
        "times), in part because after a while work can no longer be recovered and customers leave."
    )
    part, text = cause_and_text(72.0, 168.0)
    assert part < 0, "what is interrupted in an hour moves the other way"
    assert text.endswith("times), because after a while work can no longer be recovered and customers leave.")


def test_with_a_start_time_the_clock_is_a_cause_of_its_own(catalogue: Catalogue) -> None:
    """From ten at night the next hours are quiet and the day after is busy; that is no workaround."""
    clock = QUICK.with_changes(start="2026-01-05T22:00")
    rows = compare_durations.durations(catalogue, clock, [2.0, 6.0, 24.0])
    plain = compare_durations.durations(catalogue, QUICK, [2.0, 6.0])
    causes, bare = compare_durations.causes(*rows[:2]), compare_durations.causes(*plain)
    gross = by_hand(rows[:2], "gross") / by_hand(plain, "gross")
    assert causes["clock"] == pytest.approx(float(np.median(gross)), rel=1e-9) and causes["clock"] < 0.7
    assert causes["interrupted"] == pytest.approx(bare["interrupted"], rel=1e-9) and "clock" not in bare
    down, up = compare_durations.shape_in_words(rows)
    assert down.endswith("less than in proportion (3 times), because the hours that follow are quieter.")
    assert up.endswith("more than in proportion (4 times), because the hours that follow are busier.")
    spells = compare_durations.shape_in_words(
        compare_durations.durations(catalogue, clock.with_changes(spells=3), [2.0, 6.0])
    )
    assert spells[0].startswith("Outages of 6 hours cost ") and "because their hours are busier" in spells[0]
    long = compare_durations.durations(
        catalogue, QUICK.with_changes(start="2026-01-05T09:00"), [168.0, 720.0]
    )
    assert "can no longer be recovered" in compare_durations.shape_in_words(long)[0], (
        "a month is past the clock"
    )


def test_what_the_clock_does_is_computed_only_where_there_is_one(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = differences.estimated

    def counted(*args: Any) -> Any:
        asked.append(len(args[1]))
        return real(*args)

    monkeypatch.setattr("model.compare.compare_durations.estimated", counted)
    clock = QUICK.with_changes(start="2026-01-05T22:00")
    for scenario, hours in ((QUICK, [1.0, 2.0]), (clock, [1.0, 2.0]), (clock, [1.0])):
        compare_durations.durations(catalogue, scenario, hours)
    assert asked == [2, 4, 1]


def test_a_bend_that_the_range_does_not_bear_out_is_said_with_care(catalogue: Catalogue) -> None:
    mobile = QUICK.with_changes(draws=4096, kind="mobile_only")
    rows = compare_durations.durations(catalogue, mobile, [2.0, 72.0])
    assert compare_durations.shape_in_words(rows) == [
        "3 days cost 38 times 2 hours (32 to 46): about in proportion (36 times lies inside the range)."
    ]
    assert sentences.durations_headline(rows) == (
        "A cut of mobile data across Pakistan: 3 days cost 38 times as much as 2 hours (range 32 to 46), about in "
        "proportion: 36 times lies inside the range."
    )
    (text,) = compare_durations.shape_in_words(compare_durations.durations(catalogue, mobile, [24.0, 168.0]))
    assert text.startswith("7 days cost 6.5 times 1 day (5.7 to 7.5): about in proportion (7 times")
    morning = QUICK.with_changes(draws=4096, start="2026-01-05T09:00")
    rows = compare_durations.durations(catalogue, morning, [1.0, 24.0])
    step = compare_durations.step(*rows)
    assert step is not None and ends(step.ratio)[0] > 24 and not step.sure
    (text,) = compare_durations.shape_in_words(rows)
    assert "(24 to 32): about in proportion (24 times lies inside" in text, "an end that reads alike"


@pytest.mark.parametrize("kind", ["full_blackout", "single_platform_block", "cable_cut", "vpn_block"])
@pytest.mark.parametrize("start", [None, "2026-01-05T09:00", "2026-01-09T22:00"])
def test_no_sentence_says_more_than_its_range(catalogue: Catalogue, kind: str, start: str | None) -> None:
    hours = [1.0, 2.0, 6.0, 24.0, 72.0, 168.0, 720.0, 8760.0]
    rows = compare_durations.durations(catalogue, QUICK.with_changes(kind=kind, start=start), hours)
    for before, after in pairwise(rows):
        step = compare_durations.step(before, after)
        assert step is not None
        low, middle, high = ends(step.ratio)
        if step.sure:
            assert low > step.times if step.bend == "more" else high < step.times
        assert bool(step.why) <= step.sure
        assert (step.bend == "straight") == (abs(middle / step.times - 1) <= compare_durations.LINEAR_BAND)


def test_spells_and_places_stand_in_the_headline_which_stays_short(catalogue: Catalogue) -> None:
    four = compare_durations.durations(catalogue, QUICK.with_changes(spells=4), [24.0, 72.0])
    said = sentences.durations_headline(four)
    assert said.startswith(
        "4 internet blackouts across Pakistan: outages of 3 days cost 3.9 times as much as outages"
    )
    far = QUICK.with_changes(kind="cable_cut", spells=14, regions=tuple(list(catalogue.regions)[:6]))
    said = sentences.durations_headline(compare_durations.durations(catalogue, far, [24.0, 720.0]))
    assert (
        said.startswith("14 cable cuts ")
        and " in 6 regions of Pakistan: " in said
        and len(said) <= sentences.LONGEST
    )
    one = compare_durations.durations(catalogue, QUICK.with_changes(kind="slowdown", place=0.3), [24.0])
    said = sentences.durations_headline(one)
    assert (
        said.startswith("A slowdown to 65% of normal quality in 30% of Pakistan costs $") and "(range" in said
    )


def test_workarounds_bend_it_down_and_nothing_bends_nothing(catalogue: Catalogue) -> None:
    platform = QUICK.with_changes(kind="single_platform_block")
    (text,) = compare_durations.shape_in_words(
        compare_durations.durations(catalogue, platform, [24.0, 720.0])
    )
    assert "less than in proportion (30 times)" in text and "people find workarounds" in text
    pinned = {"onset.immediate": 1.0, "adaptation.full_blackout.share": 0.0, "recapture.spare_capacity": 0.0}
    (text,) = compare_durations.shape_in_words(
        compare_durations.durations(catalogue, QUICK.with_changes(assumptions=pinned), [24.0, 720.0])
    )
    assert text.startswith("30 days cost 29 times 1 day (28 to 30)") and "about in proportion" in text
    pinned["restart.hours"] = 0.0  # the last thing that bends
    rows = compare_durations.durations(catalogue, QUICK.with_changes(assumptions=pinned), [24.0, 720.0])
    assert by_hand(rows, "net_direct") == pytest.approx(np.full(1024, 30), rel=SAME)


def test_no_time_costs_nothing_and_no_ratio_is_invented(catalogue: Catalogue) -> None:
    rows = compare_durations.durations(catalogue, QUICK, [0.0, 24.0])
    assert compare_durations.step(*rows) is None
    assert rows[0].ratio == Range(0, 0, 0) and rows[1].ratio == Range(1, 1, 1), (
        "what costs nothing is no reference"
    )
    headline = sentences.durations_headline(rows)
    assert headline.startswith("A full blackout across Pakistan costs $0 in 0 hours and $")
    assert sentences.durations_headline(rows[1:]).endswith("add another length to compare.")
    nowhere = compare_durations.durations(catalogue, QUICK.with_changes(place=0.0), [24.0, 168.0])
    assert (
        nowhere[1].ratio == Range(None, None, None)
        and differences.times_text(nowhere[1].ratio) == "not defined"
    )


def test_nothing_stands_beside_the_shortest_that_costs_something(catalogue: Catalogue) -> None:
    rows = compare_durations.durations(catalogue, QUICK, [0.0, 1.0, 24.0])
    hour, day = (row.result.draws["net_direct"] for row in rows[1:])
    assert ends(rows[2].ratio) == pytest.approx(points(day / hour), rel=SAME)
    assert ends(rows[0].difference) == pytest.approx(
        [-value for value in reversed(ends(rows[1].amount))], rel=SAME
    )
    extra = ["difference", "times_before", "per_hour", "share_of_gdp"]
    table = frames.in_words(rows, "USD", "Duration", "1 hour", extra)
    assert table["Times 1 hour"].tolist()[:2] == ["0", "1.0"] and table["Direct loss"][0] == "$0"
    assert table["Per hour"][0] == table["Of GDP in that time"][0] == "no time"
    assert table["Times the one before"].tolist()[:2] == ["–", "the one before costs nothing"]
    assert not table.map(lambda cell: "not " in cell).any(axis=None)


def test_every_step_is_over_the_row_before_draw_by_draw(catalogue: Catalogue) -> None:
    rows = compare_durations.durations(catalogue, QUICK, [1.0, 24.0, 168.0])
    assert rows[0].times_before is None
    for before, after in pairwise(rows):
        assert after.times_before is not None
        ratios = after.result.draws["net_direct"] / before.result.draws["net_direct"]
        assert ends(after.times_before) == pytest.approx(points(ratios), rel=SAME)
    frame, last = frames.numbers(rows), rows[-1].times_before
    assert last is not None and frame["times_before_median"][2] == last.median
    assert np.isnan(frame["times_before_median"][0])
    assert "times_before_median" not in frames.numbers(differences.kinds(catalogue, QUICK))


@each(
    ("text", "hours"),
    [("90 minutes", 1.5), ("30 min", 0.5), ("1 minute", 1 / 60), ("1,5 days", 36.0), (",5 h", 0.5), ("0,125 d", 3.0),
     ("36 hours", 36.0), ("3d", 72.0), ("2 weeks", 336.0), ("6 mo", 4380.0), ("2y", 17520.0)],
)  # fmt: skip
def test_a_duration_as_people_type_it(text: str, hours: float) -> None:
    assert hours_of(text) == pytest.approx(hours, rel=1e-15)
    assert hours_of(duration_text(hours_of(text))) == pytest.approx(hours, rel=1e-4), (
        "read back from the chip"
    )


@each(
    ("text", "said"),
    [
        ("1,500 hours", "could be read in two ways; allowed: a number without a comma, such as 1500 or 1.5"),
        ("3 years", "'3 years' is more than 730 days; allowed: "),
        ("731 days", "'731 days' is more than 730 days; allowed: "),
        ("5m", "'5m' could be read in two ways; allowed: 5 minutes or 5 months"),
        ("1,500,000 h", "is more than 730 days"), ("-1 day", "is not a duration"), ("soon", "is not a duration"),
    ],
)  # fmt: skip
def test_a_duration_that_cannot_be_read_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        hours_of(text)
    assert said in str(caught.value)


def test_a_length_of_minutes_reads_as_it_is() -> None:
    assert [duration_text(minutes / 60) for minutes in (1, 20, 30, 80)] == [
        "1 minute", "20 minutes", "30 minutes", "80 minutes",
    ]  # fmt: skip
    assert duration_text(1 / 7) == "0.142857 hours"


def test_draws_in_which_both_cost_nothing_say_nothing(catalogue: Catalogue) -> None:
    ratios = differences.ratio_of(np.array([0.0, 2.0, 9.0]), np.array([0.0, 1.0, 3.0]))
    assert ratios is not None and ratios.tolist() == [2.0, 3.0]
    assert differences.spread(differences.ratio_of(np.array([1.0, 2.0]), np.array([0.0, 1.0]))) == Range(
        None, None, None
    )
    rows = compare_durations.durations(catalogue, QUICK.with_changes(kind="cable_cut"), [24.0, 168.0])
    assert rows[0].amount.low is not None and compare_durations.step(*rows) is not None


def test_durations_that_read_alike_are_told_apart(catalogue: Catalogue) -> None:
    rows = compare_durations.durations(catalogue, QUICK, [1.0, 24.0, 1000.01, 1000.02])
    assert [row.label for row in rows] == ["1 hour", "1 day", "1000.01 hours", "1000.02 hours"]
    assert compare_durations.duration_labels([1000.01]) == ["41.67 days"], "alone it needs no more digits"


def test_numbers_of_the_table_are_the_rows(catalogue: Catalogue) -> None:
    rows = compare_durations.durations(catalogue, QUICK, [24.0, 168.0])
    frame = frames.numbers(rows)
    assert list(frame["link"]) == ["v=2&draws=1024", "v=2&duration=7d&draws=1024"]
    assert frame["ratio_median"][1] == rows[1].ratio.median
    assert frame["amount_low"][1] == pytest.approx(ends(rows[1].amount)[0] / 1e6)
    assert set(frames.units("USD")) <= set(frame.columns)
