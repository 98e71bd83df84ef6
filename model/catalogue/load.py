"""Everything that the project's tables hold, read and checked once.

`load()` is the only reader of `data/` and `seeds/`; every function that needs a table is given the `Catalogue` that
it returns. What an estimate needs is read at once, the rest when it is first asked for (`Parts`). Calendars, events
and starting points hold scenarios: their files are listed here, and `model/scenario/` reads them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import get_args

import numpy as np

from model.catalogue import checks, plausible
from model.catalogue.checks import Names
from model.catalogue.disruptions import Correlation, Group, Kind, Lever, ListRange, Symbol, UserClass
from model.catalogue.economies import (
    HOME,
    Country,
    Figure,
    HourWeight,
    PlaceName,
    Redenomination,
    Region,
    Sector,
    Shares,
    StandingBlock,
)
from model.catalogue.evidence import Evidence, read_evidence
from model.catalogue.industry import Industry, read_industry
from model.catalogue.methods import References, read_methods
from model.catalogue.needed import needed_keys
from model.catalogue.parameters import Parameter
from model.catalogue.receipts import FiscalYear, PublicationLag, PublishedSeries, Target
from model.catalogue.shutdowns import Shutdowns, check_shutdowns, read_shutdowns
from model.catalogue.sources import ChangedConstant, Column, FormerResult, Seed, Source, Threshold
from model.catalogue.streams import CORRELATION, Draw, draws_of, draws_of_sector, streams_of
from model.common.cache import Lasting, cached
from model.common.errors import DataError
from model.common.tables import cell, read_table, read_toml

ROOT = Path(__file__).resolve().parents[2]
DAY_TYPES = ("mon_thu", "mon_thu", "mon_thu", "mon_thu", "fri", "sat", "sun")
VERSION_FIELDS = ("data_version", "date", "reference_year")


class Parts:
    """The tables that no estimate needs, each read and checked when it is first asked for. Raises `DataError`."""

    def __init__(
        self, names: Names, countries: Mapping[str, Country], figures: Mapping[str, Mapping[str, Figure]],
        fiscal_years: Sequence[FiscalYear],
    ) -> None:  # fmt: skip
        self.names, self.data = names, names.root / "data"
        self.countries, self.figures, self.fiscal_years = countries, figures, fiscal_years

    @cached_property
    def evidence(self) -> Evidence:
        evidence = read_evidence(self.data)
        checks.check_evidence(self.names, evidence, self.countries)
        plausible.check_months(self.names, evidence.months, self.fiscal_years)
        plausible.check_rates_of_claims(self.names, evidence, self.countries.values(), self.figures)
        return evidence

    @cached_property
    def methods(self) -> References:
        methods = read_methods(self.data)
        checks.check_methods(self.names, methods, self.evidence, self.countries)
        plausible.check_gdp_by_year(self.names, methods.gdp_by_year, self.figures)
        plausible.check_quoted_gdp(self.names, methods)
        return methods

    @cached_property
    def industry(self) -> Industry:
        industry = read_industry(self.data)
        checks.check_industry(self.names, industry)
        return industry

    @cached_property
    def shutdowns(self) -> Shutdowns:
        shutdowns = read_shutdowns(self.data)
        check_shutdowns(self.names, shutdowns, self.countries)
        return shutdowns

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        symbols = read_table(self.data / "symbols.csv", Symbol, unique=("symbol",), distinct=("meaning",))
        checks.check_symbols(self.names, symbols)
        return symbols

    @cached_property
    def place_names(self) -> tuple[PlaceName, ...]:
        rows = read_table(self.data / "place_names.csv", PlaceName, unique=("name",))
        self.names.need_sources("place_names.csv", [(row.name, row.source) for row in rows])
        return rows

    @cached_property
    def lags(self) -> dict[str, PublicationLag]:
        rows = read_table(self.data / "publication_lags.csv", PublicationLag, unique=("series",))
        lags: dict[str, PublicationLag] = {row.series: row for row in rows}
        checks.check_lags(self.names, lags, get_args(PublishedSeries))
        return lags

    @cached_property
    def former_results(self) -> tuple[FormerResult, ...]:
        rows = read_table(self.data / "results_model_1.csv", FormerResult, unique=("id",))
        checks.check_former(self.names, rows)
        return rows

    @cached_property
    def changed_constants(self) -> tuple[ChangedConstant, ...]:
        rows = read_table(self.data / "changes.csv", ChangedConstant, unique=("date", "what"))
        checks.check_changes(self.names, rows)
        return rows

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        rows = read_table(self.data / "thresholds.csv", Threshold, unique=("key",), distinct=("label",))
        checks.check_thresholds(self.names, rows)
        return rows

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # the last one: a table that lost a column names it itself
        rows = read_table(self.data / "columns.csv", Column, unique=("table", "column"))
        checks.check_columns(self.names, rows)
        return rows


@dataclass(frozen=True, eq=False)  # equal only to itself, so that it can be the key of a cache
class Catalogue(Lasting):
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
    redenominations: dict[str, Redenomination]
    standing_blocks: dict[tuple[str, str], StandingBlock]  # by economy and kind
    regions: dict[str, Region]
    list_ranges: dict[str, ListRange]  # what lists of events leave open, by reason
    profiles: dict[str, np.ndarray]  # profile -> (168,) weights from Monday 00:00 local, mean 1
    fiscal_years: tuple[FiscalYear, ...]
    targets: tuple[Target, ...]
    seeds: dict[str, Seed]
    sources: dict[str, Source]
    shipped: dict[str, Path]  # files of starting points and events by name
    parts: Parts

    @property
    def class_keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.classes)

    @property
    def it_column(self) -> str:
        """The column of value added that holds what IT exporters make, and domestic IT."""
        return next(sector.value_added_column for sector in self.sectors if sector.export_group)

    @property
    def office_class(self) -> str:
        """The class of users whose seats measures move home."""
        return next(item.key for item in self.classes if item.seats == "office")

    @property
    def home_class(self) -> str:
        """The class of users to which these seats go."""
        return next(item.key for item in self.classes if item.seats == "home")

    @property
    def evidence(self) -> Evidence:
        """What was measured and claimed. Raises `DataError`, as do the other parts."""
        return self.parts.evidence

    @property
    def methods(self) -> References:
        """What other methods need."""
        return self.parts.methods

    @property
    def industry(self) -> Industry:
        """What the industry pages need."""
        return self.parts.industry

    @property
    def shutdowns(self) -> Shutdowns:
        """The record of shutdowns by country and year."""
        return self.parts.shutdowns

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the equations."""
        return self.parts.symbols

    @property
    def place_names(self) -> tuple[PlaceName, ...]:
        """Names of places that the libraries of names lack."""
        return self.parts.place_names

    @property
    def lags(self) -> dict[str, PublicationLag]:
        """How late each series is published, by series."""
        return self.parts.lags

    @property
    def former_results(self) -> tuple[FormerResult, ...]:
        """What model 1 said of the scenarios shipped with it."""
        return self.parts.former_results

    @property
    def changed_constants(self) -> tuple[ChangedConstant, ...]:
        """What the changelog says of constants, the newest first."""
        return self.parts.changed_constants

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The figures that a cost may be compared with."""
        return self.parts.thresholds

    @property
    def columns(self) -> tuple[Column, ...]:
        """What each column of a table means."""
        return self.parts.columns

    def complete(self) -> Catalogue:
        """Itself, with every part read and checked; raises `DataError`."""
        for name, part in vars(Parts).items():
            if isinstance(part, cached_property):
                getattr(self.parts, name)
        return self


def load(root: Path = ROOT) -> Catalogue:
    """The catalogue below `root`; read again only when a file there has changed. Raises `DataError`."""
    return _load(root, _stamp(root))


def _stamp(root: Path) -> tuple[tuple[str, int], ...]:
    """Every file below `data/` and `seeds/` with the time of its last change."""
    files: list[tuple[str, int]] = []
    folders = [str(root / "data"), str(root / "seeds")]
    while folders:
        folder = folders.pop()
        if not os.path.isdir(folder):
            raise DataError(
                os.path.basename(folder), "", "is missing", "the folder as shipped with the project"
            )
        for entry in os.scandir(folder):
            if entry.is_dir():
                folders.append(entry.path)
            else:
                files.append((entry.path, entry.stat().st_mtime_ns))
    return tuple(sorted(files))


@cached(4)
def _load(root: Path, stamp: tuple[tuple[str, int], ...]) -> Catalogue:
    data = root / "data"
    version = read_toml(data / "version.toml", (*VERSION_FIELDS, "note"), VERSION_FIELDS)
    reference_year = _year_of(version["reference_year"])
    sectors = read_table(data / "sectors.csv", Sector, unique=("key",), distinct=("label",))
    rows = read_table(data / "parameters.csv", Parameter, unique=("key",))
    parameters = _declared_once(data, sectors, rows)
    correlations = {
        row.key: row
        for row in read_table(data / "correlations.csv", Correlation, unique=("key",), distinct=("label",))
    }
    groups = {
        row.key: row for row in read_table(data / "groups.csv", Group, unique=("key",), distinct=("label",))
    }
    classes = read_table(data / "user_classes.csv", UserClass, unique=("key",), distinct=("label",))
    kinds = {
        row.key: row
        for row in read_table(data / "kinds.csv", Kind, unique=("key",), distinct=("label", "phrase"))
    }
    levers = {
        row.key: row for row in read_table(data / "levers.csv", Lever, unique=("key",), distinct=("label",))
    }
    countries = {
        row.iso3: row
        for row in read_table(data / "countries.csv", Country, unique=("iso3",), distinct=("name",))
    }
    figures: dict[str, dict[str, Figure]] = {}
    for figure in read_table(data / "economies.csv", Figure, unique=("iso3", "field")):
        figures.setdefault(figure.iso3, {})[figure.field] = figure
    shares = {row.iso3: row for row in read_table(data / "sector_shares.csv", Shares, unique=("iso3",))}
    regions = {
        row.region: row for row in read_table(data / "regions_pakistan.csv", Region, unique=("region",))
    }
    profiles = _profiles(data / "hour_profiles.csv")
    sources = {
        row.id: row for row in read_table(data / "sources.csv", Source, unique=("id",), distinct=("title",))
    }
    seeds, shipped = _seeds(root / "seeds"), _shipped(data)
    names = Names(
        root, parameters, [item.key for item in classes], kinds, levers, {item.key for item in sectors}, seeds,
        sources, shipped, reference_year + 1,
    )  # fmt: skip
    checks.check_parameters(names, rows, correlations, groups)
    checks.check_sectors(names, sectors, profiles, shares)
    checks.check_classes(root, classes)
    checks.check_kinds(names)
    checks.check_levers(names)
    checks.check_needed(names, needed_keys(kinds, names.classes, levers, sectors))
    checks.check_seeds(names)
    plausible.check_regions(names, regions)
    checks.check_places(root, regions, countries, figures, shares)
    redenominations = {
        row.iso3: row for row in read_table(data / "redenominations.csv", Redenomination, unique=("iso3",))
    }
    standing_blocks = {
        (row.iso3, row.kind): row
        for row in read_table(
            data / "standing_blocks.csv", StandingBlock, unique=("iso3", "kind"), distinct=("what",)
        )
    }
    checks.check_guards(names, countries, redenominations.values(), standing_blocks.values())
    plausible.check_figures(names, countries, figures)
    plausible.check_shares(names, countries, shares)
    list_ranges = {
        row.key: row
        for row in read_table(data / "list_ranges.csv", ListRange, unique=("key",), distinct=("why",))
    }
    names.need_sources("list_ranges.csv", [(row.key, row.source) for row in list_ranges.values()])
    fiscal_years = read_table(data / "exports_fiscal_year.csv", FiscalYear, unique=("id",))
    targets = read_table(data / "export_targets.csv", Target, unique=("id",), distinct=("label",))
    plausible.check_receipts(names, fiscal_years, targets, figures.get(HOME, {}))
    return Catalogue(
        root=root,
        data_version=str(version["data_version"]),
        data_date=str(version["date"]),
        reference_year=reference_year,
        parameters=parameters,
        correlations=correlations,
        streams=_streams(data, rows, sectors, correlations, list_ranges.values()),
        groups=groups,
        sectors=sectors,
        classes=classes,
        kinds=kinds,
        levers=levers,
        countries=countries,
        figures=figures,
        shares=shares,
        redenominations=redenominations,
        standing_blocks=standing_blocks,
        regions=regions,
        list_ranges=list_ranges,
        profiles=profiles,
        fiscal_years=fiscal_years,
        targets=targets,
        seeds=seeds,
        sources=sources,
        shipped=shipped,
        parts=Parts(names, countries, figures, fiscal_years),
    )


def _year_of(value: object) -> int:
    """The year that `version.toml` names."""
    if not isinstance(value, int) or not 2000 <= value <= 2100:
        where = "data/version.toml reference_year"
        raise DataError(where, value, "is not usable", "a year from 2000 to 2100")
    return value


def _declared_once(data: Path, sectors: Sequence[Sector], rows: Sequence[Parameter]) -> dict[str, Parameter]:
    """The parameters of sectors and rows by key; a key that both declare is an error."""
    parameters = {item.key: item for sector in sectors for item in sector.parameters()}
    for row in rows:
        if row.key in parameters:
            where = cell(data / "parameters.csv", row.key, "key")
            raise DataError(where, row.key, "is declared in sectors.csv", "a new key")
        parameters[row.key] = row
    return parameters


def _streams(
    data: Path, rows: Sequence[Parameter], sectors: Sequence[Sector], correlations: dict[str, Correlation],
    list_ranges: Iterable[ListRange],
) -> dict[str, int]:  # fmt: skip
    """The number of the Sobol sequence that each draw owns."""
    draws = [draw for row in rows for draw in draws_of(row, data / "parameters.csv")]
    draws += [draw for row in sectors for draw in draws_of_sector(row, data / "sectors.csv")]
    draws += [
        Draw(CORRELATION + key, data / "correlations.csv", key, row.streams)
        for key, row in correlations.items()
    ]
    draws += [
        Draw(row.draw, data / "list_ranges.csv", row.key, row.streams)
        for row in list_ranges
        if not row.drawn_as_parameter
    ]
    return streams_of(draws)


def _seeds(folder: Path) -> dict[str, Seed]:
    """The figures of all articles by id."""
    seeds: dict[str, Seed] = {}
    for path in sorted(folder.glob("*.csv")):
        for seed in read_table(path, Seed, unique=("id",), distinct=("subject",)):
            if seed.id in seeds:
                raise DataError(cell(path, seed.id, "id"), seed.id, "repeats another article", "a new id")
            seeds[seed.id] = seed
    return seeds


def _shipped(data: Path) -> dict[str, Path]:
    """The files of starting points and events by name."""
    files: dict[str, Path] = {}
    for folder in ("scenarios", "events"):
        for path in sorted((data / folder).glob("*.toml")):
            if path.stem in files:
                raise DataError(
                    f"data/{folder}/{path.name}", path.stem, "is also a starting point", "a new name"
                )
            files[path.stem] = path
    return files


def _profiles(path: Path) -> dict[str, np.ndarray]:
    rows = read_table(path, HourWeight, unique=("profile", "day_type", "hour_local"))
    by_profile: dict[str, dict[tuple[str, int], float]] = {}
    for row in rows:
        by_profile.setdefault(row.profile, {})[row.day_type, row.hour_local] = row.weight
    week = [(day_type, hour) for day_type in DAY_TYPES for hour in range(24)]
    profiles: dict[str, np.ndarray] = {}
    for name, weights in by_profile.items():
        missing = [hour for hour in week if hour not in weights]
        if missing:
            raise DataError(cell(path, name, "weight"), missing[0], "is missing", "all 4 x 24 hours")
        values = np.array([weights[hour] for hour in week])
        if abs(values.mean() - 1) > 1e-6:
            where = cell(path, name, "weight")
            raise DataError(where, float(values.mean()), "is not a weekly mean of 1", "mean 1")
        profiles[name] = values
    return profiles


def shipped_file(catalogue: Catalogue, name: str) -> Path | None:
    """The file of a shipped starting point or event of that name."""
    return catalogue.shipped.get(name)
