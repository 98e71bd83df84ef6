"""What an error shows of the value that it names."""

from model.common.errors import quoted_value


def test_signs_that_cannot_be_seen_are_told_by_their_number_and_all_others_stay() -> None:
    assert quoted_value("می\u200cخواهم é") == "'می\\u200cخواهم é'"
    assert quoted_value("a\x1b[31m\x00") == "'a\\x1b[31m\\x00'"
