"""Where it happens: countries, their figures and regions, sectors and the hours that they work."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from model.catalogue.parameters import Correlated, Parameter
from model.common.cells import (
    Currency,
    Day,
    Iso3,
    Keys,
    Share,
    Status,
    Text,
    Word,
    Year,
    YesNo,
    check_apart,
    limited,
)
from model.common.errors import CellError
from model.common.tables import Row

HOME = "PAK"  # the default case, and the one economy with regions and an industry of its own


class Country(Row):
    iso3: Iso3
    name: Text
    article: Literal["the", ""] = ""
    region: Literal["Africa", "Americas", "Asia", "Europe", "Oceania"]
    subregion: Text
    income_group: Literal["", "Low income", "Lower middle income", "Upper middle income", "High income"] = ""
    currency: Currency
    landlocked: Literal["yes", "no", ""] = ""
    available: YesNo
    reason: Text = ""

    @model_validator(mode="after")
    def _reason_is_given(self) -> Country:
        if self.available == "no" and not self.reason:
            raise CellError("reason", "", "why the economy cannot be estimated")
        return self

    @property
    def in_sentence(self) -> str:
        """The name as it stands inside a sentence: `the United States`."""
        return f"{self.article} {self.name}".strip()


class PlaceName(Row):
    """A name that people use for an economy or a territory and that the libraries of names lack.

    `iso3` has several codes where it has to be asked which is meant.
    """

    name: Text
    iso3: str = Field(
        pattern=r"^[A-Z]{3}(;[A-Z]{3})*$",
        description="codes of three capital letters with a semicolon between",
    )
    note: Text = ""
    status: Status
    source: Keys


class Redenomination(Row):
    """A change of money: GDP of a year up to `last_year` is in money that is no more."""

    iso3: Iso3
    changed: Day
    last_year: Year
    change: Text
    status: Status
    source: Keys

    @model_validator(mode="after")
    def _in_order(self) -> Redenomination:
        year = int(self.changed[:4])
        if not year - 1 <= self.last_year <= year:
            raise CellError("last_year", self.last_year, f"{year - 1} or {year}, by the day of the change")
        return self


class StandingBlock(Row):
    """A block that already stands in an economy, so that asking for it says nothing of today."""

    iso3: Iso3
    kind: Word
    what: Text
    status: Status
    source: Keys


FIELD_UNITS: dict[str, str] = {
    "gdp": "USD", "gva_to_gdp": "ratio", "population": "persons", "internet_users": "share",
    "labour_force": "persons", "unemployment": "share", "it_export_receipts": "USD", "fx": "LCU per USD",
    "tax_revenue": "share",
}  # fmt: skip
# The least and the most that a figure of an economy can be; outside, it stands in another unit.
FIELD_LIMITS: dict[str, tuple[float, float]] = {
    "gdp": (1e7, 1e14), "gva_to_gdp": (0.5, 1.3), "population": (500, 3e9), "internet_users": (0, 1),
    "labour_force": (100, 2e9), "unemployment": (0.0005, 0.6), "it_export_receipts": (100, 2e12),
    "fx": (0.01, 1e7), "tax_revenue": (0.002, 0.7),
}  # fmt: skip
FEWEST_ONLINE = 0.01  # a smaller share of internet users is a slip, save that nobody is


class Figure(Row):
    """One figure of one economy, with its year, source and status."""

    iso3: Iso3
    field: Literal[
        "gdp", "gva_to_gdp", "population", "internet_users", "labour_force", "unemployment", "it_export_receipts",
        "fx", "tax_revenue",
    ]  # fmt: skip
    value: float = Field(ge=0)
    unit: str = Field(description="the unit of its field, such as USD for gdp")
    year: Year
    period: Text = ""
    source: Keys
    status: Status
    usable: YesNo
    note: Text = ""

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
        low, high = FIELD_LIMITS[self.field]
        if not low <= self.value <= high or (
            self.field == "internet_users" and 0 < self.value < FEWEST_ONLINE
        ):
            words = f"{low:,g} to {high:,g} {self.unit} for {self.field}"
            more = ", not a percentage" if self.unit == "share" else ""
            raise CellError("value", self.value, words + more)
        return self


class Shares(Row):
    """Share of gross value added by activity; every column that is not declared here is one. They sum to 1."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Share] = Field(init=False)

    iso3: Iso3
    year: Year
    basis: Text
    source: Keys
    status: Status
    note: Text = ""

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

    region: Text
    aliases: Text = ""
    parts: Text = ""
    population: float = limited(1000, 1e9, "persons")
    population_share: Share
    gdp_share: Share
    gdp_share_low: Share
    gdp_share_high: Share
    it_firms: float = limited(0, 1e6, "firms")
    it_firm_share: Share
    telecom_weight: Share
    year: Year
    source: Keys
    status: Status
    basis: Text = ""

    @model_validator(mode="after")
    def _ordered(self) -> Region:
        if not self.gdp_share_low <= self.gdp_share <= self.gdp_share_high:
            raise CellError(
                "gdp_share",
                self.gdp_share,
                f"{self.gdp_share_low:g} (gdp_share_low) to {self.gdp_share_high:g} (gdp_share_high)",
            )
        check_apart(self.model_dump(), ("gdp_share_low", "gdp_share_high"), 10)
        return self


class Sector(Row):
    """A sector: how much of it needs the internet, what is caught up, who its users are."""

    key: Word
    label: Text
    dependence_low: Share
    dependence_mode: Share
    dependence_high: Share
    dependence_correlation: Correlated = ""
    recapture_ceiling: Share
    patience_days: float = limited(0, 365, "days")
    user_mix: str  # its classes and their sum are checked with those of user_classes.csv
    hour_profile: Word
    value_added_column: Word
    value_added_part: str = Field(
        default="", pattern=r"^(export:[a-z_]+|domestic)?$", description="domestic, or export: and a group"
    )
    digital_by_nature: YesNo
    onset: Literal["buffered", "immediate"]
    # Of dependence, recapture reached, its ceiling, patience.
    streams: str = Field(pattern=r"^\d+( \d+){3}$", description="four whole numbers with a space between")
    status: Status
    dependence_evidence: Text = ""
    dependence_source: Keys = ""
    recapture_evidence: Text = ""
    recapture_source: Keys = ""
    patience_evidence: Text = ""
    patience_source: Keys = ""
    notes: Text = ""

    @model_validator(mode="after")
    def _ordered(self) -> Sector:
        if not self.dependence_low <= self.dependence_mode <= self.dependence_high:
            raise CellError(
                "dependence_mode",
                self.dependence_mode,
                f"{self.dependence_low:g} to {self.dependence_high:g}",
            )
        return self

    @cached_property
    def mix(self) -> dict[str, float]:
        """Share of each user class in the sector's activity (sums to 1); not to be changed."""
        return {
            name: float(share) for name, _, share in (part.partition(":") for part in self.user_mix.split())
        }

    @cached_property
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
                "recapture_ceiling", "most that can be recovered later", "share", ceiling, 1, streams=ceiling_stream,
                source=self.recapture_source, evidence=self.recapture_evidence,
                help="Higher means that more of the interrupted activity is made up afterwards.",
            ),
            declare(
                "patience_days", "days that customers wait", "days", patience, 365, streams=patience_stream,
                source=self.patience_source, evidence=self.patience_evidence,
                help="Longer means that more can be recovered later before customers go elsewhere.",
            ),
        )  # fmt: skip


class HourWeight(Row):
    profile: Word
    day_type: Literal["mon_thu", "fri", "sat", "sun"]
    hour_local: int = Field(ge=0, le=23)
    weight: float = limited(0, 10, "activity against the mean hour")
