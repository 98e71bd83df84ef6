"""Parts of the page that run in the reader's browser: picture buttons and the explorer under the hand."""

from pathlib import Path

import streamlit as st

from model.common.cache import cached

PLOTLY = "plotly-basic-4.1.1.min.js"  # in static/, with its licence beside it
_HERE = Path(__file__).parent


def part(folder: str, name: str) -> str:
    """The text of one front-end file."""
    return (_HERE / folder / name).read_text(encoding="utf-8")


@cached(4)
def script(folder: str) -> str:
    """A component's module: the shared parts for plotly.js, Streamlit's page and the clipboard, then its own code."""
    shared = ("plotly_loader.js", "plotly_private.js", "streamlit_private.js", "clipboard.js")
    return "".join((_HERE / name).read_text(encoding="utf-8") for name in shared) + part(folder, "index.js")


@cached(4)
def copying(folder: str) -> str:
    """The module of a component whose buttons copy: the shared part, then its own code."""
    return (_HERE / "clipboard.js").read_text(encoding="utf-8") + part(folder, "index.js")


def plotly_path() -> str:
    """Where the app serves plotly.js, below the address that Streamlit is configured for."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}/app/static/{PLOTLY}"
