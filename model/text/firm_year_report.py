"""A year of outages of one firm, in sentences and tables."""

from __future__ import annotations

from model.common.numbers import percent, spoken
from model.common.ranges import Range
from model.common.text import small
from model.industry.firm_outage import LOCKDOWN
from model.industry.firm_year import FirmYear, YearWorth
from model.industry.words import columns, ends_row, plural, usd
from model.text import findings
from model.text.writer import Section, Table

LINE_FAULTS = "line_faults"  # the row of a second line where the outages are the firm's own line's


def firm_year_section(year: FirmYear) -> Section:
    """A year of outages for the firm, and what is worth having against them."""
    sentences = (_year_text(year), *_worth_texts(year), _line_faults_text(year), YEAR_BASIS)
    results = (
        ends_row("Profit lost in a year", year.cost, "USD per year"),
        ends_row("Of it penalties to clients", year.penalties, "USD per year"),
        ends_row("Revenue lost in a year", year.lost, "USD per year"),
        ends_row(
            "Profit lost that one year in ten passes", Range(year.bad, year.bad, year.bad), "USD per year"
        ),
        ends_row("Chance of a year without an outage", Range(year.none, year.none, year.none), "share"),
    )
    worth = _every_worth(year)
    rows = tuple(
        {"label": label, **columns("cost", row.cost), **columns("saved", row.saved), **columns("total", row.total),
         "pays": row.pays, "cost_basis": row.cost_basis, "note": row.note, "verdict": str(row.verdict)}
        for _, label, row in worth
    )  # fmt: skip
    units = {
        **dict.fromkeys(columns("cost", None), "USD per year"),
        **dict.fromkeys(columns("saved", None), "USD of profit a year"),
        **dict.fromkeys(columns("total", None), "USD per year, its price included"), "pays": "share of simulations",
    }  # fmt: skip
    return Section(
        "firm_year", tuple(filter(None, sentences)),
        (
            Table("firm_year", "A year of such outages", {}, results, finding=findings.firm_year_range(year)),
            Table("worth", "What is worth having over a year", units, rows, finding=findings.worth(year),
                  ids=tuple(name for name, _, _ in worth)),
        ),
        year.amounts, "profit of one firm in a year; the number of outages varies by luck around the one given",
        parts={"line_faults": _line_faults_text(year), "finding": findings.firm_year(year)},
    )  # fmt: skip


YEAR_BASIS = (
    "The number of outages of a year varies by luck around the one given. A working day has eight hours, and an outage "
    "is taken to begin in one; clients who leave later are not counted."
)


def _year_text(year: FirmYear) -> str:
    outages = f"{plural(year.outages, 'outage')} a year of {plural(year.hours, 'working hour')}"
    what = f"{outages} ({small(year.kind_label)})"
    verb = "costs" if year.outages == 1 else "cost"
    if year.cost.high <= 0:
        return f"{what} {verb} this firm in Pakistan no profit."
    return (
        f"{what} {verb} this firm in Pakistan about {usd(year.cost)} of profit a year. "
        f"One year in ten costs more than {spoken(year.bad)}."
    )


def _worth_texts(year: FirmYear) -> tuple[str, ...]:
    """A sentence for each protection that saves something, and one for those that save nothing."""
    useful = [row for row in year.worth if row.saved.high > 0]
    idle = [row.label for row in year.worth if row.saved.high <= 0]
    texts = [
        f"“{row.label}” costs {usd(row.cost)} a year ({row.cost_basis}) and saves {usd(row.saved)}: "
        f"{_verdict_text(row)}."
        for row in useful
    ]
    if idle and year.cost.high > 0:
        names = " and ".join(f"“{label}”" for label in idle)
        shared = "it shares" if len(idle) == 1 else "they share"
        why = f", because {shared} what fails" if year.kind != LOCKDOWN else ", because the lines work"
        texts.append(f"{names} would save nothing here{why}.")
    return tuple(texts)


def _line_faults_text(year: FirmYear) -> str:
    """What a second line is worth where the outages are the firm's own line's."""
    if year.instead is None or year.instead.cost.high <= 0:
        return ""
    other = year.instead
    line = next(row for row in other.worth if row.key == "second_line")
    return (
        f"Were they faults of the firm's own line, such a year would cost {usd(other.cost)}, and a second line would "
        f"save {usd(line.saved)} for {usd(line.cost)}: {_verdict_text(line)}."
    )


def _every_worth(year: FirmYear) -> list[tuple[str, str, YearWorth]]:
    """Each protection with its id and its label."""
    rows = [(row.key, row.label, row) for row in year.worth]
    if year.instead is not None:
        line = next(row for row in year.instead.worth if row.key == "second_line")
        rows.append((LINE_FAULTS, f"{line.label}, were they faults of the firm's own line", line))
    return rows


def _verdict_text(row: YearWorth) -> str:
    """`worth it, it pays in 97% of simulations`."""
    if row.saved.high <= 0:
        return row.verdict
    return f"{row.verdict}, it pays in {share_of_simulations(row.pays)}"


def share_of_simulations(share: float) -> str:
    """A `share` of 1 as words: `all simulations`, `over 99% of simulations`, `42% of simulations`, `no simulation`."""
    if share in (0, 1):
        return "all simulations" if share else "no simulation"
    if share > 0.99 or share < 0.01:
        return ("over 99%" if share > 0.99 else "under 1%") + " of simulations"
    return f"{percent(share)} of simulations"
