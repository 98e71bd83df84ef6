"""The data package repeats itself: its commands, its scenarios, and words for every column and key."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import zipfile
from pathlib import Path

import numpy as np
import pytest
from helpers.files.content import FEW, content_for
from helpers.files.readers import package_of

from briefing import make
from briefing.__main__ import main
from briefing.common.content import Content
from briefing.common.links import link_to
from briefing.package.dictionary import PARAMETER, keys_of
from briefing.package.tables import tables_of
from model.__main__ import main as model_main
from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate
from model.scenario.comparison import from_link
from model.scenario.fields import Header
from model.scenario.file import from_toml
from model.scenario.link import from_query
from model.scenario.scenario import Scenario
from model.text import report

ADDRESS = "https://example.org/cost(of;a)cut"  # has to be quoted in the command
MINE = Scenario(
    kind="vpn_block", hours=720.0, draws=FEW, header=Header(title="Mine"), currency="PKR",
    assumptions={"lever.second_link.coverage": 0.3, "lever.second_link.cost_musd_per_year": 2.0},
)  # fmt: skip
OTHERS = (
    Scenario(country="KEN", hours=48.0, seed=9, draws=512, header=Header(title="Kenya, two days")),
    Scenario(kind="mobile_only", regions=("Sindh",), hours=96.0),
)


@pytest.fixture(scope="module")
def content(catalogue: Catalogue) -> Content:
    return content_for(catalogue, MINE, address=ADDRESS, others=OTHERS)


@pytest.fixture(scope="module")
def package(content: Content) -> bytes:
    return make("zip", content).data


@pytest.fixture(scope="module")
def files(content: Content, package: bytes) -> dict[str, str]:
    return package_of(package)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_package_repeats_the_result(
    vpn_content: Content, vpn_files: dict[str, bytes], catalogue: Catalogue
) -> None:
    packed = package_of(vpn_files["zip"])
    again = from_toml(catalogue, packed["scenario.toml"].encode("utf-8"))
    assert again == vpn_content.result.scenario
    assert packed["result.json"] == report.result_of(vpn_content.result).in_form("json")
    tables = {table.name: table for table in tables_of(vpn_content)}
    assert {f"charts/{name}.csv" for name in tables} <= set(packed)
    rows = table(packed["charts/by-industry.csv"])
    assert float(rows[0]["median"]) == vpn_content.sectors[0].range.median and rows[0]["unit"] == "USD"
    assert all(row["model_version"] and row["data_version"] and row["scenario"] for row in rows)
    assert "MIT" in packed["README.md"] and "python -m briefing" in packed["README.md"]
    assert make("zip", vpn_content).data == vpn_files["zip"]


def test_the_printed_commands_make_the_package_and_the_result_again(
    package: bytes, files: dict[str, str], content: Content, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        packed.extractall(tmp_path)
    block = re.search(r"```\n(.+?)\n```", files["README.md"], re.DOTALL)
    assert block is not None
    printed = [shlex.split(line) for line in block.group(1).splitlines()]
    assert [words[:3] for words in printed] == [["python", "-m", "model"], ["python", "-m", "briefing"]]
    monkeypatch.chdir(tmp_path)
    assert model_main(printed[0][3:]) == 0 and capsys.readouterr().out == files["result.json"]
    assert main([*printed[1][3:], "--formats", "zip"]) == 0
    again = tmp_path / "again" / f"{content.stem}.zip"
    assert package_of(again.read_bytes()) == files
    assert "--formats" not in printed[1], "the command itself makes all of them"


def test_every_scenario_of_a_comparison_is_in_it_with_its_own_link(
    files: dict[str, str], catalogue: Catalogue, content: Content
) -> None:
    for number, (given, row) in enumerate(zip(OTHERS, content.compared[1:], strict=True), start=2):
        # As drawn for the comparison, so that file and link give the figures shown.
        scenario = given.with_changes(draws=FEW, seed=MINE.seed, currency="USD")
        assert from_toml(catalogue, files[f"scenario_{number}.toml"].encode()) == scenario
        assert link_to(scenario, ADDRESS) in files["README.md"]
        assert estimate(catalogue, scenario).amount("net_direct").median == pytest.approx(
            row.amount.median, rel=1e-9
        )
    query = dict(pair.split("=") for pair in content.link.partition("?")[2].split("&"))
    mine, beside, ignored = from_link(catalogue, query)
    assert not ignored and mine == MINE.with_changes(header=Header())
    drawn = tuple(
        item.with_changes(header=Header(), draws=FEW, seed=MINE.seed, currency="USD") for item in OTHERS
    )
    assert beside.others == drawn


def test_each_row_of_the_comparison_says_its_own_scenario(
    files: dict[str, str], catalogue: Catalogue
) -> None:
    rows = table(files["charts/scenarios.csv"])
    assert [row["name"] for row in rows][:2] == ["Mine", "Kenya, two days"]
    assert [row["country"] for row in rows] == ["Pakistan", "Kenya", "Pakistan"]
    for row, scenario in zip(rows, (MINE, *OTHERS), strict=True):
        again, ignored = from_query(catalogue, dict(pair.split("=") for pair in row["scenario"].split("&")))
        # On the draws, the seed and the money of the comparison.
        assert not ignored and again == scenario.with_changes(
            draws=FEW, seed=MINE.seed, currency="USD", header=again.header
        )
        (alone,) = (estimate(catalogue, again).amount("net_direct"),)
        assert float(row["median"]) == pytest.approx(alone.median, rel=1e-9)
    assert "Kenya" in rows[1]["warnings"] and "Kenya" not in rows[0]["warnings"]


def test_the_dictionary_describes_every_column_and_every_key(files: dict[str, str]) -> None:
    rows = table(files["data_dictionary.csv"])
    described = {(row["table"], row["column"]) for row in rows if row["unit"] and row["description"]}
    columns = {(name, column) for name, text in files.items() if name.endswith(".csv")
               for column in next(csv.reader(io.StringIO(text)))}  # fmt: skip
    keys = {(name, path) for name, text in files.items() if name.startswith("result") and name.endswith(".json")
            for path in keys_of(json.loads(text))}  # fmt: skip
    own = {pair for pair in described if pair[0] != PARAMETER}
    assert own == columns | keys
    assert {("charts/scenarios.csv", "difference_low"), ("result_3.json", "amounts[].low")} <= own


def test_the_dictionary_has_the_parameters_that_entered_and_no_others(
    files: dict[str, str], content: Content
) -> None:
    rows = {row["column"]: row for row in table(files["data_dictionary.csv"]) if row["table"] == PARAMETER}
    assert set(rows) == content.result.used and len(rows) < len(content.result.catalogue.parameters)
    assert rows["lever.second_link.coverage"]["source"] == "typed by the reader"
    assert {row["table"] for row in table(files["data_dictionary.csv"])} <= {*files, PARAMETER}


def test_frictionless_accepts_the_package_and_every_row_of_it(package: bytes, tmp_path: Path) -> None:
    from frictionless import validate

    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        packed.extractall(tmp_path)
    (place,) = tmp_path.iterdir()
    described = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    assert {item["path"] for item in described["resources"]} == {
        str(path.relative_to(place)) for path in place.rglob("*.*")
        if path.suffix in (".csv", ".toml", ".json") and path.name != "datapackage.json"
    }  # fmt: skip
    report = validate(str(place / "datapackage.json"))
    assert report.valid, report.flatten(["path", "note"])
    assert report.stats["tasks"] == len(described["resources"])
    # A check that could not fail would show nothing: a word among the numbers, and its length and hash as well.
    spoilt = place / "charts" / "by-industry.csv"
    number = table(spoilt.read_text(encoding="utf-8-sig"))[0]["median"]
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace(number, "much", 1), encoding="utf-8")
    problems = {problem[0] for problem in validate(str(place / "datapackage.json")).flatten(["type"])}
    assert "type-error" in problems and "hash-count" in problems


def test_each_scenario_has_its_whole_result_and_its_difference_draw_by_draw(
    files: dict[str, str], catalogue: Catalogue
) -> None:
    mine = estimate(catalogue, MINE.with_changes(currency="USD")).draws["net_direct"]
    rows = table(files["charts/scenarios.csv"])
    assert [rows[0][f"difference_{name}"] for name in ("low", "median", "high")] == [""] * 3
    for number, (row, given) in enumerate(zip(rows[1:], OTHERS, strict=True), start=2):
        result = estimate(catalogue, given.with_changes(draws=FEW, seed=MINE.seed, currency="USD"))
        assert files[f"result_{number}.json"] == report.result_of(result).in_form("json")
        assert files[f"result_{number}.csv"] == report.result_of(result).in_form("csv")
        wanted = np.quantile(result.draws["net_direct"] - mine, (0.05, 0.5, 0.95))
        assert [float(row[f"difference_{name}"]) for name in ("low", "median", "high")] == pytest.approx(
            wanted
        )
