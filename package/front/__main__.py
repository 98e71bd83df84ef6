"""The command `nettoll`: the doors of the program under one name. `nettoll --help` lists them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

HELP = """usage: nettoll dashboard [SETTING VALUE ...]

The pages, at http://localhost:8501, until Ctrl+C. A browser opens, unless --server.headless is true.

Settings are Streamlit's (`streamlit run --help` lists them), such as:
  --server.port 8600         another port
  --server.address 0.0.0.0   for other machines too; without it this machine alone
  --server.headless true     no browser is opened"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the door that the first word names, else that of the model; the door says what is wrong with the rest.

    Returns 0 when it worked, 2 after one clear line on standard error.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    door, rest = (given[0], given[1:]) if given else ("", [])
    if door == "dashboard":
        return dashboard(rest)
    if door == "briefing":
        from briefing.__main__ import main as briefing

        return briefing(rest)
    from model.__main__ import main as model

    return model(given)


def dashboard(arguments: Sequence[str]) -> int:
    """Serve the pages until the program is stopped; arguments go to Streamlit, such as `--server.port 8600`."""
    if {"-h", "--help"} & set(arguments):  # Streamlit's own is five thousand lines of settings
        print(HELP)
        return 0
    from streamlit.web.cli import main as streamlit

    script = Path(__file__).with_name("dashboard.py")
    streamlit(
        ["run", str(script), "--server.showEmailPrompt", "false", *arguments], prog_name="nettoll dashboard"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
