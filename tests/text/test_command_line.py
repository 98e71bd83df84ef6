"""`python -m model`: the contract that others build on."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.commands import FEW, IDS, amount, as_json, refused, run
from helpers.each import each

from model import MODEL_VERSION
from model.__main__ import main
from model.catalogue.load import ROOT, Catalogue
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario

# What JSON carries


def test_json_carries_what_the_contract_names(
    capsys: pytest.CaptureFixture[str], catalogue: Catalogue
) -> None:
    table = as_json(capsys)
    assert {"scenario", "model_version", "data_version", "warnings", "amounts", "curve"} <= table.keys()
    assert (table["model_version"], table["data_version"]) == (MODEL_VERSION, catalogue.data_version)
    wanted = {*IDS, *(f"net_direct.{sector.key}" for sector in catalogue.sectors)}
    wanted |= {f"net_direct.class.{name}" for name in catalogue.class_keys}
    ids = [row["id"] for row in table["amounts"]]
    assert len(ids) == len(set(ids)) and wanted == set(ids)
    keys = {"id", "label", "ledger", "basis", "period", "unit", "contains", "median", "low", "high", "mean"}
    for row in table["amounts"]:
        assert row.keys() == keys
        assert row["unit"] == ("work_days" if row["id"] == "work_days" else "USD")
        assert row["low"] <= row["median"] <= row["high"]
        assert set(row["contains"]) <= set(ids)
    assert {"days", "low", "median", "high"} <= table["curve"].keys()
    assert len({len(values) for values in table["curve"].values()}) == 1
    assert 1.0 in table["curve"]["days"]


def test_json_has_full_precision(capsys: pytest.CaptureFixture[str], catalogue: Catalogue) -> None:
    expected = estimate(catalogue, Scenario(draws=256)).amount("net_direct")
    printed = amount(as_json(capsys), "net_direct")
    assert [printed["low"], printed["median"], printed["high"], printed["mean"]] == [
        *expected.range, expected.mean,
    ]  # fmt: skip


def test_the_curve_holds_the_chosen_point(capsys: pytest.CaptureFixture[str]) -> None:
    table = as_json(capsys, "--hours", "37")
    at = table["curve"]["days"].index(37 / 24)
    assert table["curve"]["median"][at] == amount(table, "net_direct")["median"]


# What can be asked


def test_every_option_reaches_the_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    scenario = as_json(
        capsys, "--country", "Pakistan", "--kind", "slowdown", "--days", "2", "--spells", "3", "--gap-days", "5",
        "--ratio", "0.5", "--region", "Balochistan", "--start", "2026-01-05T10:00", "--seed", "7", "--not-ordered",
        "--currency", "PKR", "--set", "churn.rate=0.01", "--set", "onset.shape=0.6:0.7:0.9",
    )["scenario"]  # fmt: skip
    expected = {
        "country": "PAK", "kind": "slowdown", "hours": 48.0, "spells": 3, "gap_days": 5.0, "ratio": 0.5,
        "capacity_lost": None, "regions": ["Balochistan"], "place": None, "start": "2026-01-05T10:00", "seed": 7,
        "draws": 256, "ordered_by_authority": False, "currency": "PKR",
        "set": {"churn.rate": 0.01, "onset.shape": [0.6, 0.7, 0.9]},
    }  # fmt: skip
    assert expected.items() <= scenario.items()


def test_days_and_hours_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "--days", "1.5") == as_json(capsys, "--hours", "36")


def test_set_pins_a_value_in_every_draw(capsys: pytest.CaptureFixture[str]) -> None:
    row = amount(
        as_json(capsys, "--kind", "vpn_block", "--days", "30", "--set", "fiscal.tax_share=0.1"), "tax"
    )
    net = amount(as_json(capsys, "--kind", "vpn_block", "--days", "30"), "net_direct")
    assert row["median"] == pytest.approx(0.1 * net["median"])
    assert row["high"] == pytest.approx(0.1 * net["high"])


def test_set_replaces_a_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    plain = amount(as_json(capsys), "lagged_receipts")
    harsh = amount(as_json(capsys, "--set", "churn.rate=0.1:0.15:0.2"), "lagged_receipts")
    assert harsh["median"] > plain["median"]


def test_a_lever_is_a_parameter_like_any_other(capsys: pytest.CaptureFixture[str]) -> None:
    plain = amount(as_json(capsys), "net_direct")
    table = as_json(capsys, "--set", "lever.second_link.coverage=0.8")
    assert amount(table, "net_direct")["median"] < plain["median"]


def test_local_currency_is_named_with_its_rate(
    capsys: pytest.CaptureFixture[str], catalogue: Catalogue
) -> None:
    rupees, dollars = as_json(capsys, "--currency", "PKR"), as_json(capsys)
    rate = catalogue.figures["PAK"]["fx"].value
    assert amount(rupees, "net_direct")["unit"] == "PKR"
    assert amount(rupees, "work_days")["unit"] == "work_days"
    assert amount(rupees, "net_direct")["median"] == pytest.approx(
        rate * amount(dollars, "net_direct")["median"]
    )


def test_not_measured_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    table = as_json(capsys, "--country", "IRN")
    row = amount(table, "lagged_receipts")
    assert [row[part] for part in ("low", "median", "high", "mean")] == [None] * 4
    assert any("not measured" in text for text in table["warnings"])


def test_no_time_costs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    table = as_json(capsys, "--days", "0")
    assert all(row["high"] == 0 for row in table["amounts"])


# Files and formats


def test_a_scenario_file_with_arguments_on_top(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = "Mine"\nmodel = "2"\n[scenario]\nkind = "vpn_block"\n'
        'hours = 240.0\n[scenario.set]\n"churn.rate" = 0.01\n'
    )
    scenario = as_json(capsys, "--scenario", str(path), "--spells", "2")["scenario"]
    assert (scenario["kind"], scenario["hours"], scenario["spells"], scenario["set"]) == (
        "vpn_block",
        240,
        2,
        {"churn.rate": 0.01},
    )


def test_json_is_enough_to_repeat_the_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    import tomli_w

    arguments = ["--kind", "slowdown", "--days", "3", "--ratio", "0.4", "--set", "churn.rate=0:0.01:0.02"]
    first = as_json(capsys, *arguments)
    scenario = {
        key: value for key, value in first["scenario"].items() if value is not None and key != "header"
    }
    path = tmp_path / "again.toml"
    path.write_text(tomli_w.dumps({"model": "2", "scenario": scenario}))
    assert as_json(capsys, "--scenario", str(path)) == first


def test_a_file_of_model_1_opens_and_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    path.write_text("[scenario]\nhours = 240.0\n")
    assert main(["estimate", *FEW, "--scenario", str(path), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["scenario"]["hours"] == 240.0
    assert err == "This file names no model; if it was made with model 1, model 2 gives another number.\n"


def test_the_world_is_sorted_and_says_what_is_old(
    capsys: pytest.CaptureFixture[str], catalogue: Catalogue
) -> None:
    asked = ["world", "--kind", "mobile_only", "--days", "2", *FEW]
    answer = json.loads(run(capsys, *asked, "--format", "json"))
    rows, missing = answer["economies"], answer["without_figures"]
    assert len(rows) + len(missing) == len(catalogue.countries) and len(rows) > 200
    shares = [row["share"] for row in rows]
    assert shares == sorted(shares, reverse=True) and all(0 < share < 1 for share in shares)
    by_code = {row["iso3"]: row for row in rows}
    kenya, cuba = by_code["KEN"], by_code["CUB"]
    alone = amount(as_json(capsys, "--country", "KEN", "--kind", "mobile_only", "--days", "2"), "net_direct")
    assert (kenya["usd_low"], kenya["usd"], kenya["usd_high"]) == pytest.approx(
        (alone["low"], alone["median"], alone["high"])
    )
    assert kenya["share"] == pytest.approx(kenya["usd"] / (kenya["gdp_usd"] * 2 / 365))
    assert kenya["per_day"] == pytest.approx(kenya["usd"] / 2)
    assert cuba["usd"] is None and "no dollars" in cuba["remarks"]  # its GDP is of 2020
    assert all(row["remarks"] for row in missing)
    whole = next(row for row in answer["totals"] if row["group"] == "world")
    assert whole["economies"] == sum(row["usd"] is not None for row in rows)
    assert whole["usd_low"] > sum(row["usd_low"] or 0 for row in rows) * 0.9
    table = list(csv.DictReader(io.StringIO(run(capsys, *asked, "--format", "csv"))))
    alone_rows = [row for row in table if row["row"] in ("economy", "no figures")]
    assert len(alone_rows) == len(catalogue.countries) and table[0]["iso3"] == rows[0]["iso3"]
    assert len(table) == len(alone_rows) + len(answer["totals"])
    text = run(capsys, *asked)
    assert text.startswith("Mobile data cut, 2 days") and "no dollars" in text


def test_the_world_takes_any_order_and_no_region(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["world", "--hours", "6", "--spells", "20", *FEW]
    rows = json.loads(run(capsys, *asked, "--by", "usd", "--format", "json"))["economies"]
    dollars = [row["usd"] for row in rows if row["usd"] is not None]
    assert dollars == sorted(dollars, reverse=True) and rows[0]["place_first"] == 1
    assert rows[-1]["usd"] is None and rows[-1]["place_first"] is None
    assert "assumed to stay" in run(capsys, *asked)  # 20 spells with a week between them are 138 days
    assert "allowed: share, usd" in refused(capsys, *asked, "--by", "size")
    assert "of one country alone" in refused(capsys, "world", "--scenario", "balochistan_mobile_2025")


def test_backtest_scores_tables_from_outside(
    capsys: pytest.CaptureFixture[str], catalogue: Catalogue, tmp_path: Path
) -> None:
    files = {}
    for name, key in (("observations", "id"), ("operators", "observation")):
        with (catalogue.root / f"data/{name}.csv").open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            rows = [row for row in reader if row[key] in ("obs_001", "obs_005")]
        files[name] = tmp_path / f"{name}.csv"
        with files[name].open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(reader.fieldnames or ()))
            writer.writeheader()
            writer.writerows(rows)
    given = ["--observations", str(files["observations"]), "--operators", str(files["operators"])]
    answer = json.loads(run(capsys, "backtest", *given, "--format", "json"))
    assert [row["id"] for row in answer["rows"]] == ["obs_001", "obs_005"]
    assert {"rows", "predictable_events", "coverage", "mean_crps"} <= answer["summary"].keys()
    assert "Operators from outside the project" in run(capsys, "backtest", *given)
    assert "needs --operators too" in refused(capsys, "backtest", *given[:2])
    for bad, said in (("nowhere.csv", "nowhere.csv: '' is missing"), (str(tmp_path), "is not a file")):
        for name in ("observations", "operators", "unrest"):
            named = {**{key: str(file) for key, file in files.items()}, name: bad}
            message = refused(
                capsys, "backtest", *(part for key, file in named.items() for part in (f"--{key}", file))
            )
            assert said in message and "the path of a CSV file" in message and "shipped" not in message, (
                message
            )
    alone = refused(capsys, "backtest", "--operators", "nowhere.csv")
    assert "--operators: 'nowhere.csv' needs --observations too" in alone
    files["operators"].write_text(files["operators"].read_text().replace("0,24", "24,0", 1))
    assert "operators.csv row 2 (obs_001) column to_hours" in refused(capsys, "backtest", *given)


def test_out_writes_the_same_bytes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    shown = run(capsys, "estimate", *FEW, "--format", "json")
    assert run(capsys, "estimate", *FEW, "--format", "json", "--out", str(path)) == ""
    assert path.read_text(encoding="utf-8") == shown


def test_csv_carries_units_scenario_versions_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "estimate", *FEW, "--days", "2", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    table = as_json(capsys, "--days", "2")
    amounts = [row for row in rows if row["table"] == "amount"]
    assert [row["id"] for row in amounts] == [row["id"] for row in table["amounts"]]
    assert float(amounts[0]["median"]) == table["amounts"][0]["median"]
    for row in rows:
        assert row["unit"] and row["scenario"] and row["sources"]
        assert (row["model_version"], row["data_version"]) == (table["model_version"], table["data_version"])


def test_text_opens_with_a_sentence_with_range_and_basis(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "estimate", *FEW)
    first = text.splitlines()[0]
    assert "Pakistan" in first and "(range " in first and "$" in first and "lost output" in first
    assert MODEL_VERSION in text


@pytest.mark.parametrize("what", ["countries", "kinds", "sectors", "parameters", "seeds", "scenarios"])
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_lists(capsys: pytest.CaptureFixture[str], what: str, form: str) -> None:
    text = run(capsys, "list", what, "--format", form)
    if form == "json":
        assert len(json.loads(text)) >= {
            "countries": 205,
            "kinds": 7,
            "sectors": 20,
            "parameters": 94 + 60,
            "seeds": 64,
        }.get(what, 5)
    elif form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1
    else:
        assert len(text.splitlines()) > 5


def test_claims(capsys: pytest.CaptureFixture[str]) -> None:
    table = json.loads(run(capsys, "claims", "--format", "json"))
    assert table["inputs"]["seed000_19"] == {"low": 100.0, "central": 125.0, "high": 150.0}
    text = " ".join(line for card in table["cards"] for line in card["implications"])
    assert "11.1" in text and "38.0" in text
    moved = json.loads(run(capsys, "claims", "--set", "seed000_19=200", "--format", "json"))
    assert moved["inputs"]["seed000_19"]["central"] == 200
    shares = [
        run(capsys, "claims", "--set", f"claims.vpn_client_share={share}") for share in ("0.25", "25%", "0.3")
    ]
    assert shares[0] == shares[1] != shares[2]
    assert run(capsys, "claims") and run(capsys, "claims", "--format", "csv")


# Bad input


@each(
    ("arguments", "named"),
    [
        (["--country", "Atlantis"], ["country", "Atlantis"]),
        (["--country", ""], ["country"]),
        (["--country", "PRK"], ["PRK"]),
        (["--kind", "earthquake"], ["kind", "earthquake", "full_blackout"]),
        (["--region", "Kashgar"], ["region", "Kashgar", "Balochistan"]),
        (["--country", "IND", "--region", "Punjab"], ["region", "Punjab"]),
        (["--set", "churn.speed=1"], ["churn.speed", "churn"]),
        (["--set", "churn.rate=9"], ["churn.rate", "9", "0.2"]),
        (["--set", "churn.rate=nan"], ["churn.rate", "nan"]),
        (["--set", "churn.rate=inf"], ["churn.rate", "inf"]),
        (["--set", "churn.rate=fast"], ["churn.rate", "fast"]),
        (["--set", "churn.rate=0.1:0.05:0.2"], ["churn.rate", "low <= mode <= high"]),
        (["--set", "churn.rate=0.1:0.2"], ["churn.rate", "0.1:0.2"]),
        (["--set", "churn.rate"], ["churn.rate", "key="]),
        (["--set", "churn.rate=0.1", "--set", "churn.rate=0.2"], ["churn.rate", "twice"]),
        (["--days", "nan"], ["days", "nan"]),
        (["--days", "inf"], ["days", "inf"]),
        (["--days", "-1"], ["days", "-1", "0 to 730"]),
        (["--hours", "1e300"], ["hours", "1e300"]),
        (["--days", "731"], ["days", "731"]),
        (["--days", "soon"], ["days", "soon"]),
        (["--days", "1", "--hours", "1"], ["--hours"]),
        (["--spells", "0"], ["spells", "1 to 365"]),
        (["--spells", "1.5"], ["spells", "1.5"]),
        (["--gap-days", "-1"], ["gap_days", "-1"]),
        (["--ratio", "0.5"], ["ratio", "slowdown"]),
        (["--kind", "slowdown", "--ratio", "65"], ["ratio", "65", "0 to 1"]),
        (["--kind", "slowdown", "--capacity-lost", "0.5"], ["capacity_lost", "cable_cut"]),
        (["--place", "1.1"], ["place", "1.1"]),
        (["--place", "0.1", "--region", "Punjab"], ["--region"]),
        (["--start", "yesterday"], ["start", "yesterday", "2026-01-05"]),
        (["--start", "2026-01-05T10:00Z"], ["start", "zone"]),
        (["--draws", "1"], ["draws", "256"]),
        (["--draws", "1e9"], ["draws", "65536"]),
        (["--seed", "-1"], ["seed", "-1"]),
        (["--currency", "EUR"], ["currency", "EUR", "PKR"]),
        (["--format", "xml"], ["xml", "json"]),
        (["--scenario", "no/such/file.toml"], ["file.toml"]),
        (["--out", "no/such/folder/x.json"], ["--out", "x.json"]),
        (["--colour", "red"], ["--colour"]),
    ],
)
def test_bad_input_gets_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: list[str]
) -> None:
    line = refused(capsys, "estimate", *arguments)
    for part in named:
        assert part in line, line


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", ["[scenario]"]),
        (b"[scenario\nkind =", ["TOML"]),
        (b"\xff\xfe\x00", ["UTF-8"]),
        (b"[scenario]\nkind = 'full_blackout'\nhours = 'ten'\n", ["hours", "ten"]),
        (b"[scenario]\nhours = nan\n", ["hours", "nan"]),
        (b"[scenario]\nhours = -1\n", ["hours", "-1"]),
        (b"[scenario]\ncolour = 1\n", ["colour", "kind"]),
        (b"[scenario]\ncountry = ['PAK']\n", ["country", "text"]),
        (b"[scenario]\nregions = [1]\n", ["regions"]),
        (b"[scenario]\nordered_by_authority = 'yes'\n", ["ordered_by_authority"]),
        (b"[scenario.set]\n'churn.rate' = 'x'\n", ["churn.rate"]),
        (b"[scenario.set]\n'churn.rate' = [0.1, 0.2]\n", ["churn.rate"]),
        (b"[scenario.set]\n'__class__' = 1\n", ["__class__"]),
        (b"title = 5\n[scenario]\n", ["title", "text"]),
        (b"title = '" + b"x" * 5000 + b"'\n[scenario]\n", ["title", "too long"]),
        (b"a = " + b"[" * 20_000 + b"\n[scenario]\n", ["TOML"]),
        (b"# " + b"x" * 70_000, ["too large", "64 kB"]),
        (b"a" + b".a" * 30_000 + b" = 1\n", ["too many parts"]),
        (b"[scenario]\n['b" + b"'. 'b" * 10_000 + b"']\n", ["too many parts"]),
    ],
    ids=range(19),
)
def test_a_bad_scenario_file_gets_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, named: list[str]
) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    line = refused(capsys, "estimate", "--scenario", str(path))
    for part in named:
        assert part in line, line


@pytest.mark.parametrize("command", ["estimate", "claims"])
def test_every_command_reads_a_range_in_the_same_way(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    key = {"estimate": "churn.rate", "claims": "seed000_10"}[command]
    low, mode, high = {"estimate": ("0.0", "0.01", "0.02"), "claims": ("10", "20", "30")}[command]
    by_link = run(capsys, command, "--set", f"{key}={low}~{mode}~{high}", "--format", "csv")
    assert by_link == run(capsys, command, "--set", f"{key}={low}:{mode}:{high}", "--format", "csv")
    assert by_link != run(capsys, command, "--set", f"{key}={mode}", "--format", "csv")
    assert "is not one number or three" in refused(capsys, command, "--set", f"{key}={low}~{mode}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--set", "seed999_01=1"],
        ["--set", "seed000_19=nan"],
        ["--set", "seed000_19=1e9"],
        ["--baseline", "hope"],
    ],
)
def test_bad_claims_get_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    refused(capsys, "claims", *arguments)


def test_a_command_that_does_not_exist_and_none_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, "guess")
    refused(capsys)
    refused(capsys, "list", "colours")


# As a program


def program(*arguments: str, hash_seed: str = "0") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(
        [sys.executable, "-m", "model", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env=environment,
        timeout=60,
    )


@pytest.mark.slow
def test_two_processes_give_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("estimate", *FEW, "--kind", "vpn_block", "--days", "30", "--seed", "5", "--format", "json")
    first, second = program(*arguments, hash_seed="1"), program(*arguments, hash_seed="2")
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout == second.stdout
    lines = first.stdout.decode().splitlines()
    assert run(capsys, *arguments).splitlines() == lines
    assert run(capsys, *arguments[:-4], "--seed", "6", "--format", "json").splitlines() != lines


@pytest.mark.slow
def test_the_exit_code_of_a_process() -> None:
    done = program("estimate", "--days", "nan")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.slow
def test_no_page_and_no_slow_library_is_imported() -> None:
    text = "import sys, model.__main__ as m; m.main(['estimate', '--draws', '256']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, check=True, timeout=60)
    imported = done.stdout.decode().splitlines()[-1].split()
    assert "model.estimation.estimate" in imported and not {
        "streamlit",
        "plotly",
        "pandas",
        "scipy.stats",
    } & set(imported)
