"""The tables behind the other methods, read and checked once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from model.catalogue.evidence import PublishedClaim
from model.catalogue.load import Catalogue
from model.catalogue.methods import GdpOfYear, MethodCase, MethodConstant, PublishedEstimate, References
from model.common.errors import DataError
from model.common.tables import read_table

FILES = (
    "method_constants.csv", "method_cases.csv", "estimates_published.csv", "gdp_by_year.csv", "claims_published.csv",
)  # fmt: skip


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
