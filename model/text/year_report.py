"""What a year of recorded events costs in a country, and how far the rates held, as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.catalogue.load import Catalogue
from model.common.numbers import money, percent, significant, spoken
from model.common.ranges import Range, from_to
from model.common.text import capital
from model.rates.check import BAND, Check
from model.rates.record import RecordedYears
from model.rates.year import BAD, YearCost
from model.text import writer
from model.text.writer import Result

NOT_A_FORECAST = "A record of the past, not a forecast: it says what a year like the recorded ones costs."
ONLY_DELIBERATE = (
    "Only deliberate shutdowns, blocks and slowing are counted: no cable cuts, power failures or faults."
)
WHOLE_DAYS = (
    "Lengths are of whole days. Exam cuts of a few hours a day stand as one event from the first day to the last and "
    "are priced so: Algeria, Iraq and Syria come out too dear."
)
OF_RECORD = (
    "Kinds are known for all years together, and by year for the world alone: by country they could not be checked.",
    "Blocks that stand for years count once, in the year in which they began, and their cost in a year ends with that "
    "year.",
    "Reporting grew with the years, so that a part of any rise is a rise in what is seen.",
)
COLUMNS = ("item", "label", "low", "value", "high", "unit")
CHECK_COLUMNS = ("check", "name", "fitted", "low", "middle", "high", "counted", "inside")


def sentences(year: YearCost) -> tuple[str, ...]:
    """The answer for people: how often, what a year costs, a bad year, the chance of none."""
    name, span = year.economy.country.name, year.record.span
    often = f"{year.rate.each(significant).full} a year in the long run"
    bad = (
        f"One year in ten costs more than {spoken(year.bad, year.unit)}."
        if year.bad > 0
        else "Fewer than one year in ten has an event that costs anything."
    )
    none = f"{capital(percent(year.none))} of years have no event."
    cost = year.expected.spoken(year.unit)
    share = "" if year.unit != "USD" else f", {year.share.each(percent).full} of GDP"
    if not year.events:
        return (
            f"No event is on record in {name} from {span.replace('-', ' to ')}.",
            f"That does not exclude one: by the spread of rates between countries, {none[0].lower()}{none[1:]} "
            f"The mean cost of a year, {cost.full}, rests on the record of other countries alone.",
            bad,
        )
    return (
        f"{name}: {year.events} event{'' if year.events == 1 else 's'} began in {span}; {often}.",
        f"A year of such events costs {cost.full} on average{share}.",
        f"{bad} {none}",
    )


def caveats(catalogue: Catalogue, year: YearCost, checks: Sequence[Check] = ()) -> tuple[str, ...]:
    """What a reader should doubt, the most important first."""
    of_all = f" of {significant(year.economy.population, 3)}" if year.economy.population else ""
    iso3 = year.economy.country.iso3
    notes = [NOT_A_FORECAST]
    if iso3 not in year.record.shares:
        notes.append(
            f"{part_sentence(catalogue, of_all)} It carries much of the range where few events are nationwide."
        )
    if year.record.shipped:
        notes += [ONLY_DELIBERATE, WHOLE_DAYS, *OF_RECORD]
    notes += [*year.record.notes, *(check_sentence(item) for item in checks[:1])]
    if year.economy.money_old:
        notes.append(f"The GDP is of {year.economy.gdp_year}, too old for dollars: % of a day's GDP instead.")
    return tuple(notes)


def part_sentence(catalogue: Catalogue, of_all: str = "") -> str:
    """What is assumed of events inside a country."""
    low, mode, high = (significant(value) for value in catalogue.shutdowns.figures["part_people"].ends)
    return (
        "How much of the economy an event inside the country hits is an assumption: that of "
        f"{from_to(low, high)} people, most likely {mode}{of_all}."
    )


def basis(catalogue: Catalogue, record: RecordedYears) -> str:
    """What the figures rest on, in one line."""
    return f"direct loss, value added; {source(catalogue, record)}"


def source(catalogue: Catalogue, record: RecordedYears) -> str:
    """Who recorded the events."""
    row = catalogue.sources["stop_2026_05"]
    return f"{row.title}, {row.publisher}" if record.shipped else record.title


def result_of(catalogue: Catalogue, year: YearCost, checks: Sequence[Check] = ()) -> Result:
    """The year of one country, ready to be written; rates in events a year, chances as decimals."""
    provenance = writer.provenance(
        catalogue.data_version,
        {"country": year.economy.country.iso3, "record": year.record.title, "years": year.record.span},
        basis=basis(catalogue, year.record),
    )
    rows = figures(year)
    return Result(
        lambda: _lines(catalogue, year, checks),
        lambda: {
            **provenance, "sentences": list(sentences(year)), "figures": rows,
            "recorded": dict(zip(map(str, year.record.years), year.observed, strict=True)),
            "caveats": list(caveats(catalogue, year, checks)),
        },
        lambda: writer.table(rows, provenance, COLUMNS),
    )  # fmt: skip


def figures(year: YearCost) -> list[dict[str, Any]]:
    """Every figure of the year as a row."""

    def row(item: str, label: str, value: float | Range[float], unit: str) -> dict[str, Any]:
        ends = value if isinstance(value, Range) else Range(None, value, None)
        return {
            "item": item,
            "label": label,
            "low": ends.low,
            "value": ends.median,
            "high": ends.high,
            "unit": unit,
        }

    rows = [
        row("recorded", "Events on record", float(year.events), "events"),
        row("rate", "Events a year", year.rate, "per year"),
        row("expected", "Cost of a year, on average", year.expected, year.unit),
        row("mean", "The same, mean over everything that is not known", year.mean, year.unit),
        row("bad_year", f"Cost that one year in {1 / BAD:g} passes", year.bad, year.unit),
        row("none", "Chance of a year without an event", year.none, "share"),
    ]
    for kind in year.kinds:
        rows += [
            row("recorded_of_kind", kind.label, float(kind.events), "events"),
            row("rate_of_kind", kind.label, kind.rate, "per year"),
            row("expected_of_kind", kind.label, kind.cost, year.unit),
        ]
    return rows + [
        row("passed", f"Passed by {percent(chance)} of years", cost, year.unit)
        for chance, cost in year.passed
    ]


def _lines(catalogue: Catalogue, year: YearCost, checks: Sequence[Check]) -> list[str]:
    lines = [*sentences(year), "", f"{'Kind':<20} {'on record':>9}  {'a year':<24} cost a year, on average"]
    for kind in year.kinds:
        rate, cost = kind.rate.each(significant).full, kind.cost.money(year.unit).full
        lines.append(f"{kind.label:<20} {kind.events:>9}  {rate:<24} {cost}")
    lines += ["", "Share of years that cost more than"]
    lines += [f"  {percent(chance):>5}  {money(cost, year.unit)}" for chance, cost in year.passed]
    recorded = ", ".join(
        f"{when}: {count}" for when, count in zip(year.record.years, year.observed, strict=True)
    )
    lines += ["", f"On record by year: {recorded}", f"Basis: {basis(catalogue, year.record)}."]
    return [*lines, *(f"- {text}" for text in caveats(catalogue, year, checks))]


def check_sentence(check: Check) -> str:
    """How many countries lay inside their range, and on which side the others were."""
    active = check.active
    inside, outside = sum(row.inside for row in active), [row for row in check.rows if not row.inside]
    above = sum(row.counted > row.band.high for row in outside)
    band = percent(BAND[1] - BAND[0])
    (first, last), (begin, end) = check.fitted, check.tested
    rest = ""
    if check.silent:
        everyone = len(check.rows) + check.silent
        rest = f" ({percent(check.share(False))} of all {everyone} countries, most of which had none)"
    which = f"all {above}" if above == len(outside) else f"{above} of {len(outside)}"
    side = f"; {which} outside had more events than their range" if outside else ""
    return (
        f"Checked: rates fitted to {first}-{last} hold the number of events of {begin}-{end} inside {band} of their "
        f"simulations for {inside} of {len(active)} ({percent(check.share(True))}) with an event in the fitted years"
        f"{rest}{side}."
    )


def result_of_checks(catalogue: Catalogue, checks: Sequence[Check]) -> Result:
    """The checks, ready to be written."""
    provenance = writer.provenance(catalogue.data_version, {"band": f"{BAND[0]:g} to {BAND[1]:g}"})
    rows = [
        {"check": check.title, "name": row.name, "fitted": row.fitted, "low": row.band.low,
         "middle": row.band.median, "high": row.band.high, "counted": row.counted,
         "inside": "yes" if row.inside else "no"}
        for check in checks for row in check.rows
    ]  # fmt: skip
    lines = []
    for check in checks:
        lines += [capital(check.title), f"  {check_sentence(check)}"]
        lines += [
            f"  outside: {row.name}, {row.fitted} before, {row.counted} after, band {row.band.ends}"
            for row in check.rows if not row.inside
        ]  # fmt: skip
        lines.append("")
    return Result(
        lambda: [*lines, NOT_A_FORECAST],
        lambda: {
            **provenance,
            "checks": [
                {"title": check.title, "sentence": check_sentence(check), "fitted": list(check.fitted),
                 "tested": list(check.tested), "countries_with_events": len(check.active),
                 "share_inside": check.share(True), "share_inside_of_all": check.share(False)}
                for check in checks
            ],
            "rows": rows,
        },
        lambda: writer.table(rows, provenance, CHECK_COLUMNS),
    )  # fmt: skip
