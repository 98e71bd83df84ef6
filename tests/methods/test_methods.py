"""The other published methods: check cases, refusals, command line, strip, registry and the published slip."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from helpers.each import each
from helpers.tables import Tables

import model.methods as package
from model.__main__ import main
from model.catalogue.load import Catalogue, load
from model.catalogue.methods import MethodCase, References
from model.common.errors import DataError
from model.estimation.economy import Economy
from model.estimation.estimate import estimate
from model.methods import methods
from model.methods.base import PUBLISHED, QUOTED, REBUILT
from model.methods.strip import applicable
from model.scenario.scenario import Scenario

CASES = load().methods.cases
RUN = ("brookings2016", "cost2021", "deloitte2016", "icrier2018", "oecd2011", "pide2023")
BASE_2023 = 338.368e9


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code = main(["method", *arguments, "--format", "json"])
    out, err = capsys.readouterr()
    assert (code, err) == (0, ""), err
    table: dict[str, Any] = json.loads(out)
    return table


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = main(["method", *arguments, "--format", "json"])
    out, err = capsys.readouterr()
    assert (code, out) == (2, "") and err.startswith("error: ") and err.count("\n") == 1
    return err


def line(case: MethodCase, *, apps: int | None = None) -> list[str]:
    """The command line of a case; both lengths where both are printed."""
    figures = {
        "gdp": case.gdp_usd, "days": case.days, "hours": case.hours, "apps": apps or case.apps, "share": case.share,
        "digital-share": case.digital_share, "tier": case.tier or None, "per-day": case.per_day_usd,
        "kind": case.kind,
    }  # fmt: skip
    return [case.method, *(f"--{name}={value}" for name, value in figures.items() if value is not None)]


def test_the_cases_are_all_there(reference_tables: References) -> None:
    assert [case.id for case in reference_tables.cases] == (
        [
            "1",
            "4",
            "5",
            "7",
            "8",
            "15",
            "18",
            "19",
            "20a",
            "20b",
            "22a",
            "22b",
            "22c",
            "23a",
            "23b",
            "23c",
            "24",
            "25",
        ]
    )
    fitted = {case.id for case in reference_tables.cases if case.label == "checks the code path"}
    assert {"5", "19", "20a", "22a", "22b", "22c"} <= fitted and "20b" not in fitted


@each("case", CASES)
def test_a_case(capsys: pytest.CaptureFixture[str], case: MethodCase) -> None:
    if case.expected_ratio is not None:
        rest = ["--gdp=375746000000"]  # any GDP: it cancels
        cost = ask(capsys, *line(case), *rest)["cost_usd"]
        one = [part for part in line(case, apps=1) if not part.startswith("--kind")]
        cost, expected = cost / ask(capsys, *one, *rest)["cost_usd"], case.expected_ratio
    else:
        assert case.expected_usd is not None
        cost, expected = ask(capsys, *line(case))["cost_usd"], case.expected_usd
    difference = cost / expected - 1
    text = f"case {case.id} ({case.label}): {cost:,.6g} against {expected:,.6g}, difference {difference:+.6%}"
    with capsys.disabled():
        print(f"\n  {text}, allowed {case.tolerance:.4%}", end="")
    assert abs(difference) <= case.tolerance + 1e-12, text
    if case.must_match == "no":
        assert case.published_usd and abs(cost / case.published_usd - 1) > case.tolerance, text


def test_every_method_says_what_it_is(catalogue: Catalogue, reference_tables: References) -> None:
    by_name = methods()
    assert set(RUN) | {"netloss", "top10vpn"} <= set(by_name)
    for name, method in by_name.items():
        assert method.name == name
        assert catalogue.sources[method.source].url
        assert {"recovery", "uncertainty"} <= set(method.limits())
        assert "{" not in method.formula_text(reference_tables)
        assert set(method.topics) <= {kind.topic for kind in catalogue.kinds.values()}
        assert bool(reference_tables.of_method(name)) == (method.status != QUOTED)
    assert all(by_name[name].status == REBUILT for name in RUN[:2])
    assert all(by_name[name].status == QUOTED for name in ("netloss", "top10vpn"))
    assert all(by_name[name].status == PUBLISHED for name in RUN[2:])
    assert {row.method for row in reference_tables.constants} <= set(by_name)
    assert {row.method for row in reference_tables.estimates} <= {*by_name, ""}


def test_the_tables_hold_everything(reference_tables: References) -> None:
    assert sum(row.id.startswith("mc_") for row in reference_tables.constants) == 75
    assert len(reference_tables.estimates) == 79
    economies = {iso3 for iso3, _ in reference_tables.gdp_by_year}
    assert len(economies) >= 214 and {year for _, year in reference_tables.gdp_by_year} == set(
        range(2010, 2026)
    )


NEWCOMER = """
from model.common.ranges import Range
from model.methods import base


def compute(question, references):
    gdp = base.gdp_of(question)
    cost = base.during(gdp.value, question.hours) * 0.01
    return base.Answer(Range.of(cost), {**base.asked(question), **base.gdp_inputs(gdp)})


METHOD = base.Method(
    name="newcomer2030", title="Newcomer 2030", source="pide_2023", status=base.PUBLISHED,
    formula="GDP / 365 x days x 1%", inputs=("gdp", "days"), topics=(base.BLACKOUTS,), basis="gross",
    basis_note="an example", compute=compute,
)
"""


def test_adding_a_method_is_adding_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], catalogue: Catalogue,
    pakistan: Economy,
) -> None:  # fmt: skip
    """One new file is listed, answered on the command line and put on the strip."""
    (tmp_path / "newcomer2030.py").write_text(NEWCOMER, encoding="utf-8")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    methods.clear()
    try:
        assert list(methods()) == sorted([*RUN, "netloss", "newcomer2030", "top10vpn"])
        assert main(["methods"]) == 0 and "Newcomer 2030" in capsys.readouterr().out
        assert ask(capsys, "newcomer2030", "--gdp", "3.65e11")["cost_usd"] == pytest.approx(1e7)
        rows = applicable(catalogue, Scenario(), pakistan)
        assert [row.daily_gdp_share for row in rows if row.label == "Newcomer 2030"] == [pytest.approx(0.01)]
    finally:
        methods.clear()


def test_answer_carries_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    table = ask(capsys, "brookings2016", "--gdp", "110009040838", "--days", "182", "--apps", "1")
    assert table["cost_usd"] == pytest.approx(110009040838 / 365 * 182 * 0.0023 * 2.54)
    assert table["low"] == table["high"] == table["cost_usd"]
    assert table["status"] == "rebuilt from published results" and table["basis"] == "gross"
    assert table["inputs"]["gdp_usd"] == 110009040838 and table["inputs"]["apps"] == 1
    assert {row["id"] for row in table["constants"]} == {"mc_001", "mc_005", "mc_006"}
    assert table["not_used"] == []


def test_the_middle_of_a_range(capsys: pytest.CaptureFixture[str]) -> None:
    table = ask(capsys, "oecd2011", "--gdp", "365000000000", "--days", "2")
    assert (table["low"], table["cost_usd"], table["high"]) == pytest.approx((60e6, 70e6, 80e6))


def test_icrier_takes_the_elasticity_of_the_kind(capsys: pytest.CaptureFixture[str]) -> None:
    gdp = ["--gdp", "1000000", "--hours", "8760", "--traffic-lost", "0.1", "--share", "0.5"]
    for kind, elasticity in (("mobile_only", 0.16), ("full_blackout", 0.31), ("slowdown", 0.31)):
        answer = ask(capsys, "icrier2018", *gdp, "--kind", kind)
        assert answer["cost_usd"] == pytest.approx(elasticity * 0.1 * 1e6 * 0.5)
    assert "share of traffic" in refusal(capsys, "icrier2018", "--gdp", "1e6", "--kind", "slowdown")


def test_cost_keeps_its_own_gdp_and_digital_shares(capsys: pytest.CaptureFixture[str]) -> None:
    """Rates that were published: 2.21 an hour, 37.4 a day, 410.3 for 144 h, 101.9 for 50 h, about 40 a day (M USD)."""
    for country, hours, published, tolerance in (
        ("PAK", 1, 2.21e6, 0.001), ("IRN", 24, 37.4e6, 0.002), ("KAZ", 144, 410.3e6, 0.001),
        ("DZA", 50, 101.9e6, 0.001), ("IRQ", 24, 40e6, 0.02), ("MMR", 24, 24e6, 0.06),
    ):  # fmt: skip
        answer = ask(capsys, "cost2021", "--country", country, "--hours", str(hours))
        assert answer["cost_usd"] == pytest.approx(published, rel=tolerance), country
    latest = ask(capsys, "cost2021", "--country", "PAK", "--year", "2020")
    assert latest["inputs"]["gdp_usd"] == 263.687e9
    other = ask(capsys, "cost2021", "--country", "PAK", "--year", "2023")
    assert other["inputs"]["gdp_usd"] == 336686348609
    app = ask(capsys, "cost2021", "--country", "IND", "--apps", "2")
    assert app["inputs"]["gdp_year"] == 2020
    assert ask(capsys, "pide2023", "--per-day", "1e6", "--days", "2")["cost_usd"] == 2e6  # typed, no country
    assert "digital share" in refusal(capsys, "cost2021", "--country", "IND")
    assert "digital share" in refusal(capsys, "cost2021", "--gdp", "1e12")
    for country, arguments in (("KEN", []), ("KEN", ["--apps", "1"]), ("COD", [])):
        assert "CIPESA" in refusal(capsys, "cost2021", "--country", country, *arguments)
    for country in ("COD", "NGA", "MUS"):
        ask(capsys, "cost2021", "--country", country, "--apps", "1")
    ask(capsys, "cost2021", "--country", "KEN", "--gdp", "1e11", "--digital-share", "0.05")


def test_cost_says_which_gdp_it_could_take(capsys: pytest.CaptureFixture[str]) -> None:
    """Only a GDP that the tool is known to have used is called frozen; a World Bank figure of today is not."""
    for arguments, frozen in (
        (["--country", "PAK"], True), (["--country", "IRN"], True), (["--country", "TUR", "--apps", "1"], True),
        (["--country", "IND", "--apps", "1"], False), (["--country", "MMR"], False), (["--country", "IRQ"], False),
    ):  # fmt: skip
        answer = ask(capsys, "cost2021", *arguments)
        (note,) = [text for text in answer["notes"] if text.startswith("GDP of")]
        assert ("as the tool froze it" in note) == frozen == (answer["inputs"]["gdp_source"] != "wdi_2026_07")
        assert ("its own figure may differ" in note) != frozen
        years = [row["value"] for row in answer["constants"] if row["constant"] == "gdp_year"]
        assert all(year == answer["inputs"]["gdp_year"] for year in years)


def test_gdp_of_the_country_and_the_year(capsys: pytest.CaptureFixture[str]) -> None:
    newest = ask(capsys, "brookings2016")["inputs"]
    assert (newest["country"], newest["gdp_year"], newest["gdp_usd"]) == ("PAK", 2025, 407307214476)
    older = ask(capsys, "brookings2016", "--country", "SAU", "--year", "2015")["inputs"]
    assert (older["gdp_year"], older["gdp_usd"], older["gdp_source"]) == (2015, 693414400000, "wdi_2026_07")
    given = ask(capsys, "brookings2016", "--country", "SAU", "--gdp", "1e11", "--year", "2015")
    assert given["inputs"]["gdp_usd"] == 1e11 and given["not_used"] == ["year"]
    assert "1999" in refusal(capsys, "brookings2016", "--country", "SAU", "--year", "1999")
    assert "country" in refusal(capsys, "brookings2016", "--gdp", "1e11", "--year", "2015")


def test_an_own_share_is_used_where_a_page_gives_it(capsys: pytest.CaptureFixture[str]) -> None:
    for country, share in (("IND", 0.056), ("SAU", 0.038), ("GBR", 0.124), ("IDN", 0.014), ("PAK", 0.049)):
        answer = ask(capsys, "brookings2016", "--country", country)
        assert answer["inputs"]["digital_share"] == share
        assert not any("memory" in note for note in answer["notes"])


def test_what_is_given_and_not_used_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, "brookings2016", "--gdp=1e11", "--apps=1", "--kind=full_blackout")
    assert answer["not_used"] == ["apps"]
    answer = ask(capsys, "brookings2016", "--gdp=1e11", "--apps=1", "--digital-share=0.05")
    assert answer["not_used"] == ["digital_share"]


def test_a_year_that_chooses_a_constant_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    """COST knows a digital share of Iran of 2016 and one of 2020: the year chooses, though the GDP is typed."""
    asked = ("cost2021", "--country=IRN", "--gdp=4e11")
    chosen, newest = ask(capsys, *asked, "--year=2016"), ask(capsys, *asked)
    assert (chosen["inputs"]["digital_share"], newest["inputs"]["digital_share"]) == (0.021, 0.028)
    assert chosen["not_used"] == []
    assert ask(capsys, *asked, "--year=2015")["not_used"] == ["year"]  # no share of that year is known


REFUSED = [
    ("deloitte2016 --gdp 1e11 --tier low --share 0.5", "region"),
    ("deloitte2016 --gdp 1e11", "tier"),
    ("deloitte2016 --gdp 1e11 --tier low --apps 1", "all internet services"),
    ("deloitte2016 --gdp 1e11 --tier huge", "low, medium, high"),
    ("oecd2011 --gdp 1e11 --share 0.5", "region"),
    ("pide2023 --country IND", "Pakistan"),
    ("pide2023 --country IND --per-day 1e6", "Pakistan"),
    ("pide2023 --country IND --per-hour 1e6", "Pakistan"),
    ("pide2023 --country IND --gdp 1e12 --digital-share 0.01", "without a country"),
    ("pide2023 --share 0.5", "country as a whole"),
    ("brookings2016 --gdp 1e11 --kind slowdown", "slower"),
    ("brookings2016 --gdp 1e11 --kind mobile_only", "mobile"),
    ("brookings2016 --gdp 1e11 --traffic-lost 0.4", "traffic lost"),
    ("brookings2016 --gdp 1e11 --tier low", "tier"),
    ("brookings2016 --gdp 1e11 --apps 2 --kind full_blackout", "apps"),
    ("cost2021 --gdp 1e11 --kind vpn_block", "ways around"),
    ("cost2021 --gdp 1e11 --kind cable_cut", "thinner"),
    ("icrier2018 --gdp 1e11 --apps 1", "platforms"),
    ("icrier2018 --gdp 1e11 --digital-share 0.05", "digital share"),
    ("icrier2018 --per-hour 1 --per-day 24", "one of the two"),
    ("brookings2016 --gdp 1e11 --days 1 --hours 20", "both for one length"),
    ("brookings2016 --gdp 1e11 --digital-share 4.9", "0 to 1"),
    ("brookings2016 --gdp nan", "finite"),
    ("brookings2016 --gdp EUR5bn", "is in EUR; allowed: an amount in USD"),
    ("brookings2016 --gdp 1,500", "1500 or 1.5"),
    ("brookings2016 --gdp 1e11 --days 5m", "5 minutes or 5 months"),
    ("brookings2016 --gdp 1e11 --hours soon", "0 to 876000 hours, or a length such as"),
    ("brookings2016 --gdp 1e11 --apps 0", "1 to"),
    ("brookings2016 --gdp 1e11 --apps 1.5", "whole"),
    ("brookings2016 --gdp 1e11 --days -1", "out of range"),
    ("brookings2016 --gdp 1e11 --kind outage", "not known"),
    ("brookings2017 --gdp 1e11", "brookings2016"),
    ("cost2021 --per-day 1e6 --apps 3", "platforms"),
    ("netloss --gdp 1e11", "printed results"),
    ("top10vpn", "printed results"),
]


@each(("arguments", "words"), REFUSED)
def test_a_refusal_is_a_sentence(capsys: pytest.CaptureFixture[str], arguments: str, words: str) -> None:
    assert words in refusal(capsys, *arguments.split())


@pytest.mark.parametrize("name", RUN)
def test_zero_and_proportion(capsys: pytest.CaptureFixture[str], name: str) -> None:
    extra = {"cost2021": ["--digital-share", "0.03"], "deloitte2016": ["--tier", "medium"]}.get(name, [])
    costs = [ask(capsys, name, "--gdp", "3.65e11", "--days", days, *extra)["cost_usd"] for days in "013"]
    assert costs[0] == 0 and costs[1] > 0 and costs[2] == pytest.approx(3 * costs[1])
    quoted = ask(capsys, name, "--per-hour", "100", "--hours", "36")
    assert quoted["cost_usd"] == pytest.approx(3600)
    for amount, length in (("2400", "1.5"), ("$2.4k", "36 hrs")):
        assert ask(capsys, name, "--per-day", amount, "--days", length)["cost_usd"] == quoted["cost_usd"]
    assert ask(capsys, name, "--per-hour", "100", "--hours", "1 day 12 h")["cost_usd"] == quoted["cost_usd"]


def test_quoted_methods_repeat_what_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    may_2023 = ask(capsys, "netloss", "--country", "PAK", "--kind", "mobile_only", "--days", "4")
    assert may_2023["cost_usd"] == 17e6 and "Quoted" in may_2023["notes"][0]
    assert "printed results" in refusal(
        capsys, "netloss", "--country", "PAK", "--kind", "mobile_only", "--days", "5"
    )


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_both_commands_in_every_form(capsys: pytest.CaptureFixture[str], form: str) -> None:
    for arguments in (["methods"], ["method", "pide2023", "--days", "2"]):
        assert main([*arguments, "--format", form]) == 0
        out = capsys.readouterr().out
        assert "PIDE 2023" in out
        if form == "csv":
            rows = list(csv.DictReader(io.StringIO(out)))
            assert len(rows) == (8 if arguments == ["methods"] else 1)
        if form == "json":
            json.loads(out)
    assert main(["methods", "--format", form]) == 0
    assert "rebuilt from published results" in capsys.readouterr().out


BAD = [
    ("method_constants", "mc_006", "value", "nan"),
    ("method_constants", "mc_006", "unit", "percent"),
    ("method_constants", "mc_004", "value", "4.9"),
    ("method_constants", "mc_004", "source", "nowhere"),
    ("method_constants", "mc_004", "source", ""),
    ("method_constants", "mc_004", "status", "guess"),
    ("method_cases", "4", "kind", "outage"),
    ("method_cases", "4", "tolerance", "-1"),
    ("estimates_published", "est_001", "kind", "outage"),
    ("estimates_published", "est_001", "basis", "netto"),
    ("gdp_by_year", "AFG", "gdp_usd", "0"),
]


@pytest.mark.parametrize(("table", "row", "column", "value"), BAD)
def test_a_bad_cell_is_named(tables: Tables, table: str, row: str, column: str, value: str) -> None:
    tables.set(f"data/{table}.csv", row, column, value)
    with pytest.raises(DataError, match=f"{table}.csv row .*{row}.* column {column}"):
        tables.load().complete()


def test_a_constant_that_is_missing_or_only_recalled(tables: Tables) -> None:
    tables.set("data/method_constants.csv", "mc_006", "status", "recalled")
    catalogue = tables.load()
    economy = estimate(catalogue, Scenario(draws=256)).economy
    with pytest.raises(DataError, match="multiplier"):
        applicable(catalogue, Scenario(), economy)


def test_every_column_is_described(catalogue: Catalogue) -> None:
    described = {(column.table, column.column) for column in catalogue.columns}
    for name in ("method_constants", "method_cases", "estimates_published", "gdp_by_year"):
        with (catalogue.root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            header = next(csv.reader(handle))
        assert {(name, column) for column in header} == {key for key in described if key[0] == name}
