"""The sections of the industry as a whole: the screen, the command line and every file read these."""

from __future__ import annotations

from collections.abc import Sequence

from model.calendar import Year, amounts_note, calendar_of, year_of
from model.catalogue import Catalogue
from model.clients import Block, block
from model.formatting import money, percent, significant
from model.freelancers import Freelance, freelance
from model.industry import Exports, exports
from model.industry_draws import Values, ends
from model.industry_rows import Industry
from model.industry_words import MILLION, Section, Table, ends_row, musd, number, share, usd
from model.ledger import refusal
from model.scenario import Scenario
from model.talent import Talent, talent


def exports_section(found: Exports) -> Section:
    """Path, targets and shortfall."""
    horizon = f"{found.years[-1]:g} years"
    base = f"“{found.baseline.label}”, {percent(found.baseline.growth, 3)} a year"
    sentences = (
        f"Under “{found.year.calendar.title}” IT exports fall {musd(found.shortfall)} short over {horizon}, "
        f"against the baseline {base}.",
        f"Undisturbed they go from {money(found.undisturbed[0] * MILLION, digits=3)} to "
        f"{money(found.undisturbed[-1] * MILLION, digits=3)}. A disrupted year takes {share(found.direct_share)} of "
        f"receipts at once and {share(found.contracts_lost)} of contracts.",
    )
    path = tuple(
        {
            "year": float(y), "undisturbed": float(u), "low": float(a), "median": float(b), "high": float(c),
            "gap_low": float(d), "gap": float(e), "gap_high": float(f),
        }
        for y, u, a, b, c, d, e, f in zip(
            found.years, found.undisturbed, found.low, found.median, found.high, *found.gap, strict=True
        )
    )  # fmt: skip
    goals = tuple(
        {
            "goal": row.goal, "growth_needed": row.growth_needed, "years": row.years,
            "disturbed_soonest": row.disturbed_years[0], "disturbed_median": row.disturbed_years[1],
            "disturbed_latest": row.disturbed_years[2],
        }
        for row in found.targets
    )  # fmt: skip
    growths = tuple(
        {"label": row.label, "growth": row.growth, "basis": row.basis} for row in found.baselines.values()
    )
    money_units = dict.fromkeys(path[0].keys() - {"year"}, "M USD")
    years = dict.fromkeys(("years", "disturbed_soonest", "disturbed_median", "disturbed_latest"), "years")
    return Section(
        "exports", sentences,
        (
            Table("path", f"Export receipts against {base}", {"year": "years from the start", **money_units}, path),
            Table("targets", "Growth and years to each target",
                  {"goal": "M USD", "growth_needed": f"share per year, over {horizon}", **years}, goals),
            Table("baselines", "Growth on offer", {"growth": "share per year"}, growths),
        ),
        found.amounts, "receipts; the gap to a target is never a cost of disruption",
    )  # fmt: skip


def vpn_section(found: Block) -> Section:
    """The VPN block: spared, lost, kept at a cost."""
    sentences = (
        f"{found.days:g} days of VPN blocking reach {share(found.exposed)} of receipts; clients that leave take "
        f"{musd(found.lost)} over five years, {musd(found.lost_in_block)} of it while the block lasts.",
        f"Keeping the others costs {musd(found.kept_cost)}. The cost is charged only for work that is kept: what is "
        "lost is never also saved at a cost.",
        f"A year of the claimed cost would move {number(found.people_abroad)} people to offices abroad, or is "
        f"{usd(found.per_worker)} for each professional.",
    )
    rows = (
        ends_row("Receipts that the block reaches", found.exposed, "share of receipts"),
        ends_row("Spared by registered VPNs", found.spared, "share of receipts"),
        ends_row("Away at the end of the block", found.left, "share of receipts"),
        ends_row("Receipts lost, five years", found.lost, "M USD"),
        ends_row("Of these while the block lasts", found.lost_in_block, "M USD"),
        ends_row("Cost of keeping the others", found.kept_cost, "M USD"),
        ends_row("Claimed cost of a full year", found.full_cost, "M USD per year"),
        ends_row("People abroad for that cost", found.people_abroad, "persons"),
        ends_row("Claimed cost a professional", found.per_worker, "USD per year"),
    )
    away = tuple(
        {"month": float(m), "low": float(a), "median": float(b), "high": float(c)}
        for m, a, b, c in zip(found.months, found.low, found.median, found.high, strict=True)
    )
    units = {
        "month": "months from the start",
        **dict.fromkeys(("low", "median", "high"), "share of receipts"),
    }
    return Section(
        "vpn", sentences,
        (Table("block", "Spared, lost and kept", {}, rows), Table("away", "Receipts away with clients", units, away)),
        found.amounts, "receipts and operating cost, never added",
    )  # fmt: skip


def freelancers_section(found: Freelance, year: Year) -> Section:
    """Freelancers and remote staff in a year of the calendar."""
    where = (
        "counted inside official receipts, so a part of the exports' loss" if found.inside
        else "counted on top of official receipts, so beside the exports' loss"
    )  # fmt: skip
    ratings = (
        "Ratings: no measurement, left at zero." if found.ratings is None
        else f"Through lower ratings, on your figure: {musd(found.ratings)}."
    )  # fmt: skip
    sentences = (
        f"Under “{year.calendar.title}” freelancers lose {musd(found.direct)} of earnings a year at once and "
        f"{musd(found.later)} with clients that leave: {where}.",
        f"{number(found.people)} people earn {musd(found.earnings)} a year, {usd(found.per_head)} a head, full and "
        f"part time; a year holds {number(found.days)} effective blackout-days for them. {ratings}",
    )
    rows = (
        ends_row("People", found.people, "persons"),
        ends_row("Earnings", found.earnings, "M USD per year"),
        ends_row("Earnings a head", found.per_head, "USD per year"),
        ends_row("Earnings over official receipts", found.share_of_receipts, "share"),
        ends_row("Effective blackout-days", found.days, "days per year"),
        ends_row("Lost at once", found.direct, "M USD per year"),
        ends_row("Lost with clients that leave", found.later, "M USD per year"),
        ends_row("Lost through ratings (no measurement)", found.ratings, "M USD per year"),
        ends_row("Remote staff: lost at once", found.remote, "M USD per year"),
    )
    return Section(
        "freelancers", sentences, (Table("freelancers", "Freelancers and remote staff", {}, rows),), found.amounts,
        "earnings of people whom the association's estimate leaves out",
    )  # fmt: skip


def talent_section(found: Talent, path: Exports) -> Section:
    """People needed and people there."""
    last = f"year {found.years[-1]:g}"
    exist = "exist" if found.enough >= 0.5 else "do not exist"
    sentences = (
        f"The path “{path.baseline.label}” needs {number((found.need[0][-1], found.need[1][-1], found.need[2][-1]))} "
        f"professionals in {last}; {number((found.have[0][-1], found.have[1][-1], found.have[2][-1]))} are there: "
        f"they {exist} ({percent(found.enough)} of draws have enough).",
        f"People who leave because of outages: {number(found.fewer)} by {last}, {musd(found.outflow_musd)} of receipts "
        "in that year. Nobody has measured that outflow.",
        f"The Economic Survey names {significant(found.survey_need)} more professionals for $15bn.",
    )
    rows = tuple(
        {
            "year": float(y), "needed_low": float(a), "needed": float(b), "needed_high": float(c),
            "there_low": float(d), "there": float(e), "there_high": float(f), "there_without_outflow": float(g),
        }
        for y, a, b, c, d, e, f, g in zip(
            found.years, *found.need, *found.have, found.without_outflow, strict=True
        )
    )  # fmt: skip
    goals = tuple(
        {"goal": goal, "low": low, "median": median, "high": high} for goal, low, median, high in found.goals
    )
    people = dict.fromkeys(rows[0].keys() - {"year"}, "persons")
    return Section(
        "talent", sentences,
        (
            Table("people", "Professionals needed and there", {"year": "years from the start", **people}, rows),
            Table("goals", f"Further professionals for each target in {last}",
                  {"goal": "M USD", **dict.fromkeys(("low", "median", "high"), "persons")}, goals),
        ),
        found.amounts, "people; receipts over professionals now, growing as set",
    )  # fmt: skip


def recurring_section(found: Year) -> Section:
    """Expected yearly cost and its range over years."""
    drawn = found.amounts[1]
    sentences = (
        f"“{found.calendar.title}”: {money(found.expected)} a year is to be expected (mean direct loss); one year in "
        f"ten falls outside {money(drawn.low)} to {money(drawn.high)}.",
        amounts_note(found),
    )
    rows = tuple(
        {
            "label": line.label, "per_year": line.per_year, "days": line.days, "low": line.low / MILLION,
            "median": line.median / MILLION, "high": line.high / MILLION, "mean": line.mean / MILLION,
        }
        for line in found.lines
    )  # fmt: skip
    years = (
        ends_row("Expected numbers, uncertain costs", ends(found.net / MILLION), "M USD per year"),
        ends_row("Numbers drawn, mean costs", ends(found.luck / MILLION), "M USD per year"),
        ends_row("Both: a year that may come", ends(found.drawn_net / MILLION), "M USD per year"),
        ends_row("Disruptions in a year", ends(found.totals), "a year"),
    )
    units = {
        "per_year": "a year",
        "days": "days",
        **dict.fromkeys(("low", "median", "high", "mean"), "M USD per year"),
    }
    return Section(
        "recurring", sentences,
        (
            Table("calendar", found.calendar.title, units, rows),
            Table("years", "How far years differ", {}, years),
        ),
        found.amounts,
        "net direct loss, value added; numbers of a year are Poisson around those expected",
    )  # fmt: skip


def exports_sections(
    catalogue: Catalogue, industry: Industry, values: Values, calendar: str, baseline: str,
    mine: Scenario | None = None,
) -> list[Section]:  # fmt: skip
    """Everything about the industry as a whole."""
    year = year_of(catalogue, calendar_of(catalogue, industry, values, calendar, mine))
    path = exports(catalogue, values, year, baseline)
    people = talent_of(values, path)
    return [
        exports_section(path), vpn_section(block(values)),
        freelancers_section(freelance(catalogue, values, year), year),
        talent_section(people, path), recurring_section(year),
    ]  # fmt: skip


def talent_of(values: Values, path: Exports) -> Talent:
    """People for the undisturbed path, with the targets of the exports."""
    goals = tuple(row.goal for row in path.targets)
    return talent(values, path.undisturbed, goals, values.central("industry.disrupted_years"))


def refusals(sections: Sequence[Section]) -> list[str]:
    """Sums that a reader is tempted to make, with the reason why they are not made."""
    known = {amount.id: amount for section in sections for amount in section.amounts}
    tempting = (
        ("exports.direct", "exports.shortfall"), ("exports.shortfall", "clients.lost"),
        ("clients.lost", "clients.kept_cost"), ("exports.shortfall", "freelance.later"),
        ("talent.outflow", "exports.shortfall"), ("calendar.net", "calendar.year"), ("firm.lost", "firm.profit"),
        ("firm.gross", "firm.caught_up"), ("measure.avoided.whitelisting", "measure.avoided.second_link"),
    )  # fmt: skip
    pairs = [(known[a], known[b]) for a, b in tempting if a in known and b in known]
    found = [refusal(first, second) for first, second in pairs]
    return [item.sentence for item in found if item is not None]
