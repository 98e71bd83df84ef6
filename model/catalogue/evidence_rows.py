"""The rows of the tables of evidence: measured outcomes, operators, monthly receipts, published claims."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from model.catalogue.disruptions import Symbol
from model.catalogue.evidence import Evidence, Observation, Operator, PublishedClaim
from model.catalogue.load import Catalogue, shipped_file
from model.catalogue.receipts import MonthlyReceipts
from model.common.errors import DataError
from model.common.tables import read_table

FILES = ("observations.csv", "operators.csv", "exports_monthly.csv", "claims_published.csv")


def evidence(catalogue: Catalogue) -> Evidence:
    """The tables below the catalogue's root; read again only when one has changed. Raises `DataError`."""
    folder = catalogue.root / "data"
    stamp = tuple((folder / name).stat().st_mtime_ns if (folder / name).is_file() else 0 for name in FILES)
    found = _read(folder, stamp)
    for operator in found.operators.values():
        if operator.event:
            _shipped(catalogue, f"data/operators.csv row {operator.observation} column event", operator.event)
        if operator.of_receipts and not found.observations[operator.observation].start:
            where = f"data/observations.csv row {operator.observation} column start"
            raise DataError(
                where, "", "is empty", "the first day of the event, before which figures are known"
            )
    for item in found.observations.values():
        for name in item.parameters_set:
            if not named(catalogue, name):
                where = f"data/observations.csv row {item.id} column evidence_for"
                raise DataError(where, name, "is no parameter", "a key or its beginning up to a dot")
    for claim in found.claims.values():
        for column in ("event", "scenario"):
            name = getattr(claim, column)
            if name:
                _shipped(catalogue, f"data/claims_published.csv row {claim.id} column {column}", name)
    return found


@lru_cache(maxsize=4)
def _read(folder: Path, stamp: tuple[int, ...]) -> Evidence:
    observations, operators, months, claims = (folder / name for name in FILES)
    found = Evidence(
        observations={row.id: row for row in read_table(observations, Observation, unique=("id",))},
        operators={row.observation: row for row in read_table(operators, Operator, unique=("observation",))},
        months=tuple(
            sorted(read_table(months, MonthlyReceipts, unique=("month",)), key=lambda row: row.month)
        ),
        claims=_both_ways({row.id: row for row in read_table(claims, PublishedClaim, unique=("id",))}),
    )
    _every("operators.csv column observation", list(found.operators), found.observations)
    for name in found.observations:
        if name not in found.operators:
            raise DataError("data/operators.csv", name, "has no operator", "a row, or 'none' with the reason")
    for operator in found.operators.values():
        _every("operators.csv column markers", list(operator.claims), found.claims)
    for claim in found.claims.values():
        _every("claims_published.csv column contradicts", list(claim.against), found.claims)
    return found


def _both_ways(claims: dict[str, PublishedClaim]) -> dict[str, PublishedClaim]:
    """The claims with each contradiction at both ends, though the table need name it at one only."""
    found = {}
    for name, row in claims.items():
        others = [other.id for other in claims.values() if name in other.against]
        found[name] = row.model_copy(update={"contradicts": ";".join(dict.fromkeys([*row.against, *others]))})
    return found


def _every(where: str, names: list[str], known: dict[str, Observation] | dict[str, PublishedClaim]) -> None:
    for name in names:
        if name not in known:
            raise DataError(f"data/{where}", name, "is not known", f"an id such as {next(iter(known))}")


def named(catalogue: Catalogue, name: str) -> list[str]:
    """The parameters of that key, those that begin so where it ends in a dot, those that fit where it has a *."""
    pattern = f"{name}*" if name.endswith(".") else name
    return [key for key in catalogue.parameters if fnmatchcase(key, pattern)]


def _shipped(catalogue: Catalogue, where: str, name: str) -> None:
    if shipped_file(catalogue, name) is None:
        raise DataError(where, name, "is not a scenario", "a file of data/scenarios or data/events")


def symbols(catalogue: Catalogue) -> tuple[Symbol, ...]:
    """The symbols of the equations; raises `DataError` for one whose parameters are not there."""
    rows = read_table(catalogue.root / "data" / "symbols.csv", Symbol, unique=("symbol",))
    for row in rows:
        for name in row.prefixes:
            if not named(catalogue, name):
                raise DataError(
                    f"data/symbols.csv row {row.symbol} column parameters",
                    name,
                    "is no parameter",
                    "a key or its beginning",
                )
    return rows
