"""Colours by their names in the theme, so that a reader's template gives its own; which of them can be seen on it."""

from __future__ import annotations

from dataclasses import dataclass

VISIBLE = 3.0  # contrast of a line or a dot to what is behind it, after WCAG 2
READABLE = 4.5  # of words
TEXT = "text"  # the colour that words have in a template
FAINT, GREY = "faint", "grey"  # a thin line behind the numbers of a chart, and between the rows of a table
MIXED = {
    FAINT: '<a:alpha val="25000"/>',
    GREY: '<a:lumMod val="50000"/><a:lumOff val="50000"/>',
}  # of the text's colour


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, written as six hexadecimal figures, from 1 to 21, after WCAG 2."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True)
class Theme:
    """What the names of a template's colours stand for: `tx1`, `bg1`, `accent1` to `accent6`, as `1F2933`."""

    colours: dict[str, str]
    behind: str  # the colour that slides have behind everything
    text: str = "tx1"  # the name of the colour of text

    def fill(self, colour: str) -> str:
        """The element that fills with a colour of the theme."""
        name = self.text if colour == TEXT or colour in MIXED else colour
        return f'<a:solidFill><a:schemeClr val="{name}">{MIXED.get(colour, "")}</a:schemeClr></a:solidFill>'

    @property
    def links_seen(self) -> bool:
        """Whether words that are a link can be read."""
        return contrast(self.colours.get("hlink", self.behind), self.behind) >= READABLE

    @property
    def accents(self) -> tuple[str, ...]:
        """Accents that can be seen, the template's first ones first; the text's colour where none can."""
        seen = [
            name for name in (f"accent{number}" for number in range(1, 7))
            if name in self.colours and contrast(self.colours[name], self.behind) >= VISIBLE
        ]  # fmt: skip
        return (*seen, TEXT, TEXT)
