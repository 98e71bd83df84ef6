"""The sections of one firm, of continuity and of seats at home."""

from __future__ import annotations

from model.catalogue.industry import Industry, Preset
from model.catalogue.load import Catalogue
from model.common.errors import InputError, choices
from model.common.numbers import MILLION, percent, signed, significant, spoken
from model.common.ranges import Range, from_to
from model.industry.calendar import calendar_of
from model.industry.draws import Values
from model.industry.firm import (
    Firm,
    Saving,
    firm,
)
from model.industry.firm_outage import LOCKDOWN
from model.industry.firm_year import firm_year
from model.industry.home_seats import Home, work_from_home
from model.industry.measures import Continuity, Worth, continuity
from model.industry.words import columns, curve_rows, ends_row, musd, plural, units_of, usd
from model.scenario.scenario import Scenario
from model.text import findings
from model.text.firm_year_report import firm_year_section
from model.text.writer import Section, Table

BEST = "Best mix"
CLOCK = (
    "Two clocks: here an outage of one working day leaves the line down for 24 hours by the clock, nights included. A "
    "year of outages counts hours of work, eight to a working day, and adds only the nights between two days that an "
    "outage hits. So the two are not multiples of each other."
)


def firm_section(firm: Firm, preset: Preset | None) -> Section:
    """One outage for one firm."""
    sentences = (
        _outage_text(firm),
        f"Revenue is {spoken(firm.revenue_day, digits=3)} a working day, {spoken(firm.export_day, digits=3)} of it "
        f"from exports; at the planned share {spoken(firm.export_day_goal, digits=3)}{_exposed_text(firm)}.",
        _cash_text(firm),
        _saving_text(firm),
        CLOCK,
    )  # fmt: skip
    named = (
        ("gross", "Revenue interrupted"), ("caught_up", "Revenue delayed"), ("lost", "Revenue lost"),
        ("overtime", "Overtime to recover work"), ("penalties", "Penalties to clients"), ("profit", "Profit lost"),
        ("later", "Revenue lost later"),
    )  # fmt: skip
    fixed = (
        ("Revenue of a working day", firm.revenue_day), ("Of it exports", firm.export_day),
        ("Exports as planned", firm.export_day_goal), ("Cost that goes on, a day", firm.idle_day),
        ("Penalty of one missed month, all exports", firm.penalty_month),
    )  # fmt: skip
    results = (
        *(ends_row(label, firm.results[name], "USD") for name, label in named),
        *(ends_row(label, Range(value, value, value), "USD") for label, value in fixed),
        ends_row("Cash lasts", firm.cash, "working days"),
    )  # fmt: skip
    profit, lost, penalties = (firm.curves[name].columns(name) for name in ("profit", "lost", "penalties"))
    by_length = {**profit, **lost, **penalties}
    curve = curve_rows(days=firm.days, **by_length)
    savings = tuple(
        {
            "label": row.label, **columns("cost", row.cost), **columns("avoided", row.avoided),
            **columns("ratio", row.ratio), "outages_to_pay": row.outages_to_pay,
            "break_even_days": row.break_even_days, "cost_basis": row.cost_basis, "note": row.note,
        }
        for row in firm.savings
    )  # fmt: skip
    saving_units = {
        **dict.fromkeys(columns("cost", None), "USD per year"),
        **dict.fromkeys(columns("avoided", None), "USD of profit an outage"),
        **dict.fromkeys(columns("ratio", None), "x"),
        "outages_to_pay": "a year", "break_even_days": "working days",
    }  # fmt: skip
    return Section(
        "firm", sentences,
        (
            Table("outage", "One outage", {}, results, finding=findings.outage(firm)),
            Table("curve", "Cost by length of the outage",
                  {"days": "working days", **dict.fromkeys(by_length, "USD")}, curve,
                  finding=findings.outage_by_length(firm), drawn=("profit", "lost", "penalties")),
            Table("savings", "What one more line or satellite saves", saving_units, savings,
                  finding=findings.savings(firm)),
        ),
        firm.amounts, f"revenue and profit of one firm{': ' + preset.title if preset else ''}",
        tuple(
            f"{row.label}: {usd(row.cost)} a year ({row.cost_basis}), saves {usd(row.avoided)} an outage"
            f"{_ratio_text(row.ratio, 'saved in a year over cost')}; {_pays_text(row)}"
            for row in firm.savings
        ),
    )  # fmt: skip


def _outage_text(firm: Firm) -> str:
    results = firm.results
    text = f"{firm.kind_label}, {plural(firm.length, 'working day')}"
    if results["gross"].high <= 0:
        return f"{text}: no revenue is interrupted."
    rest = ", the rest delayed" if results["caught_up"].high > 0 else ", nothing recovered later"
    return (
        f"{text}: {usd(results['gross'])} of revenue interrupted, {usd(results['lost'])} lost{rest}. "
        f"Profit falls by {usd(results['profit'])}, penalties of {usd(results['penalties'])} included."
    )


def _exposed_text(firm: Firm) -> str:
    """How far the plan moves the exports at risk, in its own direction."""
    if not firm.export_day:
        return ""
    change = firm.export_day_goal / firm.export_day - 1
    if abs(change) < 1e-9:
        return ", as exposed as now"
    return f", {percent(abs(change))} {'more' if change > 0 else 'less'} exposed"


def _ratio_text(ratio: Range[float] | None, name: str) -> str:
    if ratio is None:
        return ""
    return f"; {name} {ratio.each(signed).full}"


def _pays_text(row: Saving) -> str:
    if row.break_even_days is None:
        return (
            "costs nothing"
            if row.cost.high <= 0
            else "no outage of up to 130 working days a year pays for it"
        )
    return f"one outage a year pays from {significant(row.break_even_days)} working days"


def _cash_text(firm: Firm) -> str:
    low, cash, high = firm.cash
    if cash is None:
        lasts = "Cash outlasts any such outage"
    else:
        spread = f" ({from_to(significant(low or 0), 'no end' if high is None else significant(high))})"
        lasts = (
            f"Cash lasts {significant(cash)}{'' if low == high else spread} working days of such an outage"
        )
    if firm.kind == LOCKDOWN:
        return f"{lasts}; penalties and clients that leave are not counted in a lockdown, which closes theirs too."
    later = usd(firm.results["later"])
    return (
        f"{lasts}, penalties paid; clients that leave later take {later} of revenue, beside the profit lost."
    )


def _saving_text(firm: Firm) -> str:
    """The protection that returns most, or that nothing helps."""
    if best := firm.free:
        return f"“{best.label}” costs nothing and saves {usd(best.avoided)} of profit an outage ({best.cost_basis})."
    if not firm.best:
        return "No further line or satellite terminal saves profit in such an outage."
    ratio, row = firm.best
    pays = (
        f"; it pays from {significant(row.outages_to_pay)} such outages a year" if row.outages_to_pay else ""
    )
    less = ", less than it costs" if ratio < 1 else ""
    return (
        f"“{row.label}” returns most: it saves {usd(row.avoided)} of profit an outage and costs {usd(row.cost)} a year "
        f"({row.cost_basis}); {findings.outages_save(firm)} {significant(ratio)} times "
        f"that cost{less} (the middle of the simulations, each with its own saving and cost){pays}."
    )


def continuity_section(continuity: Continuity) -> Section:
    """Measures and the best mix."""
    best = continuity.best
    counted = (
        "direct losses and later losses of value added" if continuity.later_counted else "direct losses only"
    )
    without = f"{usd(continuity.loss)} a year without measures"
    if continuity.later_counted:
        later = usd(continuity.later)
        without = f"direct losses of {usd(continuity.loss)} a year and later ones of {later} without measures"
    sentences = (
        f"Within {spoken(continuity.budget)} a year no set of measures avoids any loss." if best is None
        else f"Within {spoken(continuity.budget)} a year the best of {continuity.subsets} sets is {best.label}: "
        f"{_avoids(best, continuity.later_counted)} for {usd(best.cost)} ({best.cost_basis}){_returns(best)}.",
        f"Benefits count {counted} under “{continuity.calendar.title}” ({without}). "
        "Measures overlap, so their benefits are not added; the effect of a set is computed as a set.",
    )  # fmt: skip
    every = [(row.label, row) for row in continuity.measures] + (
        [(f"{BEST}: {best.label}", best)] if best else []
    )
    rows = tuple(
        {
            "label": label, **columns("avoided", _millions(row.avoided)), **columns("later", _millions(row.later)),
            **columns("counted", _millions(row.counted)), **columns("cost", _millions(row.cost)),
            **columns("ratio", row.ratio), "break_even_days": row.break_even_days,
            "break_even_of": row.break_even_of, "cost_basis": row.cost_basis, "note": row.note,
        }
        for label, row in every
    )  # fmt: skip
    whats = {"avoided": "direct", "later": "value added lost later", "counted": counted}
    units = {
        **{column: f"M USD per year, {what}" for name, what in whats.items() for column in columns(name, None)},
        **dict.fromkeys(columns("cost", None), "M USD per year"), **dict.fromkeys(columns("ratio", None), "x"),
        "break_even_days": "days, once a year",
    }  # fmt: skip
    sets = tuple({"set": a, "cost": b / MILLION, "avoided": c / MILLION} for a, b, c in continuity.sets)
    return Section(
        "continuity", sentences,
        (
            Table("measures", "Loss avoided and cost", units, rows, together=len(every) - len(continuity.measures),
                  finding=findings.measures(continuity)),
            Table("sets", "Every set, mean values",
                  {"cost": "M USD per year", "avoided": f"M USD per year, {counted}"}, sets,
                  finding=findings.sets(continuity)),
        ),
        continuity.amounts, f"loss avoided, value added: {counted}; costs rest on assumptions beside unit prices",
        tuple(
            f"{label}: avoids {usd(row.counted)} a year for {usd(row.cost)} ({row.cost_basis})"
            f"{_ratio_text(row.ratio, 'benefit over cost')}{_break_even_text(row)}"
            for label, row in every
        ),
        {"counted": counted},
    )  # fmt: skip


def _break_even_text(row: Worth) -> str:
    if not row.break_even_of:
        return f"; {row.note}" if row.note else ""
    if row.break_even_days is None:
        return f"; not paid back within two years of “{row.break_even_of}”"
    return f"; pays after {significant(row.break_even_days)} days of “{row.break_even_of}”"


def _avoids(best: Worth, later_counted: bool) -> str:
    if not later_counted:
        return f"it avoids {usd(best.avoided)} of direct loss a year"
    both = f"direct {usd(best.avoided)} and later {usd(best.later)}"
    return f"it avoids {usd(best.counted)} of value added a year, {both},"


def _returns(best: Worth) -> str:
    if best.ratio is None:
        return ""
    less = ", less than it costs" if best.ratio.median < 1 else ""
    return f"; benefit over cost {best.ratio.each(signed).full}{less}"


def _millions(values: Range[float]) -> Range[float]:
    return values.each(lambda value: value / MILLION)


def home_section(home: Home) -> Section:
    """Work from home on both sides."""
    length = f"{plural(home.days, 'working day')} of lockdown"
    pays = (
        f" pay after {significant(home.break_even_days)} working days of lockdown a year"
        if home.break_even_days is not None else " have no break-even here"
    )  # fmt: skip
    ratio = ""
    if home.ratio is not None:
        ratio = f" and return {home.ratio.each(significant).full} times their cost in this one"
    sentences = (
        f"With {percent(home.at_home)} of office seats at home, {length} interrupt {musd(home.lockdown)} of export "
        f"work, {musd(home.spared)} less than with nobody at home.",
        f"A day of blackout interrupts {musd(home.outage)} instead of {musd(home.outage_none)}: a shield in a "
        f"lockdown, an exposure of {musd(home.exposed)} a day in an outage.",
        f"Seats at home for {musd(home.cost)} a year ({home.cost_basis}){pays}{ratio}"
        + (f"; what this lockdown saves is undone by {significant(home.blackouts_undone)} days of blackout."
           if home.blackouts_undone is not None else "."),
        f"Two shares for two questions: {percent(home.at_home)} of office seats can go home when a lockdown closes "
        f"the doors; the comparison of measures takes {percent(home.covered)} of exporter seats as at home when an "
        "outage comes. Each has a figure of its own.",
    )  # fmt: skip
    rows = curve_rows(
        at_home=home.shares,
        **home.lockdown_day.columns("lockdown"), **home.outage_day.columns("outage"),
    )  # fmt: skip
    units = {"at_home": "share of seats", **units_of(rows, "M USD a working day", "at_home")}
    balance = (
        ends_row(f"Spared in {length}", home.spared, "M USD"),
        ends_row("More at risk in a day of blackout", home.exposed, "M USD"),
        ends_row("Cost of the seats at home", home.cost, "M USD per year", note=home.cost_basis),
        ends_row("Spared in the lockdown over cost", home.ratio, "x"),
        {"label": "Lockdown that pays for it", "low": None, "median": home.break_even_days, "high": None,
         "unit": "working days a year"},
        {"label": "Days of blackout that undo the lockdown's saving", "low": None, "median": home.blackouts_undone,
         "high": None, "unit": "days"},
    )  # fmt: skip
    return Section(
        "home", sentences,
        (
            Table("home", "Seats at home, both sides", units, rows, finding=findings.home(home),
                  drawn=("lockdown", "outage")),
            Table("balance", "Both sides weighed", {}, balance, finding=findings.balance(home)),
        ),
        home.amounts, "value added of export offices interrupted on a working day, before recovery",
    )  # fmt: skip


def firm_sections(
    catalogue: Catalogue, industry: Industry, values: Values, preset: str, kind: str
) -> list[Section]:
    chosen = pick_preset(industry, preset)
    return [
        firm_year_section(firm_year(catalogue, industry, values, chosen.sector, kind)),
        firm_section(firm(catalogue, industry, values, chosen.sector, kind), chosen),
    ]


def lever_sections(
    catalogue: Catalogue, industry: Industry, values: Values, calendar: str, mine: Scenario | None = None
) -> list[Section]:
    chosen = calendar_of(catalogue, industry, values, calendar, mine)
    return [
        continuity_section(continuity(catalogue, industry, values, chosen)),
        home_section(work_from_home(catalogue, industry, values)),
    ]


def pick_preset(industry: Industry, key: str) -> Preset:
    """The preset of that name; raises `InputError`."""
    if key not in industry.presets:
        raise InputError("preset", key, "is not known", choices(industry.presets, key, most=10))
    return industry.presets[key]
