"""No word of the project's old private dialect is left on the command line and in tables of labels.

Of pages see `test_whole_pages.py`.
"""

from __future__ import annotations

import pytest
from helpers.dialect import dialect

from model.__main__ import COMMANDS, main
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Parameter
from model.scenario.fields import FIELDS


def test_the_list_finds_a_word_and_lets_names_for_machines_be() -> None:
    assert dialect("Two spells of 3 days") and dialect("net direct loss") and dialect("a 90 % range")
    assert not dialect("gross value added; `--spells 3`; severity.full_blackout.small; a dependence of 90%")


def test_the_command_line_does_not_speak_it(capsys: pytest.CaptureFixture[str]) -> None:
    runs = [[name, "--help"] for name in COMMANDS]
    runs += [
        ["estimate", "--draws", "256", "--kind", "vpn_block", "--country", "KEN", "--spells", "2"],
        ["claims"], ["exports"], ["firm"], ["levers"], ["methods"], ["method", "cost2021"],
        ["year", "--country", "PAK"],
    ]  # fmt: skip
    words = []
    for run in runs:
        if run[-1] == "--help":
            with pytest.raises(SystemExit, match=r"^0$"):
                main(run)
        else:
            assert main(run) == 0
        printed = " ".join(capsys.readouterr().out.split())
        assert len(printed) > 100
        words += [word for part in printed.split(". ") if (word := dialect(part))]
    assert not words, words


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
    words = [word for text in texts if (word := dialect(text))]
    assert not words, words
