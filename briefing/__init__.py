"""What a person takes away: slides, workbook, report and data package of one scenario, all from the same numbers.

Start at `make`. Each format's library is loaded only when that format is asked for.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from briefing.common.turns import AT_ONCE

if TYPE_CHECKING:
    from briefing.common.content import Content
    from model.estimation.estimate import Estimate
    from model.scenario.scenario import Scenario
    from model.text.sentence import Texts


@dataclass(frozen=True)
class FileFormat:
    """One kind of file: which module's `make` makes it from a content, and how a browser takes it."""

    key: str  # also the ending of the file's name
    label: str
    module: str
    mime: str
    about: str  # one line beside its button
    takes_template: bool = False  # whether `make` also takes a reader's own file to write on


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    item.key: item
    for item in (
        FileFormat(
            "pptx",
            "Slides",
            "slides.deck",
            f"{OFFICE}.presentationml.presentation",
            "Five slides and an appendix with native charts: their data opens in PowerPoint. The notes hold the basis.",
            takes_template=True,
        ),
        FileFormat(
            "xlsx",
            "Workbook",
            "workbook.book",
            f"{OFFICE}.spreadsheetml.sheet",
            "The central estimate as live formulas: change an input and tables and charts follow.",
        ),
        FileFormat(
            "pdf",
            "Report",
            "report.pdf",
            "application/pdf",
            "Three pages: answer, comparison, measures, charts, tables, method, limits, sources and the link.",
        ),
        FileFormat(
            "html",
            "Interactive report",
            "report.html",
            "text/html",
            "The same in one file with interactive charts; works without a connection.",
        ),
        FileFormat(
            "zip",
            "Data package",
            "package.files",
            "application/zip",
            "Every chart's numbers, the scenario, the full result and how to repeat it.",
        ),
    )
}


@dataclass(frozen=True)
class Made:
    """A finished file."""

    name: str
    mime: str
    data: bytes


def qr_code(link: str) -> bytes:
    """The address as a code to be scanned, SVG; empty without one, or where it is too long to be read from paper."""
    from briefing.report.qr import qr_code as drawn

    return drawn(link).encode("utf-8")


def make(key: str, content: Content, template: bytes | None = None) -> Made:
    """The file of a format, a key of `FORMATS`; `template` is a reader's own .pptx, for the formats that take one.

    Raises `InputError` for a bad template.
    """
    chosen = FORMATS[key]
    build: Callable[..., bytes] = import_module(f"{__name__}.{chosen.module}").make
    with AT_ONCE:
        data = build(content, template) if chosen.takes_template else build(content)
    return Made(f"{content.stem}.{key}", chosen.mime, data)


def check_template(template: bytes) -> None:
    """Raises `InputError` for slides that cannot be used."""
    from briefing.slides.template.own import look

    look(template)


@dataclass(frozen=True)
class Briefing:
    """The briefing of one result; nothing is computed before a text or a file is asked for."""

    result: Estimate
    day: date
    address: str
    others: Sequence[Scenario] = ()
    template: bytes | None = None

    @cached_property
    def content(self) -> Content:
        from briefing.common.content import content_of

        return content_of(self.result, day=self.day, address=self.address, others=self.others)

    @property
    def stem(self) -> str:
        """Names of files without their endings."""
        from briefing.common.names import stem_of

        return stem_of(self.result.scenario, self.day, self.others)

    @property
    def page(self) -> str:
        """The path of the page that shows this: of the comparison, or of the estimate."""
        return "compare" if self.others else ""

    @property
    def query(self) -> dict[str, str]:
        """What this shows, as link parameters of that page."""
        from briefing.common.links import shown_query
        from model.compare.differences import aligned

        return shown_query(self.result, aligned([self.result.scenario, *self.others])[1:])

    @property
    def link(self) -> str:
        """What opens the scenario again, or the comparison; empty without an address."""
        from briefing.common.links import page_link

        return page_link(self.address, self.page, self.query)

    @property
    def press(self) -> str:
        from briefing.common.beside import compared
        from briefing.common.press import paragraph

        return paragraph(self.result, self.day, self.link, compared(self.result, self.others))

    @property
    def texts(self) -> tuple[Texts, ...]:
        """Headline, press text, picture text and share text in every language offered for the country."""
        from model.language.language import languages_of
        from model.text.sentence import texts_of

        languages = languages_of(self.result.scenario.country)
        return tuple(texts_of(self.result, language, self.day, self.link) for language in languages)

    def file(self, key: str) -> Made:
        return make(key, self.content, self.template)

    def bundle(self, files: Mapping[str, bytes]) -> Made:
        """Several finished files, by name, in one."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in files.items():
                packed.writestr(name, data)
        return Made(f"{self.content.stem}_briefing.zip", FORMATS["zip"].mime, target.getvalue())
