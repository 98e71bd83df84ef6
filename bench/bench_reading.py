"""How hard the pages are to read: Flesch-Kincaid grade of headings, captions and sentences of every page, printed.

Grade = 0.39 words a sentence + 11.8 syllables a word - 15.59; 8 is what a pupil of fourteen reads.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from helpers.single_pages import LINKS, opened_whole

LEAST = 4  # words; a shorter text is a label


def syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end is none."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if not plain:
        return 1  # a number is said in some syllables, whatever its length
    groups = len(
        re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e$|(?<=[^td])ed$|(?<=[^sxzh])es$", "", plain))
    )
    return max(1, groups)


def grade(text: str) -> tuple[float, int]:
    """The grade of a text and its words."""
    sentences = [part for part in re.split(r"(?<=[.?!])\s+", text) if len(part.split()) >= LEAST]
    words = [word for part in sentences for word in part.split() if re.search(r"\w", word)]
    if not words:
        return 0.0, 0
    each = sum(syllables(word) for word in words) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * each - 15.59, len(words)


def read(here: str, link: dict[str, str]) -> str:
    """Headings, captions and sentences of a page, without addresses."""
    with pytest.MonkeyPatch.context() as patch:
        page = opened_whole(patch, here, **link)
    kinds = ("markdown", "caption", "subheader", "info")
    texts = [str(item.value) for kind in kinds for item in page.get(kind) if hasattr(item, "value")]
    plain = [
        re.sub(r"\]\([^)]*\)|[\\*_`#\[]|<[^>]*>", "", text) for text in texts if not text.startswith("<")
    ]
    return "\n".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in plain)


def main() -> None:
    for here, link in LINKS:
        level, words = grade(read(here, link))
        name = " ".join((here, *(f"{key}={value}" for key, value in link.items())))
        print(f"{name[:72]:<72} grade {level:4.1f}, {words:,} words")


if __name__ == "__main__":
    main()
