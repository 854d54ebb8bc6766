"""A line of accented letters is garbled, and one of a language with many of them is not."""

from __future__ import annotations

from copydesk_expectations.detection.text.garbled_lines import accents, garbled_lines, is_garbled


def test_what_cannot_be_read_is_garbled_and_has_no_repair() -> None:
    line = "¤×¤ó ¤Ç¤¹¤«¤é¤Þ¤¿¤Ï¤½¤ÎÿÿÿÿÀÁÂ"
    assert is_garbled(line) and garbled_lines(f"ok\n  {line}\n") == [(5, 5 + len(line))]
    assert not is_garbled("É l’été à la plage, où l’on a été.") and accents("é!") == 1
