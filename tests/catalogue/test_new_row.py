"""A row added to the tables is enough: nothing else names it."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.tables import Tables

from model.catalogue.load import Catalogue
from model.catalogue.parameters import parse_override
from model.common.errors import DataError, InputError
from model.estimation.estimate import estimate
from model.estimation.flows import clear_caches
from model.scenario.scenario import Scenario

PARAMETERS = "data/parameters.csv"
NEW = "structure.patience_of_readers"


def add_parameter(tables: Tables, **changes: str) -> None:
    values = {
        "key": NEW, "label": "Patience of readers", "unit": "x", "low": "0.5", "mode": "1", "high": "2", "min": "0",
        "max": "5", "step": "0.1", "distribution": "pert", "streams": "500", "group": "structure",
        "help": "Moves nothing yet.",
        "status": "assumption", "source": "own_assumption",
    }  # fmt: skip
    tables.append(PARAMETERS, **{**values, **changes})


def test_a_new_parameter_is_in_the_catalogue_and_checked(tables: Tables) -> None:
    add_parameter(tables)
    catalogue = tables.load()
    parameter = catalogue.parameters[NEW]
    assert (parameter.label, parameter.unit, parameter.mode) == ("Patience of readers", "x", 1.0)
    assert parse_override(parameter, "0.5:1:3") == (0.5, 1.0, 3.0)
    with pytest.raises(InputError, match=f"{NEW}: 6.0 is out of range; allowed: 0 to 5 x"):
        parse_override(parameter, "6")
    with pytest.raises(InputError, match="not a finite number"):
        estimate(catalogue, Scenario(draws=256, assumptions={NEW: float("nan")}))


def test_a_new_parameter_is_in_the_tornado_and_accepted_with_a_warning(tables: Tables) -> None:
    add_parameter(tables)
    catalogue = tables.load()
    plain = estimate(catalogue, Scenario(draws=256))
    bar = next(row for row in plain.tornado if row.key == NEW)
    assert bar.label == "Patience of readers"
    assert bar.swing == 0  # it enters no equation yet
    given = estimate(catalogue, Scenario(draws=256, assumptions={NEW: 2.0}))
    assert any(NEW in text and "changes nothing" in text for text in given.warnings)
    np.testing.assert_array_equal(given.draws["net_direct"], plain.draws["net_direct"])


def inert(tables: Tables) -> None:
    """A row of each sort that no equation feels: an unread parameter, a measure of coverage 0, a sector of nothing."""
    add_parameter(tables)
    tables.copy_row("data/levers.csv", "second_link", key="third_link", label="Third link")
    for part in ("coverage", "effect", "cost_musd_per_year"):
        tables.copy_row(PARAMETERS, f"lever.second_link.{part}", key=f"lever.third_link.{part}")
    new = {"key": "nothing", "label": "Nothing", "value_added_part": "export:nothing"}
    tables.copy_row("data/sectors.csv", "software_exports", **new)
    none = {"low": "0", "mode": "0", "high": "0", "distribution": "fixed"}
    tables.copy_row(PARAMETERS, "exports.share.software", key="exports.share.nothing", **none)
    tables.copy_row(PARAMETERS, "churn.multiplier.software", key="churn.multiplier.nothing")


def test_rows_that_nothing_feels_move_no_result_by_a_bit(catalogue: Catalogue, tables: Tables) -> None:
    inert(tables)
    more = tables.load()
    for kind in ("full_blackout", "vpn_block", "cable_cut"):
        scenario = Scenario(kind=kind, draws=1024)
        before, after = estimate(catalogue, scenario), estimate(more, scenario)
        assert set(before.draws) < set(after.draws)
        for name, values in before.draws.items():
            np.testing.assert_array_equal(values, after.draws[name], err_msg=f"{kind} {name}")


@pytest.mark.parametrize(
    ("streams", "problem"),
    [
        ("", "is not written"),
        ("0", r"is also a number of severity\.full_blackout\.enterprise"),
        ("x", "no whole number"),
    ],
)
def test_a_row_without_a_number_of_its_own_is_named(tables: Tables, streams: str, problem: str) -> None:
    free = max(tables.load().streams.values()) + 1
    add_parameter(tables, streams=streams)
    with pytest.raises(
        DataError, match=f"\\({NEW}\\) column streams.*{problem}.*the next free one is {free}"
    ):
        tables.load()


def test_a_new_parameter_travels_in_links_and_files(tables: Tables) -> None:
    from model.scenario.file import from_toml, to_toml
    from model.scenario.link import from_query, to_query
    from model.scenario.scenario import checked

    add_parameter(tables)
    catalogue = tables.load()
    scenario = checked(catalogue, Scenario(assumptions={NEW: (0.5, 1.0, 1.5)}))
    assert from_query(catalogue, to_query(scenario)) == (scenario, [])
    assert from_toml(catalogue, to_toml(scenario).encode()) == scenario


def test_a_new_sector(tables: Tables) -> None:
    """Part of trade becomes a sector of its own; its loss, sliders and bars follow."""
    new = {"key": "street_markets", "label": "Street markets", "user_mix": "small:1"}
    tables.copy_row("data/sectors.csv", "trade", **new, value_added_column="street_markets")
    tables.split_share("trade_offline", "street_markets")
    catalogue = tables.load()
    parts = ("dependence", "recapture_ceiling", "patience_days")
    assert {f"sector.street_markets.{part}" for part in parts} <= set(catalogue.parameters)
    result = estimate(catalogue, Scenario(draws=256))
    amount = result.amount("net_direct.street_markets")
    assert amount.label == "Direct loss: Street markets"
    assert amount.median is not None and amount.median > 0
    assert amount.id in result.amount("net_direct").contains
    assert any(row.key == "sector.street_markets.dependence" for row in result.tornado)
    by_sector = sum(result.draws[f"net_direct.{sector.key}"] for sector in catalogue.sectors)
    np.testing.assert_allclose(by_sector, result.draws["net_direct"], rtol=1e-9)


def test_a_new_lever(tables: Tables) -> None:
    name = "generators"
    tables.append(
        "data/levers.csv", key=name, label="Shared generators", acts_on="severity", classes="small", kinds="*",
        help="Small firms keep a line.",
    )  # fmt: skip
    for part, values in (("coverage", ("0", "0", "0")), ("effect", ("0.5", "0.5", "0.5"))):
        tables.copy_row(
            PARAMETERS, "lever.backup_hub.coverage", key=f"lever.{name}.{part}", label=f"Generators: {part}",
            low=values[0], mode=values[1], high=values[2],
        )  # fmt: skip
    tables.copy_row(PARAMETERS, "lever.backup_hub.cost_musd_per_year", key=f"lever.{name}.cost_musd_per_year")
    catalogue = tables.load()
    off = Scenario(draws=256)
    assert estimate(catalogue, off).levers == ()
    on = estimate(
        catalogue,
        off.with_changes(
            assumptions={f"lever.{name}.coverage": 1.0, f"lever.{name}.cost_musd_per_year": 2.0}
        ),
    )
    first = next(lever for lever in on.levers if lever.key == name)
    assert first.label == "Shared generators"
    assert first.avoided.median > 0
    assert first.cost_per_year == 2e6
    assert first.ratio is not None and first.ratio.median == pytest.approx(first.avoided.median / 2e6)
    small = "net_direct.class.small"
    assert np.all(on.draws[small] < estimate(catalogue, off).draws[small])


def test_a_new_kind(tables: Tables) -> None:
    """A satellite outage with severities like those of a VPN block, for everyone twice as quick to adapt."""
    tables.copy_row(
        "data/kinds.csv",
        "vpn_block",
        key="satellite_outage",
        label="Satellite outage",
        phrase="a satellite outage",
    )
    for row in [
        row for row in tables.read(PARAMETERS) if ".vpn_block." in row[0] and not row[0].startswith("lever")
    ]:
        tables.copy_row(PARAMETERS, row[0], key=row[0].replace("vpn_block", "satellite_outage"))
    catalogue = tables.load()
    result = estimate(catalogue, Scenario(kind="satellite_outage", draws=1024))
    like = estimate(catalogue, Scenario(kind="vpn_block", draws=1024))
    assert result.amount("net_direct").median == pytest.approx(like.amount("net_direct").median, rel=0.1)
    assert any(row.key == "severity.satellite_outage.freelance" and row.swing > 0 for row in result.tornado)


def test_a_new_class_of_users(tables: Tables) -> None:
    tables.copy_row("data/user_classes.csv", "small", key="schools", label="Schools")
    for row in [row for row in tables.read(PARAMETERS) if row[0].endswith(".small")]:
        tables.copy_row(PARAMETERS, row[0], key=row[0].removesuffix("small") + "schools")
    tables.set("data/sectors.csv", "education_health", "user_mix", "enterprise:0.3 small:0.3 schools:0.4")
    result = estimate(tables.load(), Scenario(draws=256))
    amount = result.amount("net_direct.class.schools")
    assert amount.median is not None and amount.median > 0


def test_a_new_economy(tables: Tables) -> None:
    tables.copy_row("data/countries.csv", "KEN", iso3="XXA", name="Testland")
    tables.copy_row("data/sector_shares.csv", "KEN", iso3="XXA")
    source = next(row for row in tables.read("data/economies.csv") if row[:2] == ["KEN", "gdp"])
    header = tables.header("data/economies.csv")
    tables.append(
        "data/economies.csv", **{**dict(zip(header, source, strict=True)), "iso3": "XXA", "value": "1e9"}
    )
    result = estimate(tables.load(), Scenario(country="Testland", draws=256))
    assert result.economy.gdp == 1e9
    assert result.amount("work_days").median is None  # no workers are known, and that is said
    assert any("number of workers" in text for text in result.warnings)
    assert result.amount("lagged_receipts").median is None


def test_a_changed_class_of_users_is_not_answered_from_before(tables: Tables) -> None:
    """What is kept between estimates is told apart by names too: the numbers of this row stay the same."""
    scenario = Scenario(draws=256)
    before = estimate(tables.load(), scenario)
    tables.set("data/sectors.csv", "agriculture", "user_mix", "freelance:1")
    warm = estimate(tables.load(), scenario)
    clear_caches()
    cold = estimate(tables.load(), scenario)
    assert warm.amount("net_direct") == cold.amount("net_direct") != before.amount("net_direct")
