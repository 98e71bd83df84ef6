"""No word of the project's old private dialect is left where a reader reads: pages, command line, tables of labels."""

from __future__ import annotations

import pytest
from helpers.dialect import dialect
from helpers.single_pages import LINKS, opened_whole, visible

from model.__main__ import COMMANDS, main
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Parameter
from model.scenario.fields import FIELDS

# Parts that quote: docstrings and equations of the method, the changelog, and tables of sources and their columns.
QUOTED = ("methods", "sources", "changes")
# What is read there: labels, headings and captions.
HEADS = (
    ("selectbox", "label"), ("text_input", "label"), ("multiselect", "label"), ("subheader", "value"),
    ("caption", "value"),
)  # fmt: skip
# Heads of machine-readable columns in a table of numbers.
COLUMNS = {"spells", "baseline", "coping", "gross", "net", "onset", "onset.", "touched", "receipts"}


def test_the_list_finds_a_word_and_lets_names_for_machines_be() -> None:
    assert dialect("Two spells of 3 days") and dialect("net direct loss") and dialect("a 90 % range")
    assert not dialect("gross value added; `--spells 3`; severity.full_blackout.small; a dependence of 90%")


@pytest.mark.slow
@pytest.mark.parametrize(("here", "link"), LINKS)
def test_no_page_speaks_the_old_dialect(
    monkeypatch: pytest.MonkeyPatch, here: str, link: dict[str, str]
) -> None:
    page = opened_whole(monkeypatch, here, **link)
    assert not page.warning or here == "world", "the link is read as it stands"
    texts = visible(page)
    assert len(texts) > 50, "the page is read"
    assert not {"None", "nan", "NaN"} & set(texts), "a cell without a value is written so"
    if link.get("how.section") in QUOTED:
        texts = [str(getattr(item, name)) for kind, name in HEADS for item in page.get(kind)]
    found = [word for text in texts if text not in COLUMNS and (word := dialect(text))]
    assert not found, found


def test_the_command_line_does_not_either(capsys: pytest.CaptureFixture[str]) -> None:
    runs = [[name, "--help"] for name in COMMANDS]
    runs += [
        ["estimate", "--draws", "256", "--kind", "vpn_block", "--country", "KEN", "--spells", "2"],
        ["claims"], ["exports"], ["firm"], ["levers"], ["methods"], ["method", "cost2021"],
        ["year", "--country", "PAK"],
    ]  # fmt: skip
    found = []
    for run in runs:
        if run[-1] == "--help":
            with pytest.raises(SystemExit, match=r"^0$"):
                main(run)
        else:
            assert main(run) == 0
        printed = " ".join(capsys.readouterr().out.split())
        assert len(printed) > 100
        found += [word for part in printed.split(". ") if (word := dialect(part))]
    assert not found, found


def test_no_label_or_help_of_the_tables_and_fields_does(catalogue: Catalogue) -> None:
    rows: list[Parameter] = [*catalogue.parameters.values(), *catalogue.industry.parameters.values()]
    texts = [text for row in rows for text in (row.label, row.help)]
    texts += [text for group in catalogue.groups.values() for text in (group.label, group.help)]
    texts += [text for kind in catalogue.kinds.values() for text in (kind.label, kind.phrase, kind.help)]
    texts += [symbol.meaning for symbol in catalogue.symbols]
    texts += [
        text for row in FIELDS.values() for text in (row.title, row.help, row.meaning, row.command or "")
    ]
    assert len(texts) > 500
    found = [word for text in texts if (word := dialect(text))]
    assert not found, found
