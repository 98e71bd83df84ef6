"""The sections of the industry as a whole: the screen, the command line and every file read these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, written
from model.common.ledger import refusal
from model.common.numbers import MILLION, money, percent, significant
from model.common.ranges import Range
from model.common.version import MODEL_VERSION
from model.industry.calendar import (
    Year,
    amounts_note,
    calendar_of,
    year_of,
)
from model.industry.clients import YEARS, Block, block
from model.industry.draws import Values
from model.industry.export_year import ExportYear, export_year
from model.industry.exports import Exports, exports
from model.industry.freelancers import Freelance, freelance
from model.industry.talent import Talent, talent
from model.industry.words import (
    CLIENTS_LINE,
    columns,
    curve_rows,
    ends_row,
    musd,
    number,
    plural,
    share,
    target,
    units_of,
    usd,
)
from model.scenario.scenario import Scenario
from model.text import writer
from model.text.writer import CELL_FIELDS, Result, Section, Table


def exports_section(found: Exports) -> Section:
    """Path, targets and shortfall."""
    horizon = plural(found.years[-1], "year")
    base = f"“{found.baseline.label}”, {percent(found.baseline.growth, 3)} a year"
    against, shortfall = f"against {base}", musd(found.shortfall)
    last = money(found.clients.median[-1] * MILLION, digits=3)
    inside = (
        "counted inside these receipts"
        if found.freelancers_inside
        else ("counted on top of these receipts, so left out of their loss")
    )
    sentences = (
        f"Under “{found.year.calendar.title}” IT exports fall {shortfall} short over {horizon}, "
        f"against the baseline {base}.",
        f"Undisturbed they go from {money(found.undisturbed[0] * MILLION, digits=3)} to "
        f"{money(found.undisturbed[-1] * MILLION, digits=3)}. A disrupted year takes {share(found.direct_share)} of "
        f"receipts at once and {share(found.contracts_lost)} of contracts: {musd(found.direct)} lost at once over the "
        f"path, {musd(found.later)} with clients that leave (receipts of the path, undiscounted: "
        f"{number(found.contract_months)} months for a lost contract). Freelancers are {inside}.",
        f"The line “{CLIENTS_LINE}” is another case, never added: {plural(found.block_days, 'day')} of VPN blocking "
        f"from the start and no other disruption; the last year then brings {last}.",
    )
    path = curve_rows(
        year=found.years, undisturbed=found.undisturbed, **found.disturbed.parts,
        **found.gap.columns("gap"), **found.clients.columns("clients"), **found.clients_gap.columns("clients_gap"),
    )  # fmt: skip
    goals = tuple(
        {
            "goal": row.goal, "growth_needed": row.growth_needed, "years": row.years,
            "disturbed_soonest": row.disturbed_years.low, "disturbed_median": row.disturbed_years.median,
            "disturbed_latest": row.disturbed_years.high,
        }
        for row in found.targets
    )  # fmt: skip
    growths = tuple(
        {"label": row.label, "growth": row.growth, "basis": row.basis} for row in found.baselines.values()
    )
    money_units = units_of(path, "M USD", "year")
    years = dict.fromkeys(("years", "disturbed_soonest", "disturbed_median", "disturbed_latest"), "years")
    return Section(
        "exports", sentences,
        (
            Table("path", f"Export receipts {against}", {"year": "years from the start", **money_units}, path),
            Table("targets", "Growth and years to each target",
                  {"goal": "M USD", "growth_needed": f"share per year, over {horizon}", **years}, goals),
            Table("baselines", "Growth on offer", {"growth": "share per year"}, growths),
        ),
        found.amounts, "receipts; the gap to a target is never a cost of disruption",
        tuple(
            f"{target(row.goal)}: needs {percent(row.growth_needed, 3)} a year over {horizon}; "
            f"{_reached(Range(row.years, row.years, row.years))} undisturbed, {_reached(row.disturbed_years)} disturbed"
            for row in found.targets
        ),
        {"shortfall": shortfall, "against": against},
    )  # fmt: skip


def _reached(reached: Range[float | None]) -> str:
    """`1.7 years`, `1.7 years (1.6 to 1.8)`, `never`."""
    words = reached.each(lambda value: "never" if value is None else significant(value))
    years_text = words.median if words.median == "never" else f"{words.median} years"
    return years_text if words.low == words.median == words.high else f"{years_text} ({words.ends})"


def vpn_section(found: Block) -> Section:
    """The VPN block: spared, lost, kept at a cost."""
    base = f"“{found.baseline.label}”, {percent(found.baseline.growth, 3)} a year"
    first = (
        f"{plural(found.days, 'day')} of VPN blocking {'reaches' if found.days == 1 else 'reach'} "
        f"{share(found.exposed)} of receipts; clients that leave take {musd(found.lost)} over {YEARS} years on the "
        f"path {base}, {musd(found.lost_in_block)} of it while the block lasts."
    )
    if not found.days:
        first = (
            f"No day of VPN blocking, so nothing is lost and nothing paid; one would reach {share(found.exposed)} of "
            "receipts."
        )
    lasting = (
        f"Registered VPNs spare {share(found.spared)} of receipts. While the block lasts {share(found.kept_share)} of "
        f"the work that it reaches is kept, at a cost of {musd(found.kept_cost)}: the claimed cost of a full year, by "
        "length and by the share of work that needs a way round. What is lost is never also saved at a cost.",
    )
    sentences = (
        first,
        *(lasting if found.days else ()),
        f"A year of the claimed cost would move {number(found.people_abroad)} people to offices abroad, or is "
        f"{usd(found.per_worker)} for each professional.",
    )
    rows = (
        ends_row("Receipts that the block reaches", found.exposed, "share of receipts"),
        ends_row("Spared by registered VPNs", found.spared, "share of receipts"),
        ends_row("Away at the end of the block", found.left, "share of receipts"),
        ends_row(f"Receipts lost, years 1 to {YEARS}, on the path", found.lost, "M USD"),
        ends_row("Of these while the block lasts", found.lost_in_block, "M USD"),
        ends_row("Kept while the block lasts, of what it reaches", found.kept_share, "share of exposed work"),
        ends_row("Cost of keeping the others", found.kept_cost, "M USD"),
        ends_row("Claimed cost of a full year", found.full_cost, "M USD per year"),
        ends_row("People abroad for that cost", found.people_abroad, "persons"),
        ends_row("Claimed cost a professional", found.per_worker, "USD per year"),
    )
    away = curve_rows(month=found.months, **found.away.parts)
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
        f"Clients that leave are counted at {found.present_value}.",
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
    verdicts = "; ".join(
        f"{target(row.goal)} {'yes' if row.exist else 'no'} (enough in {percent(row.enough)} of draws)"
        for row in found.goals
    )
    exist = "exist" if found.enough >= 0.5 else "do not exist"
    sentences = (
        f"The path “{path.baseline.label}” needs {number(found.need.at(-1))} "
        f"professionals in {last}; {number(found.have.at(-1))} are there: "
        f"they {exist} ({percent(found.enough)} of draws have enough).",
        f"Do people for a target exist by {last}? {verdicts}.",
        f"A disrupted year holds {number(found.days)} effective blackout-days and drives out {share(found.outflow)} of "
        f"professionals. People who leave because of outages: {number(found.fewer)} by {last}, "
        f"{musd(found.outflow_musd)} of receipts in that year. Nobody has measured that outflow.",
        f"The Economic Survey names {significant(found.survey_need)} more professionals for $15bn.",
    )
    rows = curve_rows(
        year=found.years, **found.need.columns("needed"), **found.have.columns("there"),
        there_without_outflow=found.without_outflow,
    )  # fmt: skip
    goals = tuple(
        {
            "goal": row.goal, **columns("needed", row.needed), **columns("further", row.further),
            **columns("missing", row.missing), "enough": row.enough,
        }
        for row in found.goals
    )  # fmt: skip
    people = units_of(rows, "persons", "year")
    return Section(
        "talent", sentences,
        (
            Table("people", "Professionals needed and there", {"year": "years from the start", **people}, rows),
            Table("goals", f"Professionals for each target in {last}",
                  {"goal": "M USD per year", "enough": "share of draws",
                   **units_of(goals, "persons", "goal", "enough")}, goals),
        ),
        found.amounts, "people; receipts over professionals now, growing as set",
    )  # fmt: skip


def recurring_section(found: Year, hit: ExportYear) -> Section:
    """Expected yearly cost and its range over years."""
    drawn = found.amounts[1]
    sentences = (
        f"“{found.calendar.title}”: the mean direct loss over years is {money(found.expected)} a year; half of the "
        f"simulated years stay below {money(drawn.median)}, one in ten falls outside {money(drawn.low)} to "
        f"{money(drawn.high)}.",
        amounts_note(found, hit.present_value),
    )
    rows = tuple(
        {
            "label": line.label, "per_year": line.per_year, "days": line.days,
            **line.cost.each(lambda value: value / MILLION).parts, "mean": line.mean / MILLION,
        }
        for line in found.lines
    )  # fmt: skip
    years = (
        ends_row(
            "Expected numbers, uncertain costs",
            Range.of(found.net / MILLION),
            "M USD per year",
            mean=found.expected / MILLION,
        ),
        ends_row(
            "Numbers drawn, mean costs",
            Range.of(found.luck / MILLION),
            "M USD per year",
            mean=float(found.luck.mean()) / MILLION,
        ),
        ends_row(
            "Both: a year that may come",
            Range.of(found.drawn_net / MILLION),
            "M USD per year",
            mean=float(found.drawn_net.mean()) / MILLION,
        ),
        ends_row(
            "Receipts lost later, numbers drawn",
            Range.of(found.drawn_lagged / MILLION),
            "M USD of receipts",
            mean=float(found.drawn_lagged.mean()) / MILLION,
        ),
        ends_row("Disruptions in a year", Range.of(found.totals), "a year"),
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
        exports_section(path), vpn_section(block(values, path.baseline)),
        freelancers_section(freelance(catalogue, values, year), year),
        talent_section(people, path), recurring_section(year, export_year(catalogue, year)),
    ]  # fmt: skip


def talent_of(values: Values, path: Exports) -> Talent:
    """People for the undisturbed path, with the targets of the exports."""
    goals = tuple(row.goal for row in path.targets)
    disrupted = values.central("industry.disrupted_years")
    return talent(values, path.undisturbed, goals, disrupted, path.outage_days)


def refusals(sections: Sequence[Section]) -> list[str]:
    """Sums that a reader is tempted to make, with the reason why they are not made."""
    known = {amount.id: amount for section in sections for amount in section.amounts}
    tempting = (
        ("exports.direct", "exports.shortfall"), ("exports.shortfall", "clients.lost"),
        ("clients.lost", "clients.kept_cost"), ("exports.shortfall", "freelance.later"),
        ("exports.shortfall", "calendar.lagged"), ("clients.kept_cost", "calendar.coping"),
        ("talent.outflow", "exports.shortfall"), ("calendar.net", "calendar.year"), ("firm.lost", "firm.profit"),
        ("firm.gross", "firm.caught_up"), ("home.spared", "measure.avoided.work_from_home"),
        ("home.cost", "measure.cost.work_from_home"), ("measure.avoided.whitelisting", "measure.avoided.second_link"),
    )  # fmt: skip
    pairs = [(known[a], known[b]) for a, b in tempting if a in known and b in known]
    found = [refusal(first, second) for first, second in pairs]
    return [item.sentence for item in found if item is not None]


def result_of(
    catalogue: Catalogue,
    sections: Sequence[Section],
    chosen: Mapping[str, str],
    given: Mapping[str, Override],
) -> Result:
    """Sections, ready to be written with the choices and the moved figures that they rest on."""
    common = provenance(catalogue, chosen, given)
    not_added = refusals(sections)
    end = f"Assumptions unless a source is named; model {MODEL_VERSION}, data {catalogue.data_version}."
    return Result(
        lambda: [
            *(line for section in sections for line in section.text),
            *(f"Not added: {text}" for text in not_added),
            end,
        ],
        lambda: {
            **common,
            "sections": {section.name: section.data for section in sections},
            "refusals": not_added,
        },
        lambda: writer.table((row for section in sections for row in section.cells), common, CELL_FIELDS),
    )


def provenance(
    catalogue: Catalogue, chosen: Mapping[str, str], given: Mapping[str, Override]
) -> dict[str, str]:
    """What every exported row repeats: choices, moved figures and versions."""
    moved = "&".join(f"{key}={written(value)}" for key, value in given.items())
    return writer.provenance(
        catalogue.data_version,
        {**chosen, "changed": moved or "nothing"},
        sources="data/industry.csv and data/measures.csv name the source of every figure; most are assumptions",
    )
