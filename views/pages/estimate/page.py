"""The first page: what happens, what it costs, for whom, and how sure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.amounts import bearers, tornado, waterfall
from charts.answer import answer_card
from charts.curve import cost_curve
from charts.palette import Form
from model.catalogue.economies import HOME
from model.common.cache import Cache
from model.common.ledger import LABELS
from model.common.numbers import duration_text, money, percent, significant, spoken
from model.common.text import capital
from model.estimation.analysis import TornadoRow
from model.estimation.estimate import Estimate
from model.estimation.standing import standing
from model.estimation.words import place_text, start_text, tense_of
from model.scenario.fields import FIELDS
from model.text import findings, report, sentence
from model.text.answer import answer
from model.text.writer import csv_bytes
from views.components.explorer import ExplorerData, ExplorerStop, ExplorerTick, explorer
from views.components.pictures import picture_buttons
from views.pages.estimate import event_ranges
from views.pages.estimate.method_strip import strip_block
from views.pages.estimate.recorded_year import year_block
from views.pages.pakistan import bridge
from views.parts import blocks
from views.parts.parameter import row_link
from views.session import interruption, state
from views.words import escaped

TICKS = {
    1.0: "1 hour", 6.0: "6 hours", 24.0: "1 day", 72.0: "3 days", 168.0: "1 week", 720.0: "1 month", 2160.0: "3 months",
    8760.0: "1 year", 17520.0: "2 years",
}  # fmt: skip
MAJOR = (1.0, 24.0, 168.0, 720.0, 8760.0)
CHAIN = {
    "gross": LABELS["gross"], "caught_up": LABELS["caught_up"], "overtime": "Overtime",
    "net_direct": LABELS["net_direct"], "lagged_receipts": LABELS["lagged_receipts"], "coping": LABELS["coping"],
}  # fmt: skip
STYLE = Path(__file__).with_name("answer.css")
_STOPS: Cache[ExplorerStop] = Cache()
INDUSTRY, USER = "By industry", "By type of user"
TORNADO_ROWS = 6  # more would have to be smaller than a slide can show


def page() -> None:
    """Show the page for the reader's scenario."""
    result = state.current_estimate()
    _answer(result)
    event_ranges.line(result)
    for text in result.warnings:
        st.info(escaped(text), icon=":material/info:")
    left, right = st.columns(2, gap="large")
    with left:
        _bearers(result)
    with right:
        strip_block(result)
    _levers(result)
    bridge.show_under_estimate()
    event_ranges.costs_of_open_values(result)
    for title, key, show in MORE:
        # Built only when it is open: a fold that is closed costs neither time nor data on a bad line.
        fold = st.expander(title, key=key, on_change="rerun")
        if fold.open:
            with fold:
                show(result)
    year_block(result)
    _result_files(result)


def _stops(result: Estimate) -> list[ExplorerStop]:
    """Words and figures of every stop, so that the browser only looks them up."""
    of = (result.catalogue, *result.money.__dict__.values(), repr(result.scenario.with_changes(hours=0.0)))
    places = {(of, float(hours)): index for index, hours in enumerate(result.durations)}
    return _STOPS.get_all(list(places), lambda missing: [_stop(result, places[key]) for key in missing])


def _stop(result: Estimate, index: int) -> ExplorerStop:
    curve, scale = result.curves["net_direct"].at(index), result.money.scale
    words, label = answer(result, index), duration_text(float(result.durations[index]))
    return {
        "hours": float(result.durations[index]),
        "label": label,
        "sentence": sentence.headline(result, index),
        "footing": sentence.footing(result, index),
        "answer": {"value": words.cost.median, "low": words.cost.low, "high": words.cost.high},
        "figures": [{"label": item.label, "value": item.value} for item in words.figures],
        "low": curve.low / scale,
        "median": curve.median / scale,
        "high": curve.high / scale,
        "mark": f"{label}: {words.cost.median}",
    }


def _answer(result: Estimate) -> None:
    """Headline, key figures and the duration chart, which follow the hand."""
    durations = [float(hours) for hours in result.durations]
    ticks: list[ExplorerTick] = [
        {"index": durations.index(hours), "label": label, "minor": hours not in MAJOR}
        for hours, label in TICKS.items()
        if hours in durations
    ]
    curve, scale = result.curves["net_direct"], result.money.scale
    frame = pd.DataFrame(
        {
            "days": result.durations / 24, "low": curve.low / scale, "median": curve.median / scale,
            "high": curve.high / scale,
        }
    )  # fmt: skip
    unit = blocks.money_unit(result)
    net = result.amount("net_direct")
    cost = net.range.spoken(result.money.unit)
    place = f"{place_text(result)}{start_text(result.scenario)}"
    words = f"{duration_text(result.scenario.hours)}: {cost.median}{cost.bracket('range ')}"
    caption = blocks.caption_for(
        result, findings.cost(result), "direct loss, output not recovered",
        f"Line chart of the direct loss {place} against duration, one hour to two years, with its range. "
        f"{words}.",
        words,
    )  # fmt: skip

    def build(form: Form) -> go.Figure:
        return cost_curve(
            frame, result.scenario.hours / 24, unit, caption, form, blocks.money_format(result),
            chosen_label=duration_text(result.scenario.hours),
        )  # fmt: skip

    def let_go(index: int) -> None:
        state.change("duration", hours=durations[index])

    data: ExplorerData = {
        "stops": _stops(result),
        "selected": result.chosen,
        "ticks": ticks,
        "label": FIELDS["hours"].title,
        "chart_alt": caption.alt,
    }
    st.html(STYLE)
    with st.container(key="answer", gap=None):
        with st.container(key="answer_picture", gap=None):
            picture(result)
        with st.container(key="answer_basis", gap=None):
            _standing(result)
        chosen = explorer(data, build("screen"), key="explorer", on_stop=let_go)
    if chosen is not None:
        interruption.take_click("explorer", lambda: let_go(chosen))
    table = blocks.ChartTable(
        frame, {"days": "days", "low": unit, "median": unit, "high": unit}, report.provenance_of(result)
    )
    blocks.tools("curve", caption, table, build, blocks.file_name(result, "duration"))


def picture(result: Estimate) -> None:
    """The answer as a picture that stands alone."""
    finding = sentence.headline(result)
    cost, words = result.curves["net_direct"].at(result.chosen), answer(result).cost
    ends = capital(words.full) if cost.probably_nothing else f"Range {words.ends}"
    caption = blocks.caption_for(result, finding, "direct loss, output not recovered", finding, ends)
    picture_buttons(
        lambda form: answer_card(cost, words, caption, form),
        blocks.file_name(result, "answer"), key="picture_answer", title="the answer",
    )  # fmt: skip


def _standing(result: Estimate) -> None:
    """How many of the inputs are assumptions, and which, one tap away."""
    on, parameters = standing(result), result.catalogue.parameters
    popover = st.popover("How sure is this?", key="x_standing", on_change="rerun", type="tertiary")
    if not popover.open:
        return
    with popover:
        st.markdown(
            escaped(f"{sentence.assumptions_text(result)}. {sentence.range_text()}.")
            + " [How well it works](evidence)."
        )
        for words, keys in (
            ("Yours", on.reader),
            ("Assumptions", on.assumptions),
            ("From a source", on.sourced),
        ):
            if keys:
                lines = "\n".join(f"- {row_link(key, parameters[key].label)}" for key in keys)
                st.markdown(f"**{words}**\n\n{lines}")


def _amounts_frame(result: Estimate, names: dict[str, str]) -> pd.DataFrame:
    rows = []
    for name, label in names.items():
        amount = result.amount(name)
        parts = blocks.in_millions(result, amount.range).parts
        rows.append({"id": name, "label": label, **parts, "basis": amount.money})
    return pd.DataFrame(rows)


def _chain(result: Estimate) -> None:
    """How the disrupted activity becomes a loss, and what is counted separately."""
    figures = (f"{item.label}: {item.value} ({item.detail})" for item in sentence.key_figures(result))
    st.markdown("\n".join(f"- {escaped(text)}" for text in figures))
    names = {
        name: label
        for name, label in CHAIN.items()
        if name != "coping" or result.catalogue.kinds[result.scenario.kind].copes
    }
    frame = _amounts_frame(result, names)
    unit = blocks.money_unit(result)
    net, gross, be = result.amount("net_direct"), result.amount("gross"), tense_of(result).be
    whole, lost = money(gross.median, gross.unit), money(net.median, net.unit)
    caption = blocks.caption_for(
        result, findings.chain(result),
        "output; export orders and workaround costs are counted separately and never added",
        f"Dots with ranges: {whole} of activity {be} disrupted and {lost} {be} lost, the rest {be} recovered later. "
        "Export orders lost later are counted separately.",
    )  # fmt: skip
    table = blocks.ChartTable(
        frame, {"low": unit, "median": unit, "high": unit}, report.provenance_of(result)
    )
    blocks.chart_block(
        "chain", caption, table,
        lambda form: waterfall(frame, unit, caption, form, blocks.money_format(result)),
        blocks.file_name(result, "touched-to-lost"),
    )  # fmt: skip


def _bearers(result: Estimate) -> None:
    """Who bears the net loss: sectors or user classes."""
    grouping = st.segmented_control(
        "Who loses", [INDUSTRY, USER], default=INDUSTRY, required=True, key="w_bearers"
    )
    by_class = grouping == USER
    catalogue = result.catalogue
    if by_class:
        names = {f"net_direct.class.{item.key}": item.label for item in catalogue.classes}
    else:
        names = {f"net_direct.{sector.key}": sector.label for sector in catalogue.sectors}
    frame = _amounts_frame(result, names)
    unit = blocks.money_unit(result)
    first = frame.sort_values("median", ascending=False).iloc[0]
    fmt = blocks.money_format(result)
    most = spoken(float(first["median"]) * result.money.scale, result.money.unit)
    who = "type of user" if by_class else "industry"
    caption = blocks.caption_for(
        result, findings.bearers(result, str(first["label"]), float(first["median"]) * result.money.scale),
        f"direct loss by {who}, output not recovered",
        f"Dots with ranges of the direct loss by {who}; the largest is {first['label']} with {most}.",
    )  # fmt: skip
    table = blocks.ChartTable(
        frame, {"low": unit, "median": unit, "high": unit}, report.provenance_of(result)
    )
    blocks.chart_block(
        "bearers", caption, table, lambda form: bearers(frame, unit, caption, form, fmt),
        blocks.file_name(result, "who-bears-it"),
    )  # fmt: skip


def tornado_frame(result: Estimate, rows: list[TornadoRow]) -> pd.DataFrame:
    """The rows of the tornado with inputs in words; money in millions."""
    return pd.DataFrame(
        [
            {
                "key": row.key, "label": row.label, "at_low": row.at_low / result.money.scale,
                "at_high": row.at_high / result.money.scale,
                "input_low": row.input_low * 100 if row.unit == "quantile" else row.input_low,
                "input_high": row.input_high * 100 if row.unit == "quantile" else row.input_high,
                "unit": "percentile" if row.unit == "quantile" else "" if row.unit == "1" else row.unit,
            }
            for row in rows
        ]
    )  # fmt: skip


def _drivers(result: Estimate) -> None:
    """What drives the uncertainty: each input at its ends, the others at their medians."""
    shown = findings.widest(result)
    everything = tornado_frame(result, list(result.tornado))
    frame = tornado_frame(result, shown[:TORNADO_ROWS])
    unit = blocks.money_unit(result)
    fmt = blocks.money_format(result)
    caption = blocks.caption_for(
        result, findings.drivers(result),
        "direct loss when one assumption moves and all others stay at their median",
        "Dots and lines; the widest are " + ", ".join(row.label for row in shown[:3]) + ".",
        "Result if only this assumption is low or high",
    )  # fmt: skip
    units = {"at_low": unit, "at_high": unit}
    table = blocks.ChartTable(everything, units, report.provenance_of(result))
    if frame.empty:
        st.subheader(escaped(blocks.unbroken(caption.title)))
        st.caption("Nothing is uncertain here: the loss is zero or every assumption is fixed.")
        return
    centre = result.tornado[0].centre / result.money.scale
    blocks.chart_block(
        "drivers", caption, table,
        lambda form: tornado(frame, centre, unit, caption, form, fmt, result="Direct loss"),
        blocks.file_name(result, "uncertainty"),
    )  # fmt: skip
    rows = (
        row_link(row.key, row.label) for row in shown[:TORNADO_ROWS] if row.key in result.catalogue.parameters
    )
    st.markdown("What each rests on: " + "; ".join(rows) + ".")


def _levers(result: Estimate) -> None:
    """What continuity measures are worth, when any is switched on."""
    if not result.levers:
        return
    st.subheader("What the measures save")
    rows, unit = [], result.money.unit
    for lever in result.levers:
        cost, days = lever.cost_per_year, lever.break_even_days
        rows.append(
            {
                "Measure": lever.label,
                "Loss avoided": lever.avoided.money(unit).full,
                "Cost a year": "no sourced cost" if cost is None else money(cost, unit),
                "Benefit over cost": "-" if lever.ratio is None else lever.ratio.each(significant).full,
                "Pays for itself after": _paid_back(days, result.scenario.spells, lever.ratio is not None),
            }
        )  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="–", width="stretch")


def _paid_back(days: float | None, spells: int, priced: bool) -> str:
    if days is None:
        return "not within 2 years" if priced else "-"
    return _rough_duration(days) + (f" each, in {spells} outages" if spells > 1 else "")


def _rough_duration(days: float) -> str:
    return f"{significant(days * 24)} hours" if days < 2 else f"{significant(days)} days"


def _ranged(result: Estimate, name: str) -> str:
    amount = result.amount(name)
    return amount.range.money(amount.unit).full


def _basis(result: Estimate) -> None:
    """The facts behind the figures."""
    economy = result.economy
    share = percent(economy.gva / economy.gdp, 3)
    receipts = f"{spoken(economy.receipts, 'USD', 3)} a year" if economy.receipts_measured else "not measured"
    lines = [
        f"GDP of {economy.country.in_sentence}: {spoken(economy.gdp, 'USD', 3)} in {economy.figures['gdp'].when}, of "
        f"which {share} is value added.",
        f"IT export earnings: {receipts}.",
        f"{sentence.work_days_text(result).capitalize()}.",
        f"{result.amount('tax').label}: {_ranged(result, 'tax')}.",
        f"Amounts in {sentence.money_text(result)}.",
        "A model of assumptions, not a measurement.",
    ]
    st.markdown("\n".join([*(f"- {escaped(line)}" for line in lines), "- [What each rests on](sources)"]))
    if economy.country.iso3 == HOME and result.scenario.regions:
        st.caption(
            "Regions: IT by registered firms, telecom by mobile sites, the rest by an assumed share of GDP."
        )


def _result_files(result: Estimate) -> None:
    """Every amount in full precision."""
    with st.container(horizontal=True):
        name = blocks.file_name(result, "result")
        st.download_button(
            "All results (CSV)",
            lambda: csv_bytes(report.result_of(result).in_form("csv")),
            f"{name}.csv",
            "text/csv",
            key="csv_all",
            on_click="ignore",
        )
        st.download_button(
            "All results (JSON)", lambda: report.result_of(result).in_form("json"), f"{name}.json", "application/json",
            key="json_all", on_click="ignore",
        )  # fmt: skip


MORE = (
    ("How it adds up", "x_chain", _chain),
    ("Which assumptions matter most", "x_drivers", _drivers),
    ("What this rests on", "x_result", _basis),
)
