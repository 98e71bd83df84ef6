"""The sections of the industry as a whole: the screen, the command line and every file read these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, written
from model.claims.sentences import amount_with_ends
from model.claims.sentences import usd as published
from model.common.ledger import refusal
from model.common.numbers import MILLION, percent, significant, spoken
from model.common.ranges import Range
from model.common.text import small
from model.common.version import MODEL_VERSION
from model.industry.calendar import (
    YearOfDisruptions,
    amounts_note,
    calendar_of,
    year_of,
)
from model.industry.clients import CLAIM, YEARS, VpnBlock, block
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
    plural,
    rounded_count,
    share,
    target,
    units_of,
    usd,
)
from model.scenario.scenario import Scenario
from model.text import findings, writer
from model.text.writer import CELL_FIELDS, Result, Section, Table

PATH_HEADS = {"median": "Disturbed", "gap": "Missed through disruptions", "clients": CLIENTS_LINE,
              "clients_gap": "Missed after a VPN block alone"}  # fmt: skip

EARNINGS, LOST_LATER = "earnings", "lost_later"  # ids of rows that a page picks or leaves out


def exports_section(exports: Exports) -> Section:
    """Path, targets and shortfall."""
    horizon = plural(exports.years[-1], "year")
    base = f"“{exports.baseline.label}”, {percent(exports.baseline.growth, 3)} a year"
    against, shortfall = f"against {base}", musd(exports.shortfall)
    last = spoken(exports.clients.median[-1] * MILLION, digits=3)
    inside = (
        "counted inside these export earnings"
        if exports.freelancers_inside
        else ("counted on top of these export earnings, so left out of their loss")
    )
    sentences = (
        f"{_with(exports.year)}, Pakistan's IT exports would miss about {shortfall} over {horizon} if they otherwise "
        f"grew {percent(exports.baseline.growth, 3)} a year (“{exports.baseline.label}”).",
        f"Undisturbed they go from {spoken(exports.undisturbed[0] * MILLION, digits=3)} to "
        f"{spoken(exports.undisturbed[-1] * MILLION, digits=3)}. A disrupted year takes {share(exports.direct_share)} "
        f"of export earnings at once and {share(exports.contracts_lost)} of contracts: {musd(exports.direct)} lost at "
        f"once over the path, {musd(exports.later)} with clients that leave (earnings of the path, undiscounted: "
        f"{rounded_count(exports.contract_months)} months for a lost contract). Freelancers are {inside}.",
        f"The line “{CLIENTS_LINE}” is another case, never added: {plural(exports.block_days, 'day')} of VPN blocking "
        f"from the start and no other disruption; the last year then brings {last}.",
    )
    path = curve_rows(
        year=exports.years, undisturbed=exports.undisturbed, **exports.disturbed.parts,
        **exports.gap.columns("gap"), **exports.clients.columns("clients"),
        **exports.clients_gap.columns("clients_gap"),
    )  # fmt: skip
    goals = tuple(
        {
            "goal": row.goal, "growth_needed": row.growth_needed, "years": row.years,
            "disturbed_soonest": row.disturbed_years.low, "disturbed_median": row.disturbed_years.median,
            "disturbed_latest": row.disturbed_years.high,
        }
        for row in exports.targets
    )  # fmt: skip
    growths = tuple(
        {"label": row.label, "growth": row.growth, "basis": row.basis} for row in exports.baselines.values()
    )
    money_units = units_of(path, "M USD", "year")
    years = dict.fromkeys(("years", "disturbed_soonest", "disturbed_median", "disturbed_latest"), "years")
    return Section(
        "exports", sentences,
        (
            Table("path", f"Export earnings {against}", {"year": "years from the start", **money_units}, path,
                  finding=findings.path(exports), heads=PATH_HEADS, drawn=("gap", "clients_gap")),
            Table("targets", "Growth and years to each target",
                  {"goal": "M USD", "growth_needed": f"share per year, over {horizon}", **years}, goals,
                  finding=findings.targets(exports)),
            Table("baselines", "Growth on offer", {"growth": "share per year"}, growths,
                  finding=findings.baselines(exports)),
        ),
        exports.amounts, "export earnings; the gap to a target is never a cost of disruption",
        tuple(
            f"{target(row.goal)}: needs {percent(row.growth_needed, 3)} a year over {horizon}; "
            f"{_reached(Range(row.years, row.years, row.years))} undisturbed, {_reached(row.disturbed_years)} disturbed"
            for row in exports.targets
        ),
        {"shortfall": shortfall, "against": against}, names_home=True,
    )  # fmt: skip


def _with(year: YearOfDisruptions) -> str:
    """`With three cable faults and two blackouts a year`; else the title stands in quotation marks."""
    calendar = year.calendar
    return f"With {small(calendar.title)}" if calendar.goes_on else f"Under “{calendar.title}”"


def _reached(reached: Range[float | None]) -> str:
    """`1.7 years`, `1.7 years (1.6 to 1.8)`, `never`."""
    words = reached.each(lambda value: "never" if value is None else significant(value))
    return f"{words.median}{'' if words.median == 'never' else ' years'}{words.bracket()}"


def vpn_section(block: VpnBlock) -> Section:
    """The VPN block: spared, lost, kept at a cost."""
    base = f"“{block.baseline.label}”, {percent(block.baseline.growth, 3)} a year"
    first = (
        f"{plural(block.days, 'day')} of VPN blocking {'reaches' if block.days == 1 else 'reach'} "
        f"{share(block.exposed)} of export earnings; clients that leave take {musd(block.lost)} over {YEARS} years on "
        f"the path {base}, {musd(block.lost_in_block)} of it while the block lasts."
    )
    if not block.days:
        first = (
            f"No day of VPN blocking, so nothing is lost and nothing paid; one would reach {share(block.exposed)} of "
            "export earnings."
        )
    lasting = (
        f"Registered VPNs spare {share(block.spared)} of export earnings. While the block lasts "
        f"{share(block.kept_share)} of the work that it reaches is kept, at a cost of {musd(block.kept_cost)}: the "
        "claimed cost of a full year, by length and by the share of work that needs a way round.",
        "Lost business and workaround costs are counted separately.",
    )
    sentences = (
        first,
        *(lasting if block.days else ()),
        f"A year of the claimed cost would move {rounded_count(block.people_abroad)} people to offices abroad, or is "
        f"{usd(block.per_worker)} for each professional.",
    )
    claim = next(amount for amount in block.amounts if amount.id == CLAIM)
    claimed = amount_with_ends(claim, write=published)  # three digits, as wherever it is told
    rows = (
        ends_row("Earnings that the block reaches", block.exposed, "share of export earnings"),
        ends_row("Spared by registered VPNs", block.spared, "share of export earnings"),
        ends_row("Away at the end of the block", block.left, "share of export earnings"),
        ends_row(f"Earnings lost, years 1 to {YEARS}, on the path", block.lost, "M USD"),
        ends_row("Of these while the block lasts", block.lost_in_block, "M USD"),
        ends_row("Kept while the block lasts, of what it reaches", block.kept_share, "share of exposed work"),
        ends_row("Cost of keeping the others", block.kept_cost, "M USD"),
        ends_row("Claimed cost of a full year", block.full_cost, "M USD per year", said=claimed),
        ends_row("People abroad for that cost", block.people_abroad, "persons"),
        ends_row("Claimed cost a professional", block.per_worker, "USD per year"),
    )
    away = curve_rows(month=block.months, **block.away.parts)
    units = {
        "month": "months from the start",
        **dict.fromkeys(("low", "median", "high"), "share of export earnings"),
    }
    return Section(
        "vpn", sentences,
        (
            Table("block", "Spared, lost and kept", {}, rows, finding=findings.block(block)),
            Table("away", "Earnings away with clients", units, away, finding=findings.away(block),
                  heads={"median": "Away with clients"}, drawn=("median",)),
        ),
        block.amounts, "export earnings and operating cost, never added", said={CLAIM: claimed},
    )  # fmt: skip


def freelancers_section(freelance: Freelance, year: YearOfDisruptions) -> Section:
    """Freelancers and remote staff in a year of the calendar."""
    where = (
        "counted inside official earnings, so a part of the exports' loss" if freelance.inside
        else "counted on top of official earnings, so beside the exports' loss"
    )  # fmt: skip
    ratings = (
        "Ratings: no measurement, left at zero." if freelance.ratings is None
        else f"Through lower ratings, on your figure: {musd(freelance.ratings)}."
    )  # fmt: skip
    sentences = (
        f"Under “{year.calendar.title}” freelancers lose {musd(freelance.direct)} of earnings a year at once and "
        f"{musd(freelance.later)} with clients that leave: {where}.",
        f"{rounded_count(freelance.people)} people earn {musd(freelance.earnings)} a year, {usd(freelance.per_head)} a "
        f"head, full and part time; a year holds {rounded_count(freelance.days)} effective blackout-days for them. "
        f"{ratings}",
        f"Clients that leave are counted at {freelance.present_value}.",
    )
    rows = {
        "people": ends_row("People", freelance.people, "persons"),
        EARNINGS: ends_row("Earnings", freelance.earnings, "M USD per year"),
        "per_head": ends_row("Earnings a head", freelance.per_head, "USD per year"),
        "share": ends_row("Earnings over official earnings", freelance.share_of_receipts, "share"),
        "days": ends_row("Effective blackout-days", freelance.days, "days per year"),
        "direct": ends_row("Lost at once", freelance.direct, "M USD per year"),
        "later": ends_row("Lost with clients that leave", freelance.later, "M USD per year"),
        "ratings": ends_row("Lost through ratings (no measurement)", freelance.ratings, "M USD per year"),
        "remote": ends_row("Remote staff: lost at once", freelance.remote, "M USD per year"),
    }
    return Section(
        "freelancers", sentences, (
            Table("freelancers", "Freelancers and remote staff", {}, tuple(rows.values()),
                  finding=findings.freelancers(freelance), ids=tuple(rows)),
        ), freelance.amounts,
        "earnings of people whom the association's estimate leaves out", names_home=year.calendar.names_home,
    )  # fmt: skip


def talent_section(talent: Talent, path: Exports) -> Section:
    """People needed and people there."""
    last = f"year {talent.years[-1]:g}"
    verdicts = "; ".join(
        f"{target(row.goal)} {'yes' if row.exist else 'no'} (enough in {percent(row.enough)} of simulations)"
        for row in talent.goals
    )
    exist = "be enough" if talent.enough >= 0.5 else "not be enough"
    sentences = (
        f"The path “{path.baseline.label}” needs {rounded_count(talent.need.at(-1))} "
        f"professionals in {last}; {rounded_count(talent.have.at(-1))} are there: "
        f"there will {exist} people ({percent(talent.enough)} of simulations have enough).",
        f"Will there be enough people for a target by {last}? {verdicts}.",
        f"A disrupted year holds {rounded_count(talent.days)} effective blackout-days and drives out "
        f"{share(talent.outflow)} of professionals. People who leave because of outages: {rounded_count(talent.fewer)} "
        f"by {last}, {musd(talent.outflow_musd)} of export earnings in that year. Nobody has measured that outflow.",
        f"The Economic Survey names {significant(talent.survey_need)} more professionals for $15bn.",
    )
    rows = curve_rows(
        year=talent.years, **talent.need.columns("needed"), **talent.have.columns("there"),
        there_without_outflow=talent.without_outflow,
    )  # fmt: skip
    goals = tuple(
        {
            "goal": row.goal, **columns("needed", row.needed), **columns("further", row.further),
            **columns("missing", row.missing), "enough": row.enough,
        }
        for row in talent.goals
    )  # fmt: skip
    people = units_of(rows, "persons", "year")
    return Section(
        "talent", sentences,
        (
            Table("people", "Professionals needed and there", {"year": "years from the start", **people}, rows,
                  finding=findings.people(talent), drawn=("needed", "there")),
            Table("goals", f"Professionals for each target in {last}",
                  {"goal": "M USD per year", "enough": "share of simulations",
                   **units_of(goals, "persons", "goal", "enough")}, goals,
                  finding=findings.goals(talent)),
        ),
        talent.amounts, "people; export earnings over professionals now, growing as set",
    )  # fmt: skip


def recurring_section(year: YearOfDisruptions, hit: ExportYear) -> Section:
    """Expected yearly cost and its range over years."""
    drawn = year.amounts[1]
    sentences = (
        f"“{year.calendar.title}”: the mean direct loss over years is {spoken(year.expected)} a year; half of the "
        f"simulated years stay below {spoken(drawn.median)}, one in ten falls outside "
        f"{drawn.range.each(spoken).ends}.",
        amounts_note(year, hit.present_value),
    )
    rows = tuple(
        {
            "label": line.label, "per_year": line.per_year, "days": line.days,
            **line.cost.each(lambda value: value / MILLION).parts, "mean": line.mean / MILLION,
        }
        for line in year.lines
    )  # fmt: skip
    years = {
        "expected": ends_row(
            "Expected numbers, uncertain costs",
            Range.of(year.net / MILLION),
            "M USD per year",
            mean=year.expected / MILLION,
        ),
        "luck": ends_row(
            "Numbers drawn, mean costs",
            Range.of(year.luck / MILLION),
            "M USD per year",
            mean=float(year.luck.mean()) / MILLION,
        ),
        "drawn": ends_row(
            "Both: a year that may come",
            Range.of(year.drawn_net / MILLION),
            "M USD per year",
            mean=float(year.drawn_net.mean()) / MILLION,
        ),
        LOST_LATER: ends_row(
            "Earnings lost later, numbers drawn",
            Range.of(year.drawn_lagged / MILLION),
            "M USD of export earnings",
            mean=float(year.drawn_lagged.mean()) / MILLION,
        ),
        "disruptions": ends_row("Disruptions in a year", Range.of(year.totals), "a year"),
    }
    units = {
        "per_year": "a year",
        "days": "days",
        **dict.fromkeys(("low", "median", "high", "mean"), "M USD per year"),
    }
    return Section(
        "recurring", sentences,
        (
            Table("calendar", year.calendar.title, units, rows, finding=findings.calendar(year)),
            Table("years", "How far years differ", {}, tuple(years.values()), finding=findings.years(year),
                  ids=tuple(years)),
        ),
        year.amounts,
        "direct loss, value added; numbers of a year are Poisson around those expected",
        names_home=year.calendar.names_home,
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
    by_id = {amount.id: amount for section in sections for amount in section.amounts}
    tempting = (
        ("exports.direct", "exports.shortfall"), ("exports.shortfall", "clients.lost"),
        ("clients.lost", "clients.kept_cost"), ("exports.shortfall", "freelance.later"),
        ("exports.shortfall", "calendar.lagged"), ("clients.kept_cost", "calendar.coping"),
        ("talent.outflow", "exports.shortfall"), ("calendar.net", "calendar.year"), ("firm.lost", "firm.profit"),
        ("firm.gross", "firm.caught_up"), ("home.spared", "measure.avoided.work_from_home"),
        ("home.cost", "measure.cost.work_from_home"), ("measure.avoided.whitelisting", "measure.avoided.second_link"),
    )  # fmt: skip
    pairs = [(by_id[a], by_id[b]) for a, b in tempting if a in by_id and b in by_id]
    texts = [refusal(first, second) for first, second in pairs]
    return [item.sentence for item in texts if item is not None]


def result_of(
    catalogue: Catalogue,
    sections: Sequence[Section],
    chosen: Mapping[str, str],
    given: Mapping[str, Override],
) -> Result:
    """Sections, ready to be written with the choices and the moved figures that they rest on."""
    common = provenance_of_choices(catalogue, chosen, given)
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


def provenance_of_choices(
    catalogue: Catalogue, chosen: Mapping[str, str], given: Mapping[str, Override]
) -> dict[str, str]:
    """What every exported row repeats: choices, moved figures and versions."""
    moved = "&".join(f"{key}={written(value)}" for key, value in given.items())
    return writer.provenance(
        catalogue.data_version,
        {**chosen, "changed": moved or "nothing"},
        sources="data/industry.csv and data/measures.csv name the source of every figure; most are assumptions",
    )
