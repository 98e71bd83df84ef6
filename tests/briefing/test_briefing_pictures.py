"""Slides and report as LibreOffice and Poppler draw them: nothing is cut off, every slide has ink."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from helpers.each import each
from helpers.files.content import FEW, content_for
from helpers.files.office import convert, program
from PIL import Image
from pypdf import PdfReader

from briefing import make
from briefing.report.pdf import PAGES
from model.catalogue.load import Catalogue
from model.scenario.fields import Header
from model.scenario.scenario import Scenario

pytestmark = pytest.mark.slow
LONG = Scenario(
    kind="vpn_block", hours=4320.0, draws=FEW, header=Header(title="A long name of a scenario " * 8),
    assumptions={"recapture.spare_capacity": 0.2, "onset.immediate": (0.1, 0.2, 0.3)},
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The slides of two scenarios and a report, as PDF."""
    folder = tmp_path_factory.mktemp("drawn")
    sources = []
    for name, scenario in (("plain", Scenario(draws=FEW)), ("long", LONG)):
        content = content_for(catalogue, scenario)
        sources.append(folder / f"{name}.pptx")
        sources[-1].write_bytes(make("pptx", content).data)
        (folder / f"{name}_report.pdf").write_bytes(make("pdf", content).data)
    made = dict(zip(("plain", "long"), convert("pdf", folder, *sources), strict=True))
    return {**made, "report": folder / "long_report.pdf"}


def words_are_inside(name: str, drawn: dict[str, Path], folder: Path) -> None:
    pages = len(PdfReader(drawn[name]).pages)
    assert pages <= PAGES if name == "report" else pages > 8
    boxes = subprocess.run(
        [program("pdftotext"), "-bbox", str(drawn[name]), "-"], capture_output=True, text=True, check=True
    ).stdout
    drawn_pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', boxes, re.DOTALL)
    assert len(drawn_pages) == pages
    for width, height, inside in drawn_pages:
        words = re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', inside
        )
        assert len(words) > 10
        for left, top, right, bottom in (tuple(map(float, word)) for word in words):
            assert left >= 0 and top >= 0 and right <= float(width) + 1 and bottom <= float(height) + 1


def ink_leaves_the_edges_free(name: str, drawn: dict[str, Path], folder: Path) -> None:
    subprocess.run(
        [program("pdftoppm"), "-r", "40", "-png", str(drawn[name]), str(folder / f"{name}_page")],
        check=True,
        timeout=120,
    )
    pictures = sorted(folder.glob(f"{name}_page*.png"))
    assert len(pictures) == len(PdfReader(drawn[name]).pages)
    for path in pictures:
        picture = Image.open(path).convert("L")
        dark = picture.point(lambda value: 255 if value < 200 else 0)
        box = dark.getbbox()
        assert box is not None
        assert box[0] > 3 and box[1] > 3 and box[2] < picture.width - 3 and box[3] < picture.height - 3, (
            path.name
        )
        assert sum(dark.histogram()[255:]) > 300


@each(("check", "name"), product([words_are_inside, ink_leaves_the_edges_free], ["plain", "long", "report"]))
def test_every_page(
    check: Callable[[str, dict[str, Path], Path], None], name: str, drawn: dict[str, Path], tmp_path: Path
) -> None:
    """Both checks in one test: LibreOffice draws the pages once."""
    check(name, drawn, tmp_path)
