"""The figures of one economy as rows: value, unit, year, source, status, and what is stale or missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.catalogue.economies import FIELD_UNITS, HOME, Region
from model.catalogue.load import Catalogue
from model.estimation.economy import STALE_YEARS, economy
from model.estimation.estimate import export_split
from model.estimation.sampling import resolved
from model.text.writer import provenance, table
from views.pages.sources.tables import (
    one_value,
    spelt,
    titles_of,
)

REGIONS = "regions_pakistan"


@dataclass(frozen=True)
class EconomyRow:
    """One figure of an economy as the page shows it; `value` None is a missing figure."""

    field: str
    value: float | None
    unit: str
    year: int | None
    source: str
    status: str
    note: str

    def shown(self) -> dict[str, str]:
        return {
            "Figure": spelt(self.field), "Value": "missing" if self.value is None else one_value(self.value, self.unit),
            "Year": "" if self.year is None else str(self.year), "Status": self.status, "Source": self.source,
            "Note": self.note,
        }  # fmt: skip


def csv_of(catalogue: Catalogue, rows: Sequence[EconomyRow]) -> str:
    names = ("field", "value", "unit", "year", "source", "status", "note")
    lines = ({name: getattr(row, name) for name in names} for row in rows)
    return table(lines, provenance(catalogue.data_version), names).csv()


def warnings(catalogue: Catalogue, iso3: str) -> tuple[str, ...]:
    """The model's own sentences on what is stale or missing."""
    return economy(catalogue, iso3, export_split(catalogue, resolved(catalogue, {}))).warnings


def rows_of(catalogue: Catalogue, iso3: str) -> list[EconomyRow]:
    """Figures, sector shares and, at home, regions of one economy; a missing figure is a row too."""
    rows = []
    for field, unit in FIELD_UNITS.items():
        figure = catalogue.figures.get(iso3, {}).get(field)
        if figure is None:
            rows.append(EconomyRow(field, None, unit, None, "", "missing", ""))
            continue
        source, note = titles_of(catalogue, figure.source)[1], _aged(catalogue, figure.year, figure.note)
        rows.append(EconomyRow(field, figure.value, unit, figure.year, source, figure.status, note))
    shares = catalogue.shares[iso3]
    source = titles_of(catalogue, shares.source)[1]
    note = _aged(catalogue, shares.year, "; ".join(part for part in (shares.basis, shares.note) if part))
    descriptions = {
        column.column: column.description for column in catalogue.columns if column.table == "sector_shares"
    }
    rows += [
        EconomyRow(descriptions.get(name, name), share, "share", shares.year, source, shares.status, note)
        for name, share in shares.by_column.items()
    ]
    if iso3 == HOME:
        rows += [row for region in catalogue.regions.values() for row in _region_rows(catalogue, region)]
    return rows


def _region_rows(catalogue: Catalogue, region: Region) -> Iterable[EconomyRow]:
    """Each cell with the source and status of its column; the row's own where the column has none."""
    for column in catalogue.columns:
        value = getattr(region, column.column, None) if column.table == REGIONS else None
        if isinstance(value, float):
            source = titles_of(catalogue, column.source or region.source)[1]
            status = column.status or region.status
            name = f"{region.region}: {column.description}"
            yield EconomyRow(name, value, column.unit, region.year, source, status, region.basis)


def _aged(catalogue: Catalogue, year: int, note: str) -> str:
    old = "older than three years" if catalogue.reference_year - year > STALE_YEARS else ""
    return "; ".join(part for part in (old, note) if part)
