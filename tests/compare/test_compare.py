"""Comparisons by hand: differences and ratios draw by draw, kinds, places, what differs."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from helpers.compared import QUICK, SAME, WEEK, ends, points

from charts.marked_curve import marked_curve
from charts.palette import Caption, Form
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import percent
from model.common.ranges import Range
from model.compare import differences, sentences
from model.estimation.estimate import estimate, estimate_many
from model.estimation.inputs import EXPORT_RECEIPTS
from model.scenario.changes import changes
from model.scenario.fields import FIELDS, Header
from model.scenario.scenario import BASELINE, Scenario
from views.pages.compare import frames

CAPTION = Caption("Title", "range", "basis", "source", "stamp", "alternative words for the chart")


def test_differences_and_ratios_are_draw_by_draw(catalogue: Catalogue) -> None:
    other = WEEK.with_changes(kind="mobile_only")
    rows = differences.side_by_side(catalogue, [WEEK, other], ["a", "b"])
    first, second = (result.draws["net_direct"] for result in estimate_many(catalogue, [WEEK, other]))
    assert ends(rows[1].difference) == pytest.approx(points(second - first), rel=SAME)
    assert ends(rows[1].ratio) == pytest.approx(points(second / first), rel=SAME)
    apart = [a - b for a, b in zip(points(second), points(first), strict=True)]
    assert ends(rows[1].difference) != pytest.approx(apart, rel=0.01), (
        "the difference of ranges is another thing"
    )
    assert ends(rows[0].difference) == [0, 0, 0] and ends(rows[0].ratio) == [1, 1, 1]


def test_per_head_and_share_of_gdp_by_hand(catalogue: Catalogue) -> None:
    four = WEEK.with_changes(spells=4)
    (row,) = differences.side_by_side(catalogue, [four], ["four weeks"])
    people = catalogue.figures["PAK"]["population"].value
    gdp = catalogue.figures["PAK"]["gdp"].value
    assert ends(row.per_head) == pytest.approx([value / people for value in ends(row.amount)], rel=SAME)
    assert ends(row.share_of_gdp) == pytest.approx(
        [value / (gdp / 365 * 28) for value in ends(row.amount)], rel=SAME
    )
    assert ends(row.per_hour) == pytest.approx([value / (4 * 168) for value in ends(row.amount)], rel=SAME)


def test_a_region_counts_its_own_people(catalogue: Catalogue) -> None:
    rows = differences.regions(catalogue, WEEK)
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
    tenth, whole = differences.side_by_side(
        catalogue, [WEEK.with_changes(place=0.1), WEEK], ["tenth", "whole"]
    )
    assert ends(tenth.per_head) == pytest.approx(ends(whole.per_head), rel=1e-9)


def test_regions_are_pakistans_from_any_country(catalogue: Catalogue) -> None:
    kenya = WEEK.with_changes(country="KEN", currency="KES", place=0.3, assumptions={EXPORT_RECEIPTS: 900.0})
    rows = differences.regions(catalogue, kenya)
    assert {row.result.scenario.country for row in rows} == {"PAK"}
    assert {row.result.money.unit for row in rows} == {"USD"}
    assert ends(rows[0].amount) == pytest.approx(
        ends(differences.regions(catalogue, WEEK)[0].amount), rel=SAME
    )


def test_countries_do_not_borrow_each_others_receipts(catalogue: Catalogue) -> None:
    typed = WEEK.with_changes(assumptions={EXPORT_RECEIPTS: 5000.0}, regions=("Sindh",), currency="PKR")
    rows = differences.countries(catalogue, typed, ["IND", "PAK"])
    plain = differences.countries(catalogue, WEEK, ["IND", "PAK"])
    assert ends(rows[0].amount) == pytest.approx(ends(plain[0].amount), rel=SAME)
    assert ends(rows[1].amount) != pytest.approx(ends(plain[1].amount), rel=1e-6)
    assert ends(rows[1].difference) == [0, 0, 0], "the reader's own country is the reference"


def test_every_kind_stands_beside_the_readers(catalogue: Catalogue) -> None:
    slow = WEEK.with_changes(kind="slowdown", ratio=0.5)
    rows = differences.kinds(catalogue, slow)
    assert [row.result.scenario.kind for row in rows] == list(catalogue.kinds)
    own = next(row for row in rows if row.result.scenario.kind == "slowdown")
    assert own.result.scenario.ratio == 0.5 and ends(own.ratio) == [1, 1, 1]
    assert all(row.result.scenario.ratio is None for row in rows if row is not own)


def test_what_cannot_be_compared_says_so(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="one currency"):
        differences.side_by_side(catalogue, [WEEK, WEEK.with_changes(currency="PKR")], ["a", "b"])
    with pytest.raises(InputError, match="one seed"):
        differences.side_by_side(catalogue, [WEEK, QUICK.with_changes(seed=2)], ["a", "b"])
    scenarios = differences.aligned(
        [
            WEEK,
            QUICK.with_changes(seed=2, draws=256, currency="PKR"),
            WEEK.with_changes(country="KEN", currency="KES"),
        ]
    )
    assert {(item.draws, item.seed, item.currency) for item in scenarios} == {(1024, 1, "USD")}
    assert {item.currency for item in differences.aligned([WEEK.with_changes(currency="PKR")] * 2)} == {"PKR"}


def test_what_a_comparison_of_places_sets_aside_is_said() -> None:
    sindh = WEEK.with_changes(regions=("Sindh",), currency="PKR", assumptions={EXPORT_RECEIPTS: 900.0})
    text = " ".join(sentences.place_notes(sindh, regions=False))
    assert "Each country is taken whole, whatever region you chose (Sindh)" in text
    assert "in US dollars" in text and "typed for one country" in text
    assert sentences.place_notes(sindh, regions=True) == [
        "All regions are shown, whatever region you chose (Sindh)."
    ]
    kenya = WEEK.with_changes(country="KEN", place=0.3)
    text = " ".join(sentences.place_notes(kenya, regions=True))
    assert (
        "Pakistan only" in text
        and "Each region is taken whole, whatever share of the country you chose (30%)" in text
    )
    assert sentences.place_notes(kenya, regions=False) == [], "a share holds in every country"
    assert sentences.place_notes(WEEK, regions=True) == sentences.place_notes(WEEK, regions=False) == []


def test_draws_that_are_not_the_inputs_are_said() -> None:
    others = [WEEK, QUICK.with_changes(draws=4096), WEEK.with_changes(seed=7)]
    said = sentences.draws_note(others, ["mine", "a day", "other seed"])
    assert said.startswith(
        "All are computed on the same simulations, those of your present scenario (1,024, seed 1)"
    )
    assert "“a day” was kept with 4,096 simulations and seed 1" in said
    assert "“other seed” was kept with 1,024 simulations and seed 7" in said and "“mine”" not in said
    assert sentences.draws_note([WEEK, QUICK], ["a", "b"]) == ""


def test_an_estimate_says_how_far_it_is_and_can_be_ended(catalogue: Catalogue) -> None:
    heard: list[float] = []
    many = QUICK.with_changes(draws=16_384)
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
    assert set(rows) == {*FIELDS, "churn.rate", "sector.trade.dependence"} - {
        "regions",
        "capacity_lost",
        "period_days",
        "old_money",
        "ongoing",
    }
    assert (rows["country"].before, rows["country"].after) == ("Pakistan", "Kenya")
    assert (rows["hours"].before, rows["hours"].after) == ("1 day", "36 hours")
    assert (rows["place"].after, rows["ratio"].after, rows["ratio"].before) == ("12.5%", "55%", "as usual")
    assert rows["sector.trade.dependence"].after == "5% to 50%, most likely 6%"
    assert rows["churn.rate"].after == "exactly 0.01 per day"
    assert all(row.label for row in FIELDS.values())
    assert not changes(catalogue, mine, mine) and not changes(
        catalogue, BASELINE.with_changes(header=Header(title="x"))
    )


def test_sentences_of_every_part(catalogue: Catalogue) -> None:
    regions = sentences.places_headline(differences.regions(catalogue, WEEK), regions=True)
    assert regions.startswith("Punjab would lose the most") and "per person it is Islamabad" in regions
    rows = differences.side_by_side(catalogue, [WEEK, QUICK], ["Seven days", "One day"], reference=1)
    text = sentences.scenarios_headline(rows, 0, 1)
    assert text.startswith("“Seven days” costs $1") and "more than “One day”, 8." in text
    same = differences.side_by_side(catalogue, [WEEK, WEEK], ["a", "b"], reference=1)
    assert sentences.scenarios_headline(same, 0, 1) == "“a” costs the same as “b” in every simulation."


def test_the_headline_of_kinds_is_draw_by_draw_and_names_what_it_is_of(catalogue: Catalogue) -> None:
    order = list(catalogue.kinds)
    four = QUICK.with_changes(spells=4, place=0.3)
    rows = differences.kinds(catalogue, four)
    said = sentences.kinds_headline(rows, order.index("full_blackout"))
    assert said.startswith(
        "Of 7 types of disruption, a full blackout costs the most in 4 outages of 1 day in 30% of Pakistan, $20 "
        "million (range"
    )
    assert " in all; next is a cut of mobile data with " in said
    by_kind = {row.result.scenario.kind: row.result.draws["net_direct"] for row in rows}
    low, middle, high = (
        percent(share) for share in points(by_kind["mobile_only"] / by_kind["full_blackout"])
    )
    assert said.endswith(f"with {middle} of that ({low} to {high}).")
    table = frames.in_words(rows, "USD", "Kind", "a full blackout", ["difference"])
    cell = table["Times a full blackout"][order.index("mobile_only")]
    assert cell.startswith(f"0.{middle[:2]} (0.{low[:2]} to"), "table and headline agree"
    assert table["Difference from a full blackout"][order.index("mobile_only")].startswith("−$")


def test_the_headline_of_kinds_has_an_amount_whatever_the_readers_kind(catalogue: Catalogue) -> None:
    order = list(catalogue.kinds)
    other = differences.kinds(catalogue, WEEK.with_changes(kind="vpn_block"))
    none = Range(0.0, 0.0, 0.0)  # another kind that costs the very same is not the reader's
    other = [replace(row, difference=none) for row in other]
    vpn = sentences.kinds_headline(other, order.index("vpn_block"))
    assert vpn.startswith("In 7 days across Pakistan a full blackout costs the most, $1")
    assert " million (range $7" in vpn and " times a VPN block (" in vpn
    cut = QUICK.with_changes(kind="cable_cut", capacity_lost=0.3)  # costs nothing in some draws: no ratio
    said = sentences.kinds_headline(differences.kinds(catalogue, cut), order.index("cable_cut"))
    assert ", against probably none; 1 chance in 20 above $" in said and said.endswith(
        "of a cable cut with 30% of international capacity lost."
    )
    nowhere = differences.kinds(catalogue, QUICK.with_changes(place=0.0))
    assert (
        sentences.kinds_headline(nowhere, 0)
        == "None of the 7 types of disruption costs anything in 1 day in no part of Pakistan."
    )


def test_which_kind_costs_the_most_is_said_with_care_where_draws_differ(catalogue: Catalogue) -> None:
    rows = differences.kinds(catalogue, QUICK)
    by_kind = {row.result.scenario.kind: row for row in rows}
    pair = [by_kind["vpn_block"], by_kind["slowdown"]]
    said = sentences.kinds_headline(pair, 0)
    assert "probably costs the most in 1 day" in said
    sure = sentences.kinds_headline([by_kind["full_blackout"], by_kind["vpn_block"]], 0)
    assert "costs the most in 1 day" in sure


def test_kinds_say_how_slow_and_how_much_is_cut(catalogue: Catalogue) -> None:
    """From the parameters of the estimate: a reader's own default counts, and so does a quality that was given."""

    def labels(scenario: Scenario) -> list[str]:
        return [row.label for row in differences.kinds(catalogue, scenario)]

    ratio, capacity = (
        percent(catalogue.parameters[f"degradation.default_{name}"].mode or 0.0)
        for name in ("ratio", "capacity_lost")
    )
    assert labels(QUICK)[-2:] == [f"Slowdown to {ratio}", f"Cable cut of {capacity}"]
    assert labels(QUICK.with_changes(kind="slowdown", ratio=0.5))[-2:] == [
        "Slowdown to 50%",
        f"Cable cut of {capacity}",
    ]
    own = QUICK.with_changes(assumptions={"degradation.default_capacity_lost": 0.6})
    assert labels(own)[-2:] == [f"Slowdown to {ratio}", "Cable cut of 60%"]
    assert labels(QUICK)[0] == catalogue.kinds["full_blackout"].label


@pytest.mark.parametrize("form", ["screen", "picture"])
def test_the_curve_with_its_marks(catalogue: Catalogue, form: Form) -> None:
    result = estimate(catalogue, QUICK)
    curve = result.curves["net_direct"]
    frame = pd.DataFrame(
        {"days": result.durations / 24, "low": curve.low, "median": curve.median, "high": curve.high}
    )
    marks = frame[frame["days"].isin([1.0, 7.0])].assign(label=["1 day", "7 days"])
    figure = marked_curve(
        frame, marks, "USD", CAPTION, form, "{:.3g}".format, level=("Figure", 1e12), ends=[("median", 30.0)]
    )
    words = [note.text for note in figure.layout.annotations]
    assert {"1 day", "7 days"} <= set(words) and any(text.startswith("Figure ") for text in words)
    assert any(text.endswith("median") for text in words)
    assert figure.layout.yaxis.range[1] > 12, "the figure to pass is inside the picture"
    points = next(trace for trace in figure.data if trace.name == "compared")
    assert list(points.x) == [1.0, 7.0]
