"""Checks across tables: what a row names in another table is there, and shares are of one whole.

Every error names file, row, column, value and what is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from model.catalogue.disruptions import Correlation, Kind, Lever, Symbol, UserClass
from model.catalogue.economies import (
    Country,
    Figure,
    Redenomination,
    Region,
    Sector,
    Shares,
    StandingBlock,
)
from model.catalogue.evidence import POWER, Evidence
from model.catalogue.industry import Industry
from model.catalogue.methods import References
from model.catalogue.parameters import Parameter, matching
from model.catalogue.receipts import PublicationLag
from model.catalogue.sources import ChangedConstant, Column, FormerResult, Seed, Source, Threshold
from model.common.errors import DataError, choices
from model.common.tables import cell, header_of

NOT_CORRELATED = "is not in correlations.csv"
OTHER_OUTCOMES = ("mixed", "other_shock")  # kinds of observed events that the model does not price as one
OTHER_CLAIMS = ("any", "mixed", "unrest")  # and of claims
WHOLE = 1e-6  # how far from 1 shares may sum


@dataclass(frozen=True)
class Names:
    """What the rows of one table may name in another: ids and keys by the table that declares them."""

    root: Path
    parameters: Mapping[str, Parameter]
    classes: Sequence[str]
    kinds: Mapping[str, Kind]
    levers: Mapping[str, Lever]
    sectors: Collection[str]
    seeds: Mapping[str, Seed]
    sources: Mapping[str, Source]
    shipped: Mapping[str, Path]
    latest_year: int  # the last year of which a figure can be

    def need(
        self, table: str | Path, row: str | tuple[str, ...], column: str, name: str, allowed: Collection[str],
        problem: str = "is not known",
    ) -> None:  # fmt: skip
        """Raise `DataError` unless `name` is one of `allowed`; `table` lies in data/, or is a path."""
        if name not in allowed:
            where = cell(self.root / "data" / table, row, column)
            raise DataError(where, name, problem, choices(allowed, name))

    def need_all(
        self, table: str | Path, cells: Iterable[tuple[str, str]], column: str, allowed: Collection[str], problem: str,
        between: str = ";",
    ) -> None:  # fmt: skip
        """`need` for each (row, cell) of a column whose cells hold names with `between` in the middle, or none."""
        for row, text in cells:
            for name in filter(None, text.split(between)):
                self.need(table, row, column, name, allowed, problem)

    def need_sources(
        self, table: str, cells: Iterable[tuple[str | tuple[str, ...], str]], column: str = "source"
    ) -> None:
        """Raise `DataError` unless every id of each (row, cell) is in `data/sources.csv`."""
        for row, text in cells:
            for name in filter(None, text.split(";")):
                self.need(table, row, column, name, self.sources, "is not in sources.csv")

    def need_year(self, table: str, row: str | tuple[str, ...], year: int, column: str = "year") -> None:
        """Raise `DataError` for a `year` of which no figure can be yet."""
        if year > self.latest_year:
            where = cell(self.root / "data" / table, row, column)
            raise DataError(where, year, "is too late", f"a year up to {self.latest_year}, by version.toml")

    def need_parameters(self, table: str | Path, row: str, column: str, patterns: Iterable[str]) -> None:
        """Raise `DataError` for a key, a beginning of keys or a pattern that no parameter fits."""
        for name in patterns:
            if name not in self.parameters and not matching(self.parameters, name):
                where = cell(self.root / "data" / table, row, column)
                raise DataError(where, name, "is no parameter", "a key or its beginning up to a dot")


def check_sectors(
    names: Names, sectors: Sequence[Sector], profiles: Collection[str], shares: Mapping[str, Shares]
) -> None:
    """The mix of each sector is of known classes and sums to 1; its hours and its value added are known.

    Value added of a column that no sector has would be lost in silence. Raises `DataError`.
    """
    root, classes = names.root, names.classes
    columns = list(next(iter(shares.values())).by_column)
    for sector in sectors:
        in_mix = partial(cell, root / "data/sectors.csv", sector.key, "user_mix")
        try:
            mix = sector.mix
        except ValueError:
            raise DataError(in_mix(), sector.user_mix, "is not class:share", "small:0.4 …") from None
        if len(mix) != len(sector.user_mix.split()):
            raise DataError(in_mix(), sector.user_mix, "names a class twice", "each class once")
        for name in mix:
            if name not in classes:
                raise DataError(in_mix(), name, "is not in user_classes.csv", sorted(classes))
        if not (abs(sum(mix.values()) - 1) <= 1e-9 and min(mix.values()) >= 0):  # nan is refused too
            raise DataError(in_mix(), sector.user_mix, "does not sum to 1", "shares that sum to 1")
        for column, allowed, problem in (
            ("hour_profile", profiles, "is not in hour_profiles.csv"),
            ("value_added_column", columns, "is no column of sector_shares.csv"),
        ):
            names.need("sectors.csv", sector.key, column, getattr(sector, column), allowed, problem)
    owners: dict[tuple[str, str], str] = {}
    for sector in sectors:
        part = sector.value_added_column, sector.value_added_part
        if part in owners:
            where = cell(root / "data/sectors.csv", sector.key, "value_added_column")
            raise DataError(
                where, part[0], f"is that of {owners[part]} and would count twice", "a column of its own"
            )
        owners[part] = sector.key
    for (column, name), key in owners.items():
        others = [owner for (other, _), owner in owners.items() if other == column and owner != key]
        if others and not name:
            where, shown = cell(root / "data/sectors.csv", key, "value_added_part"), ", ".join(others)
            raise DataError(where, "", f"takes all of {column}, of which {shown} count a part", "domestic")
    for (column, name), key in owners.items():
        if name.startswith("export:") and (column, "domestic") not in owners:
            where = cell(root / "data/sectors.csv", key, "value_added_part")
            raise DataError(
                where, name, f"leaves the rest of {column} to no sector", "a sector of the domestic part"
            )
    for name in columns:
        if name not in {sector.value_added_column for sector in sectors}:
            where = cell(root / "data/sector_shares.csv", "", name)
            raise DataError(where, name, "belongs to no sector", "a value_added_column of data/sectors.csv")
    for part_source in ("dependence_source", "recapture_source", "patience_source"):
        cells = [(sector.key, getattr(sector, part_source)) for sector in sectors]
        names.need_sources("sectors.csv", cells, part_source)
    for row in shares.values():
        for name in columns:
            if name not in row.by_column:
                raise DataError(
                    cell(root / "data/sector_shares.csv", row.iso3, name), "", "is empty", "a share"
                )


def check_seeds(names: Names) -> None:
    """The parameters that carry an article's figure are there."""
    files = {path.name[:3]: path for path in (names.root / "seeds").glob("*.csv")}
    for seed in names.seeds.values():
        table = files.get(seed.id[4:7], names.root / "seeds")
        names.need_parameters(table, seed.id, "carried_by", filter(None, seed.carried_by.split(";")))


def check_parameters(
    names: Names, rows: Sequence[Parameter], correlations: Mapping[str, Correlation], groups: Collection[str]
) -> None:
    """Each row of `data/parameters.csv` is in a known group and correlated in a known one."""
    for row in rows:
        names.need("parameters.csv", row.key, "group", row.group, groups, "is not in groups.csv")
        if row.correlated:
            names.need(
                "parameters.csv", row.key, "correlation", row.correlated[0], correlations, NOT_CORRELATED
            )
    names.need_sources("parameters.csv", [(row.key, row.source) for row in rows])


def check_needed(names: Names, keys: Iterable[str]) -> None:
    """Raise `DataError` for a parameter that the equations ask for and that no row declares."""
    for key in keys:
        if key not in names.parameters:
            where = cell(names.root / "data/parameters.csv", "", "key")
            raise DataError(where, key, "is missing", "a row for each key of the equations")


def check_classes(root: Path, classes: Sequence[UserClass]) -> None:
    """One class has the offices whose seats move, and one the homes to which they go; raises `DataError`."""
    for role in ("office", "home"):
        keys = [item.key for item in classes if item.seats == role]
        if len(keys) != 1:
            where = cell(root / "data/user_classes.csv", "", "seats")
            raise DataError(
                where, ", ".join(keys), f"is not one class of seats at the {role}", "one class for each"
            )


def check_kinds(names: Names) -> None:
    """Where a kind uses the severities of another, that one has its own."""
    own = [kind.key for kind in names.kinds.values() if not kind.severity_of]
    for kind in names.kinds.values():
        if kind.severity_of:
            names.need("kinds.csv", kind.key, "severity_of", kind.severity_of, own)
        names.need_sources("kinds.csv", [(kind.key, kind.source)])
        if kind.weighed_by:
            problem = "is missing in data/parameters.csv"
            names.need("kinds.csv", kind.key, "weighed_by", kind.weighed_by, names.parameters, problem)


def check_levers(names: Names) -> None:
    """Every class and kind that a measure names is there."""
    for column, allowed in (
        ("classes", names.classes), ("kinds", names.kinds), ("kinds_if_ordered", names.kinds),
    ):  # fmt: skip
        rows = [(row.key, getattr(row, column)) for row in names.levers.values()]
        names.need_all("levers.csv", rows, column, [*allowed, "*"], "is not known", " ")


def check_places(
    root: Path, regions: Mapping[str, Region], countries: Mapping[str, Country],
    figures: Mapping[str, Mapping[str, Figure]], shares: Mapping[str, Shares],
) -> None:  # fmt: skip
    """The regions' shares sum to 1, and an economy that is called available has what an estimate needs.

    Raises `DataError`.
    """
    for column in ("population_share", "gdp_share", "it_firm_share", "telecom_weight"):
        total = sum(getattr(region, column) for region in regions.values())
        if abs(total - 1) > WHOLE:
            where = cell(root / "data/regions_pakistan.csv", "", column)
            raise DataError(where, total, "is not the whole", "shares that sum to 1")
    for country in countries.values():
        usable = country.iso3 in shares and "gdp" in figures.get(country.iso3, {})
        if country.available == "yes" and not usable:
            where = cell(root / "data/countries.csv", country.iso3, "available")
            raise DataError(where, "yes", "has no GDP or sector shares", "no, with the reason")


def check_guards(
    names: Names, countries: Collection[str], redenominations: Iterable[Redenomination],
    standing_blocks: Iterable[StandingBlock],
) -> None:  # fmt: skip
    """A change of money and a standing block name an economy, a source, and a kind that are there."""
    for change in redenominations:
        names.need("redenominations.csv", change.iso3, "iso3", change.iso3, countries)
        names.need_sources("redenominations.csv", [(change.iso3, change.source)])
        names.need_year("redenominations.csv", change.iso3, change.last_year, "last_year")
    for block in standing_blocks:
        names.need("standing_blocks.csv", block.iso3, "iso3", block.iso3, countries)
        names.need("standing_blocks.csv", block.iso3, "kind", block.kind, names.kinds)
        names.need_sources("standing_blocks.csv", [(block.iso3, block.source)])


def check_symbols(names: Names, symbols: Sequence[Symbol]) -> None:
    """Every parameter that a symbol stands for is there."""
    for row in symbols:
        names.need_parameters("symbols.csv", row.symbol, "parameters", row.prefixes)


def check_changes(names: Names, rows: Sequence[ChangedConstant]) -> None:
    """Every parameter that is said to have changed is there."""
    for row in rows:
        if not row.is_first:
            names.need_parameters("changes.csv", row.date, "keys", row.parameters)


def check_outcomes(names: Names, evidence: Evidence) -> None:
    """Observations and operators name each other, events, kinds, claims and parameters that are there.

    For the tables of the project and for those from outside: each `DataError` names the file that holds the row.
    """
    observations, operators = evidence.observations, evidence.operators
    items, rows = evidence.files
    for operator in operators.values():
        row = operator.observation
        names.need(rows, row, "observation", row, observations)
        names.need_all(rows, [(row, operator.markers)], "markers", evidence.claims, "is not known")
        names.need_all(rows, [(row, operator.event)], "event", names.shipped, "is not a scenario")
        names.need_all(rows, [(row, operator.kind)], "kind", names.kinds, "is not a kind")
        if operator.of_receipts and not observations[row].start:
            where = cell(items, row, "start")
            allowed = "the first day of the event, before which figures are known"
            raise DataError(where, "", "is empty", allowed)
    for item in observations.values():
        if item.id not in operators:
            where = cell(rows, item.id)
            raise DataError(where, item.id, "has no operator", "a row, or 'none' with the reason")
        names.need_parameters(items, item.id, "evidence_for", item.parameters_set)


def check_evidence(names: Names, evidence: Evidence, countries: Collection[str]) -> None:
    """The outcomes, the claims and the record name what is there, and every event has a grade of unrest."""
    check_outcomes(names, evidence)
    for item in evidence.observations.values():
        allowed = [*names.kinds, *OTHER_OUTCOMES]
        names.need("observations.csv", item.id, "kind", item.kind, allowed, "is not a kind")
        names.need("observations.csv", item.id, "country", item.country, countries)
    observed = {item.event for item in evidence.observations.values()}
    for event in evidence.unrest:
        names.need("unrest.csv", event, "event", event, observed, "is the event of no observation")
    for claim in evidence.claims.values():
        allowed = [*names.kinds, *OTHER_CLAIMS]
        names.need("claims_published.csv", claim.id, "kind", claim.kind, allowed, "is not a kind")
    for item in evidence.observations.values():
        problem = "has no grade of unrest in unrest.csv"
        names.need("observations.csv", item.id, "event", item.event, evidence.unrest, problem)
    claims = evidence.claims
    rows = claims.values()
    names.need_all(
        "claims_published.csv",
        [(row.id, row.contradicts) for row in rows],
        "contradicts",
        claims,
        "is not known",
    )
    for column in ("event", "scenario"):
        cells = [(row.id, getattr(row, column)) for row in rows]
        names.need_all("claims_published.csv", cells, column, names.shipped, "is not a scenario")
    for disruption in evidence.disruptions:
        table, row = "record_disruptions.csv", disruption.id
        names.need(table, row, "kind", disruption.kind, [*names.kinds, POWER], "is not a kind")
        names.need_all(table, [(row, disruption.event)], "event", names.shipped, "is not an event")


def check_methods(names: Names, methods: References, evidence: Evidence, countries: Collection[str]) -> None:
    """Constants, cases and printed estimates name sources, kinds, economies and claims that are there."""
    places = {
        "method_constants.csv": [(row.id, row.country) for row in methods.constants],
        "estimates_published.csv": [(row.id, row.country) for row in methods.estimates],
    }
    for table, cells in places.items():
        names.need_all(table, cells, "country", countries, "is not known")
    for constant in methods.constants:
        if constant.gdp_year is not None:
            names.need_year("method_constants.csv", constant.id, constant.gdp_year, "gdp_year")
    cited: dict[str, list[tuple[str | tuple[str, ...], str]]] = {
        "method_constants.csv": [(row.id, row.source) for row in methods.constants],
        "method_cases.csv": [(row.id, row.source) for row in methods.cases],
        "gdp_by_year.csv": [((row.iso3, str(row.year)), row.source) for row in methods.gdp_by_year.values()],
    }
    for table, rows in cited.items():
        names.need_sources(table, rows)
    kinds = {
        "method_cases.csv": [(row.id, row.kind) for row in methods.cases],
        "estimates_published.csv": [(row.id, row.kind) for row in methods.estimates],
    }
    for table, cells in kinds.items():
        names.need_all(table, cells, "kind", names.kinds, "is not a kind")
    for printed in methods.estimates:
        if printed.claim:
            names.need("estimates_published.csv", printed.id, "claim", printed.claim, evidence.claims)
            basis = evidence.claims[printed.claim].basis
            problem = "is not the basis of the claim"  # one statement has one basis
            names.need("estimates_published.csv", printed.id, "basis", printed.basis, [basis], problem)


def check_industry(names: Names, industry: Industry) -> None:
    """Measures are those of `data/levers.csv`; figures cite sources, and calendars and presets name what is there."""
    for key in industry.measures:
        names.need("measures.csv", key, "key", key, names.levers, "is no lever")
    for kind in industry.calendar_kinds:
        names.need("industry.csv", f"calendar.{kind}.per_year", "key", kind, names.kinds, "is not a kind")
        days = f"calendar.{kind}.days"
        names.need("industry.csv", "", "key", days, industry.parameters, "is missing")
    for row in industry.rows:
        names.need_sources("industry.csv", [(row.key, row.source)])
    for measure in industry.measures.values():
        names.need_sources("measures.csv", [(measure.key, measure.source)])
    for preset in industry.presets.values():
        names.need(
            f"firm_presets/{preset.key}.toml",
            "",
            "sector",
            preset.sector,
            names.sectors,
            "is not in sectors.csv",
        )


def check_columns(names: Names, columns: Iterable[Column]) -> None:
    """The dictionary explains columns that are there, each with a source that is."""
    headers: dict[str, list[str]] = {}
    for path in (names.root / "data").glob("*.csv"):
        headers[path.stem] = header_of(path)
    for path in (names.root / "seeds").glob("*.csv"):
        headers["seeds"] = header_of(path)
    for row in columns:
        key = row.table, row.column
        names.need("columns.csv", key, "table", row.table, headers, "is no table")
        names.need(
            "columns.csv", key, "column", row.column, headers[row.table], f"is no column of {row.table}"
        )
        names.need_sources("columns.csv", [(key, row.source)])


def check_former(names: Names, rows: Iterable[FormerResult]) -> None:
    """A former result belongs to a shipped scenario, or to the link that holds its values."""
    for row in rows:
        if not row.link:
            names.need("results_model_1.csv", row.id, "id", row.id, names.shipped, "is not a scenario")


def check_lags(names: Names, lags: Mapping[str, PublicationLag], series: Sequence[str]) -> None:
    """Every series has its lag, and each a source; raises `DataError`."""
    for name in series:
        if name not in lags:
            where = cell(names.root / "data/publication_lags.csv", "", "series")
            raise DataError(where, name, "is missing", "a row for each series")
    names.need_sources("publication_lags.csv", [(row.series, row.source) for row in lags.values()])


def check_thresholds(names: Names, rows: Sequence[Threshold]) -> None:
    """Every figure to pass has a source, and the statement that it stands for has a value."""
    valued = [key for key, seed in names.seeds.items() if seed.value is not None]
    for row in rows:
        names.need_sources("thresholds.csv", [(row.key, row.source)])
        names.need_all(
            "thresholds.csv", [(row.key, row.seed)], "seed", valued, "is no statement with a value"
        )
