"""What a year of recorded events costs in every economy, as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import mul
from typing import Any

from model.catalogue.load import Catalogue
from model.common.numbers import percent, significant
from model.common.ranges import UNDEFINED, Range
from model.compare.league import MEASURES, without_figures
from model.rates.record import RecordedYears
from model.rates.year import YearCost
from model.scenario.durations import HOURS
from model.scenario.scenario import Scenario
from model.text import writer
from model.text.writer import Result
from model.text.year_report import NOT_A_FORECAST, ONLY_DELIBERATE, WHOLE_DAYS, basis, part_sentence

WHOLE_YEAR = Scenario(hours=HOURS["year"])  # a year's cost in the measures of the league
UNITS = {
    "events": "all years", **dict.fromkeys(("events_a_year_low", "events_a_year", "events_a_year_high"), "per year"),
    **dict.fromkeys(("expected_usd_low", "expected_usd", "expected_usd_high", "one_year_in_ten_usd"), "USD"),
    **dict.fromkeys(("expected_share_low", "expected_share", "expected_share_high", "one_year_in_ten_share"),
                    "share of GDP"),
    "none": "chance",
}  # fmt: skip


def measured(year: YearCost, by: str) -> Range[float] | None:
    """The expected cost of a year in a measure of the league; None where it is not defined there."""
    factor = _factor(year, by)
    return None if factor is None else year.share.each(partial(mul, factor))


def measured_bad(year: YearCost, by: str) -> float | None:
    """The cost that one year in ten passes, in a measure of the league."""
    factor = _factor(year, by)
    return None if factor is None else year.bad_share * factor


def _factor(year: YearCost, by: str) -> float | None:
    """What a whole year's GDP is in a measure."""
    per_usd = MEASURES[by].of(year.economy, WHOLE_YEAR)
    return None if per_usd is None else per_usd * year.economy.gdp


def ordered(years: Sequence[YearCost], by: str) -> list[YearCost]:
    """The dearest year first, those without the measure last."""

    def place(year: YearCost) -> tuple[bool, float, str]:
        value = measured(year, by)
        return value is None, 0.0 if value is None else -value.median, year.economy.country.iso3

    return sorted(years, key=place)


def headline(years: Sequence[YearCost], by: str) -> str:
    """The dearest year of those given, in their order."""
    top = next((year for year in years if measured(year, by) is not None), None)
    if top is None:
        return "No economy here has this figure."
    value, name = measured(top, by), top.economy.country.in_sentence
    assert value is not None
    amount = f"{MEASURES[by].words(value).full}{' of GDP' if by == 'share' else ''}"
    per = {"per_head": " per head", "per_day": " for each day of the year"}.get(by, "")
    most = f", the most of the {len(years):,} economies here" if len(years) > 1 else ""
    span = top.record.span.replace("-", " to ")
    return f"By the record of {span}, a year of such events costs {name} {amount}{per} on average{most}."


def notes(catalogue: Catalogue, record: RecordedYears) -> tuple[str, ...]:
    """What a reader should doubt, the most important first."""
    texts = [NOT_A_FORECAST]
    if record.silent:
        count = sum(code not in record.starts for code in catalogue.countries)
        texts.append(
            f"{count} countries have no event on record: their figures rest on other countries' records alone."
        )
    if len(record.shares) < len(record.starts):
        texts.append(part_sentence(catalogue))
    if record.shipped:
        texts += [ONLY_DELIBERATE, WHOLE_DAYS]
    return (*texts, *record.notes)


def rows(years: Sequence[YearCost]) -> list[dict[str, Any]]:
    """Each economy as plain data, in the order given; shares as decimals, no money where the GDP is too old for it."""
    return [
        {
            "iso3": (country := year.economy.country).iso3, "name": country.name, "region": country.region,
            "income_group": country.income_group, "events": year.events, **year.rate.columns("events_a_year"),
            **(measured(year, "usd") or UNDEFINED).columns("expected_usd"), **year.share.columns("expected_share"),
            "one_year_in_ten_usd": measured_bad(year, "usd"), "one_year_in_ten_share": year.bad_share,
            "none": year.none, "gdp_year": year.economy.gdp_year, "remarks": remark(year),
        }
        for year in years
    ]  # fmt: skip


def remark(year: YearCost) -> str:
    """What the figures of an economy rest on where it is not its own record and its own money."""
    words = [] if year.events else ["no event on record"]
    words += [f"GDP of {year.economy.gdp_year}, too old for dollars"] if year.economy.money_old else []
    return "; ".join(words)


def provenance(catalogue: Catalogue, record: RecordedYears) -> dict[str, str]:
    """What every row of a file repeats."""
    return writer.provenance(
        catalogue.data_version, {"record": record.title, "years": record.span}, basis=basis(catalogue, record)
    )


def result_of(catalogue: Catalogue, record: RecordedYears, years: Sequence[YearCost], by: str) -> Result:
    """The years of every economy, ready to be written, in the order of a measure."""
    first = ordered(years, by)
    cells, common = rows(first), provenance(catalogue, record)
    return Result(
        lambda: _lines(catalogue, record, first, by),
        lambda: {
            **common, "headline": headline(first, by), "economies": cells, "caveats": list(notes(catalogue, record)),
            "without_figures": [{"iso3": row.iso3, "name": row.name, "reason": row.reason}
                                for row in without_figures(catalogue)],
        },
        lambda: writer.table(cells, common),
    )  # fmt: skip


def _lines(catalogue: Catalogue, record: RecordedYears, years: Sequence[YearCost], by: str) -> list[str]:
    head = (
        f"     {'Economy':<34} {'Events':>6}  {'A year':<22} {'Cost of a year, on average':<30} {'Share of GDP':<42} "
        f"{'1 year in 10 passes':<20} No event"
    )
    lines = [headline(years, by), f"Order: by {MEASURES[by].label}.", "", head]
    for year in years:
        usd, bad = measured(year, "usd"), measured_bad(year, "usd")
        country = year.economy.country
        cost = "no dollars" if usd is None else MEASURES["usd"].words(usd).full
        passed = percent(year.bad_share) + " of GDP" if bad is None else MEASURES["usd"].text(bad)
        lines.append(
            f" {country.iso3} {country.name[:34]:<34} {year.events:>6}  {year.rate.each(significant).full:<22} "
            f"{cost:<30} {year.share.each(percent).full:<42} {passed:<20} {percent(year.none)}"
        )
    lines += ["", f"Basis: {basis(catalogue, record)}; median and range, 5th to 95th percentile."]
    return [*lines, *(f"- {text}" for text in notes(catalogue, record))]
