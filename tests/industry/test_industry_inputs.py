"""What a reader types for the industry is read, or refused with a reason: nothing is recorded that changes nothing."""

from __future__ import annotations

import csv
import io
import json

import pytest
from helpers.each import each
from helpers.single_pages import firm_app, hold, moved_values, pakistan_app, text_of
from streamlit.testing.v1 import AppTest

from model.__main__ import main
from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.cli.industry import READS, overrides, read_by
from model.common.errors import InputError
from model.industry.draws import Values
from model.industry.firm import kinds
from model.industry.firm_outage import LOCKDOWN
from model.text.firm_report import firm_sections, lever_sections
from model.text.industry_report import exports_sections
from views.pages.firm import controls as firm_controls
from views.pages.pakistan import controls as controls
from views.pages.pakistan import page as view
from views.parts.blocks import NO_BREAK

OWN = {"calendar": "own", "baseline": "last_year"}
CHOSEN = {"exports": OWN, "levers": OWN, "firm": {"preset": "software_house", "kind": LOCKDOWN}}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2, arguments
    return capsys.readouterr().err


@each(
    ("arguments", "message"),
    [
        (("exports", "--set", "calendar.full_blackout.per_year=40"), "with --calendar own"),
        (("levers", "--set", "calendar.full_blackout.per_year=40"), "with --calendar own"),
        (("exports", "--set", "firm.people=300"), "is not read by exports; allowed: with the command firm"),
        (("exports", "--set", "measure.budget_musd=3"), "with the command levers"),
        (("firm", "--set", "industry.receipts_musd=3000"), "with the command exports"),
        (("firm", "--set", "measure.home_output=0.5"), "with --kind lockdown"),
        (("levers", "--set", "talent.graduates=60000"), "with the command exports"),
        (("exports", "--set", "industry.receipts_musd=1000:3810:50000"), "is a range, and only one value is read"),
        (("firm", "--set", "firm.people=100:200:300"), "is a range, and only one value is read"),
        (("levers", "--set", "measure.whitelisting.coverage=0.1:0.2:0.3"), "is a range"),
        (("exports", "--set", "industry.horizon_years=2.5"), "is no whole number"),
        (("exports", "--set", "industry.disrupted_years=2.5"), "is no whole number"),
        (("firm", "--set", "firm.lines=2.5"), "is no whole number"),
        (("firm", "--set", "firm.force_majeure=0.5"), "is no whole number"),
        (("exports", "--set", "freelance.inside=0.4"), "is no whole number"),
        (("exports", "--set", "freelance.earnings_musd=10000"), "is more than all export earnings"),
        (("firm", "--days", ""), "is not a number"),
        (("firm", "--days", "1 week"), "is not a number"),
        (("firm", "--hours", "1 day"), "is not a number"),
        (("firm", "--hours", "1,500 hours"), "could be read in two ways"),
        (("levers", "--budget", ""), "is not an amount"),
        (("levers", "--budget", "$5"), "5 million, or 5e-06"),
        (("levers", "--budget", "5m EUR"), "is in EUR"),
        (("exports", "--calendar", "own", "--set", "calendar.vpn_block.per_year=50", "--set",
          "calendar.vpn_block.days=365"), "make 18250 days"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert message in refused(capsys, *arguments)


def test_what_is_set_moves_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    for command, moved in (
        (("exports", "--calendar", "own"), "calendar.full_blackout.per_year=9"),
        (("firm", "--kind", LOCKDOWN), "measure.home_output=0.5"),
        (("levers",), "firm.days_per_year=365"),
    ):
        results = []
        for more in ((), ("--set", moved)):
            assert main([*command, *more, "--format", "json"]) == 0
            results.append(json.loads(capsys.readouterr().out)["sections"])
        assert results[0] != results[1], moved


def test_lengths_and_amounts_are_typed_as_people_write_them(capsys: pytest.CaptureFixture[str]) -> None:
    for command, plain, written in (
        ("firm", ("--days", "3"), ("--days", "3 working days")),
        ("firm", ("--hours", "2.5"), ("--hours", "2,5 hrs")),
        ("levers", ("--budget", "2.5"), ("--budget", "$2.5 million")),
    ):
        printed = []
        for given in (plain, written):
            assert main([command, *given, "--format", "json"]) == 0
            printed.append(capsys.readouterr().out)
        assert printed[0] == printed[1], written


def test_every_figure_is_read_by_a_command(industry_tables: Industry) -> None:
    for key, row in industry_tables.parameters.items():
        text = f"{key}={row.mode!r}"
        taken = []
        for command, chosen in CHOSEN.items():
            try:
                taken += [command] if overrides(industry_tables, [text], command, chosen) else []
            except InputError:
                continue
        assert taken, key
        assert set(taken) == {name for name, reads in READS.items() if key.startswith(reads)}, key


def test_a_range_is_taken_where_draws_are_read(
    catalogue: Catalogue, industry_tables: Industry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that the equations read as its central value alone must refuse a range."""
    drawn: set[str] = set()
    plain = Values.of

    def noted(self: Values, key: str) -> object:
        drawn.add(key)
        return plain(self, key)

    monkeypatch.setattr(Values, "of", noted)
    values = Values(catalogue, industry_tables, {})
    exports_sections(catalogue, industry_tables, values, "own", "last_year")
    lever_sections(catalogue, industry_tables, values, "own")
    for kind in kinds(catalogue):
        firm_sections(catalogue, industry_tables, values, "software_house", kind)
    ranged = {key for key, row in industry_tables.parameters.items() if row.takes == "range"}
    assert ranged <= drawn
    # Shares covered enter the search of the best mix as one value; a range would move the cost alone.
    assert drawn - ranged == {f"measure.{key}.coverage" for key in industry_tables.measures}


def test_counts_and_choices_are_whole(industry_tables: Industry) -> None:
    whole = {key for key, row in industry_tables.parameters.items() if row.takes == "whole"}
    assert {key for key, row in industry_tables.parameters.items() if row.names} <= whole
    for key in whole:
        row = industry_tables.parameters[key]
        assert row.step == 1 and row.mode == round(row.mode or 0), key
        with pytest.raises(InputError, match="whole number"):
            row.check((row.min + row.max) / 2 + (0.5 if (row.min + row.max) % 2 == 0 else 0))


def test_a_file_names_only_the_changes_that_change_it(monkeypatch: pytest.MonkeyPatch) -> None:
    moved: dict[str, Override] = {
        "firm.people": 300.0,
        "calendar.cable_cut.days": 9.0,
        "talent.graduates": 5e4,
    }
    assert set(read_by("exports", OWN, moved)) == {"calendar.cable_cut.days", "talent.graduates"}
    assert set(read_by("exports", {**OWN, "calendar": "pakistan_fy24_fy26"}, moved)) == {"talent.graduates"}
    files: dict[str, bytes] = {}
    monkeypatch.setattr(
        "streamlit.download_button", lambda label, data, *_, key, **__: files.update({key: data()})
    )
    page = opened("Talent", {key: value for key, value in moved.items() if not key.startswith("firm.")})
    assert not page.exception
    rows = list(csv.DictReader(io.StringIO(files["csv_industry_section"].decode("utf-8-sig"))))
    assert {row["changed"] for row in rows} == {"talent.graduates=50000.0&industry.vpn_block_days=365.0"}
    made = AppTest.from_function(firm_app, default_timeout=90)
    hold(made, firm_controls.STORE, **{"firm.people": 300.0, "measure.home_output": 0.5})
    made.run()
    rows = list(csv.DictReader(io.StringIO(files["csv_industry_section"].decode("utf-8-sig"))))
    assert {row["changed"] for row in rows} == {"firm.people=300.0"}


def opened(section: str, values: dict[str, Override], x_block_more: bool = False, **choices: str) -> AppTest:
    made = AppTest.from_function(pakistan_app, default_timeout=90)
    hold(made, controls.STORE, section=section, **values, **choices)
    made.session_state["x_block_more"] = x_block_more
    return made.run()


def test_an_impossible_year_is_a_sentence_and_nothing_is_lost() -> None:
    page = opened("Recurring", {"calendar.full_blackout.per_year": 20.0}, calendar="own")
    assert not page.error
    before = page.markdown[0].value
    page.slider(key="i_calendar.full_blackout.days").set_value(300.0).run()
    assert "make 6000 days; allowed: at most 18.3 days" in page.error[0].value and not page.exception
    assert page.markdown[0].value == before
    assert moved_values(page, controls.STORE) == {
        "section": "Recurring", "calendar": "own", "calendar.full_blackout.per_year": 20.0
    }  # fmt: skip
    assert page.selectbox(key="w_industry_calendar").value == "own"


def test_a_scenario_longer_than_a_year_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice stays in the session, so the last good choices may not work any more."""
    page = opened("Recurring", {"talent.graduates": 5e4}, calendar="scenario")
    assert not page.error and not page.exception
    from model.scenario.scenario import Scenario

    monkeypatch.setattr(view, "_mine", lambda: Scenario(hours=24 * 40, spells=10))
    page.run()
    assert "make 400 days" in page.error[0].value and not page.exception
    assert "Three cable faults and two blackouts" in page.markdown[0].value
    assert moved_values(page, controls.STORE)["talent.graduates"] == 5e4


def test_the_block_follows_the_path_that_the_page_chooses() -> None:
    page = opened("VPN block", {}, x_block_more=True)
    texts = [text_of(page)]
    page.selectbox(key="w_industry_baseline").set_value("claimed").run()
    texts.append(text_of(page))
    assert "“Last year (FY24 to FY25)”, 18.2% a year" in texts[0]
    assert "“As claimed”, 30.0% a year" in texts[1] and not page.exception


def test_what_a_cost_rests_on_stands_below_the_table() -> None:
    """The tables wrap and have no column of notes, which a phone would cut."""
    page = opened("Continuity", {})
    (table,) = page.table
    assert "Note" not in table.value.columns and len(table.value) > 2
    notes = next(item.value for item in page.markdown if item.value.startswith("- "))
    for label in table.value.iloc[:, 0]:
        assert label.replace(NO_BREAK, " ") in notes
    assert "assumed cost" in notes
