"""The pocket edition's file: its numbers are those of an estimate, its parts fit each other, and it stands alone."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from helpers.dialect import dialect
from helpers.pocket import SMALL

from briefing.__main__ import main
from briefing.pocket import make
from briefing.pocket.curves import curves, earnings
from briefing.pocket.offered import COUNTS as ALL_COUNTS
from briefing.pocket.offered import LENGTHS
from briefing.pocket.packed import NOTHING, STEPS, settled, values_of, whole, written
from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.durations import STOPS
from model.common.numbers import significant
from model.estimation.estimate import estimate
from model.language import messages as m
from model.language.language import available, language_of
from model.scenario.durations import MAX_HOURS
from model.scenario.fields import MAX_SPELLS
from model.scenario.scenario import Scenario


class Parts(HTMLParser):
    """The texts of a page by the id or name of their element, and every address in an attribute."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.addresses: list[str] = []
        self.policy, self._inside = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = given.get("id") or tag
        self.addresses += [value for name in ("src", "href") if (value := given.get(name))]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self.texts[self._inside] = self.texts.get(self._inside, "") + data


@pytest.fixture(scope="module")
def parts(pocket: str) -> Parts:
    return Parts(pocket)


def test_the_lengths_and_counts_are_what_a_reader_would_choose() -> None:
    assert set(STOPS) <= set(LENGTHS) and list(LENGTHS) == sorted(set(LENGTHS)) and LENGTHS[-1] == MAX_HOURS
    assert {0.25, 0.5, *map(float, range(1, 25)), *(24.0 * day for day in range(1, 32))} <= set(LENGTHS)
    assert list(ALL_COUNTS) == sorted(set(ALL_COUNTS)) and ALL_COUNTS[0] == 1 and ALL_COUNTS[-1] == MAX_SPELLS


def test_every_curve_is_that_of_an_estimate(catalogue: Catalogue) -> None:
    """Lengths that are stops of the curves and others, once and several times; export earnings held to their row.

    One kind of each sort; that the page says of every kind what the tool says is tested in the browser.
    """
    hours, counts, codes = (0.25, 7.0, 24.0, 730.0), (1, 5), (HOME, "IRL")
    all_curves = curves(catalogue, hours, counts, kinds=("mobile_only", "slowdown", "vpn_block"), codes=codes)
    for kind, name in enumerate(all_curves.kinds):
        for at, count in enumerate(counts):
            length, place = (kind + at) % len(hours), (kind + at) % 2
            home = codes[place] == HOME
            result = estimate(
                catalogue, Scenario(country=codes[place], kind=name, hours=hours[length], spells=count)
            )
            share = earnings(result.economy)
            got = {
                "gross": all_curves.output[kind, 0, :, place, length] * count,
                "net_direct": all_curves.output[kind, 1 if count == 1 else 2, :, place, length] * count,
                "lagged_receipts": all_curves.later[kind, at, :, length] * share,
                "coping": all_curves.around[kind, 0 if home else 1, :, length]
                * count
                * (1 if home else share),
            }
            for amount, values in got.items():
                wanted = [*result.curves[amount].at(result.chosen)]
                np.testing.assert_allclose(values, wanted, rtol=1e-12, err_msg=f"{amount} {result.scenario}")


def test_numbers_come_back_as_near_as_is_promised() -> None:
    values = np.array([[0.0, 1e-6, 0.0052, 1.0, 3.7e4, 1.05e13], [0.0, 0.0, 0.0, 2.0, 2.0000001, 9e12]])
    numbers = whole(values)
    assert (numbers[values == 0] == NOTHING).all()
    np.testing.assert_allclose(values_of(numbers), values, rtol=0.51 / STEPS)
    planes = np.frombuffer(written([numbers]), dtype=np.uint8).reshape(4, -1).astype(np.int64)
    signless = sum(planes[plane] << 8 * plane for plane in range(4))
    steps = np.where(signless % 2, -(signless + 1) // 2, signless // 2).reshape(values.shape)
    assert (steps.cumsum(axis=1) == numbers).all()


def test_a_number_next_to_an_edge_is_moved_to_its_side() -> None:
    """15.5 is printed as 16 and what is a hair below as 15: the nearest whole number may stand on the other side."""
    edges = np.array([15.5, 8.95e6, 1.005, 2.5e3, 9.995e9, 0.0745])
    values = np.concatenate([edges * (1 + side * 1e-9) for side in (-1, 1)])
    numbers = whole(values)
    moved = settled(values, numbers, [1.0])
    assert (moved != numbers).any() and np.abs(moved - numbers).max() <= 2
    for value, near in zip(values, values_of(moved), strict=True):
        assert [significant(value, digits) for digits in (1, 2, 3)] == [
            significant(near, digits) for digits in (1, 2, 3)
        ]
    assert (settled(values, moved, [1.0]) == moved).all()


def test_nothing_in_it_leads_anywhere_or_needs_more_than_itself(pocket: str, parts: Parts) -> None:
    assert all(address.startswith("data:") for address in parts.addresses)
    code = parts.texts["style"] + parts.texts["script"]
    outside = r"https?://(?!www\.w3\.org/2000/svg)|@import|url\(|\beval\(|\bFunction\(|fetch\(|XMLHttp"
    assert not re.search(outside, code)
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(parts.texts[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in parts.policy
    assert (
        parts.policy.startswith("default-src 'none'") and "unsafe" not in parts.policy and "{{" not in pocket
    )


def test_it_says_versions_day_licence_and_how_to_cite(
    catalogue: Catalogue, pocket: str, parts: Parts
) -> None:
    said = " ".join(pocket.split("<main>")[1].split("<script")[0].split())
    assert f"data {catalogue.data_version} · made on 30 November 2026 · open source (MIT)" in said
    assert (
        "Pocket edition, computed curves. (accessed 30 November 2026)" in said and "4,096 simulations" in said
    )
    visible = re.sub(r"<[^>]+>", " ", said)
    assert not [word for line in visible.split(". ") if (word := dialect(line))]


def test_every_language_has_every_word_of_the_page(catalogue: Catalogue, parts: Parts) -> None:
    book = json.loads(gzip.decompress(base64.b64decode(parts.texts["book"])))
    assert list(book["languages"]) == list(available())
    named = set(re.findall(r'data-say="(\w+)"', (make.PAGE / "page.html").read_text(encoding="utf-8")))
    assert named <= set(m.POCKET)
    for code, language in book["languages"].items():
        assert set(language["labels"]) == set(m.POCKET)
        assert len(language["places"]) == len(SMALL) + len(catalogue.regions) == len(book["places"])
        for number, label in (("1", "hour"), ("11", "day"), ("1.5", "day")):
            value = float(number)
            form = language["part"][min(2, int(value))] if value % 1 else int(language["whole"][int(value)])
            assert language["counted"]["lasting"][label][form] == language_of(code).pattern(
                m.LASTING[label], number
            )


def test_the_command_refuses_before_it_computes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, pocket: str
) -> None:
    (tmp_path / make.NAME).write_text("mine")
    for arguments, problem in (
        (["--to", str(tmp_path)], "'index.html' is there already; allowed: another folder, or --overwrite"),
        (["--to", str(tmp_path), "--date", "soon"], "--date: 'soon'"),
        ([], "--to"),
        (["--to", str(tmp_path), "--scenario", "x"], "--scenario"),
    ):
        assert main(["pocket", *arguments]) == 2
        assert problem in capsys.readouterr().err
        assert (tmp_path / make.NAME).read_text() == "mine"
    monkeypatch.setattr("briefing.pocket.command.page", lambda *given, **more: pocket)
    assert main(["pocket", "--to", str(tmp_path), "--overwrite"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / make.NAME}\n"
    assert (tmp_path / make.NAME).read_text(encoding="utf-8") == pocket
