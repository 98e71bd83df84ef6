"""The sections of one firm, of continuity and of seats at home."""

from __future__ import annotations

from model.calendar import calendar_of
from model.catalogue import Catalogue
from model.errors import InputError, choices
from model.firm import Firm, firm
from model.formatting import money, percent, significant
from model.industry_draws import Values
from model.industry_rows import Industry, Preset
from model.industry_words import MILLION, Section, Table, ends_row, musd, usd
from model.measures import Continuity, Home, continuity, work_from_home
from model.scenario import Scenario


def firm_section(found: Firm, preset: Preset | None) -> Section:
    """One outage for one firm."""
    cash = found.cash[1]
    sentences = (
        f"{found.kind_label}, {found.length:g} working day{'' if found.length == 1 else 's'}: "
        f"{usd(found.results['gross'])} of revenue interrupted, {usd(found.results['lost'])} lost, the rest delayed. "
        f"Profit falls by {usd(found.results['profit'])}, penalties of {usd(found.results['penalties'])} included.",
        f"Revenue is {money(found.revenue_day, digits=3)} a working day, {money(found.export_day, digits=3)} of it "
        f"from exports; at the planned share {money(found.export_day_goal, digits=3)}"
        + (f", {percent(found.export_day_goal / found.export_day - 1)} more exposed." if found.export_day else "."),
        "Cash outlasts any such outage." if cash is None
        else f"Cash lasts {significant(cash)} working days of such an outage; clients that leave later take "
        f"{usd(found.results['later'])} of revenue.",
    )  # fmt: skip
    named = (
        ("gross", "Revenue interrupted"), ("caught_up", "Revenue delayed"), ("lost", "Revenue lost"),
        ("overtime", "Overtime to catch up"), ("penalties", "Penalties to clients"), ("profit", "Profit lost"),
        ("later", "Revenue lost later"),
    )  # fmt: skip
    results = (
        *(ends_row(label, found.results[name], "USD") for name, label in named),
        ends_row("Revenue of a working day", (found.revenue_day,) * 3, "USD"),
        ends_row("Of it exports", (found.export_day,) * 3, "USD"),
        ends_row("Exports as planned", (found.export_day_goal,) * 3, "USD"),
        ends_row("Cost that goes on, a day", (found.idle_day,) * 3, "USD"),
        ends_row("Penalty of one missed month, all exports", (found.penalty_month,) * 3, "USD"),
        {"label": "Cash lasts", "low": found.cash[0], "median": cash, "high": found.cash[2], "unit": "working days"},
    )  # fmt: skip
    low, median, high = found.curves["profit"]
    curve = tuple(
        {"days": float(d), "low": float(a), "median": float(b), "high": float(c)}
        for d, a, b, c in zip(found.days, low, median, high, strict=True)
    )
    savings = tuple(
        {
            "label": row.label, "cost": row.cost[1], "avoided_low": row.avoided[0], "avoided": row.avoided[1],
            "avoided_high": row.avoided[2], "ratio_low": row.ratio[0] if row.ratio else None,
            "ratio": row.ratio[1] if row.ratio else None, "ratio_high": row.ratio[2] if row.ratio else None,
            "outages_to_pay": row.outages_to_pay, "break_even_days": row.break_even_days, "note": row.note,
        }
        for row in found.savings
    )  # fmt: skip
    saving_units = {
        "cost": "USD per year", "avoided_low": "USD an outage", "avoided": "USD an outage",
        "avoided_high": "USD an outage", "ratio_low": "x", "ratio": "x", "ratio_high": "x",
        "outages_to_pay": "a year", "break_even_days": "working days",
    }  # fmt: skip
    money_units = dict.fromkeys(("low", "median", "high"), "USD")
    return Section(
        "firm", sentences,
        (
            Table("outage", "One outage", {}, results),
            Table("curve", "Profit lost by length of the outage", {"days": "working days", **money_units}, curve),
            Table("savings", "What one more line or satellite saves", saving_units, savings),
        ),
        found.amounts, f"revenue and profit of one firm{': ' + preset.title if preset else ''}",
    )  # fmt: skip


def continuity_section(found: Continuity) -> Section:
    """Measures and the best mix."""
    best = found.best
    cheaper = ", less than it costs" if best and best.ratio and best.ratio[1] < 1 else ""
    counted = "direct and later losses of value added" if found.later_counted else "direct losses"
    sentences = (
        f"Within {money(found.budget)} a year no set of measures avoids any loss." if best is None
        else f"Within {money(found.budget)} a year the best of {found.subsets} sets is {best.label}: it avoids "
        f"{usd(best.avoided)} a year for {usd(best.cost)}"
        + (f"; benefit over cost {significant(best.ratio[1])} ({significant(best.ratio[0])} to "
           f"{significant(best.ratio[2])}){cheaper}." if best.ratio else "."),
        f"Benefits count {counted} under “{found.calendar.title}” ({usd(found.loss)} a year without measures). "
        "Measures overlap, so their benefits are not added; the effect of a set is computed as a set.",
    )  # fmt: skip
    rows = tuple(
        {
            "label": row.label, "avoided_low": row.avoided[0] / MILLION, "avoided": row.avoided[1] / MILLION,
            "avoided_high": row.avoided[2] / MILLION, "later": row.later[1] / MILLION,
            "cost_low": row.cost[0] / MILLION, "cost": row.cost[1] / MILLION, "cost_high": row.cost[2] / MILLION,
            "ratio_low": row.ratio[0] if row.ratio else None, "ratio": row.ratio[1] if row.ratio else None,
            "ratio_high": row.ratio[2] if row.ratio else None, "break_even_days": row.break_even_days,
            "note": row.note,
        }
        for row in (*found.measures, *([best] if best else []))
    )  # fmt: skip
    yearly = ("avoided_low", "avoided", "avoided_high", "later", "cost_low", "cost", "cost_high")
    units = {**dict.fromkeys(yearly, "M USD per year"), "ratio": "x", "ratio_low": "x", "ratio_high": "x",
             "break_even_days": f"days of “{found.typical}” a year"}  # fmt: skip
    sets = tuple({"set": a, "cost": b / MILLION, "avoided": c / MILLION} for a, b, c in found.sets)
    return Section(
        "continuity", sentences,
        (
            Table("measures", "Loss avoided and cost", units, rows),
            Table("sets", "Every set, mean values", dict.fromkeys(("cost", "avoided"), "M USD per year"), sets),
        ),
        found.amounts, "net direct loss avoided, value added; costs rest on assumptions beside unit prices",
    )  # fmt: skip


def home_section(found: Home) -> Section:
    """Work from home on both sides."""
    less = tuple(a - b for a, b in zip(found.lockdown_none, found.lockdown, strict=True))
    more = found.outage[1] - found.outage_none[1]
    sentences = (
        f"With {percent(found.at_home)} of office seats at home, {found.days:g} days of lockdown interrupt "
        f"{musd(found.lockdown)} of export work, {musd((less[2], less[1], less[0]))} less than with nobody at home.",
        f"A day of blackout interrupts {musd(found.outage)} instead of {musd(found.outage_none)}: a shield in a "
        f"lockdown, an exposure of {money(more * MILLION)} a day in an outage.",
    )
    rows = tuple(
        {
            "at_home": float(s), "lockdown_low": float(a), "lockdown": float(b), "lockdown_high": float(c),
            "outage_low": float(d), "outage": float(e), "outage_high": float(f),
        }
        for s, a, b, c, d, e, f in zip(found.shares, *found.lockdown_day, *found.outage_day, strict=True)
    )  # fmt: skip
    units = {"at_home": "share of seats", **dict.fromkeys(set(rows[0]) - {"at_home"}, "M USD a working day")}
    return Section(
        "home", sentences, (Table("home", "Seats at home, both sides", units, rows),), (),
        "value added of export offices interrupted on a working day, before catching up",
    )  # fmt: skip


def firm_sections(
    catalogue: Catalogue, industry: Industry, values: Values, preset: str, kind: str
) -> list[Section]:
    chosen = pick_preset(industry, preset)
    return [firm_section(firm(catalogue, values, chosen.sector, kind), chosen)]


def lever_sections(
    catalogue: Catalogue, industry: Industry, values: Values, calendar: str, mine: Scenario | None = None
) -> list[Section]:
    chosen = calendar_of(catalogue, industry, values, calendar, mine)
    return [
        continuity_section(continuity(catalogue, industry, values, chosen)),
        home_section(work_from_home(catalogue, values)),
    ]


def pick_preset(industry: Industry, key: str) -> Preset:
    """The preset of that name; raises `InputError`."""
    if key not in industry.presets:
        raise InputError("preset", key, "is not known", choices(industry.presets, key, most=10))
    return industry.presets[key]
