"""Where it happens: countries, their figures and regions, sectors and the hours that they work."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from model.catalogue.parameters import Parameter
from model.common.errors import CellError
from model.common.tables import Row, Status, YesNo


class Country(Row):
    iso3: str = Field(pattern=r"^[A-Z]{3}$")
    name: str
    article: Literal["the", ""] = ""
    urdu: str = ""
    region: str = ""
    subregion: str = ""
    income_group: str = ""
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    landlocked: Literal["yes", "no", ""] = ""
    available: YesNo
    reason: str = ""

    @property
    def in_sentence(self) -> str:
        """The name as it stands inside a sentence: `the United States`."""
        return f"{self.article} {self.name}".strip()


class Redenomination(Row):
    """A change of money: GDP of a year up to `last_year` is in money that is no more."""

    iso3: str = Field(pattern=r"^[A-Z]{3}$")
    changed: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    last_year: int = Field(ge=1960, le=2100)
    change: str
    status: Status
    source: str


class StandingBlock(Row):
    """A block that already stands in an economy, so that asking for it says nothing of today."""

    iso3: str = Field(pattern=r"^[A-Z]{3}$")
    kind: str
    what: str
    status: Status
    source: str


FIELD_UNITS: dict[str, str] = {
    "gdp": "USD", "gva_to_gdp": "ratio", "population": "persons", "internet_users": "share",
    "labour_force": "persons", "unemployment": "share", "it_export_receipts": "USD", "fx": "LCU per USD",
    "tax_revenue": "share",
}  # fmt: skip


class Figure(Row):
    """One figure of one economy, with its year, source and status."""

    iso3: str
    field: Literal[
        "gdp", "gva_to_gdp", "population", "internet_users", "labour_force", "unemployment", "it_export_receipts",
        "fx", "tax_revenue",
    ]  # fmt: skip
    value: float = Field(ge=0)
    unit: str
    year: int = Field(ge=1960, le=2100)
    period: str = ""
    source: str
    status: Status
    usable: YesNo
    note: str = ""

    @property
    def when(self) -> str:
        """The year, or the months that it has where it is not a calendar year."""
        return self.period or str(self.year)

    @model_validator(mode="after")
    def _unit(self) -> Figure:
        if self.usable == "no" and self.field != "fx":
            raise CellError(
                "usable", "no", "yes: only an exchange rate can be marked (leave an unusable figure out)"
            )
        if self.usable == "no" and not self.note:
            raise CellError("note", "", "why the figure must not be used")
        if self.unit != FIELD_UNITS[self.field]:
            raise CellError("unit", self.unit, f"{FIELD_UNITS[self.field]} for {self.field}")
        if self.unit == "share" and self.value > 1:
            raise CellError("value", self.value, "a share between 0 and 1, not a percentage")
        return self


class Shares(Row):
    """Share of gross value added by activity; every column that is not declared here is one. They sum to 1."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(init=False)

    iso3: str
    year: int
    basis: str
    source: str
    status: Status
    note: str = ""

    @property
    def by_column(self) -> dict[str, float]:
        """The shares by column, in the order of the table."""
        return self.__pydantic_extra__

    def of(self, column: str) -> float:
        """The share of value added in one column, 0 to 1; raises `KeyError` for a column that the table has not."""
        return self.__pydantic_extra__[column]

    @model_validator(mode="after")
    def _whole(self) -> Shares:
        total = sum(self.by_column.values())
        if abs(total - 1) > 1e-6:
            raise CellError(
                f"{next(iter(self.by_column), '')} and the others", round(total, 6), "shares that sum to 1"
            )
        return self


class Region(Row):
    """A region of Pakistan with the weights that place a sector in it."""

    region: str
    urdu: str
    population: float = Field(gt=0)
    population_share: float = Field(ge=0, le=1)
    gdp_share: float = Field(ge=0, le=1)
    gdp_share_low: float = Field(ge=0, le=1)
    gdp_share_high: float = Field(ge=0, le=1)
    it_firms: float = Field(ge=0)
    it_firm_share: float = Field(ge=0, le=1)
    telecom_weight: float = Field(ge=0, le=1)
    year: int
    source: str
    status: Status
    basis: str = ""


class Sector(Row):
    """A sector: how much of it needs the internet, what is caught up, who its users are."""

    key: str
    label: str
    dependence_low: float = Field(ge=0, le=1)
    dependence_mode: float = Field(ge=0, le=1)
    dependence_high: float = Field(ge=0, le=1)
    dependence_correlation: str = ""
    recapture_ceiling: float = Field(ge=0, le=1)
    patience_days: float = Field(ge=0, le=365)
    user_mix: str
    hour_profile: str
    value_added_column: str
    value_added_part: str = Field(default="", pattern=r"^(export:[a-z_]+|domestic)?$")
    digital_by_nature: YesNo
    onset: Literal["buffered", "immediate"]
    streams: str = Field(pattern=r"^\d+( \d+){3}$")  # of dependence, recapture reached, its ceiling, patience
    status: Status
    dependence_evidence: str = ""
    dependence_source: str = ""
    recapture_evidence: str = ""
    recapture_source: str = ""
    patience_evidence: str = ""
    patience_source: str = ""
    notes: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Sector:
        if not self.dependence_low <= self.dependence_mode <= self.dependence_high:
            raise CellError(
                "dependence_mode",
                self.dependence_mode,
                f"{self.dependence_low:g} to {self.dependence_high:g}",
            )
        return self

    @property
    def mix(self) -> dict[str, float]:
        """Share of each user class in the sector's activity (sums to 1)."""
        return {
            name: float(share) for name, _, share in (part.partition(":") for part in self.user_mix.split())
        }

    @property
    def export_group(self) -> str:
        """The group of export receipts that the sector earns, or an empty text."""
        return (
            self.value_added_part.removeprefix("export:")
            if self.value_added_part.startswith("export:")
            else ""
        )

    @property
    def digital(self) -> bool:
        """Whether the sector needs the internet as much in every economy."""
        return self.digital_by_nature == "yes"

    @property
    def buffered(self) -> bool:
        """Whether its losses begin after a while, not at once."""
        return self.onset == "buffered"

    @property
    def recapture_stream(self) -> str:
        """The number of the Sobol sequence behind the recapture that the sector reaches."""
        return self.streams.split()[1]

    def parameters(self) -> tuple[Parameter, ...]:
        """The three parameters that the row declares: dependence (share), the most that is caught up (share), patience.

        Patience is in days. The number of the Sobol sequence of each stands in `streams`, in the order of its comment.
        Raises `CellError` where a value is outside the limits of a parameter.
        """

        def declare(
            name: str, label: str, unit: str, values: tuple[float, float, float], top: float, **more: str
        ) -> Parameter:
            low, mode, high = values
            return Parameter.model_validate(
                {
                    "key": f"sector.{self.key}.{name}", "label": f"{self.label}: {label}", "unit": unit,
                    "low": low, "mode": mode, "high": high, "min": 0, "max": top, "step": top / 1000,
                    "distribution": "pert" if high > low else "fixed", "group": "sectors",
                    "status": self.status, **more,
                }
            )  # fmt: skip

        dependence_stream, _, ceiling_stream, patience_stream = self.streams.split()
        spread = (self.dependence_low, self.dependence_mode, self.dependence_high)
        ceiling = (self.recapture_ceiling,) * 3
        patience = (self.patience_days,) * 3
        return (
            declare(
                "dependence", "share of the activity that needs the internet", "share", spread, 1,
                streams=dependence_stream, source=self.dependence_source, evidence=self.dependence_evidence,
                correlation=self.dependence_correlation,
                help="Higher means that more of the sector stops when its users are cut off.",
            ),
            declare(
                "recapture_ceiling", "most that can be caught up later", "share", ceiling, 1, streams=ceiling_stream,
                source=self.recapture_source, evidence=self.recapture_evidence,
                help="Higher means that more of the interrupted activity is made up afterwards.",
            ),
            declare(
                "patience_days", "days that customers wait", "days", patience, 365, streams=patience_stream,
                source=self.patience_source, evidence=self.patience_evidence,
                help="Longer means that more can be caught up before customers go elsewhere.",
            ),
        )  # fmt: skip


class HourWeight(Row):
    profile: str
    day_type: Literal["mon_thu", "fri", "sat", "sun"]
    hour_local: int = Field(ge=0, le=23)
    weight: float = Field(ge=0)
