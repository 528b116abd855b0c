"""What fits into an edited message: Slack counts bytes there."""

import pytest

from bot.slack.fallback import in_bytes


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("one\ntwo", 7, "one\ntwo"),
        ("one\ntwo\nand three", 16, "one\n2 more lines."),  # 17 bytes in all
        ("one\ntwo\nand more than three", 23, "one\ntwo\n1 more line."),
        ("一\n二", 7, "一\n二"),  # three bytes each
        ("一\n二二二二二", 18, "一\n1 more line."),  # 19 bytes
        ("first line alone", 3, "first line alone"),
    ],
)
def test_whole_lines_are_kept_as_long_as_they_fit(text: str, most: int, kept: str) -> None:
    assert in_bytes(text, most) == kept
