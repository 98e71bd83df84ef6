"""Back-tests: operators by hand, verdicts, misses that stay, the frozen set, and one table for screen and file."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from helpers.tables import Tables

from model.__main__ import main
from model.catalogue.load import ROOT, Catalogue
from model.common.errors import DataError
from model.common.ranges import Range
from model.evidence import record, vintages
from model.evidence.backtest import backtest, crps, parameter_set
from model.evidence.operators import loss
from model.evidence.outcomes import FIELDS, Outcome, Verdict, as_rows, within
from model.evidence.quantities import (
    contracts_lost,
    direct_receipts,
    receipts_lost,
    scenario_of,
    visible,
)
from model.evidence.scores import Backtest
from model.scenario.scenario import Scenario
from model.text.backtest_report import result_of

CARDS = [f"obs_{number:03d}" for number in range(1, 7)]


@pytest.fixture(scope="module")
def result() -> Backtest:
    from model.catalogue.load import load

    return backtest(load())


def row(result: Backtest, name: str) -> Outcome:
    return next(item for item in result.outcomes if item.observation.id == name)


def test_every_observation_has_an_outcome_and_a_reason(result: Backtest, catalogue: Catalogue) -> None:
    evidence = catalogue.evidence
    assert [item.observation.id for item in result.outcomes] == list(evidence.observations)
    assert len(result.outcomes) == 79
    assert all(item.operator.reason and item.sentence for item in result.outcomes)
    for item in result.with_verdict(Verdict.NOT_PREDICTABLE):
        assert item.operator.operator == "none" and item.predicted is None


def test_the_frozen_set_has_its_line_in_the_changelog(catalogue: Catalogue) -> None:
    """A parameter, sector or operator that changes needs a line that says why, before the row is run again."""
    current = parameter_set(catalogue, catalogue.evidence)
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("## Frozen parameter sets")[2]
    listed = re.findall(r"`([0-9a-f]{64})`", text)
    assert listed and listed[0] == current, (
        f"the parameter set is {current} and not the newest under 'Frozen parameter sets' in CHANGELOG.md: add a line"
    )


@pytest.mark.parametrize(
    ("table", "key", "column", "value"),
    [
        ("data/parameters.csv", "churn.rate", "mode", "0.004"),
        ("data/sectors.csv", "telecom", "dependence_mode", "0.8"),
        ("data/operators.csv", "obs_001", "to_hours", "12"),
    ],
)
def test_the_set_changes_with_what_enters_it(
    tables: Tables, catalogue: Catalogue, table: str, key: str, column: str, value: str
) -> None:
    before = parameter_set(catalogue, catalogue.evidence)
    tables.set(table, key, column, value)
    changed = tables.load()
    assert parameter_set(changed, changed.evidence) != before


def test_the_set_changes_with_an_event_a_day_a_lag_and_a_constant(
    tables: Tables, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them enters a prediction, so none may change without a line; the words of an event may."""
    sets = [parameter_set(catalogue, catalogue.evidence)]
    event = tables.root / "data" / "events" / "pak_2023_05_mobile_data_cut.toml"
    text = event.read_text(encoding="utf-8")

    def put(changed: str) -> str:
        event.write_text(changed, encoding="utf-8")
        loaded = tables.load()
        return parameter_set(loaded, loaded.evidence)

    assert put(re.sub(r"(?m)^title = .*$", 'title = "Another title"', text)) == sets[0]
    pinned = (
        f'{text.partition("[range]")[0].rstrip()}\n\n[scenario.set]\n"severity.mobile_only.small" = 0.5\n'
    )
    sets.append(put(pinned))
    tables.set("data/publication_lags.csv", "gdp_by_year", "months", "12")
    sets.append(put(text))
    tables.set("data/observations.csv", "obs_012", "start", "2024-08-15")
    sets.append(put(text))
    monkeypatch.setattr("model.evidence.backtest.EVER_LOSE", 0.8)
    sets.append(put(text))
    assert len(set(sets)) == len(sets)


def test_words_beside_a_value_do_not_change_the_set(tables: Tables, catalogue: Catalogue) -> None:
    tables.set("data/parameters.csv", "churn.rate", "label", "Another name")
    changed = tables.load()
    assert parameter_set(changed, changed.evidence) == parameter_set(catalogue, catalogue.evidence)


def test_receipts_lost_in_all_months_are_the_lagged_receipts(catalogue: Catalogue) -> None:
    """Without discount, the visible months of all contracts lost give back the lagged receipts of the estimate."""
    from model.estimation.estimate import estimate

    pins = {"churn.discount_rate": 0.0, "churn.lag_months": 6.0, "churn.half_life_months": 12.0}
    whole = estimate(catalogue, Scenario(hours=168.0, assumptions=pins))
    months = sum(visible(month, np.array(6.0), np.array(12.0)) for month in range(1, 25))
    total = contracts_lost(whole) * whole.economy.receipts / 12 * months
    np.testing.assert_allclose(total, whole.draws["lagged_receipts"], rtol=1e-9)


def test_direct_receipts_are_value_added_over_its_share(catalogue: Catalogue) -> None:
    from model.estimation.estimate import estimate

    estimated = estimate(catalogue, Scenario(hours=24.0))
    share = estimated.table["exports.value_added_share"]
    assert share is not None
    groups = [s.key for s in catalogue.sectors if s.export_group]
    net = sum(estimated.draws[f"net_direct.{name}"] for name in groups)
    np.testing.assert_allclose(direct_receipts(estimated), net / share.mode, rtol=1e-9)


def test_no_event_loses_nothing(catalogue: Catalogue) -> None:
    lost = receipts_lost(
        catalogue, scenario_of(catalogue, "blackout_one_day").with_changes(hours=0.0), 0, 0, 3
    )
    assert not lost.any()


def test_crps_is_that_of_a_normal_forecast() -> None:
    """Closed form of Gneiting and Raftery for N(0, 1) at x: x (2 Phi(x) - 1) + 2 phi(x) - 1 / sqrt(pi)."""
    draws = np.random.default_rng(1).standard_normal(40_000)
    at = 0.7
    cumulative, density = (
        0.5 * (1 + math.erf(at / math.sqrt(2))),
        math.exp(-(at**2) / 2) / math.sqrt(2 * math.pi),
    )
    expected = at * (2 * cumulative - 1) + 2 * density - 1 / math.sqrt(math.pi)
    assert crps(draws, at) == pytest.approx(expected, abs=0.01)
    assert crps(np.full(16, 0.25), 0.75) == pytest.approx(0.5)  # a certain forecast: the distance


def test_verdicts_follow_from_the_numbers(result: Backtest) -> None:
    for item in result.outcomes:
        if item.verdict in ("inside", "outside"):
            assert item.predicted is not None and item.observed is not None
            assert within(item.operator, item.observed, item.predicted) == (item.verdict == "inside")
            assert item.observation.use in ("yes", "detectability")
        if item.verdict == "too small to see":
            assert item.limit is not None and item.effect is not None and abs(item.effect) < item.limit
        if item.observation.use == "calibration":
            assert item.verdict in ("used to fit", "not predictable") and not item.counted
    assert row(result, "obs_026").verdict == "used to set a range"


def test_a_miss_is_shown_as_a_miss(result: Backtest) -> None:
    misses = result.with_verdict(Verdict.OUTSIDE)
    assert misses, "when none is left, test one with data of its own"
    for item in misses:
        assert ": a miss. Outside the range: " in item.sentence
        assert item.observation.confounders in item.sentence


def test_summary_counts_and_calls_nothing_a_rate(result: Backtest) -> None:
    summary = result.summary
    print("back-tests:", *result.sentences, sep="\n  ")
    parts = ("predictable_rows", "too_small_to_see", "used_to_fit", "used_to_set_a_range", "not_predictable")
    assert sum(summary[name] for name in parts) == summary["rows"] == 79
    assert summary["out_of_sample_events"] < 10 and summary["coverage"] is None
    assert "not a rate" in result.sentences[2]
    assert f"{summary['inside']} of {summary['predictable_rows']} rows" in result.sentences[1]
    assert f"{summary['out_of_sample_inside']} of {summary['out_of_sample_rows']} rows" in result.sentences[2]
    assert {row(result, name).observation.event for name in CARDS} == {"pk_2023_05"}


def test_scores_go_by_event(result: Backtest) -> None:
    """Six card rows of one event weigh as much as one row of another."""
    means = {}
    for item in result.events:
        rows = [one for one in result.counted if one.observation.event == item.event]
        assert (item.rows, item.inside) == (len(rows), sum(one.verdict == "inside" for one in rows))
        errors = [one.crps for one in rows if one.crps is not None]
        means[item.event] = sum(errors) / len(errors) if errors else None
        assert item.crps == (None if not errors else pytest.approx(means[item.event]))
        assert item.in_sample == sum(one.sample == "in-sample" for one in rows)
    scores = [value for value in means.values() if value is not None]
    assert result.summary["mean_crps"] == pytest.approx(sum(scores) / len(scores))
    assert next(item for item in result.events if item.event == "pk_2023_05").rows == 6


def test_a_rate_needs_ten_events_of_rows_that_no_parameter_saw(result: Backtest) -> None:
    first = row(result, "obs_076")

    def event(name: str) -> Outcome:
        return replace(first, observation=first.observation.model_copy(update={"event": name}))

    nine = replace(result, outcomes=tuple(event(f"e{number}") for number in range(9)))
    assert nine.summary["coverage"] is None and "not a rate" in nine.sentences[2]
    ten = replace(result, outcomes=tuple(event(f"e{number}") for number in range(10)))
    assert ten.summary["coverage"] == 0 and "by event 0%" in ten.sentences[2]


def test_unrest_and_noise_only_widen(result: Backtest) -> None:
    """Both ranges are printed; calm events without noise have one."""
    for item in result.outcomes:
        if item.alone is None or item.predicted is None:
            continue
        if not item.noise and not item.unrest:
            assert (item.alone.low, item.alone.high) == (item.predicted.low, item.predicted.high)
        assert item.predicted.low <= item.alone.low + 1e-9, item.observation.id
        assert item.inside_alone in ("yes", "no")
    blackout = row(result, "obs_053")
    assert blackout.unrest == 2 and blackout.alone is not None and blackout.predicted is not None
    assert blackout.predicted.low < blackout.alone.low


def test_known_misses_stay(result: Backtest) -> None:
    """Firms that lose after eight hours lie below the curve that was fitted to 2016: an observed miss."""
    assert row(result, "obs_076").verdict == "outside" and row(result, "obs_076").sample == "out-of-sample"
    for name in ("obs_035", "obs_070"):
        assert row(result, name).verdict == "not predictable" and "profit" in row(result, name).sentence


def test_claims_are_markers_and_decide_nothing(result: Backtest) -> None:
    marked = [item for item in result.outcomes if item.markers]
    assert marked
    may = row(result, "obs_007")
    assert may.markers[0].claim == "claim_031"
    # $30M to $35M of a month of $203M.
    assert may.markers[0].low == pytest.approx(-35 / 203) and may.markers[0].high == pytest.approx(-30 / 203)


def test_receipts_rows_know_only_what_was_known(catalogue: Catalogue, result: Backtest) -> None:
    """Slowdown of 15 July 2024: June is printed late in July, so March to May are the newest months."""
    values = {item.month: item.value_musd for item in catalogue.evidence.months}
    names = [f"2023-{m:02d}" for m in range(7, 13)] + [f"2024-{m:02d}" for m in range(1, 6)]
    growth = [math.log(values[name] / values[record.year_before(name)]) for name in names]
    errors = [growth[i] - sum(growth[i - 3 : i]) / 3 for i in range(3, len(growth))]
    mean = sum(errors) / len(errors)
    noise = math.sqrt(sum((error - mean) ** 2 for error in errors) / (len(errors) - 1))
    outcome = row(result, "obs_012")
    assert outcome.naive == pytest.approx((306 / 224 + 310 / 191 + 332 / 236) / 3 - 1)
    assert outcome.noise == pytest.approx(noise) and outcome.limit == pytest.approx(1.645 * noise)
    assert (
        "2024-03 to 2024-05" in outcome.inputs
        and "GDP of 2022" in outcome.inputs
        and "FY23" in outcome.inputs
    )


def test_later_months_change_no_prediction(tables: Tables, result: Backtest) -> None:
    """Every month from June 2024 on made wild: rows of events before it stay, those after it move."""

    def wild(cells: list[list[str]]) -> list[list[str]]:
        names = ("month", "value_musd", "low_musd", "high_musd")
        month, value, low, high = (cells[0].index(name) for name in names)
        for number, line in enumerate(cells[1:]):
            if line[month] >= "2024-06":
                line[value], line[low], line[high] = str(200 + 45 * (number % 5)), "", ""
        return cells

    tables.change("data/exports_monthly.csv", wild)
    changed = backtest(tables.load())
    for name in ("obs_007", "obs_008", "obs_009", "obs_011", "obs_012", "obs_013"):
        assert row(changed, name) == row(result, name)
    assert row(changed, "obs_014").predicted != row(result, "obs_014").predicted


def test_what_was_published_by_a_day(catalogue: Catalogue) -> None:
    """By hand from the lags: GDP seven months after the year, receipts one month after the year or month."""
    months = catalogue.evidence.months
    assert {name: item.months for name, item in catalogue.lags.items()} == {
        "gdp_by_year": 7, "exports_fiscal_year": 1, "exports_monthly": 1,
    }  # fmt: skip
    july, august = (vintages.as_of(catalogue, months, "PAK", f"2024-{day}") for day in ("07-31", "08-01"))
    read_then = [
        (item.catalogue.figures["PAK"]["gdp"].year, item.catalogue.figures["PAK"]["gdp"].value,
         item.catalogue.figures["PAK"]["it_export_receipts"].value, item.months[-1].month)
        for item in (july, august)
    ]  # fmt: skip
    assert read_then == [
        (2022, 374_890_295_667, 2_596e6, "2024-05"), (2023, 336_686_348_609, 3_223e6, "2024-06"),
    ]  # fmt: skip
    assert catalogue.figures["PAK"]["gdp"].year == 2025
    egypt = vintages.as_of(catalogue, months, "EGY", "2011-01-28")
    assert egypt.catalogue.figures["EGY"]["gdp"].year == 2010 and "printed after the event" in egypt.words
    assert "the only year in our tables" in egypt.words


def test_the_economy_cancels_out_of_a_share_of_receipts(catalogue: Catalogue) -> None:
    evidence = catalogue.evidence
    then = vintages.as_of(catalogue, evidence.months, "PAK", "2023-05-09").catalogue
    assert then.figures["PAK"]["gdp"].value != catalogue.figures["PAK"]["gdp"].value
    item, row = evidence.observations["obs_007"], evidence.operators["obs_007"]
    np.testing.assert_allclose(loss(then, item, row), loss(catalogue, item, row), rtol=1e-9)


def test_inside_is_said_of_every_row_with_a_band(result: Backtest) -> None:
    banded = [item for item in result.outcomes if item.predicted is not None]
    assert len(banded) == 45 and {item.inside for item in banded} == {"yes", "no"}
    for item in result.outcomes:
        if item.predicted is None or item.observed is None:
            assert item.inside == ""
            continue
        assert item.inside == ("yes" if within(item.operator, item.observed, item.predicted) else "no")
        assert ("Outside the range: " in item.sentence) == (item.inside == "no"), item.observation.id
    outside = {item.observation.id for item in result.outside_uncounted}
    assert outside == {item.observation.id for item in banded if item.inside == "no" and not item.counted}
    rows = {line["id"]: line for line in as_rows(result.outcomes)}
    assert {name for name, line in rows.items() if line["inside"]} == {item.observation.id for item in banded}


def test_a_row_outside_says_by_how_much(result: Backtest) -> None:
    card = row(result, "obs_004")
    above = replace(card, predicted=Range(-0.8, -0.7, -0.6))  # observed −56%, 4 points above −60%
    above = replace(above, verdict=Verdict.OUTSIDE)
    assert "the observed value lies 4.0% of the usual value above it." in above.sentence
    below = replace(
        card, predicted=Range(-0.5, -0.3, -0.2), verdict=Verdict.TOO_SMALL_TO_SEE, limit=0.2, effect=-0.1
    )
    assert "neither a hit nor a miss. Outside the range: the observed value lies 6.0%" in below.sentence


def test_rows_that_made_the_parameters_are_in_sample(catalogue: Catalogue, result: Backtest) -> None:
    """A row whose page is the source of a parameter had a hand in it: none is called out-of-sample."""
    levels = ("exports.receipts_musd", "coping.reference_receipts_musd")  # cancel out of every share
    addresses = {
        catalogue.sources[name].url: key
        for key, item in catalogue.parameters.items() if key not in levels
        for name in item.source.split(";") if name in catalogue.sources and catalogue.sources[name].url
    }  # fmt: skip
    shared = [item for item in catalogue.evidence.observations.values() if item.url in addresses]
    assert {"obs_001", "obs_010", "obs_026", "obs_036"} <= {item.id for item in shared}
    assert all(item.in_sample for item in shared)
    assert [row(result, name).sample for name in (*CARDS, "obs_010")] == ["in-sample"] * 7
    assert {item.sample for item in result.with_verdict(Verdict.NOT_PREDICTABLE)} == {""}
    summary = result.summary
    assert (
        f"{summary['in_sample']} of these rows were in view when a parameter was set" in result.sentences[1]
    )
    assert summary["in_sample"] + summary["out_of_sample_rows"] == summary["predictable_rows"]
    fewer = replace(result, outcomes=tuple(item for item in result.outcomes if not item.counted))
    assert fewer.sentences[2] == "No counted row is out-of-sample."


def test_file_command_and_table_are_one(
    result: Backtest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["backtest", "--format", "csv"]) == 0
    monkeypatch.setattr("model.cli.backtest.backtest", lambda *_: result)  # the other forms run no row again
    printed = capsys.readouterr().out
    assert printed == result_of(result).in_form("csv")
    lines = list(csv.DictReader(io.StringIO(printed)))
    assert len(lines) == 79 and set(FIELDS) <= set(lines[0])
    assert lines[0]["parameter_set"] == result.parameter_set
    assert main(["backtest", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["parameter_set"] == result.parameter_set and answer["rows"] == as_rows(result.outcomes)
    assert main(["backtest"]) == 0
    text = capsys.readouterr().out
    assert result.parameter_set in text and "a miss" in text


@pytest.mark.parametrize(
    ("key", "column", "value", "message"),
    [
        ("obs_001", "operator", "guess", "operator"),
        ("obs_001", "event", "pak_1999_nothing", "pak_1999_nothing"),
        ("obs_001", "markers", "claim_999", "claim_999"),
        ("obs_002", "observation", "obs_001", "repeats"),
        ("obs_001", "from_hours", "-1", "from_hours"),
    ],
)
def test_a_bad_operator_names_row_and_column(
    tables: Tables, key: str, column: str, value: str, message: str
) -> None:
    tables.set("data/operators.csv", key, column, value)
    with pytest.raises(DataError, match=re.escape(message)):
        backtest(tables.load())


def test_a_bad_vintage_names_row_and_column(tables: Tables) -> None:
    tables.set("data/observations.csv", "obs_001", "evidence_for", "severity.nothing.")
    with pytest.raises(DataError, match=r"\(obs_001\) column evidence_for.*severity\.nothing"):
        tables.load().complete()
    tables.set("data/observations.csv", "obs_001", "evidence_for", "")
    tables.set("data/observations.csv", "obs_012", "start", "")
    with pytest.raises(DataError, match=r"\(obs_012\) column start"):
        tables.load().complete()


def test_a_series_without_a_lag_is_an_error(tables: Tables) -> None:
    tables.change("data/publication_lags.csv", lambda cells: cells[:-1])
    with pytest.raises(DataError, match="exports_monthly"):
        tables.load().complete()


def test_an_observation_without_operator_is_an_error(tables: Tables) -> None:
    tables.change("data/operators.csv", lambda cells: cells[:-1])
    with pytest.raises(DataError, match="obs_079"):
        tables.load().complete()


def test_percentages_are_refused(tables: Tables) -> None:
    tables.set("data/observations.csv", "obs_036", "observed", "13")
    with pytest.raises(DataError, match="not a percentage"):
        tables.load().complete()
