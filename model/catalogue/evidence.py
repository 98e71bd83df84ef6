"""What was measured and claimed: observations, how the model is compared with them, the record, claims."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from model.catalogue.receipts import MonthlyReceipts
from model.catalogue.sources import Sourced
from model.common.cells import (
    Currency,
    DatePrecision,
    Day,
    Iso3,
    Key,
    Keys,
    Share,
    Status,
    Text,
    Word,
    YesNo,
    check_apart,
    check_order,
)
from model.common.errors import CellError
from model.common.tables import Row, read_table, read_toml

Use = Literal[
    "yes", "detectability", "bounds_lambda", "bounds_lag", "calibration", "shape_only", "no",
]  # fmt: skip


PRINTED = 0.02  # how far a printed change may be from that of the printed values, which are rounded
AMOUNTS = ("gross", "net_direct", "it_receipts_gross", "it_receipts", "freelance_receipts_gross")


class Observation(Sourced):
    """A measured outcome; `change` is relative to `baseline`, shares and changes 0 to 1."""

    id: Key
    grade: Literal["M1", "M2", "M3"]
    event: Word
    country: Iso3
    start: Day = ""
    end: Day = ""
    date_precision: DatePrecision = ""
    kind: Word
    where: Text = ""
    outcome: Text
    unit: Text
    baseline: float | None = Field(default=None, gt=0, le=1e9)
    baseline_status: Literal["", Status] = ""
    observed: float | None = Field(default=None, ge=-1e9, le=1e9)
    observed_low: float | None = Field(default=None, ge=-1e9, le=1e9)
    observed_high: float | None = Field(default=None, ge=-1e9, le=1e9)
    change: float | None = Field(default=None, ge=-1, le=10)
    change_low: float | None = Field(default=None, ge=-1, le=10)
    change_high: float | None = Field(default=None, ge=-1, le=10)
    change_status: Literal["", Status] = ""
    confounders: Text = ""
    use: Use
    status: Status
    note: Text = ""
    evidence_for: Keys = ""

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
                raise CellError(name, value, "a share from 0 to 1, not a percentage")
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Observation:
        if self.end and not self.start <= self.end:
            raise CellError("end", self.end, f"a day from {self.start or 'start'} on")
        cells = self.model_dump()
        check_order(cells, ("observed_low", "observed", "observed_high"))
        check_order(cells, ("change_low", "change", "change_high"))
        for value, status in (("change", "change_status"), ("baseline", "baseline_status")):
            if cells[value] is None and cells[status]:
                raise CellError(status, cells[status], f"a status only where {value} has a value")
        if self.change is not None and self.baseline is not None and self.observed is not None:
            change = self.observed / self.baseline - 1
            if abs(change - self.change) > PRINTED:
                raise CellError("change", self.change, f"about {change:.3f}, observed over baseline less 1")
        return self


MOST_HOURS = 8784.0  # a year


class Operator(Row):
    """How the model's quantities become the observed one; declared before the row was first run.

    `event` names shipped events, one after the other; without one, `kind`, `hours` and the observation's country say
    what is disrupted. `share_low` to `share_high` is the part of the lines or of the country that it reaches. The
    measured time runs `from_hours` to `to_hours` after the start of the disruption (all of it where they are empty) and
    belongs to a period of `period_hours`. `trend` is the change of the series without a disruption, `unrest` the share
    of the period under unrest, `noise` the standard deviation of the series as a share.
    """

    observation: Key
    operator: Word
    subject: Key = ""
    event: Keys = ""
    kind: Word = ""
    hours: float | None = Field(default=None, gt=0, le=MOST_HOURS)
    share_low: Share | None = None
    share_high: Share | None = None
    from_hours: float | None = Field(default=None, ge=0, le=MOST_HOURS)
    to_hours: float | None = Field(default=None, ge=0, le=MOST_HOURS)
    period_hours: float | None = Field(default=None, gt=0, le=MOST_HOURS)
    months_after: int | None = Field(default=None, ge=0, le=24)
    compares: Literal["change", "observed"]
    side: Literal["", "ceiling"] = ""
    trend: float = Field(default=0.0, gt=-1, le=1)
    unrest: Share = 0.0
    noise: float | None = Field(default=None, ge=0, le=1)
    noise_reason: Text = ""
    markers: Keys = ""
    reason: Text

    @model_validator(mode="after")
    def _fits(self) -> Operator:
        if self.event and (self.kind or self.hours is not None):
            raise CellError("event", self.event, "an event, or a kind with its hours, not both")
        if (self.share_low or 0.0) > (1.0 if self.share_high is None else self.share_high):
            raise CellError("share_high", self.share_high, f"a share from {self.share_low} on")
        if self.share_high is not None and self.share_low is None:
            raise CellError("share_low", "", "a share, where share_high has one")
        if (self.to_hours or 0.0) < (self.from_hours or 0.0):
            raise CellError("to_hours", self.to_hours, f"hours from {self.from_hours} on")
        if (self.to_hours or 0.0) - (self.from_hours or 0.0) > (self.period_hours or MOST_HOURS):
            raise CellError("to_hours", self.to_hours, "no longer than period_hours after from_hours")
        if self.noise is not None and not self.noise_reason:
            raise CellError("noise_reason", "", "why the noise is that large")
        return self

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(name for name in self.markers.split(";") if name)

    @property
    def events(self) -> tuple[str, ...]:
        """The shipped events, one after the other."""
        return tuple(name for name in self.event.split(";") if name)

    @property
    def of_receipts(self) -> bool:
        """Whether it reads receipts, so that what was published before the event matters."""
        return self.operator.startswith("receipts_")


class Unrest(Row):
    """How far unrest stood beside an event: 0 none, 1 protest, 2 curfew or war."""

    event: Word
    grade: Literal["0", "1", "2"]
    reason: Text
    status: Status


@dataclass(frozen=True)
class Declaration:
    """When the operators were declared, their hash then, and the rows that were in view when a parameter was set."""

    date: str
    sha256: str
    in_sample: tuple[str, ...]


class PublishedClaim(Sourced):
    """A published loss claim; `basis` is our reading. `scenario`, `hours` and `amounts` say where we place it."""

    id: str = Field(pattern=r"^claim_\d{3}$", description="claim_ and three digits")
    said: Text = ""
    claimant: Text
    date: Day = ""
    date_precision: DatePrecision = ""
    scope: Literal[
        "consumers", "economy", "food_delivery", "freelancers", "it_industry", "ride_hailing", "tax", "telecom",
        "unstated",
    ]  # fmt: skip
    kind: Word
    low: float | None = Field(default=None, gt=0, le=1e13)
    high: float | None = Field(default=None, gt=0, le=1e13)
    currency: Currency = ""
    period: Literal["event", "per_day", "per_hour", "per_year", "unstated", "year_total"]
    window_days: float | None = Field(default=None, gt=0, le=366)
    events: int | None = Field(default=None, ge=2, le=100)
    usd_low: float | None = Field(default=None, ge=1000, le=1e11)
    usd_high: float | None = Field(default=None, ge=1000, le=1e11)
    fx: float | None = Field(default=None, gt=0, le=1e7)
    usd_status: Literal["", Status] = ""
    method_shown: YesNo
    includes: Text = ""
    excludes: Text = ""
    basis: Literal["gross", "net", "coping", "transfer", "unclear"]
    event: Key = ""
    contradicts: Keys = ""
    scenario: Key = ""
    hours: float | None = Field(default=None, gt=0, le=8784)
    amounts: str = ""  # checked with AMOUNTS
    not_placed: Text = ""
    status: Status
    value_status: Literal["", Status] = ""
    note: Text = ""

    @model_validator(mode="after")
    def _placed(self) -> PublishedClaim:
        for name in self.amounts.split():
            if name not in AMOUNTS:
                raise CellError("amounts", name, AMOUNTS)
        if self.said and bool(self.amounts) == bool(self.not_placed):
            raise CellError("not_placed", self.not_placed, "either amounts or a reason why there are none")
        if bool(self.amounts) != bool(self.scenario):
            raise CellError("scenario", self.scenario, "a shipped scenario beside amounts, and only then")
        return self

    @model_validator(mode="after")
    def _converted(self) -> PublishedClaim:
        cells = self.model_dump()
        check_order(cells, ("low", "high"))
        check_order(cells, ("usd_low", "usd_high"))
        check_apart(cells, ("low", "high"), 100)
        if (self.usd_low is not None or self.usd_high is not None) and not self.currency:
            raise CellError("currency", "", "the currency of low and high")
        if (self.fx is None) != (self.currency in ("", "USD")):
            raise CellError("fx", self.fx, "the rate of a currency that is not the dollar, and only of one")
        for end in ("low", "high"):
            given, usd = cells[end], cells[f"usd_{end}"]
            if given is None or usd is None:
                continue
            wanted = given / (self.fx or 1.0)
            if not isclose(usd, wanted, rel_tol=CONVERTED):
                raise CellError(f"usd_{end}", usd, f"about {wanted:,.0f}, {end} in dollars, within 1%")
        return self

    @property
    def against(self) -> tuple[str, ...]:
        return tuple(name for name in self.contradicts.split(";") if name)


CONVERTED = 0.01  # how far an amount in dollars may be from that in its own currency at its rate
POWER = "power"  # a power failure takes the networks down, but is no kind that the model prices


class RecordedDisruption(Sourced):
    """One disruption with its first and last day; without a known end it counts in the month it began."""

    id: Key
    start: Day
    end: Day = ""
    end_known: Literal["yes", "about", "no"]
    kind: Word
    where: Text = ""
    nationwide: YesNo
    event: Key = ""
    status: Status
    note: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> RecordedDisruption:
        if bool(self.end) != (self.end_known != "no"):
            raise CellError("end", self.end, "a day, and none only where end_known is no")
        if self.end and self.end < self.start:
            raise CellError("end", self.end, f"a day from {self.start} on")
        if bool(self.where) == (self.nationwide == "yes"):
            raise CellError("where", self.where, "places, and none only where it was nationwide")
        return self

    def runs_in(self, month: str) -> bool:
        return self.start[:7] <= month <= (self.end or self.start)[:7]

    def begins_in(self, month: str) -> bool:
        return self.start[:7] == month


@dataclass(frozen=True)
class Evidence:
    """What the tables of evidence hold; months and disruptions in the order of time.

    `files` are the tables of observations and operators, for errors that name them; `declared` is None for tables
    from outside the project.
    """

    observations: dict[str, Observation]
    operators: dict[str, Operator]
    unrest: dict[str, int]
    declared: Declaration | None
    files: tuple[Path, Path]
    months: tuple[MonthlyReceipts, ...]
    claims: dict[str, PublishedClaim]
    disruptions: tuple[RecordedDisruption, ...]


def read_evidence(data: Path) -> Evidence:
    """The tables of evidence in the folder `data`; raises `DataError`."""
    files = data / "observations.csv", data / "operators.csv"
    observations, operators = read_outcomes(*files)
    months = read_table(data / "exports_monthly.csv", MonthlyReceipts, unique=("month",), distinct=("id",))
    claims = read_table(data / "claims_published.csv", PublishedClaim, unique=("id",), distinct=("said",))
    disruptions = read_table(data / "record_disruptions.csv", RecordedDisruption, unique=("id",))
    return Evidence(
        observations=observations,
        operators=operators,
        unrest=read_unrest(data / "unrest.csv"),
        declared=_declaration(data / "declaration.toml"),
        files=files,
        months=tuple(sorted(months, key=lambda row: row.month)),
        claims=_both_ways({row.id: row for row in claims}),
        disruptions=tuple(sorted(disruptions, key=lambda row: (row.start, row.id))),
    )


def read_outcomes(
    observations: Path, operators: Path, *, outside: bool = False
) -> tuple[dict[str, Observation], dict[str, Operator]]:
    """Observations and operators by the observation's id, `outside` those of the project too; raises `DataError`."""
    items = read_table(observations, Observation, unique=("id",), outside=outside)
    rows = read_table(operators, Operator, unique=("observation",), outside=outside)
    return {row.id: row for row in items}, {row.observation: row for row in rows}


def read_unrest(path: Path, *, outside: bool = False) -> dict[str, int]:
    """The grade of unrest by event, `outside` those of the project too; raises `DataError`."""
    rows = read_table(path, Unrest, unique=("event",), outside=outside)
    return {row.event: int(row.grade) for row in rows}


def _declaration(path: Path) -> Declaration:
    fields = ("date", "sha256", "in_sample")
    table = read_toml(path, (*fields, "covers"), fields)
    return Declaration(str(table["date"]), str(table["sha256"]), tuple(table["in_sample"]))


def _both_ways(claims: dict[str, PublishedClaim]) -> dict[str, PublishedClaim]:
    """The claims with each contradiction at both ends, though the table need name it at one only."""
    rows = {}
    for name, row in claims.items():
        others = [other.id for other in claims.values() if name in other.against]
        names = ";".join(dict.fromkeys([*row.against, *others]))
        rows[name] = row.model_copy(update={"contradicts": names})
    return rows
