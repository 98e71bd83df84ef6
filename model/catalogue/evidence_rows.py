"""The rows of the tables of evidence: measured outcomes, operators, monthly receipts, published claims."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from model.catalogue.load import Catalogue, shipped_file
from model.catalogue.rows import plain_title
from model.common.errors import CellError, DataError
from model.common.tables import Row, Status, read_table

FILES = ("observations.csv", "operators.csv", "exports_monthly.csv", "claims_published.csv")
DAY = r"^(\d{4}-\d{2}-\d{2})?$"
Use = Literal[
    "yes", "detectability", "bounds_lambda", "bounds_lag", "calibration", "shape_only", "no",
]  # fmt: skip
OperatorName = Literal[
    "none", "activity_of_class", "activity_of_sector", "receipts_against_mean", "receipts_against_year",
    "receipts_of_year", "onset",
]  # fmt: skip
AMOUNTS = ("gross", "net_direct", "it_receipts_gross", "it_receipts", "freelance_receipts_gross")


class Sourced(Row):
    """Where a row was read; `other_urls` are separated by semicolons."""

    source_title: str
    publisher: str = ""
    source_date: str = ""
    url: str = ""
    other_urls: str = ""

    @property
    def source(self) -> str:
        named = ", ".join(part for part in (self.publisher, self.source_date) if part)
        return plain_title(self.source_title) + (f" ({named})" if named else "")


class Observation(Sourced):
    """A measured outcome; `change` is relative to `baseline`, shares and changes 0 to 1."""

    id: str = Field(pattern=r"^obs_\d{3}$")
    grade: Literal["M1", "M2", "M3"]
    event: str
    country: str = Field(pattern=r"^[A-Z]{3}$")
    start: str = Field(default="", pattern=DAY)
    end: str = Field(default="", pattern=DAY)
    date_precision: str = ""
    kind: str
    where: str = ""
    outcome: str
    unit: str
    baseline: float | None = None
    baseline_status: str = ""
    observed: float | None = None
    observed_low: float | None = None
    observed_high: float | None = None
    change: float | None = Field(default=None, ge=-1)
    change_low: float | None = Field(default=None, ge=-1)
    change_high: float | None = Field(default=None, ge=-1)
    change_status: str = ""
    confounders: str = ""
    use: Use
    status: Status
    note: str = ""
    evidence_for: str = ""

    @property
    def parameters_set(self) -> tuple[str, ...]:
        """Parameters, or the beginnings of their keys, that were set with this row in view."""
        return tuple(name for name in self.evidence_for.split(";") if name)

    @property
    def in_sample(self) -> bool:
        """Whether the row had a hand in the parameters, so that a hit on it confirms little."""
        return bool(self.parameters_set) or self.use == "calibration" or self.use.startswith("bounds_")

    @model_validator(mode="after")
    def _shares(self) -> Observation:
        for name in ("observed", "observed_low", "observed_high"):
            value = getattr(self, name)
            if self.unit.startswith("share") and value is not None and not 0 <= value <= 1:
                raise CellError(name, value, "a share between 0 and 1, not a percentage")
        return self


class Operator(Row):
    """How the model's quantities become the observed one; declared before the row was first run."""

    observation: str
    operator: OperatorName
    subject: str = ""
    event: str = ""
    from_hours: float | None = Field(default=None, ge=0)
    to_hours: float | None = Field(default=None, ge=0)
    months_after: int | None = Field(default=None, ge=0, le=120)
    compares: Literal["change", "observed"]
    markers: str = ""
    reason: str

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(name for name in self.markers.split(";") if name)

    @property
    def of_receipts(self) -> bool:
        """Whether it reads receipts, so that what was published before the event matters."""
        return self.operator.startswith("receipts_")


class MonthlyReceipts(Sourced):
    """IT export receipts of one month; `low` and `high` or `alternative` where sources disagree."""

    id: str
    month: str = Field(pattern=r"^\d{4}-\d{2}$")
    fiscal_year: str
    value_musd: float = Field(gt=0)
    low_musd: float | None = Field(default=None, gt=0)
    high_musd: float | None = Field(default=None, gt=0)
    alternative_musd: float | None = Field(default=None, gt=0)
    status: Status
    revision: str = ""
    source_scope: str = ""

    @property
    def ends(self) -> tuple[float, float] | None:
        """The two ends of what was printed, None where all sources agree."""
        given = (self.value_musd, self.low_musd, self.high_musd, self.alternative_musd)
        printed = [value for value in given if value is not None]
        return (min(printed), max(printed)) if max(printed) > min(printed) else None


class PublishedClaim(Sourced):
    """A published loss claim; `basis` is our reading. `scenario`, `hours` and `amounts` say where we place it."""

    id: str = Field(pattern=r"^claim_\d{3}$")
    said: str = ""
    claimant: str
    date: str = Field(default="", pattern=DAY)
    date_precision: str = ""
    scope: str
    kind: str
    low: float | None = Field(default=None, ge=0)
    high: float | None = Field(default=None, ge=0)
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    period: str
    window_days: float | None = Field(default=None, gt=0)
    events: int | None = Field(default=None, ge=2)
    usd_low: float | None = Field(default=None, ge=0)
    usd_high: float | None = Field(default=None, ge=0)
    fx: float | None = Field(default=None, gt=0)
    usd_status: str = ""
    method_shown: Literal["yes", "no"]
    includes: str = ""
    excludes: str = ""
    basis: Literal["gross", "net", "coping", "transfer", "unclear"]
    event: str = ""
    contradicts: str = ""
    scenario: str = ""
    hours: float | None = Field(default=None, gt=0)
    amounts: str = ""
    not_placed: str = ""
    status: Status
    value_status: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _placed(self) -> PublishedClaim:
        for name in self.amounts.split():
            if name not in AMOUNTS:
                raise CellError("amounts", name, ", ".join(AMOUNTS))
        if self.said and bool(self.amounts) == bool(self.not_placed):
            raise CellError("not_placed", self.not_placed, "either amounts or a reason why there are none")
        if bool(self.amounts) != bool(self.scenario):
            raise CellError("scenario", self.scenario, "a shipped scenario beside amounts, and only then")
        return self

    @property
    def against(self) -> tuple[str, ...]:
        return tuple(name for name in self.contradicts.split(";") if name)


@dataclass(frozen=True)
class Evidence:
    """The checked contents of the four tables."""

    observations: dict[str, Observation]
    operators: dict[str, Operator]
    months: tuple[MonthlyReceipts, ...]
    claims: dict[str, PublishedClaim]


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


class Symbol(Row):
    """A symbol of the equations; `parameters` are keys, beginnings that end in a dot, or patterns with a *."""

    symbol: str
    meaning: str
    unit: str
    parameters: str = ""
    kernel: str

    @property
    def prefixes(self) -> tuple[str, ...]:
        return tuple(name for name in self.parameters.split(";") if name)


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
