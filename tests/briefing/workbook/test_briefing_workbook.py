"""The workbook is computed again by LibreOffice, as it is and after cells are changed, and stays the model's."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

import openpyxl
import pytest
from helpers.each import each
from helpers.files.content import FEW, content_for
from helpers.files.office import tables_of
from helpers.files.workbooks import BASE, NEAR, NIGHT, Shown, computed, expected, shown_by, typed_over

from briefing.workbook import book as workbook
from model.catalogue.load import Catalogue
from model.common.numbers import MILLION, money, spoken
from model.scenario.scenario import Scenario

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Case:
    """A workbook of `made`, then cells typed over, and the scenario that these cells now describe."""

    made: Scenario
    cells: dict[str, float | str] = field(default_factory=dict)
    then: Scenario | None = None


LEVERS = {"lever.second_link.coverage": 0.4, "lever.help_desk.coverage": 0.5, "lever.work_from_home.coverage": 0.3,
          "lever.whitelisting.coverage": 0.6}  # fmt: skip
WEEK = Scenario(
    kind="mobile_only", hours=96.0, spells=3, gap_days=2.0, regions=("Sindh", "Balochistan"), draws=FEW
)
DAILY = Scenario(hours=10.0, spells=5, period_days=1.0, start="2026-01-05T08:00", draws=FEW)
CASES = {
    "baseline": Case(BASE),
    "duration": Case(BASE, {"duration_days": 10.0}, BASE.with_changes(hours=240.0)),
    "nothing": Case(BASE, {"duration_days": 0.0}, BASE.with_changes(hours=0.0)),
    "patience": Case(
        BASE.with_changes(hours=240.0), {"s_telecom_patience": 20.0, "duration_days": 40.0},
        BASE.with_changes(hours=960.0, assumptions={"sector.telecom.patience_days": 20.0}),
    ),
    "vpn": Case(
        Scenario(kind="vpn_block", hours=4320.0, draws=FEW, currency="PKR"), {"duration_days": 30.0},
        Scenario(kind="vpn_block", hours=720.0, draws=FEW, currency="PKR"),
    ),
    "no time": Case(BASE.with_changes(hours=0.0)),
    "not measured": Case(Scenario(country="IRN", hours=168.0, currency="IRR", draws=FEW)),
    "at night": Case(NIGHT),
    "platform": Case(Scenario(kind="single_platform_block", hours=7632.0, draws=FEW)),
    "slowdown": Case(
        Scenario(kind="slowdown", ratio=0.5, hours=2880.0, draws=FEW), {"quality_given": 0.3},
        Scenario(kind="slowdown", ratio=0.3, hours=2880.0, draws=FEW),
    ),
    "cable": Case(Scenario(kind="cable_cut", hours=720.0, draws=FEW)),
    "rate": Case(
        BASE, {"money_rate": 281.143, "money_typed": "PKR"},
        BASE.with_changes(currency="PKR", assumptions={"currency.lcu_per_usd": 281.143}),
    ),
    "share": Case(
        Scenario(country="YEM", draws=FEW), {"money_rate": 1.0},
        Scenario(country="YEM", draws=FEW, old_money=True),
    ),
    "spells": Case(WEEK, {"spells": 5.0, "gap_days": 1.0}, WEEK.with_changes(spells=5, gap_days=1.0)),
    "daily": Case(DAILY, {"duration_days": 0.5, "period_days": 0.75}, DAILY.with_changes(hours=12.0, period_days=0.75)),
    "levers": Case(
        BASE.with_changes(assumptions=LEVERS), {"p_lever_help_desk_coverage": 1.0},
        BASE.with_changes(assumptions={**LEVERS, "lever.help_desk.coverage": 1.0}),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> dict[Scenario, bytes]:
    """The workbook of each scenario."""
    return {case.made: workbook.make(content_for(catalogue, case.made)) for case in CASES.values()}


@pytest.fixture(scope="module")
def books(
    made: dict[Scenario, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Shown, Shown]]:
    """Each case's workbook as made, and after its cells were changed and LibreOffice computed every formula."""
    folder = tmp_path_factory.mktemp("books")
    shown = {scenario: shown_by(data) for scenario, data in made.items()}
    sources = {name: folder / f"{name}.xlsx" for name in CASES}
    for name, path in sources.items():
        path.write_bytes(typed_over(made[CASES[name].made], CASES[name].cells))
    tables = tables_of(folder, *sources.values())
    befores = {name: shown[case.made] for name, case in CASES.items()}
    return {name: (before, computed(before, tables, name)) for name, before in befores.items()}


@pytest.mark.parametrize("name", CASES)
def test_the_sheet_computes_the_models_central_path(
    name: str, catalogue: Catalogue, books: dict[str, tuple[Shown, Shown]]
) -> None:
    case, (shown, book) = CASES[name], books[name]
    before, after = expected(catalogue, case.made), expected(catalogue, case.then or case.made)
    for key, value in after.items():
        if key not in book.names:
            copes = case.made.kind == "vpn_block"
            old_receipts = name in ("share", "not measured")  # later losses are not measured there
            assert (key == "answer_coping" and not copes) or (
                key == "answer_lagged_receipts" and old_receipts
            ), key
            continue
        assert book.named(key) == pytest.approx(value, rel=NEAR, abs=1e-12), key
        # A reader that does not compute sees the same as the model when the file was made.
        assert shown.named(key) == pytest.approx(before[key], rel=NEAR, abs=1e-12), key
    if case.cells and name not in ("rate", "share") and after["answer_net_direct"]:
        assert book.named("formulas_over_model") != pytest.approx(1.0, rel=1e-3)
    faults = [text for text in texts(book, *book.sheets) if text.startswith(("#", "Err:"))]
    assert not faults, faults[:5]


@each("name", [name for name, case in CASES.items() if not case.cells])
def test_every_formula_is_written_with_the_value_that_it_has(
    name: str, made: dict[Scenario, bytes], books: dict[str, tuple[Shown, Shown]]
) -> None:
    """What a program shows that does not compute, and where LibreOffice starts from after a change."""
    with zipfile.ZipFile(io.BytesIO(made[CASES[name].made])) as packed:
        parts = [
            packed.read(f"xl/worksheets/sheet{at + 1}.xml").decode()
            for at in range(len(books[name][0].sheets))
        ]
    count = 0
    for title, part in zip(books[name][0].sheets, parts, strict=True):
        for address in re.findall(r'<c r="(\w+)"[^>]*><f', part):
            count += 1
            value, right = (book.at(title, address) for book in books[name])
            wanted = right if isinstance(right, str | None) else pytest.approx(right, rel=1e-9, abs=1e-12)
            assert value == wanted, f"{title} {address}"
    assert count > 3_000


def test_words_follow_a_changed_input(
    catalogue: Catalogue, made: dict[Scenario, bytes], books: dict[str, tuple[Shown, Shown]]
) -> None:
    """Title, headline and the local one are the scenario's until an input is another; then they say so."""
    for name in ("baseline", "duration", "nothing", "vpn"):
        case, (shown, book) = CASES[name], books[name]
        content = content_for(catalogue, case.made)
        said = [content.title, content.headline, content.said_locally]
        assert [shown.at("Answer", at) for at in ("A1", "A2", "A4")] == said
        now = [book.at("Answer", at) for at in ("A1", "A2", "A4")]
        if not case.cells:
            assert now == said and book.named("inputs_unchanged") == 1
            continue
        net = expected(catalogue, case.then or case.made)["answer_net_direct"]
        assert book.named("inputs_unchanged") == 0 and now[0] == "Inputs changed"
        match = re.fullmatch(
            r"Inputs changed: direct loss now about (.*), every input at its value; the range of the simulations does "
            "not follow",
            now[1],
        )
        assert match is not None and match[1] == spoken(net * MILLION, content.unit)
        assert not now[2], "only the English sentence follows the inputs"
    answer = openpyxl.load_workbook(io.BytesIO(made[BASE]))["Answer"]
    rules = {str(rule.sqref): rule.rules[0].formula for rule in answer.conditional_formatting}
    (where,) = (place for place, formula in rules.items() if formula == ["inputs_unchanged=0"])
    assert where.startswith("B9:E"), "the columns of the simulations recede"


def texts(book: Shown, *sheets: str) -> list[str]:
    """Every text on these sheets."""
    return [value for name in sheets for row in book.sheets[name] for value in row if isinstance(value, str)]


LIVE = ("Answer", "Loss by industry", "Later losses", "Durations", "Chart data")


def test_everything_follows_another_exchange_rate(
    catalogue: Catalogue, made: dict[Scenario, bytes], books: dict[str, tuple[Shown, Shown]]
) -> None:
    """Headline, heads, axes and the columns of the simulations are in the money of the rate that was typed."""
    book, content = books["rate"][1], content_for(catalogue, CASES["rate"].made)
    net = content.line("net_direct")
    low, median, high = (spoken((part or 0.0) * 281.143, "PKR") for part in net.range)
    said = f"At the exchange rate typed: a direct loss of about {median} (range {low} to {high})"
    assert book.at("Answer", "A2") == said and book.at("Answer", "A1") == content.title
    drawn = next(row for row in book.sheets["Answer"] if row[0] == "Direct loss")
    wanted = [(part or 0.0) / MILLION * 281.143 for part in net.range]
    assert list(drawn[2:5]) == pytest.approx(wanted)
    assert drawn[1] == "{1} ({0} to {2})".format(*(money(part * MILLION, "PKR") for part in wanted))
    assert book.named("inputs_unchanged") == 1 and book.named("checks_failed") == 0
    assert book.named("formulas_over_model") == pytest.approx(1)
    assert "PKR, 281.143 per US dollar" in book.at("Answer", "A5")
    words = texts(book, *LIVE)
    assert not [text for text in words if re.search(r"M USD(?! an hour)|\$", text) and "Here:" not in text]
    heads = ("Every input at its median", "median", "Activity disrupted", "Recovered later", "Overtime", "Direct loss",
             "Earnings lost")  # fmt: skip
    assert {f"{head}, M PKR" for head in heads} <= set(words)
    with zipfile.ZipFile(io.BytesIO(made[CASES["rate"].made])) as packed:
        drawings = "".join(packed.read(name).decode() for name in packed.namelist() if "charts/chart" in name)
    assert "USD" not in re.sub(r"<c:strCache>.*?</c:strCache>", "", drawings)


def test_a_share_of_gdp_says_what_its_rate_stands_for(books: dict[str, tuple[Shown, Shown]]) -> None:
    """What a GDP is too old for: no cell calls a share dollars, and typed as dollars every head says millions."""
    shown, book = books["share"]
    labels = {row[0]: row[1] for row in shown.sheets["Inputs"]}
    assert labels["One million US dollars in the unit of this file"] == shown.named("money_rate")
    assert "One US dollar in the money of this file" not in labels
    for which, unit in ((shown, "% of a day's GDP"), (book, "M USD")):
        heads = next(row for row in which.sheets["Answer"] if row[0] == "Amount")
        assert heads[5] == f"Every input at its median, {unit}"
    assert re.fullmatch(
        r"At the exchange rate typed: a direct loss of about \$[\d.]+ million .*", book.at("Answer", "A2")
    )


def test_words_of_amounts_are_those_of_the_model_until_an_edit(
    catalogue: Catalogue, books: dict[str, tuple[Shown, Shown]]
) -> None:
    """One number everywhere: the words beside an amount, and those under the dots of the charts."""
    for name in ("baseline", "vpn", "slowdown", "cable", "share"):
        content, shown = content_for(catalogue, CASES[name].made), books[name][0]
        said = {row[0]: row[1] for row in shown.sheets["Answer"][8:] if row[0]}
        under = set(texts(shown, "Chart data"))
        for line in content.chain:
            if line.range.median is not None:
                assert said[line.label] == line.text or line.range.high == 0, (name, line.label)
        for line in content.sectors[:8]:
            words = line.range.money(content.unit)
            assert f"{line.label}: {words.median}" in under and words.full in under, (name, line.label)


def test_charts_show_the_simulations_until_an_edit_and_then_the_formulas(
    catalogue: Catalogue, books: dict[str, tuple[Shown, Shown]]
) -> None:
    made, edited = (
        {str(row[0]).removeprefix("= "): row[1:6] for row in book.sheets["Chart data"]}
        for book in books["duration"]
    )
    net = content_for(catalogue, BASE).line("net_direct")
    ends = [(part or 0.0) / MILLION for part in net.range]
    assert list(made["Direct loss"][:3]) == pytest.approx(ends)
    assert made["Direct loss"][3:] == pytest.approx((ends[1] - ends[0], ends[2] - ends[1]))
    now = expected(catalogue, BASE.with_changes(hours=240.0))["answer_net_direct"]
    assert edited["Direct loss"] == pytest.approx((now, now, now, 0, 0))


def test_the_largest_losers_are_drawn_in_their_order_after_an_edit_too(
    catalogue: Catalogue, books: dict[str, tuple[Shown, Shown]]
) -> None:
    orders = []
    for book in (*books["duration"], *books["patience"]):
        losses = {row[0]: row[10] for row in book.sheets["Loss by industry"]}
        nets = sorted((losses[sector.label] for sector in catalogue.sectors), reverse=True)
        rows = book.sheets["Chart data"]
        head = next(number for number, row in enumerate(rows) if row[0] == "Place of the row above")
        shown = [row[2] for row in rows[head + 1 : head + 9]]
        assert shown == sorted(shown, reverse=True)
        if not book.named("inputs_unchanged"):
            assert shown == pytest.approx(nets[:8])
        orders.append([row[7].split(":")[0] for row in rows[head + 1 : head + 9]])
    assert orders[2] != orders[3], "forty days put another industry first"


def test_each_sector_and_every_stop_of_the_curve_agree(
    catalogue: Catalogue, books: dict[str, tuple[Shown, Shown]]
) -> None:
    content, book = content_for(catalogue, BASE), books["baseline"][1]
    sectors = {row[0]: row[10] for row in book.sheets["Loss by industry"] if row[0]}
    for index, sector in enumerate(catalogue.sectors):
        net = float(content.central.sector_net[0, index, 0]) / MILLION
        assert sectors[sector.label] == pytest.approx(net, rel=NEAR)
    stops = [row[:5] for row in book.sheets["Durations"][3:]]
    assert len(stops) > 50
    for hours, days, _, _, net in stops[::12]:
        after = expected(catalogue, BASE.with_changes(hours=float(hours)))
        assert days * 24 == pytest.approx(hours)
        assert net == pytest.approx(after["answer_net_direct"], rel=NEAR)


def test_the_simulations_are_those_of_the_result(
    catalogue: Catalogue, books: dict[str, tuple[Shown, Shown]]
) -> None:
    content, book = content_for(catalogue, BASE), books["baseline"][0]
    rows = book.sheets["Simulations"]
    net = next(row for row in rows if row[0] == "Direct loss")
    amount = content.result.amount("net_direct")
    assert None not in amount.range
    assert [net[2], net[5], net[8]] == pytest.approx(
        [(part or 0.0) / MILLION for part in amount.range], rel=1e-6
    )
    first = next(index for index, row in enumerate(rows) if row[0] == "Days") + 1
    assert len([row for row in rows[first:] if row[0] is not None]) == len(content.result.durations)


def test_the_answer_is_printed_on_one_page(vpn_files: dict[str, bytes]) -> None:
    answer = openpyxl.load_workbook(io.BytesIO(vpn_files["xlsx"]))["Answer"]
    assert answer.sheet_properties.pageSetUpPr.fitToPage
    assert (answer.page_setup.fitToWidth or 1, answer.page_setup.fitToHeight or 1) == (1, 1)
    assert answer.page_setup.orientation in (None, "portrait")


def test_charts_are_native_and_inputs_have_names(made: dict[Scenario, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made[BASE])) as packed:
        assert sum(name.startswith("xl/charts/chart") for name in packed.namelist()) == 3
    assert {"duration_days", "s_trade_dependence", "p_onset_shape", "spells"} <= set(
        shown_by(made[BASE]).names
    )
