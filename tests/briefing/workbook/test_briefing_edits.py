"""The workbook as people use it: opened in LibreOffice with its own settings, one cell typed over, read again."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from helpers.each import each
from helpers.files.content import FEW, content_for
from helpers.files.office import run_basic
from helpers.files.workbooks import BASE, NEAR, NIGHT, expected

from briefing.workbook import book as workbook
from model.catalogue.load import Catalogue
from model.common.numbers import MILLION, spoken
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario

pytestmark = pytest.mark.slow
YELLOW = "FFF4CC"
LEVERS = {f"lever.{name}.coverage": 0.3 for name in ("whitelisting", "registered_vpn", "second_link", "backup_hub",
                                                     "help_desk", "work_from_home")}  # fmt: skip
ANSWERS = ("answer_gross", "answer_caught_up", "answer_overtime", "answer_net_direct", "answer_lagged_receipts",
           "answer_lagged_value_added", "answer_coping", "answer_tax", "answer_work_days")  # fmt: skip
WORDS = ("shown_headline", "shown_checks", "money_heads", "checks_failed")
OFFICES = {
    f"lever.{name}.coverage": 0.3 for name in ("second_link", "backup_hub", "help_desk", "work_from_home")
}
# Long enough for everything to act: customers stop waiting, contracts are lost, the gap is felt.
LONG = Scenario(hours=2160.0, spells=3, gap_days=20.0, draws=FEW)
RICH = {
    "blackout": LONG.with_changes(assumptions={k: v for k, v in LEVERS.items() if "registered_vpn" not in k}),
    "vpn elsewhere": LONG.with_changes(kind="vpn_block", country="KEN", assumptions=LEVERS),
    "slowdown": LONG.with_changes(kind="slowdown", ratio=0.4, assumptions=OFFICES),
}  # fmt: skip
TRIED = {**RICH, "baseline": BASE}
MONTH = BASE.with_changes(hours=720.0, assumptions={"exports.value_added_share": (0.5, 0.6, 0.95)})
RICHER = BASE.with_changes(country="CHE", currency="CHF")


@dataclass(frozen=True)
class Edit:
    """A workbook of `made`, cells typed over, and the scenario that they now describe (None: there is none)."""

    made: Scenario
    cells: dict[str, float | str]
    then: Scenario | None = None


EDITS = {
    "duration": Edit(BASE, {"duration_days": 10.0}, BASE.with_changes(hours=240.0)),
    "dependence": Edit(
        BASE, {"s_trade_dependence": 0.3}, BASE.with_changes(assumptions={"sector.trade.dependence": 0.3})
    ),
    "onset": Edit(BASE, {"p_onset_shape": 0.5}, BASE.with_changes(assumptions={"onset.shape": 0.5})),
    "overtime": Edit(
        BASE, {"p_recapture_overtime_premium": 0.9}, BASE.with_changes(assumptions={"recapture.overtime_premium": 0.9})
    ),
    "receipts": Edit(
        BASE, {"export_receipts": 5000.0}, BASE.with_changes(assumptions={"exports.receipts_musd": 5000.0})
    ),
    "value added": Edit(MONTH, {"p_exports_value_added_share": 0.4},
                        MONTH.with_changes(assumptions={"exports.value_added_share": 0.4})),
    "held to the row": Edit(BASE, {"export_receipts": 20_000.0},
                            BASE.with_changes(assumptions={"exports.receipts_musd": 20_000.0})),
    "shares": Edit(MONTH, {"p_exports_share_software": 0.3},
                   MONTH.with_changes(assumptions={**MONTH.assumptions, "exports.share.software": 0.3})),
    "start": Edit(NIGHT, {"start_hour": 4 * 24 + 10.5, "duration_days": 9.0},
                  NIGHT.with_changes(start="2026-01-09T10:30", hours=216.0)),
    "twenty spells": Edit(NIGHT, {"spells": 20.0}, NIGHT.with_changes(spells=20)),
    "cap of the rich": Edit(RICHER, {"p_digital_cap": 1.1}, RICHER.with_changes(assumptions={"digital.cap": 1.1})),
    "money": Edit(BASE, {"money_rate": 0.92, "money_typed": "EUR"}),
    "money without a name": Edit(BASE, {"money_rate": 281.143}),
    "newer rate": Edit(RICHER, {"money_rate": 0.7}),
    "name without a rate": Edit(BASE, {"money_typed": "EUR"}),
    "money, then an input": Edit(BASE, {"money_rate": 281.143, "money_typed": "PKR", "duration_days": 10.0}),
    "outside": Edit(BASE, {"s_trade_dependence": 2.0}),
    "text": Edit(BASE, {"p_onset_shape": "fast"}),
    "users": Edit(BASE, {"s_trade_mix_small": 0.9}),
    "no time": Edit(BASE, {"p_adaptation_full_blackout_days": 0.0, "p_onset_scale_hours": 0.0}),
    "coping elsewhere": Edit(
        Scenario(kind="vpn_block", country="KEN", hours=720.0, draws=FEW), {"export_receipts": 900.0},
        Scenario(kind="vpn_block", country="KEN", hours=720.0, draws=FEW,
                 assumptions={"exports.receipts_musd": 900.0}),
    ),
}  # fmt: skip


# As LibreOffice comes: what depends on a cell is computed when it is asked for.
HELPERS = """
Function hidden()
  Dim a(0) As New com.sun.star.beans.PropertyValue
  a(0).Name = "Hidden" : a(0).Value = True
  hidden = a()
End Function
Function named(book, key As String)
  named = book.NamedRanges.getByName(key).getReferredCells().getCellByPosition(0, 0)
End Function
Function moves(book, cell, number As Double, answers, old)
  cell.setValue(number)
  moves = False
  For i = 0 To UBound(old)
    If Abs(answers(i).getValue() - old(i)) > 1E-7 * Abs(old(i)) Then
      moves = True
      Exit Function
    End If
  Next i
End Function
Sub tried(book, key As String, number As Double, lower As Double, higher As Double, answers, old, which As String, n)
  cell = named(book, key)
  If Not moves(book, cell, lower, answers, old) Then
    If Not moves(book, cell, higher, answers, old) Then Print #n, which & "|" & key & "|still"
  End If
  cell.setValue(number)
End Sub
Function kept(book, key As String)
  cell = named(book, key)
  If cell.getType() = com.sun.star.table.CellContentType.VALUE Then kept = cell.getValue() Else kept = cell.getString()
End Function
Sub typed(book, key As String, value)
  If VarType(value) = 8 Then named(book, key).setString(value) Else named(book, key).setValue(value)
End Sub
"""


def edited(name: str, edit: Edit) -> list[str]:
    """Lines that type over the cells of an edit, print the answers and words of the workbook, and type the old back."""
    return [
        *(f'was{at} = kept(book, "{key}")' for at, key in enumerate(edit.cells)),
        *(f'typed(book, "{key}", {basic(value)})'
          for key, value in edit.cells.items()),
        *(f'If book.NamedRanges.hasByName("{key}") Then Print #n, '
          f'"{name}|{key}|" & Str(named(book, "{key}").getValue())' for key in ANSWERS),
        *(f'Print #n, "{name}|{key}|" & named(book, "{key}").getString()' for key in WORDS),
        *(f'typed(book, "{key}", was{at})' for at, key in enumerate(edit.cells)),
    ]  # fmt: skip


def basic(value: float | str) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def opened(path: Path) -> str:
    return f'book = StarDesktop.loadComponentFromURL("{path.as_uri()}", "_blank", 0, hidden())'


def tried(name: str, book: Any) -> list[str]:
    """Lines that print each yellow cell which leaves every answer as it is, whether it is halved or raised."""
    keys = [key for key in ANSWERS if key in book.defined_names]
    return [
        f"Dim answers({len(keys) - 1}) As Object",
        f"Dim old({len(keys) - 1}) As Double",
        *(f'answers({i}) = named(book, "{key}") : old({i}) = answers({i}).getValue()' for i, key in enumerate(keys)),
        *(f'tried(book, "{key}", {value!r}, {value * 0.5!r}, {value * 1.3 + 0.05!r}, answers, old, "{name}", n)'
          for key, value in numbers_of(book).values()),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def tried_books(catalogue: Catalogue) -> dict[str, tuple[bytes, Any]]:
    """The workbooks in which every yellow cell is tried, as files and as openpyxl reads them."""
    files = {name: workbook.make(content_for(catalogue, made)) for name, made in TRIED.items()}
    return {name: (data, openpyxl.load_workbook(io.BytesIO(data))) for name, data in files.items()}


@pytest.fixture(scope="module")
def typed(
    catalogue: Catalogue, tried_books: dict[str, tuple[bytes, Any]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, str]]:
    """What one LibreOffice shows of each workbook after its cells were typed over, and the cells that move nothing."""
    folder = tmp_path_factory.mktemp("typed")
    out, parts = folder / "answers.txt", list[list[str]]()
    data_of = {TRIED[name]: data for name, (data, _) in tried_books.items()}
    for number, made in enumerate(dict.fromkeys([*(edit.made for edit in EDITS.values()), *data_of])):
        path = folder / f"{number}.xlsx"
        path.write_bytes(data_of.get(made) or workbook.make(content_for(catalogue, made)))
        edits = [edited(name, edit) for name, edit in EDITS.items() if edit.made == made]
        tries = [tried(name, tried_books[name][1]) for name, scenario in TRIED.items() if scenario == made]
        parts.append([opened(path), *chain.from_iterable(edits + tries), "book.close(True)"])
    run_basic(folder, HELPERS + program(parts, out), seconds=500)
    rows = [line.split("|") for line in out.read_text(encoding="utf-8").splitlines()]
    return {name: {key: value for which, key, value in rows if which == name} for name in (*EDITS, *TRIED)}


def program(parts: list[list[str]], out: Path) -> str:
    """Each part in a procedure of its own: one has a largest length."""
    calls = "".join(f"Part{number}(n)\n" for number in range(len(parts)))
    subs = (f"Sub Part{number}(n)\n" + "\n".join(lines) + "\nEnd Sub\n" for number, lines in enumerate(parts))
    begin = f'Sub Main\nn = FreeFile\nOpen "{out}" For Output As #n\n'
    return f"{begin}{calls}Close #n\nStarDesktop.terminate()\nEnd Sub\n{''.join(subs)}"


@each("name", [name for name, edit in EDITS.items() if edit.then])
def test_a_typed_cell_gives_the_models_answer_without_recalculating_the_rest(
    name: str, catalogue: Catalogue, typed: dict[str, dict[str, str]]
) -> None:
    edit = EDITS[name]
    assert edit.then is not None
    before, after = expected(catalogue, edit.made), expected(catalogue, edit.then)
    for key, value in after.items():
        if key in typed[name]:
            assert float(typed[name][key]) == pytest.approx(value, rel=NEAR, abs=1e-12), key
    assert "answer_net_direct" in typed[name]
    assert any(after[key] != pytest.approx(before[key], rel=NEAR) for key in after)


def test_another_money_needs_rate_and_name(catalogue: Catalogue, typed: dict[str, dict[str, str]]) -> None:
    def said(rate: float, unit: str, made: Scenario = BASE) -> str:
        net = content_for(catalogue, made.with_changes(currency="USD")).line("net_direct")
        low, middle, high = (spoken((part or 0.0) * rate, unit) for part in net.range)
        return f"At the exchange rate typed: a direct loss of about {middle} (range {low} to {high})"

    euros, own, same = (typed[name] for name in ("money", "money without a name", "name without a rate"))
    assert euros["shown_headline"] == said(0.92, "EUR") and euros["money_heads"] == "M EUR"
    assert own["shown_headline"] == said(281.143, "own money") and own["money_heads"] == "M own money"
    assert same["shown_headline"] == content_for(catalogue, BASE).headline and same["money_heads"] == "M USD"
    newer = typed["newer rate"]
    assert newer["shown_headline"] == said(0.7, "CHF", RICHER) and newer["money_heads"] == "M CHF"
    assert [one["checks_failed"] for one in (euros, own, same, newer)] == ["0", "1", "1", "0"]
    both = typed["money, then an input"]
    now = expected(catalogue, BASE.with_changes(hours=240.0))["answer_net_direct"] * 281.143
    assert float(both["answer_net_direct"]) == pytest.approx(now, rel=NEAR)
    assert f"now about {spoken(now * MILLION, 'PKR')}, every input" in both["shown_headline"]


def test_what_is_pasted_outside_its_limits_is_said(typed: dict[str, dict[str, str]]) -> None:
    """Validation stops what is typed; LibreOffice lets a macro write what somebody would paste."""
    for name in ("outside", "text"):
        assert typed[name]["shown_headline"].startswith("No answer: an input lies outside its limits")
        assert typed[name]["shown_checks"] == "1 of the checks fail: see the sheet Checks."
    assert typed["users"]["checks_failed"] == "1" and typed["duration"]["checks_failed"] == "0"
    assert typed["duration"]["shown_checks"].startswith("Checks passed")


def test_a_time_of_nothing_divides_by_nothing(typed: dict[str, dict[str, str]]) -> None:
    assert float(typed["no time"]["answer_net_direct"]) > 0
    assert typed["no time"]["shown_headline"].startswith("No answer"), (
        "nothing is below what these inputs may be"
    )


def numbers_of(book: Any) -> dict[str, tuple[str, float]]:
    """Every cell to type a number into: by address its name and value."""
    names = {item.attr_text.replace("$", ""): name for name, item in book.defined_names.items()}
    return {f"'{sheet.title}'!{item.coordinate}": (names[f"'{sheet.title}'!{item.coordinate}"], float(item.value))
            for sheet in book for row in sheet.iter_rows() for item in row
            if not isinstance(item.value, str) and item.fill.fgColor.rgb == f"FF{YELLOW}"}  # fmt: skip


@each("name", RICH)
def test_every_yellow_cell_moves_the_answer_where_everything_acts(
    name: str,
    catalogue: Catalogue,
    tried_books: dict[str, tuple[bytes, Any]],
    typed: dict[str, dict[str, str]],
) -> None:
    cells = numbers_of(tried_books[name][1])
    assert len(cells) > 250
    value_added = estimate(catalogue, RICH[name]).economy.value_added
    by_sector = zip(catalogue.sectors, value_added, strict=True)
    idle = {f"s_{sector.key}_" for sector, value in by_sector if value == 0}
    still = {item for item in typed[name] if not item.startswith(tuple(idle) or ("-",))}
    # Mild disruptions are caught up with capacity to spare, so waiting never ends; the sheet says so.
    waiting = {"gap_days", "p_recapture_patience_scale", "p_recapture_spare_capacity"}
    # The factor of a poorer economy stays below its cap; "cap of the rich" above has one that reaches it.
    allowed = {"p_digital_cap"}
    if name != "blackout":
        allowed |= waiting | {n for n, _ in cells.values() if n.endswith("_patience")}
    assert still <= allowed


def test_in_the_baseline_a_yellow_cell_that_moves_nothing_says_when_it_does(
    tried_books: dict[str, tuple[bytes, Any]], typed: dict[str, dict[str, str]]
) -> None:
    book = tried_books["baseline"][1]
    sheet, prefix = book["Inputs"], "'Inputs'!"
    said = {name for place, (name, _) in numbers_of(book).items()
            if place.startswith(prefix) and sheet[f"K{sheet[place.removeprefix(prefix)].row}"].value}  # fmt: skip
    still = set(typed["baseline"])
    assert still - said <= {item for item in still if item.endswith("_patience")}
    assert "gap_days" in still and "duration_days" not in still
