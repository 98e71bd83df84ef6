"""The sheet on which amounts become words: a row for each, so that no formula is longer than a reader can follow."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, in_money

HEAD = ["Amount", "To the unit of its money, two digits", "Divided by", "Number", "Size", "In words"]


@dataclass
class Words:
    """Amounts in words, row by row."""

    chain: Chain
    sheet: Sheet
    row: int = 3

    @classmethod
    def on(cls, chain: Chain, sheet: Sheet) -> Words:
        """Begin the sheet."""
        sheet.text(0, 0, "Amounts in words", "title")
        sheet.text(
            1, 0, "Rounded to two significant digits, as everywhere, in the money of the file.", "note"
        )
        sheet.row(2, HEAD)
        sheet.frozen(3, heads=2)
        return cls(chain, sheet)

    def of(self, label: str, amount: Formula, *, spoken: bool = False) -> Formula:
        """The cell with the words of an amount of a table: `$33M`, or `spoken` as in a sentence."""
        self.sheet.text(self.row, 0, label)
        rounded = self.sheet.formula(self.row, 1, self.chain.whole(amount), "level")
        columns = iter(range(2, len(HEAD)))

        def cell(step: Formula) -> Formula:
            style = "indented" if isinstance(step.value, str) else "level"
            return self.sheet.formula(self.row, next(columns), step, style)

        said = in_money(rounded, self.chain["money_name"], spoken=spoken, cell=cell)
        self.row += 1
        return said
