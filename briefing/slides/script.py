"""In which language and direction a reader's own words are, as far as their letters say."""

from __future__ import annotations

import unicodedata

ENGLISH = "en-GB"
TAGS = {
    "ARABIC": "ar-SA", "HEBREW": "he-IL", "CJK": "zh-CN", "HIRAGANA": "ja-JP", "KATAKANA": "ja-JP", "HANGUL": "ko-KR",
    "DEVANAGARI": "hi-IN", "BENGALI": "bn-BD", "CYRILLIC": "ru-RU", "GREEK": "el-GR", "THAI": "th-TH",
    "TAMIL": "ta-IN", "ETHIOPIC": "am-ET", "MYANMAR": "my-MM",
}  # fmt: skip
URDU = frozenset("ٹڈڑںےہھ")


def tag_of(text: str) -> str:
    """The tag of the script of the first letters that are not Latin, else English."""
    for letter in text:
        name = unicodedata.name(letter, "").split(" ")[0].split("-")[0] if letter > "\u0250" else ""
        if name in TAGS:
            return "ur-PK" if name == "ARABIC" and URDU & set(text) else TAGS[name]
    return ENGLISH
