"""The one name of XlsxWriter that is not public; tests/briefing/test_private_names.py says what to do without it."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

SEARCH = "_prepare_formula"


def _as_it_is(formula: str, expand_future_functions: bool = False) -> str:
    """A formula as the file holds it, without its sign of equality."""
    return formula.removeprefix("=")


def skip_search_for_new_functions(sheet: Worksheet) -> None:
    """XlsxWriter looks for thirty functions newer than Excel 2007 in each formula: half the time of the workbook.

    Ours call none of them.
    """
    setattr(sheet, SEARCH, _as_it_is)
