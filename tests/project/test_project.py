"""The project around the code: commands, versions, layout, direction of imports, and documents that are not stale."""

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from model import MODEL_VERSION
from model.__main__ import main
from model.catalogue.load import ROOT, load
from model.common.ledger import Amount
from model.common.numbers import percent, significant
from model.estimation.estimate import estimate
from model.estimation.standing import standing
from model.scenario.scenario import Scenario
from model.text.sentence import headline

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (
    "run",
    "check",
    "test",
    "model",
    "briefing",
    "bench",
    "golden",
    "lint",
    "format",
    "lock",
    "audit",
    "help",
)
LEFT_OUT = {
    ".git",
    ".venv",
    "__pycache__",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "out",
}
TEXT = {".py", ".md", ".toml", ".csv", ".json", ".txt", ".cff", ".js", ".css", ".html", ".cfg", ".yml", ""}


def files(*suffixes: str) -> Iterator[Path]:
    """The project's own files with one of these suffixes (all where none is named), vendored ones left out."""
    for folder, inside, names in os.walk(ROOT):
        inside[:] = sorted(name for name in inside if name not in LEFT_OUT)
        for name in sorted(names):
            path = Path(folder) / name
            if path.relative_to(ROOT).parts[0] != "static" and (not suffixes or path.suffix in suffixes):
                yield path


# Linter, formatter and type checker are tests like any other, so that one closing line tells the whole truth.
@pytest.mark.slow
@pytest.mark.parametrize("command", ["ruff check .", "ruff format --check .", "mypy"])
def test_tool(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}{done.stderr[-2000:]}"


def test_layout() -> None:
    for name in ("dashboard.py", "requirements.txt", "README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE"):
        assert (ROOT / name).is_file(), name
    for name in ("model", "views", "door", "data", "seeds", "tests", "bench"):
        assert any((ROOT / name).iterdir()), name


def test_scripts_can_be_run() -> None:
    for name in ("dev", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), f"{name} is not executable"
    assert "./dev test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_every_command_is_listed_and_every_command_of_the_readme_exists() -> None:
    shell = shutil.which("sh")
    assert shell
    listed = subprocess.run(
        [shell, "dev", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"^\./dev (\w+) +\S", listed, re.MULTILINE) == list(COMMANDS)
    documents = README + (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\./dev (\w+)", documents)) <= set(COMMANDS)
    assert {"run", "test", "bench", "golden"} <= set(re.findall(r"\./dev (\w+)", README))


def test_an_unknown_command_is_refused_in_one_line() -> None:
    done = subprocess.run(["./dev", "nonsense"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "nonsense" in done.stderr


@pytest.mark.parametrize("line", re.findall(r"^\./dev model (.+)$", README, re.MULTILINE))
def test_command_line_of_the_readme(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine"  # the reader's own tables, that some lines name
    mine.mkdir()
    for name in re.findall(r"mine/(\w+\.csv)", line):
        shutil.copy(ROOT / "data" / name, mine)
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(shlex.split(line)) == 0
    assert out.getvalue() or any(path != mine for path in tmp_path.iterdir())


def test_python_of_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.endswith("USD net\n")


def cell(amount: Amount) -> str:
    return amount.range.money().full


def test_figures_of_the_readme() -> None:
    """Each figure of the sanity checks, computed again."""
    catalogue = load()
    baseline = estimate(catalogue, Scenario())
    economy, gross, net = baseline.economy, baseline.amount("gross"), baseline.amount("net_direct")
    day = economy.gva / 365
    assert None not in (gross.median, net.low, net.median, net.high)
    expected = [
        headline(baseline),
        f"${day / 1e9:.2f}bn",
        f"${economy.gdp / 1e9:.0f}bn x {economy.gva / economy.gdp:.3f} / 365",
        f"disrupts\n   {percent((gross.median or 0) / day)} of it",
        f"costs {percent((net.median or 0) / day)} (range {percent((net.low or 0) / day)}"
        f" to {percent((net.high or 0) / day)})",
        f"${economy.receipts / 1e6:,.0f}M a year is ${significant(economy.receipts / 365e6, 3)}M a day",
    ]
    on = standing(baseline)
    expected.append(f"Of the {on.inputs} inputs of this headline {len(on.assumptions)} are assumptions")
    for kind in catalogue.kinds.values():
        row = estimate(catalogue, Scenario(kind=kind.key))
        expected.append(f"| {kind.label} | {cell(row.amount('gross'))} | {cell(row.amount('net_direct'))} |")
    missing = [text for text in expected if text not in README]
    assert not missing, "README.md is stale; it should say:\n" + "\n".join(missing)


def test_files_that_the_readme_names_exist() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    named = re.findall(
        r"`((?:model|data|views|tests|seeds|bench|briefing|charts|door|deploy|package|static)/[\w/.]+)`",
        README,
    )
    for name in [*links, *named]:
        assert (ROOT / name).exists(), name
    picture = ROOT / "docs" / "estimate.png"
    assert 10_000 < picture.stat().st_size < 200_000


def test_versions_agree() -> None:
    data = tomllib.loads((ROOT / "data" / "version.toml").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## Model (\S+) with data (\S+) \((\S+)\)$", changelog, re.MULTILINE)
    assert latest, "CHANGELOG.md has no entry such as: ## Model 1.0.0 with data 2026.11.1 (2026-11-21)"
    assert latest.groups()[:2] == (MODEL_VERSION, data["data_version"])
    assert latest.group(3) >= str(data["date"])  # a repair of the model leaves the data and their date alone
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (\S+)$", citation, re.MULTILINE) == [MODEL_VERSION]
    assert re.findall(r"^date-released: (\S+)$", citation, re.MULTILINE) == [latest.group(3)]


def test_the_citation_has_what_its_format_requires() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    keys = re.findall(r"^([a-z-]+):", citation, re.MULTILINE)
    assert {"cff-version", "message", "title", "authors"} <= set(keys)
    assert len(keys) == len(set(keys))
    assert "license: MIT" in citation
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_nothing_names_the_machine_it_was_made_on() -> None:
    """Paths of somebody's machine do not belong into a file; addresses of pages do."""
    address = re.compile(r"https?://[^\s\"'<>)]+")
    private = re.compile(r"(?<![\w.])/(?:home|root|work|tmp|Users|mnt|workspace)/\w")
    for path in files():
        if path.suffix in TEXT:
            text = address.sub("", path.read_text(encoding="utf-8"))
            match = private.search(text)
            assert not match, (
                f"{path.relative_to(ROOT)}: {text[match.start() : match.end() + 30]!r}" if match else ""
            )


def test_no_check_is_switched_off_in_a_line() -> None:
    mark = "# no" + "qa"
    for path in files(".py"):
        assert mark not in path.read_text(encoding="utf-8"), path.relative_to(ROOT)


def test_a_name_says_what_it_holds() -> None:
    """Not how it was come by: `rows` instead of `found`, `own_range` instead of `ours`."""
    empty = {"begun", "but", "eroded", "found", "held", "into", "kept", "known", "ours", "told"}
    wrong = []
    for path in files(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case (
                    ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name)
                    | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name)
                    | ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name))
                    | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name))
                ) if name.strip("_").lower() in empty:  # fmt: skip
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert not wrong, "names that do not say what they hold:\n" + "\n".join(wrong)


def test_no_text_holds_a_sign_that_shows_nothing() -> None:
    """A replacement that went wrong leaves such a sign in place of a letter, and nobody sees it."""
    for path in files():
        if path.suffix in TEXT:
            match = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", path.read_text(encoding="utf-8"))
            assert not match, (path.relative_to(ROOT), match)
