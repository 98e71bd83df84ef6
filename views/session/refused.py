"""A table that cannot be used: the sentence of the command line on the page, in place of results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from model.common.errors import DataError
from views.words import escaped

TITLE = "A table of the project cannot be used"
WHAT_TO_DO = (
    "Nothing is computed from it. Correct that place in the file and save it, then load the page again. A row is"
    " counted with the header as row 1."
)
AGAIN = "Load the page again"


@contextmanager
def said() -> Iterator[None]:
    """Show a `DataError` of what is done inside as a sentence: file, row, column, value and what is allowed."""
    try:
        yield
    except DataError as problem:
        page = st.container()
        page.subheader(TITLE)
        page.error(escaped(str(problem)), icon=":material/table:")
        page.markdown(WHAT_TO_DO)
        page.button(AGAIN, icon=":material/refresh:", key="load_again")  # a click is a new run
