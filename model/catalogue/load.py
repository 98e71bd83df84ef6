"""Everything that the project's tables hold, read and cross-checked once.

`load()` is the only reader of `data/` and `seeds/`; every function that needs a table is given the
`Catalogue` that it returns.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from model.catalogue.disruptions import Correlation, Group, Kind, Lever, UserClass
from model.catalogue.economies import SHARE_COLUMNS, Country, Figure, HourWeight, Region, Sector, Shares
from model.catalogue.parameters import Parameter
from model.catalogue.receipts import FiscalYear, Target
from model.catalogue.sources import Column, Seed, Source
from model.catalogue.streams import streams_of
from model.common.errors import DataError
from model.common.tables import read_table

ROOT = Path(__file__).resolve().parents[2]
DAY_TYPES = ("mon_thu", "mon_thu", "mon_thu", "mon_thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Catalogue:
    """The checked contents of `data/` and `seeds/`."""

    root: Path
    data_version: str
    data_date: str
    reference_year: int
    parameters: dict[str, Parameter]
    correlations: dict[str, Correlation]
    streams: dict[str, int]  # number of the Sobol sequence by the name of a draw
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
                raise DataError(
                    f"seeds/{path.name} column id", seed.id, "repeats another article", "a new id"
                )
            seeds[seed.id] = seed
    parameters = _declared_once(sectors, declared)
    correlations = {
        row.key: row for row in read_table(data / "correlations.csv", Correlation, unique=("key",))
    }
    _check_correlations(parameters, correlations)
    catalogue = Catalogue(
        root=root,
        data_version=version["data_version"],
        data_date=version["date"],
        reference_year=int(version["reference_year"]),
        parameters=parameters,
        correlations=correlations,
        streams=streams_of(parameters, correlations, sectors),
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


def _check_correlations(parameters: dict[str, Parameter], correlations: dict[str, Correlation]) -> None:
    """Every group that a parameter names must have its row."""
    for parameter in parameters.values():
        if parameter.correlated and parameter.correlated[0] not in correlations:
            where = f"data/parameters.csv row {parameter.key} column correlation"
            raise DataError(where, parameter.correlation, "names no group", ", ".join(correlations))


def _declared_once(sectors: tuple[Sector, ...], rows: tuple[Parameter, ...]) -> dict[str, Parameter]:
    """The parameters of sectors and rows by key; a key that both declare is an error."""
    found = {item.key: item for sector in sectors for item in sector.parameters()}
    for row in rows:
        if row.key in found:
            raise DataError(
                "data/parameters.csv column key", row.key, "is declared in sectors.csv", "a new key"
            )
        found[row.key] = row
    return found


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
                f"data/{path.name} profile {name}",
                float(values.mean()),
                "is not a weekly mean of 1",
                "mean 1",
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
            raise DataError(
                f"{where} user_mix", sector.user_mix, "is not class:share", "small:0.4 …"
            ) from None
        unknown = sorted(set(mix) - classes)
        if unknown:
            raise DataError(
                f"{where} user_mix", unknown[0], "is not a user class", ", ".join(sorted(classes))
            )
        if not (abs(sum(mix.values()) - 1) <= 1e-9 and min(mix.values()) >= 0):  # nan is refused too
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
            raise DataError(
                f"data/parameters.csv row {parameter.key} column group", parameter.group, "is new", allowed
            )
    _check_levers(catalogue)
    for key in _needed(catalogue):
        if key not in catalogue.parameters:
            raise DataError(
                "data/parameters.csv column key", key, "is missing", "a row for each key of the equations"
            )
    for column in ("population_share", "gdp_share", "it_firm_share", "telecom_weight"):
        total = sum(getattr(region, column) for region in catalogue.regions.values())
        if abs(total - 1) > 1e-6:
            raise DataError(
                f"data/regions_pakistan.csv column {column}",
                total,
                "is not the whole",
                "shares that sum to 1",
            )
    for country in catalogue.countries.values():
        if country.available == "yes" and not (
            country.iso3 in catalogue.shares and "gdp" in catalogue.figures.get(country.iso3, {})
        ):
            raise DataError(
                f"data/countries.csv row {country.iso3} column available", "yes", "has no GDP or sector shares",
                "no, with the reason",
            )  # fmt: skip


def _check_levers(catalogue: Catalogue) -> None:
    """Every class and kind that a lever names must exist."""
    known = {
        "classes": catalogue.class_keys,
        "kinds": tuple(catalogue.kinds),
        "kinds_if_ordered": tuple(catalogue.kinds),
    }
    for lever in catalogue.levers.values():
        for column, allowed in known.items():
            for name in getattr(lever, column).split():
                if name not in (*allowed, "*"):
                    where = f"data/levers.csv row {lever.key} column {column}"
                    raise DataError(where, name, "is not known", f"{', '.join(allowed)} or *")


# The keys that the equations name outright; those of kinds, sectors and levers follow from their tables.
EQUATION_KEYS = (
    "onset.immediate", "onset.scale_hours", "onset.shape", "restart.hours", "recapture.patience_scale",
    "recapture.spare_capacity", "recapture.overtime_premium", "recapture.labour_share", "recapture.share_of_ceiling",
    "structure.gsd", "churn.grace_days", "churn.rate", "churn.lag_months", "churn.half_life_months",
    "churn.horizon_months", "churn.discount_rate", "exports.value_added_share", "exports.receipts_musd",
    "coping.full_adoption_musd_per_year", "coping.reference_receipts_musd", "indirect.multiplier", "indirect.include",
    "fiscal.tax_share", "work.days_per_year", "platform.weight", "currency.lcu_per_usd", "degradation.default_ratio",
    "degradation.default_capacity_lost", "degradation.half_ratio_scale", "degradation.steepness",
    "degradation.utilisation",
)  # fmt: skip


def _needed(catalogue: Catalogue) -> list[str]:
    """Every parameter that the equations will ask for."""
    classes = catalogue.class_keys
    keys = [*EQUATION_KEYS, *(f"degradation.half_ratio.{name}" for name in classes)]
    keys += [f"adaptation.{kind}.{part}" for kind in catalogue.kinds for part in ("share", "days")]
    for kind in catalogue.kinds.values():
        own = kind.key if kind.severity_from == "table" else "full_blackout"
        keys += [f"severity.{own}.{name}" for name in classes]
    for group in (sector.export_group for sector in catalogue.sectors if sector.export_group):
        keys += [f"exports.share.{group}", f"churn.multiplier.{group}"]
    for lever in catalogue.levers.values():
        keys += [f"lever.{lever.key}.coverage", f"lever.{lever.key}.cost_musd_per_year"]
        if lever.acts_on != "seats":
            keys.append(
                f"lever.{lever.key}.{'time_factor' if lever.acts_on == 'adaptation_time' else 'effect'}"
            )
    return keys


def shipped_file(catalogue: Catalogue, name: str) -> Path | None:
    """The file of a shipped starting point or event of that name."""
    folders = (catalogue.root / "data" / folder for folder in ("scenarios", "events"))
    return next((path for folder in folders for path in folder.glob("*.toml") if path.stem == name), None)
