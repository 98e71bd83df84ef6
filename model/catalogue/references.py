"""The tables behind the other methods, read and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from model.catalogue.evidence_rows import PublishedClaim
from model.catalogue.load import Catalogue
from model.catalogue.method_rows import (
    GdpOfYear,
    MethodCase,
    MethodConstant,
    PublishedEstimate,
)
from model.common.errors import DataError
from model.common.tables import read_table

FILES = (
    "method_constants.csv", "method_cases.csv", "estimates_published.csv", "gdp_by_year.csv", "claims_published.csv",
)  # fmt: skip


@dataclass(frozen=True)
class Gdp:
    """A GDP in USD a year, its year and where it is from."""

    value: float
    year: int | None
    source: str


@dataclass(frozen=True)
class References:
    """The checked contents of the four tables."""

    constants: tuple[MethodConstant, ...]
    cases: tuple[MethodCase, ...]
    estimates: tuple[PublishedEstimate, ...]
    gdp_by_year: dict[tuple[str, int], GdpOfYear]

    def constant(self, method: str, name: str) -> MethodConstant:
        """The constant of a method that holds everywhere; raises `DataError` when the table has none."""
        for row in self.constants:
            if (row.method, row.constant, row.country) == (method, name, "") and row.status != "recalled":
                return row
        raise DataError(
            "data/method_constants.csv column constant",
            name,
            "is missing",
            f"a row for {method}, not recalled",
        )

    def of_country(
        self, method: str, name: str, iso3: str | None, year: int | None = None
    ) -> list[MethodConstant]:
        """The constants of one economy, the newest GDP year first; recalled ones are left out."""
        found = [
            row
            for row in self.constants
            if iso3 and (row.method, row.constant, row.country) == (method, name, iso3)
            and row.status != "recalled" and year in (None, row.gdp_year)
        ]  # fmt: skip
        return sorted(found, key=lambda row: -(row.gdp_year or 0))

    def of_method(self, method: str) -> tuple[MethodConstant, ...]:
        return tuple(row for row in self.constants if row.method == method)

    def gdp(self, iso3: str, year: int) -> Gdp | None:
        """GDP of that very year."""
        row = self.gdp_by_year.get((iso3, year))
        return Gdp(row.gdp_usd, row.year, row.source) if row else None

    def gdp_at_latest(self, iso3: str, year: int) -> Gdp | None:
        """GDP of that year or of the last earlier one in the table."""
        years = [found for code, found in self.gdp_by_year if code == iso3 and found <= year]
        return self.gdp(iso3, max(years)) if years else None


def references(catalogue: Catalogue) -> References:
    """The tables below the catalogue's root; read again only when one has changed. Raises `DataError`."""
    folder = catalogue.root / "data"
    stamp = tuple((folder / name).stat().st_mtime_ns if (folder / name).is_file() else 0 for name in FILES)
    found = _read(folder, stamp)
    tables = (
        ("method_constants", [(row.id, row.source) for row in found.constants]),
        ("method_cases", [(row.id, row.source) for row in found.cases]),
        ("gdp_by_year", [(row.iso3, row.source) for row in found.gdp_by_year.values()]),
    )
    for name, rows in tables:
        for key, source in rows:
            if source and source not in catalogue.sources:
                raise DataError(
                    f"data/{name}.csv row {key} column source",
                    source,
                    "is not a source",
                    "an id of sources.csv",
                )
    for name, kinds in (
        ("method_cases", [(case.id, case.kind) for case in found.cases]),
        ("estimates_published", [(row.id, row.kind) for row in found.estimates if row.kind]),
    ):
        for key, kind in kinds:
            if kind not in catalogue.kinds:
                raise DataError(
                    f"data/{name}.csv row {key} column kind",
                    kind,
                    "is not a kind",
                    ", ".join(catalogue.kinds),
                )
    return found


@lru_cache(maxsize=4)
def _read(folder: Path, stamp: tuple[int, ...]) -> References:
    constants, cases, estimates, years, claims = (folder / name for name in FILES)
    read_table(constants, MethodConstant, unique=("id",))  # an id stands once too
    known = {row.id: row.basis for row in read_table(claims, PublishedClaim, unique=("id",))}
    printed = read_table(estimates, PublishedEstimate, unique=("id",))
    for row in printed:
        if row.claim and row.claim not in known:
            where = f"data/estimates_published.csv row {row.id} column claim"
            raise DataError(where, row.claim, "is not known", "an id of claims_published.csv")
        if row.claim and row.basis != known[row.claim]:  # one statement has one basis
            where = f"data/estimates_published.csv row {row.id} column basis"
            raise DataError(where, row.basis, "is not the basis of the claim", known[row.claim])
    return References(
        constants=read_table(constants, MethodConstant, unique=("method", "constant", "country", "gdp_year")),
        cases=read_table(cases, MethodCase, unique=("id",)),
        estimates=printed,
        gdp_by_year={
            (row.iso3, row.year): row for row in read_table(years, GdpOfYear, unique=("iso3", "year"))
        },
    )
