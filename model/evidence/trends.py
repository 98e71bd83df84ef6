"""The growth rates of the undisturbed path that a reader can pick from: claimed, trends, the official target."""

from __future__ import annotations

from dataclasses import dataclass

from model.catalogue.load import Catalogue
from model.catalogue.receipts import FiscalYear, Target
from model.catalogue.sources import plain_title
from model.common.errors import DataError, InputError, choices
from model.kernels.growth import growth_needed

CLAIMED_GROWTH = "seed000_10"
YEARS = "data/exports_fiscal_year.csv"
TARGETS = "data/export_targets.csv"


@dataclass(frozen=True)
class Baseline:
    """A named growth rate of the undisturbed path.

    `sources` are titles with addresses, none for an assumption; `figure` is the key of what sets it, if one does.
    """

    key: str
    label: str
    growth: float
    basis: str
    sources: tuple[tuple[str, str], ...] = ()
    figure: str = ""


def preferred_years(catalogue: Catalogue) -> dict[str, FiscalYear]:
    """The preferred full-year receipts by fiscal year, in order of time."""
    rows = sorted(
        (row for row in catalogue.fiscal_years if row.preferred == "yes"), key=lambda row: row.number
    )
    return {row.fiscal_year: row for row in rows}


def receipts_by_year(catalogue: Catalogue) -> dict[str, float]:
    """The preferred full-year receipts, M USD by fiscal year."""
    return {name: row.value_musd for name, row in preferred_years(catalogue).items()}


def trend_start(catalogue: Catalogue) -> FiscalYear:
    """The year from which the long trend runs; raises `DataError`."""
    rows = [row for row in preferred_years(catalogue).values() if row.baseline == "trend_from"]
    if len(rows) != 1:
        ids = ", ".join(row.id for row in rows) or "no row"
        raise DataError(
            f"{YEARS} column baseline", ids, "marks trend_from", "one full year that is preferred"
        )
    return rows[0]


def official_target(catalogue: Catalogue) -> Target:
    """The target that the baseline of that name reaches; raises `DataError`."""
    rows = [row for row in catalogue.targets if row.baseline == "official_target"]
    if len(rows) != 1 or rows[0].target_year is None:
        ids = ", ".join(row.id for row in rows) or "no row"
        raise DataError(f"{TARGETS} column baseline", ids, "marks official_target", "one row with a year")
    return rows[0]


def baselines(catalogue: Catalogue, claimed: float, own: float) -> dict[str, Baseline]:
    """The growth rates that a reader can pick from; trends are computed from the yearly receipts.

    `claimed` and `own` are growth a year as shares. Raises `DataError` where the tables hold no year or target for one.
    """
    series = preferred_years(catalogue)
    if not series:
        raise DataError(f"{YEARS} column preferred", "no row", "is preferred", "one full value a year")
    last = list(series.values())[-1]

    def trend(key: str, words: str, first: str) -> Baseline:
        label = words.format(f"{first} to {last.fiscal_year}")
        if first not in series or series[first].number >= last.number:
            allowed = f"a preferred full year, on which “{label}” stands"
            raise DataError(f"{YEARS} column fiscal_year", first, "is missing", allowed)
        start = series[first]
        span = last.number - start.number
        rate = growth_needed(start.value_musd, last.value_musd, span)
        return Baseline(key, label, rate, "derived from export earnings", (start.cited, last.cited))

    target = official_target(catalogue)
    left = (target.target_year or 0) - 2000 - last.number
    if left <= 0:
        where = f"{TARGETS} row {target.id} column target_year"
        raise DataError(where, target.target_year, "is not ahead", f"a year after {last.fiscal_year}")
    reach = growth_needed(last.value_musd, target.value_musd, left)
    seed = catalogue.seeds[CLAIMED_GROWTH]
    article = (f"{plain_title(seed.article_title)}, {seed.publisher or 'publisher not known'}", seed.url)
    rows = (
        Baseline("claimed", "As claimed", claimed, "claim", (article,), CLAIMED_GROWTH),
        trend("last_year", "Last year ({})", f"FY{last.number - 1:02d}"),
        trend("five_year", "Five-year trend ({})", f"FY{last.number - 5:02d}"),
        trend("fy22_25", "Trend {}", trend_start(catalogue).fiscal_year),
        Baseline(
            "official_target", f"Official target ({target.label})", reach, "derived from the target",
            (target.cited, last.cited),
        ),
        Baseline("own", "Own figure", own, "assumption", figure="claims.own_growth"),
    )  # fmt: skip
    return {row.key: row for row in rows}


def pick(options: dict[str, Baseline], key: str) -> Baseline:
    """The baseline of that name; raises `InputError`."""
    if key not in options:
        raise InputError("baseline", key, "is not known", choices(options, key, most=10))
    return options[key]
