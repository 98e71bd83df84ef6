"""How long until a cost passes a figure, and the figures that a reader may type."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.compared import QUICK
from helpers.each import each
from helpers.tables import Tables

from model.catalogue.load import Catalogue
from model.common.errors import DataError, InputError
from model.compare import breakeven, sentences
from model.compare.thresholds import figure_of, suggestions
from model.estimation.estimate import estimate, estimate_many
from model.scenario.scenario import Scenario


def test_break_even_agrees_with_an_estimate_of_that_length(catalogue: Catalogue) -> None:
    figure = 3e8
    result = estimate(catalogue, QUICK)
    crossing = breakeven.crossing(result, figure)
    met = crossing.hours.measured
    assert met is not None and met.low < met.median < met.high
    for hours, end in ((met.low, "high"), (met.median, "median"), (met.high, "low")):
        there = estimate(catalogue, QUICK.with_changes(hours=hours)).amount("net_direct")
        assert getattr(there, end) == pytest.approx(figure, rel=1e-3)
    passed = estimate(catalogue, QUICK.with_changes(hours=met.low)).draws["net_direct"] >= figure
    assert passed.mean() == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize(
    "scenario",
    [
        QUICK.with_changes(start="2026-01-05T10:30"),
        QUICK.with_changes(start="2026-01-09T22:00", kind="mobile_only", place=0.4, currency="PKR"),
        QUICK.with_changes(start="2026-01-05T23:15", regions=("Sindh",), spells=3),
    ],
)
def test_break_even_with_a_start_time_is_exact_too(catalogue: Catalogue, scenario: Scenario) -> None:
    """Between the stops the cost follows the hours of the week: nights are cheap and mornings dear."""

    def medians(*lengths: float) -> list[float]:
        asked = [scenario.with_changes(hours=hours) for hours in lengths]
        return [
            row.amount("net_direct").median or 0.0 for row in estimate_many(catalogue, asked, curves=False)
        ]

    hours = [7.3, 26.0, 70.0, 130.0]
    figures, result = medians(*hours), estimate(catalogue, scenario)
    lengths = [breakeven.crossing(result, figure).hours.median or 0.0 for figure in figures]
    assert all(figures) and all(lengths)
    assert medians(*lengths) == pytest.approx(figures, rel=1e-3)
    late = [(at, length) for at, length in zip(lengths, hours, strict=True) if at > length * 1.001]
    assert not late, "the first time that it is passed"


def test_spells_with_a_start_are_said_to_be_an_exception(catalogue: Catalogue) -> None:
    clock = QUICK.with_changes(start="2026-01-05T10:30", spells=2)
    assert "quieter hours" in sentences.rising_text(clock)
    for plain in (QUICK, clock.with_changes(spells=1), clock.with_changes(start=None)):
        assert sentences.rising_text(plain).startswith(
            "The longer it lasts, the more it costs in every simulation"
        )


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (0.0, "Any cost reaches $0: type an amount to hold the loss against."),
        (1e4, "reaches $10,000 within the first hour."),
        (1e14, "does not reach $100 trillion within 730 days in at least 95% of the simulations."),
        (3e8, "after 14 days (range 7.5 days to 25 days)"),
    ],
)
def test_break_even_in_words(catalogue: Catalogue, figure: float, words: str) -> None:
    result = estimate(catalogue, QUICK)
    assert words in sentences.crossing_headline(result, figure, breakeven.crossing(result, figure))


def test_a_break_even_that_few_draws_reach(catalogue: Catalogue) -> None:
    result = estimate(catalogue, QUICK.with_changes(kind="vpn_block"))
    curve = result.curves["net_direct"]
    figure = float(curve.median[-1] + curve.high[-1]) / 2
    crossing = breakeven.crossing(result, figure)
    assert crossing.hours.low is not None and crossing.hours.median is None and crossing.hours.high is None
    assert "in fewer than half of the simulations" in sentences.crossing_headline(result, figure, crossing)


def test_suggested_figures(catalogue: Catalogue) -> None:
    wall, cable, week = suggestions(estimate(catalogue, QUICK))
    assert wall.value == 300e6 and "seed001_05" in wall.basis and "claim" in wall.basis
    assert cable.value == 59.5e6 and "Dawn, 2025-02" in cable.basis
    assert week.value == pytest.approx(catalogue.figures["PAK"]["it_export_receipts"].value * 7 / 365)
    rupees = estimate(catalogue, QUICK.with_changes(currency="PKR"))
    assert suggestions(rupees)[1].value == pytest.approx(59.5e6 * rupees.money.per_usd)
    iran = suggestions(estimate(catalogue, QUICK.with_changes(country="IRN")))
    assert [item.key for item in iran] == ["firewall", "cable"], "no week of exports that nobody measured"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("musd", "-3", "musd"), ("musd", "", "a figure or a seed"), ("seed", "seed001_05", "a figure or a seed"),
     ("source", "hearsay", "not in sources.csv"), ("status", "heard", "status")],
)  # fmt: skip
def test_a_bad_figure_to_pass_is_named(tables: Tables, column: str, value: str, said: str) -> None:
    tables.set("data/thresholds.csv", "cable", column, value)
    with pytest.raises(DataError, match=r"thresholds\.csv row .*cable") as caught:
        tables.load().complete()
    assert said in str(caught.value)


def test_a_figure_to_pass_of_a_statement_without_a_value_is_named(tables: Tables) -> None:
    tables.set("data/thresholds.csv", "firewall", "seed", "seed001_01")
    with pytest.raises(DataError, match=r"thresholds\.csv row 2 \(firewall\) column seed"):
        tables.load().complete()


@each(
    ("text", "unit", "value"),
    [
        ("300", "USD", 300e6), (" 59.5 ", "USD", 59.5e6), ("300M", "USD", 300e6), ("$1.5bn", "USD", 1.5e9),
        ("1,5", "USD", 1.5e6), ("1 500", "USD", 1.5e9),
        ("1,234,567.5k", "USD", 1_234_567_500.0), ("PKR 2 billion", "PKR", 2e9),
        (".5", "USD", 5e5), ("0", "USD", 0.0), ("usd 3 tn", "USD", 3e12),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_people_write_it(text: str, unit: str, value: float) -> None:
    assert figure_of(text, unit) == pytest.approx(value, rel=1e-12)


@each(
    ("text", "said"),
    [
        ("1,500", "could be read in two ways; allowed: 1500 or 1.5"), ("$300", "300 million, or 0.0003"),
        ("1.5.0", "is not a number"), ("soon", "is not an amount"), ("", "is not an amount"), ("-3", "is out of range"),
        ("1e9", "is not an amount"), ("PKR 300", "is in PKR; allowed: an amount in USD"),
        ("9999999 tn", "is out of range"),
    ],
)  # fmt: skip
def test_a_figure_that_could_be_misread_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match="figure to pass") as caught:
        figure_of(text, "USD")
    assert said in str(caught.value)


def test_a_figure_passed_before_the_first_length_is_under_it(catalogue: Catalogue) -> None:
    result = estimate(catalogue, QUICK)
    curve, first = result.curves["net_direct"], 1.0
    at = int(np.flatnonzero(result.durations == first)[0])
    figure = float(curve.median[at] + curve.low[at]) / 2  # half of the draws pass it within the hour, not all
    crossing = breakeven.crossing(result, figure)
    soonest, median, latest = crossing.hours
    assert crossing.first == first and soonest == median == first
    assert latest is not None and latest > first
    assert [*sentences.crossing_texts(crossing)][:2] == ["under 1 hour", "under 1 hour"]
    said = sentences.crossing_headline(result, figure, crossing)
    assert " in under 1 hour (range under 1 hour to " in said
    assert sentences.length_text(1.5, first) == "1.5 hours"
