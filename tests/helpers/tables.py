"""A copy of the tables that a test may spoil."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Self

from model.catalogue.load import ROOT, Catalogue, load


class Tables:
    """A copy of data/ and seeds/ that a test may change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.free = count(400)  # numbers of the Sobol sequence that no shipped row has

    @classmethod
    def copied(cls, root: Path) -> Self:
        """A copy of the shipped ones below `root`."""
        for name in ("data", "seeds"):
            shutil.copytree(ROOT / name, root / name)
        return cls(root)

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

    def translate(self, code: str, context: str, text: str, translation: str) -> None:
        """Add a message to the catalogue of a language."""
        path = self.root / "data" / "languages" / f"{code}.po"
        entry = f'\nmsgctxt "{context}"\nmsgid "{text}"\nmsgstr "{translation}"\n'
        path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")

    def copy_row(self, table: str, like: str, /, **values: str) -> int:
        """Add a row like the one whose first cell is `like`, with these cells changed and numbers of its own."""
        cells = self.read(table)
        row = dict(zip(cells[0], next(row for row in cells if row[0] == like), strict=True))
        if "streams" in row:
            row["streams"] = " ".join(str(next(self.free)) for _ in row["streams"].split())
        return self.append(table, **{**row, **values})

    def split_share(self, column: str, new: str) -> None:
        """Move half of each share of value added of a column into a new one behind it."""
        cells = self.read("data/sector_shares.csv")
        at = cells[0].index(column)
        rows = [[*cells[0][: at + 1], new, *cells[0][at + 1 :]]]
        for row in cells[1:]:
            half = repr(float(row[at]) / 2)
            rows.append([*row[:at], half, half, *row[at + 1 :]])
        self.write("data/sector_shares.csv", rows)

    def change(self, table: str, edit: Callable[[list[list[str]]], list[list[str]]]) -> None:
        self.write(table, edit(self.read(table)))
