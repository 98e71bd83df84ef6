"""Tables from outside the project: the same code scores them, and an error names file, row and column."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from model.catalogue.load import ROOT, Catalogue
from model.common.errors import DataError
from model.evidence.backtest import backtest, parameter_set, read_outside
from model.evidence.other_methods import score_methods

OUTCOME = {
    "id": "mine_1", "grade": "M1", "event": "ke_2030", "country": "KEN", "start": "2030-01-01", "end": "2030-01-03",
    "kind": "full_blackout", "outcome": "card payments", "unit": "index", "change": "-0.7", "use": "yes",
    "status": "read", "source_title": "A bank's own figures", "publisher": "A bank", "url": "https://example.org/a",
}  # fmt: skip
LOSS = OUTCOME | {"id": "mine_2", "outcome": "GDP lost", "unit": "share", "change": "", "observed": "0.02"}
TERMINAL = {
    "observation": "mine_1", "operator": "payment_at_terminal", "subject": "small", "kind": "full_blackout",
    "hours": "48", "compares": "change", "noise": "0.1", "noise_reason": "days differ", "reason": "needs the line",
}  # fmt: skip
GDP = {
    "observation": "mine_2", "operator": "net_share_of_gdp", "kind": "full_blackout", "hours": "48",
    "period_hours": "48", "compares": "observed", "reason": "net loss over GDP",
}  # fmt: skip


def write(path: Path, like: str, *rows: dict[str, str]) -> Path:
    """A table with the columns of a shipped one."""
    with (ROOT / "data" / like).open(encoding="utf-8", newline="") as handle:
        columns = next(csv.reader(handle))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def tables(tmp_path: Path, outcome: dict[str, str], operator: dict[str, str]) -> tuple[Path, Path]:
    return (
        write(tmp_path / "seen.csv", "observations.csv", OUTCOME | outcome, LOSS),
        write(tmp_path / "how.csv", "operators.csv", TERMINAL | operator, GDP),
    )


def test_a_table_from_outside_is_scored(catalogue: Catalogue, tmp_path: Path) -> None:
    evidence = read_outside(catalogue, *tables(tmp_path, {}, {}))
    result = backtest(catalogue, evidence)
    first, second = result.outcomes
    assert (
        first.verdict == "inside"
        and first.sample == "out-of-sample"
        and first.event_label == "Kenya, January 2030"
    )
    assert second.observed == 0.02 and second.predicted is not None
    assert 0 < second.predicted.low < 0.05
    assert result.summary["rows"] == 2 and [item.event for item in result.events] == ["ke_2030"]
    assert "from outside the project" in result.declared and result.operators in result.declared
    assert result.parameter_set != parameter_set(catalogue, catalogue.evidence)
    assert result == backtest(catalogue, read_outside(catalogue, *tables(tmp_path, {}, {})))


def test_unrest_from_outside_widens(catalogue: Catalogue, tmp_path: Path) -> None:
    files = tables(tmp_path, {}, {"unrest": "1"})
    grades = write(
        tmp_path / "grades.csv", "unrest.csv",
        {"event": "ke_2030", "grade": "2", "reason": "a curfew", "status": "assumption"},
    )  # fmt: skip
    calm = backtest(catalogue, read_outside(catalogue, *files)).outcomes[0]
    tense = backtest(catalogue, read_outside(catalogue, *files, grades)).outcomes[0]
    assert tense.alone == calm.alone and tense.unrest == 2
    assert tense.predicted is not None and calm.predicted is not None
    assert tense.predicted.low < calm.predicted.low - 0.05


@pytest.mark.parametrize(
    ("outcome", "operator", "message"),
    [
        ({}, {"operator": "guess"}, "how.csv row 2 (mine_1) column operator: 'guess'"),
        ({}, {"subject": "shops"}, "how.csv row 2 (mine_1) column subject: 'shops'"),
        ({}, {"hours": ""}, "how.csv row 2 (mine_1) column hours: ''"),
        ({}, {"kind": "power"}, "how.csv row 2 (mine_1) column kind: 'power'"),
        ({}, {"event": "nowhere", "kind": "", "hours": ""}, "how.csv row 2 (mine_1) column event: 'nowhere'"),
        ({}, {"event": "blackout_one_day"}, "how.csv row 2 (mine_1) column event"),
        ({}, {"share_low": "0.4", "share_high": "0.2"}, "how.csv row 2 (mine_1) column share_high"),
        ({}, {"noise_reason": ""}, "how.csv row 2 (mine_1) column noise_reason"),
        ({}, {"noise": "much"}, "how.csv row 2 (mine_1) column noise: 'much'"),
        ({}, {"observation": "mine_9"}, "how.csv row 2 (mine_9) column observation"),
        ({}, {"from_hours": "9", "to_hours": "3"}, "how.csv row 2 (mine_1) column to_hours"),
        ({"change": ""}, {}, "seen.csv row 2 (mine_1) column change: ''"),
        ({"change": "-70"}, {}, "seen.csv row 2 (mine_1) column change: '-70'"),
        ({"country": "XXX"}, {}, "seen.csv row 2 (mine_1) column country: 'XXX'"),
        ({"evidence_for": "nothing."}, {}, "seen.csv row 2 (mine_1) column evidence_for: 'nothing.'"),
        ({}, {"operator": "outage_of_carrier"}, "how.csv row 2 (mine_1) column share_low: ''"),
    ],
)
def test_an_error_names_file_row_and_column(
    catalogue: Catalogue, tmp_path: Path, outcome: dict[str, str], operator: dict[str, str], message: str
) -> None:
    with pytest.raises(DataError, match=re.escape(message)):
        read_outside(catalogue, *tables(tmp_path, outcome, operator))


def test_other_methods_answer_where_they_can(catalogue: Catalogue, tmp_path: Path) -> None:
    evidence = read_outside(catalogue, *tables(tmp_path, {}, {}))
    scores = score_methods(catalogue, evidence)
    cannot = [item for item in scores if item.predicted is None]
    assert {item.observation for item in cannot} == {"mine_1", "mine_2"}
    assert all("cannot answer" in item.sentence.lower() and not item.inside for item in cannot)
    brookings = next(item for item in scores if item.method.startswith("Brookings"))
    # 4.9% of the economy x 2.54, whatever the length: the share of the GDP of the same two days.
    assert brookings.predicted is not None
    assert brookings.predicted.median == pytest.approx(0.049 * 2.54, rel=1e-6)
    assert brookings.error == pytest.approx(0.049 * 2.54 - 0.02, rel=1e-6) and brookings.inside == "no"


def test_a_bound_is_one_sided_for_other_methods_too(catalogue: Catalogue) -> None:
    scores = [
        item
        for item in score_methods(catalogue)
        if item.observation == "obs_068" and item.predicted is not None
    ]
    assert scores and all(item.error is None for item in scores)
    for item in scores:
        assert item.predicted is not None
        assert (item.inside == "yes") == (item.predicted.high <= item.observed)
