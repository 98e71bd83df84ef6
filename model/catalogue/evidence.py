"""What was measured and claimed: observations, how the model is held against them, the record, claims."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from model.catalogue.receipts import MonthlyReceipts
from model.catalogue.sources import Sourced
from model.common.errors import CellError
from model.common.tables import Row, Status, read_table, read_toml

DAY = r"^(\d{4}-\d{2}-\d{2})?$"


Use = Literal[
    "yes", "detectability", "bounds_lambda", "bounds_lag", "calibration", "shape_only", "no",
]  # fmt: skip


AMOUNTS = ("gross", "net_direct", "it_receipts_gross", "it_receipts", "freelance_receipts_gross")


class Observation(Sourced):
    """A measured outcome; `change` is relative to `baseline`, shares and changes 0 to 1."""

    id: str = Field(pattern=r"^[A-Za-z0-9_.-]+$")
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
    """How the model's quantities become the observed one; declared before the row was first run.

    `event` names shipped events, one after the other; without one, `kind`, `hours` and the observation's country say
    what is disrupted. `share_low` to `share_high` is the part of the lines or of the country that it reaches. The
    measured time runs `from_hours` to `to_hours` after the start of the disruption (all of it where they are empty) and
    belongs to a period of `period_hours`. `trend` is the change of the series without a disruption, `unrest` the share
    of the period under unrest, `noise` the standard deviation of the series as a share.
    """

    observation: str
    operator: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    subject: str = ""
    event: str = ""
    kind: str = ""
    hours: float | None = Field(default=None, ge=0)
    share_low: float | None = Field(default=None, ge=0, le=1)
    share_high: float | None = Field(default=None, ge=0, le=1)
    from_hours: float | None = Field(default=None, ge=0)
    to_hours: float | None = Field(default=None, ge=0)
    period_hours: float | None = Field(default=None, gt=0)
    months_after: int | None = Field(default=None, ge=0, le=120)
    compares: Literal["change", "observed"]
    side: Literal["", "ceiling"] = ""
    trend: float = Field(default=0.0, gt=-1, le=10)
    unrest: float = Field(default=0.0, ge=0, le=1)
    noise: float | None = Field(default=None, ge=0, le=2)
    noise_reason: str = ""
    markers: str = ""
    reason: str

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

    event: str
    grade: Literal["0", "1", "2"]
    reason: str
    status: Status


@dataclass(frozen=True)
class Declaration:
    """When the operators were declared, their hash then, and the rows that were in view when a parameter was set."""

    date: str
    sha256: str
    in_sample: tuple[str, ...]


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


POWER = "power"  # a power failure takes the networks down, but is no kind that the model prices


DATE = r"^\d{4}-\d{2}-\d{2}$"


class RecordedDisruption(Sourced):
    """One disruption with its first and last day; without a known end it counts in the month it began."""

    id: str
    start: str = Field(pattern=DATE)
    end: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    end_known: Literal["yes", "about", "no"]
    kind: str
    where: str = ""
    nationwide: Literal["yes", "no"]
    event: str = ""
    status: Status
    note: str = ""

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
    months = read_table(data / "exports_monthly.csv", MonthlyReceipts, unique=("month",))
    claims = read_table(data / "claims_published.csv", PublishedClaim, unique=("id",))
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
