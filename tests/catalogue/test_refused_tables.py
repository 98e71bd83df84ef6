"""What no table may hold, kind by kind: one wrong edit each, answered by file, row, column and what is allowed.

All failures of a kind are named at once. One copy of the tables serves the whole file: an edit is taken back.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from helpers.tables import Tables
from pydantic.fields import FieldInfo

from model.__main__ import main
from model.catalogue import evidence, industry, load, methods, shutdowns
from model.common import tables as reader
from model.common.cells import Text
from model.common.errors import DataError
from model.common.tables import Row
from model.evidence.operators import check_operators
from model.scenario.events import load_events

READERS = (load, evidence, industry, methods, shutdowns)  # the modules that read tables


class Copy(Tables):
    """A copy of the tables in which unchanged files are not read again, so that a load takes milliseconds."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.row_types: dict[str, type[Row]] = {}

    def refusal(self, table: str, change: Callable[[list[list[str]]], list[list[str]]]) -> str:
        """The message about a copy with this change, which is taken back; empty where it is taken."""
        path = self.root / table
        content = path.read_bytes()
        self.change(table, change)
        try:
            return self.message()
        finally:
            path.write_bytes(content)

    def refusal_of_row(self, table: str, change: Callable[[list[list[str]]], list[list[str]]]) -> str:
        """The message about its first row alone, without the other rows and tables; empty where it is taken."""
        path = self.root / table
        content = path.read_bytes()
        self.change(table, lambda cells: change(cells[:2]))
        try:
            reader.read_table(path, self.row_types[table])
        except DataError as problem:
            return str(problem)
        finally:
            path.write_bytes(content)
        return ""

    def message(self) -> str:
        try:
            catalogue = self.load().complete()
            check_operators(catalogue, catalogue.evidence)
            load_events(catalogue)
        except DataError as problem:
            return str(problem)
        return ""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    copy = Copy.copied(tmp_path_factory.mktemp("tables"))
    results: dict[tuple[Any, ...], Any] = {}
    read = reader.read_table

    def remembered(path: Path, row_type: type[Row], **names: Any) -> Any:
        copy.row_types[f"{path.parent.name}/{path.name}"] = row_type
        key = path, path.read_bytes(), row_type, str(names)
        if key not in results:
            results[key] = read(path, row_type, **names)
        return results[key]

    with pytest.MonkeyPatch.context() as patch:
        for module in READERS:
            patch.setattr(module, "read_table", remembered)
        assert copy.message() == ""
        yield copy


class Edit(NamedTuple):
    """A value in a cell of the row that begins with `row`, and words that the answer holds."""

    table: str
    row: str | tuple[str, ...]
    column: str
    value: str
    allowed: str


def at(cells: list[list[str]], row: str | tuple[str, ...]) -> int:
    first = [row] if isinstance(row, str) else list(row)
    return next(i for i, line in enumerate(cells) if line[: len(first)] == first)


def put(edit: Edit) -> Callable[[list[list[str]]], list[list[str]]]:
    def change(cells: list[list[str]]) -> list[list[str]]:
        cells[at(cells, edit.row)][cells[0].index(edit.column)] = edit.value
        return cells

    return change


PAK_GDP, PAK_FX = ("PAK", "gdp"), ("PAK", "fx")
ECONOMIES, YEARS = "data/economies.csv", "data/exports_fiscal_year.csv"
MONTHS, TARGETS = "data/exports_monthly.csv", "data/export_targets.csv"
CONSTANTS, PRINTED = "data/method_constants.csv", "data/estimates_published.csv"
CLAIMS, OBSERVATIONS, OPERATORS = (
    "data/claims_published.csv",
    "data/observations.csv",
    "data/operators.csv",
)
RECORD, PARAMETERS, SECTORS = "data/record_disruptions.csv", "data/parameters.csv", "data/sectors.csv"
SEEDS, REGIONS, MEASURES = (
    "seeds/001_founder_interview.csv",
    "data/regions_pakistan.csv",
    "data/measures.csv",
)
CHURN = "churn.rate"

KINDS: dict[str, list[Edit]] = {
    "sizes": [
        Edit(ECONOMIES, PAK_GDP, "value", "407.3", "USD for gdp"),
        Edit(ECONOMIES, PAK_GDP, "value", "407300000000000", "USD for gdp"),
        Edit(ECONOMIES, PAK_GDP, "value", "407300000", "USD a head"),
        Edit(ECONOMIES, ("PAK", "gva_to_gdp"), "value", "94.1", "0.5 to 1.3"),
        Edit(ECONOMIES, ("PAK", "labour_force"), "value", "84000", "of the population"),
        Edit(ECONOMIES, ("PAK", "it_export_receipts"), "value", "3810", "of GDP"),
        Edit(ECONOMIES, ("PAK", "unemployment"), "value", "5.4", "not a percentage"),
        Edit(ECONOMIES, PAK_FX, "value", "0", "LCU per USD"),
        Edit(ECONOMIES, ("DEU", "fx"), "value", "924", "both are EUR"),
        Edit("data/gdp_by_year.csv", ("PAK", "2020"), "gdp_usd", "300426", "USD"),
        Edit("data/shutdowns_by_country.csv", "PAK", "events", "82", "81, the sum of"),
        Edit("data/shutdowns_by_country.csv", "PAK", "started_before", "3", "82: those of"),
        Edit("data/shutdowns_by_country.csv", "PAK", "nationwide", "82", "at most 81"),
        Edit("data/shutdowns_by_country_year.csv", ("ARE", "2016"), "events", "11", "at most 10"),
        Edit("data/shutdowns_by_year.csv", "2016", "throttle", "7", "81, the sum of"),
        Edit("data/shutdown_kinds.csv", "full_network", "other_low", "0.7", "0.7 (other_low) or more"),
        Edit("data/year_figures.csv", "long_share", "high", "1", "below 1"),
        Edit("data/year_figures.csv", "part_spread", "high", "30", "0 to 20 1"),
        Edit("data/gdp_by_year.csv", ("PAK", "2020"), "gdp_usd", "300000000000000", "a GDP in USD"),
        Edit(YEARS, "xfy_18", "value_musd", "3810000", "M USD"),
        Edit(YEARS, "xfy_18", "value_musd", "0", "M USD"),
        Edit(YEARS, "xfy_18", "value_musd", "38.1", "FY24"),
        Edit(YEARS, "xfy_18", "growth_stated", "1.8", "0.182"),
        Edit(SEEDS, "seed001_22", "high", "80000000", "10 times low"),
        Edit(YEARS, "xfy_13", "growth", "1.84", "-0.008"),
        Edit(MONTHS, "xm_2023_05", "value_musd", "2240", "2023-04"),
        Edit(TARGETS, "mac_224", "value_musd", "10", "FY25"),
        Edit(CONSTANTS, "mc_003", "value", "-1", "share of daily GDP"),
        Edit(CONSTANTS, "mc_006", "value", "254", "ratio"),
        Edit(CONSTANTS, "mc_024", "value", "263687000", "gdp_by_year.csv"),
        Edit(PRINTED, "est_001", "value_musd", "115400", "per_day_musd x window_days"),
        Edit(PRINTED, "est_001", "gdp_base_usd", "338368000", "gdp"),
        Edit(CLAIMS, "claim_002", "usd_high", "500000", "usd_low"),
        Edit(REGIONS, "Punjab", "population", "127689", "over the sum"),
        Edit(MEASURES, "backup_hub", "unit_usd_high", "0.9", "unit_usd_mode"),
        Edit(SEEDS, "seed001_05", "default", "3000", "max"),
        Edit(SEEDS, "seed001_28", "value", "5000", "pct"),
        Edit(PARAMETERS, CHURN, "max", "200", "per day"),
        Edit(PARAMETERS, CHURN, "step", "1000", "by max less min"),
    ],
    "order": [
        Edit(REGIONS, "Punjab", "gdp_share_low", "0.6", "gdp_share_low"),
        Edit(MONTHS, "xm_2023_02", "low_musd", "300", "low_musd"),
        Edit(CLAIMS, "claim_002", "low", "600000000", "low"),
        Edit(OBSERVATIONS, "obs_053", "change_low", "-0.5", "change_low"),
        Edit(OBSERVATIONS, "obs_001", "end", "2023-05-01", "2023-05-10"),
        Edit("data/results_model_1.csv", "blackout_one_day", "median", "1", "low"),
        Edit(MEASURES, "backup_hub", "units_low", "9000000", "units_low"),
        Edit(SEEDS, "seed001_21", "low", "90", "low"),
        Edit(PRINTED, "est_007", "low_musd", "9", "low_musd"),
    ],
    "dates": [
        Edit(RECORD, "dis_02", "start", "2026-02-30", "of the calendar"),
        Edit(RECORD, "dis_02", "end", "2022-13-19", "of the calendar"),
        Edit(OBSERVATIONS, "obs_001", "start", "10.05.2023", "a day such as"),
        Edit(MONTHS, "xm_2023_02", "month", "2023-13", "a month such as"),
        Edit(MONTHS, "xm_2023_02", "fiscal_year", "FY24", "FY23"),
        Edit(YEARS, "xfy_18", "period_start", "2024-07-31", "2024-07-01"),
        Edit(YEARS, "xfy_16", "months_covered", "9", "2025-03-31"),
        Edit("data/sources.csv", "wdi_2026_07", "date", "2026-07-32", "of the calendar"),
        Edit(PARAMETERS, CHURN, "source_date", "last year", "a day, month or year"),
        Edit("data/redenominations.csv", "CUB", "last_year", "2002", "by the day of the change"),
        Edit(ECONOMIES, PAK_GDP, "year", "2031", "version.toml"),
        Edit(ECONOMIES, PAK_GDP, "year", "1025", "a year from"),
        Edit(CLAIMS, "claim_002", "date", "2024-02-30", "of the calendar"),
    ],
    "names": [
        Edit(PARAMETERS, CHURN, "source", "nobody_1999", "nearest of"),
        Edit(SECTORS, "finance", "patience_source", "nobody_1999", "nearest of"),
        Edit(ECONOMIES, PAK_GDP, "source", "nobody_1999", "nearest of"),
        Edit("data/sector_shares.csv", "PAK", "source", "nobody_1999", "nearest of"),
        Edit(REGIONS, "Punjab", "source", "census_2023;nobody_1999", "nearest of"),
        Edit("data/columns.csv", ("economies", "value"), "column", "valu", "value"),
        Edit("data/columns.csv", ("economies", "value"), "unit", "dollars", "share"),
        Edit("data/kinds.csv", "full_blackout", "weighed_by", "platform.wait", "platform.weight"),
        Edit(OBSERVATIONS, "obs_001", "kind", "blackuot", "full_blackout"),
        Edit(OBSERVATIONS, "obs_001", "country", "PKX", "PAK"),
        Edit(OPERATORS, "obs_001", "operator", "payment_at_termnal", "payment_at_terminal"),
        Edit(OPERATORS, "obs_001", "subject", "smal", "small"),
        Edit(CLAIMS, "claim_002", "kind", "slowdwn", "slowdown"),
        Edit(CLAIMS, "claim_002", "scope", "everybody", "it_industry"),
        Edit("data/unrest.csv", "bd_2024_07", "event", "bd_2024_08", "bd_2024_07"),
        Edit("data/results_model_1.csv", "blackout_one_day", "id", "blackout_one_dya", "blackout_one_day"),
        Edit("data/shutdowns_by_country.csv", "PAK", "iso3", "PKX", "PAK"),
        Edit("data/shutdowns_by_country_year.csv", ("PAK", "2016"), "year", "2015", "2025"),
        Edit("data/shutdown_kinds.csv", "full_network", "kind", "full_blackuot", "full_blackout"),
        Edit("data/year_figures.csv", "part_most", "key", "part_msot", "part_most"),
        Edit("data/countries.csv", "PAK", "region", "Aisa", "Asia"),
        Edit(SECTORS, "finance", "dependence_correlation", "strong", "a colon and a number"),
    ],
    "yes or no": [
        Edit(YEARS, "xfy_18", "preferred", "maybe", "yes or no"),
        Edit(CLAIMS, "claim_002", "method_shown", "maybe", "yes or no"),
        Edit(RECORD, "dis_01", "nationwide", "maybe", "yes or no"),
        Edit(CONSTANTS.replace("constants", "cases"), "1", "must_match", "maybe", "yes or no"),
        Edit("data/countries.csv", "PAK", "landlocked", "maybe", "yes or no"),
        Edit(YEARS, "xfy_13", "preferred", "yes", "one preferred row"),
    ],
    "titles": [
        Edit(SECTORS, "finance", "label", "Agriculture", "one row per label"),
        Edit("data/kinds.csv", "mobile_only", "label", "Full blackout", "one row per label"),
        Edit("data/levers.csv", "help_desk", "label", "Backup hubs", "one row per label"),
        Edit("data/countries.csv", "PAK", "name", "Aruba", "one row per name"),
        Edit("data/groups.csv", "churn", "label", "How losses begin", "one row per label"),
        Edit(TARGETS, "mac_225", "label", "P@SHA chairman, 2020: $10bn by 2025", "one row per label"),
    ],
    "sectors of a column": [
        Edit(SECTORS, "real_estate", "value_added_column", "finance", "a column of its own"),
        Edit(SECTORS, "it_domestic", "value_added_part", "", "domestic"),
    ],
    "cells of a spreadsheet": [
        Edit(ECONOMIES, PAK_GDP, "value", "#REF!", "a value, or an empty cell"),
        Edit(ECONOMIES, PAK_GDP, "note", "#N/A", "a value, or an empty cell"),
        Edit(PARAMETERS, CHURN, "mode", "0,005", "a point for decimals"),
        Edit(PARAMETERS, CHURN, "label", "Contracts\nlost", "one line"),
        Edit(PARAMETERS, CHURN, "evidence", "###", "a letter or a digit"),
    ],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_is_refused(copied: Copy, kind: str) -> None:
    wrong: list[str] = []
    for edit in KINDS[kind]:
        line = at(copied.read(edit.table), edit.row) + 1
        text = copied.refusal(edit.table, put(edit))
        parts = (edit.table, f"row {line}", "column", "allowed: ", edit.allowed)
        if not all(part in text for part in parts) or "\n" in text:
            wrong.append(f"{edit} gives {text!r}")
    assert not wrong, "\n".join(wrong)


def free_text(field: FieldInfo) -> bool:
    """Whether a column is declared to hold any words."""
    return field.annotation is str and field.metadata == FieldInfo.from_annotation(Text).metadata


@pytest.mark.slow
def test_no_column_takes_nonsense(copied: Copy) -> None:
    """`###` is refused in every column, another word where it is no free text, an empty cell where one is needed."""
    wrong: list[str] = []
    paths = [*(copied.root / "data").glob("*.csv"), *(copied.root / "seeds").glob("*.csv")]
    for path in sorted(paths):
        table = f"{path.parent.name}/{path.name}"
        fields = copied.row_types[table].model_fields
        for number, column in enumerate(copied.read(table)[0]):
            values = {"###"}
            if column not in fields or not free_text(fields[column]):
                values.add("no such thing ~ 1")
            if column not in fields or fields[column].is_required():
                values.add("")
            for value in values:

                def change(cells: list[list[str]], at: int = number, value: str = value) -> list[list[str]]:
                    cells[1][at] = value
                    return cells

                text = copied.refusal_of_row(table, change) or copied.refusal(table, change)
                parts = (table, "row 2", f"column {column}", "allowed: ")
                if not all(part in text for part in parts):
                    wrong.append(f"{table} {column} {value!r} gives {text!r}")
    assert not wrong, "\n".join(wrong)


def written(path: Path, delimiter: str = ",", mark: bytes = b"") -> None:
    """The table as a spreadsheet saves it."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    lines = [
        delimiter.join(f'"{cell}"' if delimiter in cell or '"' in cell else cell for cell in row)
        for row in rows
    ]
    path.write_bytes(mark + ("\r\n".join(lines) + "\r\n").encode("utf-8"))


@pytest.mark.parametrize("table", ["data/hour_profiles.csv", "data/user_classes.csv", ECONOMIES])
def test_the_mark_of_a_spreadsheet_is_read(tables: Tables, table: str) -> None:
    before = tables.load()
    written(tables.root / table, mark=b"\xef\xbb\xbf")
    after = tables.load()
    assert after is not before
    assert (after.classes, after.figures) == (before.classes, before.figures)


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_named(copied: Copy, delimiter: str, name: str) -> None:
    path = copied.root / "data/groups.csv"
    content = path.read_bytes()
    written(path, delimiter)
    try:
        text = copied.message()
    finally:
        path.write_bytes(content)
    for part in ("data/groups.csv row 1", name, "commas between cells", "CSV UTF-8"):
        assert part in text


@pytest.mark.parametrize("folder", ["events", "scenarios"])
def test_two_files_of_one_title_are_refused(copied: Copy, folder: str) -> None:
    first, second = sorted((copied.root / "data" / folder).glob("*.toml"))[:2]
    content = second.read_text(encoding="utf-8")
    title = next(line for line in first.read_text(encoding="utf-8").splitlines() if line.startswith("title"))
    second.write_text(
        "\n".join([title, *(line for line in content.splitlines() if not line.startswith("title"))]),
        encoding="utf-8",
    )
    try:
        text = copied.message()
    finally:
        second.write_text(content, encoding="utf-8")
    assert f"data/{folder}/{second.name} title" in text
    assert f"is the title of data/{folder}/{first.name} too" in text


def test_the_command_line_says_the_sentence(
    tables: Tables, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = put_gdp(tables)
    monkeypatch.setattr("model.__main__.load", tables.load)
    assert main(["estimate", "--draws", "256"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"error: data/economies.csv row {line} (PAK) column value: 407.3 ")
    assert err.count("\n") == 1


def put_gdp(tables: Tables) -> int:
    """Write the GDP of Pakistan in billions; the line of its row."""
    cells = tables.read(ECONOMIES)
    number = at(cells, PAK_GDP)
    cells[number][cells[0].index("value")] = "407.3"
    tables.write(ECONOMIES, cells)
    return number + 1
