"""A row added to `model/scenario/fields.py` is enough: every place that knows a field then knows the new one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from model.catalogue.load import ROOT

ROW = """    notice_days: float | None = chosen(
        None, forms.amount(0, 400, "days"), "days", "Days between the announcement and the first spell",
        label="Days of notice", command="days of notice", help="How long before it was announced.",
        usual="not given",
    )  # fmt: skip
"""
BEFORE = "    ratio: float | None = chosen("

# What a stranger who added the row would try, each in one line of a program that runs in the copy.
PLACES = {
    "link": """
        link = to_query(mine)
        assert link == {"v": "2", "notice_days": "30.0"}
        assert from_query(catalogue, link) == (mine, [])
        scenario, (said,) = from_query(catalogue, {"notice_days": "401"})
        assert scenario == Scenario() and "notice_days: '401' is out of range; allowed: 0 to 400 days" in said
    """,
    "comparison": """
        scenario, beside, said = from_link(catalogue, {"s2.notice_days": "30"})
        assert beside.others == (mine,) and not said
    """,
    "file": """
        assert "notice_days = 30.0" in to_toml(mine)
        assert from_toml(catalogue, to_toml(mine).encode()) == mine
        assert from_toml(catalogue, b"[scenario]\\nnotice_days = '30,0'") == mine
        refused("notice_days: '1,500' could be read in two ways",
                lambda: from_toml(catalogue, b"[scenario]\\nnotice_days = '1,500'"))
        refused("scenario.notice_days: 'true' has the wrong type; allowed: a number",
                lambda: from_toml(catalogue, b"[scenario]\\nnotice_days = true"))
    """,
    "json": """
        assert as_dict(mine)["notice_days"] == 30.0
    """,
    "check": """
        refused("notice_days: -1 is out of range", lambda: checked(catalogue, Scenario(notice_days=-1)))
    """,
    "command line": """
        out = command("estimate", "--notice-days", "30", "--draws", "256", "--format", "json")
        assert json.loads(out)["scenario"]["notice_days"] == 30.0
        assert "--notice-days NOTICE_DAYS" in command("estimate", "--help")
    """,
    "changes": """
        (row,) = changes(catalogue, mine)
        assert (row.label, row.before, row.after) == ("Days of notice", "not given", "30")
    """,
    "dictionary": """
        rows = rows_of({"result.json": json.dumps({"scenario": as_dict(mine)})})
        (row,) = [row for row in rows if row["column"] == "scenario.notice_days"]
        assert (row["unit"], row["description"]) == ("days", "Days between the announcement and the first spell")
    """,
    "page": """
        page = AppTest.from_file("dashboard.py", default_timeout=120)
        page.session_state["x_more"] = True
        box = page.run().text_input(key="w_notice_days")
        assert (box.label, box.help) == ("Days of notice", "How long before it was announced.")
        box.set_value("401").run()
        assert "Days of notice: '401' is out of range" in page.error[0].value.replace("\\\\", "")
        page.text_input(key="w_notice_days").set_value("30").run()
        assert not page.exception and page.session_state["scenario"]["now"] == mine
    """,
}
START = """
import contextlib, io, json
from streamlit.testing.v1 import AppTest
from briefing.package.dictionary import rows_of
from model.__main__ import main
from model.catalogue.load import load
from model.common.errors import InputError
from model.scenario.changes import changes
from model.scenario.comparison import from_link
from model.scenario.file import as_dict, from_toml, to_toml
from model.scenario.link import from_query, to_query
from model.scenario.scenario import Scenario, checked

catalogue = load()
mine = checked(catalogue, Scenario(notice_days=30))

def command(*arguments):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            assert main(arguments) == 0
        except SystemExit as done:
            assert done.code == 0
    return out.getvalue()

def refused(words, use):
    try:
        use()
    except InputError as problem:
        assert words in str(problem), problem
    else:
        raise AssertionError(f"not refused: {words}")
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with one more row: its own copy of the model, all else as it stands."""
    folder = tmp_path_factory.mktemp("project")
    for name in (
        "data",
        "seeds",
        "charts",
        "briefing",
        "door",
        "views",
        "static",
        "dashboard.py",
        "CITATION.cff",
    ):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "model", folder / "model")  # what is compiled too: only the changed file is newer
    path = folder / "model/scenario/fields.py"
    text = path.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    path.write_text(text.replace(BEFORE, ROW + BEFORE), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_new_row_is_known_everywhere(copy: Path) -> None:
    lines = [START]
    for place, steps in PLACES.items():
        body = "\n".join(line[4:] for line in steps.strip("\n").splitlines())
        lines.append(f"def check():\n{body}\ntry:\n    check()\nexcept Exception as problem:\n")
        lines[-1] += f"    print({place!r}, type(problem).__name__, problem)\n"
    done = subprocess.run(
        [sys.executable, "-c", "".join(lines)],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr[-3000:]
