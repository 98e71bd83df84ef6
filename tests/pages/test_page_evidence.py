"""The pages Evidence and Methods, and the strip of methods: what stands on them, under every choice."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest
from helpers.single_pages import evidence_app, hold, methods_app, moved_values, text_of
from streamlit.testing.v1 import AppTest

from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from model.catalogue.load import Catalogue
from model.claims.cards import ClaimCard, claim_cards
from model.common.numbers import significant, spoken
from model.common.ranges import Range
from model.estimation.estimate import estimate
from model.evidence import record, record_events
from model.evidence.backtest import backtest
from model.evidence.outcomes import FIELDS, Verdict
from model.evidence.quantities import scenario_of
from model.evidence.scores import Backtest
from model.methods.strip import applicable
from model.scenario.scenario import Scenario
from model.text.backtest_report import result_of
from views.pages.estimate import method_strip
from views.pages.evidence import controls, spread
from views.pages.evidence import page as evidence
from views.pages.evidence.spread_sentences import beyond, reasons
from views.pages.methods import changes
from views.pages.methods import page as methods_page

TIMEOUT = 90
CAPTION = Caption("A title", "A range", "A basis", "A source", "A stamp", "A text")


def strip_app() -> None:
    import streamlit as st

    from model.estimation.estimate import estimate
    from model.scenario.scenario import Scenario
    from views.pages.estimate.method_strip import strip_block
    from views.session import state

    hours = float(st.session_state.get("hours", 24.0))
    kind = str(st.session_state.get("kind", "full_blackout"))
    currency = str(st.session_state.get("currency", "USD"))
    strip_block(estimate(state.catalogue(), Scenario(kind=kind, hours=hours, currency=currency)))


def opened(app: AppTest) -> AppTest:
    made = app.run()
    assert not made.exception
    return made


def put(page: AppTest, **values: object) -> None:
    hold(page, controls.STORE, **(moved_values(page, controls.STORE) | values))


def section(page: AppTest, name: str) -> AppTest:
    put(page, section=name)
    page.run()
    assert not page.exception
    return page


@pytest.fixture(scope="module")
def tests_run(catalogue: Catalogue) -> Backtest:
    """The back-tests, which take a second."""
    return backtest(catalogue)


@pytest.fixture(scope="module")
def cards(catalogue: Catalogue) -> tuple[ClaimCard, ...]:
    """The cards of the claims, which take half a second."""
    return claim_cards(catalogue)


@pytest.fixture(scope="module")
def opened_once() -> AppTest:
    return opened(AppTest.from_function(evidence_app, default_timeout=TIMEOUT))


@pytest.fixture
def page(opened_once: AppTest) -> AppTest:
    """The page with the shipped values, whatever an earlier test chose; opening it anew would take seconds."""
    hold(opened_once, controls.STORE)
    return opened_once


def test_back_tests_stand_on_the_page(page: AppTest, catalogue: Catalogue, tests_run: Backtest) -> None:
    on_page, result = text_of(section(page, controls.TESTS)), tests_run
    for sentence in result.sentences:
        assert sentence in on_page
    assert result.parameter_set[:12] in on_page
    for item in (*result.with_verdict(Verdict.OUTSIDE), *result.outside_uncounted):
        assert item.sentence in on_page and item.observation.url in on_page
    for lag in catalogue.lags.values():
        assert lag.reason in on_page and catalogue.sources[lag.source].url in on_page
    assert result.declared in on_page and catalogue.evidence.declared is not None
    events, rows = (frame.value for frame in page.dataframe[:2])
    assert list(events["Event"]) == [item.label for item in result.events]
    assert list(events["Inside"]) == [item.inside for item in result.events]
    assert list(events["Inside without unrest and noise"]) == [item.inside_alone for item in result.events]
    assert list(rows["Inside the range"]) == [item.inside for item in result.outcomes]
    assert list(rows["Sample"]) == [item.sample for item in result.outcomes]
    column = rows["Claimed"]
    claimed = {item.observation.id: text for item, text in zip(result.outcomes, column, strict=True)}
    # $300M to $500M against August 2023's $235M with the growth that was known: below −100%, so not in the chart.
    assert "claim_002 −" in claimed["obs_013"] and "claim_001 −" in claimed["obs_013"]
    assert all(bool(claimed[item.observation.id]) == bool(item.markers) for item in result.outcomes)
    assert list(rows["Known then"]) == [item.inputs for item in result.outcomes]
    assert len(rows) == len(result.outcomes)
    assert list(rows["Verdict"]) == [item.verdict for item in result.outcomes]


def test_the_picture_shows_every_row(tests_run: Backtest) -> None:
    from views.pages.evidence.back_tests import figure

    shown = [item for item in tests_run.outcomes if item.predicted is not None]
    text = Caption("title", "range", "basis", "source", "stamp", "alt")
    for form in ("screen", "picture", "square"):
        words = "\n".join(
            note.text for note in figure(shown, tests_run.events, text, form).layout.annotations
        )
        plain = " ".join(re.sub("<[^>]+>", " ", words).split())
        for item in shown:
            assert item.event_label in plain
            assert f"{item.verdict}: " in plain or item.ceiling
        assert "in-sample" in words and "bound kept" in words and "too small to see" in words


def test_the_file_of_the_page_is_that_of_the_command(tests_run: Backtest) -> None:
    from model.evidence.outcomes import as_rows
    from model.text.backtest_report import provenance_of_tests
    from views.parts.blocks import ChartTable

    frame = pd.DataFrame(as_rows(tests_run.outcomes), columns=list(FIELDS), dtype=object)
    assert ChartTable(frame, {}, provenance_of_tests(tests_run)).csv() == result_of(tests_run).in_form("csv")


def test_the_record_says_what_follows(page: AppTest, catalogue: Catalogue) -> None:
    months = catalogue.evidence.months
    on_page = text_of(section(page, controls.RECORD))
    assert "not detectable, neither a hit nor a miss" in on_page and "$21.3 million below" in on_page
    assert "Noise is the series’ own" in on_page and "A detection limit depends on its definition" in on_page
    for item in record.gaps(catalogue, months, *record.PERIOD, claimed=0.3, own=0.15):
        assert item.sentence in on_page
        assert item.baseline.sources or "Growth: an assumption" in on_page
        assert all(url in on_page for _, url in item.baseline.sources), item.baseline.key
    for conflict in record.conflicts(catalogue, months):
        assert f"used {conflict.used:,.0f} M USD" in on_page and conflict.sources[0][1] in on_page, (
            conflict.period
        )
    shown = page.dataframe[0].value
    items = catalogue.evidence.disruptions
    assert list(shown["Month"]) == list(record_events.marked_months(months, items))
    assert all(url.startswith("http") for url in shown["Source of the earnings"])
    for name in ("Nationwide, began", "Nationwide, ran on", "In places"):
        assert any(shown[name]) and not any("_" in text for text in shown[name])
    days = page.dataframe[1].value
    assert list(days["Address"]) == [item.url for item in items]
    for sentence in record_events.dip_sentences(months, record_events.marked_months(months, items)):
        assert sentence in on_page


def test_other_months_give_another_gap(page: AppTest) -> None:
    put(page, months=("2025-01", "2025-06"))
    on_page = text_of(section(page, controls.RECORD))
    assert (
        "2025-01 to 2025-06" in on_page and "January to June 2025: On" in on_page and "$21.3M" not in on_page
    )


def test_months_are_chosen_by_hand(page: AppTest) -> None:
    put(page, months=("2024-08", "2024-12"))
    section(page, controls.RECORD)
    page.selectbox(key="w_record_last").set_value("2025-09").run()
    page.selectbox(key="w_record_first").set_value("2025-08").run()
    assert not page.exception
    assert moved_values(page, controls.STORE)["months"] == ("2025-08", "2025-09")
    page.selectbox(key="w_record_last").set_value("2024-08").run()  # the ends change places
    assert moved_values(page, controls.STORE)["months"] == ("2024-08", "2025-08")
    assert "2024-08 to 2025-08" in text_of(page)


@pytest.mark.parametrize("event", list(controls.EVENTS))
def test_one_event_every_price(page: AppTest, catalogue: Catalogue, event: str) -> None:
    put(page, event=event)
    on_page = text_of(section(page, controls.PRICES))
    rows = [row for row in catalogue.methods.estimates if row.event == event]
    assert spread.headline(controls.EVENTS[event][0], [row for row in rows if spread.per_day(row)]) in on_page
    assert "is disrupted" in on_page and "our reading" in on_page
    shown = page.dataframe[0].value
    assert len(shown) == sum(spread.per_day(row) is not None for row in rows)
    for row in rows:
        if row.url:
            assert row.url in on_page, row.id


def test_factors_among_equals_span_the_ends_of_the_table(catalogue: Catalogue) -> None:
    """Among figures of one basis: from the lowest low end of the table to the highest high end."""
    result = estimate(catalogue, scenario_of(catalogue, "blackout_one_day"))
    uneven = 0
    for event in controls.EVENTS:
        rows = [row for row in catalogue.methods.estimates if row.event == event]
        priced = [row for row in rows if row.a_day is not None and not beyond(row)]
        table = spread.frame(priced, [])
        texts = reasons(priced, result, [4.0, 3.0, 2.0, 1.0])
        for basis, lines in table.groupby("basis"):
            if len(lines) > 1:
                low, high = lines["low"].min(), lines["high"].max()
                ends = f"{spoken(low * 1e6)} to {spoken(high * 1e6)} a day, a factor of {significant(high / low)}."
                assert any(ends in text for text in texts), (event, basis, ends)
                uneven += bool(
                    (lines["low"] < lines["middle"]).any() or (lines["high"] > lines["middle"]).any()
                )
    assert uneven >= 2  # with rows whose ends differ from their middle


def test_prices_are_in_ascending_order_with_ours_among_them(catalogue: Catalogue) -> None:
    result = estimate(catalogue, scenario_of(catalogue, "blackout_one_day"))
    rows = [row for row in catalogue.methods.estimates if row.event == "pk_national_blackout_day"]
    table = spread.frame([row for row in rows if spread.per_day(row)], spread.chain(result))
    assert list(table["middle"]) == sorted(table["middle"])
    assert int(table["mine"].sum()) == 4
    whole, touched, gross, net = (link.price.median for link in spread.chain(result))
    assert whole > touched > gross > net > 0
    assert whole == pytest.approx(result.economy.gva / 365, rel=1e-6)


def test_every_basis_has_words_and_a_colour(catalogue: Catalogue) -> None:
    bases = {row.basis for row in catalogue.methods.estimates}
    assert bases <= set(spread.STOPS) and bases <= set(spread.COLOURS)


def test_claim_cards_can_be_searched(page: AppTest, cards: tuple[ClaimCard, ...]) -> None:
    on_page = text_of(section(page, controls.CLAIMS))
    assert evidence.cards_sentence(cards) in on_page and "assumption" in on_page
    page.text_input(key="w_evidence_search").set_value("claim_026 280 times").run()
    assert not page.exception
    on_page = text_of(page)
    assert "PKR 300 million in 6 days" in on_page and "claim_001" in on_page
    page.text_input(key="w_evidence_search").set_value("$(*[ none").run()
    assert not page.exception and "No card holds these words" in page.info[0].value
    page.text_input(key="w_evidence_search").set_value("").run()


@pytest.mark.parametrize("words", ["", "claim_026", "telecom slowdown", "claim_014"])
def test_a_contradiction_leads_to_the_card(page: AppTest, cards: tuple[ClaimCard, ...], words: str) -> None:
    """The name of a contradicted claim is a link to its card, which stands on the page whatever is searched."""
    put(page, search=words)
    section(page, controls.CLAIMS)
    against = {card.id: card.against for card in cards}
    shown = [item.proto.anchor for item in page.subheader]
    assert len(shown) == len(set(shown)) and set(shown) < set(against)
    assert not words.startswith("claim") or shown[0] == words  # the one that is named comes first
    on_page = "\n".join(str(item.value) for item in page.markdown)
    for name in shown:
        for other in against[name]:
            assert other in shown and f"Against [{other.replace('_', chr(92) + '_')}](#{other})" in on_page, (
                name,
                other,
            )
    assert words or len(shown) >= evidence.CARDS_SHOWN
    put(page, search="")


def test_every_shown_card_links_its_source(cards: tuple[ClaimCard, ...]) -> None:
    lines = list(csv.DictReader(io.StringIO(evidence.cards_csv(cards))))
    assert len(lines) == len(cards)
    assert all(line["source"] and (line["placed"] or line["not_placed"]) for line in lines)
    assert all(url.startswith("http") for _, url in evidence.bases(cards))


def test_no_dollar_sign_is_left_to_markdown(page: AppTest) -> None:
    for name in (controls.TESTS, controls.RECORD, controls.PRICES, controls.CLAIMS):
        section(page, name)
        for kind in (page.markdown, page.caption):
            for item in kind:
                assert not re.search(r"(?<!\\)\$", str(item.value)), item.value


def test_methods_page_is_made_from_the_data(catalogue: Catalogue) -> None:
    page = opened(AppTest.from_function(methods_app, default_timeout=TIMEOUT))
    on_page = text_of(page) + "\n".join(str(item.value) for item in page.code)
    for functions in methods_page.equations().values():
        for function in functions:
            assert methods_page.first_line(function) in on_page, function
    keys = [set(frame.value["Key"]) for frame in page.dataframe if "Key" in frame.value.columns]
    every = {*catalogue.parameters, *catalogue.industry.parameters}
    assert every in keys and f"Of {len(every)} parameters" in on_page
    assert f"All {len(every)} parameters" in [item.value for item in page.subheader]
    opening = page.code[0].value + page.caption[1].value
    assert "Net_s(D) = G_s" in opening and not re.search(r"\w+\.py|`|Arrays", opening), "words of programmers"
    assert "Frozen parameter sets" in on_page and "not covered" in on_page
    assert len(changes.vintages(catalogue)) == len({f for row in catalogue.figures.values() for f in row})


def test_the_changes_of_constants_are_the_same_table_in_the_changelog(catalogue: Catalogue) -> None:
    """After a row in `data/changes.csv`, copy the missing line into CHANGELOG.md."""
    section = changes.changelog(catalogue).partition("## Changes of constants")[2].partition("\n## ")[0]
    for row in catalogue.changed_constants:
        cells = (row.date, row.data_version, row.what, row.before, row.after, row.reason)
        line = f"| {' | '.join(cells)} |".replace("|  |", "| |")
        assert line in section, line
    lines = section.count("\n| ") - 1
    assert lines == len(catalogue.changed_constants), "a line of the changelog has no row in data/changes.csv"


def test_symbols_are_carried_by_parameters_that_exist(catalogue: Catalogue) -> None:
    symbols = catalogue.symbols
    assert len(symbols) > 30
    for item in symbols:
        assert bool(methods_page.carried_by(catalogue, item)) == bool(item.prefixes), item.symbol


@pytest.mark.parametrize(
    "kind", ["full_blackout", "slowdown", "vpn_block", "social_media_block", "cable_cut"]
)
def test_strip_shows_ours_and_every_answer(catalogue: Catalogue, kind: str) -> None:
    app = AppTest.from_function(strip_app, default_timeout=TIMEOUT)
    app.session_state["kind"] = kind
    page = opened(app)
    result = estimate(catalogue, Scenario(kind=kind, hours=24.0))
    rows = applicable(catalogue, result.scenario, result.economy)
    table = method_strip.strip_frame(result, rows)
    assert list(table["middle"]) == sorted(table["middle"])
    assert len(table) == 2 + sum(row.answer is not None for row in rows)
    assert set(table["basis"]) <= {"activity disrupted", "direct loss", "not said"}
    on_page = text_of(page)
    for row in rows:
        assert not row.refusal or row.refusal in on_page
    mine = table[table["id"] == "this model"]
    own = result.amount("net_direct").range
    assert (own.median or 0.0) / 1e6 in set(mine["middle"])
    (value,) = mine[mine["middle"] == (own.median or 0.0) / 1e6]["value"]
    assert value == own.money().ends, "the ends of the answer above it"


def test_strip_is_in_the_money_of_the_result(catalogue: Catalogue) -> None:
    dollars = estimate(catalogue, Scenario(draws=256))
    rupees = estimate(catalogue, Scenario(draws=256, currency="PKR"))
    rows = applicable(catalogue, dollars.scenario, dollars.economy)
    in_usd, in_pkr = (method_strip.strip_frame(one, rows).set_index("method") for one in (dollars, rupees))
    rate = rupees.money.per_usd
    assert rate > 100
    for end in ("low", "middle", "high"):
        assert list(in_pkr[end]) == pytest.approx(list(in_usd[end] * rate), rel=1e-9)
    assert list(in_pkr["daily_gdp_share"]) == pytest.approx(
        list(in_usd["daily_gdp_share"]), rel=1e-9, nan_ok=True
    )
    assert not in_pkr["value"].str.contains("$", regex=False).any()
    assert in_pkr["value"].str.contains("PKR").all()


@pytest.mark.parametrize("currency", ["USD", "PKR"])
def test_strip_says_one_money_in_words_picture_and_file(currency: str) -> None:
    app = AppTest.from_function(strip_app, default_timeout=TIMEOUT)
    app.session_state["currency"] = currency
    app.session_state["table_strip"] = True
    page = opened(app)
    (chart,) = page.get("plotly_chart")
    on_page = chart.proto.spec + chart.proto.alt
    assert ("$" in on_page) == (currency == "USD") and (
        f"For the whole disruption, {'US dollars' if currency == 'USD' else currency} (log scale)" in on_page
    )
    assert any(f"middle [M {currency}]" in frame.value.columns for frame in page.dataframe)


def test_strip_without_a_length_has_no_chart() -> None:
    app = AppTest.from_function(strip_app, default_timeout=TIMEOUT)
    app.session_state["hours"] = 0.0
    assert not opened(app).get("plotly_chart")


@pytest.mark.parametrize("form", ["screen", "picture", "square"])
@pytest.mark.parametrize("log", [True, False])
def test_ranges_keep_every_row_and_mark(form: Form, log: bool) -> None:
    rows = [
        RangeRow(f"Row {number}", f"${number}M", Range(0.5 * number, number, 2.0 * number), sub="gross")
        for number in range(1, 23)
    ]
    made = ranges(rows, CAPTION, form, title="M USD", log=log, key="a key")
    assert sum(len(trace.x) for trace in made.data if trace.xaxis != "x2") == len(rows)
    low, high = made.layout.xaxis.range
    ends = (10**low, 10**high) if log else (low, high)
    assert ends[0] <= 0.5 and ends[1] >= 44
    assert "A title" in str(made.layout.annotations) or form == "screen"


def test_a_zero_end_runs_to_the_edge_of_a_log_axis() -> None:
    made = ranges([RangeRow("One", "0", Range(0.0, 1.0, 10.0))], CAPTION, "screen", title="M USD", log=True)
    assert all(value > 0 for trace in made.data for value in trace.x)


def test_months_and_claims_are_shipped_whole(catalogue: Catalogue) -> None:
    shipped = catalogue.evidence
    assert (len(shipped.observations), len(shipped.months), len(shipped.claims)) == (79, 44, 72)
