"""Everything that the project's tables hold, read and cross-checked once.

`load()` is the only reader of `data/` and `seeds/`; every function that needs a table is given the
`Catalogue` that it returns.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from model.errors import DataError
from model.parameters import Parameter
from model.tables import Row, Status, read_table

ROOT = Path(__file__).resolve().parent.parent
HOURS_PER_WEEK = 168
DAY_TYPES = ("mon_thu", "mon_thu", "mon_thu", "mon_thu", "fri", "sat", "sun")
STARTS_LIKE_FORMULA = ("=", "+", "-", "@")

Names = Literal["yes", "no"]


class Labelled(Row):
    key: str
    label: str
    help: str = ""


class Group(Labelled):
    order: float = 0


class UserClass(Labelled):
    pass


class Kind(Labelled):
    """A kind of disruption and where its severity comes from."""

    phrase: str
    family: Literal["cut", "block", "degradation"]
    severity_from: Literal["table", "degradation"]
    quality_input: Literal["", "ratio", "capacity_lost"] = ""
    ordered_by_authority: Names
    status: Status
    source: str = ""


class Lever(Labelled):
    """A continuity measure: what it acts on, for which user classes, in which kinds of disruption."""

    acts_on: Literal["severity", "adaptation_time", "seats"]
    classes: str
    kinds: str
    kinds_if_ordered: str = ""

    def acts_in(self, kind: str, ordered: bool) -> bool:
        """Whether the lever does anything in a disruption of this kind."""
        return matches(self.kinds, kind) or (ordered and matches(self.kinds_if_ordered, kind))


class Sector(Row):
    """A sector: how much of it needs the internet, what is caught up, who its users are."""

    key: str
    label: str
    dependence_low: float
    dependence_mode: float
    dependence_high: float
    dependence_correlation: str = ""
    recapture_ceiling: float
    recapture_correlation: str = ""
    patience_days: float
    user_mix: str
    hour_profile: str
    value_added_column: str
    value_added_part: str = Field(default="", pattern=r"^(export:[a-z_]+|domestic)?$")
    status: Status
    evidence: str = ""
    source: str = ""
    notes: str = ""

    @property
    def mix(self) -> dict[str, float]:
        """Share of each user class in the sector's activity (sums to 1)."""
        return {name: float(share) for name, _, share in (part.partition(":") for part in self.user_mix.split())}

    @property
    def export_group(self) -> str:
        """The group of export receipts that the sector earns, or an empty text."""
        return self.value_added_part.removeprefix("export:") if self.value_added_part.startswith("export:") else ""

    def parameters(self) -> tuple[Parameter, ...]:
        """The three parameters that the row declares."""

        def declare(name: str, label: str, unit: str, values: tuple[float, float, float], top: float, **more: str):
            low, mode, high = values
            return Parameter.model_validate(
                {
                    "key": f"sector.{self.key}.{name}", "label": f"{self.label}: {label}", "unit": unit,
                    "low": low, "mode": mode, "high": high, "min": 0, "max": top, "step": top / 1000,
                    "distribution": "pert" if high > low else "fixed", "group": "sectors",
                    "status": self.status, "source": self.source, "evidence": self.evidence, **more,
                }
            )  # fmt: skip

        spread = (self.dependence_low, self.dependence_mode, self.dependence_high)
        ceiling = (self.recapture_ceiling,) * 3
        patience = (self.patience_days,) * 3
        return (
            declare(
                "dependence", "share of the activity that needs the internet", "share", spread, 1,
                correlation=self.dependence_correlation,
                help="Higher means that more of the sector stops when its users are cut off.",
            ),
            declare(
                "recapture_ceiling", "most that can be caught up later", "share", ceiling, 1,
                help="Higher means that more of the interrupted activity is made up afterwards.",
            ),
            declare(
                "patience_days", "days that customers wait", "days", patience, 365,
                help="Longer means that more can be caught up before customers go elsewhere.",
            ),
        )  # fmt: skip


class Country(Row):
    iso3: str = Field(pattern=r"^[A-Z]{3}$")
    name: str
    region: str = ""
    subregion: str = ""
    income_group: str = ""
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    available: Names
    reason: str = ""


FIELD_UNITS: dict[str, str] = {
    "gdp": "USD", "gva_to_gdp": "ratio", "population": "persons", "internet_users": "share",
    "labour_force": "persons", "unemployment": "share", "it_export_receipts": "USD", "fx": "LCU per USD",
}  # fmt: skip


class Figure(Row):
    """One figure of one economy, with its year, source and status."""

    iso3: str
    field: Literal[
        "gdp", "gva_to_gdp", "population", "internet_users", "labour_force", "unemployment", "it_export_receipts",
        "fx",
    ]  # fmt: skip
    value: float = Field(ge=0)
    unit: str
    year: int = Field(ge=1960, le=2100)
    source: str
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _unit(self) -> Figure:
        if self.unit != FIELD_UNITS[self.field]:
            raise ValueError(f"unit {FIELD_UNITS[self.field]} for {self.field}")
        if self.unit == "share" and self.value > 1:
            raise ValueError("a share between 0 and 1")
        return self


class Shares(Row):
    """Share of gross value added by activity; sums to 1."""

    iso3: str
    agriculture: float = Field(ge=0, le=1)
    mining_utilities: float = Field(ge=0, le=1)
    manufacturing: float = Field(ge=0, le=1)
    construction: float = Field(ge=0, le=1)
    trade_offline: float = Field(ge=0, le=1)
    ecommerce: float = Field(ge=0, le=1)
    transport_storage: float = Field(ge=0, le=1)
    ridehail_delivery: float = Field(ge=0, le=1)
    hotels_food: float = Field(ge=0, le=1)
    telecom: float = Field(ge=0, le=1)
    it_services: float = Field(ge=0, le=1)
    media_publishing: float = Field(ge=0, le=1)
    finance: float = Field(ge=0, le=1)
    real_estate: float = Field(ge=0, le=1)
    public_admin: float = Field(ge=0, le=1)
    education_health: float = Field(ge=0, le=1)
    other_private_services: float = Field(ge=0, le=1)
    year: int
    basis: str
    source: str
    status: Status
    note: str = ""

    def of(self, column: str) -> float:
        return float(getattr(self, column))

    @model_validator(mode="after")
    def _whole(self) -> Shares:
        total = sum(self.of(name) for name in SHARE_COLUMNS)
        if abs(total - 1) > 1e-6:
            raise ValueError(f"shares that sum to 1 (these sum to {total:.6f})")
        return self


SHARE_COLUMNS = tuple(
    name for name in Shares.model_fields if name not in ("iso3", "year", "basis", "source", "status", "note")
)


class Region(Row):
    """A region of Pakistan with the weights that place a sector in it."""

    region: str
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


class HourWeight(Row):
    profile: str
    day_type: Literal["mon_thu", "fri", "sat", "sun"]
    hour_local: int = Field(ge=0, le=23)
    weight: float = Field(ge=0)


class FiscalYear(Row):
    """IT export receipts of one fiscal year as one publisher printed them."""

    id: str
    fiscal_year: str
    period_start: str = ""
    period_end: str = ""
    months_covered: int
    value_musd: float
    revision: str = ""
    preferred: Names
    basis: str = ""
    growth: float | None = None
    growth_status: str = ""
    growth_stated: float | None = None
    status: Status
    source_title: str = ""
    publisher: str = ""
    source_date: str = ""
    url: str = ""
    other_urls: str = ""
    notes: str = ""


class Target(Row):
    """A published target for yearly IT export receipts."""

    id: str
    label: str
    value_musd: float = Field(gt=0)
    target_year: int | None = None
    source_title: str = ""
    publisher: str = ""
    source_date: str = ""
    url: str = ""
    status: Status
    official: Names


class Seed(Row):
    """One figure or statement of an article, as the article gives it and in our words."""

    id: str = Field(pattern=r"^seed\d{3}_\d{2}$")
    subject: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    period: str = ""
    basis: str = ""
    speaker: str = ""
    article_title: str = ""
    publisher: str = ""
    date: str = ""
    paraphrase: str
    role: str
    carried_by: str = ""
    used_as: str = ""
    min: float | None = None
    max: float | None = None
    step: float | None = None
    default: float | None = None
    status: Status
    value_status: str = ""
    url: str = ""
    notes: str = ""


class Column(Row):
    """What a column of a table means."""

    table: str
    column: str
    unit: str
    description: str
    source: str = ""
    status: str = ""
    used_by: str = ""


class Source(Row):
    id: str
    title: str
    publisher: str = ""
    url: str = ""
    date: str = ""
    licence: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Catalogue:
    """The checked contents of `data/` and `seeds/`."""

    root: Path
    data_version: str
    data_date: str
    reference_year: int
    parameters: dict[str, Parameter]
    groups: dict[str, Group]
    sectors: tuple[Sector, ...]
    classes: tuple[UserClass, ...]
    kinds: dict[str, Kind]
    levers: dict[str, Lever]
    countries: dict[str, Country]
    figures: dict[str, dict[str, Figure]]
    shares: dict[str, Shares]
    regions: dict[str, Region]
    profiles: dict[str, np.ndarray]  # profile -> (168,) weights from Monday 00:00 local, mean 1
    fiscal_years: tuple[FiscalYear, ...]
    targets: tuple[Target, ...]
    seeds: dict[str, Seed]
    sources: dict[str, Source]
    columns: tuple[Column, ...]

    @property
    def class_keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.classes)


def matches(names: str, name: str) -> bool:
    """Whether a table's space-separated list of names (`*` = all) holds `name`."""
    return name in (listed := names.split()) or listed == ["*"]


def load(root: Path = ROOT) -> Catalogue:
    """The catalogue below `root`; read again only when a file there has changed. Raises `DataError`."""
    files = sorted([*(root / "data").glob("*.*"), *(root / "seeds").glob("*.csv")])
    return _load(root, tuple((str(path), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=4)
def _load(root: Path, stamp: tuple[tuple[str, int], ...]) -> Catalogue:
    data = root / "data"
    version = _version(data / "version.toml")
    sectors = read_table(data / "sectors.csv", Sector, unique=("key",))
    declared = read_table(data / "parameters.csv", Parameter, unique=("key",))
    classes = read_table(data / "user_classes.csv", UserClass, unique=("key",))
    kinds = {row.key: row for row in read_table(data / "kinds.csv", Kind, unique=("key",))}
    figures: dict[str, dict[str, Figure]] = {}
    for figure in read_table(data / "economies.csv", Figure, unique=("iso3", "field")):
        figures.setdefault(figure.iso3, {})[figure.field] = figure
    seeds: dict[str, Seed] = {}
    for path in sorted((root / "seeds").glob("*.csv")):
        for seed in read_table(path, Seed, unique=("id",)):
            if seed.id in seeds:
                raise DataError(f"seeds/{path.name} column id", seed.id, "repeats another article", "a new id")
            seeds[seed.id] = seed
    catalogue = Catalogue(
        root=root,
        data_version=version["data_version"],
        data_date=version["date"],
        reference_year=int(version["reference_year"]),
        parameters={
            item.key: item for item in (*(p for sector in sectors for p in sector.parameters()), *declared)
        },
        groups={row.key: row for row in read_table(data / "groups.csv", Group, unique=("key",))},
        sectors=sectors,
        classes=classes,
        kinds=kinds,
        levers={row.key: row for row in read_table(data / "levers.csv", Lever, unique=("key",))},
        countries={row.iso3: row for row in read_table(data / "countries.csv", Country, unique=("iso3",))},
        figures=figures,
        shares={row.iso3: row for row in read_table(data / "sector_shares.csv", Shares, unique=("iso3",))},
        regions={
            row.region: row for row in read_table(data / "regions_pakistan.csv", Region, unique=("region",))
        },
        profiles=_profiles(data / "hour_profiles.csv"),
        fiscal_years=read_table(data / "exports_fiscal_year.csv", FiscalYear, unique=("id",)),
        targets=read_table(data / "export_targets.csv", Target, unique=("id",)),
        seeds=seeds,
        sources={row.id: row for row in read_table(data / "sources.csv", Source, unique=("id",))},
        columns=read_table(data / "columns.csv", Column, unique=("table", "column")),
    )
    _cross_check(catalogue)
    return catalogue


def _version(path: Path) -> dict[str, str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise DataError("data/version.toml", str(problem), "cannot be read", "a TOML file") from None
    for name in ("data_version", "date", "reference_year"):
        if name not in table:
            raise DataError("data/version.toml", name, "is missing", "data_version, date, reference_year")
    return {name: str(value) for name, value in table.items()}


def _profiles(path: Path) -> dict[str, np.ndarray]:
    rows = read_table(path, HourWeight, unique=("profile", "day_type", "hour_local"))
    by_profile: dict[str, dict[tuple[str, int], float]] = {}
    for row in rows:
        by_profile.setdefault(row.profile, {})[row.day_type, row.hour_local] = row.weight
    week = [(day_type, hour) for day_type in DAY_TYPES for hour in range(24)]
    profiles: dict[str, np.ndarray] = {}
    for name, weights in by_profile.items():
        missing = [cell for cell in week if cell not in weights]
        if missing:
            raise DataError(f"data/{path.name} profile {name}", missing[0], "is missing", "all 4 x 24 hours")
        values = np.array([weights[cell] for cell in week])
        if abs(values.mean() - 1) > 1e-6:
            raise DataError(
                f"data/{path.name} profile {name}", float(values.mean()), "is not a weekly mean of 1", "mean 1"
            )
        profiles[name] = values
    return profiles


def _cross_check(catalogue: Catalogue) -> None:
    """References between tables must hold; the error names the row that points nowhere."""
    classes = set(catalogue.class_keys)
    for sector in catalogue.sectors:
        where = f"data/sectors.csv row {sector.key} column"
        try:
            mix = sector.mix
        except ValueError:
            raise DataError(f"{where} user_mix", sector.user_mix, "is not class:share", "small:0.4 …") from None
        unknown = sorted(set(mix) - classes)
        if unknown:
            raise DataError(f"{where} user_mix", unknown[0], "is not a user class", ", ".join(sorted(classes)))
        if abs(sum(mix.values()) - 1) > 1e-9 or min(mix.values()) < 0:
            raise DataError(f"{where} user_mix", sector.user_mix, "does not sum to 1", "shares that sum to 1")
        if sector.hour_profile not in catalogue.profiles:
            allowed = ", ".join(catalogue.profiles)
            raise DataError(f"{where} hour_profile", sector.hour_profile, "is not a profile", allowed)
        if sector.value_added_column not in SHARE_COLUMNS:
            allowed = ", ".join(SHARE_COLUMNS)
            raise DataError(f"{where} value_added_column", sector.value_added_column, "is not known", allowed)
    for parameter in catalogue.parameters.values():
        if parameter.group not in catalogue.groups:
            allowed = ", ".join(catalogue.groups)
            raise DataError(f"data/parameters.csv row {parameter.key} column group", parameter.group, "is new", allowed)
    needed = [f"adaptation.{kind}.{part}" for kind in catalogue.kinds for part in ("share", "days")]
    needed += [
        f"severity.{kind.key}.{name}"
        for kind in catalogue.kinds.values()
        if kind.severity_from == "table"
        for name in catalogue.class_keys
    ]
    needed += [f"lever.{key}.coverage" for key in catalogue.levers]
    needed += [
        f"lever.{lever.key}.{'time_factor' if lever.acts_on == 'adaptation_time' else 'effect'}"
        for lever in catalogue.levers.values()
        if lever.acts_on != "seats"
    ]
    for key in needed:
        if key not in catalogue.parameters:
            raise DataError("data/parameters.csv column key", key, "is missing", "a row for each kind and lever")
    for country in catalogue.countries.values():
        if country.available == "yes" and not (
            country.iso3 in catalogue.shares and "gdp" in catalogue.figures.get(country.iso3, {})
        ):
            raise DataError(
                f"data/countries.csv row {country.iso3} column available", "yes", "has no GDP or sector shares",
                "no, with the reason",
            )  # fmt: skip
