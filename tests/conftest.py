"""What the tests share: the shipped catalogue, the files of one briefing, and a copy of the tables to spoil."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from helpers.briefing_content import FEW, told
from hypothesis import HealthCheck, settings

from briefing import FORMATS, make
from briefing.content import Content
from model.catalogue.industry import Industry
from model.catalogue.load import ROOT, Catalogue, load
from model.catalogue.methods import References
from model.estimation.economy import Economy
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario

# No deadline (a shared machine stalls now and then) and always the same examples, so that a failure repeats.
settings.register_profile(
    "model", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("model")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def known(catalogue: Catalogue) -> References:
    return catalogue.methods


@pytest.fixture(scope="session")
def pakistan(catalogue: Catalogue) -> Economy:
    return estimate(catalogue, Scenario(draws=256)).economy


@pytest.fixture(scope="session")
def tables_of(catalogue: Catalogue) -> Industry:
    """The shipped tables of the industry."""
    return catalogue.industry


@pytest.fixture(scope="session")
def vpn_content(catalogue: Catalogue) -> Content:
    """What the files say of half a year of blocked VPNs: only this kind has a cost of coping."""
    return told(catalogue, Scenario(kind="vpn_block", hours=4320.0, draws=FEW))


@pytest.fixture(scope="session")
def vpn_files(vpn_content: Content) -> dict[str, bytes]:
    """Its five files by format."""
    return {key: make(key, vpn_content).data for key in FORMATS}


class Tables:
    """A copy of data/ and seeds/ that a test may change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.free = count(400)  # numbers of the Sobol sequence that no shipped row has

    def load(self) -> Catalogue:
        return load(self.root)

    def read(self, table: str) -> list[list[str]]:
        """All cells of a table such as `data/parameters.csv`, the header first."""
        with (self.root / table).open(encoding="utf-8", newline="") as handle:
            return list(csv.reader(handle))

    def write(self, table: str, cells: list[list[str]]) -> None:
        with (self.root / table).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(cells)

    def header(self, table: str) -> list[str]:
        return self.read(table)[0]

    def set(self, table: str, key: str, column: str, value: str) -> int:
        """Put `value` into the row whose first cell is `key`; returns its line in the file."""
        cells = self.read(table)
        number = next(index for index, row in enumerate(cells) if row[0] == key)
        cells[number][cells[0].index(column)] = value
        self.write(table, cells)
        return number + 1

    def append(self, table: str, /, **values: str) -> int:
        """Add a row; columns not named stay empty. Returns its line in the file."""
        cells = self.read(table)
        unknown = set(values) - set(cells[0])
        assert not unknown, f"{table} has no column {unknown}"
        self.write(table, [*cells, [values.get(name, "") for name in cells[0]]])
        return len(cells) + 1

    def copy_row(self, table: str, like: str, /, **values: str) -> int:
        """Add a row like the one whose first cell is `like`, with these cells changed and numbers of its own."""
        cells = self.read(table)
        row = dict(zip(cells[0], next(row for row in cells if row[0] == like), strict=True))
        if "streams" in row:
            row["streams"] = " ".join(str(next(self.free)) for _ in row["streams"].split())
        return self.append(table, **{**row, **values})

    def change(self, table: str, edit: Callable[[list[list[str]]], list[list[str]]]) -> None:
        self.write(table, edit(self.read(table)))


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Tables(tmp_path)
