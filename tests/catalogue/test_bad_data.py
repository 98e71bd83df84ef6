"""One deliberate fault in a copy of the tables: a `DataError` that names file, row, column, value, what is allowed."""

from __future__ import annotations

import pytest
from helpers.tables import Tables

from model.common.errors import DataError

PARAMETERS, SECTORS = "data/parameters.csv", "data/sectors.csv"
ENTERPRISE = "severity.full_blackout.enterprise"


def message(tables: Tables) -> str:
    """The one line in which the copy is refused."""
    with pytest.raises(DataError) as caught:
        tables.load()
    text = str(caught.value)
    assert "\n" not in text
    assert "; allowed: " in text
    assert not text.endswith("; allowed: ")
    assert str(tables.root) not in text
    return text


def names(text: str, *wanted: object) -> None:
    for part in wanted:
        assert str(part) in text, f"{part!r} is not in: {text}"


def test_the_copy_itself_is_sound(tables: Tables) -> None:
    tables.load()


# A cell: (table, row, column, value)

CELLS = [
    pytest.param(PARAMETERS, ENTERPRISE, "unit", "percent", id="unit that is not in the vocabulary"),
    pytest.param(PARAMETERS, ENTERPRISE, "unit", "hours", id="unit of another thing"),
    pytest.param(PARAMETERS, ENTERPRISE, "unit", "pct", id="percent for a share"),
    pytest.param(PARAMETERS, "adaptation.full_blackout.days", "unit", "hours", id="hours for days"),
    pytest.param(PARAMETERS, "onset.scale_hours", "unit", "days", id="days for hours"),
    pytest.param(PARAMETERS, "churn.rate", "unit", "per year", id="per year for per day"),
    pytest.param(PARAMETERS, "coping.full_adoption_musd_per_year", "unit", "USD", id="dollars for millions"),
    pytest.param(PARAMETERS, ENTERPRISE, "mode", "NaN", id="not a number"),
    pytest.param(PARAMETERS, ENTERPRISE, "high", "inf", id="infinity"),
    pytest.param(PARAMETERS, ENTERPRISE, "low", "many", id="text for a number"),
    pytest.param(PARAMETERS, ENTERPRISE, "low", "0.9", id="low above mode"),
    pytest.param(PARAMETERS, ENTERPRISE, "high", "85", id="share in percent"),
    pytest.param(PARAMETERS, ENTERPRISE, "mode", "", id="mode missing"),
    pytest.param(PARAMETERS, ENTERPRISE, "min", "", id="min missing"),
    pytest.param(PARAMETERS, ENTERPRISE, "step", "0", id="step of nothing"),
    pytest.param(PARAMETERS, ENTERPRISE, "distribution", "normal", id="unknown distribution"),
    pytest.param(PARAMETERS, ENTERPRISE, "correlation", "severity:1.5", id="correlation above one"),
    pytest.param(PARAMETERS, ENTERPRISE, "group", "severty", id="unknown group"),
    pytest.param(PARAMETERS, ENTERPRISE, "status", "guess", id="unknown status"),
    pytest.param(SECTORS, "finance", "dependence_mode", "35", id="dependence in percent"),
    pytest.param(SECTORS, "finance", "dependence_high", "nan", id="dependence not a number"),
    pytest.param(SECTORS, "finance", "recapture_ceiling", "90", id="ceiling in percent"),
    pytest.param(SECTORS, "finance", "patience_days", "-1", id="negative patience"),
    pytest.param(SECTORS, "finance", "user_mix", "enterprise:0.7 shops:0.3", id="unknown class in a mix"),
    pytest.param(SECTORS, "finance", "user_mix", "enterprise:0.7 small:0.4", id="mix above one"),
    pytest.param(SECTORS, "finance", "user_mix", "enterprise:nan small:0.3", id="mix not a number"),
    pytest.param(SECTORS, "finance", "user_mix", "enterprise small", id="mix without shares"),
    pytest.param(SECTORS, "finance", "hour_profile", "bank", id="unknown hour profile"),
    pytest.param(SECTORS, "finance", "value_added_column", "money", id="unknown value-added column"),
    pytest.param("data/kinds.csv", "vpn_block", "severity_from", "guess", id="unknown severity source"),
    pytest.param("data/kinds.csv", "vpn_block", "ordered_by_authority", "maybe", id="neither yes nor no"),
    pytest.param("data/levers.csv", "backup_hub", "acts_on", "price", id="lever on nothing"),
    pytest.param("data/levers.csv", "backup_hub", "classes", "freelancer", id="lever for an unknown class"),
    pytest.param("data/levers.csv", "backup_hub", "kinds", "storm", id="lever in an unknown kind"),
    pytest.param("data/countries.csv", "PAK", "currency", "Rupee", id="currency that is no code"),
    pytest.param("data/sector_shares.csv", "PAK", "finance", "1.419", id="sector share in percent"),
    pytest.param("data/regions_pakistan.csv", "Punjab", "gdp_share", "57.5", id="region share in percent"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "column", "value"), CELLS)
def test_a_bad_cell(tables: Tables, table: str, row: str, column: str, value: str) -> None:
    line = tables.set(table, row, column, value)
    text = message(tables)
    names(text, table, column)
    assert f"row {line}" in text or f"row {row}" in text, text
    if value and "correlation" not in column:
        bad = value if column != "user_mix" else value.split()[-1].partition(":")[0]
        assert bad in text or value in text, f"{value!r} is not in: {text}"


@pytest.mark.parametrize(
    ("field", "column", "value"),
    [("gdp", "unit", "M USD"), ("gdp", "value", "-1"), ("gdp", "value", "NaN"), ("gdp", "year", "20255"),
     ("unemployment", "value", "5.42"), ("fx", "status", "heard"), ("fx", "field", "rate"),
     ("fx", "usable", "unusable"), ("fx", "usable", ""), ("gdp", "usable", "no")],
)  # fmt: skip
def test_a_bad_figure_of_an_economy(tables: Tables, field: str, column: str, value: str) -> None:
    cells = tables.read("data/economies.csv")
    line = next(i for i, row in enumerate(cells) if row[:2] == ["PAK", field])
    cells[line][cells[0].index(column)] = value
    tables.write("data/economies.csv", cells)
    names(message(tables), "data/economies.csv", f"row {line + 1}", column, value)


def test_sector_shares_above_one(tables: Tables) -> None:
    line = tables.set("data/sector_shares.csv", "PAK", "finance", "0.5")
    names(message(tables), "data/sector_shares.csv", f"row {line}", "1.48581", "sum to 1")


def test_region_shares_above_one(tables: Tables) -> None:
    for column in ("gdp_share", "gdp_share_high"):
        tables.set("data/regions_pakistan.csv", "Punjab", column, "0.9")
    names(message(tables), "data/regions_pakistan.csv", "gdp_share", "1.325")


def test_a_dependence_out_of_order(tables: Tables) -> None:
    line = tables.set(SECTORS, "finance", "dependence_low", "0.9")
    names(message(tables), SECTORS, f"row {line}", "column dependence_", "0.9")


def test_an_export_group_without_parameters(tables: Tables) -> None:
    tables.set(SECTORS, "call_centres", "value_added_part", "export:calls")
    names(message(tables), PARAMETERS, "key", ".calls", "is missing")


# A row, a column, a file


@pytest.mark.parametrize(
    "table", [PARAMETERS, SECTORS, "data/kinds.csv", "data/economies.csv", "data/hour_profiles.csv"]
)
def test_a_row_that_stands_twice(tables: Tables, table: str) -> None:
    cells = tables.read(table)
    tables.write(table, [*cells, cells[3]])
    names(message(tables), table, f"row {len(cells) + 1}", "column", cells[3][0], "repeats row 4")


def test_a_parameter_that_a_sector_declares_already(tables: Tables) -> None:
    tables.copy_row(PARAMETERS, ENTERPRISE, key="sector.finance.dependence", group="sectors")
    names(message(tables), PARAMETERS, "key", "sector.finance.dependence", "sectors.csv")


@pytest.mark.parametrize("table", [PARAMETERS, SECTORS, "data/countries.csv", "data/levers.csv"])
def test_a_missing_column(tables: Tables, table: str) -> None:
    name = tables.header(table)[1]
    tables.change(table, lambda cells: [row[:1] + row[2:] for row in cells])
    names(message(tables), table, "column", name, "is missing")


def test_an_unknown_column(tables: Tables) -> None:
    tables.change(PARAMETERS, lambda cells: [[*cells[0], "colour"], *([*row, "red"] for row in cells[1:])])
    names(message(tables), PARAMETERS, "column", "colour", "is not known")


def test_a_column_that_stands_twice(tables: Tables) -> None:
    tables.change(PARAMETERS, lambda cells: [[*row, row[3]] for row in cells])
    names(message(tables), PARAMETERS, "column", tables.header(PARAMETERS)[3], "twice")


@pytest.mark.parametrize("change", [-1, 1])
def test_a_short_and_a_long_row(tables: Tables, change: int) -> None:
    cells = tables.read(PARAMETERS)
    cells[5] = cells[5][:-1] if change < 0 else cells[5] + ["more"]
    tables.write(PARAMETERS, cells)
    names(message(tables), PARAMETERS, "row 6", f"{len(cells[0])} cells")


@pytest.mark.parametrize(
    "key", [ENTERPRISE, "adaptation.vpn_block.days", "lever.backup_hub.effect", "lever.help_desk.time_factor"]
)
def test_a_parameter_that_is_needed_and_missing(tables: Tables, key: str) -> None:
    tables.change(PARAMETERS, lambda cells: [row for row in cells if row[0] != key])
    names(message(tables), PARAMETERS, key, "is missing")


@pytest.mark.parametrize(
    "key", ["onset.shape", "structure.gsd", "fiscal.tax_share", "churn.multiplier.software", "exports.share.software",
            "lever.backup_hub.cost_musd_per_year", "coping.reference_receipts_musd", "platform.weight"],
)  # fmt: skip
def test_a_parameter_that_the_equations_name_and_that_is_missing(tables: Tables, key: str) -> None:
    tables.change(PARAMETERS, lambda cells: [row for row in cells if row[0] != key])
    names(message(tables), PARAMETERS, key, "is missing")


def test_an_economy_that_is_called_available_and_has_no_gdp(tables: Tables) -> None:
    tables.change("data/economies.csv", lambda cells: [row for row in cells if row[:2] != ["KEN", "gdp"]])
    names(message(tables), "data/countries.csv", "(KEN)", "available", "no GDP")


def test_an_hour_profile_with_a_missing_hour(tables: Tables) -> None:
    tables.change("data/hour_profiles.csv", lambda cells: cells[:5] + cells[6:])
    names(message(tables), "data/hour_profiles.csv", "office", "is missing")


def test_an_hour_profile_that_does_not_average_to_one(tables: Tables) -> None:
    cells = tables.read("data/hour_profiles.csv")
    cells[10][cells[0].index("weight")] = "9"
    tables.write("data/hour_profiles.csv", cells)
    names(message(tables), "data/hour_profiles.csv", "office", "mean")


@pytest.mark.parametrize("name", ["parameters.csv", "sectors.csv", "countries.csv", "version.toml"])
def test_an_empty_file(tables: Tables, name: str) -> None:
    (tables.root / "data" / name).write_text("", encoding="utf-8")
    names(message(tables), f"data/{name}", "is missing")


@pytest.mark.parametrize("name", ["sectors.csv", "kinds.csv", "user_classes.csv"])
def test_a_file_with_a_header_and_no_row(tables: Tables, name: str) -> None:
    tables.change(f"data/{name}", lambda cells: cells[:1])
    message(tables)


@pytest.mark.parametrize("name", ["parameters.csv", "sources.csv", "version.toml"])
def test_a_file_that_is_not_there(tables: Tables, name: str) -> None:
    (tables.root / "data" / name).unlink()
    names(message(tables), f"data/{name}")


def test_a_file_that_is_not_text(tables: Tables) -> None:
    (tables.root / PARAMETERS).write_bytes(b"key,label\n\xff\xfe\x00")
    names(message(tables), PARAMETERS, "UTF-8")


def test_a_truncated_file(tables: Tables) -> None:
    path = tables.root / PARAMETERS
    path.write_bytes(path.read_bytes()[:5000])
    names(message(tables), PARAMETERS)


def test_two_articles_with_the_same_figure(tables: Tables) -> None:
    names_of = sorted(path.name for path in (tables.root / "seeds").glob("*.csv"))
    stolen = tables.read(f"seeds/{names_of[0]}")[1]
    cells = tables.read(f"seeds/{names_of[1]}")
    tables.write(f"seeds/{names_of[1]}", [*cells, stolen])
    names(message(tables), f"seeds/{names_of[1]}", "id", stolen[0])


@pytest.mark.parametrize(("column", "value"), [("value", "lots"), ("status", "true"), ("id", "figure 1")])
def test_a_bad_seed(tables: Tables, column: str, value: str) -> None:
    name = sorted(path.name for path in (tables.root / "seeds").glob("*.csv"))[0]
    cells = tables.read(f"seeds/{name}")
    cells[2][cells[0].index(column)] = value
    tables.write(f"seeds/{name}", cells)
    names(message(tables), f"seeds/{name}", "row 3", column, value)
